"""A large record out of a small one: ``python -m benchmarks.multiply RECORD.db OUT.db --articles 100000``.

Writes the rows of a linked record again and again, each time with other names, days and ids (:mod:`benchmarks.renaming`), so that no copy is taken
for another: as many articles as are asked for, with all findings, events across articles and what linking remembers. The coder is not
asked again, so that a record of 100,000 articles takes minutes. SQLite only.
"""

from __future__ import annotations

import argparse
import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.moving import moved
from benchmarks.renaming import World, names_in
from onrecord.store import open_record
from onrecord.store.noting import KEYS
from onrecord.store.schema import metadata

ONCE = frozenset({
    "alembic_version", "runs", "counters", "skips", "forgotten", "actors", "actor_names", "blocking_keys", "link_notes", "reviews", "corrections",
})  # fmt: skip
"""Tables that are not copied row by row."""
IDS = frozenset({
    "origin_id", "story_id", "event_id", "mention_id", "attribution_id", "statement_id", "attribution", "parent", "claimed_by", "object_event_id",
    "act_event_id", "place_id", "part_of", "merged_into",
})  # fmt: skip
WHO = frozenset({"speaker_id", "on_behalf_of", "holder_id", "object_actor_id", "addressee_id", "actor_id", "affiliation_id"})
DATES = frozenset({"published", "date", "date_end", "said"})
NAMED = frozenset({
    "title", "text", "byline", "holder", "object", "evidence", "trigger", "content", "source", "cue", "term", "affiliation", "addressee", "speaker_name",
    "speaker_role", "speaker_affiliation", "channel", "role",
})  # fmt: skip
OWNERS = {"actor_mentions": "article_actors", "attribution_spans": "attributions", "participants": "event_mentions", "magnitudes": "event_mentions"}
PORTION = 2_000


