"""What is kept of texts that were read is bounded: a process that codes for weeks holds no more than one that codes for an hour."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from itertools import pairwise

import pytest
import spacy
from benchmarks.memory import articles

from onrecord import times
from onrecord.actors import spellings
from onrecord.encoder import Encoder
from onrecord.encoder import encoder as encoder_module
from onrecord.parse import Parser, wordclasses
from onrecord.records import Article
from onrecord.times import resolving

SENTENCES = ["Norland condemned the raid on Monday.", "Its minister said that 40 people had fled.", "The port of Vessel Bay stayed closed for 12 days."]


def made_up(count: int) -> Iterator[Article]:
    """Articles whose names no list has, none of them twice."""
    for n in range(count):
        yield Article.make(" ".join(f"Qo{n}va{i} told Wex{i}on{n} of Uly{n}z{i}." for i in range(10)))


@pytest.fixture
def small() -> Parser:
    return Parser(most_strings=500)


def test_a_parser_keeps_no_more_strings_than_it_may(small: Parser) -> None:
    loaded = len(small.nlp.vocab.strings)
    seen = [len(small.nlp.vocab.strings) for _ in small.pipe(made_up(40), batch_size=2)]
    assert max(seen) < loaded + 500 + 2 * 120
    assert sum(later < earlier for earlier, later in pairwise(seen)) >= 3


def test_what_was_parsed_stays_valid_when_the_pipeline_is_loaded_anew(small: Parser) -> None:
    first, old = small.parse(Article.make("Qovalen told Wexion of Ulyzia.")), weakref.ref(small.nlp)
    for _ in small.pipe(made_up(20), batch_size=4):
        pass
    gc.collect()
    assert old() is None
    assert [t.text for t in first.doc] == ["Qovalen", "told", "Wexion", "of", "Ulyzia", "."]
    assert [t.lower_ for t in first.doc if t.tag_ == "VBD"] == ["told"]
    assert first.doc[1].lemma_ == "tell"


def test_a_parse_is_the_same_before_and_after(small: Parser) -> None:
    article = Article.make("Norland's minister said on Monday that 40 people had fled the re-opened port of Vessel Bay, Lt. Col. Ody said.")
    before = small.parse(article).doc
    pipeline = small.nlp
    for _ in small.pipe(made_up(20), batch_size=4):
        pass
    after = small.parse(article).doc
    assert small.nlp is not pipeline
    assert [(t.text, t.tag_, t.pos_, t.dep_, t.head.i, t.lemma_, str(t.morph)) for t in after] == [
        (t.text, t.tag_, t.pos_, t.dep_, t.head.i, t.lemma_, str(t.morph)) for t in before
    ]


def test_a_pipeline_that_is_given_is_never_replaced() -> None:
    given = spacy.blank("en")
    given.add_pipe("sentencizer")
    parser = Parser(given, most_strings=10)
    for _ in parser.pipe(made_up(4), batch_size=1):
        pass
    assert parser.nlp is given


def test_the_tokeniser_of_single_expressions_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolving, "MOST_STRINGS", 200)
    lexicon = times.Lexicon.load()
    first = resolving._tokeniser()
    found = [times.resolve(f"qo{n}va wex{n}on on 3 May 2020", lexicon=lexicon)[0].value for n in range(200)]
    assert set(found) == {"2020-05-03"}
    assert resolving._tokeniser() is not first


def test_caches_of_words_are_bounded(small: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    assert spellings._fold.cache_info().maxsize == spellings.KEPT
    monkeypatch.setattr(encoder_module, "KNOWN", 30)
    monkeypatch.setattr(wordclasses, "KEPT", 30)
    encoder, classes = Encoder(), small.nlp.get_pipe("onrecord_word_classes")
    for parsed in small.pipe(made_up(10)):
        encoder.pieces([t.text for t in parsed.doc])
    assert len(encoder._known) <= 30 + 60
    small.parse(Article.make("Norland fell silent."))
    assert len(classes._known) <= 30 + 60


def test_the_benchmark_makes_short_articles_of_unseen_words_again_and_again() -> None:
    made = list(articles([SENTENCES * 6, SENTENCES * 4], 40))
    assert [a.text for a in made] == [a.text for a in articles([SENTENCES * 6, SENTENCES * 4], 40)]
    words = [set(a.text.split()) for a in made]
    assert len(words[-1] - set().union(*words[:-1])) >= 3
    assert max(len(a.text.split()) for a in made) < 80
