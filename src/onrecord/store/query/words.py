"""Search by words: the same small language for SQLite's FTS5 and for PostgreSQL."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, TextClause, bindparam, literal_column, select, text

from onrecord.store.errors import QueryError
from onrecord.store.query.walking import frequent, per_article
from onrecord.store.schema import articles

TERM = re.compile(r'(-?)"([^"]*)"|(\S+)')
WORD = re.compile(r"[^\W_]")
MARKS = "“”„‘’‚«»‹›–—…·•"
PLAIN = {ord(mark): '"' if mark in "“”„" else "'" if mark in "‘’" else " " for mark in MARKS}
INDEXED = f"to_tsvector('english', translate(coalesce(title, '') || ' ' || left(text, 300000), '{MARKS}', '{' ' * len(MARKS)}'))"
"""As migrations/versions/0003_words.py indexes it."""


def having(connection: Connection, query: str, key: Column[int], *, few: bool = False) -> ColumnElement[bool]:
    """A condition that a row's article has the words asked for, in its title or text; English endings make no difference.

    Args:
        connection: to which database the condition is put.
        query: words that must all be there, ``"in this order"``, ``-without``, or ``this OR that``.
        key: the column that holds the article's number.
        few: always to begin with the articles that have the words. Else, where very many have them, rows are gone through in
            their own order, which is the quicker way to the first of them.

    Raises:
        QueryError: there is no word to look for.
    """
    listed = having_them(connection, query)
    if connection.dialect.name == "postgresql":
        return key.in_(listed)
    if few or not frequent(connection, key.table, listed, each=per_article(connection, key.table)):
        return key.in_(listed)
    return (key + 0).in_(listed)  # not by the number's own index, but as rows come in their order


def having_them(connection: Connection, query: str) -> Select[Any]:
    """The numbers of the articles that have the words.

    Raises:
        QueryError: there is no word to look for.
    """
    matches = matched(connection, query)
    if connection.dialect.name == "postgresql":
        return select(articles.c.key).where(articles.c.current, matches)
    return select(literal_column("rowid")).select_from(text("articles_fts")).where(matches)


def matched(connection: Connection, query: str) -> TextClause:
    """The condition itself, with its one parameter ``words``: on the table ``articles_fts``, or on ``articles`` in PostgreSQL.

    Raises:
        QueryError: there is no word to look for.
    """
    groups = _groups(query)
    if connection.dialect.name == "postgresql":
        plain = " OR ".join(" ".join([*(f'"{t}"' for t in found), *(f'-"{t}"' for t in without)]) for found, without in groups)
        return text(f"{INDEXED} @@ websearch_to_tsquery('english', :words)").bindparams(bindparam("words", plain))
    fts = " OR ".join("(" + " NOT ".join([" AND ".join(f'"{t}"' for t in found), *(f'"{t}"' for t in without)]) + ")" for found, without in groups)
    return text("articles_fts MATCH :words").bindparams(bindparam("words", fts))


def _groups(query: str) -> list[tuple[list[str], list[str]]]:
    """The alternatives, each with the words or phrases to find and those not to find."""
    groups: list[tuple[list[str], list[str]]] = [([], [])]
    for minus, phrase, word in TERM.findall(query.translate(PLAIN)):
        if word == "OR":
            groups.append(([], []))
            continue
        without = bool(minus) or (word.startswith("-") and len(word) > 1)
        term = (phrase or word.removeprefix("-")).replace('"', " ").strip()
        if WORD.search(term):
            groups[-1][without].append(term)
    groups = [g for g in groups if g[0] or g[1]]
    if not groups or any(not found for found, _ in groups):
        raise QueryError(f"{query!r} names no word to look for" + (" beside the one to leave out" if groups else ""))
    return groups