def multiply(source: Path, out: Path, articles: int, *, notes: bool = True, say: Callable[[str], None] = lambda _: None) -> None:
    """Write a record of so many articles.

    Args:
        source: a linked record.
        out: the new record; there must be none.
        articles: how many it is to have at least.
        notes: whether to write what linking remembers too, without which it can be read but not added to.
        say: told what has been done.
    """
    open_record(source, create=False).close()  # brings it up to date
    open_record(out).close()
    to = sqlite3.connect(out, isolation_level=None)
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -400000", "temp_store = FILE"):
        to.execute(f"PRAGMA {pragma}")
    to.execute("ATTACH ? AS given", (str(source),))
    held = to.execute("SELECT count(*) FROM given.articles").fetchone()[0]
    begin = time.perf_counter()
    beside = to.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('index', 'trigger')").fetchall()
    for kind, name, _ in beside:
        to.execute(f"DROP {kind} {name}")
    to.execute("CREATE TABLE keys_unsorted (key INTEGER, item TEXT)")
    to.execute("BEGIN")
    tables = [t.name for t in metadata.sorted_tables]
    for table in tables:
        if table != "counters" and not (table in ("blocking_keys", "link_notes") and not notes):
            to.execute(f"INSERT INTO {table} SELECT * FROM given.{table}")
    last = {t: to.execute(f"SELECT coalesce(max(key), 0) FROM {t}").fetchone()[0] for t in tables if "key" in metadata.tables[t].c and t != "blocking_keys"}
    names = _names(to)
    for number in range(1, -(-articles // held)):
        world = World(number, names)
        _functions(to, world)
        for table in tables:
            if table not in ONCE:
                to.execute(_copying(table, number, last, world))
        if notes:
            _notes(to, world)
        say(f"{held * (number + 1)} articles after {time.perf_counter() - begin:.0f} s")
    _actors(to)
    to.execute("INSERT INTO blocking_keys SELECT key, item FROM keys_unsorted WHERE true ORDER BY key, item ON CONFLICT DO NOTHING")
    to.execute("DROP TABLE keys_unsorted")
    for table in last:
        to.execute("INSERT OR REPLACE INTO counters SELECT ?, coalesce(max(key), 0) FROM " + table, (table,))
    to.execute("COMMIT")
    say(f"rows written after {time.perf_counter() - begin:.0f} s")
    for _, _, statement in beside:
        to.execute(statement)
    to.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
    to.execute("DETACH given")
    to.execute("PRAGMA analysis_limit = 400")
    to.execute("ANALYZE")
    to.execute("PRAGMA journal_mode = WAL")
    to.close()
    say(f"indexes made after {time.perf_counter() - begin:.0f} s")


def _names(to: sqlite3.Connection) -> frozenset[str]:
    called = to.execute("SELECT DISTINCT name FROM given.article_actors WHERE kind IN ('person', 'organisation', 'group', 'unresolved')")
    places = to.execute("SELECT name FROM given.places UNION SELECT text FROM given.places UNION SELECT name FROM given.actors WHERE kind IN ('state', 'body')")
    texts = to.execute("SELECT text FROM given.articles")
    return names_in((r[0] for r in called), (r[0] for r in texts), (r[0] for r in places))


def _functions(to: sqlite3.Connection, world: World) -> None:
    """Let SQL call what changes a value."""
    for name in ("named", "who", "about", "when", "body", "disagreements", "small"):
        function = getattr(world, name)
        to.create_function("moved_" + name, 1, function, deterministic=True)
    to.create_function("moved_sha", 1, lambda text: hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), deterministic=True)


def _copying(table: str, number: int, last: dict[str, int], world: World) -> str:
    """The SQL that writes a table's rows of another world."""
    of = metadata.tables[table]
    values = [_value(table, c.name, number, last, world) for c in of.columns]
    names = ", ".join(f'"{c.name}"' for c in of.columns)
    return f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM given.{table}"


def _value(table: str, column: str, number: int, last: dict[str, int], world: World) -> str:
    of = metadata.tables[table]
    match column:
        case "key":
            return f"key + {number * last[table]}"
        case "finding":
            return f"finding + {number * last[OWNERS[table]]}"
        case "article":
            return f"article + {number * last['articles']}"
        case "id":
            return "moved_who(id)" if table == "article_actors" else f"id || '{world.suffix}'"
        case "about":
            return "moved_about(about)"
        case "body":
            return "moved_body(body)"
        case "disagreements":
            return "moved_disagreements(disagreements)"
        case "text_sha256":
            return "moved_sha(moved_named(text))"
        case "fingerprint":
            return f"moved_sha(fingerprint || '{world.suffix}')"
        case "url":
            return f"url || '?{world.suffix}'"
        case "other_ids":
            return f"""replace(other_ids, '",', '{world.suffix}",')"""
        case "value" if table == "times":
            return "moved_when(value)"
        case "name" if table != "places":
            return "moved_named(name)"
    if column in IDS:
        return f"{column} || '{world.suffix}'"
    if column in WHO:
        return f"moved_who({column})"
    if column in DATES:
        return f"moved_when({column})"
    if column.endswith(("_from", "_to")):
        return f"date({column}, '{world.days:+d} days')"
    if column in NAMED or f"{column}_start" in of.c:
        return f'moved_named("{column}")'
    return f'"{column}"'


def _actors(to: sqlite3.Connection) -> None:
    """Actors across articles, with what they are called, out of those in articles."""
    to.execute("INSERT OR IGNORE INTO actors (id, name, country, sector, kind) SELECT id, name, country, sector, kind FROM article_actors WHERE current")
    to.execute("DELETE FROM actor_names")
    to.execute("INSERT INTO actor_names SELECT id, name, count(DISTINCT article) FROM article_actors WHERE current GROUP BY id, name")
    to.execute("UPDATE actors SET articles = (SELECT coalesce(sum(n.articles), 0) FROM actor_names n WHERE n.id = actors.id)")


def _notes(to: sqlite3.Connection, world: World) -> None:
    """What linking remembers."""
    for rows in _portions(to, f"SELECT item, kind, body FROM given.link_notes WHERE kind NOT LIKE '{KEYS}%'"):
        notes: list[tuple[str, str, bytes]] = []
        keys: list[tuple[int, str]] = []
        for item, kind, body in rows:
            kept, found = moved(kind, body, world)
            notes += [(item + world.suffix, named, each) for named, each in kept]
            keys += [(key, item + world.suffix) for key in found]
        to.executemany("INSERT INTO link_notes (item, kind, body) VALUES (?, ?, ?)", notes)
        to.executemany("INSERT INTO keys_unsorted VALUES (?, ?)", keys)


def _portions(to: sqlite3.Connection, query: str) -> Iterator[list[tuple[str, str, bytes]]]:
    found = to.execute(query)
    while rows := found.fetchmany(PORTION):
        yield rows


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("record", type=Path)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--articles", type=int, default=100_000)
    arguments.add_argument("--without-notes", action="store_true", help="leave out what linking remembers: quicker, and good for reading only")
    given = arguments.parse_args()
    if given.out.exists():
        raise SystemExit(f"{given.out} is there already")
    multiply(given.record, given.out, given.articles, notes=not given.without_notes, say=print)


if __name__ == "__main__":
    main()
