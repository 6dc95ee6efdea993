"""Short lists of terms, and times of bookings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .. import cells, notations, roles, spelling, values
from ..model import Api, Field, Input, Resource, Table
from ..outcome import Outcome, Place, judge, unknown
from ..phrases import listed
from ..registry import check
from ..tables import counted
from ..things import plain_name
from ..words import split


@check("HJ-030", Input.rows, Input.texts)
def one_term_several_spellings(api: Api) -> Outcome:
    """Lists of terms in which one term, or one word of several terms, is spelled in more than one way.

    Practices are looked at one by one: each has its own lists.
    """
    places, looked = [], set()
    for resource, field in cells.columns(api):
        for table in _with_terms(resource, field):
            looked.add((resource.name, field.name))
            places += [Place(resource.name, field.name, detail, table.practice) for detail in _spelled(table, field)]
    failed = f"terms of one list are spelled in more than one way: {listed(places)}"
    passed = f"no list of terms has a term in two spellings ({len(looked)} looked at)"
    return judge(places, len(looked), failed, passed, cells.whole(api, api.resources))


def _with_terms(resource: Resource, field: Field) -> Iterator[Table]:
    rules = values.section("terms")
    if values.may_hold_terms(field.name) and 1 < len(field.samples) <= rules["most"] and "string" in field.types | {""}:
        for table in resource.tables:
            if table.size >= rules["uses"] and field.name in table.columns:
                yield table


def _spelled(table: Table, field: Field) -> Iterator[str]:
    """What is wrong with one list, in counts."""
    rules, found = values.section("terms"), cells.counts([table], field.name)
    terms = {spelling.folded(term) for term in found}
    if len(found) < 2 or found.total() < len(terms) * rules["uses"] or not any(map(_is_word, found)):
        return
    same = [group for group in spelling.same_but_for_case(found) if any(map(_is_word, group))]
    if same:
        yield f"{counted(len(same), 'term')} in several spellings that differ in case or blanks only"
    wrong = spelling.misspelt(found, rules["letters"], rules["rare"], rules["distinct"])
    if wrong:
        yield f"{counted(len(wrong), 'rare term')} one letter from a frequent one"
    loud = list(spelling.shouted(found, rules["capitals"]))
    if loud:
        yield f"{counted(len(loud), 'word')} in capitals in some terms and not in others"


def _is_word(term: str) -> bool:
    return len(term) > 2 and any(char.isalpha() for char in term)


@check("HJ-031", Input.rows, Input.samples)
def odd_times(api: Api) -> Outcome:
    """Bookings that begin in the middle of the night, or off the grid nearly all others keep."""
    places, looked, partly, few = [], 0, False, 0
    for resource, field in _begins(api):
        for table in resource.tables:
            partly |= not table.complete
            minutes = _minutes(table, field)
            rules = _Rules(table.complete)
            few += 0 < minutes.total() < rules.rows
            if minutes.total() >= rules.rows:
                looked += minutes.total()
                places += [Place(resource.name, field.name, detail, table.practice) for detail in rules.odd(minutes)]
    if few and not looked:
        return unknown("there are too few bookings to tell what is rare among them")
    failed = f"a few bookings begin at times nobody means: {listed(places)}"
    passed = f"all bookings begin at times that can be meant ({looked} looked at)"
    return judge(places, looked, failed, passed, not partly)


class _Rules:
    """How rare an odd time has to be, in all rows or in a cut of them."""

    def __init__(self, complete: bool) -> None:
        rules = values.section("bookings")
        self.rows = rules["rows" if complete else "rows_in_part"]
        self.percent = rules["odd" if complete else "odd_in_part"]
        self.night, self.grid = rules["night"] * 60, rules["grid"]

    def odd(self, minutes: Counter[int]) -> Iterator[str]:
        """What is odd about the minutes of the day at which bookings begin."""
        total = minutes.total()
        night = sum(count for at, count in minutes.items() if 0 <= at < self.night)
        off = sum(count for at, count in minutes.items() if at % self.grid)
        if night == 1 or 0 < night * 100 <= total * self.percent:
            yield f"{night} of {total} begin before {self.night // 60} in the morning"
        if 0 < off * 100 <= total * self.percent:
            yield f"{off} of {total} begin off the grid of {self.grid} minutes"


def _begins(api: Api) -> Iterator[tuple[Resource, Field]]:
    """Columns that say when a booking begins."""
    rules = values.section("bookings")
    for resource, field in cells.columns(api):
        named = {roles.concept(resource.name), *plain_name(resource.name).split()[-1:]}
        if named & set(rules["resources"]) and " ".join(split(field.name)) in rules["begins"]:
            yield resource, field


_CLOCK = re.compile(
    r"(?:\d{4}-?\d\d-?\d\d[T ])?(\d{1,2}):?(\d\d)(?::?\d\d(?:\.\d+)?)?( ?[AaPp]\.?[Mm]\.?)?(Z|[+-]00:?00)?"
)


def _minutes(table: Table, field: Field) -> Counter[int]:
    """Minute of the day -> bookings. Times in UTC say nothing of day and night, so they count from noon."""
    found: Counter[int] = Counter()
    for text, count in cells.counts([table], field.name).items():
        match = _CLOCK.fullmatch(text) if notations.of(text) not in ("", "year", "YYYYMMDD") else None
        if match:
            hour = int(match[1]) % 12 + 12 * ("p" in match[3].lower()) if match[3] else int(match[1])
            found[(12 * 60 if match[4] else hour * 60) + int(match[2])] += count
    return found
