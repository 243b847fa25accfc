"""The triggers: TOML rules compiled to entries that a lemma finds in one look-up.

A rule lists phrases in a small notation.

* Verbs: the lemma and the words it needs among its particles, prepositions, objects and complements, in
  any order of the sentence: ``lash out``, ``impose sanction|ban``, ``fire @missile at|into``. ``a|b`` are
  alternatives, ``@name`` a class of ``classes.csv``, ``@any`` anything.
* Nouns: the head last, with modifiers before it (``death toll``), prepositions it needs behind ``+``
  (``call+for|on``) and modifiers of which it needs one behind ``:`` (``test: missile|nuclear``).
* Adjectives: the word and the prepositions of which it needs one (``critical of``).
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from onrecord.lexicons import LexiconError, Rule, rules, table
from onrecord.ontology import PACKAGED, Ontology
from onrecord.records import Veridicality

Kind = Literal["verb", "noun", "adjective", "modal"]
Role = Literal["actor", "recipient", "none"]
Needs = Literal["none", "any", "actor", "both", "each"]

FILES = ("accuse", "request", "reject", "threaten", "protest", "assault", "coerce", "sanction", "mobilize", "cooperation", "occurrences")
ANY = frozenset({"*"})


class TriggerRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One sense of a group of words, with the syntactic slots its participants stand in.

    ``actor`` and ``recipient`` are slots in order of preference: ``subj``, ``obj``, ``dative``, ``comp`` (the
    subject of the complement clause), ``inner`` (the object inside the complement), ``speaker`` (whose words
    these are) or a preposition. ``of``, ``poss`` and ``modifier`` say what stands in those slots of a noun.
    ``needs`` says which participants must be known actors. ``object_not``, ``subject_not``, ``subject`` and
    ``noun_not`` are lemmas or classes; ``governor_not`` are lemmas of which a noun is no object ("violate *sanctions*").
    ``require_text`` are strings of which the sentence has one, or, with ``or_armed``, somebody armed takes part.
    ``object`` are lemmas or classes of which a verb's object must be, unless it is somebody by name; ``complement_not`` are verbs it does not take
    ("declined to *comment*"), ``finite_not`` says that it takes none that tells a fact ("suggest that it *is* weak"); ``transitive`` verbs
    need an object or complement, and with ``object_known`` an object must be somebody known ("met *the targets*" is no meeting);
    ``context`` lemmas of which a sentence with it has one, ``context_not`` such as it does not have. ``negated_type`` is the type of the negated event.
    """

    type: str
    mode: str | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    kind: Literal["modal"] | None = None
    actor: tuple[str, ...] = ("by", "from")
    recipient: tuple[str, ...] = ("obj",)
    of: Role = "actor"
    poss: Role = "actor"
    modifier: Role = "actor"
    needs: Needs = "any"
    object: tuple[str, ...] = ()
    object_not: tuple[str, ...] = ()
    complement_not: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    context_not: tuple[str, ...] = ()
    needs_object: bool = False
    subject: str | None = None
    subject_not: tuple[str, ...] = ()
    noun_not: tuple[str, ...] = ()
    governor_not: tuple[str, ...] = ()
    plural: tuple[str, ...] = ()
    require_text: tuple[str, ...] = ()
    or_armed: bool = False
    needs_complement: bool = False
    complement_bad: bool = False
    finite_not: bool = False
    object_known: bool = False
    transitive: bool = False
    experiencer: bool = False
    negated_only: bool = False
    negated_type: str | None = None
    future_only: bool = False
    subject_is_recipient: bool = False
    confidence: float = 0.7


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One phrase of a rule. ``follow`` are the word sets a verb or adjective needs, ``prepositions`` and ``modifiers`` what a noun needs;
    ``own`` marks a phrase of a user's codebook, which comes before a packaged one that is as special."""

    rule: TriggerRule
    kind: Kind
    head: str
    follow: tuple[frozenset[str], ...] = ()
    prepositions: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    object_not: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    subject_not: frozenset[str] = frozenset()
    noun_not: frozenset[str] = frozenset()
    own: bool = False

    @property
    def weight(self) -> int:
        """How special the phrase is: the more special of two phrases on one word wins. What a user's rule says of the object counts as named."""
        named = sum(1 if words is ANY else 2 for words in self.follow)
        named += 2 * bool(self.own and self.object)
        return (
            named
            + 2 * bool(self.modifiers)
            + bool(self.prepositions)
            + 3 * self.rule.future_only
            + 3 * self.rule.negated_only
            + 3 * bool(self.rule.context)
            + bool(self.subject)
        )


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    words: tuple[str, ...]


