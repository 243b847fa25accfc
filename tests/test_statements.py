"""One utterance in many articles is one statement."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.cluster.statements import Utterance, statements, utterances
from onrecord.pipeline import Coder

WORDS = "the election that was held on sunday has no legal force and will not be recognised"


def utterance(id: str, text: str = WORDS, *, speakers: tuple[str, ...] = ("NOR.GOV.ola-berg",), date: str | None = "2021-03-09") -> Utterance:
    day = datetime.date.fromisoformat(date).toordinal() if date else None
    words = tuple(text.split())
    return Utterance(id=id, article=f"a{id}", speakers=frozenset(speakers), name="Ola Berg", signatories=speakers, words=words, text=text, day=day, date=date)


@pytest.mark.parametrize(
    "other",
    [
        utterance("b"),
        utterance("b", date="2021-03-12"),
        utterance("b", date=None),
        utterance("b", "the election has no legal force and will not be recognised by us"),
        utterance("b", "held on sunday the election will not be recognised and has legal force for no one"),
        utterance("b", speakers=("NOR.GOV", "NOR.GOV.ola-berg")),
    ],
)
def test_one_utterance(other: Utterance) -> None:
    assert len(statements([utterance("a"), other])) == 1


@pytest.mark.parametrize(
    "other",
    [
        utterance("b", speakers=("SWE.GOV.eva-lind",)),
        utterance("b", date="2021-04-09"),
        utterance("b", date="2018-03-09"),
        utterance("b", "talks on gas prices will go on next week in the capital"),
        utterance("b", "legal force"),
    ],
)
def test_another_utterance(other: Utterance) -> None:
    assert len(statements([utterance("a"), other])) == 2


def test_a_statement_has_all_who_sign_it_and_its_longest_text() -> None:
    short = utterance("b", "the election has no legal force and will not be recognised", speakers=("NOR.GOV.ola-berg", "SWE.GOV"), date="2021-03-10")
    (both,) = statements([utterance("a"), short])
    assert both.signatories == ("NOR.GOV.ola-berg", "SWE.GOV")
    assert both.text == WORDS
    assert (both.said_from, both.said_to, both.articles) == ("2021-03-09", "2021-03-10", ("aa", "ab"))


@given(st.permutations([utterance("a"), utterance("b", date="2021-03-14"), utterance("c", date="2021-03-20"), utterance("d", "no comment")]))
def test_the_order_of_articles_does_not_matter(some: list[Utterance]) -> None:
    assert statements(some) == statements(sorted(some, key=lambda u: u.id))


def test_utterances_of_coded_articles(coder: Coder) -> None:
    texts = (
        "Norwegian foreign minister Ola Berg said the vote in Abkhazia “has no legal force and changes nothing for Norway”. A man said he was tired.",
        "OSLO - The vote “has no legal force and changes nothing for Norway,” Foreign Minister Ola Berg of Norway said on Monday.",
        "Norwegian foreign minister Ola Berg said talks with Sweden on fish would go on.",
    )
    found = [u for i, text in enumerate(texts) for u in utterances(coder.code(text, published=f"2021-03-0{i + 1}"))]
    assert {u.name for u in found} == {"Ola Berg"}  # nobody knows the man
    assert sorted(len(s.articles) for s in statements(found)) == [1, 2]
