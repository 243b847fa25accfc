"""Two mentions side by side: what they share, as a row of figures for each pair of a topic.

A share is the part of the lesser bag's weight that the other bag has too; words weigh by how few documents have them.
A bag that is empty on either side tells nothing, which is said in a column of its own.
"""

from __future__ import annotations

import dataclasses
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from onrecord.cluster.mentions import CALENDAR, SAYING, MentionText
from onrecord.cluster.similarity import average_link, pairs, vectors

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]

TOPICS = (0.12, 0.2, 0.26)
"""Average-link thresholds on nouns and names: only mentions within one of the widest topics are compared."""
LEAST = 0.08
"""Documents less alike than this have nothing to compare."""
LEAD = 4
"""Sentences that make the lead of a document; the first may be an address."""
WEIGHED = ("content", "near", "names", "doers", "undergoers", "others", "participants", "subject", "complement", "both")
COUNTED = ("lemmas", "particles", "figures", "counted", "when", "governor")
BAGS = WEIGHED + COUNTED
LIKENESS = ("all", "nominal", "names", "figures", "lead", "verbs")
FAR = 6


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """What is known of all the documents.

    Attributes:
        likeness: TF-IDF cosines by name (:data:`LIKENESS`), each (documents, documents).
        topics: the topic of each document at each of :data:`TOPICS`.
        weight: how much a lemma tells.
        years: the years each names.
        days: the days and months each names.
    """

    likeness: dict[str, Floats]
    topics: tuple[Ints, ...]
    weight: Callable[[str], float]
    years: list[frozenset[str]]
    days: list[frozenset[str]]


def documents_of(docs: Sequence[Doc]) -> Documents:
    """What is to be known of parsed documents to compare their mentions."""
    likeness = {
        "all": _alike(_lemmas(d) for d in docs),
        "nominal": _alike(_lemmas(d, {"NOUN", "PROPN"}) for d in docs),
        "names": _alike(([t.lemma_.lower() for t in d if t.pos_ == "PROPN" and t.is_alpha]) for d in docs),
        "figures": _alike([t.lower_ for t in d if any(c.isdigit() for c in t.text)] for d in docs),
        "lead": _alike(_lead(d) for d in docs),
        "verbs": _alike([t.lemma_.lower() for t in d if t.pos_ == "VERB"] for d in docs),
    }
    nominal = likeness["nominal"]
    close = {(i, j): float(nominal[i, j]) for i, j in np.argwhere(np.triu(nominal, 1) > 0.02).tolist()}
    spread: Counter[str] = Counter(lemma for d in docs for lemma in {t.lemma_.lower() for t in d})
    return Documents(
        likeness=likeness,
        topics=tuple(np.array(average_link(len(docs), close, least=least), np.intp) for least in TOPICS),
        weight=lambda lemma: math.log((1 + len(docs)) / (1 + spread[lemma])) + 0.1,
        years=[frozenset(t.text for t in d if len(t.text) == 4 and t.text.isdigit() and t.text[:2] in {"19", "20"}) for d in docs],
        days=[frozenset(t.lower_ for t in d if t.lower_ in CALENDAR) for d in docs],
    )


def _lemmas(doc: Doc, parts: Iterable[str] | None = None) -> list[str]:
    return [t.lemma_.lower() for t in doc if t.is_alpha and not t.is_stop and (parts is None or t.pos_ in parts)]


def _lead(doc: Doc) -> list[str]:
    return [t.lemma_.lower() for n, s in enumerate(doc.sents) if n < LEAD for t in s if t.is_alpha and not t.is_stop]


def _alike(bags: Iterable[Iterable[str]]) -> Floats:
    items = vectors(bags)
    out = np.eye(len(items), dtype=np.float32)
    for (i, j), score in pairs(items, least=0.0).items():
        out[i, j] = out[j, i] = score
    return out


