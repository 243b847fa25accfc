"""The record: what is added is had back, once, and forgotten on request. Every test runs on SQLite and, where there is a server, on PostgreSQL."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text
from tests.store_samples import SampleCoder, an_article

from onrecord.read import Skip
from onrecord.read.outcomes import SkipReason
from onrecord.records import Article
from onrecord.store import Record, open_record
from onrecord.store.schema import FINDINGS, actors, articles, codings, metadata, runs, skips

BACKENDS = ["sqlite", "postgresql"]


@pytest.fixture(params=BACKENDS)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "record.db") if request.param == "sqlite" else request.getfixturevalue("new_database")()


@pytest.fixture
def record(where: str) -> Iterator[Record]:
    with open_record(where) as opened:
        yield opened


def some(count: int = 5) -> list[Article]:
    return [an_article(n) for n in range(count)]


def counted(record: Record) -> dict[str, int]:
    with record.engine.connect() as connection:
        return {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in metadata.sorted_tables}


def content(record: Record) -> dict[str, list[Any]]:
    """All rows of all tables, but for the times at which they were written."""
    out = {}
    with record.engine.connect() as connection:
        for table in metadata.sorted_tables:
            columns = [c for c in table.columns if not c.name.endswith("_at")]
            out[table.name] = sorted((tuple(r) for r in connection.execute(select(*columns))), key=repr)
    return out


# What goes in comes out


def test_a_report_is_had_back_exactly(record: Record) -> None:
    coder = SampleCoder()
    record.add(some(), coder)
    for article in some():
        assert record.report(article.id) == coder.report(article)


def test_there_is_no_report_on_an_unknown_article(record: Record) -> None:
    assert record.report("nowhere") is None


def test_rows_name_article_run_and_characters(record: Record) -> None:
    record.add(some(), SampleCoder())
    with record.engine.connect() as connection:
        for name in ("places", "times"):
            table = FINDINGS[name]
            spans = select(table.c.text, table.c.text_start, table.c.text_end, articles.c.text.label("whole")).join(articles, articles.c.key == table.c.article)
            rows = connection.execute(spans).all()
            assert len(rows) == 5
            assert all(r.whole[r.text_start : r.text_end] == r.text for r in rows)
        (run,) = connection.execute(select(runs)).mappings()
        assert (run["coder"], run["version"], run["model"], run["codebooks"]) == (SampleCoder().name, "1", "m1", ["own.toml@1a2b"])
        assert run["status"] == "finished"
        assert set(connection.execute(select(FINDINGS["events"].c.run)).scalars()) == {run["key"]}


def test_actors_are_kept_across_articles(record: Record) -> None:
    record.add(some(), SampleCoder())
    with record.engine.connect() as connection:
        assert set(connection.execute(select(actors.c.id)).scalars()) == {"NOR.GOV", "SUD.GOV", "OST.GOV", "WES.GOV"}


# Adding again


def test_adding_again_changes_nothing_and_codes_nothing(record: Record) -> None:
    record.add(some(), SampleCoder())
    before, again = content(record), SampleCoder()
    tally = record.add(some(), again)
    assert (tally.unchanged, tally.added, again.coded) == (5, 0, [])
    assert content(record) == before


def test_a_new_coder_supersedes_and_keeps_the_old_findings(record: Record) -> None:
    record.add(some(), SampleCoder("1"))
    tally = record.add(some(), SampleCoder("2"))
    assert tally.recoded == 5
    assert [r.coder.split()[1] for r in record.past_reports("a1")] == ["1", "2"]
    assert record.report("a1") == SampleCoder("2").report(an_article(1))
    with record.engine.connect() as connection:
        events = FINDINGS["events"]
        marks = connection.execute(select(events.c.current, func.count()).group_by(events.c.current)).all()
        assert sorted(map(tuple, marks)) == [(False, 5), (True, 5)]
        old, new = connection.execute(select(runs).order_by(runs.c.key)).mappings()
        assert (old["superseded_by"], new["superseded_by"]) == (new["key"], None)


def test_going_back_to_a_coder_takes_up_its_findings_without_coding(record: Record) -> None:
    record.add(some(), SampleCoder("1"))
    record.add(some(), SampleCoder("2"))
    back = SampleCoder("1")
    assert record.add(some(), back).recoded == 5
    assert back.coded == []
    assert record.report("a3") == SampleCoder("1").report(an_article(3))


def test_another_version_of_an_article_replaces_it_once(record: Record) -> None:
    first, second = an_article(1), an_article(1, words="Corrected. ")
    record.add([first], SampleCoder())
    assert record.add([second], SampleCoder()).replaced == 1
    assert record.report("a1") == SampleCoder().report(second)
    again = record.add([first, second], SampleCoder())  # the same files, read once more
    assert (again.unchanged, again.replaced) == (2, 0)
    assert len(record.past_reports("a1")) == 2


def test_when_an_article_was_fetched_is_kept_and_makes_no_other_version(record: Record) -> None:
    first = dataclasses.replace(an_article(1), retrieved_at="2021-03-10T08:00:00Z")
    record.add([first], SampleCoder())
    tally = record.add([dataclasses.replace(first, retrieved_at="2022-01-01T00:00:00Z")], SampleCoder())
    assert (tally.unchanged, tally.replaced) == (1, 0)
    kept = record.report(first.id)
    assert kept is not None
    assert kept.article == first


def test_one_id_twice_in_a_batch_is_two_versions(record: Record) -> None:
    tally = record.add([an_article(1), an_article(1, words="Corrected. ")], SampleCoder())
    assert (tally.added, tally.replaced) == (1, 1)


# What can't be added


def test_a_bad_document_is_noted_once_and_the_rest_goes_on(record: Record) -> None:
    bad = Skip(path="news.jsonl", record=3, reason=SkipReason.BAD_ROW, message="no JSON object")
    said: list[Skip] = []
    tally = record.add([an_article(1), bad, an_article(2)], SampleCoder(), on_skip=said.append)
    assert (tally.added, tally.skipped, said) == (2, 1, [bad])
    record.add([an_article(1), bad], SampleCoder())
    with record.engine.connect() as connection:
        (row,) = connection.execute(select(skips)).mappings()
    assert (row["source"], row["line"], row["reason"], row["message"]) == ("news.jsonl", 3, "bad_row", "no JSON object")


def test_an_article_that_cannot_be_coded_is_skipped_and_tried_again_later(record: Record) -> None:
    found = [an_article(1), an_article(2, words="Oddity. "), an_article(3)]
    tally = record.add(found, SampleCoder(fails_on="Oddity"))
    assert (tally.added, tally.skipped) == (2, 1)
    assert record.add(found, SampleCoder()).added == 1


def test_an_article_that_no_database_takes_is_skipped(record: Record) -> None:
    odd = Article(id="odd", text="Ostia struck Westrum.", title="a \x00 title")
    assert record.add([odd, an_article(1)], SampleCoder()).skipped == 1
    assert record.report("a1") is not None


# Batches


def test_it_stops_between_batches_and_goes_on_from_there(record: Record) -> None:
    answers = iter([False, True])
    first = record.add(some(10), SampleCoder(), batch=3, stop=lambda: next(answers))
    assert first.added == 6
    with record.engine.connect() as connection:
        assert connection.execute(select(runs.c.status)).scalar_one() == "stopped"
    second = SampleCoder()
    assert record.add(some(10), second, batch=3).added == 4
    assert second.coded == ["a6", "a7", "a8", "a9"]


def test_a_failing_linker_leaves_no_half_batch(record: Record) -> None:
    class Failing:
        def link(self, links: object) -> None:
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        record.add(some(), SampleCoder(), linker=Failing())
    assert set(counted(record).values()) == {0}


def test_reading_goes_on_while_another_connection_writes(where: str) -> None:
    seen: list[int] = []
    errors: list[BaseException] = []
    finished = threading.Event()
    with open_record(where) as writer, open_record(where) as reader:

        def look() -> None:
            try:
                while not finished.is_set():
                    counts = counted(reader)
                    assert counts["articles"] == counts["codings"]
                    seen.append(counts["articles"])
            except BaseException as error:
                errors.append(error)

        thread = threading.Thread(target=look)
        thread.start()
        writer.add(some(60), SampleCoder(), batch=4)
        finished.set()
        thread.join()
    assert errors == []
    assert all(n % 4 == 0 for n in seen)
    assert seen == sorted(seen)


def test_two_writers_take_turns(where: str) -> None:
    with open_record(where) as one, open_record(where) as other:
        threads = [threading.Thread(target=r.add, args=(some(40), SampleCoder()), kwargs={"batch": 4}) for r in (one, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert counted(one)["articles"] == 40
        assert counted(one)["codings"] == 40


# Forgetting


def test_forgetting_leaves_nothing_of_an_article_but_a_hash(record: Record) -> None:
    record.add(some(), SampleCoder("1"))
    expected = content(record)
    record.add([an_article(77, words="Xylophonist. ")], SampleCoder("1"))
    assert record.forget(["a77", "nowhere"]) == ["a77"]
    after = content(record)
    assert after.pop("forgotten") != expected.pop("forgotten") == []
    after.pop("counters"), expected.pop("counters")
    assert after == expected
    assert record.add([an_article(77, words="Xylophonist. ")], SampleCoder("1")).forgotten == 1
    assert record.remember(["a77"]) == ["a77"]
    assert record.add([an_article(77, words="Xylophonist. ")], SampleCoder("1")).added == 1


def test_forgetting_takes_old_versions_and_old_codings_along(record: Record) -> None:
    record.add([an_article(1)], SampleCoder("1"))
    record.add([an_article(1, words="Corrected. ")], SampleCoder("1"))
    record.add([an_article(1, words="Corrected. ")], SampleCoder("2"))
    record.forget(["a1"])
    left = {name: n for name, n in counted(record).items() if n}
    assert left.keys() == {"runs", "counters", "forgotten"}


def test_no_byte_of_a_forgotten_article_stays_in_the_files(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with open_record(path) as record:
        record.add(some(50), SampleCoder())
        record.add([an_article(99, words="Xylophonist quixotry. ")], SampleCoder("2"))
        record.forget(["a99"])
        held = b"".join(f.read_bytes() for f in tmp_path.iterdir()).lower()
    assert b"harbin bay" in held
    assert b"xylophon" not in held
    assert b"quixot" not in held


# The database itself


def test_sqlite_is_sound_and_its_index_of_words_holds_what_the_articles_say(tmp_path: Path) -> None:
    with open_record(tmp_path / "record.db") as record:
        record.add(some(20), SampleCoder("1"))
        record.add([an_article(1, words="Corrected. ")], SampleCoder("2"))
        record.forget(["a2"])
        with record.engine.begin() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
            connection.execute(text("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)"))
            assert connection.execute(text("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'corrected'")).scalar() == 1


def test_codings_without_articles_cannot_be(record: Record) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), record.engine.begin() as connection:
        connection.execute(codings.insert().values(article=1, run=1, current=True, coded_at="", warnings=[], body=b""))
