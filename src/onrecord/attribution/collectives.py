"""Several speakers in one source: *both sides*, *the two leaders*, *all three parties*, *the former*, *the latter*."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Token

from onrecord.attribution.agreement import joined
from onrecord.attribution.antecedents import Antecedent, Antecedents
from onrecord.attribution.lexicon import Lexicon

NUMBERS = {"both": 2, "two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4, "five": 5, "5": 5, "pair": 2, "duo": 2, "trio": 3, "either": 2, "neither": 2}
STATES = frozenset({"state", "de_facto", "body"})
GROUPS = frozenset({"group", "organisation", "body", "unresolved"})
PERSONS = frozenset({"person"})
REACH = 3
"""Sentences in which the members of *both sides* are looked for."""


def size(head: Token, lexicon: Lexicon) -> int | None:
    """How many speakers a collective source means; None where it isn't one.

    *Two officials* are somebody new; *both*, *the two officials* and *all three parties* were named before.
    """
    if head.lower_ in ("both", "neither", "either", "pair", "duo", "trio"):
        return NUMBERS[head.lower_] if head.pos_ != "ADJ" else None
    if head.pos_ == "PROPN":
        return None
    words = [c for c in head.children if c.i < head.i and c.dep_ not in ("poss", "relcl", "punct")]
    lowers = {c.lower_ for c in words}
    if head.lower_ not in lexicon.lists["party"] | lexicon.lists["person_party"] and not (head.pos_ == "NUM" and "the" in lowers):
        return None
    number = NUMBERS.get(head.lower_) if head.pos_ == "NUM" else next((NUMBERS[w] for w in lowers if w in NUMBERS), None)
    if number is None:
        return 2 if head.lower_ == "sides" and lowers & {"the"} else None
    definite = lowers & {"both", "the", "all", "these", "those", "either", "neither"} or head.lower_ in NUMBERS
    return number if definite else None


def members(head: Token, number: int, known: Antecedents) -> tuple[Antecedent, ...]:
    """Whom a collective source means; empty where that can't be told.

    A list of just so many in the last sentences, those whom the article so far is mostly about, or the only
    ones named in the last sentences.
    """
    here = known.sentence(head.idx)
    for sorts in _sorts(head, known):
        pool = [c for c in known.members(head.idx) if _sort(c) in sorts and _names(c) and (c.quoted is None or c.quoted == known.quotes.at(head.idx))]
        near = [_joined([c for c in pool if c.sentence == here - back], number, known) for back in range(REACH + 1)]
        found = next((pair for pair in near if pair), ()) or _prominent(pool, number) or _nearest(pool, number, here)
        if found:
            return found
    return ()


def _nearest(pool: list[Antecedent], number: int, here: int) -> tuple[Antecedent, ...]:
    """The only ones named in the last sentences, if they are just so many."""
    for back in range(REACH + 1):
        since = {_who(c): c for c in pool if here - back <= c.sentence}
        if len(since) == number:
            return tuple(sorted(since.values(), key=lambda c: c.at))
        if len(since) > number:
            break
    return ()


def _sorts(head: Token, known: Antecedents) -> tuple[frozenset[str], ...]:
    """What the members may be, the likeliest first."""
    lists = known.lexicon.lists
    if head.lower_ in lists["person_party"] and head.lower_ not in lists["party"]:
        return (PERSONS,)
    if head.lower_ in lists["state_party"]:
        return (STATES,)
    return (STATES, STATES | GROUPS) if head.lower_ in ("sides", "side", "both", "neither", "either") or head.pos_ == "NUM" else (GROUPS, STATES)


def _sort(candidate: Antecedent) -> str:
    actor = candidate.actor
    if candidate.traits.person:
        return "person"
    return "" if actor is None or actor.kind == "person" or actor.sector in ("JRN", "EDU", "CVL") else actor.kind


def _who(candidate: Antecedent) -> str:
    """A country and its government are one."""
    actor = candidate.actor
    return actor.country if actor is not None and actor.kind in ("state", "de_facto") and actor.country else candidate.key


def _prominent(pool: list[Antecedent], number: int) -> tuple[Antecedent, ...]:
    """The few that are mentioned at least twice, and twice as often as anybody else of their sort."""
    count = Counter(_who(c) for c in pool)
    ranked = count.most_common(number + 1)
    if len(ranked) < number or ranked[number - 1][1] < 2 or (len(ranked) > number and 2 * ranked[number][1] > ranked[number - 1][1]):
        return ()
    last = {_who(c): c for c in pool}
    return tuple(last[who] for who, _ in sorted(ranked[:number]))


def pick(head: Token, known: Antecedents) -> Antecedent | None:
    """Whom *the former* or *the latter* means: one of the two named last as a pair."""
    here = known.sentence(head.idx)
    pool = [c for c in known.before(head.idx, REACH) if c.mention is not None and _names(c)]
    for back in range(REACH + 1):
        inside = [c for c in pool if c.sentence == here - back]
        pair = _joined(inside, 2, known) or (tuple({_who(c): c for c in inside}.values()) if len({_who(c) for c in inside}) == 2 else ())
        if pair:
            return pair[0] if head.lower_ == "former" else pair[1]
    return None


def _joined(inside: list[Antecedent], number: int, known: Antecedents) -> tuple[Antecedent, ...]:
    """The members of the last list *A and B* of the wanted length among some mentions."""
    doc, at = known.quotes.doc, {c.token: c for c in inside}
    for candidate in reversed(inside):
        heads = joined(doc[candidate.token])
        if len(heads) == number and all(h.i in at for h in heads):
            found = tuple(at[h.i] for h in heads)
            if len({_who(c) for c in found}) == number:
                return found
    return ()


def _names(candidate: Antecedent) -> bool:
    """Whether a mention can be a member: a name, or a body's proper description."""
    return candidate.name[:1].isupper() and candidate.mention is not None and candidate.mention.form in ("name", "acronym", "seat", "nominal", "demonym")
