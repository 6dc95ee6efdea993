"""What the API answers to wrong requests: refusals that tell causes apart, filters and pages that are not ignored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from .. import remedies
from ..model import Api, Input, Refusal
from ..outcome import Outcome, Place, judge, unknown
from ..registry import check

EXPIRED = "token expired"
VERSIONS = ("version absent", "version short", "version unknown")
FILTERS = ("unknown filter column", "unknown filter operator", "wrong filter value")
PAGES = ("page past the end", "page no number")
WITH_ROWS = frozenset({"ignored", "applied"})


@check("HJ-037", Input.probes)
def version_ignored(api: Api) -> Outcome:
    """None and a shortened version are answered like the full one, or any version at all is."""
    seen = {probe.topic: probe for probe in api.probes if probe.topic in VERSIONS}
    free = {topic for topic, probe in seen.items() if probe.outcome in WITH_ROWS}
    bad = {"version absent", "version short"} <= free or "version unknown" in free
    if seen and not bad and len(seen) < len(VERSIONS):
        return unknown(f"not asked: {_listed(set(VERSIONS) - seen.keys())}")
    return judge(
        [Place(topic, "", f"answered with status {seen[topic].status} like the full version") for topic in free if bad],
        len(seen),
        f"{_listed(free)}: answered like a request with the full version",
        "a wrong version is refused, and not both a short one and none are taken for the full version",
    )


@check("HJ-039", Input.probes)
def ignored_filter(api: Api) -> Outcome:
    """A filter that cannot be meant is answered with rows."""
    return _answered(api, FILTERS, "answered with rows, as if there were no filter", "refused or answered without rows")


@check("HJ-046", Input.probes)
def odd_pages(api: Api) -> Outcome:
    """A page that cannot be is answered with rows."""
    return _answered(api, PAGES, "answered with rows", "refused or answered without rows")


def _answered(api: Api, topics: tuple[str, ...], failed: str, passed: str) -> Outcome:
    """Fail for each topic answered with rows; pass only if all of them were asked."""
    seen = [probe for probe in api.probes if probe.topic in topics]
    places = [Place(p.topic, "", f"status {p.status}, {failed}") for p in seen if p.outcome in WITH_ROWS]
    left = [topic for topic in topics if topic not in {probe.topic for probe in seen}]
    if seen and left and not places:
        return unknown(f"not asked: {', '.join(left)}; the rest is {passed}")
    named = _listed(place.resource for place in places)
    return judge(places, len(seen), f"{named}: {failed}", f"{', '.join(topics)}: {passed}")


@check("HJ-038", Input.refusals)
def unclear_refusals(api: Api) -> Outcome:
    """Causes with different remedies that look alike, a refusal with success, a refusal that is not JSON."""
    places = [*_alike(api.refusals), *_successes(api.refusals), *_other_bodies(api.refusals)]
    causes = {refusal.cause for refusal in api.refusals}
    if causes and not places and EXPIRED not in causes:
        return unknown("the answer to an expired token, which a program has to know from all others, is not in it")
    return judge(
        places,
        len(causes),
        f"{_listed(place.resource for place in places)}: see what a program cannot tell there",
        f"{len(causes)} causes of refusal share status and code only where a program does the same about them",
    )


def _alike(refusals: Iterable[Refusal]) -> Iterator[Place]:
    """A place for each cause that has status and code in common with one of another remedy."""
    table = remedies.load()
    found: dict[str, list[str]] = {}
    for one, other in combinations(_by_cause(refusals).items(), 2):
        if one[1] & other[1] and not table[one[0]].shared(table[other[0]]):
            found.setdefault(one[0], []).append(other[0])
    for cause, others in found.items():
        yield Place(cause, "", f"same status and code as {', '.join(others)}")


def _by_cause(refusals: Iterable[Refusal]) -> Mapping[str, set[tuple[int, str]]]:
    """Cause -> its statuses and codes; an expired token first, then as remedies.yaml has them."""
    order = list(remedies.load())
    found: dict[str, set[tuple[int, str]]] = {}
    for refusal in sorted(refusals, key=lambda r: (r.cause != EXPIRED, order.index(r.cause))):
        found.setdefault(refusal.cause, set()).add((refusal.status, refusal.code))
    return found


def _successes(refusals: Iterable[Refusal]) -> Iterator[Place]:
    """Refusals whose status says that all is well, or sends elsewhere."""
    for refusal in refusals:
        if refusal.status < 400:
            yield Place(refusal.cause, "", f"refused with status {refusal.status}")


def _other_bodies(refusals: Iterable[Refusal]) -> Iterator[Place]:
    """Refusals in HTML, and those in any other form than JSON where others are JSON."""
    known = tuple(refusals)
    some_json = any("json" in refusal.media_type.lower() for refusal in known)
    for refusal in known:
        kind = refusal.media_type.partition(";")[0].strip().lower()
        if "html" in kind or (some_json and kind and "json" not in kind):
            yield Place(refusal.cause, "", f"the body is {kind}, not JSON")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(set(names)))
