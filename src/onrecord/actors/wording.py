"""The parse as plain lists, so that every later step is list look-ups and not token objects."""

from __future__ import annotations

import bisect
import dataclasses
import itertools
import re
from collections import Counter
from string import ascii_uppercase

from spacy.symbols import DEP, HEAD, POS, TAG  # type: ignore[import-not-found]

from onrecord.actors.lexicon import Lexicon
from onrecord.actors.names import WORD
from onrecord.actors.shapes import Entry
from onrecord.actors.vocabulary import Vocabulary
from onrecord.parse import Parsed

CREDIT = re.compile(r"\((?:Additional |Further )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled)\b[^)]{0,200}\)")
PHOTO = re.compile(
    r"\((?=[^()]{0,120}\b(?:File|Photo|AP|AFP|EPA|Reuters|Getty|Associated Press|Xinhua|Yonhap)\b)"
    r"(?=[^()]{0,120}[/,])(?:[A-Z][\w.’'-]*(?![\w.’'-])|via|for|of|/|,|\s)+\)"
)
"""A picture's credit: names of photographers and agencies between brackets, and nothing else."""
SLASHED = re.compile(r"\b(?:REUTERS|Reuters|AFP|AP|EPA|Getty Images|Xinhua|Anadolu)\s?/\s?(?:[A-Z][\w’'-]+ ){0,2}[A-Z][\w’'-]+(?=\s|$)")
"""A picture's credit without brackets: REUTERS/Jane Doe."""
CAPTION = re.compile(
    r"\b(?:Image (?:copyright|source)\b,?[^.\n]{0,60}?(?=Image caption\b|\n)|(?:Image|Media) caption\b,?|Media playback is unsupported on your device"
    r"|Enlarge this image\b(?: toggle caption\b)?|\b(?:toggle|hide) caption\b)"
)
"""What a web page prints around a picture, not what it says of it."""
PROPER = frozenset(("NNP", "NNPS"))
CASED_SHARE = 70
"""In ordinary English one letter in twenty or thirty is a capital; a text with fewer than one in seventy has none to speak of."""
PRIORITY = {"nobody": -1, "country": 0, "entity": 0, "body": 1, "group": 2, "organisation": 3, "person": 4, "demonym": 5, "capital": 6, "seat": 7, "city": 8}


@dataclasses.dataclass(frozen=True, slots=True)
class Name:
    """A name of the lexicon on the tokens ``start:end``, with everybody it can stand for."""

    start: int
    end: int
    options: tuple[tuple[Entry, str], ...]
    entry: Entry
    form: str


@dataclasses.dataclass(slots=True)
class Words:
    """Tokens of an article (or of a phrase) as lists of equal length.

    ``head`` and ``sent`` are token and sentence numbers; ``name`` holds the lexicon name a token is part
    of; ``live`` is False for datelines, bylines and credits.
    """

    text: list[str]
    lower: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    idx: list[int]
    end: list[int]
    sent: list[int]
    live: list[bool]
    headline: list[bool]
    name: list[Name | None]
    folded: bool
    vocabulary: Vocabulary

    def __len__(self) -> int:
        return len(self.text)


