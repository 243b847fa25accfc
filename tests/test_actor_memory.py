"""The actor memory: testimonies from coded articles, terms of office, conflicts, snapshots."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from onrecord import actors, cli
from onrecord.actors import ActorTable, Learner, Memory, MemoryFileError, Office
from onrecord.actors.learning import office_name
from onrecord.cli.app import NOT_FOUND, NOTHING_CODED, USED_WRONGLY
from onrecord.parse import Parser
from onrecord.pipeline import Coder


@pytest.fixture(scope="module")
def learner(coder: Coder) -> Learner:
    return Learner(coder.lexicons.actors)


def told(coder: Coder, learner: Learner, text: str, published: str | None = "2024-05-13") -> list[tuple[str, str, str, str, str]]:
    report = coder.code(text, published=published)
    found = learner.learn(report)
    assert all(report.article.text[t.start : t.end] == t.text for t in found)
    return [(t.says, t.date, t.name, t.country, t.role) for t in found]


@pytest.mark.parametrize(
    ("text", "testimony"),
    [
        ("Nigerian Foreign Minister Ade Bello left.", ("holds", "2024-05-13", "Ade Bello", "NGA", "foreign minister")),
        ("Lina Haddad, the defence minister of Lebanon, agreed.", ("holds", "2024-05-13", "Lina Haddad", "LBN", "defence minister")),
        ("Georgia's Deputy Defence Minister Giorgi Kobalia spoke.", ("holds", "2024-05-13", "Giorgi Kobalia", "GEO", "deputy defence minister")),
        ("Former Chadian prime minister Saleh Idriss criticised it.", ("held", "2024-05-13", "Saleh Idriss", "TCD", "prime minister")),
        ("Tomas Verhelst, Belgium's prime minister since October 2020, agreed.", ("begins", "2020-10", "Tomas Verhelst", "BEL", "prime minister")),
        ("Pedro Ruiz, foreign minister of Peru from 2016 to 2018, agreed.", ("ends", "2018", "Pedro Ruiz", "PER", "foreign minister")),
        ("Pedro Ruiz, foreign minister of Peru from 2016 to 2018, agreed.", ("held", "2024-05-13", "Pedro Ruiz", "PER", "foreign minister")),
        ("Oumar Deby was sworn in as president of Chad on 12 May 2024.", ("begins", "2024-05-12", "Oumar Deby", "TCD", "president")),
        ("Peruvian Prime Minister Ana Quispe resigned on 2 May 2024.", ("ends", "2024-05-02", "Ana Quispe", "PER", "prime minister")),
    ],
)
def test_what_an_article_says_of_an_office(coder: Coder, learner: Learner, text: str, testimony: tuple[str, ...]) -> None:
    assert testimony in told(coder, learner, text)


@pytest.mark.parametrize(
    "text",
    [
        "Chadian president-elect Oumar Deby arrived.",
        "Chadian presidential candidate Oumar Deby arrived.",
        "CHADIAN PRESIDENT OUMAR DEBY ON TALKS",
        "Zorbex President Oumar Deby arrived in Chad.",
        "Oumar Deby arrived in Chad.",
        "The president of Chad arrived.",
    ],
)
def test_what_is_no_office_of_a_named_person(coder: Coder, learner: Learner, text: str) -> None:
    assert told(coder, learner, text) == []


def test_an_article_without_a_date_tells_nothing(coder: Coder, learner: Learner) -> None:
    assert told(coder, learner, "Nigerian Foreign Minister Ade Bello left.", published=None) == []


def test_what_is_only_announced_has_not_begun(coder: Coder, learner: Learner) -> None:
    assert not [t for t in told(coder, learner, "Oumar Deby will be sworn in as president of Chad on 1 June.") if t[0] == "begins"]


def said(
    says: str, date: str, name: str = "Ade Bello", *, country: str = "NGA", role: str = "foreign minister", article: str = "", stated: bool = True
) -> actors.Testimony:
    article = article or f"a-{says}-{date}-{name}"
    published = date if len(date) == 10 else "2024-12-31"
    return actors.Testimony(
        id=f"tm-{article}-{says}-{date}-{name}-{country}", name=name, country=country, sector="GOV", role=role, says=says, date=date,  # type: ignore[arg-type]
        stated=stated, start=0, end=9, text="Ade Bello", article=article, publisher=f"outlet of {article}", published=published, text_sha256=article,
    )  # fmt: skip


def offices(*testimonies: actors.Testimony) -> list[Office]:
    return list(Memory(testimonies).offices())


def test_testimonies_of_many_articles_make_one_term() -> None:
    (term,) = offices(said("begins", "2021-03"), said("holds", "2021-05-01"), said("holds", "2022-05-01"), said("ends", "2023-02-09"))
    assert (term.since, term.until, term.seen_first, term.seen_last, term.articles) == ("2021-03", "2023-02-09", "2021-05-01", "2022-05-01", 4)
    assert term.conflicts == ()


def test_who_returns_has_two_terms() -> None:
    terms = offices(said("begins", "2015"), said("ends", "2017-06"), said("begins", "2021-03"), said("holds", "2022-01-01"))
    assert [(t.since, t.until) for t in terms] == [("2015", "2017-06"), ("2021-03", "")]


def test_a_successor_ends_a_term_that_only_one_can_hold() -> None:
    terms = offices(said("holds", "2021-05-01"), said("begins", "2022-03-04", "Tunde Ali"), said("holds", "2022-06-01", "Tunde Ali"))
    assert [(t.name, t.until) for t in terms] == [("Ade Bello", "2022-03-03"), ("Tunde Ali", "")]
    several = offices(said("holds", "2021-05-01", role="spokesman"), said("begins", "2022-03-04", "Tunde Ali", role="spokesman"))
    assert [t.until for t in several] == ["", ""]


def test_conflicts_are_kept_with_both_sides() -> None:
    kinds = {
        "two_beginnings": offices(said("begins", "2021-03-01"), said("begins", "2021-09-01", article="b")),
        "two_holders": offices(
            said("begins", "2020"),
            said("holds", "2022-01-01"),
            said("begins", "2020", "Tunde Ali"),
            said("holds", "2022-02-02", "Tunde Ali"),
        ),
        "two_countries": offices(said("holds", "2022-01-01"), said("holds", "2022-01-01", country="NER")),
        "held_after_end": offices(said("ends", "2021-03-01"), said("holds", "2022-01-01")),
    }
    for kind, terms in kinds.items():
        assert kind in {c.kind for t in terms for c in t.conflicts}, kind
        assert sum(len(t.testimonies) for t in terms) in (2, 4)


def test_a_country_that_was_only_guessed_yields_to_one_that_is_named() -> None:
    (term,) = offices(said("holds", "2022-01-01"), said("holds", "2022-02-01", country="CHN", stated=False))
    assert (term.country, term.articles, term.conflicts) == ("NGA", 2, ())


@given(st.permutations([said("begins", "2021-03"), said("holds", "2022-05-01"), said("ends", "2023-02-09"), said("holds", "2022-01-01", "Tunde Ali")]))
def test_the_order_of_learning_does_not_matter(some: list[actors.Testimony]) -> None:
    assert Memory(some).offices() == Memory(reversed(some)).offices()
    assert Memory([*some, *some]).offices() == Memory(some).offices()


def test_a_memory_is_written_and_read_back_and_forgets(tmp_path: Path) -> None:
    memory = Memory([said("begins", "2021-03", article="a"), said("holds", "2022-05-01", article="b")])
    memory.write(tmp_path / "memory.jsonl")
    again = Memory.read(tmp_path / "memory.jsonl")
    assert list(again) == list(memory)
    assert again.forget("a") == 1
    assert [t.article for t in again] == ["b"]
    assert len(Memory.read(tmp_path / "none.jsonl")) == 0


def test_a_damaged_line_is_said_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "memory.jsonl"
    Memory([said("begins", "2021-03")]).write(path)
    path.write_text(path.read_text(encoding="utf-8") + '{"id": 1}\n', encoding="utf-8")
    with pytest.raises(MemoryFileError, match="line 2"):
        Memory.read(path)


def test_a_snapshot_has_what_nothing_speaks_against(tmp_path: Path) -> None:
    memory = Memory(
        [
            said("holds", "2021-05-01", article="a"),
            said("holds", "2022-05-01", article="b"),
            said("holds", "2022-05-01", "Only Once"),
            said("holds", "2022-05-01", "Was Guessed", country="NER", stated=False, article="c"),
            said("holds", "2022-05-02", "Was Guessed", country="NER", stated=False, article="d"),
            said("ends", "2021-03-01", "After End", country="GHA"),
            said("holds", "2022-01-01", "After End", country="GHA"),
        ]
    )
    path = tmp_path / "snapshot.csv"
    assert memory.freeze(path) == 1
    (row,) = ActorTable.read(path).rows
    assert (row.name, row.country, row.sector, row.role, row.since, row.until) == ("Ade Bello", "NGA", "GOV", "foreign minister", "2021-05-01", "")
    assert "2 article(s)" in row.source
    assert memory.freeze(path, least_articles=1, inferred=True) == 3


def test_coding_uses_a_memory_only_when_it_is_given_a_snapshot(parser: Parser, coder: Coder, learner: Learner, tmp_path: Path) -> None:
    memory = Memory()
    for i, text in enumerate(("Nigerian Foreign Minister Ade Bello left for talks.", "The visitor was Nigerian Foreign Minister Ade Bello.")):
        memory.add(learner.learn(coder.code(text, published=f"2024-05-1{i}")))
    path = tmp_path / "snapshot.csv"
    assert memory.freeze(path) == 1
    taught = Coder(parser=parser, model="none", actor_table=path)
    text = "Ade Bello arrived on Monday."
    before, after = (c.code(text, published="2024-06-01").actors[0] for c in (coder, taught))
    assert (before.country, after.country, after.sector) == (None, "NGA", "GOV")
    assert taught.code(text, published="2023-01-01").actors[0].country == "NGA"
    assert "snapshot.csv@" in taught.name
    assert "@" not in coder.name


@pytest.mark.parametrize(
    ("role", "name"), [("minister for defense", "defence minister"), ("secretary of state", "secretary of state"), ("premier", "prime minister")]
)
def test_an_office_has_one_name(role: str, name: str) -> None:
    assert office_name(role) == name


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.app, ["memory", *words])


@pytest.fixture
def reports(coder: Coder, tmp_path: Path) -> Path:
    path = tmp_path / "reports.jsonl"
    texts = ("Nigerian Foreign Minister Ade Bello left for talks.", "The visitor was Nigerian Foreign Minister Ade Bello.")
    lines = [coder.code(text, published=f"2024-05-1{i}").to_json(with_text=True) for i, text in enumerate(texts)]
    path.write_text("\n".join([*lines, "not a report", coder.code(texts[0]).to_json()]), encoding="utf-8")
    return path


def test_from_reports_to_a_snapshot_on_the_command_line(reports: Path, tmp_path: Path) -> None:
    memory, snapshot = str(tmp_path / "memory.jsonl"), str(tmp_path / "snapshot.csv")
    learned = run("learn", memory, str(reports))
    assert learned.exit_code == 0
    assert "2 report(s) read, 2 new testimonies" in learned.stderr
    assert "line 3" in learned.stderr  # no report
    assert "line 4" in learned.stderr  # saved without its text
    assert "0 new testimonies" in run("learn", memory, str(reports)).stderr
    shown = [json.loads(line) for line in run("show", memory, "--name", "bello", "--format", "jsonl").stdout.splitlines()]
    assert [(o["role"], o["articles"], len(o["testimonies"])) for o in shown] == [("foreign minister", 2, 2)]
    assert "Ade Bello" in run("show", memory, "--country", "nga").stdout
    assert run("show", memory, "--conflicts").exit_code == NOT_FOUND
    assert run("freeze", memory, "-o", snapshot).exit_code == 0
    assert run("freeze", memory, "-o", snapshot, "--least-articles", "3").exit_code == NOT_FOUND
    article = shown[0]["testimonies"][0]["article"]
    assert "1 testimonies dropped" in run("forget", memory, article).stderr
    assert run("forget", memory, article).exit_code == NOT_FOUND


def test_a_memory_that_is_none_and_reports_that_are_not_there(reports: Path, tmp_path: Path) -> None:
    assert run("show", str(reports)).exit_code == USED_WRONGLY
    nothing = run("learn", str(tmp_path / "memory.jsonl"), str(tmp_path / "none.jsonl"))
    assert nothing.exit_code == NOTHING_CODED
    assert "none.jsonl: No such file" in nothing.stderr
