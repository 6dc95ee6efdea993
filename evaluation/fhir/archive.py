"""Reads an archive of US Core definitions into the table of profiles.yaml.

``python -m evaluation.fhir.archive ARCHIVE.tgz`` prints that table. Only people who refresh the table need an archive:
HL7's package ``hl7.fhir.us.core`` (CC0-1.0), whose StructureDefinitions carry snapshots.
"""

from __future__ import annotations

import json
import sys
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Json = Mapping[str, Any]

LEFT_OUT: Mapping[str, str] = {
    "us-core-vital-signs": "the parent of the vital sign profiles, which are counted themselves",
}
COMPONENT = "Observation.component:"


def profiles(archive: Path) -> dict[str, dict[str, Any]]:
    """Profiles of resources by id: type, canonical URL, title and counted elements with the reason they count.

    Raises OSError or tarfile.TarError for a file that is no such archive.
    """
    found = {d["id"]: d for d in _definitions(archive) if d["kind"] == "resource" and d["id"] not in LEFT_OUT}
    return {
        id_: {"type": d["type"], "url": d["url"], "title": d["title"], "elements": counted(d)}
        for id_, d in sorted(found.items())
    }


def counted(definition: Json) -> dict[str, str]:
    """Path to ``required``, ``must-support`` or ``uscdi`` of each innermost element a profile asks for.

    An element counts if it must be there wherever its parent is and its parent counts, if it is flagged must support,
    or if it is flagged as an additional USCDI requirement. Elements whose value the profile itself fixes are left
    out, as anyone can fill them; so are those that stand in for a missing value (dataAbsentReason), components without
    a name of their own, and the value of an observation whose components hold it.
    """
    elements: list[Json] = definition["snapshot"]["element"]
    asked = _asked(definition["type"], elements)
    inner = [id_ for id_ in asked if not any(_inside(other, id_) for other in asked)]
    parts = any(id_.startswith(COMPONENT) for id_ in asked)
    open_ = {e["id"] for e in elements if not _fixed(e)}
    return {id_: asked[id_] for id_ in inner if id_ in open_ and not _beside(id_, parts)}


def _asked(type_: str, elements: list[Json]) -> dict[str, str]:
    asked = {type_: "required"}
    for element in elements[1:]:
        kind = _kind(element, asked)
        if kind and element["max"] != "0":
            asked[element["id"]] = kind
    del asked[type_]
    return asked


def _kind(element: Json, asked: Mapping[str, str]) -> str:
    above, _, last = element["id"].rpartition(".")
    unsliced = f"{above}.{last.partition(':')[0]}"
    if element["min"] > 0 and above in asked and (":" not in last or unsliced in asked):
        return "required"
    if element.get("mustSupport"):
        return "must-support"
    flags = (extension["url"] for extension in element.get("extension", ()))
    return "uscdi" if any(url.endswith("/uscdi-requirement") for url in flags) else ""


def _inside(other: str, id_: str) -> bool:
    return other.startswith((f"{id_}.", f"{id_}:"))


def _fixed(element: Json) -> bool:
    """Whether the profile gives the whole value; an identifier's pattern gives only the system."""
    return any(key.startswith(("fixed", "pattern")) and key != "patternIdentifier" for key in element)


def _beside(id_: str, parts: bool) -> bool:
    return id_.endswith(".dataAbsentReason") or ".component." in id_ or (parts and id_ == "Observation.value[x]")


def _definitions(archive: Path) -> Iterator[Json]:
    with tarfile.open(archive) as tar:
        for member in sorted(tar.getmembers(), key=lambda m: m.name):
            if Path(member.name).name.startswith("StructureDefinition-"):
                file = tar.extractfile(member)
                assert file is not None
                yield json.load(file)


def text(table: Mapping[str, Mapping[str, Any]]) -> str:
    """The table as YAML, one profile after the other."""
    lines: list[str] = []
    for id_, profile in table.items():
        lines += [f"  {id_}:", *(f"    {key}: {profile[key]}" for key in ("type", "url", "title")), "    elements:"]
        lines += [f"      '{path}': {kind}" for path, kind in profile["elements"].items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text(profiles(Path(sys.argv[1]))))
