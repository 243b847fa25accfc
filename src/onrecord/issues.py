"""Issues: a question, and what the record has on it (events, proposals, states of affairs), from a TOML file or proposed from positions.

docs/issues.md tells how to write one. Which side a stand is on is the writer's to say: a term may be marked as
``against``, so that who supports it stands against what the question asks for.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from onrecord.records import Stance, digest

__all__ = ["About", "Issue", "IssueError", "Matcher", "Proposal", "Stand", "to_toml"]

Side = Literal["for", "against"]

WORD = re.compile(r"[^\W\d_]{4,}")
ENDING = re.compile(r"(?:['’]s|ies|es|s|ing|ed|ion|ions)$")
STARS = re.compile(r"(?:\\\*)+")
BEYOND = re.compile(r"[,;(]|\s(?:who|which|after|because|amid|following|in the wake)\s")
"""Behind it stands what an object has to do with, no longer what it is."""
FEWEST = 2
"""Holders that take a stand before a question is worth proposing."""
OTHER: dict[Stance, Stance] = {"support": "oppose", "oppose": "support", "neutral": "neutral"}
IDLE = frozenset({
    "that", "this", "these", "those", "with", "from", "have", "will", "would", "which", "their", "there", "about", "after", "before",
    "against", "should", "could", "into", "over", "under", "been", "being", "were", "what", "when",
})  # fmt: skip
"""Words that tell no matter from another."""


class IssueError(ValueError):
    """An issue can't be used; the message names the file and what to do."""


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Matters of an issue, told by words.

    Attributes:
        terms: words or phrases, any of which the object of a position must have; ``*`` stands for any ending.
        side: whether who supports it is for or against what the question asks for.
    """

    terms: tuple[str, ...]
    side: Side = "for"


class Issue(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A question and what belongs to it.

    Attributes:
        question: what it is about, as a question.
        id: a short name; by default derived from the question.
        about: matters told by words.
        terms: a shorter way to write one ``about`` with the side ``for``.
        events: ids of events; a position on one of them belongs to the issue.
        context: words of which an article must have one for its positions to count by ``terms`` or ``about``.
        holders: actor ids or country codes of those from whom a statement is looked for.
        since, until: the days between which.
    """

    question: str
    id: str = ""
    about: tuple[About, ...] = ()
    terms: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None

    @classmethod
    def read(cls, path: str | Path) -> Issue:
        """The issue in a TOML file.

        Raises:
            IssueError: the file can't be read or does not say what belongs to the issue.
        """
        try:
            text = Path(path).read_text(encoding="utf-8")
        except OSError as error:
            raise IssueError(f"{path}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise IssueError(f"{path}: {error}") from error
        return cls.parse(text, name=str(path))

    @classmethod
    def parse(cls, text: str, *, name: str = "the issue") -> Issue:
        """The issue that a TOML text tells.

        Args:
            text: as docs/issues.md has it.
            name: what messages call it.

        Raises:
            IssueError: it can't be read or does not say what belongs to the issue.
        """
        try:
            issue = msgspec.convert(tomllib.loads(text), cls)
        except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
            raise IssueError(f"{name}: {error}") from error
        if not issue.question.strip():
            raise IssueError(f"{name}: write the question that the issue is about")
        if not (issue.terms or issue.about or issue.events):
            raise IssueError(f"{name}: say what belongs to the issue: terms, [[about]] with terms, or events")
        if issue.since and issue.until and issue.until < issue.since:
            raise IssueError(f"{name}: until ({issue.until}) is before since ({issue.since})")
        return msgspec.structs.replace(issue, id=issue.id or f"is-{digest('issue', issue.question)}")

    @property
    def matters(self) -> tuple[About, ...]:
        """All that is told by words."""
        return (*((About(terms=self.terms),) if self.terms else ()), *self.about)


class Matcher:
    """Tells whether a position belongs to an issue, and which side it is on."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        self._matters = [(pattern(m.terms), m.side) for m in issue.matters if m.terms]
        self._context = pattern(issue.context) if issue.context else None
        self._events = frozenset(issue.events)

    def side(self, object_text: str, *, event_id: str | None = None, article_text: str = "") -> Side | None:
        """The side that support for an object is on; None where it is none of the issue's matters.

        Args:
            object_text: the object's words.
            event_id: the event across articles that the object is, where it is one.
            article_text: the article's title and text, in which a word of the context is looked for.
        """
        if event_id in self._events and event_id is not None:
            return "for"
        if self._context is not None and not self._context.search(article_text):
            return None
        return self.names(object_text)

    def names(self, object_text: str, *, event_id: str | None = None) -> Side | None:
        """The same, whatever the article's words."""
        if event_id is not None and event_id in self._events:
            return "for"
        head = BEYOND.split(object_text, maxsplit=1)[0]
        return next((side for terms, side in self._matters if terms.search(head)), None)


def sided(stance: Stance, side: Side) -> Stance:
    """A stance on an object as a stance on the question."""
    return stance if side == "for" else OTHER[stance]


def pattern(terms: Iterable[str]) -> re.Pattern[str]:
    """Whole words or phrases in any case; ``*`` stands for any ending, and the plural is meant with the singular."""
    parts = []
    for term in terms:
        words = [STARS.sub(r"\\w*", re.escape(w)) for w in term.split()]
        parts.append(r"\s+".join(words) + ("" if term.endswith("*") else r"(?:e?s)?"))
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A position as proposals need it. ``said`` is the day, where one is known; ``position`` is its id."""

    holder: str
    object: str
    event_id: str | None
    story: str | None
    said: datetime.date | None
    position: str | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A question that positions of one story suggest, with how many of how many holders are on it, and which."""

    issue: Issue
    positions: int
    holders: int
    stands: tuple[Stand, ...] = ()


def proposed(stands: Iterable[Stand], *, fewest: int = FEWEST) -> list[Proposal]:
    """Issues that the positions of a record suggest, those with most holders first.

    The positions of one story that share an event, or a word of their objects, are one matter.

    Args:
        stands: positions.
        fewest: holders that a matter needs.
    """
    by_story: dict[str, list[Stand]] = defaultdict(list)
    for stand in stands:
        if stand.story is not None:
            by_story[stand.story].append(stand)
    out = [p for found in by_story.values() for p in _matters(found, fewest)]
    return sorted(out, key=lambda p: (-p.holders, -p.positions, p.issue.question))


def _matters(stands: Sequence[Stand], fewest: int) -> list[Proposal]:
    """The matters of one story: around the word that most holders' objects have, then around that of the rest."""
    out: list[Proposal] = []
    rest = [(s, _stems(s.object)) for s in stands]
    while rest:
        holders_of: dict[str, set[str]] = defaultdict(set)
        for s, stems in rest:
            for word in stems:
                holders_of[word].add(s.holder)
        stem = min(holders_of, key=lambda w: (-len(holders_of[w]), w), default=None)
        if stem is None or len(holders_of[stem]) < fewest:
            return out
        events = {s.event_id for s, stems in rest if stem in stems and s.event_id}
        chosen = [s for s, stems in rest if stem in stems]
        more = [s for s, stems in rest if stem not in stems and s.event_id in events]
        out.append(_proposal(stem, [*chosen, *more]))
        rest = [(s, stems) for s, stems in rest if stem not in stems and s.event_id not in events]
    return out


def _proposal(stem: str, stands: Sequence[Stand]) -> Proposal:
    words = Counter(w.casefold() for s in stands for w in set(WORD.findall(s.object)) if _stem(w) == stem)
    objects = Counter(" ".join(s.object.split()) for s in stands if stem in _stems(s.object))
    typical = min(objects, key=lambda o: (-objects[o], len(o), o))
    days = sorted(s.said for s in stands if s.said)
    events = tuple(sorted({s.event_id for s in stands if s.event_id}))
    question = f"Who stands where on {typical}?"
    issue = Issue(
        question=question,
        id=f"is-{digest('issue', question, *events)}",
        terms=tuple(sorted(words)),
        events=events,
        since=days[0] if days else None,
        until=days[-1] if days else None,
    )
    return Proposal(issue=issue, positions=len(stands), holders=len({s.holder for s in stands}), stands=tuple(stands))


@functools.lru_cache(maxsize=10_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(_stem(w) for w in WORD.findall(text)) - IDLE


@functools.lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    plain = word.casefold()
    return plain if plain in IDLE else ENDING.sub("", plain)


def to_toml(issue: Issue) -> str:
    """An issue as a file that :meth:`Issue.read` reads, to be edited."""
    lines = []
    body: dict[str, Any] = {
        "question": issue.question,
        "id": issue.id,
        "terms": issue.terms,
        "events": issue.events,
        "since": issue.since,
        "until": issue.until,
    }
    for name, value in body.items():
        if value:
            lines.append(f"{name} = {value.isoformat() if isinstance(value, datetime.date) else _toml(value)}")
    return "\n".join(lines) + "\n"


def _toml(value: str | Sequence[str]) -> str:
    if isinstance(value, str):
        return '"' + "".join(f"\\u{ord(c):04x}" if c in '"\\' or ord(c) < 32 or ord(c) == 127 else c for c in value) + '"'
    return "[" + ", ".join(_toml(v) for v in value) + "]"
