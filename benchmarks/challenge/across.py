"""The challenge across articles: several reports of one event, and of another event of the same kind in the same place.

A row of ``tests/challenge/across.csv`` is a short article with the words of the event it is about (``trigger``). Articles with
the same ``situation`` tell of one kind of event in one place, those with the same ``event`` letter of one event. Rules and
weights are made looking at the part ``develop``; ``held`` is only measured. ``python -m benchmarks.challenge.across`` prints the figures of
both, ``--errors`` the pairs of ``develop`` that come out wrong.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import itertools
import json
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.challenge.positions import occurrences, overlaps
from onrecord.cluster.eventmentions import Mention, mentions
from onrecord.cluster.events import MentionMemory, clusters, component, connect
from onrecord.cluster.profiles import Profile, profile
from onrecord.cluster.stories import Recent, links
from onrecord.pipeline import Coder
from onrecord.records import Article

WEEK = 7
"""Days between the reports of two events that are brought near each other."""
ROWS = Path(__file__).parents[2] / "tests" / "challenge" / "across.csv"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One article of the challenge."""

    id: str
    part: str
    situation: str
    kind: str
    event: str
    published: str
    publisher: str
    title: str
    trigger: str
    text: str

    @property
    def article(self) -> Article:
        """The article as a reader would give it."""
        return Article.make(self.text, id=self.id, title=self.title, published=self.published, published_reason="given", publisher=self.publisher)


def read(part: str | None = None) -> list[Row]:
    """The rows, of all parts or of one."""
    with ROWS.open(encoding="utf-8", newline="") as lines:
        found = [Row(**row) for row in csv.DictReader(lines)]
    return [row for row in found if part in (None, row.part)]


def pairs(rows: Iterable[Row]) -> list[tuple[Row, Row]]:
    """The pairs of articles of one situation."""
    return [(a, b) for a, b in itertools.combinations(rows, 2) if a.situation == b.situation]


def score(rows: Sequence[Row], labels: Mapping[str, Collection[str]]) -> dict[str, float]:
    """Figures of a grouping.

    Args:
        rows: the articles.
        labels: by an article's id the groups (stories, or events of its ``trigger``) it is in; two articles are taken as one where they share any.

    Returns:
        ``f1``, ``precision`` and ``recall`` over the pairs of one situation, and ``stray``, how many pairs of different situations
        are taken as one for each article.
    """
    linked = {(a.id, b.id) for a, b in itertools.combinations(rows, 2) if set(labels[a.id]) & set(labels[b.id])}
    same = {(a.id, b.id) for a, b in pairs(rows) if a.event == b.event}
    inside = {(a.id, b.id) for a, b in pairs(rows)}
    right, taken = len(linked & same), len(linked & inside)
    return {
        "f1": round(2 * right / (taken + len(same)), 4),
        "precision": round(right / taken, 4) if taken else 0.0,
        "recall": round(right / len(same), 4),
        "stray": round(len(linked - inside) / len(rows), 4),
    }


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """What a coder finds in an article: its event mentions, the ids of those on the row's ``trigger``, and what tells its story."""

    mentions: list[Mention]
    marked: set[str]
    profile: Profile


def coded(coder: Coder, rows: Sequence[Row]) -> dict[str, Coded]:
    """What is found in each article, by its id."""
    out = {}
    for row, report in zip(rows, coder.pipe(row.article for row in rows), strict=True):
        ranges = [where for words in row.trigger.split(";") for where in occurrences(row.text, words)]
        marked = {e.id for e in report.events if overlaps((e.trigger.start, e.trigger.end), ranges)}
        out[row.id] = Coded(mentions=mentions(report), marked=marked, profile=profile(report.article, report.times))
    return out


def alike(found: Mapping[str, Coded]) -> dict[str, dict[str, float]]:
    """By an article's id how likely it is of one story with others, as a record has it."""
    out: dict[str, dict[str, float]] = {id: {} for id in found}
    index = Recent()
    for each in found.values():
        index.add(each.profile)
    for (one, two), likeness in links([each.profile for each in found.values()], index).items():
        out[one][two] = out[two][one] = likeness
    return out


