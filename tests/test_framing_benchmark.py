"""The benchmark's own arithmetic: which words are marked, and which are found."""

from __future__ import annotations

from benchmarks.framing import marked, measure, score, touched, words_of

from onrecord.pipeline import Coder
from onrecord.records import Article, Framing

TEXT = "The far-right mob's vile, vile act."


def test_the_parts_of_a_hyphenated_word_are_words():
    assert [TEXT[s:e] for s, e in words_of(TEXT)] == ["The", "far", "right", "mob's", "vile", "vile", "act"]


def test_a_listed_word_marks_its_first_unmarked_occurrence():
    words = words_of(TEXT)
    assert marked(TEXT, words, ['"far-right"', "Vile"]) == {1, 2, 4}
    assert marked(TEXT, words, ["vile", "vile", "absent"]) == {4, 5}


def test_a_word_is_found_when_a_finding_overlaps_it():
    article = Article.make(TEXT)
    finding = Framing(id="fr-1", about="mob", term=article.span(4, 13), category="ideological_label", confidence=1, reason="framing.test")
    assert touched(words_of(TEXT), [finding]).keys() == {1, 2}


def test_no_findings_and_no_marks_score_nothing():
    assert score(0, 0, 0) == {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    assert score(1, 2, 1) == {"precision": 0.5, "recall": 1.0, "f1": 0.6667}


def test_rows_are_measured_by_word_and_by_sentence(coder: Coder):
    rows = [
        {"text": "It was a disgraceful farce.", "biased": "Biased", "words": "['disgraceful', 'farce']"},
        {"text": "The council meets on Monday.", "biased": "Non-biased", "words": "[]"},
    ]
    scores, errors = measure(coder, rows)
    assert (scores["words"]["f1"], scores["sentence"]["f1"]) == (1.0, 1.0)
    assert errors["missed_by_part_of_speech"] == {}
    scores, _ = measure(coder, rows, least=1.1)
    assert scores["words"]["recall"] == 0