def candidates(known: Documents, mentions: Sequence[MentionText]) -> list[tuple[Ints, Ints]]:
    """The pairs of mentions worth comparing, as two arrays of numbers for each topic."""
    by_topic: dict[int, list[int]] = defaultdict(list)
    for n, mention in enumerate(mentions):
        by_topic[int(known.topics[0][mention.document])].append(n)
    out = []
    for some in by_topic.values():
        numbers = np.array(some, np.intp)
        one, two = np.triu_indices(len(numbers), 1)
        where = np.array([mentions[n].document for n in some], np.intp)
        close = known.likeness["all"][where[one], where[two]] >= LEAST
        out.append((numbers[one[close]], numbers[two[close]]))
    return [(one, two) for one, two in out if len(one)]


def features(known: Documents, mentions: Sequence[MentionText], one: Ints, two: Ints) -> dict[str, Floats]:
    """The columns of a table with a row for each pair, by name.

    Args:
        known: what is known of the documents.
        mentions: all mentions: how often a lemma is one counts.
        one: the number of each pair's first mention.
        two: the number of its second.
    """
    some = np.unique(np.concatenate([one, two]))
    at = np.zeros(len(mentions), np.intp)
    at[some] = np.arange(len(some))
    here = [mentions[n] for n in some]
    i, j = at[one], at[two]
    out = _wording(mentions, here, known, i, j) | _states(mentions, here, i, j) | _documents(known, here, i, j)
    for name in BAGS:
        out[f"{name}.share"], out[f"{name}.empty"] = _share([m.bags[name] for m in here], i, j, known.weight if name in WEIGHED else None)
    out["content.cosine"] = _bag_cosine([m.bags["content"] for m in here], i, j, known.weight)
    out["both.cosine"] = _bag_cosine([m.bags["both"] for m in here], i, j, known.weight)
    there, back = _told(here, i, j, known.weight), _told(here, j, i, known.weight)
    out["told.most"], out["told.least"] = np.maximum(there, back), np.minimum(there, back)
    out["saying.speaker"] = np.where(out["saying"] == 2, out["subject.share"], -1).astype(np.float32)
    return out


def _wording(mentions: Sequence[MentionText], here: Sequence[MentionText], known: Documents, i: Ints, j: Ints) -> dict[str, Floats]:
    lemmas = [m.lemma for m in here]
    kinds = sorted(set(lemmas))
    number = {lemma: n for n, lemma in enumerate(kinds)}
    which = np.array([number[lemma] for lemma in lemmas], np.intp)
    begun = np.array([[_begun(a, b) for b in kinds] for a in kinds], np.float32)
    often = Counter(m.lemma for m in mentions)
    spread: dict[str, set[int]] = defaultdict(set)
    for m in mentions:
        spread[m.lemma].add(int(known.topics[1][m.document]))
    parts = np.array([m.noun for m in here])
    saying = np.array([m.lemma in SAYING for m in here], np.float32)
    particles = [m.bags["particles"] for m in here]
    out = {
        "lemma": (which[i] == which[j]).astype(np.float32),
        "lemma.begun": begun[which[i], which[j]],
        "saying": saying[i] + saying[j],
        "particles.differ": np.array([len(particles[a] ^ particles[b]) for a, b in zip(i, j, strict=True)], np.float32),
    }
    for name, value in (
        ("often", [math.log(1 + often[x]) for x in lemmas]),
        ("telling", [known.weight(x) for x in lemmas]),
        ("spread", [len(spread[x]) for x in lemmas]),
    ):
        column = np.array(value, np.float32)
        out[f"{name}.least"], out[f"{name}.most"] = np.minimum(column[i], column[j]), np.maximum(column[i], column[j])
    low, high = np.minimum(parts[i], parts[j]), np.maximum(parts[i], parts[j])
    for a in range(3):
        for b in range(a, 3):
            out[f"parts.{a}{b}"] = ((low == a) & (high == b)).astype(np.float32)
    return out


