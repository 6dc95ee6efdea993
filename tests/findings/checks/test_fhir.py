"""Distance from FHIR: the same verdict wherever the facts come from, and a figure that says what it rests on."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation.fhir import load, names, uscdi
from evaluation.findings.adapters import open_target
from evaluation.findings.checks import fhir
from evaluation.findings.model import Api, Field, Origin, Resource
from evaluation.findings.outcome import Outcome, Verdict
from evaluation.findings.registry import checks_by_id
from mockserver.contract import quirks
from mockserver.settings import Settings
from mockserver.testing import Server
from tests.findings import made

FIXTURES = Path(__file__).parents[3] / "fixtures"
CHECKS = (fhir.us_core, fhir.uscdi)


def vendor(*resources: Resource, origin: Origin = Origin.folder) -> Api:
    return made.api(*resources, vendor="healthjump", origin=origin)


def named(name: str, *fields: str) -> Resource:
    return Resource(name, tuple(Field(field) for field in fields))


def both(api: Api) -> list[Outcome]:
    return [check(api) for check in CHECKS]


def test_the_checks_have_their_ids_and_need_names_only() -> None:
    found = {id_: one for id_, one in checks_by_id().items() if one.function in CHECKS}
    assert list(found) == ["HJ-041", "HJ-042"]
    assert {need for one in found.values() for need in one.needs} == {"paths", "fields"}


def test_the_contract_falls_short_of_both() -> None:
    us_core, data = both(open_target("contract"))
    assert us_core.verdict is data.verdict is Verdict.fail
    assert us_core.why.startswith("68 % of the 226 elements") and us_core.looked_at == 226
    assert data.why.startswith("54 % of the 94 data elements of USCDI v3") and data.looked_at == 94


@pytest.mark.parametrize("selection", ["none", "vendor+feed", *(f"vendor,-{q}" for q in sorted(quirks.VENDOR))])
def test_no_quirk_changes_figure_or_verdict(selection: str) -> None:
    dirty, other = both(open_target("contract")), both(open_target(f"contract:{selection}"))
    assert [(o.verdict, o.why, o.looked_at) for o in other] == [(o.verdict, o.why, o.looked_at) for o in dirty]


@pytest.mark.parametrize("target", ["worlds/sandbox", "cassettes/vendor"])
def test_files_say_the_same_and_name_what_they_do_not_show(target: str) -> None:
    for outcome, high in zip(both(open_target(str(FIXTURES / target))), (68, 54), strict=True):
        assert outcome.verdict is Verdict.fail
        assert re.match(rf"between \d+ and {high} % of the", outcome.why)
        assert "payer" in outcome.why.partition("show no columns here")[2]


def test_a_running_mock_says_the_same(tmp_path: Path) -> None:
    server = Server(Settings(world="sandbox"))
    try:
        outcomes = both(open_target(server.url))
    finally:
        server.stop()
    assert [outcome.verdict for outcome in outcomes] == [Verdict.fail, Verdict.fail]
    assert all("1 of 20 elements show no columns here: payer" in outcome.why for outcome in outcomes)


def test_another_vendor_is_unknown_and_so_are_resources_nobody_mapped() -> None:
    for outcome in both(made.api(named("vitals", "pulse"))):
        assert (outcome.verdict, outcome.why) == (Verdict.unknown, fhir.NO_MAPPING)
    for api in (vendor(), vendor(named("moons", "id")), vendor(named("vitals")), vendor(named("vitals", "mood"))):
        for outcome in both(api):
            assert (outcome.verdict, outcome.why) == (Verdict.unknown, fhir.NO_RESOURCE)


def test_one_resource_gives_a_range_and_no_other_verdict() -> None:
    us_core, data = both(vendor(named("vitals", "pulse", "client_id", "mood")))
    assert us_core.verdict is data.verdict is Verdict.fail
    assert us_core.why.startswith("between 8 and 58 %") and data.why.startswith("between 2 and 47 %")
    assert "19 of 20 elements show no columns here" in us_core.why
    assert us_core.why.endswith("columns here that the mapping does not know: 1")


def test_every_resource_below_its_profiles_is_a_place() -> None:
    us_core, _ = both(open_target("contract"))
    details = {str(place): place.detail for place in us_core.places}
    assert details["demographic"] == "filled: us-core-patient 20 of 25"
    assert details["encounter"] == "filled: us-core-encounter 10 of 15, us-core-location 2 of 8"
    assert not {"appointment", "charge", "transaction", "quality_data"} & set(details)


def test_places_have_the_names_that_are_served() -> None:
    us_core, _ = both(open_target("contract:none"))
    served = {str(place) for place in us_core.places}
    assert {"patient", "payer", "practice_ids"} <= served
    assert "location" not in served


def test_every_class_with_a_gap_is_a_place_that_names_the_gap() -> None:
    _, data = both(open_target("contract"))
    details = {str(place): place.detail for place in data.places}
    assert len(details) == 15
    assert details["Goals"] == "0 of 2 have a home; none for Patient Goals, SDOH Goals"
    assert "Immunizations" not in details


FULL = sorted(names.full(load.crosswalk()))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sets(st.sampled_from(FULL), min_size=1))
def test_whatever_part_is_seen_the_verdict_of_the_whole_stands(seen: set[str]) -> None:
    columns = names.full(load.crosswalk())
    api = vendor(*(named(element, *sorted(columns[element])) for element in sorted(seen)))
    for outcome in both(api):
        assert outcome.verdict is Verdict.fail and outcome.places


@pytest.mark.parametrize(("enough", "verdict"), [(10, Verdict.passed), (50, Verdict.unknown), (90, Verdict.fail)])
def test_the_limit_decides_and_a_range_across_it_is_unknown(
    monkeypatch: pytest.MonkeyPatch, enough: float, verdict: Verdict
) -> None:
    crosswalk, table = replace(load.crosswalk(), enough=enough), replace(uscdi.load(), enough=enough)
    monkeypatch.setattr(load, "crosswalk", lambda: crosswalk)
    monkeypatch.setattr(uscdi, "load", lambda: table)
    columns = names.full(crosswalk)
    half = vendor(*(named(element, *sorted(columns[element])) for element in ("demographic", "vitals", "encounter")))
    assert [outcome.verdict for outcome in both(half)] == [verdict] * 2
    if verdict is Verdict.unknown:
        assert all("it may lie on either side of 50 %" in outcome.why for outcome in both(half))


def test_no_value_of_a_row_is_told(tmp_path: Path) -> None:
    rows = [{"client_patient_id": "canary-1", "first_name": "canary-2", "canary_column": "canary-3"}]
    (tmp_path / "demographic.json").write_text(json.dumps(rows))
    for outcome in both(open_target(str(tmp_path))):
        assert outcome.verdict is Verdict.fail
        assert "canary" not in repr(outcome)


def test_two_runs_are_equal() -> None:
    assert both(open_target("contract")) == both(open_target("contract"))
