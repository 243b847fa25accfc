"""A text as tokens with classes: what a word or number can be in a time expression.

A word alone often does not tell ("may", "fall", "2000"): the conditions here look at its neighbours.
"""

from __future__ import annotations

import dataclasses
import re

from onrecord.times.lexicon import Lexicon

TOKEN = re.compile(
    r"(?P<iso>\b\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?\b)"
    r"|(?P<slashed>\b\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)\b|\b\d{1,2}\.\d{1,2}\.\d{4}\b)"
    r"|(?P<clock>\b\d{1,2}[:.]\d\d(?::\d\d)?(?=\s?(?:[ap]\.?m\b|GMT|UTC|hrs?\b|hours\b|[A-Z]{1,2}[SD]?T\b))|\b(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?\b)"
    r"|(?P<decade>\b(?:1\d|20)\d0s?['´]?s\b|['´]\d0s\b|\b\d0s\b)"
    r"|(?P<ordinal_number>\b\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<bc>\b[Bb]\.\s?[Cc]\.(?:\s?[Ee]\.)?)|(?P<ad>\b[Aa]\.\s?[Dd]\.)"
    r"|(?P<am>(?<![^\W\d])[Aa]\.\s?[Mm]\b\.?)|(?P<pm>(?<![^\W\d])[Pp]\.\s?[Mm]\b\.?)"
    r"|(?P<quarter_number>\b[QH][1-4]\b)"
    r"|(?P<aposyear>(?<!\w)'\d\d\b(?!['\w]))"
    r"|(?P<num>\d+(?:[,.]\d+)*)"
    r"|(?P<word>o'clock\b|[^\W\d_]+)"
    r"|(?P<poss>'s\b|(?<=s)'(?!\w))"
    r"|(?P<break>\n\s*)"
    r"|(?P<dash>--|[-–—‒−])"
    r"|(?P<mark>[^\s\w]|_)"
)
MARKS = {",": "comma", ".": "dot", ":": "colon", "$": "currency", "£": "currency", "€": "currency", "#": "currency"}
DATE_LEADS = frozenset("in of by since until till last next this early late mid to from between and during through throughout before after for around on or each every following".split())
YEAR_LEADS = frozenset("in of by since until till from between to and around after before during for circa about early late mid the".split())
SEASON_LEADS = frozenset("the last next this in early late of by that every each mid during until following previous coming since".split())
NOT_SEASON = frozenset("olympics olympic games palace school break offensive".split())
UNLEVEL = re.compile(r"[a-z]")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The tokens of a text, as parallel lists; ``line`` has one class character a token."""

    line: str
    words: list[str]
    values: list[str]
    starts: list[int]
    ends: list[int]


def tokenise(text: str, lexicon: Lexicon) -> Tokens:
    """The tokens of a text with plain quotation marks and apostrophes, classed.

    Args:
        text: the parser's text, of the same offsets as the article's.
        lexicon: the words and classes.
    """
    words: list[str] = []
    line: list[str] = []
    values: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    unsure: list[tuple[int, str]] = []
    classes, known = lexicon.classes, lexicon.words
    lower_x, upper_x = classes["x"], classes["X"]
    for match in TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        word = match.group()
        value = word
        if kind == "word":
            entry = known.get(word.lower())
            if entry is None:
                sign = lower_x if word[0].islower() else upper_x
            else:
                sign, value, when = entry
                if when:
                    unsure.append((len(line), when))
        elif kind == "num":
            sign = classes[number_class(word)]
            if sign == classes["year"]:
                unsure.append((len(line), "year"))
        elif kind == "mark":
            sign = classes[MARKS.get(word, "mark")]
        else:
            sign = classes[kind]
        words.append(word)
        line.append(sign)
        values.append(value)
        starts.append(match.start())
        ends.append(match.end())
    for at, when in unsure:
        if not fits(words, line, at, when, lexicon):
            line[at] = classes["num"] if when == "year" else (lower_x if words[at][0].islower() else upper_x)
    return Tokens(line="".join(line), words=words, values=values, starts=starts, ends=ends)


def number_class(word: str) -> str:
    """The class of a number: the day of a month, a year, or neither."""
    if not word.isdecimal() or not word.isascii():
        return "num"
    if len(word) <= 2:
        return "day" if 1 <= int(word) <= 31 else "num"
    return "year" if len(word) == 4 and 1000 <= int(word) <= 2100 else "num"


def fits(words: list[str], line: list[str], at: int, when: str, lexicon: Lexicon) -> bool:
    """Whether a word that can be more than one thing is, where it stands, what the lexicon has it as."""
    word = words[at]
    before = words[at - 1].lower() if at else ""
    after = words[at + 1].lower() if at + 1 < len(words) else ""
    numbers = {lexicon.classes[c] for c in ("day", "year", "ordinal_number", "aposyear")}
    by_number = (at > 0 and line[at - 1] in numbers) or (at + 1 < len(words) and line[at + 1] in numbers)
    if when == "capital":
        return word[0].isupper() or by_number or before in DATE_LEADS
    if when == "dated":
        return by_number or (word[0].isupper() and (before in DATE_LEADS or before in ("-", "–", "(", ",", "—"))) or (word[0].isupper() and after in ("-", "–", "and", "of") and before != "")
    if when == "abbreviated":
        return (word[0].isupper() or by_number) and (by_number or after == "." or (after == "," and len(words) > at + 2 and line[at + 2] in numbers))
    if when == "upper":
        return not UNLEVEL.search(word) or (word.lower() in ("bc", "bce", "gmt"))
    if when == "season":
        return before in SEASON_LEADS and after not in NOT_SEASON and not (word[0].isupper() and before == "the") and season_follows(words, line, at, lexicon)
    return year_fits(words, line, at, lexicon)


def season_follows(words: list[str], line: list[str], at: int, lexicon: Lexicon) -> bool:
    """Whether "fall of" and "spring of" go on with a year and not with what fell or sprang."""
    rest = words[at + 1 : at + 3]
    if not rest or rest[0].lower() != "of":
        return words[at].lower() != "fall" or not rest or not rest[0].isalpha() or rest[0].lower() in ("and", "the", "when", "that", "after", "before", "with", "offensive")
    return len(rest) == 2 and (line[at + 2] in (lexicon.classes["year"], lexicon.classes["aposyear"]) or rest[1].lower() in ("last", "next", "this", "that"))


def year_fits(words: list[str], line: list[str], at: int, lexicon: Lexicon) -> bool:
    """Whether a number of four digits is a year and not a quantity or the number of something."""
    classes = lexicon.classes
    before = line[at - 1] if at else ""
    after = line[at + 1] if at + 1 < len(words) else ""
    if before in (classes["currency"], classes["numbered"], classes["count"]) or after in (classes["counted"], classes["count"], classes["units"], classes["num"]):
        return False
    if after == classes["dash"] and at + 2 < len(words) and line[at + 2] in (classes["unit"], classes["units"], classes["counted"]):
        return False
    if before == classes["dot"] and at > 1 and line[at - 2] == classes["numbered"]:
        return False
    value = int(words[at])
    lead = words[at - 1].lower() if at else ""
    if value >= 1800 and lead not in ("than", "some", "nearly", "almost", "over", "about", "approximately", "least", "most"):
        return True
    return lead in YEAR_LEADS or before in (classes["month"], classes["comma"], classes["day"], classes["season"]) or after in (classes["bc"], classes["ad"])
