"""A text as tokens with classes: what a word or number can be in a time expression.

A word alone often does not tell ("may", "fall", "2000"): the conditions here look at its neighbours.
"""

from __future__ import annotations

import dataclasses
import re

from onrecord.times.lexicon import Lexicon, When

TOKEN = re.compile(
    r"[^\S\n]*+(?:(?P<plain>[^\W\d_]{3,}+(?![.'´]))"
    r"|(?P<iso>\b\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?\b)"
    r"|(?P<ymd>\b(?:19|20)\d\d(?:/\d\d?/|\.\d\d\.)\d\d?\b)"
    r"|(?P<slashed>\b\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)\b|\b\d{1,2}\.\d{1,2}\.\d{4}\b)"
    r"|(?P<clock>\b\d{1,2}[:.]\d\d(?::\d\d)?(?=\s?(?:(?i:[ap]\.?\s?m\b)|GMT|UTC|hrs?\b|hours\b|[A-Z]{1,2}[SD]?T\b))|\b(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?\b)"
    r"|(?P<decade>\b(?:1\d|20)\d0s?'?s\b|\b\d{2,3}0s(?=\s[Bb])|'\d0s\b|\b\d0s\b)"
    r"|(?P<ordinal_number>\b\d{1,2}(?:st|nd|rd|th)\b|\b1er\b)"
    r"|(?P<bc>\b[Bb]\.\s?[Cc]\b(?:\.\s?[Ee]\b)?\.?)|(?P<ad>\b[Aa]\.\s?[Dd]\.)"
    r"|(?P<am>(?<![^\W\d])[Aa]\.\s?[Mm]\b\.?)|(?P<pm>(?<![^\W\d])[Pp]\.\s?[Mm]\b\.?)"
    r"|(?P<quarter_number>\b[QH][1-4]\b)"
    r"|(?P<fiscal_short>\bFY\s?'?(?:20)?\d\d\b)"
    r"|(?P<aposyear>(?<!\w)'\d\d\b(?!['\w]))"
    r"|(?P<num>\d+(?:[,.]\d+)*)"
    r"|(?P<short>\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.(?=,?\s?[\da-z]|,\s|\s?'\d))"
    r"|(?P<word>o'clock\b|[^\W\d_]+)"
    r"|(?P<poss>'s\b|(?<=s)'(?!\w))"
    r"|(?P<break>\n\s*)"
    r"|(?P<dash>--|[-–—‒−])"
    r"|(?P<mark>[^\s\w]|_))"
)
MARKS = {",": "comma", ".": "dot", ":": "colon", "$": "currency", "£": "currency", "€": "currency", "#": "currency", "/": "slash"}
LONGEST_NUMBER = 15
DATE_JOINTS = frozenset("-–—(,")
LOWER = re.compile(r"[a-z]")
LONE_LETTER = re.compile(r"[^\W\d_]\b")
"""What makes a number of four digits a size or a model: "1080p"."""


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
    unsure: list[tuple[int, When]] = []
    classes, known = lexicon.classes, lexicon.words
    lower_x, upper_x = classes["x"], classes["X"]
    for match in TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        start, end = match.span(kind)
        value = word = text[start:end]
        if kind in ("plain", "word", "short"):
            entry = known.get(word.lower() if kind == "plain" else word.lower().rstrip("."))
            if entry is None:
                sign = lower_x if word[0].islower() else upper_x
            else:
                sign, value, when = entry
                if when:
                    unsure.append((len(line), when))
        elif kind == "num":
            sign = classes[number_class(word)]
            if sign == classes["year"] and LONE_LETTER.match(text, end):
                sign = classes["num"]
            if sign == classes["year"]:
                unsure.append((len(line), "year"))
        elif kind == "mark":
            sign = classes[MARKS.get(word, "mark")]
        else:
            sign = classes["iso" if kind == "ymd" else kind]
        words.append(word)
        line.append(sign)
        values.append(value)
        starts.append(start)
        ends.append(end)
    for at, when in unsure:
        if not fits(words, line, at, when, lexicon):
            line[at] = classes["num"] if when == "year" else (lower_x if words[at][0].islower() else upper_x)
    return Tokens(line="".join(line), words=words, values=values, starts=starts, ends=ends)


def number_class(word: str) -> str:
    """The class of a number: the day of a month, a year, neither, or nothing that time is told in."""
    if len(word) > LONGEST_NUMBER:
        return "mark"
    if not word.isdecimal() or not word.isascii():
        return "num"
    if len(word) <= 2:
        return "day" if 1 <= int(word) <= 31 else "num"
    return "year" if len(word) == 4 and 1000 <= int(word) <= 2100 else "num"


