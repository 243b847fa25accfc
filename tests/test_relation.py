"""The type of the event between two marked participants."""

from __future__ import annotations

import pytest

from onrecord.events.relation import _best
from onrecord.pipeline import Coder
from onrecord.records import Article


def between(coder: Coder, text: str, source: str, target: str) -> str:
    """The type from one phrase of a text to another."""
    parsed = coder.parser.parse(Article.make(text, id="a"))
    spans = [[(text.index(words), text.index(words) + len(words))] for words in (source, target)]
    return coder.relation(parsed, *spans)


@pytest.mark.parametrize(
    ("text", "source", "target", "wanted"),
    [
        ("Lesotho's dockers will boycott the shipping firms on Friday.", "Lesotho's dockers", "the shipping firms", "THREATEN"),
        ("Uruguay said it would arrest the rebels at the border.", "Uruguay", "the rebels", "THREATEN"),
        ("Norway arrested the rebels at the border.", "Norway", "the rebels", "COERCE"),
        ("The militia said it will release the two Finnish nurses on Sunday.", "The militia", "the two Finnish nurses", "AGREE"),
        ("The militia released the two Finnish nurses on Sunday.", "The militia", "the two Finnish nurses", "RETREAT"),
    ],
)
def test_what_is_only_announced_is_a_threat_or_an_agreement(coder: Coder, text: str, source: str, target: str, wanted: str) -> None:
    assert between(coder, text, source, target) == wanted


def test_a_yield_is_chosen_before_its_kind() -> None:
    assert _best({"CONCEDE": 1.0, "RETREAT": 0.9, "AGREE": 1.3}) == "CONCEDE"
    assert _best({"CONCEDE": 1.0, "RETREAT": -800.0, "AGREE": 1.3}) == "AGREE"
