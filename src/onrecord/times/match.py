"""A match of a rule: its tokens by class, the number it says, and what stands around it."""

from __future__ import annotations

import dataclasses

from onrecord.times.lexicon import Lexicon, Pattern
from onrecord.times.tokens import Tokens


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The tokens ``first`` to ``last`` (exclusive) of a text, on which a rule's pattern fits."""

    tokens: Tokens
    lexicon: Lexicon
    pattern: Pattern
    first: int
    last: int

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.tokens.starts[self.first]

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.tokens.ends[self.last - 1]

    def has(self, *names: str) -> bool:
        """Whether a token of one of the classes is in the match."""
        return any(self.at(name) is not None for name in names)

    def at(self, name: str, *, after: int | None = None) -> int | None:
        """The index of the first token of a class, from ``after`` on where given."""
        found = self.tokens.line.find(self.lexicon.classes[name], self.first if after is None else after, self.last)
        return None if found < 0 else found

    def value(self, *names: str) -> str | None:
        """What the lexicon says of the first token of the first class that occurs; a number says itself."""
        for name in names:
            if (at := self.at(name)) is not None:
                return self.tokens.values[at]
        return None

    def word(self, index: int) -> str:
        """A token in lower case, empty outside the text."""
        return self.tokens.words[index].lower() if 0 <= index < len(self.tokens.words) else ""

    def words(self) -> set[str]:
        """The tokens of the match in lower case."""
        return {w.lower() for w in self.tokens.words[self.first : self.last]}

    def day(self, start: int | None = None, stop: int | None = None) -> int | None:
        """The first day of a month among the tokens."""
        classes = self.lexicon.classes
        for i in range(self.first if start is None else start, self.last if stop is None else stop):
            sign = self.tokens.line[i]
            if sign == classes["day"] or sign == classes["ordinal_word"]:
                return int(self.tokens.values[i])
            if sign == classes["ordinal_number"]:
                return int(self.tokens.values[i][:-2])
        return None

    def ordinal(self) -> int | None:
        """The first ordinal among the tokens."""
        if (number := self.value("ordinal_number")) is not None:
            return int(number[:-2])
        word = self.value("ordinal_word")
        return None if word is None else int(word)

    def number(self) -> float | None:
        """The number that digits or words of the match say: "twenty-one", "two hundred", "1.5", "three and a half"."""
        classes = self.lexicon.classes
        total, current, seen = 0.0, 0.0, False
        for i in range(self.first, self.last):
            sign = self.tokens.line[i]
            if sign in (classes["day"], classes["num"], classes["year"]):
                current, seen = float(self.tokens.values[i].replace(",", "") if self.tokens.values[i].count(".") < 2 else 0), True
            elif sign == classes["count"]:
                value, seen = float(self.tokens.values[i]), True
                if value >= 100 or (value == 12 and self.word(i) == "dozen"):
                    current = max(current, 1) * value
                    if value >= 1000:
                        total, current = total + current, 0.0
                else:
                    current += value
            elif sign == classes["half"]:
                current, seen = current + 0.5, True
            elif sign in (classes["unit"], classes["units"]):
                break
        return total + current if seen else None

    def unit(self) -> str | None:
        """The unit of time of the match: ``D``, ``W``, ``MON``, ``Y``, ``DE``, ``CE``, ``H``, ``M``, ``S``, ``WE``."""
        return self.value("unit", "units", "century")
