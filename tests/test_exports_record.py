"""Exports of a record, and the command that makes them."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars
import pytest
from sqlalchemy import update
from tests.export_samples import Maker, article, report
from tests.store_samples import SampleCoder, an_article
from typer.testing import CliRunner, Result

from onrecord import cli
from onrecord.cli.app import NOTHING_CODED, USED_WRONGLY
from onrecord.cli.exporting import Format
from onrecord.export.event import dyads
from onrecord.export.formats import TABLES
from onrecord.export.formats.acled import number
from onrecord.export.formats.figures import deaths
from onrecord.export.formats.tables import iterate
from onrecord.export.from_record import from_record, gone, merged, reports_of
from onrecord.export.from_report import events
from onrecord.export.selecting import Selection
from onrecord.records import Article, Report
from onrecord.store import EventRow, Links, Member, Record, open_record
from onrecord.store.opening import writing
from onrecord.store.schema import events as events_table

ROW: dict[str, Any] = {**dataclasses.asdict(EventRow(id="E9", type="ASSAULT", mode="firearms")), "changed_at": "2024-01-01T00:00:00Z"}


class OneStrike:
    """Says that the first three articles tell of one event, two of them in one text's words."""

    def link(self, links: Links) -> None:
        waiting = links.unlinked()
        mentions = {u.article.id: u.report.events[0].id for u in waiting if u.report.events}
        if "a0" not in mentions:
            return
        row = EventRow(id="E1", type="ASSAULT", mode="aerial", title="A strike", date="2020-01-10", date_precision="day", place_name="Harbin Bay")
        links.group("origin", "O1", ["a0", "a4"])
        links.group("origin", "O2", ["a8"])
        links.save([row])
        links.assign("E1", [Member(mention_id=mentions[a]) for a in ("a0", "a4", "a8")])


