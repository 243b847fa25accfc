"""The actor memory: who held which office from when to when, as coded articles tell it, with every word for it.

Testimonies (:mod:`onrecord.actors.learning`) of many articles are kept, one a line, and put together into
terms of office. Nothing is overwritten: where two testimonies can't both be right both stay, and the term
names the conflict. A memory only proposes. To code with it, freeze it into a table of actors
(:mod:`onrecord.actors.own`) and give that to the coder, whose reports then name it by its digest.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime
import io
import os
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from onrecord.actors.learning import Testimony, Words
from onrecord.actors.names import key_of
from onrecord.actors.own import COLUMNS

ConflictKind = Literal["two_holders", "two_countries", "two_beginnings", "two_ends", "held_after_end"]

SLACK = 45
"""Days by which two reports of one beginning or end, or an old holder's last mention and the new one's first, may differ."""


class MemoryFileError(ValueError):
    """A file of testimonies can't be read; the message names file and line."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What can't both be right: a kind, and the ids of the testimonies on either side."""

    kind: ConflictKind
    what: str
    testimonies: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A term of office that testimonies propose.

    Attributes:
        name, country, sector, role, body: whose and which office.
        since, until: when it began and ended, where an article says so; ``until`` also where a successor's beginning tells.
        seen_first, seen_last: the first and last article's date on which the office is spoken of as held.
        articles, publishers: how many articles of how many outlets say so.
        stated: whether any of them names the country itself.
        testimonies: all of them, in order of date.
        conflicts: what speaks against it.
    """

    name: str
    country: str
    sector: str
    role: str
    body: str
    since: str
    until: str
    seen_first: str
    seen_last: str
    articles: int
    publishers: int
    stated: bool
    testimonies: tuple[Testimony, ...]
    conflicts: tuple[Conflict, ...] = ()

    @property
    def begins(self) -> str:
        """The day from which the office is known to be held: the beginning, else the first article."""
        return self.since or self.seen_first

    @property
    def last(self) -> str:
        """The day until which it is known to be held: the end, else the last article."""
        return self.until or self.seen_last


