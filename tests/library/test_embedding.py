"""The mock inside other programs: mounted, extended, over worlds of one's own."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from flask import Blueprint, Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.test import Client, TestResponse

from mockserver import InputError, Library, Settings, World, create_app, load_world, worlds
from mockserver.contract.quirks import VENDOR, parse_selection
from mockserver.foundry import build
from mockserver.world import profiles
from mockserver.worlds import check_source, is_folder

PAGE = "/hjdw/SBOX02/demographic"


def app_of(**settings: Any) -> Flask:
    return create_app(Settings(world="sandbox", **settings))


def ask(client: Client, path: str = PAGE, prefix: str = "", **more: Any) -> TestResponse:
    """The answer to one who logs in first."""
    form = {"email": "developer@healthjump-kit.test", "password": "fake-password-for-tests-only"}
    token = client.post(f"{prefix}/authenticate", data=form, **more).get_json()["token"]
    key = "fake0secret0key0of0healthjump0kit0000000"
    return client.get(f"{prefix}{path}", headers={"Authorization": f"Bearer {token}", "Secretkey": key}, **more)


def test_an_app_answers() -> None:
    page = ask(app_of().test_client()).get_json()
    assert page["total"] == 24 and page["path"] == f"http://localhost{PAGE}"


@pytest.mark.parametrize("prefix", ["/vendor", "/a/b", "/mit%20blank/ö"])
def test_mounted_under_a_prefix_its_addresses_have_it(prefix: str) -> None:
    outer = Flask("outer")
    outer.add_url_rule("/", "hello", lambda: "hello")
    plain = "/mit blank/ö" if "%" in prefix else prefix
    mounted = DispatcherMiddleware(outer, {plain.encode().decode("latin-1"): app_of(per_page=10)})
    client = Client(mounted)
    assert client.get("/").text == "hello"
    first = ask(client, prefix=prefix).get_json()
    quoted = prefix.replace("ö", "%C3%B6")
    assert first["path"] == f"http://localhost{quoted}{PAGE}"
    assert first["next_page_url"] == f"http://localhost{quoted}{PAGE}?page=2"
    seen = first["data"]
    while first["next_page_url"]:
        first = ask(client, first["next_page_url"].removeprefix(f"http://localhost{quoted}"), prefix).get_json()
        seen += first["data"]
    assert len({row["demographicid"] for row in seen}) == 24


def test_mounted_it_keeps_its_admin_api_and_its_errors() -> None:
    client = Client(DispatcherMiddleware(Flask("outer"), {"/vendor": app_of()}))
    assert client.get("/vendor/__admin/health").get_json()["status"] == "ready"
    document = client.get("/vendor/__admin/openapi.json").get_json()
    assert document["servers"][0]["url"] == "http://localhost/vendor"
    assert client.get("/vendor/elsewhere").get_json() == client.get("/vendor/somewhere").get_json()
    assert client.get("/__admin/health").status_code == 404


def test_behind_a_proxy_the_address_is_the_proxys() -> None:
    app = app_of()
    app.wsgi_app = ProxyFix(app.wsgi_app, x_proto=1, x_host=1, x_prefix=1)  # type: ignore[method-assign]
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "mock.example.test", "X-Forwarded-Prefix": "/hj"}
    environ = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    page = ask(app.test_client(), environ_overrides=environ).get_json()
    assert page["path"] == f"https://mock.example.test/hj{PAGE}"


def test_a_public_address_wins_over_a_prefix() -> None:
    public = app_of(public_url="https://mock.example.test/api/")
    client = Client(DispatcherMiddleware(Flask("outer"), {"/vendor": public}))
    assert ask(client, prefix="/vendor").get_json()["path"] == f"https://mock.example.test/api{PAGE}"


def test_an_app_can_be_extended() -> None:
    app = app_of()
    more = Blueprint("more", __name__)
    more.add_url_rule("/hello", "hello", lambda: {"hello": "you"})
    app.register_blueprint(more)
    assert app.test_client().get("/hello").get_json() == {"hello": "you"}


def test_two_apps_share_nothing() -> None:
    one, two = app_of(), app_of()
    one.test_client().post("/__admin/clock", json={"advance": "P1D"})
    assert two.test_client().get("/__admin/clock").get_json()["now"] == "2022-08-01 12:00:00"
    assert ask(one.test_client()).get_json()["total"] == ask(two.test_client()).get_json()["total"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clinic of four patients, under the clean contract."""
    folder = tmp_path_factory.mktemp("worlds") / "small"
    build(profiles.load("clinic").with_(patients=4, seed=3), frozenset(), folder)
    return folder


