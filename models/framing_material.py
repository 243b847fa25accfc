"""Words of our own text as the framing head reads them, with answers, and sentences made from them by swapping words.

Three kinds of words: of the sentences written for the head (every loaded word marked), of the same sentences with
marked words swapped for terms of the tables (loaded) and for plain words (not), and of our sentences for other
heads, where what is no term of the tables counts as not loaded.
"""

from __future__ import annotations

import dataclasses
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from models.marked import Row
from onrecord.encoder import Encoder, spans_of, touched
from onrecord.framing.head import CATEGORIES, candidates
from onrecord.framing.lexicon import Lexicon
from onrecord.framing.terms import found_terms
from onrecord.parse import Parser
from onrecord.records import Article

KINDS = {"JJ": "adj", "RB": "adv", "NN": "noun", "NNS": "noun", "VB": "verb", "VBP": "verb", "VBZ": "verb", "VBD": "verb", "VBN": "verb", "VBG": "verb"}
SURE = 0.55
"""Terms of the tables that are less sure are swapped in nowhere."""
VOWEL = "aeiou"


@dataclasses.dataclass(frozen=True, slots=True)
class Examples:
    """Words that can be loaded.

    Attributes:
        vectors: the encoder's states.
        features: what the encoder reads beside the pieces.
        answers: 0 for not loaded, else 1 and the number of the category.
        known: whether a term of the tables holds the word.
        templates: the template of each word's sentence.
        texts: each word, lower case.
        tags: each word's tag.
    """

    vectors: NDArray[np.float32]
    features: NDArray[np.int32]
    answers: NDArray[np.int64]
    known: NDArray[np.bool_]
    templates: list[str]
    texts: list[str]
    tags: list[str]


def examples(rows: Sequence[Row], parser: Parser, encoder: Encoder, lexicon: Lexicon) -> Examples:
    """Labelled rows made ready: ``{text, template, terms}``, with ``templates: [[start, template]]`` where a text has several sentences."""
    vectors, features, answers, known, templates, texts, tags = [], [], [], [], [], [], []
    articles = (Article.make(r["text"], id=str(n)) for n, r in enumerate(rows))
    for row, parsed in zip(rows, parser.pipe(articles), strict=True):
        words = encoder.words(parsed)
        states = encoder.read(words)
        spans = spans_of(parsed, words)
        marked = {n: 1 + CATEGORIES.index(term["category"]) for term in row.get("terms", ()) for n in touched(spans, [term["span"]])}
        held = {token.i for span, _ in found_terms(parsed.doc, lexicon) for token in span}
        for n in candidates(parsed.doc, states).tolist():
            token = parsed.doc[int(words.tokens[n])]
            if not token.is_alpha:
                continue
            vectors.append(states.vectors[n])
            features.append(words.features[n])
            answers.append(marked.get(n, 0))
            known.append(token.i in held)
            templates.append(next((t for start, t in reversed(row.get("templates", ())) if start <= token.idx), row["template"]))
            texts.append(token.lower_)
            tags.append(token.tag_)
    return Examples(np.array(vectors), np.array(features), np.array(answers, np.int64), np.array(known), templates, texts, tags)


def joined(rows: Sequence[Row], rng: random.Random, *, together: int) -> list[Row]:
    """The same sentences in shuffled company, as an article has them."""
    order = rng.sample(list(rows), len(rows))
    out: list[Row] = []
    for first in range(0, len(order), together):
        text, terms, templates = "", [], []
        for row in order[first : first + together]:
            text += rng.choice((" ", " ", "\n\n")) if text else ""
            terms += [{**t, "span": [t["span"][0] + len(text), t["span"][1] + len(text)]} for t in row["terms"]]
            templates.append((len(text), row["template"]))
            text += row["text"]
        out.append({"text": text, "terms": terms, "templates": templates, "template": ""})
    return out


