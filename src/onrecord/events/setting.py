"""When and in what context: the date and contexts of an event."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from spacy.tokens import Span, Token

from onrecord.events.lexicon import Lexicon
from onrecord.parse import Parsed
from onrecord.parse.syntax import infinitive_marker
from onrecord.records import DatePrecision, Event, EventDate, Time

WEEK = re.compile(r"(\d{4})-W(\d{2})$")
CLIMBED = frozenset({"xcomp", "advcl", "acl", "conj", "pcomp"})
ISO = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?|--\d{2}-\d{2})(?:$|T)")
ASIDE = frozenset({"after", "before", "since", "until", "following", "despite", "over", "amid", "because"})
"""Prepositions of which the noun has a time of its own ("after reports *last week*")."""

BOUNDS = frozenset({"since", "until", "till", "before"})
"""Prepositions whose time only bounds an event."""

LETTING = frozenset({"let", "make", "help"})
"""Verbs that take another without *to*."""

CLAUSE_DEPS = frozenset({"ROOT", "ccomp", "advcl", "relcl", "acl", "conj", "pcomp", "xcomp", "parataxis"})


def clause_of(token: Token) -> set[int]:
    """The indices of the words of the clause a word stands in, without the clauses under it."""
    top = token
    while top.dep_ not in CLAUSE_DEPS and top.head != top:
        top = top.head
    return own_words(top)


def own_words(top: Token) -> set[int]:
    """The indices of a word's subtree without finite clauses below it."""
    out, queue = {top.i}, [top]
    while queue:
        for child in queue.pop().children:
            clause = child.dep_ in ("ccomp", "advcl", "relcl", "acl", "parataxis", "pcomp") or (child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"))
            if clause and not _is_small(child):
                continue
            out.add(child.i)
            queue.append(child)
    return out


def _is_small(clause: Token) -> bool:
    """Whether a clause has no time but that of its verb: "let them *go* on Monday", "declared it *void* on Monday"."""
    if clause.dep_ != "ccomp" or any(c.dep_ in ("aux", "cop", "mark") for c in clause.children):
        return False
    return clause.pos_ == "ADJ" or (clause.tag_ == "VB" and clause.head.lemma_ in LETTING)


def date_of(word: Token, here: Sequence[tuple[Time, Token]], published: str | None, *, spoken: bool = False) -> EventDate | None:
    """The date of an event: a time expression of its clause, else of the clause that governs it, else the article's own.

    Args:
        word: the trigger.
        here: the time expressions of the sentence with their first words.
        published: the article's date; it dates what nothing else dates, with the reason ``publication``.
        spoken: whether it is done in words, which are about what has a day of its own ("condemned *Monday's* attack").
    """
    dated = [(at.i, value) for t, at in here if (value := iso_value(t)) is not None and _dates(at, word) and not (spoken and _is_whose(at, word))]
    found = _nearest(word, dated) if dated else None
    if found is not None:
        value, reason = found
        return EventDate(value=value, precision=precision_of(value), reason=reason)
    return published_on(published)


def is_dated(event: Event) -> bool:
    """Whether something in the text dates an event."""
    return event.date is not None and not event.date.reason.startswith("publication")


def published_on(published: str | None) -> EventDate | None:
    """An article's date, as that of what nothing else dates."""
    match = ISO.match(published or "")
    return EventDate(value=match.group(1), precision=precision_of(match.group(1)), reason="publication") if match else None


def _dates(at: Token, word: Token) -> bool:
    """Whether a time can be when a word happens: not a bound (*since* May), and for a noun not another's time ("talks after *the raid on Monday*")."""
    head = at.head
    if at.dep_ == "poss" and head.head == word and any(c.dep_ == "oprd" for c in word.rights):
        return False  # "called *Monday's* vote a sham"
    if head.lower_ == "before" and at.dep_ == "npadvmod" and head.dep_ == "advmod":
        head = head.head  # "freed *the day before*"
    elif head.lower_ in BOUNDS:
        return head.lower_ == "since" and head.head == word and _has_begun(word)
    if head.pos_ == "ADP":
        if word.dep_ == "pobj" and head.i == word.i + 1 and word.pos_ == "NOUN":
            return True  # "accused in the raid during a *strike* on March 1"
        head = head.head
    if word.pos_ == "NOUN":
        if head.pos_ == "VERB" and word.dep_ == "pobj" and word.head.lower_ != "of" and word.head.head.pos_ == "NOUN":
            return False  # "the toll from the *bombing* rose on Friday"
        if word.dep_ == "attr" and head == word.head and any(t.pos_ == "NOUN" for t in word.doc[word.i + 1 : at.head.i]):
            return False  # "was an *attack* for strikes this month"
        return head.pos_ != "NOUN" or word in (head, at) or head in word.ancestors
    return head.pos_ != "NOUN" or head.dep_ != "pobj" or head.head.lower_ not in ASIDE or at.dep_ in ("nummod", "amod", "compound")


def _is_whose(at: Token, word: Token) -> bool:
    """Whether a time is that of what a verb is said of: "welcomed *Sunday's* vote", but "demanded at *Sunday's* meeting"."""
    noun = at.head
    return at.dep_ == "poss" and word.pos_ == "VERB" and not (noun.dep_ == "pobj" and noun.head.lower_ in ("at", "in", "during", "after", "before"))


def _has_begun(verb: Token) -> bool:
    """Whether a verb is a passive in the perfect, whose state begins with the deed: "has been *jailed* since May"."""
    return [c.lemma_ for c in verb.lefts if c.dep_ in ("aux", "auxpass")] == ["have", "be"] and verb.tag_ == "VBN"


def precision_of(value: str) -> DatePrecision:
    """How exact an ISO date is: ``2017-11`` is a month; a yearless ``--03-31`` is a day."""
    if value.startswith("--"):
        return "day"
    return "year" if len(value) == 4 else "month" if len(value) == 7 else "day"


def because(reason: str, value: str | None) -> EventDate | None:
    """The date of a value, for a reason; None without one."""
    return EventDate(value=value, precision=precision_of(value), reason=reason) if value is not None else None


def _nearest(word: Token, dated: Sequence[tuple[int, str]]) -> tuple[str, str] | None:
    """The time in the clause of a word nearest to it, else in the clauses that govern that one without being somebody's words."""
    top = word
    if infinitive_marker(word) is not None:  # "vowed *on Monday* to strike" dates the vow
        dated = [(i, value) for i, value in dated if i > word.i or word.dep_ == "advcl"]
    for reason in ("clause", "governing_clause", "governing_clause", "governing_clause"):
        while top.dep_ not in CLAUSE_DEPS and top.head != top:
            top = top.head
        clause = own_words(top)
        near = [(abs(i - word.i), value) for i, value in dated if i in clause]
        if near:
            return min(near)[1], reason
        shared = {i for beside in _beside(top) for i in own_words(beside)} if reason == "clause" else set()
        near = [(abs(i - word.i), value) for i, value in dated if i in shared]
        if near:
            return min(near)[1], "coordinated_clause"
        if top.dep_ == "relcl" and word in (top, *top.conjuncts) and (found := _of_antecedent(top, dated)) is not None:
            return found, "antecedent"
        if top.dep_ not in CLIMBED or word.pos_ == "NOUN":
            return None
        if top.dep_ == "acl":  # "the man filmed *in May* slapping …"
            inside = {t.i for t in top.head.subtree}
            near = [(word.i - i, value) for i, value in dated if i in inside and i < word.i and not any(t.lower_ == "," for t in word.doc[i : word.i])]
            if near:
                return min(near)[1], "governing_clause"
        top = top.head
    return None


def _of_antecedent(verb: Token, dated: Sequence[tuple[int, str]]) -> str | None:
    """The time of what a relative clause tells more of: "the raid *on Monday* that killed six"."""
    first = verb.left_edge
    if not any(t.tag_ == "WDT" for t in verb.doc[first.i : verb.i]):
        return None
    near = [(first.i - i, value) for i, value in dated if verb.head.i - 3 <= i < first.i and (verb.head in verb.doc[i].ancestors or i <= verb.head.i)]
    return min(near)[1] if near else None


def _beside(verb: Token) -> list[Token]:
    """The verbs that share a verb's subject on its right: "killed two and *fled* on Sunday"."""
    return [c for c in verb.rights if c.dep_ == "conj" and c.pos_ == "VERB" and not any(s.dep_ in ("nsubj", "nsubjpass") for s in c.lefts)]


def iso_value(time: Time) -> str | None:
    """The calendar day, month or year of a time expression; None if it is none."""
    if time.type not in ("DATE", "TIME"):
        return None
    match = ISO.match(time.value)
    if match:
        return match.group(1)
    week = WEEK.match(time.value)
    if week and 1 <= int(week[2]) <= 52:
        return datetime.date.fromisocalendar(int(week[1]), int(week[2]), 4).isoformat()[:7]
    return None


def contexts_of(sentence: Span, lexicon: Lexicon) -> tuple[str, ...]:
    """The contexts that the words of a sentence speak of, the most spoken of first, at most four."""
    counts: dict[str, int] = {}
    for token in sentence:
        for name in lexicon.contexts.get(token.lemma_.lower(), ()):
            counts[name] = counts.get(name, 0) + 1
    return tuple(sorted(counts, key=lambda n: -counts[n])[:4])


def at_token(parsed: Parsed, start: int, end: int) -> Token | None:
    """The head word of a stretch of text."""
    span = parsed.doc.char_span(start, end, alignment_mode="expand")
    return span.root if span is not None and len(span) else None
