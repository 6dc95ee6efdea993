"""Every quirk that the raw recording shows, the scrubbed one shows too; one that it does not show, neither does."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from evaluation.recording.scrub import Scrubber
from mockserver import contract as contracts
from mockserver.contract import quirks
from mockserver.settings import Settings
from mockserver.testing import Server
from tests.recording.scrub import detectors, recordings
from tests.recording.scrub.recordings import Reading

SELECTIONS = {"all": "vendor+feed", "none": "none"}
PATIENTS = 45
Pair = tuple[Reading, Reading]


@pytest.fixture(scope="module", params=SELECTIONS)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Pair]]:
    """One recording of small worlds, raw and scrubbed."""
    folder = tmp_path_factory.mktemp("worlds")
    profile = folder / "small.yaml"
    profile.write_text(f"name: small\nmaker: clinic\npatients: {PATIENTS}\n", encoding="utf-8")
    selection = SELECTIONS[request.param]
    server = Server(
        Settings(
            world=f"sandbox,{profile}",
            quirks=selection,
            per_page=100_000,
            cache_dir=str(folder / "cache"),
            public_url="https://api.healthjump.test",
        )
    )
    raw = recordings.record(server)
    server.stop()
    chosen = quirks.parse_selection(selection)
    scrubbed = Scrubber(contracts.load(), random=Random(3)).session(raw)
    yield request.param, (recordings.reading(raw, chosen), recordings.reading(scrubbed, chosen))


@pytest.mark.parametrize("quirk", quirks.switchable())
def test_the_detector_says_the_same(pair: tuple[str, Pair], quirk: str) -> None:
    selection, (raw, scrubbed) = pair
    detect = detectors.DETECTORS[quirk]
    assert detect(raw) is (selection == "all"), "a detector that does not work proves nothing"
    assert detect(scrubbed) is detect(raw)


def test_misspellings_stay_near_the_right_word(pair: tuple[str, Pair]) -> None:
    _, (raw, scrubbed) = pair
    assert detectors.misspelt(scrubbed) is detectors.misspelt(raw)


def test_every_quirk_that_an_api_can_show_has_a_detector() -> None:
    assert set(detectors.DETECTORS) == set(quirks.switchable())


@pytest.mark.parametrize("element", contracts.load().elements)
def test_shapes_survive(pair: tuple[str, Pair], element: str) -> None:
    """Keys, their order, types, null against empty, lengths (but of e-mail addresses in tiny domains), doubles."""
    _, (raw, scrubbed) = pair
    before, after = raw.rows(element), scrubbed.rows(element)
    assert [[*row] for row in before] == [[*row] for row in after]
    for column in before[0] if before else ():
        old, new = [row[column] for row in before], [row[column] for row in after]
        assert [type(v) for v in old] == [type(v) for v in new], column
        if not any(isinstance(v, float) for v in old):
            assert [len(str(v)) for v in old] == [len(str(v)) for v in new], column
        assert [v == "" for v in old] == [v == "" for v in new], column
        if column not in ("zip", "dob"):
            assert _doubles(old) == _doubles(new), column


def _doubles(values: list[object]) -> list[int]:
    """For each value the place of the first like it."""
    first: dict[object, int] = {}
    return [first.setdefault(value, place) for place, value in enumerate(values)]
