"""Verbs that less their e are verbs too keep it in their lemma."""

from __future__ import annotations

import re

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.parse import adopt
from onrecord.parse.lemmas import ALIKE, DOUBLING, VERB_TAGS, WHOLE, whole
from onrecord.parse.parser import MODEL, load
from onrecord.pipeline import Coder
from onrecord.records import Article


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def lemma_of(nlp: Language, form: str, tag: str) -> str:
    doc = Doc(nlp.vocab, words=["They", form], tags=["PRP", tag], heads=[1, 1], deps=["nsubj", "ROOT"])
    for name in ("onrecord_word_classes", "lemmatizer"):
        doc = nlp.get_pipe(name)(doc)
    return doc[1].lemma_


@pytest.mark.parametrize(
    ("form", "tag", "lemma"),
    [
        ("raped", "VBD", "rape"),
        ("Raped", "VBN", "rape"),
        ("hoping", "VBG", "hope"),
        ("hopes", "VBZ", "hope"),
        ("FINED", "VBN", "fine"),
        ("staged", "VBD", "stage"),
        ("waging", "VBG", "wage"),
        ("bared", "VBD", "bare"),
        ("routes", "VBZ", "route"),
    ],
)
def test_one_letter_is_of_the_longer_verb(nlp: Language, form: str, tag: str, lemma: str) -> None:
    assert lemma_of(nlp, form, tag) == lemma


@pytest.mark.parametrize(
    ("form", "tag", "lemma"),
    [
        ("hopped", "VBD", "hop"),
        ("hops", "VBZ", "hop"),
        ("planned", "VBN", "plan"),
        ("barred", "VBN", "bar"),
        ("robbing", "VBG", "rob"),
        ("started", "VBD", "start"),
        ("visited", "VBD", "visit"),
        ("fitted", "VBD", "fit"),
        ("tied", "VBD", "tie"),
        ("died", "VBD", "die"),
        ("added", "VBD", "add"),
        ("boxed", "VBN", "box"),
        ("bowed", "VBD", "bow"),
        ("showed", "VBD", "show"),
        ("routed", "VBN", "rout"),
        ("singing", "VBG", "sing"),
        ("fines", "NNS", "fine"),
        ("rated", "JJ", "rated"),
        ("staging", "NN", "staging"),
    ],
)
def test_other_words_are_as_the_lemmatizer_has_them(nlp: Language, form: str, tag: str, lemma: str) -> None:
    assert lemma_of(nlp, form, tag) == lemma


def test_the_list_is_that_of_the_lemmatizer(nlp: Language) -> None:
    """Of all pairs in the lemmatizer's list none is missing, and each form on ours was given the shorter verb."""
    verbs = set(nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")["verb"])  # type: ignore[attr-defined]
    short = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
    pairs = {f"{verb}e" for verb in verbs if f"{verb}e" in verbs}
    assert {verb for verb in pairs if short.fullmatch(verb[:-1])} == set(DOUBLING.split())
    assert not pairs.intersection(WHOLE)
    assert set(ALIKE) <= pairs


def test_every_form_is_put_right_and_no_other_is_touched(nlp: Language) -> None:
    plain = spacy.load(MODEL, exclude=["ner"])
    for form, verb in WHOLE.items():
        doc = Doc(plain.vocab, words=[form], tags=["VBZ" if form.endswith("s") else "VBG" if form.endswith("g") else "VBD"], heads=[0], deps=["ROOT"])
        for name in ("attribute_ruler", "lemmatizer"):
            doc = plain.get_pipe(name)(doc)
        assert (doc[0].lemma_, doc[0].tag_ in VERB_TAGS) == (verb[:-1], True)
        assert lemma_of(nlp, form, doc[0].tag_) == verb
        assert (whole(form, verb[:-1]), whole(form, "x"), whole(verb[:-1], verb[:-1])) == (verb, "x", verb[:-1])


def test_in_a_document_parsed_elsewhere() -> None:
    doc = spacy.load(MODEL, exclude=["ner"])("The rebels staged a raid, hopped on trucks and raped two women.")
    assert {t.lower_: t.lemma_ for t in adopt(doc).doc if t.pos_ == "VERB"} == {"staged": "stage", "hopped": "hop", "raped": "rape"}
    assert [t.lemma_ for t in doc if t.lower_ == "raped"] == ["rap"]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Rebel fighters raped eleven women in Goma on Friday, a nurse said.", {"ASSAULT"}),
        ("A court in Nairobi fined the former minister on Monday.", {"COERCE"}),
        ("Teachers staged a protest in Lima on Tuesday.", {"PROTEST"}),
    ],
)
def test_verbs_of_the_lexicon_are_found(text: str, types: set[str]) -> None:
    report = Coder(model="none").code_article(Article.make(text, published="2024-03-08"))
    assert types <= {event.type for event in report.events}


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("The minister said he hoped the visit would be a start and that Ghana and Mali had agreed to end the war.", "asserted"),
        ("The minister said he hoped that Ghana and Mali had agreed to end the war.", "hypothetical"),
        ("The minister said he hoped that the visit would help and that Ghana and Mali had agreed to end the war.", "hypothetical"),
    ],
)
def test_what_is_hoped_and_what_is_said_beside_it(text: str, standing: str) -> None:
    report = Coder(model="none").code_article(Article.make(text, published="2024-03-08"))
    assert [event.veridicality for event in report.events if event.type == "AGREE"] == [standing]
