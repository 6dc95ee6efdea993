"""Nothing leaves this machine while the guard is there, and everything is as before when it is gone."""

from __future__ import annotations

import asyncio
import http.client
import socket
import threading
import urllib.request
from collections.abc import Callable

import httpx
import pytest
import requests
from werkzeug.wrappers import Response as Given

from evaluation.recording.guard import NetworkRefused, loopback_only
from tests.recording.captures import decoy

ELSEWHERE = "192.0.2.1"  # an address of documentation: nothing is there


def _datagram() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"x", (ELSEWHERE, 53))


def _message() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendmsg([b"x"], [], 0, (ELSEWHERE, 53))


def _connect_ex() -> None:
    with socket.socket() as sender:
        sender.connect_ex((ELSEWHERE, 80))


def _asyncio() -> None:
    async def go() -> None:
        await asyncio.open_connection(ELSEWHERE, 80)

    asyncio.run(go())


WAYS: dict[str, Callable[[], object]] = {
    "create_connection": lambda: socket.create_connection((ELSEWHERE, 80), timeout=1),
    "connect_ex": _connect_ex,
    "datagram": _datagram,
    "message": _message,
    "look-up": lambda: socket.getaddrinfo("api.healthjump.com", 443),
    "old look-up": lambda: socket.gethostbyname("api.healthjump.com"),
    "IPv6": lambda: socket.create_connection(("2001:db8::1", 80), timeout=1),
    "http.client": lambda: http.client.HTTPConnection(ELSEWHERE, timeout=1).request("GET", "/"),
    "urllib": lambda: urllib.request.urlopen(f"http://{ELSEWHERE}/", timeout=1),
    "requests": lambda: requests.get(f"http://{ELSEWHERE}/", timeout=1),
    "httpx": lambda: httpx.get(f"http://{ELSEWHERE}/", timeout=1),
    "asyncio": _asyncio,
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_out(way: str) -> None:
    with loopback_only() as guard, pytest.raises(NetworkRefused):
        WAYS[way]()
    assert guard.refused >= 1


def test_this_machine_is_still_there_except_for_the_ports_that_are_not() -> None:
    with decoy(lambda asked: Given("here")) as (url, seen):
        with loopback_only() as guard:
            assert requests.get(url, timeout=5).text == "here" and guard.refused == 0
        port = int(url.rpartition(":")[2])
        with loopback_only([port]) as guard, pytest.raises(NetworkRefused, match="of this machine"):
            requests.get(url, timeout=5)
        assert guard.refused == 1 and len(seen) == 1


def test_it_holds_in_every_thread_and_ends_with_the_last() -> None:
    outcomes: list[str] = []

    def attempt() -> None:
        try:
            socket.create_connection((ELSEWHERE, 80), timeout=1)
        except NetworkRefused:
            outcomes.append("refused")

    with loopback_only() as outer:
        with loopback_only() as inner:
            threads = [threading.Thread(target=attempt) for _ in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        attempt()
    assert outcomes == ["refused"] * 9 and (inner.refused, outer.refused) == (0, 9)


def test_afterwards_there_is_no_guard() -> None:
    with loopback_only() as guard:
        pass
    with socket.socket() as sender:
        sender.setblocking(False)
        assert sender.connect_ex((ELSEWHERE, 9)) != 0
    assert guard.refused == 0


def test_unix_sockets_are_no_network() -> None:
    with loopback_only(), socket.socket(socket.AF_UNIX) as sender, pytest.raises(FileNotFoundError):
        sender.connect("/nowhere/at/all")


def test_no_message_names_where_somebody_wanted_to_go() -> None:
    with loopback_only(), pytest.raises(NetworkRefused) as refusal:
        socket.getaddrinfo("canary.example", 443)
    assert "canary" not in str(refusal.value)
