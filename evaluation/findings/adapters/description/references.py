"""References out of a document: what other local files hold is put into it, so that all of them lead inside.

Only files in the folder of the main document, or below it, are read. The rest is counted and told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote

from .holders import Found, holders
from .limits import TooLarge, Unreadable

FILES: Final = "x-other-files"
"""Key of a document below which the data of other files stands, by number and stem such as ``2 pet``."""
ANCHORS: Final = "x-anchors"
"""Key of a document below which the schemas stand that have a name of their own, ``$anchor`` or ``$id``."""
_WHOLE = re.compile(r"(?:file|[A-Za-z]):", re.IGNORECASE)
_REMOTE = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//|\\\\")
_OTHER = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_UNFOLLOWED: Final = (
    (_WHOLE, "to whole paths not followed"),
    (_REMOTE, "to other hosts not followed: nothing is fetched"),
    (_OTHER, "to addresses of no file not followed"),
)
_SHOWN = re.compile(r"[\w][\w .-]{0,63}")
_LONGEST: Final = 100  # letters of the name of a file
_MOST: Final = 2000  # files of one description


@dataclass(frozen=True)
class Place:
    """One file: where it is, its number, and where its data stands in the document."""

    path: Path
    number: int
    root: str = ""

    def at(self, fragment: str) -> str:
        """A reference to a part of it, by pointer or by name."""
        if fragment and not fragment.startswith("/"):
            return _pointer(ANCHORS, f"{self.number}:{unquote(fragment)}")
        return (self.root or "#") + fragment


class Links:
    """Makes one document of many. ``problems`` are sentences on what is not in it."""

    def __init__(self, main: Path, document: dict[str, Any], read: Callable[[Path], Any]) -> None:
        """``read`` gives the data of a file, or raises Unreadable."""
        here = Place(main.resolve(), 1)
        self._folder, self._document, self._read = here.path.parent, document, read
        self._places: dict[Path, Place | None] = {here.path: here}
        self._waiting: list[tuple[Place, Any]] = [(here, document)]
        self._ids: dict[str, str] = {}
        self._refused: Counter[str] = Counter()
        self._unread: dict[str, str] = {}

    def follow(self) -> None:
        """Put all that is reached into the document. Raises TooLarge."""
        every: list[dict[str, Any]] = []
        while self._waiting:
            here, tree = self._waiting.pop(0)
            found = holders(tree)
            self._name(found, here)
            for node in found.references:
                node["$ref"] = self._inside(node["$ref"], here)
            every += found.references
        _by_component(self._document, every)

    def problems(self) -> Iterator[str]:
        """A sentence for each kind of reference that was refused, and for each file that could not be read."""
        for why, count in sorted(self._refused.items()):
            yield f"{count} {'reference' if count == 1 else 'references'} {why}"
        for name, why in sorted(self._unread.items()):
            yield f"{name}, which is referred to, {why}"

    def _name(self, found: Found, here: Place) -> None:
        """Make the schemas of a file that have a name of their own be found by it."""
        named = {f"{here.number}:{name}": node for name, node in found.anchors.items()}
        known = {f"{here.number}#{number}": node for number, node in enumerate(found.ids.values(), 1)}
        if named or known:
            self._document.setdefault(ANCHORS, {}).update({**named, **known})
        for name, key in zip(found.ids, known, strict=True):
            self._ids.setdefault(name, _pointer(ANCHORS, key))

    def _inside(self, reference: str, here: Place) -> str:
        """A reference inside the document that leads where this one leads, or the same if it leads nowhere."""
        target, _, fragment = reference.partition("#")
        if not target:
            return here.at(fragment)
        if target in self._ids:
            return self._ids[target] + fragment
        place = self._file(target, here)
        return place.at(fragment) if place is not None else reference

    def _file(self, target: str, here: Place) -> Place | None:
        """The file a reference names; None if it is not read."""
        name = unquote(target.partition("?")[0])
        path = _resolved(here.path.parent / name) if name else here.path
        why = next((why for sign, why in _UNFOLLOWED if sign.match(target)), "")
        if not why and (path is None or not path.is_relative_to(self._folder)):
            why = "out of the folder of the document not followed"
        if not why and path == self._folder:
            why = "to the folder of the document not followed"
        if why or path is None:
            self._refused[why] += 1
            return None
        if path not in self._places:
            self._places[path] = self._added(Place(path, len(self._places) + 1))
        return self._places[path]

    def _added(self, new: Place) -> Place | None:
        """Put the data of a file into the document, to be looked at."""
        name = _shown(new.path.relative_to(self._folder).parts)
        try:
            if new.number > _MOST:
                raise Unreadable(f"is one of more than {_MOST} files")
            tree = self._read(new.path)
        except TooLarge:
            raise
        except Unreadable as error:
            self._unread[name] = str(error)
            return None
        key = f"{new.number} {new.path.stem}"
        self._document.setdefault(FILES, {})[key] = tree
        place = Place(new.path, new.number, _pointer(FILES, key))
        self._waiting.append((place, tree))
        return place


def _by_component(document: dict[str, Any], references: list[dict[str, Any]]) -> None:
    """Let what leads to a schema of another file lead to the component that only stands for it, to have its name."""
    components = document.get("components")
    above = ("components", "schemas") if isinstance(components, dict) else ("definitions",)
    schemas = components.get("schemas") if isinstance(components, dict) else document.get("definitions")
    names: dict[str, str] = {}
    own = set()
    for name, node in schemas.items() if isinstance(schemas, dict) else ():
        if isinstance(node, dict) and isinstance(node.get("$ref"), str):
            own.add(id(node))
            names.setdefault(node["$ref"], _pointer(*above, name))
    for node in references:
        if id(node) not in own and node["$ref"].startswith(_pointer(FILES)):
            node["$ref"] = names.get(node["$ref"], node["$ref"])


def _pointer(*keys: str) -> str:
    """A reference to a place in the document."""
    return "#" + "".join(f"/{quote(key.replace('~', '~0').replace('/', '~1'), safe='~')}" for key in keys)


def _shown(parts: Sequence[str]) -> str:
    """The name of a file in sentences."""
    name = "/".join(parts)
    return name if len(name) <= _LONGEST and all(map(_SHOWN.fullmatch, parts)) else "a file"


def _resolved(path: Path) -> Path | None:
    """A path without links and dots; None for what no path can be."""
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):
        return None
