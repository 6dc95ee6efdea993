"""The text of one file: a regular file within a limit, in UTF-8 or UTF-16."""

from __future__ import annotations

import codecs
import os
import stat
from pathlib import Path
from typing import Final

from .limits import TooLarge, Unreadable

MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
"""Byte order marks and what they announce; those of UTF-32 begin like those of UTF-16."""
_PART: Final = 1_000_000  # bytes that room is made for at once


def content(path: Path, most: int) -> bytes:
    """The bytes of a regular file. Nothing is read of what is larger, and devices and pipes are never opened to wait.

    Raises Unreadable.
    """
    try:
        file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise Unreadable(_reason(error)) from None
    try:
        return _bytes(file, most)
    finally:
        os.close(file)


def _bytes(file: int, most: int) -> bytes:
    state = os.fstat(file)
    if not stat.S_ISREG(state.st_mode):
        raise Unreadable("is a folder" if stat.S_ISDIR(state.st_mode) else "is no regular file")
    if state.st_size > most:
        raise TooLarge(most)
    found = bytearray()
    while len(found) <= most and (part := _part(file, min(_PART, most + 1 - len(found)))):
        found += part
    if len(found) > most:
        raise TooLarge(most)
    return bytes(found)


def _part(file: int, most: int) -> bytes:
    try:
        return os.read(file, most)
    except OSError as error:
        raise Unreadable(_reason(error)) from None


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        return "is not there"
    return "is a folder" if isinstance(error, IsADirectoryError) else f"cannot be read ({error.strerror})"


def decoded(raw: bytes) -> str:
    """Bytes as text by their byte order mark, UTF-8 without one. Raises Unreadable for what is no text, or empty."""
    encoding = next((name for mark, name in MARKS if raw.startswith(mark)), "utf-8")
    problem = ""
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        problem, text = "is no text in UTF-8 or UTF-16", ""
    if problem or "\0" in text:
        raise Unreadable(problem or "is no text")
    if not text.strip():
        raise Unreadable("is empty")
    return text
