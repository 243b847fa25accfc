"""Parts of speech by table are what spaCy's attribute ruler gives, word for word."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from onrecord.parse.parser import MODEL, load
from onrecord.parse.wordclasses import WordClasses

SET = ["POS", "MORPH", "LEMMA", "TAG", "DEP"]
TEXTS = (
    "Somebody's sister, whom nobody had met, said that she'd leave: “it's over”.",
    "There's a plan \n\n and there were talks, but that isn't all y'all ain't gonna hear.",
    "Let's go! They gotta vote, don't they? He is to be tried; the court can not do otherwise.",
    "Ghana, Chad and the EU's 27 members met on 3 May 2019 in the U.S. to discuss aid (again).",
    "",
    " ",
)


@pytest.fixture(scope="module")
def plain() -> Language:
    return spacy.load(MODEL, exclude=["ner"])


def tagged(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    for name in ("tok2vec", "tagger", "parser"):
        doc = nlp.get_pipe(name)(doc)
    return doc


def ruler_of(nlp: Language) -> AttributeRuler:
    found = nlp.get_pipe("attribute_ruler")
    assert isinstance(found, AttributeRuler)
    return found


@pytest.mark.parametrize("text", TEXTS)
def test_the_table_gives_what_the_ruler_gives(plain: Language, text: str) -> None:
    ruled = ruler_of(plain)(tagged(plain, text))
    table = WordClasses(ruler_of(plain))
    for _ in range(2):  # worked out, then remembered
        assert table(tagged(plain, text)).to_array(SET).tolist() == ruled.to_array(SET).tolist()


def test_later_rules_prevail_and_rules_of_two_words_are_followed(plain: Language) -> None:
    ruler = AttributeRuler(plain.vocab)
    ruler.add([[{"TAG": "NN"}]], {"POS": "NOUN", "MORPH": "Number=Sing"})
    ruler.add([[{"LOWER": "peace"}, {"LOWER": "talks"}]], {"POS": "X"}, index=-1)
    ruler.add([[{"LOWER": {"NOT_IN": ["peace"]}, "TAG": {"IN": ["NNS"]}}], [{"LOWER": {"REGEX": "^pea"}}]], {"LEMMA": "p"})
    doc = Doc(plain.vocab, words=["peace", "talks", "vote"], tags=["NN", "NNS", "NN"])
    found = WordClasses(ruler)(doc)
    assert [(t.pos_, str(t.morph), t.lemma_) for t in found] == [("NOUN", "Number=Sing", "p"), ("X", "", "p"), ("NOUN", "Number=Sing", "")]


@pytest.mark.parametrize(("pattern", "sets"), [({"ORTH": "x"}, {"POS": "X"}), ({"LOWER": {"FUZZY": "x"}}, {"POS": "X"}), ({"LOWER": "x"}, {"NORM": "x"})])
def test_rules_that_no_table_can_follow_are_refused(plain: Language, pattern: dict[str, object], sets: dict[str, str]) -> None:
    ruler = AttributeRuler(plain.vocab)
    ruler.add([[pattern]], sets)
    with pytest.raises(ValueError, match="no table"):
        WordClasses(ruler)


def test_the_packaged_pipeline_reads_by_table() -> None:
    assert load().pipe_names == ["tok2vec", "tagger", "parser", "onrecord_word_classes", "lemmatizer"]