class Memory:
    """Testimonies, and the terms of office that they propose.

    Args:
        testimonies: what is known already.
    """

    def __init__(self, testimonies: Iterable[Testimony] = ()) -> None:
        self._by_id: dict[str, Testimony] = {}
        self.add(testimonies)

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Testimony]:
        return iter(sorted(self._by_id.values(), key=lambda t: (t.published, t.article, t.start, t.id)))

    def add(self, testimonies: Iterable[Testimony]) -> int:
        """Keep more testimonies; those that are known already are known once. Returns how many are new."""
        before = len(self._by_id)
        for testimony in testimonies:
            self._by_id.setdefault(testimony.id, testimony)
        return len(self._by_id) - before

    def forget(self, article: str) -> int:
        """Drop what an article says, by its id. Returns how many testimonies that were."""
        gone = [t.id for t in self._by_id.values() if t.article == article]
        for id in gone:
            del self._by_id[id]
        return len(gone)

    @classmethod
    def read(cls, path: str | Path) -> Memory:
        """The memory in a file of testimonies, JSON Lines; an empty one where there is no such file.

        Raises:
            MemoryFileError: the file can't be read, or a line of it is no testimony.
        """
        memory = cls()
        try:
            with Path(path).open("rb") as lines:
                for number, line in enumerate(lines, 1):
                    try:
                        memory.add([msgspec.json.decode(line, type=Testimony)] if line.strip() else ())
                    except msgspec.MsgspecError as error:
                        raise MemoryFileError(f"{path}, line {number}: not a testimony: {error}") from error
        except FileNotFoundError:
            pass
        except OSError as error:
            raise MemoryFileError(f"{path}: {error.strerror}") from error
        return memory

    def write(self, path: str | Path) -> None:
        """Write all testimonies to a file, whole or not at all."""
        _replace(Path(path), "".join(msgspec.json.encode(t).decode() + "\n" for t in self))

    def offices(self, words: Words | None = None) -> tuple[Office, ...]:
        """The terms of office that the testimonies propose, by country, office and time, with their conflicts.

        A testimony whose country is only the one its article is about goes to the country that others name outright.

        Args:
            words: which offices only one person holds; the packaged ones unless given.
        """
        stated: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for t in self:
            if t.stated:
                stated[key_of(t.name), t.role][t.country] += 1
        groups: dict[tuple[str, str, str, str], list[Testimony]] = defaultdict(list)
        for t in self:
            named = stated.get((key_of(t.name), t.role))
            country = t.country if t.stated or not named or t.country in named else max(named, key=lambda c: (named[c], c))
            groups[key_of(t.name), country, t.body, t.role].append(t)
        terms = [dataclasses.replace(term, country=key[1]) for key, group in groups.items() for term in _terms(group)]
        terms.sort(key=lambda t: (t.country, t.role, t.begins, t.name))
        terms = _succeeded(terms, (words or Words()).single)
        return tuple(_in_conflict(terms, (words or Words()).single))

    def freeze(self, path: str | Path, *, least_articles: int = 2, inferred: bool = False) -> int:
        """Write a snapshot: a table of actors with the terms that nothing speaks against.

        Args:
            path: a CSV file to write.
            least_articles: how many articles a term needs.
            inferred: take also terms whose country no article names with the office.

        Returns:
            How many terms there are in it. Until an end is known a term is open; it never begins before it was first seen.
        """
        rows = [o for o in self.offices() if not o.conflicts and o.articles >= least_articles and (o.stated or inferred) and o.begins]
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for office in rows:
            first = office.testimonies[0]
            source = f"learned from {office.articles} article(s) of {office.publishers} outlet(s), the first {first.url or first.article}"
            fields = {"name": office.name, "kind": "person", "country": office.country, "sector": office.sector, "role": office.role, "body": office.body}
            writer.writerow({**dict.fromkeys(COLUMNS, ""), **fields, "since": office.begins, "until": office.until, "source": source})
        _replace(Path(path), out.getvalue())
        return len(rows)


def _terms(group: Sequence[Testimony]) -> Iterator[Office]:
    """The terms of one person in one office: a beginning opens one, an end closes it, what holds falls in between."""
    current: list[Testimony] = []
    ended = ""
    for t in sorted(group, key=lambda t: (_day(t.date), _ORDER[t.says])):
        if current and t.says == "begins" and ended and _apart(ended, t.date) > SLACK:
            yield _term(current)
            current, ended = [], ""
        current.append(t)
        if t.says == "ends":
            ended = ended or t.date
    if current:
        yield _term(current)


_ORDER = {"begins": 0, "holds": 1, "ends": 2, "held": 3}


def _term(group: Sequence[Testimony]) -> Office:
    held = [t.date for t in group if t.says == "holds"]
    since, until = _exactest([t.date for t in group if t.says == "begins"]), _exactest([t.date for t in group if t.says == "ends"])
    latest = max(group, key=lambda t: t.published)
    return Office(
        name=latest.name,
        country=latest.country,
        sector=latest.sector,
        role=latest.role,
        body=latest.body,
        since=since,
        until=until,
        seen_first=min(held, default=""),
        seen_last=max(held, default=""),
        articles=len({t.text_sha256 for t in group}),
        publishers=len({t.publisher or t.article for t in group}),
        stated=any(t.stated for t in group),
        testimonies=tuple(group),
        conflicts=tuple(_within(group, since, until)),
    )


