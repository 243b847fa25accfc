"""From scores to attributions: runs of words, roles beside a cue, and the rules' drafts decided by the head."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.attribution.candidates import CONTENT, SOURCE, UNTOUCHED, Candidate, flags, ruled
from onrecord.attribution.decoding import runs
from onrecord.attribution.head import INTRODUCES, introducing
from onrecord.attribution.joining import Scored, relations
from onrecord.attribution.pairs import ROLES
from onrecord.attribution.pieces import REACH, content_words
from onrecord.encoder import anchor_of, pairs
from onrecord.parse import Parser
from onrecord.pipeline import Coder
from onrecord.records import Article

SENTENCE = "Ghana said the vote was unfair."
"""Its words as numbers: Ghana 0, said 1, the 2, vote 3, was 4, unfair 5, the full stop 6."""


def test_runs_bridge_a_dip_that_is_cheaper_than_a_run_of_its_own() -> None:
    assert runs([2, 2, -1, 3], price=2, most=2) == [(0, 4)]


def test_runs_part_at_a_gap_that_costs_more() -> None:
    assert runs([3, -9, 3], price=2, most=2) == [(0, 1), (2, 3)]


def test_a_run_must_earn_its_price() -> None:
    assert runs([1, -5, 4], price=2, most=2) == [(2, 3)]


@given(st.lists(st.floats(-6, 6), max_size=12), st.floats(0, 4), st.integers(1, 3))
def test_no_other_choice_of_runs_is_worth_more(scores: list[float], price: float, most: int) -> None:
    def worth(found: list[tuple[int, int]]) -> float:
        return sum(sum(scores[a:b]) - price for a, b in found)

    def choices(start: int, left: int) -> list[list[tuple[int, int]]]:
        out: list[list[tuple[int, int]]] = [[]]
        if left:
            for a in range(start, len(scores)):
                for b in range(a + 1, len(scores) + 1):
                    out += [[(a, b), *rest] for rest in choices(b + 1, left - 1)] if left > 1 else [[(a, b)]]
        return out

    found = runs(scores, price=price, most=most)
    assert len(found) <= most
    assert all(a < b for a, b in found)
    best = max(worth(c) for c in choices(0, min(most, 2)))
    assert worth(found) >= best - 1e-6


def scored(anchor: int, score: float, *, source: list[int], content: list[int], count: int = 7, start: int = 0) -> Scored:
    """A cue whose head is sure of the words given."""
    roles = np.full((count, len(ROLES)), -4.0, np.float32)
    roles[source, 0] = roles[anchor - start, 1] = 4
    roles[content, 2] = 4
    return Scored(anchor, score, start, roles)


def test_a_cue_gets_its_source_and_content() -> None:
    (found,) = relations([scored(1, 2.0, source=[0], content=[2, 3, 4, 5])])
    assert (found.source, found.cue, found.content) == (((0, 1),), ((1, 2),), ((2, 6),))


def test_the_window_of_a_cue_says_where_its_words_are() -> None:
    (found,) = relations([scored(11, 2.0, source=[0], content=[2, 3], start=10)])
    assert (found.source, found.content) == (((10, 11),), ((12, 14),))


def test_an_unlikely_cue_is_none() -> None:
    assert relations([scored(1, -2.0, source=[0], content=[2, 3])]) == []


def test_a_cue_without_content_is_none() -> None:
    assert relations([scored(1, 2.0, source=[0], content=[])]) == []


def test_words_go_to_the_cue_that_wants_them_most() -> None:
    weak = scored(1, 2.0, source=[0], content=[2, 3, 4, 5])
    weak.roles[4:6, 2] = 1
    strong = scored(6, 2.0, source=[], content=[4, 5])
    first, second = relations([weak, strong])
    assert first.content == ((2, 4),)
    assert second.content == ((4, 6),)


def test_the_head_of_a_cue_is_the_word_the_others_hang_on() -> None:
    heads = np.array([2, 2, 2, 2, 3], np.int32)  # has often warned of danger
    assert anchor_of((0, 1, 2, 3), heads) == 2


def test_rules_flag_what_they_propose() -> None:
    sure = Candidate(1, (0,), (1,), (2, 3), sure=True)
    found = flags([sure], 5)
    assert found[0].tolist() == [1, 0, 0, 0, 0, 0, 0, 0]
    assert found[1].tolist() == [0, 1, 0, 1, 0, 0, 0, 0]
    assert ruled([sure], 1, 5).tolist() == [SOURCE, 2, CONTENT, CONTENT, UNTOUCHED]
    assert ruled([sure], 4, 5).tolist() == [0] * 5


def test_a_rule_that_gives_a_cue_a_quotation_is_trusted_more() -> None:
    sure = Candidate(5, (4,), (5,), (0, 1, 2, 3), sure=True)
    quoted, unquoted = np.array([0, 0, 0, 0, -1, -1, -1]), np.full(7, -1)
    assert introducing([sure], quoted).tolist() == [0, 0, 0, 0, 0, INTRODUCES, 0]
    assert not introducing([sure], unquoted).any()


def test_pair_features_tell_how_a_word_hangs_with_the_cue() -> None:
    heads = np.array([1, 1, 3, 4, 1, 4, 1], np.int32)
    deps = np.array([7, 9, 3, 7, 5, 6, 8], np.int32)
    zeros = np.zeros(7, np.int32)
    nothing = np.full(7, -1, np.int32)
    labels = 10
    found = pairs.features(1, heads=heads, deps=deps, sentences=zeros, blocks=zeros, quotations=nothing, states=zeros, ruled=zeros, labels=labels)
    path = found[:, 0].tolist()
    assert path == [3 + 7, 1, 3 + 5, 3 + 5, 3 + 5, 3 + 5, 3 + 8]
    from_content = pairs.features(4, heads=heads, deps=deps, sentences=zeros, blocks=zeros, quotations=nothing, states=zeros, ruled=zeros, labels=labels)
    assert from_content[0, 0] == 3 + labels + 7
    assert from_content[1, 0] == 2
    assert (found < np.array(pairs.sizes(labels))).all()


@given(st.data())
def test_pair_features_stay_below_their_sizes(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 25))
    word = st.integers(0, count - 1)
    numbers = lambda of: np.array(data.draw(st.lists(of, min_size=count, max_size=count)), np.int32)  # noqa: E731
    heads = np.array([h if h < n else n for n, h in enumerate(numbers(word))], np.int32)  # no cycles: a head is before its word
    labels = 6
    found = pairs.features(
        data.draw(word),
        heads=heads,
        deps=numbers(st.integers(0, labels - 1)),
        sentences=np.sort(numbers(st.integers(0, 9))),
        blocks=np.sort(numbers(st.integers(0, 9))),
        quotations=numbers(st.integers(-1, 3)),
        states=numbers(st.integers(0, 4)),
        ruled=numbers(st.integers(0, UNTOUCHED)),
        labels=labels,
    )
    assert (found >= 0).all()
    assert (found < np.array(pairs.sizes(labels))).all()


def said(coder: Coder, text: str) -> list[tuple[str, str, str]]:
    report = coder.code(text, published="2023-05-02")
    return [(" ".join(s.text for s in a.source), " ".join(s.text for s in a.cue), " … ".join(s.text for s in a.content)) for a in report.attributions]


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("backed the", "backed the new treaty"),
        ("backed the new treaty ,", "backed the new treaty"),
        ("backed the new treaty , which bans dumping in", "backed the new treaty , which bans dumping in rivers"),
        ("backed the new treaty , which bans dumping in rivers and", "backed the new treaty , which bans dumping in rivers"),
        ("backed", "backed"),
    ],
)
def test_a_content_does_not_end_in_mid_phrase(parser: Parser, cut: str, whole: str) -> None:
    words = list(parser.parse(Article.make("Fiji backed the new treaty, which bans dumping in rivers and lakes.")).doc)
    first, last = content_words(words, (1, 1 + len(cut.split())), frozenset())
    assert " ".join(t.text for t in words[first:last]) == whole


@given(st.text(alphabet="the a new of and or not - , to rivers Fiji \n", max_size=60), st.integers(0, 20), st.integers(0, 20))
def test_any_piece_comes_to_an_end(parser: Parser, text: str, start: int, size: int) -> None:
    words = [t for t in parser.parse(Article.make(text)).doc if not t.is_space]
    first, last = min(start, len(words)), min(start + size, len(words))
    begin, end = content_words(words, (first, last), frozenset())
    assert first <= begin <= max(begin, end) <= len(words)
    assert end <= last + REACH


def test_a_content_does_not_take_the_cue_along(parser: Parser) -> None:
    words = list(parser.parse(Article.make("Fiji backed the new treaty, which bans dumping in rivers and lakes.")).doc)
    assert content_words(words, (1, 3), frozenset({4})) == (1, 2)


def test_a_plain_statement_is_found_with_and_without_a_model(coder: Coder, learned: Coder) -> None:
    assert said(coder, SENTENCE) == said(learned, SENTENCE) == [("Ghana", "said", "the vote was unfair")]


def test_a_report_names_the_model_that_made_it(coder: Coder, learned: Coder) -> None:
    assert " model " in (learned.code(SENTENCE).coder or "")
    assert "model" not in (coder.code(SENTENCE).coder or "")


def test_what_others_say_inside_a_content_keeps_its_parent(learned: Coder) -> None:
    report = learned.code("The minister said the rebels had announced that they would disarm.", published="2023-05-02")
    inner = next(a for a in report.attributions if a.cue[0].text.endswith("announced"))
    outer = next(a for a in report.attributions if a.id == inner.parent)
    assert outer.source[0].text == "The minister"


def test_an_article_does_not_depend_on_its_company(learned: Coder) -> None:
    one = Article.make(SENTENCE, id="a")
    other = Article.make("“We were never asked,” the mayor told reporters. She called the plan a mistake.", id="b")
    assert list(learned.pipe([one, other]))[1] == learned.code_article(other)


@pytest.mark.parametrize("text", ["", " ", "“", "''''", "said", ": : :", "“" * 300, "He said, she said, they said, it said."])
def test_any_text_can_be_linked(learned: Coder, text: str) -> None:
    learned.code(text)