def words_of(parsed: Parsed, lexicon: Lexicon) -> Words:
    """The words of a parsed article with the lexicon's names on them."""
    doc = parsed.doc
    text = [t.text for t in doc]
    strings = doc.vocab.strings
    array = doc.to_array([POS, TAG, DEP, HEAD])
    names: dict[int, str] = {}

    def string(value: int) -> str:
        known = names.get(value)
        if known is None:
            known = names[value] = strings[value]
        return known

    columns = array.T.tolist() if text else [[], [], [], []]
    idx = [t.idx for t in doc]
    size = len(text)
    head = [i + (h if h < 1 << 62 else h - (1 << 64)) for i, h in enumerate(columns[3])]
    sent = [0] * size
    for number, span in enumerate(doc.sents):
        sent[span.start : span.end] = [number] * (span.end - span.start)
    words = Words(
        text=text,
        lower=[w.lower() for w in text],
        pos=[string(v) for v in columns[0]],
        tag=[string(v) for v in columns[1]],
        dep=[string(v) for v in columns[2]],
        head=head,
        idx=idx,
        end=[i + len(w) for i, w in zip(idx, text, strict=True)],
        sent=sent,
        live=[False] * size,
        headline=[False] * size,
        name=[None] * size,
        folded=is_folded(parsed.text),
        vocabulary=lexicon.vocabulary,
    )
    at = 0
    for block in parsed.blocks:
        if block.kind in ("body", "headline"):
            at = bisect.bisect_left(idx, block.start, at)
            stop = bisect.bisect_left(idx, block.end, at)
            words.live[at:stop] = [True] * (stop - at)
            if block.kind == "headline":
                words.headline[at:stop] = [True] * (stop - at)
    flat = parsed.flat
    for credit in itertools.chain(CREDIT.finditer(flat), PHOTO.finditer(flat), CAPTION.finditer(flat), SLASHED.finditer(flat)):
        first, last = bisect.bisect_left(idx, credit.start()), bisect.bisect_left(idx, credit.end())
        words.live[first:last] = [False] * (last - first)
    _surnames(words)
    mark_names(words, flat, lexicon)
    _namesakes(words)
    return words


def _namesakes(words: Words) -> None:
    """Take a name that two countries have for the one of which the article names other places: the state of Georgia beside Iowa."""
    marked = {name.start: name for name in words.name if name is not None}.values()
    several = [name for name in marked if name.entry.kind == "country" and any(e.kind == "city" and e.country != name.entry.country for e, _ in name.options)]
    if not several:
        return
    alike = {name.entry.country for name in several}
    others = {(name.entry.country, name.entry.kind, words.text[name.start]) for name in marked if name.form != "surname" and name not in several}
    named = {country for country, _, _ in others}
    towns = Counter(country for country, kind, _ in others if kind == "city" and country not in alike)
    for name in several:
        if name.entry.country in named:
            continue
        entry, form = next((e, f) for e, f in name.options if e.kind == "city" and e.country != name.entry.country)
        if towns[entry.country]:
            words.name[name.start : name.end] = [dataclasses.replace(name, entry=entry, form=form)] * (name.end - name.start)


def _surnames(words: Words) -> None:
    """Tag a surname as a name where it stands alone, too: a parser that reads ``Ana Torres`` may take ``Torres`` for a plural noun."""
    last = {
        w
        for i, w in enumerate(words.text)
        if i and w[:1].isupper() and words.tag[i] in PROPER and words.tag[i - 1] == "NNP" and words.text[i - 1][:1].isupper()
    }
    for i, word in enumerate(words.text):
        if len(word) > 2 and word in last and words.tag[i] in ("NN", "NNS", "NNPS") and word.lower() not in words.text:
            words.tag[i], words.pos[i] = "NNP", "PROPN"


def is_folded(text: str) -> bool:
    """Whether the text is written all in lower case."""
    sample = text[:4000]
    upper = sum(map(sample.count, ascii_uppercase))
    return upper * CASED_SHARE < sum(map(str.islower, sample)) and len(sample) > 80


def mark_names(words: Words, text: str, lexicon: Lexicon) -> None:
    """Put the lexicon's names on the words they cover."""
    idx, size = words.idx, len(words)
    if not size:
        return
    runs = list(WORD.finditer(text))
    for start, end, options in lexicon.names.find(text, runs, folded=words.folded):
        first = bisect.bisect_right(idx, start) - 1
        if first < 0 or (words.idx[first] != start and text[start - 1] not in "-–/("):
            continue
        last = bisect.bisect_left(idx, end, first)
        if words.lower[first] == "the" and last - first > 1:
            first += 1
        entry, form = min(options, key=lambda x: (9 if x[1] == "surname" else PRIORITY.get(x[0].kind, 8), x[0].ambiguous))
        if last - first == 1 and first and entry.kind == "organisation" and f"{words.lower[first - 1]} {words.lower[first]}" in lexicon.roles:
            continue  # the Social Democrats are not the Democrats
        name = Name(first, last, options, entry, form)
        for i in range(first, last):
            words.name[i] = name
