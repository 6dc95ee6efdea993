"""Front matter is read with the line of every key, and what is no front matter is one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.radar import frontmatter
from mockserver.errors import InputError

TEXT = "---\ntitle: A\nalternatives:\n  - title: B\n    ring: trial\n  - title: C\n---\n\n# A\n"


def test_it_gives_data_body_and_the_line_of_each_key() -> None:
    front = frontmatter.parse(TEXT, "a.md")
    assert front.data == {"title": "A", "alternatives": [{"title": "B", "ring": "trial"}, {"title": "C"}]}
    assert front.body == "\n# A"
    assert front.at("title") == "a.md, line 2: title"
    assert front.at("alternatives", 0, "ring") == "a.md, line 5: alternatives.0.ring"
    assert front.at("alternatives", 1) == "a.md, line 6: alternatives.1"
    assert front.at() == "a.md, line 1"


def test_the_lines_are_those_of_the_file() -> None:
    front, lines = frontmatter.parse(TEXT, "a.md"), TEXT.splitlines()
    for path, line in front.lines.items():
        assert str(path[-1]) in lines[line - 1] or isinstance(path[-1], int)


def test_a_key_that_is_missing_has_the_line_of_what_holds_it() -> None:
    assert frontmatter.parse(TEXT, "a.md").at("alternatives", 1, "ring") == "a.md, line 6: alternatives.1.ring"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("# A\n", "has no front matter"),
        ("\n---\ntitle: A\n---\n", "has no front matter"),
        ("---\ntitle: A\n", "has no front matter"),
        ("---\n- a\n---\n", "must be keys and values"),
        ("---\n---\n", "must be keys and values"),
        ("---\nb: 1\na: b: c\n---\n", "a.md, line 3: is not YAML"),
        ("---\na: 1\nb: 2\na: 3\n---\n", "a.md, line 4: a: is given twice"),
        ("---\na: &x [1]\nb: *x\n---\n", "alias"),
        ("---\nday: 2026-13-45\n---\n", "a day that does not exist"),
        ("---\na: !!python/name:os.system x\n---\n", "cannot read"),
        ("---\na: " + "[" * 20000 + "\n---\n", "nested more than 10 deep"),
    ],
)
def test_what_is_no_front_matter_is_one_sentence(text: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        frontmatter.parse(text, "a.md")
    assert says in str(caught.value) and "\n" not in str(caught.value)


def test_a_bomb_of_aliases_is_not_unfolded() -> None:
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 40))
    with pytest.raises(InputError, match="alias"):
        frontmatter.parse(f"---\nl0: &l0 [x]\n{levels}\n---\n", "a.md")


def test_a_page_that_is_too_long_is_refused() -> None:
    with pytest.raises(InputError, match="longer than"):
        frontmatter.parse(TEXT + "x" * frontmatter.LARGEST, "a.md")


def test_windows_line_ends_and_a_byte_order_mark_are_taken() -> None:
    assert frontmatter.parse("\ufeff" + TEXT.replace("\n", "\r\n"), "a.md").data["title"] == "A"


def test_a_rule_in_the_body_is_no_end_of_front_matter() -> None:
    assert frontmatter.parse(TEXT + "\n---\nmore\n", "a.md").body.endswith("---\nmore")


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        frontmatter.read(tmp_path / "none.md")
    with pytest.raises(InputError, match="cannot be read"):
        frontmatter.read(tmp_path)
    (tmp_path / "x.md").write_bytes(b"---\n\xff\n---\n")
    with pytest.raises(InputError, match="not UTF-8"):
        frontmatter.read(tmp_path / "x.md")
