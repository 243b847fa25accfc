"""Attributions → statements: what one speaker said once, however many articles carry it, with all who signed it.

Two attributions are of one statement if their speakers can be one, they were said within a week, and the shorter
of the two contents stands for the most part in the longer: word for word where there are quotation marks, and
otherwise by most of its telling words. A statement is a connected component of such pairs, so the order in which
articles come changes nothing.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from onrecord.cluster.components import components
from onrecord.cluster.days import day_of
from onrecord.records import WORDS_OF, Attribution, Report, digest

WINDOW = 7
"""Days within which one utterance is reported."""
RUN = 3
"""Words of a run that is looked for in the other content."""
SAME_WORDS = 0.6
"""The share of the shorter content's runs that the longer must have."""
SAME_SENSE = 0.75
"""The share of the shorter content's telling words that the longer must have where the wording differs."""
SHORTEST = 5
"""Words below which a content must be the other's word for word."""
TELLING = 4
"""Letters that a telling word has at least."""
SLOTS = 6
"""How many of its runs' and words' hashes a content is found by."""
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """An attribution of words, as statements need it.

    Attributes:
        id: the attribution's.
        article: the article's id.
        speakers: the actor ids it can be by: the speaker's, and that of whom the speaker speaks for.
        name: the speaker's name, where there is one.
        signatories: the actor ids of all whom the source names.
        words: the content's words in lower case.
        text: the content.
        day: when it was said, as a day number; None where that is not known.
        date: the same as an ISO date.
    """

    id: str
    article: str
    speakers: frozenset[str]
    name: str | None
    signatories: tuple[str, ...]
    words: tuple[str, ...]
    text: str
    day: int | None
    date: str | None

    @property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Runs of three words."""
        return frozenset(self.words[i : i + RUN] for i in range(len(self.words) - RUN + 1))

    @property
    def telling(self) -> frozenset[str]:
        """The words that tell something: the longer ones, and figures."""
        return frozenset(w for w in self.words if len(w) >= TELLING or w[0].isdigit())

    def slots(self) -> list[str]:
        """By what other utterances of the statement are found: a speaker, and some of what is said."""
        parts = {" ".join(r) for r in self.runs} | set(self.telling) if len(self.words) >= SHORTEST else {" ".join(self.words)}
        hashes = sorted(hashlib.blake2b(p.encode(), digest_size=5).hexdigest() for p in parts)[:SLOTS]
        return [f"{speaker}|{h}" for speaker in sorted(self.speakers) for h in hashes]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One utterance.

    Attributes:
        id: derived from the earliest attribution.
        attributions: the ids of the attributions that report it, sorted.
        articles: the ids of the articles that carry it, sorted.
        signatories: the actor ids of all who make it, as any of them says.
        text: the content as the longest of them has it.
        said_from, said_to: the first and last date that is given for it.
    """

    id: str
    attributions: tuple[str, ...]
    articles: tuple[str, ...]
    signatories: tuple[str, ...]
    name: str | None
    text: str
    said_from: str | None
    said_to: str | None


def utterances(report: Report) -> Iterator[Utterance]:
    """The attributions of a report that can be told to be the same elsewhere: of words, by somebody who is known."""
    actors = [(m.start, m.end, a.id) for a in report.actors for m in a.mentions]
    for a in report.attributions:
        if a.confidence < WORDS_OF or a.parent is not None:
            continue
        s = a.speaker
        known = s.actor_id if s.name and s.name != s.name.lower() else None  # "a man" of two articles may be two men
        speakers = frozenset(x for x in (known, s.on_behalf_of) if x and not x.startswith("_"))
        content = " ".join(c.text for c in a.content)
        words = tuple(w.group().casefold().replace("’", "'") for w in WORD.finditer(content))
        if not speakers or not words:
            continue
        signed = {id for span in a.source for start, end, id in actors if span.start <= start and end <= span.end and not id.startswith("_")}
        day = _said(a, report)
        yield Utterance(
            id=a.id,
            article=report.article.id,
            speakers=speakers,
            name=s.name,
            signatories=tuple(sorted(signed | speakers)),
            words=words,
            text=content,
            day=day,
            date=datetime.date.fromordinal(day).isoformat() if day else None,
        )


def _said(attribution: Attribution, report: Report) -> int | None:
    """When it was said: the day that a position in the words has, else that of the article."""
    days = [day_of(p.said.value) for p in report.positions if p.attribution == attribution.id and p.said.value and p.said.precision == "day"]
    return days[0] if days and days[0] else day_of(report.article.published)


def one(a: Utterance, b: Utterance) -> bool:
    """Whether two attributions report one utterance."""
    if a.speakers.isdisjoint(b.speakers) or (a.day is not None and b.day is not None and abs(a.day - b.day) > WINDOW):
        return False
    short, long = sorted((a, b), key=lambda u: (len(u.words), u.id))
    if len(short.words) < SHORTEST:
        return short.words == long.words
    if short.runs and len(short.runs & long.runs) >= SAME_WORDS * len(short.runs):
        return True
    telling = short.telling
    return len(telling) >= SHORTEST and len(telling & long.telling) >= SAME_SENSE * len(telling)


def pairs(new: Sequence[Utterance], known: Iterable[Utterance]) -> list[tuple[str, str]]:
    """The pairs of one utterance among new attributions, and between these and known ones, by id."""
    everything = {u.id: u for u in (*known, *new)}
    by_key: dict[str, list[str]] = defaultdict(list)
    for u in everything.values():
        for key in u.slots():
            by_key[key].append(u.id)
    fresh = {u.id for u in new}
    out: set[tuple[str, str]] = set()
    for u in new:
        for other in {i for key in u.slots() for i in by_key[key]} - {u.id}:
            pair = (min(u.id, other), max(u.id, other))
            if pair not in out and (other not in fresh or u.id == pair[0]) and one(u, everything[other]):
                out.add(pair)
    return sorted(out)


def statements(found: Iterable[Utterance]) -> list[Statement]:
    """The statements that attributions report, in the order of their ids; each attribution is in exactly one."""
    by_id = {u.id: u for u in found}
    ties = pairs(list(by_id.values()), ())
    return sorted((statement([by_id[i] for i in group]) for group in components(by_id, ties)), key=lambda s: s.id)


def statement(members: Sequence[Utterance]) -> Statement:
    """The statement that some attributions are taken to report."""
    order = sorted(members, key=lambda u: (u.date or "9999", u.id))
    first = order[0]
    longest = max(order, key=lambda u: (len(u.words), u.id))
    names = Counter(u.name for u in order if u.name)
    dates = sorted(u.date for u in order if u.date)
    return Statement(
        id=f"st-{digest('statement', first.id)}",
        attributions=tuple(sorted(u.id for u in order)),
        articles=tuple(sorted({u.article for u in order})),
        signatories=tuple(sorted({s for u in order for s in u.signatories})),
        name=min(names, key=lambda n: (-names[n], n)) if names else None,
        text=longest.text,
        said_from=dates[0] if dates else None,
        said_to=dates[-1] if dates else None,
    )
