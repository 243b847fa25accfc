"""What the room knows: words that take or carry a position, and the tables around them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Literal, get_args

import msgspec
from spacy.strings import get_string_id

from onrecord import lexicons
from onrecord.records import Stance, Status

Asked = Literal["asked"]
WordClass = Literal["verb", "noun", "adjective", "modal", "role"]
WordKind = Literal[
    "refusing", "failing", "expecting", "ending", "asking", "telling", "requests", "obliging", "hypothetical", "speculative",
    "forces", "wishing", "claims", "efforts", "discrediting", "contrary", "true", "untrue", "hearsay", "alleged", "saying",
    "concessive", "citing", "legality", "messages", "circumstances", "arriving", "viewpoints", "moments",
    "forcing", "measures", "economic", "asked_for", "scant", "seldom", "worse", "relational",
]  # fmt: skip
"""What words do to a stand that depends on them; ``telling`` verbs with a finite clause tell, ``claims`` are nouns whose clause is claimed."""


class Performative(lexicons.Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words whose use takes a position.

    ``objects`` are the places where a verb's object is looked for, in order; ``prepositions`` those of a
    noun or adjective. ``negated`` is the act of the denied word, empty where a denied word takes no
    position. ``material`` marks deeds that take a side; ``needs_agent`` asks for a holder who is a known
    actor; ``person_first`` says that a direct object is addressed rather than the object; ``or_speaker`` that the
    speaker holds it where nobody else is named, if of one of ``speaker_sectors``, where given.
    A ``reversed`` phrase has its holder where others have their object ("came under fire from"); of a ``refusable``
    act a refusal takes no opposite stand ("refused to thank").
    ``vows`` reads an infinitive as a pledge is read, threats included; ``needs`` are adverbs of which the verb must have one.
    A ``bare`` object has no article or owner ("threatened sanctions").
    Where a word has an ``occasion``, its first preposition names the object, whatever stands before it ("to Peru *on the vote*").
    ``excludes`` are head words of objects that are nothing to
    take a stand on ("declined to comment"), ``neutral_about`` those for which the stance is neutral. With
    ``causes`` the object may be nobody ("works for a bank"), with ``deeds`` it must be something done or
    proposed ("seeks an extradition", not "seeks clout"). The nouns of a rule with ``goods`` are a market's unless something done is asked for
    ("the demand for steel"); with ``blames`` what stands behind *on* must be somebody ("blamed it on the rains" accuses nobody); the object of
    a ``political`` phrase is somebody, or something done, said or proposed ("stands by the treaty", not "by the door"). ``intends`` reads an
    infinitive as a pledge is read and takes no position by any other. ``roles`` are nouns for people by the side
    they take.
    """

    act: str
    stance: Stance | Asked
    status: Status = "taken"
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    objects: tuple[str, ...] = ("direct",)
    prepositions: tuple[str, ...] = ()
    negated: str = ""
    material: bool = False
    needs_agent: bool = False
    person_first: bool = False
    or_speaker: bool = False
    speaker_sectors: tuple[str, ...] = ()
    reversed: bool = False
    refusable: bool = False
    vows: bool = False
    bare: bool = False
    occasion: bool = False
    needs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    causes: bool = False
    deeds: bool = False
    goods: bool = False
    blames: bool = False
    political: bool = False
    intends: bool = False
    roles: tuple[str, ...] = ()
    neutral_about: tuple[str, ...] = ()


