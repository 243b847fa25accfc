"""Parts of speech and morphology by table.

spaCy's attribute ruler tries some two hundred patterns on every word; all but a few look at one word's tag, form and label, so
that the same three always give the same answer. It is worked out once and kept. The few patterns of two words are left to spaCy's
matcher. What comes out is what the ruler gives, word for word. Lemmas by table, if there are any, go before the lemmatizer's, which
leaves alone what has one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, POS, TAG  # type: ignore[import-not-found]
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from onrecord.parse.lemmas import VERB_TAGS

READ = ("TAG", "LOWER", "DEP", "IS_SPACE")
ALWAYS, SELDOM = (POS, MORPH), {LEMMA: "lemma", TAG: "tag", DEP: "dep"}
"""What a rule sets: for whole texts at once, or for one word at a time by that attribute."""
FIRST = -1
"""The number of what every rule prevails over."""
KEPT = 50_000
"""Words whose answer is kept."""
Key = tuple[int, ...]
"""A word's values of :data:`READ`."""
Numbered = tuple[int, Mapping[int, int]]
"""A rule's number, by which later ones prevail, and what it sets."""
Tests = list[tuple[int, Callable[[int], bool]]]
"""Columns of :data:`READ`, each with what its value must be."""
Single = tuple[Tests, Numbered]
Answer = tuple[int, int, tuple[tuple[str, int], ...]]
"""Part of speech, morphology, and what is seldom set."""


class WordClasses:
    """What an attribute ruler does, quicker; called as it is.

    Args:
        ruler: the ruler.
        lemmas: verbs' forms in small letters, each with its lemma.

    Raises:
        ValueError: it has rules that can't be followed by table.
    """

    def __init__(self, ruler: AttributeRuler, lemmas: Mapping[str, str] = MappingProxyType({})) -> None:
        self._strings = ruler.vocab.strings
        self._lemmas = {self._strings.add(form): self._strings.add(lemma) for form, lemma in lemmas.items()}
        self._verbs = frozenset(self._strings.add(tag) for tag in VERB_TAGS)
        self._known: dict[Key, Answer] = {}
        self._single: list[Single] = []
        self._tagged: dict[int, list[Single]] = {}
        self._double: dict[int, tuple[int, Numbered]] = {}
        self._matcher = Matcher(ruler.vocab)
        for number, (rule, sets, index) in enumerate(zip(ruler.patterns, ruler.attrs, ruler.indices, strict=True)):
            if not sets.keys() <= {*ALWAYS, *SELDOM}:
                raise ValueError(f"rule {number} sets what no table has: {rule['attrs']}")
            patterns: list[list[dict[str, Any]]] = rule["patterns"]  # type: ignore[assignment]
            self._single += [(self._tests(pattern[0]), (number, sets)) for pattern in patterns if len(pattern) == 1]
            if longer := [pattern for pattern in patterns if len(pattern) > 1]:
                key = self._strings.add(f"word classes {number}")
                self._matcher.add(key, longer)
                self._double[key] = index, (number, sets)

    def __call__(self, doc: Doc) -> Doc:
        """Set part of speech and morphology of every word, and of some the lemma, in place; gives the same document."""
        keys: list[Key] = list(zip(*doc.to_array(list(READ)).reshape(-1, len(READ)).T.tolist(), strict=True))
        if len(self._known) > KEPT:
            self._known.clear()
        for key in set(keys).difference(self._known):
            self._known[key] = _merged(self._rules(key))
        rows = [self._known[key] for key in keys]
        beside: dict[int, list[Numbered]] = {}
        for match, start, end in self._matcher(doc, allow_missing=True):
            index, found = self._double[match]
            beside.setdefault((start if index >= 0 else end) + index, []).append(found)
        for at, rules in beside.items():
            rows[at] = _merged([*self._rules(keys[at]), *rules])
        doc.from_array(list(ALWAYS), np.array([row[:2] for row in rows], np.uint64).reshape(-1, 2))  # type: ignore[arg-type]
        for at, (_, _, more) in enumerate(rows):
            for name, value in more:
                setattr(doc[at], name, value)
        return doc

    def _tests(self, pattern: Mapping[str, Any]) -> Tests:
        """The columns of :data:`READ` that a pattern of one word looks at, each with what its value must be."""
        if not pattern.keys() <= set(READ):
            raise ValueError(f"a rule looks at what no table has: {pattern}")
        return [(READ.index(name), self._test(value)) for name, value in pattern.items()]

    def _test(self, wanted: Any) -> Callable[[int], bool]:
        kind: str
        values: Any
        kind, values = next(iter(wanted.items())) if isinstance(wanted, dict) else ("IN", [wanted])
        if kind == "REGEX":
            return lambda value: re.search(values, self._strings[value]) is not None
        if kind not in ("IN", "NOT_IN"):
            raise ValueError(f"a rule compares as no table does: {wanted}")
        numbers = {int(value) if isinstance(value, bool) else int(self._strings.add(value)) for value in values}
        return (lambda value: value in numbers) if kind == "IN" else (lambda value: value not in numbers)

    def _rules(self, key: Key) -> list[Numbered]:
        """The rules of one word that a word meets."""
        tag = key[0]
        if tag not in self._tagged:
            self._tagged[tag] = [one for one in self._single if all(column or test(tag) for column, test in one[0])]
        rules = [rule for tests, rule in self._tagged[tag] if all(test(key[column]) for column, test in tests)]
        lemma = self._lemmas.get(key[1]) if tag in self._verbs else None
        return rules if lemma is None else [(FIRST, {LEMMA: lemma}), *rules]


def _merged(rules: Sequence[Numbered]) -> Answer:
    """What rules set together; 0 for a part of speech or a morphology that none sets."""
    sets: dict[int, int] = {}
    for _, more in sorted(rules, key=lambda rule: rule[0]):
        sets.update(more)
    return sets.get(POS, 0), sets.get(MORPH, 0), tuple((SELDOM[name], value) for name, value in sets.items() if name in SELDOM)
