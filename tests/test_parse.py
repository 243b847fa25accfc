"""Layout, quotations and the parse, none of which may move an offset."""

from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.parse import Parser, quotations, syntax
from onrecord.parse.layout import blocks
from onrecord.parse.parser import ABBREVIATIONS, MODEL, plain
from onrecord.records import Article


def kinds(text: str) -> list[tuple[str, str]]:
    return [(b.kind, text[b.start : b.end]) for b in blocks(text)]


def quoted(text: str) -> list[list[str]]:
    return [[text[a:b] for a, b in q.parts] for q in quotations(text, blocks(text))]


def sentences(parser: Parser, text: str) -> list[str]:
    return [s.text.strip() for s, _ in parser.parse(Article.make(text)).sentences()]


@pytest.mark.parametrize(
    "line",
    [
        "NAIROBI: ",
        "BEIJING (Reuters) - ",
        "PORT-AU-PRINCE, Haiti (AP) — ",
        "GENEVA, March 9, 2021 – ",
        "N'DJAMENA -- ",
        "Lagos (AFP) - ",
        "SÃO PAULO — ",
        "NEW DELHI, Oct. 3 (Xinhua) -- ",
        "(Reuters) - ",
    ],
)
def test_a_dateline_is_cut_off_its_sentence(line: str) -> None:
    text = f"{line}The minister resigned on Sunday."
    assert kinds(text) == [("dateline", line), ("body", "The minister resigned on Sunday.")]


@pytest.mark.parametrize("text", ["The deal - a first - was signed.", "Ministers met: nothing came of it.", "I SAY - no.", "Chad: a history of coups."])
def test_a_dash_or_colon_alone_makes_no_dateline(text: str) -> None:
    assert [k for k, _ in kinds(text)] == ["body"]


def test_a_headline_and_a_byline_are_no_sentences_of_the_body() -> None:
    text = "Chad rejects vote\nBy Amina Saleh and Paul Ndiaye\n\nNDJAMENA (Wire) - Chad rejected the vote.\nIt gave no reason."
    assert [k for k, _ in kinds(text)] == ["headline", "byline", "dateline", "body", "body"]


def test_a_credit_line_is_not_coded() -> None:
    assert kinds("The talks failed.\n(Reporting by Amina Saleh; editing by Paul Ndiaye)")[1][0] == "credit"


def test_credits_at_a_paragraphs_end_end_its_open_quotation() -> None:
    text = '"We have lost," he said. "All is over. (Reporting by Amina Saleh; Editing by Paul Ndiaye)'
    assert [k for k, _ in kinds(text)] == ["body", "credit"]
    assert quoted(text) == [["We have lost,"], ["All is over."]]


@pytest.mark.parametrize(
    "line",
    [
        "You must select a newsletter to subscribe to.",
        "Sign up for our morning briefing",
        "Read more: Envoys return to the capital",
        "Read more",
        "Follow us on Twitter",
        "Advertisement",
        "Share this article on Facebook",
        "Share 1200 Tweet 45 Email",
        "© 2019 The Daily. All rights reserved.",
        "The Daily 2019. All rights reserved.",
    ],
)
def test_a_web_pages_own_line_is_no_body(line: str) -> None:
    assert kinds(f"The talks failed.\n{line}\nThe envoy left.")[1] == ("credit", line)


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell in Lagos after the vote.",
        "Read more than one paper, the minister told pupils.",
        "Comments by the envoy angered Chad.",
        "Follow-up talks will be held in Accra.",
        "Twitter said it had closed the accounts.",
        "Sign language is taught in every school.",
    ],
)
def test_a_sentence_that_begins_like_a_button_is_body(line: str) -> None:
    assert kinds(f"The talks failed.\n{line}\nThe envoy left.")[1] == ("body", line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said: "We won." She left.', [["We won."]]),
        ("He said: “We won.” She left.", [["We won."]]),
        ("''We won,'' he said.", [["We won,"]]),
        ("«We won», he said.", [["We won"]]),
        ("„We won“, he said.", [["We won"]]),
        ("”We won,” he said.", [["We won,"]]),
        ("‘We won,’ he said, ‘and we’ll stay.’", [["We won,"], ["and we’ll stay."]]),
        ("He called it 'a sham' and left.", [["a sham"]]),
        ("The rebels' demands and the army's answer.", []),
        ("It was in the '90s, he said.", []),
        ("“We won,” he said. “They call it ‘a sham’ abroad.”", [["We won,"], ["They call it ‘a sham’ abroad."], ["a sham"]]),
    ],
)
def test_quotations_by_their_marks(text: str, expected: list[list[str]]) -> None:
    assert quoted(text) == expected


