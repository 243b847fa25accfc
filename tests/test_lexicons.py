"""The lexicons: the loader's errors, and every rule on its own examples through the whole coder."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from onrecord import lexicons
from onrecord.export.check import packaged_rules, tried
from onrecord.lexicons import LexiconError, Rule
from onrecord.pipeline import Coder

RULES = [pytest.param(rule, id=rule.id) for rule in packaged_rules()]


class Word(msgspec.Struct, frozen=True):
    """A row for the loader's tests."""

    word: str
    kinds: tuple[str, ...] = ()
    weight: float = 1.0


@pytest.fixture
def lexicon(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A folder that stands for the packaged lexicons."""
    monkeypatch.setattr(lexicons, "files", lambda _: tmp_path)
    (tmp_path / "en").mkdir()
    return tmp_path / "en"


def test_a_table_splits_lists_and_takes_defaults_for_empty_cells(lexicon: Any) -> None:
    (lexicon / "words.csv").write_text("word,kinds,weight\nvote,noun|verb,\n")
    assert lexicons.table("words", Word) == (Word(word="vote", kinds=("noun", "verb")),)


def test_an_unknown_column_is_an_error_that_names_it(lexicon: Any) -> None:
    (lexicon / "words.csv").write_text("word,colour\nvote,red\n")
    with pytest.raises(LexiconError, match="unknown column colour"):
        lexicons.table("words", Word)


def test_a_bad_cell_is_an_error_that_names_file_and_line(lexicon: Any) -> None:
    (lexicon / "words.csv").write_text("word,weight\nvote,1\npoll,heavy\n")
    with pytest.raises(LexiconError, match=r"words\.csv, line 3"):
        lexicons.table("words", Word)


def test_an_unknown_key_of_a_rule_is_an_error_that_names_the_rule(lexicon: Any) -> None:
    (lexicon / "r.toml").write_text('[[rule]]\nid = "r.a"\nexamples = []\ncolour = "red"\n')
    with pytest.raises(LexiconError, match=r"rule 1 \(r\.a\)"):
        lexicons.rules("r", Rule)


def test_a_repeated_id_is_an_error(lexicon: Any) -> None:
    (lexicon / "r.toml").write_text('[[rule]]\nid = "r.a"\nexamples = []\n' * 2)
    with pytest.raises(LexiconError, match="two rules"):
        lexicons.rules("r", Rule)


def test_a_missing_lexicon_is_named(lexicon: Any) -> None:
    with pytest.raises(LexiconError, match="en/nowhere"):
        lexicons.table("nowhere", Word)


def test_no_two_rules_of_any_room_share_an_id() -> None:
    ids = [rule.id for rule in packaged_rules()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_fires_on_its_examples_and_not_on_its_counterexamples(coder: Coder, rule: Rule) -> None:
    assert not [result for result in tried(coder, [rule]) if not result.passed]