def fillers(lexicon: Lexicon, plain: Examples, marked: Iterable[str]) -> tuple[dict[str, list[tuple[str, str]]], dict[str, list[str]]]:
    """What may stand in a word's place: by part of speech the tables' sure terms of one word with their category, by tag plain words."""
    loaded: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for group in lexicon.terms.values():
        for words, term in group:
            free = not (term.only_with or term.unless_next or term.needs in ("label", "clause"))
            sure = (term.confidence if term.confidence is not None else lexicon.rules[term.category].confidence) >= SURE
            if len(words) == 1 and term.pos and free and sure and term.category in CATEGORIES and term.term.islower() and term.term.isalpha():
                loaded[term.pos].append((term.term, term.category))
    ours = set(marked)
    neutral: dict[str, set[str]] = defaultdict(set)
    for text, tag, known in zip(plain.texts, plain.tags, plain.known, strict=True):
        if tag in KINDS and not known and text not in ours:
            neutral[tag].add(text)
    return {k: sorted(v) for k, v in loaded.items()}, {k: sorted(v) for k, v in neutral.items()}


def swapped(
    row: Row,
    tags: dict[int, str],
    loaded: dict[str, list[tuple[str, str]]],
    neutral: dict[str, list[str]],
    rng: random.Random,
    *,
    shares: tuple[float, float, float],
) -> Row:
    """A sentence with other words in the place of some of its own.

    Args:
        row: the sentence.
        tags: the tag of the word that starts at an offset.
        loaded: by part of speech, terms with their category.
        neutral: by tag, plain words.
        rng: chance.
        shares: of the marked words that become a term and a plain word, and of the unmarked that become a term.
    """
    marks = {t["span"][0]: t for t in row["terms"]}
    inside = {i for t in row["terms"] for i in range(*t["span"])}
    text, terms, at = "", [], 0
    for word in re.finditer(r"[^\W\d_]+", row["text"]):
        start, end = word.span()
        mark, tag = marks.get(start), tags.get(start, "")
        whole = mark is not None and mark["span"][1] == end
        chance = rng.random()
        put: str | None = None
        category: str | None = mark["category"] if mark is not None else None
        if KINDS.get(tag) in loaded and (whole or start not in inside) and "-" not in row["text"][max(0, start - 1) : start] + row["text"][end : end + 1]:
            if chance < (shares[0] if whole else shares[2]):
                put, category = rng.choice(loaded[KINDS[tag]])
                put = inflected(put, tag)
            elif whole and chance < shares[0] + shares[1] and neutral.get(tag):
                put, category = rng.choice(neutral[tag]), None
        text += row["text"][at:start]
        if put is not None:
            text = re.sub(r"\b([Aa])n? $", rf"\1{'n' if put[0] in VOWEL else ''} ", text)
            put = put.capitalize() if word[0].istitle() else put
        stop = end if put is not None or mark is None else mark["span"][1]
        if category is not None and (put is not None or mark is not None):
            terms.append({"category": category, "span": [len(text), len(text) + (len(put) if put is not None else stop - start)]})
        text += put if put is not None else row["text"][start:end]
        at = end
    return {**row, "text": text + row["text"][at:], "terms": terms}


def inflected(word: str, tag: str) -> str:
    """A word in the form that a tag asks for; irregular verbs come out wrong, which the encoder bears.

    >>> [inflected("bully", t) for t in ("NNS", "VBD", "VBG", "VB")]
    ['bullies', 'bullied', 'bullying', 'bully']
    """
    soft = word.endswith("y") and len(word) > 1 and word[-2] not in VOWEL
    if tag in ("NNS", "VBZ"):
        return (
            word if tag == "NNS" and word.endswith("s") else word[:-1] + "ies" if soft else word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")
        )
    twice = len(word) <= 4 and len(word) > 2 and word[-1] not in VOWEL + "wxy" and word[-2] in VOWEL and word[-3] not in VOWEL
    if tag in ("VBD", "VBN"):
        return word[:-1] + "ied" if soft else word + "d" if word.endswith("e") else word + (word[-1] if twice else "") + "ed"
    if tag == "VBG":
        return word[:-1] + "ing" if word.endswith("e") and not word.endswith("ee") else word + (word[-1] if twice else "") + "ing"
    return word
