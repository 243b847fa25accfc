"""An article when everybody in it has been read, as rules look at it that fill gaps."""

from __future__ import annotations

import dataclasses

from onrecord.actors.chunks import Chunk
from onrecord.actors.discourse import Discourse
from onrecord.actors.drafts import Draft, Seen
from onrecord.actors.lexicon import slug
from onrecord.actors.reading import Reading
from onrecord.actors.shapes import BODY_COUNTRIES
from onrecord.actors.wording import Words

AFTER = 8
"""How many tokens after a phrase hold what completes it."""
SUBJECTS = frozenset(("nsubj", "nsubjpass"))
ARGUMENTS = SUBJECTS | {"dobj"}


@dataclasses.dataclass(frozen=True, slots=True)
class Told:
    """A country (and perhaps sector) that the article tells of an actor."""

    draft: Draft
    country: str
    sector: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class Scene:
    """An article when everybody has been read: its phrases with their readings, and mentions by sentence."""

    discourse: Discourse
    phrases: list[tuple[Chunk, Reading | None]]
    by_sentence: dict[int, list[Seen]]
    quoted: list[tuple[int, int]]

    @property
    def words(self) -> Words:
        """The article's words."""
        return self.discourse.words

    def draft_of(self, chunk: Chunk) -> Draft | None:
        """Whom a phrase was read as."""
        return self.discourse.at_token.get(chunk.head)

    def is_quoted(self, chunk: Chunk) -> bool:
        """Whether a phrase is in somebody's words."""
        at = self.words.idx[chunk.start]
        return any(start <= at < end for start, end in self.quoted)

    def named(self, draft: Draft) -> bool:
        """Whether an actor is known by a name and not only by a description."""
        return self.discourse.by_name.get(slug(draft.name)) is draft


def is_open(draft: Draft) -> bool:
    """Whether somebody is mentioned whose country may still be told."""
    return draft.country is None and bool(draft.mentions) and (draft.person or draft.kind == "organisation")


def described(words: Words, chunk: Chunk, reading: Reading | None) -> tuple[str, str | None] | None:
    """The country and sector that a description of one person names in its own words."""
    if reading is not None and reading.role is not None:
        if reading.country is None or reading.plural or reading.role.kind not in ("office", "person") or reading.country in BODY_COUNTRIES:
            return None
        if reading.whys[-1:] == ("office",) or (reading.whys[-1:] == ("complement",) and _of_town(words, chunk)):
            return None
        return reading.country, _sector(reading)
    name = words.name[chunk.end - 1]
    if name is not None and name.entry.kind == "demonym" and chunk.end - chunk.start <= 2 and name.entry.country is not None:
        return name.entry.country, None
    return None


def _of_town(words: Words, chunk: Chunk) -> bool:
    """``president of the listed arm Chalco``: only a town's name tells of the country, and firms have towns' names."""
    kinds = [name.entry.kind for name in words.name[chunk.end : chunk.end + AFTER] if name is not None]
    return bool(kinds) and kinds[0] == "city"


def _sector(reading: Reading) -> str | None:
    role = reading.role
    return "CVL" if reading.sector == "UNK" and role is not None and role.kind == "person" and not role.weak else reading.sector
