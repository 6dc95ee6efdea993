"""The clock: three modes, the notations of instants and durations, snapshots, threads."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from time import monotonic_ns

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.errors import InputError
from mockserver.world import clock
from mockserver.world.clock import DAY, LATEST, SECOND, Clock, format_instant, parse_duration, parse_instant

NOW = parse_instant("2022-08-01 12:00:00")
INSTANTS = st.integers(0, LATEST)


class Hands:
    """Real time and monotonic time, moved by the test."""

    def __init__(self, utc: int = 0) -> None:
        self.utc = utc
        self.monotonic = 5 * DAY

    def pass_by(self, us: int) -> None:
        self.utc += us
        self.monotonic += us

    def clock(self, mode: clock.Mode, now: int = NOW) -> Clock:
        return Clock(now, mode, utc=lambda: self.utc, monotonic=lambda: self.monotonic)


@pytest.mark.parametrize(
    ("text", "us"),
    [
        ("P30D", 30 * DAY),
        ("P2W", 14 * DAY),
        ("PT1H30M", 5400 * SECOND),
        ("P1DT2H3M4S", DAY + 7384 * SECOND),
        ("PT0.5S", SECOND // 2),
        ("PT0.000001S", 1),
        ("PT0S", 0),
        (" P1D ", DAY),
    ],
)
def test_durations_are_read(text: str, us: int) -> None:
    assert parse_duration(text) == us


@pytest.mark.parametrize(
    "text",
    ["", "P", "PT", "P1DT", "30D", "P1Y", "P1M", "P-1D", "-P1D", "P1H", "PT1D", "P1W2D", "P1.5D", "PT1.0000001S",
     "p1d", "P١D", "P1D\n5", "P" + "9" * 30 + "D"],
)  # fmt: skip
def test_what_is_no_duration_is_refused_with_examples(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_duration(text)
    assert caught.value.where == "duration"
    assert caught.value.valid


@given(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.integers(0, 999_999))
def test_durations_add_up(days: int, hours: int, minutes: int, seconds: int, us: int) -> None:
    text = f"P{days}DT{hours}H{minutes}M{seconds}.{us:06d}S"
    assert parse_duration(text) == days * DAY + (hours * 3600 + minutes * 60 + seconds) * SECOND + us


@pytest.mark.parametrize(
    ("text", "us"),
    [
        ("1970-01-01 00:00:00", 0),
        ("1970-01-01T00:00:01Z", SECOND),
        ("1970-01-02 00:00:00.5", DAY + SECOND // 2),
        ("2022-08-01 12:00:00", 1_659_355_200 * SECOND),
        ("2022-08-01T12:00:00.000001", 1_659_355_200 * SECOND + 1),
        ("2999-12-31 23:59:59.999999", LATEST),
    ],
)
def test_instants_are_read(text: str, us: int) -> None:
    assert parse_instant(text) == us


@pytest.mark.parametrize(
    "text",
    ["", "2022-08-01", "2022-02-30 00:00:00", "2022-08-01 24:00:00", "2022-08-01 12:00", "2022-08-01 12:00:00+02:00",
     "20220801 12:00:00", "2022-08-01 12:00:00.1234567", "1969-12-31 23:59:59", "3000-01-01 00:00:00",
     "0000-01-01 00:00:00", "٢٠٢٢-08-01 12:00:00", "now"],
)  # fmt: skip
def test_what_is_no_instant_is_refused_with_examples(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_instant(text)
    assert caught.value.where == "instant"
    assert caught.value.valid


@given(INSTANTS)
def test_an_instant_survives_being_written_and_read(us: int) -> None:
    assert parse_instant(format_instant(us)) == us


def test_a_whole_second_is_written_without_fraction() -> None:
    assert format_instant(NOW) == "2022-08-01 12:00:00"
    assert format_instant(NOW + 10) == "2022-08-01 12:00:00.000010"


def test_a_frozen_clock_stands() -> None:
    hands = Hands()
    frozen = hands.clock("frozen")
    hands.pass_by(DAY)
    assert frozen.now() == NOW
    assert frozen.advance(30 * DAY) == frozen.now() == NOW + 30 * DAY
    assert frozen.set(NOW - DAY) == frozen.now() == NOW - DAY


def test_a_running_clock_goes_with_monotonic_time_only() -> None:
    hands = Hands()
    running = hands.clock("running")
    hands.pass_by(90 * SECOND)
    hands.utc -= 40 * DAY
    assert running.now() == NOW + 90 * SECOND
    running.set(NOW)
    hands.pass_by(SECOND)
    assert running.now() == NOW + SECOND
    running.advance(DAY)
    assert running.now() == NOW + DAY + SECOND


def test_an_offset_clock_keeps_its_distance_from_real_time() -> None:
    hands = Hands(utc=NOW + 1000 * DAY)
    offset = hands.clock("offset")
    assert offset.now() == hands.utc
    offset.advance(DAY)
    hands.pass_by(7 * SECOND)
    assert offset.now() == hands.utc + DAY
    offset.set(NOW)
    hands.pass_by(SECOND)
    assert offset.now() == NOW + SECOND


def test_offset_shows_the_time_clients_see() -> None:
    before = clock.of_datetime(datetime.now(UTC).replace(tzinfo=None))
    shown = Clock(NOW, "offset").now()
    assert before <= shown <= before + 60 * SECOND


def test_a_real_running_clock_moves() -> None:
    running, start = Clock(NOW, "running"), monotonic_ns()
    while monotonic_ns() - start < 2_000_000:
        pass
    assert NOW + 1000 < running.now() < NOW + 60 * SECOND


def test_switching_goes_on_from_where_the_clock_is() -> None:
    hands = Hands(utc=NOW + 1000 * DAY)
    moved = hands.clock("frozen")
    moved.advance(DAY)
    moved.switch("running")
    hands.pass_by(SECOND)
    assert (moved.mode, moved.now()) == ("running", NOW + DAY + SECOND)
    moved.switch("frozen")
    hands.pass_by(SECOND)
    assert (moved.mode, moved.now()) == ("frozen", NOW + DAY + SECOND)
    moved.switch("offset", 5 * SECOND)
    assert (moved.mode, moved.now()) == ("offset", hands.utc + 5 * SECOND)


def test_an_unknown_mode_is_refused_with_a_guess() -> None:
    stands = Clock(NOW)
    with pytest.raises(InputError) as caught:
        stands.switch("freezed")
    assert caught.value.guess == "frozen"
    assert caught.value.valid == clock.MODES
    assert (stands.mode, stands.now()) == ("frozen", NOW)


@pytest.mark.parametrize("mode", clock.MODES)
def test_the_clock_stays_in_range(mode: clock.Mode) -> None:
    hands = Hands(utc=NOW)
    moved = hands.clock(mode)
    for wrong in (LATEST + 1, -1):
        with pytest.raises(InputError):
            moved.set(wrong)
    with pytest.raises(InputError):
        moved.advance(LATEST)
    with pytest.raises(InputError):
        moved.advance(-1)
    assert moved.now() == NOW


@pytest.mark.parametrize("mode", clock.MODES)
@given(steps=st.lists(st.integers(0, 400 * DAY), max_size=5))
def test_a_snapshot_brings_everything_back(mode: clock.Mode, steps: list[int]) -> None:
    hands = Hands(utc=NOW + DAY)
    moved = hands.clock(mode)
    moved.advance(3 * DAY)
    kept, shown = moved.snapshot(), moved.now()
    for step in steps:
        moved.advance(step)
    moved.switch("frozen" if mode != "frozen" else "running")
    moved.restore(kept)
    assert (moved.mode, moved.now()) == (mode, shown)
    assert moved.snapshot() == kept


def test_threads_do_not_lose_steps() -> None:
    stands = Clock(NOW)

    def push() -> None:
        for _ in range(500):
            stands.advance(SECOND)

    threads = [threading.Thread(target=push) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stands.now() == NOW + 2000 * SECOND
