"""What the room knows: words with their class, patterns over classes, and which function values a match.

A text is read as a string with one character a token, the token's class; a rule's pattern is a regular
expression on that string. It is short (white space and letters are gone), so some sixty patterns over
it cost less than one over the text.
"""

from __future__ import annotations

import dataclasses
import re
from typing import Literal

import msgspec

from onrecord import lexicons
from onrecord.records import TimexType

When = Literal["", "capital", "dated", "abbreviated", "upper", "lower", "season", "year", "foreign"]
"""Where a word may be read as its class: anywhere, capitalised, beside a number or behind a preposition, …"""

NAME = re.compile(r"[A-Za-z_]+")
MACRO = re.compile(r"\{([a-z_]+)\}")
OWN_CLASSES = (
    "x", "X", "break", "iso", "slashed", "clock", "decade", "aposyear", "quarter_number", "fiscal_short", "year", "day", "num", "ordinal_number",
    "poss", "dash", "comma", "dot", "colon", "slash", "currency", "mark",
)  # fmt: skip
HARD = ("x", "X", "break", "mark", "colon", "currency", "counted", "numbered", "being")
SOFT = (
    "the", "a", "of", "in", "on", "at", "to", "by", "from", "and", "for", "few", "about", "nearly", "cmp", "than", "least", "up", "count", "day", "num",
    "ordinal_word", "comma", "dot", "dash", "poss", "that", "this", "same", "other", "times", "once", "qual", "half", "new", "point", "right", "very",
    "whose", "plus", "edge", "early", "long", "old", "age", "every", "per", "after", "before", "later", "earlier", "rest", "latter", "these", "am", "ad",
    "de", "slash",
)  # fmt: skip
"""Classes of which no time expression consists alone, so that a stretch of nothing else need not be searched."""
UNIONS = {"ordinal": ("ordinal_word", "ordinal_number")}


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """One row of ``words.csv``."""

    word: str
    cls: str = msgspec.field(name="class")
    value: str = ""
    when: When = ""


class Macro(msgspec.Struct, frozen=True, kw_only=True):
    """A named piece of pattern; it may use the macros above it."""

    name: str
    pattern: str


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Words that tell something of their neighbours: what stands before a year, what makes a verb point ahead."""

    name: str
    words: tuple[str, ...]


class Rule(lexicons.Rule, frozen=True, kw_only=True):
    """A pattern over word classes, the type of what it finds and the function that values it."""

    type: TimexType
    pattern: str
    value: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A rule ready to run on a string of classes."""

    rule: Rule
    regex: re.Pattern[str]
    order: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What the room knows, loaded once.

    ``words`` gives a lower-case word's class character, value and condition; ``classes`` a class name's
    character; ``zone`` matches the stretches of a line in which an expression can be.
    """

    words: dict[str, tuple[str, str, When]]
    classes: dict[str, str]
    groups: dict[str, frozenset[str]]
    patterns: tuple[Pattern, ...]
    zone: re.Pattern[str]

    @classmethod
    def load(cls, language: str = "en") -> Lexicon:
        """The packaged lexicon of a language.

        Raises:
            LexiconError: a file does not fit its schema, or a pattern names an unknown class or macro.
        """
        rows = lexicons.table("times/words", Word, language=language)
        names = dict.fromkeys((*OWN_CLASSES, *(r.cls for r in rows)))
        classes = {name: chr(0x4E00 + i) for i, name in enumerate(names)}  # letters, so that none means anything to a regex
        macros: dict[str, str] = {}
        for macro in lexicons.table("times/macros", Macro, language=language):
            macros[macro.name] = expand(macro.pattern, macros, macro.name)
        found = lexicons.rules("times/rules", Rule, language=language)
        patterns = tuple(Pattern(rule=r, regex=compiled(expand(r.pattern, macros, r.id), classes, r.id), order=i) for i, r in enumerate(found))
        soft, hard = ("".join(classes[c] for c in group) for group in (SOFT, HARD))
        zone = re.compile(f"(?<![{soft}])[{soft}]*[^{soft}{hard}][^{hard}]*")  # looking back keeps it from trying a soft run from each of its places
        groups = {g.name: frozenset(g.words) for g in lexicons.table("times/groups", Group, language=language)}
        words = {r.word: (classes[r.cls], r.value, r.when) for r in rows}
        return cls(words=words, classes=classes, groups=groups, patterns=patterns, zone=zone)


def expand(pattern: str, macros: dict[str, str], where: str) -> str:
    """The pattern with its macros written out."""
    try:
        return MACRO.sub(lambda m: macros[m.group(1)], pattern)
    except KeyError as error:
        raise lexicons.LexiconError(f"{where}: there is no macro {error}") from error


def compiled(pattern: str, classes: dict[str, str], where: str) -> re.Pattern[str]:
    """The pattern as a regular expression on class characters."""

    def character(match: re.Match[str]) -> str:
        members = UNIONS.get(match.group(), (match.group(),))
        try:
            found = "".join(classes[m] for m in members)
        except KeyError as error:
            raise lexicons.LexiconError(f"{where}: there is no word class {error}") from error
        return found if len(found) == 1 else f"[{found}]"

    return re.compile("".join(NAME.sub(character, pattern).split()))
