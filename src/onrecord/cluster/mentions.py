"""What the text around a mention of an event says of it: who, what, when, as bags of lemmas, and the encoder's states.

Everything here is taken from the parse of one article; :mod:`onrecord.cluster.pairing` compares two of them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

Floats = NDArray[np.float32]

TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
LIGHT = frozenset({"make", "take", "have", "give", "carry", "conduct", "launch", "hold", "commit", "do", "stage"})
SAYING = frozenset(
    {"say", "tell", "report", "announce", "add", "accord", "confirm", "state", "claim", "declare", "statement", "reveal", "comment", "describe", "note"}
    | {"explain", "write", "ask", "call"}
)
CALENDAR = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july"}
    | {"august", "september", "october", "november", "december"}
)
ORDINAL = ("st", "nd", "rd", "th")
NEAR = 6
"""Words on either side of the head that are near it."""
DEEPEST = 40
"""Words of a phrase that are read."""
SUBJECTS, OBJECTS = frozenset({"nsubj"}), frozenset({"nsubjpass", "dobj", "dative", "attr", "oprd"})

Bags = dict[str, frozenset[str]]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MentionText:
    """A mention as its sentence has it.

    Attributes:
        document: the number of its document.
        sentence: the number of its sentence in the document.
        lemma: the lemma of its head.
        noun: 0 for a verb, 1 for a noun, 2 for anything else.
        bags: what stands around it, under the names of :data:`onrecord.cluster.pairing.BAGS`.
        state: the encoder's state of its head.
        words: the mean state of its words.
        around: the mean state of its sentence.
    """

    document: int
    sentence: int
    lemma: str
    noun: int
    bags: Bags
    state: Floats
    words: Floats
    around: Floats


def mention_texts(doc: Doc, vectors: Floats, mentions: Sequence[Sequence[int]], *, document: int) -> Iterator[MentionText]:
    """The mentions of one article, in order.

    Args:
        doc: its parse.
        vectors: a state for each token of the parse, zeros where there is none.
        mentions: the tokens of each mention.
        document: the article's number.
    """
    sentences = list(doc.sents)
    number = {t.i: n for n, s in enumerate(sentences) for t in s}
    for tokens in mentions:
        inside = set(tokens)
        head = next((doc[i] for i in tokens if doc[i].head.i not in inside or doc[i].head.i == i), doc[tokens[0]])
        sentence = sentences[number[head.i]]
        states = vectors[sentence.start : sentence.end]
        read = states[states.any(axis=1)]
        yield MentionText(
            document=document,
            sentence=number[head.i],
            lemma=head.lemma_.lower(),
            noun={"VERB": 0, "NOUN": 1}.get(head.pos_, 2),
            bags=_bags(head, [doc[i] for i in tokens], [t for t in sentence if t.i not in inside]),
            state=vectors[head.i],
            words=vectors[list(tokens)].mean(axis=0),
            around=read.mean(axis=0) if len(read) else np.zeros(vectors.shape[1], np.float32),
        )


def _bags(head: Token, tokens: Sequence[Token], rest: Sequence[Token]) -> Bags:
    content = [t for t in rest if _tells(t)]
    subjects = [c for c in head.children if c.dep_ in {"nsubj", "nsubjpass", "agent"}]
    others = [c for c in head.children if c.dep_ in {"ccomp", "dobj", "prep", "xcomp", "attr"}]
    subject = {t.lemma_.lower() for c in subjects for t in _beneath(c) if t.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}}
    complement = {t.lemma_.lower() for c in others for t in _beneath(c) if _tells(t)}
    who = participants(head)
    found = {
        "lemmas": {t.lemma_.lower() for t in tokens if t.pos_ in TELLING or t.i == head.i},
        "particles": {t.lemma_.lower() for t in tokens if t.i != head.i and t.pos_ in {"ADP", "ADV", "PART"}}
        | {c.lemma_.lower() for c in head.children if c.dep_ == "prt"},
        "content": {t.lemma_.lower() for t in content},
        "near": {t.lemma_.lower() for t in content if abs(t.i - head.i) <= NEAR},
        "names": {t.lemma_.lower() for t in rest if t.pos_ == "PROPN"},
        "figures": {t.lower_ for t in rest if t.pos_ == "NUM"},
        **who,
        "participants": set().union(*who.values()),
        "counted": {c.lower_ for c in head.children if c.dep_ in {"nummod", "amod"} and (c.pos_ == "NUM" or c.lower_.endswith(ORDINAL))},
        "subject": subject,
        "complement": complement,
        "both": subject | complement,
        "when": {t.lower_ for t in rest if t.lower_ in CALENDAR},
        "governor": {head.head.lemma_.lower()} if head.head.i != head.i else set(),
    }
    return {name: frozenset(bag) for name, bag in found.items()}


def _tells(token: Token) -> bool:
    return token.pos_ in TELLING and not token.is_stop


def _beneath(top: Token) -> Iterator[Token]:
    """The words of a phrase, those near its head first, at most so many."""
    todo, given = [top], 0
    while todo and given < DEEPEST:
        token = todo.pop(0)
        yield token
        given += 1
        todo.extend(token.children)


def participants(head: Token) -> dict[str, set[str]]:
    """The lemmas of those who do something (``doers``), of those it is done to (``undergoers``) and of what else hangs on it (``others``)."""
    out: dict[str, set[str]] = {"doers": set(), "undergoers": set(), "others": set()}

    def take(token: Token, role: str) -> None:
        out[role].add(token.lemma_.lower())
        for child in token.children:
            if child.dep_ in {"compound", "flat"}:
                out[role].add(child.lemma_.lower())
            elif child.dep_ == "conj":
                take(child, role)

    for child in head.children:
        if child.dep_ in SUBJECTS or child.dep_ == "poss":
            take(child, "doers")
        elif child.dep_ in OBJECTS:
            take(child, "undergoers")
        elif child.dep_ == "agent":
            for below in child.children:
                take(below, "doers")
        elif child.dep_ == "prep":
            for below in child.children:
                if below.dep_ == "pobj":
                    take(below, "undergoers" if child.lemma_.lower() == "of" else "others")
        elif child.dep_ in {"compound", "amod", "nmod", "npadvmod"}:
            take(child, "others")
    _inherited(head, out, take)
    return out


def _inherited(head: Token, out: dict[str, set[str]], take: object) -> None:
    """What a participle, a complement or the object of a light verb has from the word it hangs on."""
    above = head.head
    if above.i == head.i or not callable(take):
        return
    if head.dep_ in {"acl", "relcl"}:
        take(above, "undergoers" if head.tag_ == "VBN" else "doers")
    elif (head.dep_ in {"xcomp", "conj", "advcl"} and not out["doers"]) or (head.dep_ == "dobj" and above.lemma_.lower() in LIGHT):
        for child in above.children:
            if child.dep_ in {"nsubj", "nsubjpass"} and (head.dep_ != "dobj" or child.dep_ == "nsubj"):
                take(child, "doers")
