"""What a coded article says of who holds which office from when: testimonies, each with its evidence.

Only what is said outright is taken: a title before or a description beside a name, an appointment or
resignation that the article reports as done, and the dates that stand with them. Nothing here decides what
is so; :mod:`onrecord.actors.memory` puts testimonies of many articles side by side.
"""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Literal

import msgspec

from onrecord import lexicons
from onrecord.actors.lexicon import Lexicon
from onrecord.actors.names import WORD, key_of
from onrecord.actors.shapes import Role
from onrecord.actors.vocabulary import WordRow
from onrecord.records import Actor, Event, Report, Span, digest

Says = Literal["begins", "holds", "held", "ends"]

NEAR = 120
"""How many characters may lie between a name and its description, and between either and its dates."""
AFTER_TRIGGER = 90
"""How many characters after the word for an appointment the office is looked for."""
ENDS_CLAUSE = re.compile(r"[.;:!?]\s|\n|\b(?:after|who|which|when|while|and then|amid|because)\b")
FILLER = frozenset(
    ["as", "to", "be", "the", "a", "an", "in", "into", "its", "his", "her", "their", "new", "next", "post", "office", "of", "s", "first", "country"]
)
"""Words that may stand between an appointment and the office."""
OFFICES = ("office", "person")
OF_LAND = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+(?:and\s+)?[A-Z][\w’'-]*){0,3}")
"""Whose an office is, after it: "of Chad"."""
DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")
OF_WHOM = r"(?:\s(?:of|for)\s[^,.;:()]{1,40})?,?\s+"
SINCE = re.compile(OF_WHOM + r"since\s+")
FROM = re.compile(OF_WHOM + r"from\s+")
UNTIL = re.compile(OF_WHOM + r"(?:until|till)\s+")
BRACKET = re.compile(r"\s*\(\s*$")
TO = re.compile(r"\s*(?:to|until|till|and|[-–—])\s*$")
OWN_DATE = frozenset(["clause", "governing_clause"])
"""Reasons of an event's date that make it good to the day."""


class Testimony(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One article's word on one person's office.

    Attributes:
        id: derived from the article, the characters and what they say.
        name: the person, in full.
        country, sector, body: of the office; ``body`` is the actor id of the institution, where one is named.
        role: the office in lower case, without what says that it is over.
        says: that the term begins or ends at ``date``, that the office is held then, or was held before.
        date: ISO 8601, as far as it is known.
        stated: whether the evidence itself names the country; else it is the one the article is about.
        start, end, text: the evidence, offsets into the article's text.
        article, url, publisher, published, text_sha256: where it is said.
    """

    id: str
    name: str
    country: str
    sector: str
    role: str
    body: str = ""
    says: Says
    date: str
    stated: bool = True
    start: int
    end: int
    text: str
    article: str
    url: str = ""
    publisher: str = ""
    published: str
    text_sha256: str


class Words:
    """The words that tell a beginning from an end, loaded once."""

    def __init__(self, language: str = "en") -> None:
        sets: dict[str, set[str]] = defaultdict(set)
        for row in lexicons.table("actors/learning", WordRow, language=language):
            sets[row.set].add(row.word)
        self.begins, self.ends, self.not_yet = (frozenset(sets[name]) for name in ("begins", "ends", "not_yet"))
        self.candidate, self.under, self.acting, self.over = (frozenset(sets[name]) for name in ("candidate", "under", "acting", "over"))
        self.single, self.after_another = frozenset(sets["single"]), frozenset(sets["after_another"])


class Learner:
    """Reads testimonies off reports.

    Args:
        lexicon: what the room knows of names and offices.
        words: the words of beginning and end; the packaged ones unless given.
    """

    def __init__(self, lexicon: Lexicon, words: Words | None = None) -> None:
        self.lexicon = lexicon
        self.words = words or Words()

    def learn(self, report: Report) -> tuple[Testimony, ...]:
        """What a report's article says of who holds which office; nothing where it has no date.

        Args:
            report: a report with its article's text.
        """
        if not _published(report):
            return ()
        people = {a.id: a for a in report.actors if a.kind in ("person", "unresolved") and self._is_named(a)}
        found = [*self._described(report, people), *self._done(report, people)]
        return tuple({t.id: t for t in found}.values())

    def _is_named(self, actor: Actor) -> bool:
        words = key_of(actor.name).split()
        named = any(m.form == "name" and key_of(actor.name) in key_of(m.text) for m in actor.mentions)
        return len(words) > 1 and named and words[-1] not in self.lexicon.roles and not actor.name.isupper()

    def _described(self, report: Report, people: dict[str, Actor]) -> Iterator[Testimony]:
        for actor in people.values():
            evidence = _description(actor, report)
            if evidence is None or not actor.role or not actor.country or not actor.sector:
                continue
            office = self._office(actor, evidence.text)
            if office is None:
                continue
            role, over = office
            day = _published(report)
            dated = list(_dated(report, evidence))
            over = over or any(says == "ends" and date < day for says, date, _ in dated)
            yield self._testimony(report, actor, role, "held" if over else "holds", day, evidence)
            for says, date, wider in dated:
                yield self._testimony(report, actor, role, says, date, wider)

    def _office(self, actor: Actor, text: str) -> tuple[str, bool] | None:
        """The office as it is called, and whether it is over; None where it is not held yet or is nothing without its institution."""
        words, role = self.words, actor.role or ""
        plain = [w for w in WORD.findall(role.lower()) if w not in self.lexicon.vocabulary.former and w not in words.over]
        if not plain or any(w in words.candidate for w in WORD.findall(text.lower())):
            return None
        at = text.lower().find(role.lower())
        before = WORD.findall(text[:at].lower())[-2:] if at > 0 else []
        over = any(w in self.lexicon.vocabulary.former for w in (*before, *WORD.findall(role.lower())))
        rank = [w for w in before if w in words.under or w in words.acting]
        noun = " ".join(plain)
        known = self.lexicon.roles.get(noun)
        if plain[-1] in self.lexicon.vocabulary.leading and not self._is_known(text[:at] if at > 0 else ""):
            return None
        if known is None or known.kind not in OFFICES or (known.kind == "person" and not (known.weak and actor.affiliation)):
            return None
        of = [f"of {actor.affiliation}"] if known.weak and actor.affiliation else []
        return " ".join([*rank, office_name(noun), *of]), over

    def _is_known(self, before: str) -> bool:
        """Whether all names before a title such as ``president`` are known: that of a firm nobody knows is no country's president."""
        names = [(a, b) for a, b, _ in self.lexicon.names.find(before, list(WORD.finditer(before)), folded=False)]
        free = (m for m in WORD.finditer(before) if m.group()[0].isupper() and not any(a <= m.start() < b for a, b in names))
        return all(self._is_plain(m.group().lower()) for m in free)

    def _is_plain(self, word: str) -> bool:
        know = self.lexicon
        return word in know.modifiers or word in know.roles or word in know.vocabulary.former or word in know.vocabulary.determiners or word in self.words.under

    def _done(self, report: Report, people: dict[str, Actor]) -> Iterator[Testimony]:
        """Appointments and ends of terms that the article reports as done."""
        for event in report.events:
            says = self._says(event)
            if says is None or event.veridicality != "asserted" or event.date is None:
                continue
            concerned = event.actors if self._takes_over(event) else event.recipients or event.actors
            actors = [people[p.actor_id] for p in concerned if p.actor_id in people]
            if len(actors) != 1 or not event.date.value[:4].isdigit() or event.date.value > _published(report):
                continue
            date = event.date.value if event.date.reason in OWN_DATE else event.date.value[:7]
            made = self._entering(report, event, actors[0], date) if says == "begins" else self._leaving(report, event, actors[0], date)
            if made is not None:
                yield made

    def _says(self, event: Event) -> Says | None:
        head = WORD.findall(event.trigger.text.lower())
        if any(w in self.words.not_yet for w in head):
            return None
        if event.type == "APPOINTMENT" and any(w in self.words.begins for w in head):
            return "begins"
        ends = event.type in ("RESIGNATION", "DEATH") or (
            event.type in ("RETREAT", "ASSAULT", "COERCE", "SANCTION") and event.mode in ("resign", "assassinate")
        )
        return "ends" if ends and any(w in self.words.ends for w in head) else None

    def _takes_over(self, event: Event) -> bool:
        """``Adeyemi replaced Otieno as chairman``: the one who does it enters."""
        return any(w in self.words.after_another for w in WORD.findall(event.trigger.text.lower()))

    def _entering(self, report: Report, event: Event, actor: Actor, date: str) -> Testimony | None:
        """``sworn in as president of Chad``: the office that follows the word for it, and whose."""
        text, trigger = report.article.text, event.trigger
        stop = ENDS_CLAUSE.search(text, trigger.end)
        last = min(trigger.end + AFTER_TRIGGER, stop.start() if stop else len(text))
        words = list(WORD.finditer(text, trigger.start, last))
        plain = [m.group().lower() for m in words]
        found = self._office_after(words, plain, event)
        if found is None or any(w in self.words.candidate for w in plain[: found[1]]):
            return None
        at, to, role = found
        end = words[to - 1].end()
        of = OF_LAND.match(text, end, last)
        country = self._country_in(text[trigger.start : of.end() if of else end]) or actor.country
        if not country or not role.sector:
            return None
        start = min(event.evidence.start, trigger.start, *(p.start for p in (*event.recipients, *event.actors) if trigger.start - p.start in range(NEAR)))
        end = of.end() if of else end
        rank = [w for w in plain[max(0, at - 2) : at] if w in self.words.under or w in self.words.acting]
        evidence = Span(start=start, end=end, text=text[start:end])
        return self._testimony(report, actor, " ".join([*rank, office_name(role.noun)]), "begins", date, evidence, country=country, sector=role.sector)

    def _office_after(self, words: list[re.Match[str]], plain: list[str], event: Event) -> tuple[int, int, Role] | None:
        """The first office that an appointment leads to: its first word, the word after it, and what it is."""
        for i in range(len(words)):
            if not self._leads_to(words[:i], event):
                return None
            for size in range(min(5, len(words) - i), 0, -1):
                role = self.lexicon.roles.get(" ".join(plain[i : i + size]))
                if role is not None and role.kind == "office":
                    return i, i + size, role
        return None

    def _leads_to(self, words: list[re.Match[str]], event: Event) -> bool:
        """Whether nothing but articles, countries, ranks and the name lies between the word for an appointment and the office."""
        concerned = (*event.recipients, *event.actors)
        return all(
            m.end() <= event.trigger.end
            or m.group().lower() in FILLER
            or m.group().lower() in self.words.under
            or m.group().lower() in self.words.acting
            or any(e.kind in ("demonym", "country", "entity") for e, _ in self.lexicon.names.candidates(m.group()))
            or any(p.overlaps(m.start(), m.end()) for p in concerned)
            for m in words
        )

    def _leaving(self, report: Report, event: Event, actor: Actor, date: str) -> Testimony | None:
        if not actor.role or not actor.country or not actor.sector:
            return None
        evidence = event.evidence
        described = _description(actor, report)
        if described is not None and described.end <= event.evidence.end and event.evidence.start - described.start < NEAR:
            start = min(described.start, event.evidence.start)
            evidence = Span(start=start, end=event.evidence.end, text=report.article.text[start : event.evidence.end])
        office = self._office(actor, described.text if described else actor.role)
        if office is None or office[1]:
            return None
        return self._testimony(report, actor, office[0], "ends", date, evidence)

    def _country_in(self, text: str) -> str | None:
        for _, _, options in self.lexicon.names.find(text, list(WORD.finditer(text)), folded=False):
            for entry, _ in options:
                if entry.kind in ("country", "entity", "demonym") and entry.country:
                    return entry.country
        return None

    def _names_country(self, text: str, country: str) -> bool:
        found = self.lexicon.names.find(text, list(WORD.finditer(text)), folded=False)
        return any(e.country == country and e.kind != "person" for _, _, options in found for e, _ in options)

    def _testimony(
        self, report: Report, actor: Actor, role: str, says: Says, date: str, evidence: Span, *, country: str | None = None, sector: str | None = None
    ) -> Testimony:
        article = report.article
        land = country or actor.country or ""
        body = actor.affiliation_id or ""
        return Testimony(
            id=f"tm-{digest(article.id, says, date, role, key_of(actor.name), str(evidence.start))}",
            name=actor.name,
            country=land,
            sector=sector or actor.sector or "",
            role=role,
            body=body if body.startswith("IGO.") else "",
            says=says,
            date=date,
            stated=self._names_country(evidence.text, land),
            start=evidence.start,
            end=evidence.end,
            text=evidence.text,
            article=article.id,
            url=article.url or "",
            publisher=article.publisher or "",
            published=_published(report),
            text_sha256=article.text_sha256,
        )


def _published(report: Report) -> str:
    """The day of the article, ``2021-03-09``; empty where there is none."""
    match = DAY.match(report.article.published or "")
    return "-".join(match.groups()) if match else ""


def office_name(role: str) -> str:
    """An office in one way of writing: ``minister of foreign affairs`` is ``foreign minister``.

    >>> office_name("minister of foreign affairs"), office_name("premier"), office_name("minister for defense")
    ('foreign minister', 'prime minister', 'defence minister')
    """
    plain = role.replace("defense", "defence").replace("foreign affairs", "foreign").replace("secretary general", "secretary-general")
    match = re.fullmatch(r"(minister|secretary) (?:of|for) (?:the )?(?!state\b)(.+)", plain)
    if match:
        plain = f"{match.group(2)} {match.group(1)}"
    return {"premier": "prime minister", "foreign affairs minister": "foreign minister"}.get(plain, plain)


def _description(actor: Actor, report: Report) -> Span | None:
    """The characters that name somebody with the office: a title and name, or a name and what stands beside it."""
    role = (actor.role or "").lower()
    names = [m for m in actor.mentions if m.form == "name" and key_of(actor.name) in key_of(m.text)]
    if not role or not names:
        return None
    titled = next((m for m in names if role in m.text.lower()), None)
    if titled is not None:
        return titled.alone()
    text = report.article.text
    for name in names:
        for other in actor.mentions:
            start, end = min(name.start, other.start), max(name.end, other.end)
            if (
                other.form == "nominal"
                and role in text[start : end + len(role) + 1].lower()
                and end - start < NEAR
                and not ENDS_CLAUSE.search(text, start, end)
            ):
                longer = actor.affiliation and text.find(actor.affiliation, other.start, end + NEAR)
                if isinstance(longer, int) and longer >= 0 and not ENDS_CLAUSE.search(text, end, longer):
                    end = max(end, longer + len(actor.affiliation or ""))
                return Span(start=start, end=end, text=text[start:end])
    return None


def _dated(report: Report, evidence: Span) -> Iterator[tuple[Says, str, Span]]:
    """``president since 2019``, ``(2010–2014)``, ``from 2010 until 2014``: the dates that stand right after a description."""
    text = report.article.text
    times = [t for t in report.times if t.type == "DATE" and t.value[:4].isdigit() and len(t.value) in (4, 7, 10)]
    at = bisect.bisect_left([t.start for t in times], evidence.end)
    if at == len(times) or times[at].start - evidence.end > NEAR // 2:
        return
    first = times[at]
    lead = text[evidence.end : first.start]
    if "\n" in lead:
        return

    def wider(end: int) -> Span:
        return Span(start=evidence.start, end=end, text=text[evidence.start : end])

    if SINCE.fullmatch(lead):
        yield "begins", first.value, wider(first.end)
    elif UNTIL.fullmatch(lead):
        yield "ends", first.value, wider(first.end)
    elif (FROM.fullmatch(lead) or BRACKET.fullmatch(lead)) and at + 1 < len(times) and TO.fullmatch(text[first.end : times[at + 1].start]):
        last = times[at + 1]
        yield "begins", first.value, wider(last.end)
        yield "ends", last.value, wider(last.end)