@pytest.fixture(params=["sqlite", "postgresql"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "record.db") if request.param == "sqlite" else request.getfixturevalue("new_database")()


@pytest.fixture
def record(path: str) -> Iterator[Record]:
    articles = [an_article(n, day=f"2020-01-1{k}", publisher=p) for k, (n, p) in enumerate([(0, "Gazette"), (4, "Echo"), (8, "Echo"), (1, "Mail")])]
    with open_record(path) as opened:
        opened.add([*articles, Article.make("Nothing.", id="none")], SampleCoder(), linker=OneStrike(), batch=10)
        yield opened


def test_an_event_across_articles_is_one(record: Record) -> None:
    linked, alone = from_record(record)
    assert (linked.id, linked.title, linked.date, linked.cameo, linked.score) == ("E1", "A strike", "2020-01-10", "195", -9)
    assert (len(linked.mentions), len(linked.stories), linked.origins, linked.publishers) == (3, 3, 2, ("Gazette", "Echo"))
    assert [m.story.published for m in linked.mentions] == ["2020-01-10", "2020-01-11", "2020-01-12"]
    assert linked.where
    assert linked.where.name == "Harbin Bay"
    assert (alone.origins, len(alone.mentions), alone.publishers) == (1, 1, ("Mail",))


def test_an_event_of_one_article_is_what_its_report_says(record: Record) -> None:
    *_, alone = from_record(record)
    (same,) = events([r for r in [record.report("a1")] if r])
    for name in TABLES:
        left, right = (list(iterate(TABLES[name], [e])) for e in (alone, same))
        unlike = {"DATEADDED", "timestamp"}
        assert [{k: v for k, v in r.items() if k not in unlike} for r in left] == [{k: v for k, v in r.items() if k not in unlike} for r in right]


def test_counts_say_what_they_count(record: Record) -> None:
    linked, _ = from_record(record)
    (first, *_) = iterate(TABLES["gdelt2-events"], [linked])
    assert (first["NumMentions"], first["NumSources"], first["NumArticles"]) == (3, 2, 3)
    (row,) = iterate(TABLES["ucdp-like"], [linked])
    assert (row["number_of_sources"], row["source_office"]) == (3, "Gazette;Echo")
    (row,) = iterate(TABLES["acled-like"], [linked])
    assert row["tags"] == "origins=2"
    assert isinstance(row["timestamp"], int)


def test_the_figure_of_most_origins_is_the_best(record: Record) -> None:
    """Articles 0 and 4, copies of one text, say 2 and 6; article 8 says 3: each has one origin, and the lowest counts."""
    linked, _ = from_record(record)
    found = deaths(linked)
    assert found
    assert (found.best, found.low, found.high) == (2, 2, 6)


def test_an_event_that_went_into_another_is_not_exported(record: Record) -> None:
    with record.engine.begin() as connection:
        connection.execute(update(events_table).values(current=False, merged_into="E1"))
    assert [e.id for e in from_record(record) if e.id == "E1"] == []
    ((id, _, at),) = gone(record)
    assert (id, at[:2]) == ("E1", "20")


def test_events_come_by_their_dates_in_portions(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.export.from_record.PORTION", 2)
    days = [("F1", "2020-02-01", "a0"), ("F2", None, "a4"), ("F3", "2019-12-31", "a8"), ("F4", "2020-02-01", "a1"), ("F5", None, "a12")]
    record.add([an_article(12, day="2020-01-14")], SampleCoder())
    with writing(record.engine) as connection:
        links = Links(connection, "2024-01-01T00:00:00Z")
        for id, day, article_id in days:
            first = datetime.date.fromisoformat(day) if day else None
            links.save([EventRow(id=id, type="ASSAULT", date=day, date_from=first, date_to=first)])
            links.assign(id, [Member(mention_id=e.id) for r in [record.report(article_id)] if r for e in r.events])
    assert [e.id for e in from_record(record)] == ["F3", "F1", "F4", "F2", "F5"]


def test_who_did_it_to_whom_is_as_some_article_tells_it() -> None:
    """Two articles on one event, each with a pair of its own, make two pairs and not four; a lone actor of a known pair makes none."""
    parts = list(events([_deed("x", ["Bucharest"], ["Taipei"]), _deed("y", ["Raiders"], ["3 soldiers"]), _deed("z", ["Raiders"], [])]))
    event = merged(ROW, parts)
    told = [(d.actor and d.actor.name, d.recipient and d.recipient.name) for d in dyads(event)]
    assert told == [("Romania", "Taiwan"), ("Raiders of Dawn", "Malian soldiers")]
    assert {p.name for p in event.actors} == {"Romania", "Raiders of Dawn"}


def test_a_row_for_an_event_has_the_parties_of_one_mention_that_is_like_others() -> None:
    """Two of three articles have raiders shooting soldiers; what the third says goes into a dyad and not into their row."""
    deeds = [("x", ["Bucharest"], ["3 soldiers"]), ("y", ["Raiders"], ["3 soldiers"]), ("z", ["Raiders"], ["3 soldiers", "5 civilians"])]
    event = merged(ROW, list(events(_deed(*d) for d in deeds)))
    (row,) = iterate(TABLES["ucdp-like"], [event])
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == (1, "Government of Mali", "Raiders of Dawn")
    (row,) = iterate(TABLES["acled-like"], [event])
    assert (row["actor1"], row["assoc_actor_1"], row["actor2"], row["assoc_actor_2"]) == ("Raiders of Dawn", "", "Malian soldiers", "")
    assert len(list(dyads(event))) == 3


def test_a_state_is_not_at_war_with_itself() -> None:
    (event,) = events([_deed("x", ["Our army"], ["3 soldiers"])])
    (row,) = iterate(TABLES["ucdp-like"], [event])
    assert row["type_of_violence"] is None


def test_a_figure_that_is_denied_is_no_figure() -> None:
    body = report().to_dict(with_text=True)
    shot = body["events"][0]
    said, denied = (
        Report.from_dict({**body, "article": {**body["article"], "id": put}, "events": [{**shot, "id": put, "veridicality": put, "magnitudes": m}]})
        for put, m in (("asserted", shot["magnitudes"][:1]), ("denied", shot["magnitudes"][1:]))
    )
    event = merged(ROW, list(events([said, denied])))
    found = deaths(event)
    assert event.veridicality == "asserted"
    assert found
    assert (found.best, found.high) == (3, 3)


def test_reports_of_a_record_are_those_that_were_added(record: Record) -> None:
    assert [r.article.id for r in reports_of(record)] == ["a0", "a4", "a8", "a1", "none"]


def test_parties_of_a_linked_event_act_on_others_only(record: Record) -> None:
    linked, _ = from_record(record)
    assert all(d.actor and d.recipient and d.actor.key != d.recipient.key for d in dyads(linked))


def _deed(id: str, actors: list[str], recipients: list[str]) -> Report:
    """A report of one shooting by some of the sample's parties."""
    of = article()
    make = Maker(of)
    event = make.event("shot", "ASSAULT", "firearms", actors, recipients)
    return Report(article=dataclasses.replace(of, id=id), actors=tuple(make.actors()), events=(dataclasses.replace(event, id=f"ev-{id}"),))


# What is selected


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Selection(), 5),
        (Selection(put=frozenset({"denied"})), 1),
        (Selection(type=frozenset({"assault", "PROTEST"})), 3),
        (Selection(actor=frozenset({"Romania"})), 1),
        (Selection(actor=frozenset({"TWN.GOV"})), 1),
        (Selection(country=frozenset({"rou"}), sector=frozenset({"GOV"})), 1),
        (Selection(country=frozenset({"MLI"}), sector=frozenset({"GOV"})), 0),
        (Selection(place=frozenset({"aleppo", "2449066"})), 2),
        (Selection(since="2021-03-04"), 2),
        (Selection(until="2021-03-02"), 2),
        (Selection(since="2021-03-03", until="2021-03-03"), 4),
        (Selection(publisher=frozenset({"wire;post"}), article=frozenset({"north/1"})), 5),
        (Selection(publisher=frozenset({"Nobody"})), 0),
        (Selection(min_confidence=0.81), 0),
    ],
)
def test_selections(wanted: Selection, count: int) -> None:
    assert len(list(wanted.of(events([report()])))) == count


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no day"):
        Selection(since="March")


