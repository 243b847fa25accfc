"""Lines that a program has broken to fit a width are read as if they were not; what an author has set on lines of its own stays there."""

from __future__ import annotations

import re
import textwrap
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.parse import Parser
from onrecord.parse.layout import blocks
from onrecord.parse.wrapping import unwrapped
from onrecord.pipeline import Coder
from onrecord.records import Article

PARAGRAPHS = (
    "NAIROBI (Harbour Wire) - Kenya condemned the attack on the embassy in Mogadishu and called for an independent inquiry, while Ethiopia "
    "denied that it planned a military intervention. The European Union will send envoys on 26. A spokeswoman gave no further details.",
    'The African Union said on Monday that it "would not recognise the result of a vote that was held under the guns of one side" and asked '
    "South Africa to mediate. President William Ruto told reporters that talks had begun five years ago.",
    "At least 12 people were killed when rebels attacked a police station near Baidoa on 3 March, the United Nations said.",
)


def wrap(width: int, end: str = "\n") -> str:
    return (end * 2).join(end.join(textwrap.wrap(p, width, break_long_words=False, break_on_hyphens=False)) for p in PARAGRAPHS)


def found(coder: Coder, text: str) -> Counter[tuple[str, ...]]:
    """What is found in a text, by its words, whatever white space is between them."""
    report = coder.code(text, published="2031-03-05")
    out: Counter[tuple[str, ...]] = Counter()
    out.update(("event", e.type, e.trigger.text, *(p.text for p in (*e.actors, *e.recipients)), str(e.date and e.date.value)) for e in report.events)
    out.update(("position", p.holder.text, p.act, p.object.text) for p in report.positions)
    out.update(("attribution", a.kind, *(s.text for s in (*a.source, *a.cue, *a.content))) for a in report.attributions)
    out.update(("place", p.text, str(p.geonameid)) for p in report.places)
    out.update(("time", t.text, t.value) for t in report.times)
    out.update(("actor", a.id, a.name, str(len(a.mentions))) for a in report.actors)
    return Counter({tuple(" ".join(part.split()) for part in key): n for key, n in out.items()})


@pytest.mark.parametrize("width", [50, 64, 72, 80, 100])
def test_what_is_found_does_not_hang_on_the_width_of_the_lines(coder: Coder, width: int) -> None:
    assert found(coder, wrap(width)) == found(coder, "\n\n".join(PARAGRAPHS))


def test_lines_of_windows_and_of_mail_are_put_together_too() -> None:
    whole = len(blocks("\n\n".join(PARAGRAPHS)))
    assert len(blocks(wrap(72, "\r\n"))) == len(blocks(wrap(72).replace("\n", " \n"))) == whole


def test_a_finding_over_two_lines_has_the_articles_own_characters(coder: Coder) -> None:
    text = "Kenya condemned the attack on\nthe embassy in Mogadishu, and called for an\nindependent inquiry."
    report = coder.code(text)
    assert {(p.act, p.object.text) for p in report.positions} >= {("condemn", "the attack on\nthe embassy in Mogadishu"), ("urge", "an\nindependent inquiry")}
    assert all("\n" not in a.name for a in report.actors)


@pytest.mark.parametrize(
    "text",
    [
        "Chad rejects the result of the vote\nBy Amina Saleh\n\nNDJAMENA (Wire) - Chad rejected the vote.\nIt gave no reason.",
        "The minister resigned on Sunday after a week of protests.\nthe ministry gave no reason",
        "The parties agreed on the following points on Sunday:\n- a ceasefire from noon\n- an exchange of prisoners",
        "They will meet again:\n1. in Geneva, in a month from now\n2. in Vienna, at the end of the year",
        "The first paragraph stands on one line.\n\nthe second begins in lower case",
        "Kenya\nwelcomed the vote.",
        "Kenya welcomed the vote in Mogadishu on Monday\nEthiopia rejected it",
    ],
)
def test_other_lines_stay_apart(text: str) -> None:
    assert unwrapped(text) == text


def test_a_paragraphs_last_line_ends_it_although_no_blank_line_follows(parser: Parser) -> None:
    text = "\n".join("\n".join(textwrap.wrap(p, 60)) for p in PARAGRAPHS)
    assert len([b for b in blocks(text) if b.kind == "body"]) == len(PARAGRAPHS)
    assert len(list(parser.parse(Article.make(text)).sentences())) == len(list(parser.parse(Article.make("\n".join(PARAGRAPHS))).sentences()))


@given(st.text(alphabet=st.sampled_from("ab B.\n\r\u2028-1")), st.integers(20, 60))
def test_only_ends_of_lines_become_spaces(text: str, width: int) -> None:
    wrapped = "\n".join(textwrap.wrap(text * 9, width)) + text
    made = unwrapped(wrapped)
    assert len(made) == len(wrapped)
    assert all(a == b or (a in "\r\n" and b == " ") for a, b in zip(wrapped, made, strict=True))
    assert unwrapped(re.sub(r"[\r\n]", "\u2028", wrapped)) == re.sub(r"[\r\n]", "\u2028", wrapped)
