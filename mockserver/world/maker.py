"""All rows of a practice through time, whoever makes them: the sandbox by its counts, a clinic from its patients."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from . import sandbox, timeline
from .model import History, Record
from .people import person
from .practice import Practice
from .practice import records as practice_records
from .profiles import PracticeProfile, Profile

STEP = 100


def histories(profile: Profile, settings: PracticeProfile, progress: Callable[[str], None]) -> Iterator[History]:
    """Every row of the practice, patient by patient."""
    if profile.maker == "sandbox":
        yield from sandbox.histories(profile)
        return
    schedule = timeline.Schedule.of(profile, settings)
    for record in _records(profile, settings, progress):
        made = timeline.history(schedule, record)
        if made is not None:
            yield made


def _records(profile: Profile, settings: PracticeProfile, progress: Callable[[str], None]) -> Iterator[Record]:
    practice = Practice.of(profile, settings)
    yield from practice_records(profile, practice)
    for index in range(profile.patients):
        if index % STEP == 0:
            progress(f"{settings.code}: patient {index} of {profile.patients}")
        yield from patient_records(profile, practice, index)


def patient_records(profile: Profile, practice: Practice, index: int) -> Iterator[Record]:
    """Every row of one patient: a pure function of the profile and the index."""
    from . import course, demographics, scheduling, visits

    who = person(profile, practice, index)
    took_place = visits.visits(profile, practice, who)
    yield from demographics.records(profile, practice, who)
    yield from scheduling.records(profile, practice, who)
    yield from course.records(profile, practice, who, took_place)
