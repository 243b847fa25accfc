"""Questions about a parse: who does it, to whom, how far a noun phrase goes."""

from __future__ import annotations

import pytest
from spacy.tokens import Token

from onrecord.parse import Parser, syntax
from onrecord.records import Article


def word(parser: Parser, text: str, wanted: str) -> Token:
    return next(t for t in parser.parse(Article.make(text)).doc if t.text == wanted)


@pytest.mark.parametrize(
    ("text", "verb", "doers"),
    [
        ("Chad and Kenya condemned the raid.", "condemned", ["Chad", "Kenya"]),
        ("The raid was condemned by Chad and Kenya.", "condemned", ["Chad", "Kenya"]),
        ("Chad closed the border and denounced the raid.", "denounced", ["Chad"]),
        ("Chad promised to back the deal.", "back", ["Chad"]),
        ("Chad urged Kenya to sign the deal.", "sign", ["Kenya"]),
        ("Chad called on Kenya to sign the deal.", "sign", ["Kenya"]),
        ("Kenya, which opposes the deal, walked out.", "opposes", ["Kenya"]),
        ("Chad's refusal to sign the deal surprised nobody.", "sign", ["Chad"]),
        ("The deal was signed on Monday.", "signed", []),
    ],
)
def test_doers_are_found_through_lists_passives_control_and_relatives(parser: Parser, text: str, verb: str, doers: list[str]) -> None:
    assert [t.text for t in syntax.doers(word(parser, text, verb))] == doers


@pytest.mark.parametrize(
    ("text", "verb", "undergoer"),
    [
        ("Chad condemned the raid.", "condemned", "raid"),
        ("The raid was condemned.", "condemned", "raid"),
        ("Chad backs the deal, which Kenya opposes.", "opposes", "deal"),
        ("Chad slept.", "slept", None),
    ],
)
def test_the_undergoer_is_the_object_or_the_subject_of_the_passive(parser: Parser, text: str, verb: str, undergoer: str | None) -> None:
    found = syntax.undergoer(word(parser, text, verb))
    assert (found.text if found is not None else None) == undergoer


def test_a_noun_phrase_keeps_its_complements_and_drops_its_relative_clause(parser: Parser) -> None:
    head = word(parser, "Chad condemned the brutal raid on the village, which left six dead.", "raid")
    start, end = syntax.noun_phrase(head)
    assert head.doc[start:end].text == "the brutal raid on the village"
    assert head.doc[slice(*syntax.base_noun_phrase(head))].text == "the brutal raid"


def test_negation_is_seen_in_its_forms(parser: Parser) -> None:
    assert syntax.is_negated(word(parser, "Chad does not back it.", "back"))
    assert syntax.is_negated(word(parser, "Chad has no plan.", "plan"))
    assert not syntax.is_negated(word(parser, "Chad has a plan.", "plan"))


def test_an_infinitive_is_told_by_its_marker_and_a_modal_by_its_verb(parser: Parser) -> None:
    marker = syntax.infinitive_marker(word(parser, "Chad promised to back the deal.", "back"))
    assert marker is not None
    assert marker.text == "to"
    assert syntax.modal(word(parser, "Chad should sign the deal.", "sign")) == "should"