# The command


def run(*words: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli.app, ["export", *map(str, words)], input=stdin)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    out = tmp_path / "reports.jsonl"
    out.write_text(report().to_json() + "\n\n", encoding="utf-8")
    return out


@pytest.mark.parametrize("name", list(TABLES))
def test_a_table_of_saved_reports_has_its_description_beside_it(name: str, saved: Path, tmp_path: Path) -> None:
    result = run(name, saved, "-o", tmp_path / "out.tsv")
    assert result.exit_code == 0
    assert (tmp_path / "out.tsv").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "out_schema.json").read_text(encoding="utf-8"))["format"] == name


def test_tables_go_to_standard_output_and_counts_to_standard_error(saved: Path) -> None:
    result = run("icews", saved)
    assert result.stdout.startswith("Event ID\t")
    assert "7 rows" in result.stderr


def test_reports_come_from_standard_input_too(saved: Path) -> None:
    assert run("icews", "-", stdin=saved.read_text(encoding="utf-8")).stdout == run("icews", saved).stdout


def test_what_is_left_out_is_said(saved: Path) -> None:
    assert "no place for them: 1 SUPPORT" in run("ucdp-like", saved).stderr


def test_denied_events_come_only_where_the_format_can_say_so(saved: Path) -> None:
    refused = run("gdelt2-events", saved, "--include", "denied")
    assert refused.exit_code == USED_WRONGLY
    assert "polecat" in refused.stderr
    rows = list(csv.DictReader(io.StringIO(run("polecat", saved, "--include", "denied").stdout), delimiter="\t"))
    assert [r["Event Mode"] for r in rows if ";" in r["Event Mode"]] == ["heavy-weapons;negation"]
    assert all("negation" not in r["Event Mode"] for r in csv.DictReader(io.StringIO(run("polecat", saved).stdout), delimiter="\t"))


def test_filters_of_the_command(saved: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("acled-like", saved, "--place", "Sukhumi", "--since", "2021").stdout)))
    assert [r["location"] for r in rows] == ["Sukhumi"]
    assert run("acled-like", saved, "--country", "CHL").exit_code == NOTHING_CODED
    assert run("acled-like", saved, "--since", "soon").exit_code == USED_WRONGLY


@pytest.mark.parametrize("name", ["web-annotation", "brat", "parquet"])
def test_whole_formats_take_no_filters_and_need_texts(name: str, saved: Path, tmp_path: Path) -> None:
    assert run(name, saved, "-o", tmp_path / "out", "--type", "ASSAULT").exit_code == USED_WRONGLY
    without = run(name, saved, "-o", tmp_path / "out")
    assert without.exit_code == USED_WRONGLY
    assert "--with-text" in without.stderr


@pytest.mark.parametrize("name", ["brat", "parquet"])
def test_folders_need_a_name(name: str, saved: Path) -> None:
    assert run(name, saved).exit_code == USED_WRONGLY


def test_a_line_that_is_no_report_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(report().to_json() + '\n{"events": []}\n', encoding="utf-8")
    result = run("icews", path)
    assert result.exit_code == USED_WRONGLY
    assert "line 2" in result.stderr


def test_reports_or_a_record_and_not_both(saved: Path, tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    assert run("icews").exit_code == USED_WRONGLY
    assert run("icews", saved, "--db", path).exit_code == USED_WRONGLY
    assert run("icews", "--db", path).exit_code == USED_WRONGLY


@pytest.mark.parametrize("name", [f.value for f in Format])
def test_every_format_is_written_from_a_record(name: str, record: Record, path: str, tmp_path: Path) -> None:
    result = run(name, "--db", path, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / "out").exists()


def test_parquet_of_a_record_has_the_events_across_articles(record: Record, path: str, tmp_path: Path) -> None:
    run("parquet", "--db", path, "-o", tmp_path / "out")
    linked = polars.read_parquet(tmp_path / "out" / "linked_events" / "*.parquet")
    mentions = polars.read_parquet(tmp_path / "out" / "events" / "*.parquet")
    assert linked["origins"].to_list() == [2, 1]
    assert {m for ids in linked["mention_ids"] for m in ids.split("; ")} == set(mentions["id"])


def test_acled_of_a_record_lists_what_is_no_more(record: Record, path: str, tmp_path: Path) -> None:
    with record.engine.begin() as connection:
        connection.execute(update(events_table).values(current=False, merged_into="E1", place_country="NOR", changed_at="2024-01-01T00:00:00+00:00"))
    run("acled-like", "--db", path, "-o", tmp_path / "out.csv")
    (row,) = csv.DictReader(io.StringIO((tmp_path / "out_deleted.csv").read_text(encoding="utf-8")))
    assert row == {"event_id_cnty": number("E1", "NOR"), "deleted_timestamp": "1704067200"}