def _states(mentions: Sequence[MentionText], here: Sequence[MentionText], i: Ints, j: Ints) -> dict[str, Floats]:
    """Cosines of states: of heads, mentions, sentences, and of the mean head of each lemma, which tells synonyms best."""
    by_lemma: dict[str, list[Floats]] = defaultdict(list)
    for m in mentions:
        by_lemma[m.lemma].append(m.state)
    kinds = {lemma: np.mean(found, axis=0) for lemma, found in by_lemma.items()}
    middle = np.mean(list(kinds.values()), axis=0)
    heads = np.array([m.state for m in here])
    local: dict[str, list[Floats]] = defaultdict(list)
    for m in here:
        local[m.lemma].append(m.state)
    nearby = np.array([np.mean(local[m.lemma], axis=0) for m in here])
    return {
        "state.head": _cosine(heads, i, j),
        "state.words": _cosine(np.array([m.words for m in here]), i, j),
        "state.around": _cosine(np.array([m.around for m in here]), i, j),
        "state.centred": _cosine(heads - np.mean([m.state for m in mentions], axis=0), i, j),
        "state.topic": _cosine(heads - heads.mean(axis=0), i, j),
        "state.kind": _cosine(np.array([kinds[m.lemma] - middle for m in here]), i, j),
        "state.local": _cosine(nearby - nearby.mean(axis=0), i, j),
    }


def _documents(known: Documents, here: Sequence[MentionText], i: Ints, j: Ints) -> dict[str, Floats]:
    where, line = np.array([m.document for m in here], np.intp), np.array([m.sentence for m in here])
    a, b = where[i], where[j]
    same = a == b
    out = {f"documents.{name}": known.likeness[name][a, b] for name in LIKENESS}
    out |= {f"documents.topic{n}": (topic[a] == topic[b]).astype(np.float32) for n, topic in enumerate(known.topics) if n}
    out["documents.same"] = same.astype(np.float32)
    out["documents.apart"] = np.where(same, np.minimum(FAR - 1, np.abs(line[i] - line[j])), FAR).astype(np.float32)
    out["documents.first"], out["documents.last"] = np.minimum(line[i], line[j]).clip(0, 10), np.maximum(line[i], line[j]).clip(0, 10)
    for name, bags in (("years", known.years), ("days", known.days)):
        out[f"{name}.share"], out[f"{name}.empty"] = _share([bags[m.document] for m in here], i, j, None)
    return {name: np.asarray(column, np.float32) for name, column in out.items()}


def _begun(one: str, two: str) -> float:
    same = 0
    for a, b in zip(one, two, strict=False):
        if a != b:
            break
        same += 1
    return same / max(len(one), len(two), 1)


def _matrix(bags: Sequence[Iterable[str]], weight: Callable[[str], float] | None) -> Floats:
    number: dict[str, int] = {}
    for bag in bags:
        for word in sorted(bag):
            number.setdefault(word, len(number))
    out = np.zeros((len(bags), max(1, len(number))), np.float32)
    for row, bag in enumerate(bags):
        for word in bag:
            out[row, number[word]] = weight(word) if weight else 1.0
    return out


def _share(bags: Sequence[Iterable[str]], i: Ints, j: Ints, weight: Callable[[str], float] | None) -> tuple[Floats, Floats]:
    matrix = _matrix(bags, weight)
    size = matrix.sum(axis=1)
    lesser = np.minimum(size[i], size[j])
    shared = (matrix @ (matrix > 0).astype(np.float32).T)[i, j]
    empty = lesser <= 0
    return np.where(empty, -1, shared / np.where(empty, 1, lesser)).astype(np.float32), empty.astype(np.float32)


def _told(here: Sequence[MentionText], i: Ints, j: Ints, weight: Callable[[str], float]) -> Floats:
    """How much of the participants of the first stands in the sentence of the second."""
    count = len(here)
    matrix = _matrix([m.bags["participants"] for m in here] + [m.bags["content"] for m in here], weight)
    who, size = matrix[:count], matrix[:count].sum(axis=1)
    found = (who @ (matrix[count:] > 0).astype(np.float32).T)[i, j]
    return np.where(size[i] > 0, found / np.where(size[i] > 0, size[i], 1), -1).astype(np.float32)


def _bag_cosine(bags: Sequence[Iterable[str]], i: Ints, j: Ints, weight: Callable[[str], float]) -> Floats:
    return _cosine(_matrix(bags, weight), i, j)


def _cosine(rows: Floats, i: Ints, j: Ints) -> Floats:
    size = np.linalg.norm(rows, axis=1, keepdims=True)
    unit = rows / np.where(size > 0, size, 1)
    return np.asarray((unit @ unit.T)[i, j], np.float32)