def _within(group: Sequence[Testimony], since: str, until: str) -> Iterator[Conflict]:
    """What testimonies on one term can't agree on."""
    for kind, says, chosen in (("two_beginnings", "begins", since), ("two_ends", "ends", until)):
        others = [t for t in group if t.says == says and _apart(t.date, chosen) > SLACK]
        if others:
            ids = tuple(t.id for t in group if t.says == says)
            yield Conflict(kind=kind, what=f"{chosen} or {', '.join(sorted({t.date for t in others}))}", testimonies=ids)  # type: ignore[arg-type]
    late = [t for t in group if t.says == "holds" and until and _apart(until, t.date) > SLACK and _day(t.date) > _day(until)]
    if late:
        yield Conflict(kind="held_after_end", what=f"ended {until}, spoken of as held on {late[-1].date}", testimonies=tuple(t.id for t in late))
    over = [t for t in group if t.says == "held"]
    after = [t for t in group if t.says == "holds" and over and _day(t.date) > _day(over[0].date) + SLACK]
    if after:
        what = f"over by {over[0].date}, spoken of as held on {after[-1].date}"
        yield Conflict(kind="held_after_end", what=what, testimonies=(over[0].id, *(t.id for t in after)))


def _succeeded(terms: Sequence[Office], single: frozenset[str]) -> list[Office]:
    """A term of an office that only one holds ends, where nothing else says when, the day before the next one's is known to begin."""
    out: list[Office] = []
    for i, term in enumerate(terms):
        after = terms[i + 1] if i + 1 < len(terms) else None
        follows = after is not None and _same_office(term, after) and key_of(after.name) != key_of(term.name)
        if follows and after is not None and not term.until and term.role in single and term.last and _day(term.last) < _day(after.begins):
            before = datetime.date.fromordinal(_day(after.begins) - 1).isoformat()
            term = dataclasses.replace(term, until=before if len(after.begins) == 10 else after.begins)
        out.append(term)
    return out


def _in_conflict(terms: Sequence[Office], single: frozenset[str]) -> Iterator[Office]:
    """The terms, each with what other terms say against it."""
    of_person: dict[str, list[Office]] = defaultdict(list)
    of_office: dict[tuple[str, str, str], list[Office]] = defaultdict(list)
    for term in terms:
        of_person[key_of(term.name)].append(term)
        if term.role in single:
            of_office[term.country, term.body, term.role].append(term)
    for term in terms:
        found = list(term.conflicts)
        for other in of_person[key_of(term.name)]:
            if other.country != term.country and term.stated and other.stated and not term.body and not other.body and _overlap(term, other) >= 0:
                found.append(_conflict("two_countries", f"also {other.role} of {other.country}", term, other))
        for other in of_office.get((term.country, term.body, term.role), ()):
            if key_of(other.name) != key_of(term.name) and _overlap(term, other) > SLACK:
                found.append(_conflict("two_holders", f"so is {other.name}, {other.begins} to {other.last}", term, other))
        yield dataclasses.replace(term, conflicts=tuple(found)) if len(found) > len(term.conflicts) else term


def _conflict(kind: ConflictKind, what: str, term: Office, other: Office) -> Conflict:
    return Conflict(kind=kind, what=what, testimonies=(term.testimonies[0].id, other.testimonies[0].id))


def _same_office(a: Office, b: Office) -> bool:
    return (a.country, a.body, a.role) == (b.country, b.body, b.role)


def _overlap(a: Office, b: Office) -> int:
    """How many days two terms are both known to hold; negative where they are apart."""
    if not (a.begins and b.begins and a.last and b.last):
        return -1
    return min(_day(a.last), _day(b.last)) - max(_day(a.begins), _day(b.begins))


def _exactest(dates: Sequence[str]) -> str:
    """The date that most give, of those the most exact, of those the earliest."""
    return min(dates, key=lambda d: (-sum(x.startswith(d) or d.startswith(x) for x in dates), -len(d), d), default="")


def _apart(a: str, b: str) -> int:
    """Days between two dates; none where one is the other said less exactly."""
    return 0 if a.startswith(b) or b.startswith(a) else abs(_day(a) - _day(b))


def _day(date: str) -> int:
    """A date as a day number; a month or year counts from its first day."""
    full = date + "0001-01-01"[len(date) :] if len(date) in (4, 7, 10) else "0001-01-01"
    try:
        return datetime.date.fromisoformat(full).toordinal()
    except ValueError:
        return 1


def _replace(path: Path, text: str) -> None:
    """Write a file in full beside its old self, then put it in its place."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
