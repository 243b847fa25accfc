"""The shapes of a codebook's tables, and what can be wrong with one by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal

import msgspec

from onrecord.events.lexicon import TriggerRule

TYPE_NAME = re.compile(r"[A-Z][A-Z0-9_]*")
MODE_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
CLASS_NAME = re.compile(r"[a-z][a-z0-9_]*")
RULE_ID = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)+")
CAMEO = re.compile(r"\d{2,4}")
RESERVED = frozenset({"any"})
"""Class names that mean something in phrases."""


class OwnType(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An event type of a user's own: with a quad class what somebody does, else an occurrence, which happens.

    ``things`` says whether it can be done to a thing or to people that are no known actor ("intercepted *a trawler*").
    """

    name: str
    definition: str
    quad: Literal[1, 2, 3, 4] | None = None
    occurrence: bool = False
    cameo: str | None = None
    things: bool = False


class OwnMode(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A mode of a user's own, of a packaged type or of one of theirs."""

    type: str
    name: str
    definition: str
    cameo: str | None = None


class OwnClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words that phrases name together, as ``@name``."""

    name: str
    words: tuple[str, ...]


MISSING: Mapping[str, str] = MappingProxyType(
    {
        "id": 'findings name their rule by it (id = "labour.strike.wildcat")',
        "examples": "give sentences on which the rule must fire, which `onrecord lexicon check` tries",
        "definition": "say in a sentence what it is; `onrecord why` prints it",
        "type": "name one of your types or a packaged one",
        "words": "list the words of the class by their dictionary forms",
    }
)


def type_problems(own: OwnType) -> Iterator[str]:
    """What is wrong with a type by itself."""
    if not TYPE_NAME.fullmatch(own.name):
        yield f"a type is named in capitals, digits and underscores, not {own.name!r}"
    if own.occurrence == (own.quad is not None):
        yield (
            "say either quad = 1 (verbal cooperation), 2 (material cooperation), 3 (verbal conflict) or 4 (material conflict), "
            "for what somebody does, or occurrence = true, for what happens"
        )
    if not own.definition.strip():
        yield f"definition is empty: {MISSING['definition']}"
    yield from _cameo_problems(own.cameo)
    if own.occurrence and own.cameo:
        yield "an occurrence has no CAMEO code: leave cameo out"


def mode_problems(own: OwnMode) -> Iterator[str]:
    """What is wrong with a mode by itself."""
    if not MODE_NAME.fullmatch(own.name):
        yield f"a mode is named in small letters, digits and hyphens, not {own.name!r}"
    yield from _cameo_problems(own.cameo)


def _cameo_problems(code: str | None) -> Iterator[str]:
    if code is not None and not CAMEO.fullmatch(code):
        yield f"a CAMEO code has two to four digits, not {code!r}"


def class_problems(own: OwnClass) -> Iterator[str]:
    """What is wrong with a word class by itself."""
    if not CLASS_NAME.fullmatch(own.name) or own.name in RESERVED:
        yield f"a class is named in small letters, digits and underscores, and not {own.name!r}"
    if not own.words:
        yield f"words is empty: {MISSING['words']}"
    for word in own.words:
        if word != word.lower() or not word.strip() or " " in word:
            yield f"{word!r} in words: give single words in small letters, by their dictionary forms"


def rule_problems(rule: TriggerRule) -> Iterator[str]:
    """What is wrong with a rule by itself."""
    if not RULE_ID.fullmatch(rule.id):
        yield f"the id {rule.id!r} needs at least two parts of small letters, digits, - or _ with a dot between (labour.strike)"
    if not rule.examples or not all(x.strip() for x in (*rule.examples, *rule.counterexamples)):
        yield f"examples and counterexamples are sentences, and there is at least one example: {MISSING['examples']}"
    if not (rule.verbs or rule.nouns or rule.adjectives):
        yield "there are no phrases: give verbs, nouns or adjectives"
    if not 0 < rule.confidence <= 1:
        yield f"confidence lies above 0 and at most at 1, not at {rule.confidence}"
    for phrase in (*rule.verbs, *rule.nouns, *rule.adjectives):
        yield from _phrase_problems(phrase, noun=phrase in rule.nouns)


def _phrase_problems(phrase: str, *, noun: bool) -> Iterator[str]:
    body = phrase.partition(": ")[0]
    words = (body.partition("+")[0] if noun else body).split()
    if not words:
        yield f"the phrase {phrase!r} has no word"
        return
    head = words[-1 if noun else 0]
    if phrase != phrase.lower():
        yield f"the phrase {phrase!r} has capitals: write the words as a dictionary lists them, in small letters"
    if set(head) & set("|@:+"):
        yield f"the phrase {phrase!r}: its {'last' if noun else 'first'} word must be one word; write a phrase for each alternative"
    if noun and ":" in phrase and ": " not in phrase:
        yield f"the phrase {phrase!r}: put a space behind the colon"