class Evaluation(lexicons.Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words whose use inside somebody's speech evaluates what they are said of.

    ``use`` narrows a noun or adjective to where it predicates, to where it modifies, or to where it judges a
    clause; a word with the latter use never evaluates a clause by another rule ("it is important to leave"
    urges). ``refused`` words are verbs denied in the first person ("we will never allow it"), ``no_place`` nouns denied to
    something ("no room for talks"), ``lacking`` nouns its subject has not ("has no
    jurisdiction"); ``subject`` verbs judge their subject ("the law goes too far"), ``untrue`` verbs when denied ("did not
    happen"), ``barred`` ones when denied for the future ("will not stand"); ``existential`` is *there* with what is not
    to be. ``quoted`` asks for the speaker's very words, ``transitive`` for an object of the verb.
    """

    act: str
    stance: Stance | Asked
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    modals: tuple[str, ...] = ()
    negated: str = ""
    use: Literal["any", "predicate", "modifier", "clause", "refused", "no_place", "existential", "untrue", "barred", "subject", "lacking"] = "any"
    quoted: bool = False
    transitive: bool = False


class _Light(msgspec.Struct, frozen=True):
    verb: str
    holder: Literal["subject", "source", "withdrawn", "refused"]


class _Demand(msgspec.Struct, frozen=True):
    lemma: str
    kind: Literal["verb", "noun"]


class _EventNoun(msgspec.Struct, frozen=True):
    noun: str
    types: tuple[str, ...]


class _Naming(msgspec.Struct, frozen=True):
    verb: str
    marker: str = ""


class _Pledge(msgspec.Struct, frozen=True):
    verb: str
    act: str


class _Proposal(msgspec.Struct, frozen=True):
    noun: str


class _Word(msgspec.Struct, frozen=True):
    word: str
    kind: WordKind


class _Weight(msgspec.Struct, frozen=True):
    sign: str
    weight: float


class _Holder(msgspec.Struct, frozen=True):
    word: str
    kind: Literal["people", "document", "thing"]


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """One word of one rule: the words that must follow its first, and the class of the first."""

    rule: Performative | Evaluation
    word_class: WordClass
    rest: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What the room knows, loaded once.

    ``entries`` and ``naming`` are keyed by the string hash of a lemma, ``adjectives`` by that of a word as
    written (a participle's lemma is its verb's), so that a document is scanned by looking up its arrays.
    """

    entries: Mapping[int, tuple[Entry, ...]]
    adjectives: Mapping[int, tuple[Entry, ...]]
    naming: Mapping[int, str]
    light: Mapping[str, str]
    ending_verbs: frozenset[str]
    ending_nouns: frozenset[str]
    event_nouns: Mapping[str, tuple[str, ...]]
    holders: Mapping[str, str]
    words: Mapping[WordKind, frozenset[str]]
    pledges: Mapping[str, str]
    proposals: frozenset[str]
    stances: Mapping[str, Stance | Asked]
    necessity: frozenset[str]
    confidence: Mapping[str, float]
    leaning: Mapping[str, float]

    @classmethod
    def load(cls, language: str = "en") -> Lexicon:
        """The packaged words of a language.

        Raises:
            LexiconError: a file does not fit its schema.
        """
        performatives = lexicons.rules("positions/performatives", Performative, language=language)
        evaluations = lexicons.rules("positions/evaluations", Evaluation, language=language)
        every: tuple[Performative | Evaluation, ...] = (*performatives, *evaluations)
        entries: dict[int, list[Entry]] = {}
        adjectives: dict[int, list[Entry]] = {}
        for rule in every:
            for word, entry in _entries(rule):
                (adjectives if entry.word_class == "adjective" else entries).setdefault(get_string_id(word), []).append(entry)
        words = lexicons.table("positions/words", _Word, language=language)
        demands = lexicons.table("positions/demands", _Demand, language=language)
        stances: dict[str, Stance | Asked] = {}
        for rule in every:
            stances.setdefault(rule.act, rule.stance)
        return cls(
            entries={k: tuple(sorted(v, key=lambda e: -len(e.rest))) for k, v in entries.items()},
            adjectives={k: tuple(sorted(v, key=lambda e: -len(e.rest))) for k, v in adjectives.items()},
            naming={get_string_id(w): n.marker for n in lexicons.table("positions/naming", _Naming, language=language) for w in _spellings(n.verb)},
            light={r.verb: r.holder for r in lexicons.table("positions/light", _Light, language=language)},
            ending_verbs=frozenset(d.lemma for d in demands if d.kind == "verb"),
            ending_nouns=frozenset(d.lemma for d in demands if d.kind == "noun"),
            event_nouns={n.noun: n.types for n in lexicons.table("positions/event_nouns", _EventNoun, language=language)},
            words={kind: frozenset(w.word for w in words if w.kind == kind) for kind in get_args(WordKind)},
            holders={h.word: h.kind for h in lexicons.table("positions/holders", _Holder, language=language)},
            pledges={p.verb: p.act for p in lexicons.table("positions/pledges", _Pledge, language=language)},
            proposals=frozenset(p.noun for p in lexicons.table("positions/proposals", _Proposal, language=language)),
            stances=stances,
            confidence={w.sign: w.weight for w in lexicons.table("positions/confidence", _Weight, language=language)},
            leaning={w.sign: w.weight for w in lexicons.table("positions/leaning", _Weight, language=language)},
            necessity=frozenset(word for rule in evaluations if rule.use == "clause" for word in rule.adjectives),
        )


def _entries(rule: Performative | Evaluation) -> Iterable[tuple[str, Entry]]:
    classes: list[tuple[WordClass, tuple[str, ...]]] = [("verb", rule.verbs), ("noun", rule.nouns), ("adjective", rule.adjectives)]
    if isinstance(rule, Evaluation):
        classes.append(("modal", rule.modals))
    else:
        classes.append(("role", rule.roles))
    for word_class, words in classes:
        for words_of_entry in words:
            first, *rest = words_of_entry.split()
            for spelling in _spellings(first):
                yield spelling, Entry(rule, word_class, tuple(rest))


def _spellings(word: str) -> tuple[str, ...]:
    """A word as written in Britain and in America."""
    other = word
    if word.endswith("ise") and word not in ("advise", "promise", "compromise", "praise", "raise", "exercise", "surprise", "wise"):
        other = word[:-3] + "ize"
    elif word in ("favour", "honour", "harbour", "clamour", "favourable"):
        other = word.replace("our", "or")
    return (word,) if other == word else (word, other)