def test_a_folder_is_served(small: Path) -> None:
    client = create_app(Settings(world=str(small), quirks="none")).test_client()
    world = client.get("/__admin/worlds").get_json()
    assert "CLNC04" in json.dumps(world)
    with pytest.raises(InputError, match="built with quirks none, asked for vendor"):
        create_app(Settings(world=str(small)))


def test_a_library_of_ones_own_is_served(small: Path) -> None:
    library = Library((str(small), "sandbox"))
    client = create_app(Settings(quirks="none"), library).test_client()
    assert client.get("/__admin/health").get_json()["practices"] == ["CLNC04", "SBOX02"]


def test_a_world_can_be_read(small: Path) -> None:
    world = load_world(str(small), frozenset())
    assert isinstance(world, World)
    assert (world.name, world.quirks, list(world.practices)) == ("clinic", frozenset(), ["CLNC04"])
    table = world.practices["CLNC04"].tables["demographic"]
    rows = [json.loads(row) for row in table.at(world.now).rows()]
    assert len(rows) == 4 and all(set(row) == set(world.contract.elements["demographic"].by_wire) for row in rows)
    assert world.now < world.end


def test_a_world_keeps_its_answer_key() -> None:
    notes = list(load_world("sandbox").practices["SBOX02"].truth())
    assert notes and all(note["practice"] == "SBOX02" for note in notes)


def test_a_profile_is_built_once(tmp_path: Path) -> None:
    said: list[str] = []
    for _ in range(2):
        load_world("sandbox", parse_selection("vendor,-Q14"), cache=tmp_path, progress=said.append)
    assert said.count("SBOX02: demographic") == 1


def test_a_cache_can_be_named(tmp_path: Path) -> None:
    load_world("sandbox", cache=tmp_path / "here")
    assert [path.name for path in tmp_path.iterdir()] == ["here"]


def test_long_unused_worlds_leave_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worlds, "KEPT", 2)
    for age, quirks in enumerate(("none", "vendor", "vendor,-Q14")):
        load_world("sandbox", parse_selection(quirks), cache=tmp_path)
        newest = max((tmp_path / "worlds").glob("*/world.json"), key=lambda path: path.stat().st_mtime)
        os.utime(newest, (1000 + age, 1000 + age))
    kept = {frozenset(json.loads(p.read_text())["quirks"]) for p in (tmp_path / "worlds").glob("*/world.json")}
    assert kept == {VENDOR, parse_selection("vendor,-Q14")}


@pytest.mark.parametrize(
    ("source", "folder"),
    [("sandbox", False), ("clinik", False), ("mine.yaml", False), ("a/mine.yml", False), ("./x", True), ("a/b", True)],
)
def test_what_is_a_folder(source: str, folder: bool) -> None:
    assert is_folder(source) is folder


@pytest.mark.parametrize("source", ["sandbox", "mine.yaml", "./somewhere"])
def test_sources_that_may_be(source: str) -> None:
    check_source(source, "here")


def test_a_source_that_cannot_be() -> None:
    with pytest.raises(InputError) as refused:
        load_world("sandboks")
    assert refused.value.where == "world" and refused.value.guess == "sandbox"
