"""What a report calls things. Nothing that came from a file's name, a path, an address or a login is shown."""

from __future__ import annotations

import re
import unicodedata

from evaluation.findings.model import Api, Origin
from evaluation.findings.output.facts import name
from mockserver.errors import InputError

LONGEST = 120  # letters of a customer's name
MARKS = 2  # marks above and below one letter
FILE = re.compile(r"\s*\([\w. -]*\bfile [^()]*\)$")  # what adapters add to the title of a description
QUIRKS = re.compile(r"\(([\w+,-]{1,80})\)$")
USUAL = "vendor"
KINDS = {
    Origin.contract: "as the contract of this kit describes it",
    Origin.mock: "as the mock of this kit imitates it",
    Origin.recording: "as a recording of a mock shows it",
    Origin.live: "as it answered in this run",
    Origin.recorded_live: "as it answered when it was recorded",
}
OTHERS = {
    Origin.server: "a server on this machine",
    Origin.folder: "a folder of rows",
    Origin.description: "an API description",
    Origin.capture: "a recording of a browser or proxy",
}


def customer(text: str) -> str:
    """A customer's name on one line, without what cannot be seen, and cut where it is too long.

    Raises InputError where nothing is left of it.
    """
    plain = "".join(letter if letter.isprintable() else " " for letter in unicodedata.normalize("NFC", text))
    made = " ".join(_few_marks(plain).split())
    if not any(letter.isalnum() for letter in made):
        raise InputError("is empty: name whom the report is for", "--customer")
    return made if len(made) <= LONGEST else made[: LONGEST - 1].rstrip() + "…"


def _few_marks(text: str) -> str:
    """The text with at most MARKS combining marks in a row."""
    kept: list[str] = []
    for letter in text:
        marks = len(kept) >= MARKS and all(map(unicodedata.combining, kept[-MARKS:]))
        if not (unicodedata.combining(letter) and marks):
            kept.append(letter)
    return "".join(kept)


def subject(api: Api) -> str:
    """The API in two or three words, for a sentence."""
    if api.vendor:
        return api.vendor.capitalize()
    title = FILE.sub("", api.title)
    named = api.origin is Origin.description and title.isprintable() and name(title) == title
    return title if named else OTHERS.get(api.origin, "this API")


def target(api: Api) -> str:
    """What was looked at, and through what."""
    if api.origin not in KINDS:
        return f"{OTHERS[api.origin]}, read as one of {subject(api)}" if api.vendor else subject(api)
    world = QUIRKS.search(api.title) if api.origin is Origin.contract else None
    switched = f" with the oddities “{world[1]}”" if world and world[1] != USUAL else ""
    return f"{subject(api)}, {KINDS[api.origin]}{switched}"
