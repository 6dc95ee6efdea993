"""The built site at ``/__docs/``: what is given, to whom, and that the API does not notice."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask import Flask

from mockserver import InputError, Settings
from mockserver.serving import banner
from mockserver.web.app import create_app
from mockserver.web.docs import MARK, POLICY, TYPES, find, folder

from ..clients import Answer, Server
from ..conftest import Start
from ..handmade import HandmadeLibrary

PAGE = b"<!doctype html><title>Home</title>"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site, and beside it what must never be given."""
    root = tmp_path / "built"
    (root / "guide").mkdir(parents=True)
    (root / "empty").mkdir()
    (root / "index.html").write_bytes(PAGE)
    (root / "guide" / "index.html").write_text("guide", encoding="utf-8")
    (root / "guide" / "two words.html").write_text("two", encoding="utf-8")
    (root / "data.bin").write_bytes(b"\0\1")
    for suffix in TYPES:
        (root / f"file{suffix}").write_text("x", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "built-too").mkdir()
    (tmp_path / "built-too" / "secret.txt").write_text("secret", encoding="utf-8")
    (root / "way-out.txt").symlink_to(tmp_path / "secret.txt")
    return root


@pytest.fixture
def docs(start: Start, site: Path) -> Server:
    return start(docs=str(site))


def of(server: Server, path: str, **headers: str) -> Answer:
    return server.get(f"/__docs{path}", headers)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/", PAGE),
        ("/index.html", PAGE),
        ("/?q=a", PAGE),
        ("/guide/", b"guide"),
        ("/guide/two%20words.html", b"two"),
        ("/data.bin", b"\0\1"),
    ],
)
def test_files_are_given_as_they_are(docs: Server, path: str, body: bytes) -> None:
    answer = of(docs, path)
    assert (answer.status, answer.body) == (200, body)


def test_the_address_without_a_slash_leads_to_the_site(docs: Server) -> None:
    answer = of(docs, "")
    assert answer.status == 308 and answer.headers["Location"] == "/__docs/"


@pytest.mark.parametrize("suffix", TYPES)
def test_the_content_type_is_that_of_the_table(docs: Server, suffix: str) -> None:
    assert of(docs, f"/file{suffix}").headers["Content-Type"] == TYPES[suffix]


def test_what_is_in_no_table_is_bytes(docs: Server) -> None:
    assert of(docs, "/data.bin").headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    "path",
    [
        "/nothing.html",
        "/empty/",
        "/guide/two",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/guide/../../secret.txt",
        "/../built-too/secret.txt",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/way-out.txt",
        "/index.html/",
        "/index.html/x",
        "/a%00b",
        "/%ff",
        "/" + "a" * 5000,
        "/.",
        "/..",
    ],
)
def test_nothing_else_is_given(docs: Server, path: str) -> None:
    answer = of(docs, path)
    assert b"secret" not in answer.body and b"root:" not in answer.body
    assert answer.status == 404 or answer.body == PAGE, "a folder and its index are the same page"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_it_can_only_be_read(docs: Server, method: str) -> None:
    for path in ("/__docs", "/__docs/", "/__docs/index.html"):
        answer = docs.request(method, path, {"Origin": "http://evil.test", "Access-Control-Request-Method": "GET"})
        assert answer.status == 405
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize(("suffix", "packed"), [(".html", True), (".js", True), (".png", False), (".bin", False)])
def test_texts_are_packed_for_who_can_unpack(docs: Server, site: Path, suffix: str, packed: bool) -> None:
    (site / f"large{suffix}").write_bytes(b"x" * 9999)
    plain, other = of(docs, f"/large{suffix}"), of(docs, f"/large{suffix}", **{"Accept-Encoding": "br, gzip"})
    assert plain.body == b"x" * 9999 and "Content-Encoding" not in plain.headers
    assert (other.headers.get("Content-Encoding") == "gzip") is packed
    assert (gzip.decompress(other.body) if packed else other.body) == plain.body
    assert (plain.headers["ETag"] != other.headers["ETag"]) is packed
    assert of(docs, f"/large{suffix}", **{"Accept-Encoding": "gzip;q=0"}).body == plain.body


def test_head_tells_the_length_alone(docs: Server) -> None:
    answer = docs.request("HEAD", "/__docs/index.html")
    assert (answer.status, answer.body, answer.headers["Content-Length"]) == (200, b"", str(len(PAGE)))


