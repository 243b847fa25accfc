"""What the encoder reads, and in which windows: words, quotation marks, sentences that stay whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.encoder import FEATURES, Encoder, ModelError, Words, labels, windows, words_of
from onrecord.parse import Parsed, Parser
from onrecord.pipeline import Coder
from onrecord.records import Article

QUOTE, LAYOUT = FEATURES.index("quote"), FEATURES.index("layout")


@pytest.fixture(scope="module")
def read(parser: Parser) -> Callable[[str], Words]:
    tags, deps = labels(parser.nlp)
    return lambda text: words_of(parser.parse(Article.make(text)), tags=tags, deps=deps)


def made(sentences: list[list[int]], blocks: list[int] | None = None, quotations: list[int] | None = None) -> tuple[Words, list[int]]:
    """Words of sentences given as the number of pieces of each word, a block and a quotation to each sentence."""
    numbers = np.array([n for n, s in enumerate(sentences) for _ in s], np.int32)
    count = len(numbers)
    words = Words(
        tokens=np.arange(count, dtype=np.int32),
        texts=["x"] * count,
        features=np.zeros((count, len(FEATURES)), np.int32),
        sentences=numbers,
        blocks=np.array(blocks or [0] * len(sentences), np.int32)[numbers],
        quotations=np.array(quotations or [-1] * len(sentences), np.int32)[numbers],
    )
    return words, [p for s in sentences for p in s]


@pytest.mark.parametrize("quoted", ['"No," he said.', "“No,” he said.", "''No,'' he said.", "«No,» he said.", "‘No,’ he said."])
def test_every_style_of_quotation_mark_is_read_alike(read: Callable[[str], Words], quoted: str) -> None:
    words = read(quoted)
    assert words.texts[:4] == ["“", "No", ",", "”"]
    assert words.features[:5, QUOTE].tolist() == [1, 2, 2, 4, 0]


def test_a_headline_and_a_paragraph_are_told_apart(read: Callable[[str], Words]) -> None:
    words = read("Chad rejects vote\n\nChad rejected the vote. It will not return.")
    assert words.features[:, LAYOUT].tolist() == [4, 3, 3, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0]


def test_datelines_and_bylines_are_not_read(read: Callable[[str], Words]) -> None:
    assert read("By Ann Lee\n\nACCRA (Wire) - Ghana rejected the vote.").texts == ["Ghana", "rejected", "the", "vote", "."]


def test_a_window_ends_with_a_paragraph_where_it_is_full_enough() -> None:
    words, pieces = made([[1] * 4, [1] * 4, [1] * 4], blocks=[0, 0, 1])
    assert windows(words, pieces, most=10) == [(0, 8), (8, 12)]


def test_a_window_does_not_end_in_a_quotation_where_it_can_end_before_it() -> None:
    words, pieces = made([[1] * 7, [1] * 2, [1] * 3], blocks=[0, 1, 2], quotations=[-1, 0, 0])
    assert windows(words, pieces, most=10) == [(0, 7), (7, 12)]


def test_unwanted_sentences_are_in_no_window_and_part_those_around_them() -> None:
    words, pieces = made([[1] * 3, [1] * 3, [1] * 3])
    assert windows(words, pieces, most=20, wanted=frozenset({0, 2})) == [(0, 3), (6, 9)]


@given(st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=30), max_size=30), st.integers(9, 60))
def test_windows_hold_every_word_once_in_order_and_never_too_many_pieces(sentences: list[list[int]], most: int) -> None:
    words, pieces = made(sentences)
    found = windows(words, pieces, most=most)
    assert [n for a, b in found for n in range(a, b)] == list(range(len(pieces)))
    assert all(sum(pieces[a:b]) <= most for a, b in found)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def parsed_of(parser: Parser, text: str) -> Parsed:
    return parser.parse(Article.make(text))


def test_every_word_gets_a_state(parser: Parser, encoder: Encoder) -> None:
    states = encoder.read(encoder.words(parsed_of(parser, "Ghana’s president said the Volodymyrivka crossing was shut.")))
    assert states.vectors.shape == (len(states.words.texts), encoder.about.width)
    assert (np.abs(states.vectors).sum(axis=1) > 0).all()


def test_what_is_not_read_stays_without_a_state(parser: Parser, encoder: Encoder) -> None:
    states = encoder.read(encoder.words(parsed_of(parser, "It rained. Ghana rejected the vote.")), matters=frozenset({1}))
    assert states.windows == ((3, 8),)
    assert not states.vectors[:3].any()
    assert states.vectors[3:].any()


def test_an_article_of_no_words_has_no_states(parser: Parser, encoder: Encoder) -> None:
    assert encoder.read(encoder.words(parsed_of(parser, ""))).windows == ()


def test_a_word_of_odd_characters_is_still_a_word(parser: Parser, encoder: Encoder) -> None:
    assert encoder.read(encoder.words(parsed_of(parser, "\u200b 🙂 \ufffd said no."))).vectors.shape[0] > 0


def test_a_sentence_longer_than_a_window_is_read_in_parts(parser: Parser, encoder: Encoder) -> None:
    states = encoder.read(encoder.words(parsed_of(parser, "Ghana said " + "no and " * 600 + "no.")))
    assert len(states.windows) > 2
    assert (np.abs(states.vectors).sum(axis=1) > 0).all()


def test_a_word_of_more_pieces_than_a_window_holds_is_read_as_far_as_it_goes(parser: Parser, encoder: Encoder) -> None:
    states = encoder.read(encoder.words(parsed_of(parser, "The sign read " + "鹿" * 2_000 + " and nobody knew why.")))
    assert np.abs(states.vectors).sum(axis=1).all()
    assert max(end - first for first, end in states.windows) <= encoder.about.pieces


def test_a_word_larger_than_a_window_has_one_of_its_own() -> None:
    words, pieces = made([[3, 99, 2]])
    assert windows(words, pieces, most=10) == [(0, 1), (1, 2), (2, 3)]


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"model\.json is missing; use model='none'"):
        Coder(model=tmp_path)


def test_weights_for_other_features_are_refused(tmp_path: Path) -> None:
    about = '{"id": "x", "width": 4, "pieces": 9, "features": ["tag"], "columns": [], "tags": [], "labels": [], "least": 0.0}'
    (tmp_path / "model.json").write_text(about)
    with pytest.raises(ModelError, match="for the features tag"):
        Encoder(tmp_path)


def test_the_weights_are_small_enough_to_ship(encoder: Encoder) -> None:
    assert sum(path.stat().st_size for path in encoder.folder.iterdir()) < 30e6


@pytest.mark.parametrize("name", ["framing", "stance"])
def test_a_head_trained_on_another_encoders_states_is_refused(tmp_path: Path, name: str) -> None:
    folder = Encoder().folder
    for file in ("model.json", f"{name}.npz"):
        (tmp_path / file).write_bytes((folder / file).read_bytes())
    assert Encoder(tmp_path).head(name)
    about = (tmp_path / "model.json").read_text(encoding="utf-8")
    (tmp_path / "model.json").write_text(about.replace(Encoder().about.id, "0" * 12), encoding="utf-8")
    with pytest.raises(ModelError, match="another encoder's states; train it anew"):
        Encoder(tmp_path).head(name)


def test_a_windows_states_do_not_depend_on_what_else_is_read() -> None:
    coder = Coder()
    encoder = coder.encoder
    assert encoder is not None
    first = "Ghana's minister said on Monday that the vote would go ahead."
    alone, more = (encoder.words(coder.parser.parse(Article.make(text))) for text in (first, f"{first} Nothing came. {first}"))
    own = encoder.read(alone, matters=frozenset({0}))
    both = encoder.read(more, matters=frozenset({0, 2}))
    assert len(both.windows) == 2
    np.testing.assert_array_equal(own.vectors, both.vectors[: len(alone.texts)])


def test_a_network_of_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.encoder.encoder.INPUTS", {"pieces", "features", "mask"})
    with pytest.raises(ModelError, match="export it anew"):
        _ = Encoder().session
