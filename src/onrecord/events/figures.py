"""How many: killed, injured, missing, displaced, detained, taking part, and sums of money."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec
from spacy.tokens import Token

from onrecord.events.setting import clause_of
from onrecord.events.triggers import Trigger, doers_with_agent
from onrecord.lexicons import table
from onrecord.parse import Parsed
from onrecord.parse.syntax import members, pobj, undergoer
from onrecord.records import Magnitude

AT_LEAST = re.compile(r"\b(?:at least|more than|over|some more than|no fewer than|upwards of|not less than|as many as)\s*$", re.IGNORECASE)
AT_MOST = re.compile(r"\b(?:up to|at most|fewer than|less than|under|no more than|nearly|almost)\s*$", re.IGNORECASE)
MONEY = re.compile(
    r"(?P<sign>US\$|A\$|C\$|[$€£¥])\s?(?P<low>\d[\d,.]*\d|\d)\s?(?P<scale>million|billion|trillion|thousand|bn|m|k)?\b"
    r"|(?P<low2>\d[\d,.]*\d|\d)\s(?:(?P<scale2>million|billion|trillion|thousand|crore|lakh)\s)?"
    r"(?P<unit>(?:US )?dollars|euros|pounds|yen|yuan|rupees|rubles|roubles|francs|pesos|shekels|riyals|won)\b",
    re.IGNORECASE,
)
PAYING = frozenset({"AID", "AGREE", "COOPERATE", "SANCTION", "SUPPORT", "REJECT", "REQUEST"})


class _Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: Literal["undergone", "done", "noun", "outcome", "put_away", "counted", "mass", "unit"]
    words: tuple[str, ...]
    what: str = ""


class _Number(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: Literal["number", "scale", "rough"]
    word: str
    value: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FigureWords:
    """The words that figures are told with.

    ``undergone`` says what a verb does to its object, ``done`` what its subject does, ``noun`` and ``outcome`` what a noun and an adjective count;
    ``put_away`` are verbs of which the place somebody is put makes a detention, ``counted`` pronouns that are a number, ``mass`` nouns that are
    many in the singular; ``numbers``, ``scales`` and ``rough`` are what number words are worth, ``units`` the currency of a sign or word.
    """

    undergone: Mapping[str, str]
    done: Mapping[str, str]
    nouns: Mapping[str, str]
    outcome: Mapping[str, str]
    put_away: frozenset[str]
    counted: frozenset[str]
    mass: frozenset[str]
    units: Mapping[str, str]
    numbers: Mapping[str, int]
    scales: Mapping[str, int]
    rough: Mapping[str, int]

    @classmethod
    def load(cls, language: str = "en") -> FigureWords:
        """The packaged words of a language."""
        words: dict[str, dict[str, str]] = defaultdict(dict)
        for row in table("events/figures", _Figure, language=language):
            words[row.kind] |= dict.fromkeys(row.words, row.what)
        values: dict[str, dict[str, int]] = defaultdict(dict)
        for number in table("events/numbers", _Number, language=language):
            values[number.kind][number.word] = number.value
        return cls(
            undergone=words["undergone"],
            done=words["done"],
            nouns=words["noun"],
            outcome=words["outcome"],
            put_away=frozenset(words["put_away"]),
            counted=frozenset(words["counted"]),
            mass=frozenset(words["mass"]),
            units=words["unit"],
            numbers=values["number"],
            scales=values["scale"],
            rough=values["rough"],
        )


WORDS = FigureWords.load()
"""Read once: they are the same for every article."""


def magnitudes(trigger: Trigger, event_type: str, parsed: Parsed, claimed_by: str | None) -> tuple[Magnitude, ...]:
    """The figures of an event.

    Args:
        trigger: its trigger.
        event_type: its type.
        parsed: the article.
        claimed_by: whose figure it is, as an attribution's id.
    """
    found: dict[tuple[str, int], Magnitude] = {}
    for what, noun in _counted(trigger):
        figure = _figure(noun, what, parsed, claimed_by)
        if figure is not None:
            found.setdefault((what, figure.span.start), figure)
    if event_type in PAYING:
        sent = trigger.word.sent
        clause = clause_of(trigger.word) if MONEY.search(parsed.flat, sent.start_char, sent.end_char) else set()
        for match in MONEY.finditer(parsed.flat, sent.start_char, sent.end_char):
            span = parsed.doc.char_span(match.start(), match.end(), alignment_mode="expand")
            if span is None or span.root.i not in clause:
                continue
            figure = _sum(match, parsed, claimed_by)
            if figure is not None:
                found.setdefault(("amount", figure.span.start), figure)
    return tuple(found.values())


def _counted(trigger: Trigger) -> Iterator[tuple[str, Token]]:
    word = trigger.word
    lemma = word.lemma_.lower()
    if trigger.entry.kind == "noun":
        what = WORDS.nouns.get(lemma)
        if what:
            for child in word.rights:
                if child.dep_ == "prep" and child.lower_ in ("of", "to", "at") and (inner := pobj(child)) is not None:
                    yield from ((what, t) for t in members(inner))
            if word.head.lemma_ in ("rise", "reach", "climb", "take", "stand", "bring"):
                for child in word.head.rights:
                    if child.dep_ == "prep" and child.lower_ in ("to", "at") and (inner := pobj(child)) is not None:
                        yield what, inner
                    elif child.dep_ == "dobj" and child != word:
                        yield what, child
        return
    if lemma in WORDS.undergone or (lemma in WORDS.put_away and trigger.entry.rule.mode == "arrest"):
        if WORDS.undergone.get(lemma, "detained") == "detained" and trigger.entry.rule.type != "COERCE":  # a vote is held, too
            return
        done_to = undergoer(word) or _number_before(word)
        if done_to is not None:
            if lemma == "claim" and done_to.lemma_ not in ("life", "victim"):
                return
            yield from ((WORDS.undergone.get(lemma, "detained"), t) for t in members(done_to))
    elif lemma in WORDS.done:
        yield from ((WORDS.done[lemma], t) for t in doers_with_agent(word))
    elif lemma == "leave":
        for child in word.rights:
            what = WORDS.outcome.get(child.lower_)
            if what is not None:
                subject = next((c for c in child.lefts if c.dep_ in ("nsubj", "nummod", "npadvmod")), None) or undergoer(word)
                if subject is not None:
                    yield what, subject


def _number_before(verb: Token) -> Token | None:
    """The bare number that a verb without an object is said of: "five were killed and *two* wounded"."""
    if verb.dep_ != "conj" or any(c.dep_ == "dobj" for c in verb.rights):
        return None
    return next((c for c in verb.lefts if c.dep_ == "nsubj" and c.pos_ == "NUM"), None)


def _figure(noun: Token, what: str, parsed: Parsed, claimed_by: str | None) -> Magnitude | None:
    if noun.pos_ == "PRON" and noun.lower_ not in WORDS.counted:
        return None
    number = noun if noun.pos_ == "NUM" or noun.lower_ in WORDS.rough else next((c for c in noun.lefts if c.dep_ == "nummod" or c.lower_ in WORDS.rough), None)
    start = noun.left_edge if noun.left_edge.i < noun.i else noun
    begin, end = start.idx, noun.idx + len(noun)
    low: float | None
    high: float | None
    if number is not None:
        low, high = _value(number)
        if low is None:
            return None
        before = parsed.flat[max(0, number.left_edge.idx - 20) : number.left_edge.idx] + parsed.flat[number.left_edge.idx : number.idx]
        if AT_LEAST.search(before):
            high = None
        elif AT_MOST.search(before):
            low, high = (low, high) if re.search(r"(?:nearly|almost)\s*$", before) else (None, low)
    elif noun.tag_ in ("NN", "NNP") and any(c.lower_ in ("a", "an", "another") for c in noun.lefts):
        low = high = 1
    elif noun.tag_ == "NNP" or (noun.tag_ == "NN" and any(c.dep_ in ("det", "poss") for c in noun.lefts)):
        low = high = 1
        if what == "participants":
            return None
    elif noun.tag_ == "NN" and not any(noun.lefts) and what in ("killed", "injured", "detained") and noun.lower_ not in WORDS.mass:
        low = high = 1  # a name in text without capitals
    elif noun.tag_ in ("NNS", "NNPS") or noun.lower_ in WORDS.counted:
        low = high = None
    else:
        return None
    if end <= begin:
        return None
    return Magnitude(what=what, low=low, high=high, span=parsed.article.span(begin, end), claimed_by=claimed_by)


def _value(number: Token) -> tuple[float | None, float | None]:
    """The least and the most a number says: "three to five" is 3 and 5, "dozens" at least 24."""
    if number.lower_ in WORDS.rough:
        base: float = WORDS.rough[number.lower_]
        if number.lower_ in ("tens", "hundreds"):
            inner = next((pobj(c) for c in number.rights if c.dep_ == "prep" and c.lower_ == "of"), None)
            if inner is not None and inner.lower_ in ("thousands",):
                base *= 1000
        return base, None
    parts = [*(c for c in number.lefts if c.dep_ in ("compound", "quantmod", "nummod") and (c.like_num or c.lower_ in WORDS.numbers)), number]
    joined = " ".join(t.lower_ for t in parts)
    span = re.search(r"(\S+)\s*(?:to|-|–)\s*(\S+)", parts[0].doc[parts[0].left_edge.i : number.i + 1].text.lower())
    if span and (low := parse_number(span.group(1))) is not None and (high := parse_number(span.group(2))) is not None and low < high:
        return low, high
    value = parse_number(joined)
    return value, value


def parse_number(text: str) -> float | None:
    """A number in words or figures: "twenty-three", "1,200", "3 million"; None if it is none.

    >>> parse_number("two hundred")
    200
    """
    total: float = 0
    current: float | None = None
    for part in re.split(r"[\s-]+", text.strip().lower()):
        if part in WORDS.numbers:
            current = (current or 0) + WORDS.numbers[part]
        elif part in WORDS.scales:
            scaled = (current if current is not None else 1) * WORDS.scales[part]
            if WORDS.scales[part] == 100:
                current = scaled
            else:
                total, current = total + scaled, None
        elif re.fullmatch(r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?", part):
            current = (current or 0) + float(part.replace(",", ""))
        elif part not in ("and", "a", ""):
            return None
    if current is None and not total:
        return None
    value = total + (current or 0)
    return int(value) if value == int(value) else value


def _sum(match: re.Match[str], parsed: Parsed, claimed_by: str | None) -> Magnitude | None:
    digits = (match["low"] or match["low2"]).rstrip(".,")
    scale = (match["scale"] or match["scale2"] or "").lower()
    value = parse_number(digits)
    if value is None:
        return None
    unit = WORDS.units.get((match["sign"] or match["unit"] or "").lower())
    amount = value * WORDS.scales.get(scale, 1)
    return Magnitude(what="amount", low=amount, high=amount, unit=unit, span=parsed.article.span(match.start(), match.end()), claimed_by=claimed_by)
