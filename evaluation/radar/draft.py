"""The draft of a new entry: valid from the start, kept out of public builds until somebody says otherwise."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import yaml

from mockserver.errors import InputError

from . import answers, described
from .described import Described
from .entries import NO_ENTRIES
from .schema import CONTROL

WORDS = "(to be written)"
LONGEST = 100  # characters of a name
VALID = ("a name such as Redox",)


def slug(name: str) -> str:
    """The file name of an entry: lower-case words joined by hyphens, letters without their marks.

    Raises InputError where nothing is left, or too much.
    """
    if len(name) > LONGEST:
        raise InputError(f"has more than {LONGEST} characters", "NAME", VALID)
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    made = "-".join(re.findall(r"[a-z0-9]+", plain.lower()))
    if not made:
        raise InputError("holds no letter or digit", "NAME", VALID)
    if f"{made}.md" in NO_ENTRIES:
        raise InputError(f"{made}.md is the page of the radar itself and never an entry", "NAME", VALID)
    return made


def text(name: str, ring: str = "assess", findings: str = "") -> str:
    """A draft. Without ``findings``, the vendor whose facts there are, its ring is an opinion nobody has yet."""
    title = " ".join(CONTROL.sub(" ", name).split())
    front: dict[str, Any] = {
        "title": title,
        "description": WORDS,
        "link": "https://www.example.com/",
        "ring": ring,
        "quadrant": "tools",
        "opinion": WORDS,
        "businessModel": ["saas"],
        **({"findings": findings} if findings else {"basis": ["opinion"]}),
        "public": False,
    }
    head = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=110)
    heading = re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", title)
    return f"---\n{head}---\n\n# {heading}\n\n{WORDS}\n"


def write(name: str, folder: Path) -> Path:
    """Write a draft into a folder of entries. Raises InputError where it is there already or cannot be written."""
    path = folder / f"{slug(name)}.md"
    _put(path, text(name))
    return path


def vacant(name: str, folder: Path) -> tuple[Path, Path]:
    """Where a draft and its facts would be written. Raises InputError where one of them is there already."""
    id_ = slug(name)
    entry, facts = folder / f"{id_}.md", described.path(folder, id_)
    if id_ in answers.vendors():
        raise InputError(f"the kit brings facts of {id_} along, so a draft needs another name", "NAME")
    if entry.exists():
        raise InputError("is there already, and is left as it is; hjkit radar refresh reads its facts", str(entry))
    if facts.exists():
        what = f"is there already, but {entry.name} is not; take the facts away or choose another name"
        raise InputError(what, str(facts))
    return entry, facts


def write_described(name: str, folder: Path, found: Described, ring: str) -> tuple[Path, Path]:
    """Write a draft and its facts, both or neither. Raises InputError as ``vacant`` and ``write`` do."""
    entry, facts = vacant(name, folder)
    _put(facts, described.text(found), below=True)
    try:
        _put(entry, text(name, ring, entry.stem))
    except BaseException:
        facts.unlink()
        raise
    return entry, facts


def _put(path: Path, content: str, below: bool = False) -> None:
    """A new file, ``below`` in a folder that is made where there is none. Raises InputError."""
    try:
        if below:
            path.parent.mkdir(exist_ok=True)
        _appear(path, content)
    except FileExistsError:
        raise InputError("is there already, and is left as it is", str(path)) from None
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror})", str(path)) from None


def _appear(path: Path, content: str) -> None:
    """A new file that is there whole or not at all, whenever this program ends. Raises FileExistsError, OSError."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("x", encoding="utf-8", newline="\n") as file:
            file.write(content)
        try:
            os.link(part, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            with path.open("x"):
                part.replace(path)
    finally:
        part.unlink(missing_ok=True)