def moved(mention: Mention, by: int) -> Mention:
    """A mention as if its article had been published so many days later."""
    published, first, last = (None if day is None else day + by for day in (mention.published, mention.first, mention.last))
    return dataclasses.replace(mention, published=published, first=first, last=last)


def postponed(profile: Profile, by: int) -> Profile:
    """An article as if it had been published so many days later."""
    published = None if profile.published is None else profile.published + by
    return dataclasses.replace(profile, published=published, days=frozenset(d + by for d in profile.days))


def nearer(found: Mapping[str, Coded], rows: Sequence[Row], *, days: int) -> dict[str, Coded]:
    """What is found as if in each situation the reports of the second event had begun so many days after those of the first ended."""
    out = dict(found)
    for _, some in itertools.groupby(sorted(rows, key=lambda r: r.situation), key=lambda r: r.situation):
        listed = list(some)
        first, second = ([r.id for r in listed if (r.event == "a") == is_first] for is_first in (True, False))
        ended = max(found[id].profile.published or 0 for id in first)
        by = ended + days - min(found[id].profile.published or 0 for id in second)
        for id in second:
            each = found[id]
            out[id] = Coded(mentions=[moved(m, by) for m in each.mentions], marked=each.marked, profile=postponed(each.profile, by))
    return out


def labelled(found: Mapping[str, Coded]) -> dict[str, set[str]]:
    """By an article's id the events that its marked mentions are of, all articles clustered together."""
    index = MentionMemory()
    everything = [m for each in found.values() for m in each.mentions]
    connect(everything, index, alike(found))
    event = {m: f"e{n}-{k}" for n, ids in enumerate(component([m.id for m in everything], index)) for k, c in enumerate(clusters(ids, index)) for m in c}
    return {article: {event[m] for m in each.marked if m in event} for article, each in found.items()}


def figures(coder: Coder, rows: Sequence[Row]) -> dict[str, float]:
    """The figures of events across articles as a coder codes them.

    Returns:
        Those of :func:`score` over the articles in which the coder finds the marked event; ``coded``, the share of these;
        ``found``, the F1 over all articles, in which an event that is not coded is a miss; ``week``, the precision where the two events
        of a situation are a week apart (:func:`nearer`).
    """
    found = coded(coder, rows)
    labels, near = labelled(found), labelled(nearer(found, rows, days=WEEK))
    kept = [row for row in rows if labels[row.id]]
    own = {"coded": round(len(kept) / len(rows), 4), "found": score(rows, labels)["f1"], "week": score(kept, near)["precision"]}
    return {**score(kept, labels), **own}


def errors(coder: Coder, rows: Sequence[Row]) -> Iterator[str]:
    """The pairs of articles that are taken as one event or as two and shouldn't."""
    labels = labelled(coded(coder, rows))
    for a, b in pairs(rows):
        if labels[a.id] and labels[b.id] and (a.event == b.event) != bool(labels[a.id] & labels[b.id]):
            yield f"{'missed' if a.event == b.event else 'WRONG'} {a.id} {b.id}\n  {a.published} {a.text}\n  {b.published} {b.text}"


def main(argv: Sequence[str]) -> int:
    """The command line; returns the exit status."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.challenge.across", description="Events across articles on our own articles.")
    asked.add_argument("--model", default="small", help="as for Coder: small, none, or the folder of other weights")
    asked.add_argument("--errors", action="store_true", help="list the pairs that come out wrong")
    asked.add_argument("--json", action="store_true", help="write the figures of the part that no weights were fitted to as JSON")
    given = asked.parse_args(argv)
    coder = Coder(model=given.model)
    if given.errors:
        print(*errors(coder, read("develop")), sep="\n")
    if given.json:
        print(json.dumps(figures(coder, read("held"))))
        return 0
    for part in ("develop", "held"):
        print(part, *(f"{name} {value:.4f}" for name, value in figures(coder, read(part)).items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
