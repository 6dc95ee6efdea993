"""Profiles: the shipped ones, completion from the clinic, and one sentence for everything that does not fit."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from mockserver.world import profiles
from mockserver.world.clock import DAY, parse_instant
from mockserver.world.profiles import Profile, ProfileError

CLINIC: dict[str, Any] = yaml.safe_load((profiles.FOLDER / "clinic.yaml").read_text())


def test_the_shipped_profiles_load_and_share_one_now() -> None:
    assert set(profiles.names()) >= {"clinic", "sandbox"}
    loaded = [profiles.load(name) for name in profiles.names()]
    assert {profile.now for profile in loaded} == {parse_instant("2022-08-01 12:00:00")}
    assert [profile.name for profile in loaded] == list(profiles.names())


def test_the_clinic_is_the_group_practice_it_claims_to_be(clinic: Profile) -> None:
    (practice,) = clinic.practices
    specialties = [provider.specialty for provider in practice.providers]
    assert (len(specialties), specialties.count("Cardiology"), len(practice.sites)) == (6, 2, 2)
    assert practice.code == "CLNC04"
    assert (clinic.maker, clinic.patients, clinic.history_years) == ("clinic", 400, 5)
    assert practice.connected.weekday() == 5


def test_days_follow_from_now(clinic: Profile) -> None:
    assert clinic.today == date(2022, 8, 1)
    assert clinic.history_start == date(2017, 8, 1)
    assert clinic.horizon_end == clinic.now + 120 * DAY
    assert clinic.last_day == date(2022, 11, 29)


def test_a_profile_needs_only_what_differs(clinic: Profile) -> None:
    given = {"name": "small", "patients": 12, "visits": {"winter_factor": 1}, "practices": [{"code": "MINE07"}]}
    small = profiles.parse(given, "small.yaml")
    assert (small.name, small.patients, small.visits.winter_factor) == ("small", 12, 1.0)
    assert small.visits.followup_share == clinic.visits.followup_share
    assert small.practices[0].code == "MINE07"
    assert small.practices[0].providers == clinic.practices[0].providers
    assert small.panel == clinic.panel


def test_a_mapping_of_weights_is_replaced_as_a_whole() -> None:
    given = {"name": "one", "demographics": {"language": {"en": 1}}}
    assert profiles.parse(given, "one.yaml").demographics.language == {"en": 1.0}


def test_free_sections_pass_through() -> None:
    given = {"name": "free", "sandbox": {"anything": [1, {"deep": None}]}, "billing": {}}
    loaded = profiles.parse(given, "free.yaml")
    assert loaded.sections == {"sandbox": {"anything": [1, {"deep": None}]}, "billing": {}}
    with pytest.raises(ProfileError, match=r"free.yaml: sandbox: .* valid: a mapping"):
        profiles.parse({"name": "free", "sandbox": [1]}, "free.yaml")


def test_a_file_is_named_after_itself(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("patients: 3\n")
    assert profiles.load(str(path)).name == "mine"


def test_other_numbers_make_another_profile(clinic: Profile) -> None:
    changed = clinic.with_(patients=5, seed=99)
    assert (changed.patients, changed.seed, changed.panel) == (5, 99, clinic.panel)
    assert clinic.with_() == clinic
    with pytest.raises(ProfileError, match=r"clinic: patients: 0 does not fit; valid: a whole number from 1"):
        clinic.with_(patients=0)
    with pytest.raises(ProfileError, match="clinic: seed"):
        clinic.with_(seed=-1)


@pytest.mark.parametrize(
    ("given", "where", "guess"),
    [
        ({"patiens": 3}, "bad.yaml", "patients"),
        ({"patients": 0}, "bad.yaml: patients", None),
        ({"patients": 450_000}, "bad.yaml: patients", None),
        ({"patients": True}, "bad.yaml: patients", None),
        ({"patients": "many"}, "bad.yaml: patients", None),
        ({"name": "Has Blank"}, "bad.yaml: name", None),
        ({"maker": "clinik"}, "bad.yaml: maker", "clinic"),
        ({"maker": 3}, "bad.yaml: maker", None),
        ({"now": "yesterday"}, "bad.yaml: now", None),
        ({"now": date(2022, 8, 1)}, "bad.yaml: now", None),
        ({"practices": []}, "bad.yaml: practices", None),
        ({"practices": "CLNC04"}, "bad.yaml: practices", None),
        ({"practices": [{"code": "clnc04"}]}, "bad.yaml: practices[0].code", None),
        ({"practices": [{"connected": "2019"}]}, "bad.yaml: practices[0].connected", None),
        ({"practices": [{"connected": date(2012, 1, 1)}]}, "bad.yaml: practices CLNC04.connected", None),
        ({"practices": [{"area_codes": ["55"]}]}, "bad.yaml: practices[0].area_codes", None),
        ({"practices": [{"sites": "Main"}]}, "bad.yaml: practices[0].sites", None),
        ({"practices": [{"sites": ["Main"]}]}, "bad.yaml: practices CLNC04.providers", None),
        ({"practices": [{}, {}]}, "bad.yaml: practices", None),
        ({"practices": [{"payers": [{"name": "A", "type": "Medicar", "plan": None, "share": 1}]}]},
         "bad.yaml: practices[0].payers[0].type", "Medicare"),
        ({"practices": [{"payers": [{"name": "A", "type": "Medicare", "share": 1}]}]},
         "bad.yaml: practices[0].payers[0]", None),
        ({"panel": None}, "bad.yaml: panel", None),
        ({"panel": {"oldest": 70}}, "bad.yaml: panel.oldest", None),
        ({"panel": {"bands": [0, 15]}}, "bad.yaml: panel.visit_share", None),
        ({"panel": {"bands": [0, 25, 15, 45, 65, 75]}}, "bad.yaml: panel.bands", None),
        ({"panel": {"bands": [5, 15, 25, 45, 65, 75]}}, "bad.yaml: panel.bands", None),
        ({"panel": {"female_share": [0.5, 2]}}, "bad.yaml: panel.female_share", None),
        ({"panel": {"female_share": 0.5}}, "bad.yaml: panel.female_share", None),
        ({"coverage": {"weights": {"Comercial": [1]}}}, "bad.yaml: coverage.weights", "Commercial"),
        ({"coverage": {"weights": {"Medicare": [1]}}}, "bad.yaml: coverage.weights.Medicare", None),
        ({"coverage": {"weights": {}}}, "bad.yaml: coverage.weights", None),
        ({"visits": {"telehealth": [0.5]}}, "bad.yaml: visits.telehealth", None),
        ({"visits": {"winter_facto": 2}}, "bad.yaml: visits", "winter_factor"),
        ({"appointments": {"lead_days": [1]}}, "bad.yaml: appointments.lead_days", None),
        ({"appointments": {"cancelled_share": 0.8, "no_show_share": 0.3}}, "bad.yaml: appointments", None),
        ({"demographics": {"race": {"White": 0}}}, "bad.yaml: demographics.race", None),
        ({"demographics": {"race": {"White": -1}}}, "bad.yaml: demographics.race", None),
        ({"demographics": {"race": []}}, "bad.yaml: demographics.race", None),
        ({"load": {"batches_per_night": 0}}, "bad.yaml: load.batches_per_night", None),
        ({"load": {"batches_per_night": float("nan")}}, "bad.yaml: load.batches_per_night", None),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_in_one_sentence(given: dict[str, Any], where: str, guess: str | None) -> None:
    with pytest.raises(ProfileError) as caught:
        profiles.parse({"name": "bad", **given}, "bad.yaml")
    assert caught.value.where == where
    assert caught.value.valid
    assert caught.value.guess == guess
    assert "\n" not in str(caught.value)


def test_nobody_for_everyday_patients_is_refused() -> None:
    hearts = [each for each in CLINIC["practices"][0]["providers"] if each["specialty"] == "Cardiology"]
    with pytest.raises(ProfileError, match="nobody looks after everyday patients"):
        profiles.parse({"name": "x", "practices": [{"providers": hearts}]}, "x.yaml")


@pytest.mark.parametrize("section", [key for key, value in CLINIC.items() if isinstance(value, dict)])
def test_every_number_of_the_clinic_is_checked(section: str) -> None:
    for key in CLINIC[section]:
        with pytest.raises(ProfileError) as caught:
            profiles.parse({"name": "bad", section: {key: "?"}}, "bad.yaml")
        assert caught.value.where.startswith(f"bad.yaml: {section}.{key}")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a: [", "line 2: is not YAML"),
        (b"- 1", "is not a mapping"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"a: !!python/name:os.system", "is not YAML"),
    ],
)
def test_a_file_that_is_no_profile_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "broken.yaml"
    path.write_bytes(content)
    with pytest.raises(ProfileError) as caught:
        profiles.load(str(path))
    assert words in str(caught.value)
    assert str(tmp_path) not in str(caught.value)


def test_an_unknown_name_is_refused_with_a_guess() -> None:
    with pytest.raises(ProfileError) as caught:
        profiles.load("clinc")
    assert caught.value.guess == "clinic"
    with pytest.raises(ProfileError, match="cannot be read"):
        profiles.load("nowhere/none.yaml")
