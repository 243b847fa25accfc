"""When an event was that its own clause does not date: another report of it, the words it is told in, the day that is told of."""

from __future__ import annotations

import dataclasses
import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from onrecord.events.distance import Distances, is_measured_from
from onrecord.events.implied import may_be_same, stem
from onrecord.events.lexicon import Lexicon
from onrecord.events.narrative import LEAD, SPOKEN, days, governing, has_dated_object, is_asked_for, is_background, last_told, of_same, reported, told_behind
from onrecord.events.news import News, heads
from onrecord.events.occasions import Occasions
from onrecord.events.posts import Posts
from onrecord.events.setting import at_token, because, is_dated, published_on
from onrecord.events.speaking import Speaking
from onrecord.parse import Parsed
from onrecord.parse.syntax import infinitive_marker
from onrecord.records import Attribution, Event, EventDate, Time, is_after

DEEDS = frozenset({"ASSAULT", "COERCE", "RETREAT", "PROTEST"})
"""Types of deeds that are seldom done to one twice in one article."""


OVERRULED = frozenset({"narrative", "main_event", "lead", "same_event", "governing_clause"})
"""Reasons of dates that are less sure than a length of time: "met on Monday, *a day after* he resigned"."""


def dated(
    parsed: Parsed, events: Sequence[Event], attributions: Sequence[Attribution], when: Mapping[int, Sequence[tuple[Time, Token]]], lexicon: Lexicon
) -> tuple[Event, ...]:
    """The events, with those that their clause does not date dated by what else the article says.

    Args:
        parsed: the article.
        events: its events in text order.
        attributions: who says what in it.
        when: the time expressions with their head words, by the first token of their sentence.
        lexicon: the nouns that name events.
    """
    words = [(event, at_token(parsed, event.trigger.start, event.trigger.end)) for event in events]
    speaking = Speaking(parsed, attributions, when, words)
    occasions = Occasions(when, lexicon)
    by_type: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if is_dated(event):
            by_type[event.type].append(event)
    news = {s.start for s in itertools.islice(parsed.doc.sents, LEAD)}
    out = []
    for event, word in words:
        if event.veridicality == "asserted" and not is_dated(event) and word is not None and not has_dated_object(word, when):
            leads = word.sent.start in news
            known = not is_background(word) or leads
            date = (
                (of_another(event, by_type[event.type]) or speaking.date(event, word) if known else None)
                or (of_same_target(event, by_type[event.type]) if word.tag_ in ("VBD", "VBN") else None)
                or because("same_event", occasions.again(word, opening=leads))
            )
            event = dataclasses.replace(event, date=date) if date is not None else event
        out.append((event, word))
    events = _inherited(_by_distance(_by_narrative(out, parsed, when, occasions), when, occasions))
    return tuple(_not_ahead(event, published_on(parsed.article.published)) for event in events)


def _not_ahead(event: Event, published: EventDate | None) -> Event:
    """An event that is told as having happened, but dated behind the day of publication: something said dates from then, and is about
    that later day ("proposed a tax for 2031"); anything else is yet to come ("ahead of the vote on 2 May")."""
    date = event.date
    if event.veridicality != "asserted" or published is None or date is None or not is_after(date.value, published.value):
        return event
    return dataclasses.replace(event, date=published) if event.type in SPOKEN else dataclasses.replace(event, veridicality="planned")


def _inherited(events: Sequence[tuple[Event, Token | None]]) -> tuple[Event, ...]:
    """The events, with those done in what another dated one tells given its date: "met them *to ask*", "a raid on men who *attacked*"."""
    by_word = {word.i: event for event, word in events if word is not None and is_dated(event)}
    out = []
    for event, word in events:
        if word is not None and not is_dated(event):
            index, relative = _above(event, word)
            above = by_word.get(index)
            # "jailed a man who *killed*" and "asked them to *vote*" are of two days
            if above is not None and above.date is not None and above.veridicality == "asserted" and _carries(above, relative=relative):
                event = dataclasses.replace(event, date=because("governing_clause", above.date.value))
                by_word[word.i] = event
                by_word.setdefault(word.head.head.i, event)  # "*came* under attack during"
        out.append(event)
    return tuple(out)


def _carries(event: Event, *, relative: bool) -> bool:
    return event.type == "ASSAULT" if relative else event.type not in SPOKEN


