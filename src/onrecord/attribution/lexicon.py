"""What the room knows: cues by the forms they take, the frames each of them attributes in, and the classes of cues."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec
from spacy.strings import get_string_id

from onrecord.lexicons import Rule, rules, table
from onrecord.records import Veridicality

WordClass = Literal["verb", "noun", "adjective"]

ACCORDING = get_string_id("according")
CLAUSE_FRAMES = frozenset({"quote", "that", "ing", "obj", "np_to", "as", "call", "on_to"})
"""Frames that are no preposition: a quotation, a clause, a gerund, an object, an object with an infinitive (*urged X to*),
an object with *as*, an object with what it is called, *on* with an infinitive (*called on X to*). ``to`` is the infinitive
and the preposition alike."""


class Class(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A kind of act, and how it puts its content."""

    name: str = msgspec.field(name="class")
    veridicality: Veridicality
    speech: Literal["yes", "no"]


class CueRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A cue with frames in which it always attributes and ``weak`` ones in which it sometimes does."""

    cue: str
    name: str = msgspec.field(name="class")
    frames: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


class FormsRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The other forms of a verb that doesn't inflect by the general rule."""

    cue: str
    forms: tuple[str, ...]


class WordRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A word in one of the room's closed lists.

    ``male`` and ``female`` tell whom *he* and *she* can mean; ``party``, ``person_party`` and ``state_party`` are what
    *both* and *the two* are said of: institutions, persons, states and nothing else; an ``institution`` is named with
    its country; ``generic`` words mean nobody in particular; an ``utterance`` is a document in which its author speaks.
    """

    list: Literal[
        "light",
        "channel",
        "medium",
        "anonymous",
        "indefinite",
        "time",
        "spokesperson",
        "office",
        "document",
        "label",
        "unanswered",
        "speaker",
        "evidence",
        "male",
        "female",
        "party",
        "person_party",
        "state_party",
        "institution",
        "generic",
        "utterance",
    ]
    word: str


class GivenRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A given name and the gender it mostly goes with: f, m or empty."""

    name: str
    gender: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Use:
    """What a cue is in one frame."""

    frame: str
    cue_class: str
    weak: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Cue:
    """A cue: its lemma, the particle it needs (``out`` in *point out*) and its frames."""

    lemma: str
    word_class: WordClass
    particle: str | None
    frames: Mapping[str, Use]


@dataclasses.dataclass(frozen=True, slots=True)
class Lexicon:
    """What the room knows, loaded once.

    ``cues`` maps the hash of a lower-case form to the cues it may be, those with a particle first; ``given`` maps
    given names in lower case to ``m`` or ``f``.
    """

    cues: Mapping[int, tuple[Cue, ...]]
    classes: Mapping[str, Class]
    lists: Mapping[str, frozenset[str]]
    given: Mapping[str, str]
    rules: frozenset[str]

    @classmethod
    def load(cls, language: str = "en") -> Lexicon:
        """The packaged lexicon of a language."""
        irregular = {row.cue: row.forms for row in table("attribution/irregular", FormsRow, language=language)}
        found: dict[int, list[Cue]] = {}
        for word_class, name in (("verb", "verbs"), ("noun", "nouns"), ("adjective", "adjectives")):
            for cue in _cues(table(f"attribution/{name}", CueRow, language=language), word_class):  # type: ignore[arg-type]
                for form in _forms(cue, irregular):
                    found.setdefault(get_string_id(form), []).append(cue)
        lists: dict[str, set[str]] = {}
        for row in table("attribution/words", WordRow, language=language):
            lists.setdefault(row.list, set()).add(row.word)
        return cls(
            cues={form: tuple(sorted(cues, key=lambda c: c.particle is None)) for form, cues in found.items()},
            classes={row.name: row for row in table("attribution/classes", Class, language=language)},
            lists={name: frozenset(words) for name, words in lists.items()},
            given={row.name.lower(): row.gender for row in table("actors/given", GivenRow, language=language) if row.gender},
            rules=frozenset(r.id for r in rules("attribution/rules", Rule, language=language)),
        )


def _cues(rows: Iterable[CueRow], word_class: WordClass) -> list[Cue]:
    frames: dict[str, dict[str, Use]] = {}
    for row in rows:
        mine = frames.setdefault(row.cue, {})
        mine.update({f: Use(f, row.name, False) for f in row.frames})
        mine.update({f: Use(f, row.name, True) for f in row.weak})
    out = []
    for cue, uses in frames.items():
        lemma, _, particle = cue.partition(" ")
        out.append(Cue(lemma, word_class, particle or None, uses))
    return out


def _forms(cue: Cue, irregular: Mapping[str, tuple[str, ...]]) -> set[str]:
    lemma = cue.lemma
    if cue.word_class == "adjective":
        return {lemma}
    plural = lemma[:-1] + "ies" if lemma[-1] == "y" and lemma[-2] not in "aeou" else lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    if cue.word_class == "noun":
        return {lemma, plural}
    if lemma in irregular:
        return {lemma, *irregular[lemma]}
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    past = lemma[:-1] + "ied" if lemma[-1] == "y" and lemma[-2] not in "aeou" else stem + "ed"
    gerund = lemma if lemma.endswith("ee") else stem
    return {lemma, plural, past, gerund + "ing"}
