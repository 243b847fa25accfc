"""A document that another pipeline has parsed, as the rooms read it."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.parse import UnfitDocError, adopt
from onrecord.parse.parser import MODEL
from onrecord.records import Article


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(MODEL)


def hand_made(nlp: Language, words: str, *, heads: list[int], spaces: list[bool] | None = None) -> Doc:
    """A document of nouns."""
    texts = words.split(" ")
    count = len(texts)
    return Doc(nlp.vocab, words=texts, spaces=spaces, heads=heads, deps=["dep"] * count, tags=["NN"] * count, pos=["NOUN"] * count, lemmas=texts)


@pytest.mark.parametrize(
    "text",
    [
        "“Chad’s pro-Russian rebels” re-took Lima.\u00a0\u00a0Nobody ''knew''\u200b.\r\n\r\n It ended ",
        "  leading, and ``odd''  ",
        "a\u00ad\u00adb ’’ \u3000",
        "Mali\n\nBAMAKO (Wire) - Mali left.\n\n\n",
        "\n",
    ],
)
def test_offsets_are_the_texts(text: str, nlp: Language) -> None:
    doc = nlp(text)
    before = doc.to_bytes()
    parsed = adopt(doc)
    assert len(parsed.doc.text) == len(text)
    for token in parsed.doc:
        at = text[token.idx : token.idx + len(token)]
        assert len(at) == len(token.text)
        assert token.is_space == (not token.text.strip())
        assert not token.text.strip() or token.text == token.text.strip()
    assert doc.to_bytes() == before


def test_marks_and_spaces_are_plain(nlp: Language) -> None:
    assert [t.text for t in adopt(nlp("“We left,”\u00a0said Mali’s ‘envoy’.")).doc] == [
        '"',
        "We",
        "left",
        ",",
        '"',
        "said",
        "Mali",
        "'s",
        "'",
        "envoy",
        "'",
        ".",
    ]
    assert [t.text for t in adopt(nlp("He said ''so'' twice.")).doc] == ["He", "said", " ", '"', "so", '"', " ", "twice", "."]


def test_hyphenated_words_are_one(nlp: Language) -> None:
    doc = nlp("The pro-Russian rebels were re-elected.")
    assert "re" in [t.text for t in doc]
    assert [t.text for t in adopt(doc).doc] == ["The", "pro-Russian", "rebels", "were", "re-elected", "."]


def test_no_sentence_goes_over_the_end_of_a_line(nlp: Language) -> None:
    doc = hand_made(nlp, "Talks fail \n\n Mali left", heads=[1, 1, 1, 4, 1], spaces=[True, False, False, True, False])
    assert len(list(doc.sents)) == 1
    parsed = adopt(doc)
    assert [s.text.strip() for s in parsed.doc.sents] == ["Talks fail", "Mali left"]
    assert [t.head.text for t in parsed.doc if not t.is_space] == ["fail", "fail", "left", "left"]
    assert [b.kind for _, b in parsed.sentences()] == ["headline", "body"]


def test_what_hangs_on_white_space_hangs_on_what_that_hangs_on(nlp: Language) -> None:
    doc = Doc(
        nlp.vocab,
        words=["Mali", "\u00a0", "left"],
        spaces=[False] * 3,
        heads=[1, 2, 2],
        deps=["nsubj", "dep", "ROOT"],
        tags=["NN"] * 3,
        pos=["NOUN"] * 3,
        lemmas=["x"] * 3,
    )
    assert [(t.text, t.head.text) for t in adopt(doc).doc] == [("Mali", "left"), ("left", "left")]


def test_another_articles_document_is_refused(nlp: Language) -> None:
    with pytest.raises(UnfitDocError, match="not of one text"):
        adopt(nlp("Chad left."), Article.make("Chad left"))


def test_an_endless_sentence_is_cut(nlp: Language) -> None:
    words = " ".join(["word"] * 1200)
    doc = hand_made(nlp, words, heads=[0] * 1200)
    assert max(len(s) for s in adopt(doc).doc.sents) <= 500
