"""Names in the text that some table knows: the longest at each place, read from runs of capitalised words."""

from __future__ import annotations

import dataclasses
import re

from onrecord.places.gazetteer import COMMON_WORD, Entry, fold
from onrecord.places.lexicon import FROM_GAZETTEER, Lexicon, Sense

MAX_WORDS = 6
INITIALS = re.compile(r"(?:[A-Z]\. ?)+[A-Z]?")
KEEPS_POINT = re.compile(r"(?:St|Ste|Mt|Ft|Pt)\.|.*\..*\.")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A capitalised word or a small word between two of them, with its folded form."""

    start: int
    end: int
    text: str
    folded: str
    small: bool
    joined: bool
    """Whether only a space or a hyphen stands between it and the word before."""
    flags: int = 0
    """What else the word is: :data:`COMMON_WORD`, :data:`GIVEN_NAME`, :data:`SURNAME`."""


@dataclasses.dataclass(slots=True, kw_only=True)
class Name:
    """A span of the text that some table knows, with what it can stand for. ``first`` and ``last`` are word numbers."""

    start: int
    end: int
    text: str
    folded: str
    first: int
    last: int
    senses: tuple[Sense, ...]


def words(text: str, lexicon: Lexicon) -> list[Word]:
    """The words of a text that can be in a name; a full stop belongs to a word only in an abbreviation."""
    out: list[tuple[int, int, str, str, bool, bool]] = []
    end = -1
    for match in lexicon.words_of_names.finditer(text):
        start, said = match.start(), match.group()
        stop = match.end()
        if said[-1] == "." and said not in lexicon.abbreviations and not KEEPS_POINT.fullmatch(said):
            said, stop = said[:-1], stop - 1
        gap = text[end:start] if end >= 0 else None
        joined = gap in ("", " ", "-", "–", "‑")
        small = said[0].islower() and said not in ("al", "el", "ash", "ad")
        out.append((start, stop, said, fold(said), small, joined))
        end = stop
    flags = lexicon.gazetteer.word_flags(list({w[3] for w in out}))
    return [Word(start=a, end=b, text=t, folded=f, small=s, joined=j, flags=flags[f]) for a, b, t, f, s, j in out]


def names(text: str, found: list[Word], lexicon: Lexicon) -> list[Name]:
    """The longest names the tables know, left to right, none overlapping another."""
    starts = [_starting(found, i) for i in range(len(found))]
    unknown = list({folded for spans in starts for _, folded in spans})
    entries = dict(zip(unknown, lexicon.gazetteer.lookup(unknown), strict=True))
    out: list[Name] = []
    after = 0
    for i, spans in enumerate(starts):
        if i < after:
            continue
        for at in range(len(spans) - 1, -1, -1):
            j, folded = spans[at]
            if not entries[folded] and folded not in lexicon.senses and j > i:
                continue
            senses = _senses(text, found, i, j, folded, lexicon, entries[folded])
            if not senses or (at > 0 and _swallows(found[j], senses, entries[spans[at - 1][1]])):
                continue
            start, end = found[i].start, found[j].end
            out.append(Name(start=start, end=end, text=text[start:end], folded=folded, first=i, last=j, senses=senses))
            after = j + 1
            break
    return out


def _starting(found: list[Word], i: int) -> list[tuple[int, str]]:
    """The spans of words that start at one word: the number of the last word and the folded name, the shortest first."""
    word = found[i]
    if word.small or not word.folded:
        return []
    spans = [(i, word.folded)]
    folded = word.folded
    for j in range(i + 1, min(i + MAX_WORDS, len(found))):
        follower = found[j]
        if not follower.joined:
            break
        folded = f"{folded} {follower.folded}"
        if not follower.small:
            spans.append((j, folded))
    return spans


def _swallows(last: Word, senses: tuple[Sense, ...], shorter: tuple[Entry, ...]) -> bool:
    """Whether "Michigan Center" would swallow "Michigan": a hamlet against something a hundred times its size, by a common noun."""
    if not last.flags & COMMON_WORD or not shorter:
        return False
    return all(s.rule in FROM_GAZETTEER and s.entry.kind != "admin2" for s in senses) and max(s.entry.population for s in senses) * 100 < shorter[0].population


def _senses(text: str, found: list[Word], i: int, j: int, folded: str, lexicon: Lexicon, entries: tuple[Entry, ...]) -> tuple[Sense, ...]:
    surface = text[found[i].start : found[j].end]
    letters = surface.replace(".", "").replace(" ", "")
    known = [s for s in lexicon.senses.get(folded, ()) if not s.exact or letters.isupper()]
    short = [s for s in lexicon.senses.get(surface, ()) if s.rule == "places.abbreviation"] if len(surface) < 8 else []
    if short:
        after_comma = text[max(0, found[i].start - 2) : found[i].start] == ", "
        known += [s for s in short if after_comma or not s.after_comma]
    if len(letters) <= 4 and letters.isupper() and i == j and known:
        return tuple(known)
    if short or INITIALS.fullmatch(surface):
        return tuple(known)
    if any(s.rule == "places.country" for s in known) or (surface.startswith("The ") and found[j].flags & COMMON_WORD):
        entries = tuple(e for e in entries if not e.alternate)  # Mexico is not its capital, the Bank no town
    more = [Sense(entry=e, use="place", rule="places.settlement" if e.kind == "city" else "places.division") for e in entries]
    return tuple(known + more)
