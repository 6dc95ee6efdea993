"""Whether the documentation answers what every integrator has to ask, and whether columns are described."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from .. import documentation
from ..documentation import NOT_READ, Topic
from ..model import Api, Input
from ..outcome import Outcome, Place, judge, unknown
from ..registry import check


@check("HJ-040", Input.documents)
def documentation_gaps(api: Api) -> Outcome:
    """A topic of documentation.yaml on which the documentation is silent or contradicted by the API."""
    topics = documentation.load()
    states = documentation.states(api.documents)
    read = [topic for topic, state in states.items() if state != NOT_READ]
    places = [_place(topics[topic], states[topic]) for topic in read if states[topic] != "documented"]
    if not places and len(read) < len(topics):
        return unknown(f"{len(read)} of {len(topics)} topics were looked up in the documentation, none of them missing")
    return judge(
        places,
        len(read),
        f"of {len(topics)} things an integrator needs, {_counts(states)}",
        f"all {len(topics)} things an integrator needs are documented",
    )


@check("HJ-047", Input.fields, Input.descriptions)
def undescribed(api: Api) -> Outcome:
    """At least half of the columns without a word about them: one finding, however many they are.

    Half, because from there on looking a column up is in vain more often than not.
    """
    bare = {r: [field for field in r.fields if not field.description.strip()] for r in api.resources if r.fields}
    missing, columns = sum(map(len, bare.values())), sum(len(resource.fields) for resource in bare)
    share = f"{missing} of {columns} columns ({missing / max(columns, 1):.0%}) have no description"
    many = 2 * missing >= columns
    return judge(
        [Place(r.name, "", f"{len(found)} of {len(r.fields)} columns") for r, found in bare.items() if found and many],
        columns,
        failed=share,
        passed=share,
    )


def _place(topic: Topic, state: str) -> Place:
    detail = "not documented" if state == "silent" else "the API does something else"
    return Place("documentation", topic.id, f"{detail}: {topic.question}")


def _counts(states: Mapping[str, str]) -> str:
    found = Counter(states.values())
    return ", ".join(f"{found[state]} are {state}" for state in (*documentation.SAYS, NOT_READ) if found[state])