def fits(words: list[str], line: list[str], at: int, when: When, lexicon: Lexicon) -> bool:
    """Whether a word that can be more than one thing is, where it stands, what the lexicon has it as."""
    word = words[at]
    before = words[at - 1].lower() if at else ""
    after = words[at + 1].lower() if at + 1 < len(words) else ""
    numbers = {lexicon.classes[c] for c in ("day", "year", "ordinal_number", "aposyear")}
    by_number = (at > 0 and line[at - 1] in numbers) or (at + 1 < len(words) and line[at + 1] in numbers)
    if when == "capital":
        return word[0].isupper() or by_number or before in lexicon.groups["date_leads"]
    if when == "dated":
        leads = before in lexicon.groups["date_leads"] or before in DATE_JOINTS or (before != "" and after in ("-", "–", "and"))
        return by_number or (word[0].isupper() and leads)
    if when == "foreign":
        told = any(w.lower() in lexicon.groups["date_leads"] for w in words[max(0, at - 3) : at - 1])
        of_day = at > 0 and (line[at - 1] in numbers or before in (".", "de"))
        return of_day and (told or after in ("de", "del") or line[at + 1 : at + 2] == [lexicon.classes["year"]])
    if when == "abbreviated":
        dashed = before in ("-", "–") and at > 1 and line[at - 2] in numbers
        return (word[0].isupper() or by_number) and (by_number or dashed or word.endswith(".") or after == ".")
    if when == "upper":
        return not LOWER.search(word) or word.lower() in ("bc", "bce", "gmt")
    if when == "lower":
        return word[0].islower() or line[at - 1 : at] in ([], [lexicon.classes["dot"]], [lexicon.classes["break"]])
    if when == "season":
        return season_fits(words, line, at, lexicon)
    return year_fits(words, line, at, lexicon)


def season_fits(words: list[str], line: list[str], at: int, lexicon: Lexicon) -> bool:
    """Whether "fall" and "spring" are seasons, and "the Winter" is not of the Games or the Palace."""
    word, before = words[at].lower(), words[at - 1].lower() if at else ""
    rest = [w.lower() for w in words[at + 1 : at + 4]]
    if rest and rest[0] in lexicon.groups["not_season"]:
        return False
    if words[at][0].isupper() and at and words[at - 1][0].isupper() and before not in lexicon.groups["season_leads"]:
        return False  # the Prague Spring
    if word not in ("spring", "fall"):
        return True
    dated = len(line) > at + 1 and line[at + 1] in (lexicon.classes["year"], lexicon.classes["aposyear"])
    if before not in lexicon.groups["season_leads"] and before not in ("-", "–") and not dated:
        return False
    if rest[:1] != ["of"]:
        return dated or word != "fall" or not rest or not rest[0].isalpha() or rest[0] in lexicon.groups["season_of"]
    year = len(line) > at + 2 and line[at + 2] in (lexicon.classes["year"], lexicon.classes["aposyear"], lexicon.classes["num"])
    return len(rest) > 1 and (year or rest[1] in ("last", "next", "this", "that"))


def year_fits(words: list[str], line: list[str], at: int, lexicon: Lexicon) -> bool:
    """Whether a number of four digits is a year and not a quantity or the number of something."""
    classes = lexicon.classes
    before = line[at - 1] if at else ""
    after = line[at + 1] if at + 1 < len(words) else ""
    behind = line[at + 2] if at + 2 < len(words) else ""
    if before in (classes["currency"], classes["numbered"], classes["count"]) or (before == classes["dot"] and at > 1 and line[at - 2] == classes["numbered"]):
        return False
    if after in (classes["counted"], classes["units"], classes["num"]) or (
        after == classes["count"] and words[at - 1 : at] and words[at - 1].lower() not in lexicon.groups["year_leads"]
    ):
        return False
    if after == classes["dash"] and behind in (classes["unit"], classes["units"], classes["counted"]):
        return False
    lead = words[at - 1].lower() if at else ""
    if int(words[at]) >= 1800:
        return lead not in lexicon.groups["count_leads"]
    ranged = (after == classes["dash"] and behind == classes["year"]) or (before == classes["dash"] and at > 1 and line[at - 2] == classes["year"])
    dated = before in (classes["month"], classes["comma"], classes["day"], classes["season"]) or after in (classes["bc"], classes["ad"])
    return lead in lexicon.groups["year_leads"] or lead == "(" or ranged or dated
