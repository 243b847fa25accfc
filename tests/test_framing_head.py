"""The framing head: which words can be loaded, what becomes of them, and that its labelled text keeps its rules."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import numpy as np
import pytest
from models.framing_marked import CODES, read, rows
from models.framing_material import inflected, joined, swapped
from models.marked import MarkedError

from onrecord.encoder import Encoder, States
from onrecord.framing import Head, Lexicon, find
from onrecord.framing.head import CATEGORIES, candidates, category_of, found_words
from onrecord.parse import Parsed, Parser
from onrecord.pipeline import Coder
from onrecord.records import Article, Cast

DATA = sorted((Path(__file__).parent.parent / "models" / "data" / "framing").glob("*.txt"))


def likely(words: int, **loaded: float) -> np.ndarray:
    """Rows that are not loaded, but the numbered ones (``w2=0.9``), which are evaluative."""
    out = np.zeros((words, len(CATEGORIES) + 1), np.float32)
    out[:, 0] = 1
    for name, much in loaded.items():
        out[int(name[1:]), [0, 1 + CATEGORIES.index("evaluative")]] = 1 - much, much
    return out


def some(parser: Parser, text: str, taken: set[int] | None = None, **loaded: float) -> list[str]:
    doc = parser.parse(Article.make(text, id="a")).doc
    found = found_words(doc, np.arange(len(doc)), likely(len(doc), **loaded), least=0.5, taken=taken or set())
    return [f.span.text for f in found]


def test_a_likely_word_is_found_and_an_unlikely_one_is_not(parser: Parser):
    assert some(parser, "The gormless mayor left the hall.", w1=0.9, w2=0.4) == ["gormless"]


def test_what_another_finding_holds_is_not_found_again(parser: Parser):
    assert some(parser, "The gormless mayor left.", {1}, w1=0.9) == []


def test_a_compound_and_a_particle_belong_to_the_term(parser: Parser):
    assert some(parser, "It was a clown parade.", w3=0.9, w4=0.8) == ["clown parade"]


def test_a_word_written_as_part_of_a_name_is_none(parser: Parser):
    assert some(parser, "He joined the Gormless Party in May.", w3=0.99) == []


def test_a_kind_that_does_not_stand_out_is_the_general_one():
    row = np.full(len(CATEGORIES) + 1, 0.05, np.float32)
    assert category_of(row) == "evaluative"
    row[1 + CATEGORIES.index("honorific")] = 0.9
    assert category_of(row) == "honorific"


@pytest.fixture(scope="module")
def head(learned: Coder) -> Head:
    assert learned.heads is not None
    assert learned.heads.framing is not None
    return learned.heads.framing


def read_states(learned: Coder, text: str) -> tuple[Parsed, States]:
    parsed = learned.parser.parse(Article.make(text, id="a"))
    return parsed, learned.encoder.read(learned.encoder.words(parsed))


def test_only_words_that_the_encoder_read_are_scored(learned: Coder, head: Head):
    parsed, states = read_states(learned, "The mayor left the crowded hall quickly.")
    assert [parsed.doc[int(t)].text for t in head.scored(parsed.doc, states)[0]] == ["mayor", "left", "crowded", "hall", "quickly"]
    unread = dataclasses.replace(states, windows=())
    assert candidates(parsed.doc, unread).size == 0


def test_the_likelihoods_of_a_word_are_a_distribution(learned: Coder, head: Head):
    parsed, states = read_states(learned, "The mayor left the crowded hall.")
    _, likelihoods = head.scored(parsed.doc, states)
    assert np.allclose(likelihoods.sum(axis=1), 1, atol=1e-4)


def test_a_finding_of_the_head_says_so(learned: Coder, head: Head):
    parsed, states = read_states(learned, "The mayor left the crowded hall.")
    everything = dataclasses.replace(head, least=0.0)
    lexicon = Lexicon.load()
    found = find(parsed, Cast(()), (), (), (), lexicon=lexicon, states=states, head=everything)
    assert {f.reason.partition("|")[0] for f in found} == {"framing.encoder"}
    assert all(f.category in CATEGORIES and f.confidence <= 0.65 for f in found)
    assert find(parsed, Cast(()), (), (), (), lexicon=lexicon) == ()


def test_without_a_head_the_tables_stand_alone(learned: Coder, tmp_path: Path):
    (tmp_path / "model.json").write_bytes((learned.encoder.folder / "model.json").read_bytes())
    assert Head.load(Encoder(tmp_path)) is None


def test_marks_become_terms():
    text, terms = read("A {ev:sordid} affair, a {de:sham}.")
    assert [(text[t["span"][0] : t["span"][1]], t["category"]) for t in terms] == [("sordid", "evaluative"), ("sham", "delegitimising")]


@pytest.mark.parametrize("line", ["A {xx:sordid} affair.", "A {ev: } affair.", "A {sordid} affair."])
def test_a_mark_that_cannot_be_read_is_refused(line: str):
    with pytest.raises(MarkedError):
        read(line)


def test_the_labelled_text_is_large_varied_and_has_plain_sentences():
    found = [row for path in DATA for row in rows(path)]
    words = {row["text"][t["span"][0] : t["span"][1]].lower() for row in found for t in row["terms"]}
    assert len(found) >= 900
    assert len(words) >= 1500
    assert sum(not row["terms"] for row in found) >= 250
    assert {t["category"] for row in found for t in row["terms"]} == set(CODES.values()) == set(CATEGORIES)


def test_swapping_keeps_marks_on_their_words():
    text, terms = read("He gave a {ev:sordid} reply to {ev:cronies}.")
    row = {"text": text, "terms": terms, "template": "t"}
    tags = {10: "JJ", 26: "NNS"}
    loaded = {"adj": [("awful", "evaluative")], "noun": [("bully", "evaluative")]}
    out = swapped(row, tags, loaded, {}, random.Random(1), shares=(1.0, 0.0, 0.0))
    assert out["text"] == "He gave an awful reply to bullies."
    assert [out["text"][t["span"][0] : t["span"][1]] for t in out["terms"]] == ["awful", "bullies"]
    plain = swapped(row, tags, loaded, {"JJ": ["short"], "NNS": ["aides"]}, random.Random(1), shares=(0.0, 1.0, 0.0))
    assert (plain["text"], plain["terms"]) == ("He gave a short reply to aides.", [])


def test_joined_sentences_keep_their_marks():
    sentences = [read("A {ev:sordid} affair."), read("It is a {de:sham}.")]
    (made,) = joined([{"text": text, "terms": terms, "template": "t"} for text, terms in sentences], random.Random(1), together=2)
    assert {made["text"][t["span"][0] : t["span"][1]] for t in made["terms"]} == {"sordid", "sham"}


def test_words_are_inflected():
    assert [inflected("stab", t) for t in ("VBD", "VBG", "VBZ")] == ["stabbed", "stabbing", "stabs"]
    assert [inflected("crush", t) for t in ("VBD", "VBZ")] == ["crushed", "crushes"]
