"""The draft of a new entry: valid from the start, kept out of public builds until somebody says otherwise."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from mockserver.errors import InputError

from .entries import NO_ENTRIES
from .schema import CONTROL

WORDS = "(to be written)"
VALID = ("a name such as Redox",)


def slug(name: str) -> str:
    """The file name of an entry: lower-case words joined by hyphens. Raises InputError where nothing is left."""
    made = "-".join(re.findall(r"[a-z0-9]+", name.lower()))
    if not made:
        raise InputError("holds no letter or digit", "NAME", VALID)
    if f"{made}.md" in NO_ENTRIES:
        raise InputError(f"{made}.md is the page of the radar itself and never an entry", "NAME", VALID)
    return made


def text(name: str) -> str:
    """A draft. The ring is assess, because nothing is known of it yet."""
    title = " ".join(CONTROL.sub(" ", name).split())
    front = {
        "title": title,
        "description": WORDS,
        "link": "https://www.example.com/",
        "ring": "assess",
        "quadrant": "tools",
        "opinion": WORDS,
        "businessModel": ["saas"],
        "basis": ["opinion"],
        "public": False,
    }
    head = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=110)
    heading = re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", title)
    return f"---\n{head}---\n\n# {heading}\n\n{WORDS}\n"


def write(name: str, folder: Path) -> Path:
    """Write a draft into a folder of entries. Raises InputError where it is there already or cannot be written."""
    path = folder / f"{slug(name)}.md"
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text(name))
    except FileExistsError:
        raise InputError("is there already, and is left as it is", str(path)) from None
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror})", str(path)) from None
    return path