class _Light(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verb: str
    direction: Literal["active", "inverse", "none"]


class _Governor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    lemma: str
    veridicality: Literal["denied", "hypothetical", "planned", "demanded"]


class _Weight(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sign: str
    weight: float


class _CueClass(msgspec.Struct, frozen=True):
    class_: str = msgspec.field(name="class")
    veridicality: str = "asserted"
    speech: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What the room knows, loaded once.

    ``ontology`` are the types that its rules have, ``classes`` the word classes that their phrases name; ``entries`` are by lower-case
    lemma, the most special first; ``nouns`` the type a noun alone names; ``light`` says for verbs that only carry a
    noun ("launch an attack", "face criticism") whether their subject does it or undergoes it; ``governors``
    what a governing word does to the standing of what it governs ("refused to", "plans to"); ``undertakings`` are
    plans and orders, which somebody else carries out; ``localities`` are words for places, ``spots`` these and parts of places,
    ``happenings`` for what is nobody's self though it kills,
    ``nobodies`` for what is no recipient, ``dealings`` for what somebody can turn against
    without naming anybody ("boycotted *the vote*"), ``days`` for days and months, ``captures`` verbs of taking people;
    ``chances`` weigh the signs that an event is right;
    ``speech`` the classes of cues that are words of saying; ``standing`` the other words that tell how an event is put, by what they do.
    """

    ontology: Ontology = PACKAGED
    classes: Mapping[str, frozenset[str]]
    entries: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, str]
    light: Mapping[str, str]
    governors: Mapping[str, Veridicality]
    cue_classes: Mapping[str, str]
    speech: frozenset[str]
    contexts: Mapping[str, tuple[str, ...]]
    instruments: Mapping[str, str]
    chances: Mapping[str, float]
    undertakings: frozenset[str]
    localities: frozenset[str]
    spots: frozenset[str]
    happenings: frozenset[str]
    nobodies: frozenset[str]
    dealings: frozenset[str]
    days: frozenset[str]
    captures: frozenset[str]
    standing: Mapping[str, frozenset[str]]

    @classmethod
    def load(cls, language: str = "en") -> Lexicon:
        """The packaged lexicon of a language."""
        classes = {row.name: frozenset(row.words) for row in table("events/classes", _Words, language=language)}
        all_rules = [rule for file in FILES for rule in rules(f"events/{file}", TriggerRule, language=language)]
        contexts: dict[str, list[str]] = defaultdict(list)
        for row in table("events/contexts", _Words, language=language):
            for word in row.words:
                contexts[word].append(row.name)
        entries = indexed(entry for rule in all_rules for entry in compiled(rule, classes))
        return cls(
            classes=classes,
            entries=entries,
            nouns=named_alone(entries),
            light={row.verb: row.direction for row in table("events/light", _Light, language=language)},
            governors={row.lemma: row.veridicality for row in table("events/governors", _Governor, language=language)},
            cue_classes={row.class_: row.veridicality for row in table("attribution/classes", _CueClass, language=language)},
            speech=frozenset(row.class_ for row in table("attribution/classes", _CueClass, language=language) if row.speech == "yes"),
            contexts={word: tuple(names) for word, names in contexts.items()},
            undertakings=classes["undertaking"],
            localities=classes["locality"],
            spots=classes["locality"] | classes["spot"],
            happenings=classes["happening"],
            nobodies=classes["abstract"] | classes["nobody"],
            dealings=classes["dealing"],
            days=classes["day"],
            captures=captures(entries),
            standing={row.name: frozenset(row.words) for row in table("events/standing", _Words, language=language)},
            chances={row.sign: row.weight for row in table("events/confidence", _Weight, language=language)},
            instruments={word: row.name for row in table("events/instruments", _Words, language=language) for word in row.words},
        )


def captures(entries: Mapping[str, Sequence[Entry]]) -> frozenset[str]:
    """Verbs that alone say that somebody takes people."""
    return frozenset(head for head, some in entries.items() if any(_takes_captives(e) for e in some))


def _takes_captives(entry: Entry) -> bool:
    return entry.kind == "verb" and not entry.follow and entry.rule.mode in ("abduct", "arrest", "seize")


def indexed(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """The phrases by their head, the most special first, a user's own before a packaged one that is as special."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.head].append(entry)
    return {head: tuple(sorted(some, key=lambda e: (-e.weight, not e.own))) for head, some in found.items()}


def named_alone(entries: Mapping[str, Sequence[Entry]]) -> dict[str, str]:
    """The type that each noun names without more words: that of its least special phrase."""
    found = {}
    for head, some in entries.items():
        least = some[-1]
        if least.kind == "noun":
            found[head] = next((e for e in some if e.own and e.weight == least.weight), least).rule.type
    return found


def compiled(rule: TriggerRule, classes: Mapping[str, frozenset[str]], known: Ontology = PACKAGED, *, own: bool = False) -> Iterable[Entry]:
    """The phrases of a rule.

    Args:
        rule: the rule.
        classes: the words of each class that a phrase can name.
        known: the types and modes that a rule can have.
        own: whether it is a rule of a user's codebook.

    Raises:
        LexiconError: there is no such type, mode or class.
    """
    _check(rule, known)

    def words(text: str) -> frozenset[str]:
        if text == "@any":
            return ANY
        out: set[str] = set()
        for word in text.split("|"):
            if word.startswith("@") and word[1:] not in classes:
                raise LexiconError(f"rule {rule.id}: there is no class {word}")
            out |= classes[word[1:]] if word.startswith("@") else {word}
        return frozenset(out)

    plain = Entry(
        rule=rule,
        kind="verb",
        head="",
        object=words("|".join(rule.object)) if rule.object else frozenset(),
        object_not=words("|".join(rule.object_not)) if rule.object_not else frozenset(),
        subject_not=words("|".join(rule.subject_not)) if rule.subject_not else frozenset(),
        noun_not=words("|".join(rule.noun_not)) if rule.noun_not else frozenset(),
        subject=words("@" + rule.subject) if rule.subject else frozenset(),
        own=own,
    )
    for phrase in (*rule.verbs, *rule.adjectives):
        body, _, modifiers = phrase.partition(": ")
        head, *follow = body.split()
        kind: Kind = rule.kind or ("adjective" if phrase in rule.adjectives else "verb")
        needed = words(modifiers) if modifiers else frozenset[str]()
        yield dataclasses.replace(plain, kind=kind, head=head, follow=tuple(words(w) for w in follow), modifiers=needed)
    for phrase in rule.nouns:
        body, _, modifiers = phrase.partition(": ")
        body, _, prepositions = body.partition("+")
        *before, head = body.split()
        needed = words(modifiers) if modifiers else frozenset(before)
        after = frozenset(prepositions.split("|")) if prepositions else frozenset[str]()
        yield dataclasses.replace(plain, kind="noun", head=head, modifiers=needed, prepositions=after)


def _check(rule: TriggerRule, known: Ontology) -> None:
    for name in (rule.type, rule.negated_type or rule.type):
        if name not in known.types:
            raise LexiconError(f"rule {rule.id}: there is no event type {name}")
    if rule.mode is not None and rule.mode not in known.types[rule.type].modes:
        raise LexiconError(f"rule {rule.id}: {rule.type} has no mode {rule.mode}")