def test_what_did_not_change_is_not_sent_again(docs: Server, site: Path) -> None:
    tag = of(docs, "/index.html").headers["ETag"]
    again = of(docs, "/index.html", **{"If-None-Match": tag})
    assert (again.status, again.body) == (304, b"")
    (site / "index.html").write_bytes(b"new")
    assert of(docs, "/index.html", **{"If-None-Match": tag}).body == b"new"


def test_the_browser_is_told_to_ask_nobody_else(docs: Server) -> None:
    headers = of(docs, "/").headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "http" not in POLICY and "*" not in POLICY


def test_pages_of_other_sites_may_not_read_it(docs: Server) -> None:
    answer = of(docs, "/", Origin="http://evil.test")
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize("host", ["evil.test", "evil.test:8420", "localhost.evil.test", "127.0.0.2"])
def test_other_names_are_refused(docs: Server, host: str) -> None:
    for path in ("/", "/index.html", "/nothing"):
        answer = of(docs, path, Host=host)
        assert answer.status == 403 and PAGE not in answer.body


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1", "[::1]:8420"])
def test_loopback_names_are_answered(docs: Server, host: str) -> None:
    assert of(docs, "/", Host=host).body == PAGE


def test_with_an_admin_token_it_is_open_to_who_reaches_the_port(start: Start, site: Path) -> None:
    server = start(docs=str(site), admin_token="fake-admin")
    assert of(server, "/", Host="mock.example.test").body == PAGE
    assert server.admin("GET", "/health", Host="mock.example.test").status == 401


def test_the_api_does_not_notice(docs: Server) -> None:
    for path in ("/", "/index.html", "/nothing", ""):
        assert "X-Mock-Evidence" not in of(docs, path).headers
    assert docs.told("GET", "/journal")["total"] == 0
    assert not [path for path in docs.told("GET", "/openapi.json")["paths"] if "__docs" in path]


def test_an_armed_failure_is_not_spent_on_it(docs: Server) -> None:
    docs.told("POST", "/fail", {"times": 1, "status": 503})
    assert of(docs, "/").status == 200
    assert docs.post("/authenticate", json={}).status == 503


@pytest.mark.parametrize("path", ["/__docsx", "/__doc/", "/__Docs/"])
def test_paths_that_only_look_alike_are_the_vendors(docs: Server, path: str) -> None:
    assert docs.get(path).status == 404
    assert docs.told("GET", "/journal")["total"] == 1


def test_without_a_site_it_says_how_to_get_one(start: Start) -> None:
    answer = of(start(docs=""), "/")
    assert answer.status == 404 and "make docs" in answer.json["error"]
    assert of(start(docs=""), "").status == 308


def test_a_folder_called_site_is_served_only_if_it_is_ours(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site.parent)
    assert folder(Settings()) is None
    site.rename(site.parent / "site")
    assert folder(Settings()) is None
    (site.parent / "site" / MARK).write_text("{}", encoding="utf-8")
    assert folder(Settings()) == site.parent / "site"
    assert folder(Settings(docs="")) is None


def test_a_folder_that_was_named_must_hold_a_site(tmp_path: Path, library: HandmadeLibrary) -> None:
    for path in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(InputError, match="holds no built site; `make docs`"):
            create_app(Settings(docs=str(path)), library)


def test_find_follows_no_link_out_of_the_folder(site: Path) -> None:
    assert find(site, "") == site / "index.html"
    (site / "loop").symlink_to("loop")
    for path in ("way-out.txt", "loop", "loop/x"):
        with pytest.raises(Exception, match="no such page"):
            find(site, path)


def test_the_banner_names_the_site_where_there_is_one(site: Path, library: HandmadeLibrary) -> None:
    facts = dict.fromkeys(("base_url", "email", "password", "secret_key"), "x")
    told = {**facts, "practices": ["HAND01"], "admin_url": "http://127.0.0.1:8420/__admin"}
    for docs, line in ((str(site), "  docs        http://127.0.0.1:8420/__docs/"), ("", "")):
        settings = Settings(docs=docs)
        app: Flask = create_app(settings, library)
        printed = banner(settings, app, told)
        assert ("docs  " in printed) is bool(line) and line in printed