def test_a_quotation_goes_on_over_paragraphs_that_open_with_a_mark() -> None:
    text = "“We won.\n\n“We shall stay,” he said.\n\n“We do,” she said."
    assert quoted(text) == [["We won.", "We shall stay,"], ["We do,"]]


def test_a_straight_mark_behind_a_full_sentence_opens_again_where_the_last_was_not_closed() -> None:
    assert quoted('He said: "We won. "They know it," he added. All left.') == [["We won."], ["They know it,"]]
    assert quoted('"We won. They lost," he said. "All know it."') == [["We won. They lost,"], ["All know it."]]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "He said: “We won.\nThe crowd cheered."
    (found,) = quotations(text, blocks(text))
    assert (text[found.start : found.end], found.closed) == ("“We won.", False)


@pytest.mark.parametrize(
    "text",
    [
        "Lt. Gen. Ali Moussa met Mr. Diallo in the U.S. on Monday.",
        "Sen. Paula Ortiz and Gov. Mark Hill resigned.",
        "The U.N. envoy left.",
    ],
)
def test_an_abbreviation_ends_no_sentence(parser: Parser, text: str) -> None:
    assert sentences(parser, text) == [text]


@pytest.mark.parametrize("mark", ["´", "’", "ʹ", "`", "'"])
def test_a_stray_apostrophe_is_read_as_one(parser: Parser, mark: str) -> None:
    doc = parser.parse(Article.make(f"Chad{mark}s government resigned.")).doc
    assert [t.text for t in doc][:2] == ["Chad", "'s"]
    assert doc[2].dep_ == "nsubj"


def test_offsets_are_the_articles(parser: Parser) -> None:
    text = "“Chad´s vote”—a farce, said\u00a0Mr. Ba.\r\n''No,'' he added."
    parsed = parser.parse(Article.make(text))
    for token in parsed.doc:
        assert plain(text)[token.idx : token.idx + len(token)] == token.text


@given(st.text())
def test_the_parsers_copy_has_the_texts_length(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(st.text(alphabet="“”\"'’‘«»„ab s.\n,—-", max_size=60))
def test_layout_and_quotations_stay_within_the_text(text: str) -> None:
    found = blocks(text)
    assert all(0 <= b.start < b.end <= len(text) for b in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for q in quotations(text, found):
        assert all(q.start <= a < b <= q.end for a, b in q.parts)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_parsed(parser: Parser, text: str) -> None:
    parsed = parser.parse(Article.make(text))
    assert all(s.end_char <= len(text) for s, _ in parsed.sentences())


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("Chile, the African Union and Norway condemned the ruling on Sunday.", ["Chile", "Union", "Norway"]),
        ("On Monday, Chile, Peru and Ghana welcomed the deal.", ["Chile", "Peru", "Ghana"]),
        ("The EU, the US, and Canada imposed sanctions on Belarus.", ["EU", "US", "Canada"]),
        ("Kenya, which borders Somalia, and Uganda sent troops.", ["Kenya", "Uganda"]),
        ("In Geneva, Iran and Turkey signed a pact.", ["Iran", "Turkey"]),
        ("Mr Smith, a lawyer, and Ms Jones resigned.", ["Smith", "Jones"]),
        ("On Monday Chile welcomed the deal.", ["Chile"]),
    ],
)
def test_a_list_before_a_verb_is_one_subject(parser: Parser, text: str, members: list[str]) -> None:
    doc = parser.parse(Article.make(text)).doc
    (subject,) = [t for t in doc if t.dep_ == "nsubj" and t.head.dep_ == "ROOT"]
    assert [t.text for t in syntax.members(subject)] == members


def test_the_tokeniser_has_the_rules_of_the_model_and_ours(parser: Parser) -> None:
    plain_one = spacy.load(MODEL, exclude=["ner"]).tokenizer
    ours = parser.nlp.tokenizer
    assert set(ours.rules) - set(plain_one.rules) == set(ABBREVIATIONS) - set(plain_one.rules)
    assert all(ours.rules[word] == rule for word, rule in plain_one.rules.items() if word not in ABBREVIATIONS)
    for search in ("prefix_search", "suffix_search", "infix_finditer", "url_match"):
        assert getattr(ours, search).__self__.pattern == getattr(plain_one, search).__self__.pattern
