"""Who leans which way on whom: the stance head, what bears a leaning out, and what training makes of labelled pairs."""

from __future__ import annotations

from pathlib import Path

import pytest
from models import stance_material

from onrecord.encoder import heads_of
from onrecord.pipeline import Coder
from onrecord.positions.head import STANCES
from onrecord.records import Article

Told = set[tuple[str, str, str]]


def told(coder: Coder, text: str, least: float = 0.1) -> Told:
    return {(f.holder_name, f.stance, f.object_name) for f in coder.leanings(Article.make(text), least=least)}


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("Moses Otieno accused Ann Berg of lying to the court.", ("Moses Otieno", "oppose", "Ann Berg")),
        ("Ann Berg praised Moses Otieno for his courage.", ("Ann Berg", "support", "Moses Otieno")),
        ("Moses Otieno was criticised by Ann Berg on Friday.", ("Ann Berg", "oppose", "Moses Otieno")),
    ],
)
def test_who_leans_which_way_on_whom(learned: Coder, text: str, one: tuple[str, str, str]) -> None:
    found = told(learned, text, least=0.3)
    assert one in found
    assert (one[2], one[1], one[0]) not in found


def test_two_who_only_share_a_sentence_lean_nowhere(learned: Coder) -> None:
    assert not told(learned, "Moses Otieno and Ann Berg arrived in Lima on Friday.", least=0.3)


def test_a_leaning_is_likelier_where_another_sentence_has_it_too(learned: Coder) -> None:
    def chance(text: str) -> float:
        return next(f.chance for f in learned.leanings(Article.make(text), least=0.0) if (f.holder_name, f.stance) == ("Chad", "oppose"))

    alone = chance("Chad condemned Libya. The talks ended on Friday.")
    assert chance("Chad condemned Libya. On Friday Chad rebuked Libya.") > alone


def test_without_an_encoder_the_rules_tell(coder: Coder) -> None:
    assert told(coder, "Ghana condemned Niger.") == {("Ghana", "oppose", "Niger")}
    assert not told(coder, "Ghana met Niger.")


def test_reports_have_no_leanings_for_positions(learned: Coder) -> None:
    assert not {p.reason for p in learned.code("Moses Otieno stood by Ann Berg.").positions if "encoder" in p.reason}


def test_the_head_gives_each_stance_a_chance(learned: Coder) -> None:
    parsed = learned.parser.parse(Article.make("Ghana condemned Niger."))
    states = learned.states(parsed)
    assert states is not None
    head = learned.stance_head
    assert head is not None
    sentence = head.sentence(states, (0, len(states.words.texts)))
    one, other = (head.mentioned(states, heads_of(parsed, states.words), sentence, [n]) for n in (0, 2))
    chances = head.chances(sentence, one, other)
    assert chances.shape == (len(STANCES),)
    assert chances.sum() == pytest.approx(1, abs=1e-4)


def test_marks_become_places() -> None:
    text, spans = stance_material.unmarked("Mayor [Ann Berg] thanked [Otieno]s.")
    assert text == "Mayor Ann Berg thanked Otienos."
    assert [text[slice(*s)] for s in spans] == ["Ann Berg", "Otieno"]


def test_labels_say_who_leans_on_whom(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text('{"text": "[Ann Berg] was booed by [Otieno].", "a": "Ann Berg", "b": "Otieno", "label": "4"}\n', encoding="utf-8")
    assert list(stance_material.rows(path)) == [("Ann Berg was booed by Otieno.", (0, 8), (22, 28), (0, 2))]


def test_events_that_are_facts_tell_for_or_against(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("x | {a1:Oman} {t1=ACCUSE:accused} {r1:Peru}.\nx | {a1:Oman} may {t1=AID/hypothetical:feed} {r1:Peru}.\n", encoding="utf-8")
    assert [answers for *_, answers in stance_material.rows(path)] == [(2, 0)]