def _above(event: Event, word: Token) -> tuple[int, bool]:
    """The index of the verb whose date an event can have, -1 if there is none, and whether it is told of somebody in that."""
    asserted = event.veridicality == "asserted"
    if word.pos_ == "NOUN" and word.dep_ == "pobj":
        if word.head.lower_ == "during" and asserted:
            return word.head.head.i, False
        word = word.head.head
    if word.dep_ == "xcomp" and word.head.dep_ == "relcl":
        word = word.head
    if word.dep_ == "relcl" and word.tag_ == "VBD" and event.type in DEEDS and asserted:
        return _doing(word.head), True
    purpose = word.dep_ == "advcl" and infinitive_marker(word) is not None
    return (word.head.i if purpose else -1), False


def _doing(noun: Token) -> int:
    """The index of the verb or event that a noun takes part in, over "in support of"; -1 before a comma, where more is told of somebody."""
    if noun.i + 1 < len(noun.doc) and noun.nbor().lower_ == ",":
        return -1
    while noun.pos_ in ("NOUN", "ADP") and noun.head != noun and noun.dep_ in ("dobj", "pobj", "prep", "dative"):
        noun = noun.head
    return noun.i


def _by_distance(
    events: Sequence[tuple[Event, Token | None]], when: Mapping[int, Sequence[tuple[Time, Token]]], occasions: Occasions
) -> list[tuple[Event, Token | None]]:
    """The events, with those told by how long before or after another they were dated by it."""
    news = next((e.date.value for e, _ in events if is_dated(e) and e.date is not None and e.date.precision == "day"), None)
    distances = Distances(events, when, occasions, news)
    out = []
    for event, word in events:
        told_by = event.date is None or event.date.reason.startswith("publication") or event.date.reason in OVERRULED
        if event.veridicality == "asserted" and word is not None and ((word.pos_ == "VERB" and told_by) or is_measured_from(word)):
            date = because("distance", distances.value(word))
            event = dataclasses.replace(event, date=date) if date is not None else event
        out.append((event, word))
    return out


def _by_narrative(
    events: Sequence[tuple[Event, Token | None]], parsed: Parsed, when: Mapping[int, Sequence[tuple[Time, Token]]], occasions: Occasions
) -> list[tuple[Event, Token | None]]:
    """The events, with those that nothing dates given the day of the words that make them known, or the day that is told of."""
    number = {s.start: n for n, s in enumerate(parsed.doc.sents)}
    told_of = days(when)
    posts = Posts(parsed, when)
    news = News(events, told_of, occasions, number, parsed.article.published)
    out = []
    for event, word in events:
        here = when.get(word.sent.start, ()) if word is not None else ()
        if word is not None and is_asked_for(event, word, here):
            event = dataclasses.replace(event, date=None)
        if word is not None and event.veridicality == "asserted" and not is_dated(event):
            verb = governing(word)
            quoted = parsed.quotation_at(event.trigger.start) is not None or has_dated_object(word, when)
            found = (
                posts.date(event, word)
                or because("reported", reported(event, verb, here))
                or because("narrative", None if quoted else last_told(event, word, told_of, number, news.today))
                or news.lead(event, verb)
                or because("same_event", of_same(event, verb, told_of, number))
                or (None if _is_of_another(verb, occasions) else news.main(event, word, verb, quoted=quoted))
                or because("narrative", None if quoted else told_behind(event, word, told_of, number, news.today))
            )
            event = dataclasses.replace(event, date=found) if found is not None else event
        out.append((event, word))
    return out


def _is_of_another(verb: Token, occasions: Occasions) -> bool:
    """Whether what does or is done is another than the one told of: "*a second* bomb killed two"."""
    return any(c.dep_ in ("nsubj", "nsubjpass", "dobj") and occasions.is_another(c) for c in verb.children)


def of_another(event: Event, others: Sequence[Event]) -> EventDate | None:
    """The date of another report of the same event, if all of them have one."""
    same = [e.date for e in others if event.type not in SPOKEN and e.date is not None and e.date.precision != "year" and _is_same(e, event)]
    return because("same_event", same[0].value) if len({d.value for d in same}) == 1 else None


def of_same_target(event: Event, others: Sequence[Event]) -> EventDate | None:
    """The date of other deeds of the type to the same recipient: "the attack on the *radio station*", "petrol bombs at the *station*"."""
    if event.type not in DEEDS:
        return None
    mine = heads(event.recipients)
    same = [e.date for e in others if e.date is not None and e.date.precision == "day" and mine & heads(e.recipients)]
    return because("same_event", same[0].value) if len({d.value for d in same}) == 1 else None


def _is_same(first: Event, second: Event) -> bool:
    """Whether two events of a type are reports of one: the same word between actors that can be the same."""
    return stem(first) == stem(second) and may_be_same(first.recipients, second.recipients) and may_be_same(first.actors, second.actors)
