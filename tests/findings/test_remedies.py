"""What a program does about each cause of a refusal."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from evaluation.findings import remedies
from evaluation.findings.model import CAUSES
from mockserver.errors import InputError


def test_every_cause_has_a_remedy_and_a_call() -> None:
    table = remedies.load()
    assert set(table) == set(CAUSES)
    assert {cause for cause, remedy in table.items() if remedy.call == "login"} == {"login wrong", "login incomplete"}


def test_an_expired_token_and_a_limit_share_their_remedy_with_nothing() -> None:
    table = remedies.load()
    for cause in ("token expired", "too many requests"):
        others = [other for other in CAUSES if table[other].call == "data" and other != cause]
        assert not [other for other in others if table[cause].shared(table[other])]


def test_sharing_goes_both_ways() -> None:
    table = remedies.load()
    assert all(a.shared(b) == b.shared(a) for a in table.values() for b in table.values())


def wrong(folder: Path, **changes: object) -> str:
    data = {cause: {"call": r.call, "remedies": sorted(r.remedies)} for cause, r in remedies.load().items()}
    file = folder / "remedies.yaml"
    file.write_text(yaml.safe_dump({key: value for key, value in {**data, **changes}.items() if value is not None}))
    with pytest.raises(InputError) as refused:
        remedies.table(file)
    return str(refused.value)


def test_a_file_that_is_wrong_is_refused_with_place_and_valid_values(tmp_path: Path) -> None:
    assert "cause token expird is not known; valid: " in wrong(tmp_path, **{"token expird": {}})
    assert "did you mean token expired?" in wrong(tmp_path, **{"token expird": {}})
    assert wrong(tmp_path, **{"page wrong": None}) == "remedies.yaml: cause page wrong is missing"
    no_mapping, one_key = {"page wrong": "data"}, {"page wrong": {"call": "data"}}
    assert wrong(tmp_path, **no_mapping) == "remedies.yaml: page wrong: must be a mapping; valid: call, remedies"
    assert wrong(tmp_path, **one_key) == "remedies.yaml: page wrong: remedies must have at least one"
    bad_call = {"page wrong": {"call": "date", "remedies": ["wait"]}}
    assert wrong(tmp_path, **bad_call).endswith("call is date; valid: login, data; did you mean data?")
    no_list = {"page wrong": {"call": "data", "remedies": "wait"}}
    assert wrong(tmp_path, **no_list).endswith("remedies must be a list of texts")


def test_a_table_of_a_readers_own_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(yaml.safe_dump({cause: {"call": "data", "remedies": ["wait"]} for cause in CAUSES}))
    table = remedies.table(file)
    assert table["token expired"].shared(table["page wrong"])
