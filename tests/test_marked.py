"""Our own labelled text: how its marks are read, and that what is there keeps its rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from models.marked import MarkedError, read, rows

DATA = sorted((Path(__file__).parent.parent / "models" / "data" / "attribution").glob("*.txt"))


def test_marks_become_offsets() -> None:
    text, found = read("{s1:Chad} {c1:said} {t1:no}, and {c2:asked} {t2:why}. {t1:Never.}")
    assert text == "Chad said no, and asked why. Never."
    assert [[text[s:e] for s, e in found[0]["content"]], found[1]["source"]] == [["no", "Never."], []]


def test_a_piece_may_belong_to_two_relations() -> None:
    _, found = read("{s12:Chad} {c1:said} {t1:no} and {c2:meant} {t2:it}.")
    assert found[0]["source"] == found[1]["source"] == [[0, 4]]


def test_a_paragraph_break_is_written_as_a_sign() -> None:
    assert read("One. ¶ Two.") == ("One.\n\nTwo.", [])


@pytest.mark.parametrize(
    ("marked", "problem"),
    [
        ("{s1:Chad} said no.", "relation 1 wants one cue and content"),
        ("{Chad} said no.", "a brace without a label"),
        ("{s1: } {c1:said} {t1:no}.", "an empty piece"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(marked: str, problem: str) -> None:
    with pytest.raises(MarkedError, match=problem):
        read(marked)


def test_a_bad_line_is_named_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text("a1 | {c1:said} {t1:no}.\nno bar here\n", encoding="utf-8")
    with pytest.raises(MarkedError, match=r"some\.txt, line 2: no template"):
        list(rows(path))


def test_a_template_has_five_examples_at_most(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text("a1 | Nothing.\n" * 6, encoding="utf-8")
    with pytest.raises(MarkedError, match="line 6: more than 5"):
        list(rows(path))


@pytest.mark.parametrize("path", DATA, ids=lambda p: p.stem)
def test_the_packaged_examples_can_be_read(path: Path) -> None:
    found = list(rows(path))
    assert len({r["text"] for r in found}) == len(found)
    assert all(text[s:e].strip() for r in found if (text := r["text"]) for a in r["attributions"] for spans in a.values() for s, e in spans)
