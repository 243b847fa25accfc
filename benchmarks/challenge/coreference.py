"""Who is who within an article: ``python -m benchmarks.challenge.coreference [FILE] [--errors]``.

``tests/challenge/coreference.txt`` holds short articles in which the words of every actor are marked with a label of the actor:
``[torres [peru Peru]'s minister], [torres Ana Torres], said [torres she] …``. A mark ends at the phrase's last noun (what follows
with *of* is no part of it). ``[a+b both sides]`` are several at once: a chain of its own, which an answer has right when it gives
the words to those same actors. ``[? …]`` may be read as an actor or not: places, readers, what somebody is said to be. Relative
pronouns and adjectives inside a marked phrase are not asked either. A state and its government are one chain, as in wire text.

An answer's mention is a marked one where both have the same span, or each has the other's head in it (that of a mark is its last
word). Answered mentions that nobody marked count against the chain they were put into; actors of only such mentions are left out.
Every third article (numbers that 3 divides) is ``held``: its errors are not printed, and nothing is mended by them.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.chains import Counts, Metric, b_cubed, ceaf_e, lea, muc, paired
from onrecord.actors.drafts import FIRST_PERSON, HE, IT, SHE, THEY
from onrecord.pipeline import Coder
from onrecord.records import Actor, Mention

ROWS = Path(__file__).parents[2] / "tests" / "challenge" / "coreference.txt"
HEADER = re.compile(r"^== (\d+) (\w+)\n", re.MULTILINE)
OPTIONAL = "?"
PRONOUNS = HE | SHE | IT | THEY | FIRST_PERSON | {"you", "your", "yours", "yourself", "yourselves"}
RELATIVE = frozenset(("who", "whom", "whose", "which", "that"))
METRICS: dict[str, Metric] = {"muc": muc, "b_cubed": b_cubed, "ceaf_e": ceaf_e, "lea": lea}
KINDS = ("name", "nominal", "pronoun")

Place = tuple[int, int]
Chain = frozenset[Place]


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """Marked words and whom they mean: an actor's label, or several labels."""

    start: int
    end: int
    labels: frozenset[str]
    kind: str
    head: int

    @property
    def asked(self) -> bool:
        return OPTIONAL not in self.labels


@dataclasses.dataclass(frozen=True, slots=True)
class Marked:
    """An article of the challenge."""

    number: int
    topic: str
    text: str
    marks: tuple[Mark, ...]

    @property
    def held(self) -> bool:
        return self.number % 3 == 0


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """The chains of an article, ``key`` as marked and ``given`` as coded, and the actor that each given chain is of."""

    article: Marked
    key: list[Chain]
    given: list[Chain]
    actor: dict[Place, str]


def read(path: Path = ROWS) -> list[Marked]:
    """The articles of the challenge."""
    parts = HEADER.split(path.read_text(encoding="utf-8"))[1:]
    return [unmarked(int(number), topic, body.strip()) for number, topic, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True)]


def unmarked(number: int, topic: str, body: str) -> Marked:
    """An article's text without its marks, and the marks.

    Raises:
        ValueError: a bracket stays open or closes nothing.
    """
    text: list[str] = []
    open_: list[tuple[int, frozenset[str]]] = []
    marks: list[Mark] = []
    for piece in re.split(r"(\[[\w+?]+ |\])", body):
        if piece.startswith("["):
            open_.append((sum(map(len, text)), frozenset(piece[1:-1].split("+"))))
        elif piece == "]":
            if not open_:
                raise ValueError(f"article {number}: a bracket closes nothing")
            start, labels = open_.pop()
            marks.append(_mark(start, "".join(text)[start:], labels))
        else:
            text.append(piece)
    if open_:
        raise ValueError(f"article {number}: a bracket stays open")
    return Marked(number, topic, "".join(text), tuple(sorted(marks, key=lambda m: (m.start, -m.end))))


def _mark(start: int, words: str, labels: frozenset[str]) -> Mark:
    last = re.split(r"\s", words)[-1]
    kind = "pronoun" if words.lower() in PRONOUNS else "name" if last[0].isupper() else "nominal"
    return Mark(start, start + len(words), labels, kind, start + len(words) - len(last))


def answer(coder: Coder, article: Marked) -> Answer:
    """What the coder makes of an article, its mentions under the places of the marks that they are."""
    coded = coder.code(article.text)
    whose: dict[Place, set[str]] = defaultdict(set)
    mentions: dict[Place, Mention] = {}
    for actor in coded.actors:
        for mention in actor.mentions:
            whose[mention.start, mention.end].add(_one_state(actor))
            mentions[mention.start, mention.end] = mention
    at = _matched(article.marks, list(mentions.values()))
    named = {place: "+".join(sorted(ids)) for place, ids in whose.items()}
    optional = {(m.start, m.end) for m in article.marks if not m.asked}
    actor_at: dict[Place, str] = {}
    for place, mention in mentions.items():
        own = at.get(place)
        if own in optional or (own is None and (mention.text.lower() in RELATIVE or _within(mention, article.marks))):
            continue
        actor_at[own or place] = named[place]
    known = {(m.start, m.end) for m in article.marks if m.asked}
    given = [c for c in _chains(actor_at.items()) if c & known]
    key = _chains(((m.start, m.end), "+".join(sorted(m.labels))) for m in article.marks if m.asked)
    return Answer(article, key, given, actor_at)


def _one_state(actor: Actor) -> str:
    return actor.id.removesuffix(".GOV") if actor.kind in ("state", "de_facto") else actor.id


def _within(mention: Mention, marks: Iterable[Mark]) -> bool:
    return mention.form != "pronoun" and any(m.start <= mention.start and mention.end <= m.end for m in marks)


def _matched(marks: Sequence[Mark], mentions: Sequence[Mention]) -> dict[Place, Place]:
    """The mark that each mention is, same spans first, then the nearest in length."""
    options = [
        ((mark.start, mark.end) != (mention.start, mention.end), abs(mark.end - mark.start - mention.end + mention.start), i, j)
        for i, mark in enumerate(marks)
        for j, mention in enumerate(mentions)
        if (mark.start, mark.end) == (mention.start, mention.end) or (mark.start <= mention.head < mark.end and mention.start <= mark.head < mention.end)
    ]
    out: dict[Place, Place] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(options):
        place = (mentions[j].start, mentions[j].end)
        if i not in taken and place not in out:
            taken.add(i)
            out[place] = (marks[i].start, marks[i].end)
    return out


def _chains(pairs: Iterable[tuple[Place, str]]) -> list[Chain]:
    by_label: dict[str, set[Place]] = defaultdict(set)
    for place, label in pairs:
        by_label[label].add(place)
    return [frozenset(c) for c in by_label.values()]


def linked(one: Answer) -> set[Place]:
    """The marked places that were given to the actor that has most of their chain, actors and chains paired one to one."""
    pairs = paired(one.key, one.given, lambda a, b: float(len(a & b)))
    alone = {place for a, b in pairs for place in a & b}
    actor_of = {label: one.actor[next(iter(a & b))] for a, b in pairs if (label := _label(one.article, a)) is not None}  # type: ignore[index]
    for mark in one.article.marks:
        parts = {actor_of.get(label) for label in mark.labels}
        if len(parts) > 1 and None not in parts and one.actor.get((mark.start, mark.end)) == "+".join(sorted(p for p in parts if p)):
            alone.add((mark.start, mark.end))
    return {place for mark in one.article.marks if (place := (mark.start, mark.end)) in alone}


def _label(article: Marked, chain: Iterable[object]) -> str | None:
    mark = next(m for m in article.marks if (m.start, m.end) in set(chain) and m.asked)
    return next(iter(mark.labels)) if len(mark.labels) == 1 else None


def figures(answers: Sequence[Answer]) -> dict[str, float]:
    """The figures of answered articles.

    Returns:
        F1 by ``muc``, ``b_cubed``, ``ceaf_e`` and ``lea``, and ``conll``, the mean of the first three, chains of one mention counted as
        chains; ``conll_of_several``, the same without them; ``found``, the share of marks that are a mention at all; ``name``,
        ``nominal`` and ``pronoun``, the share of marks of a kind that go to the right chain.
    """
    counts, several = ({name: Counts() for name in METRICS} for _ in range(2))
    asked, right, found = Counter[str](), Counter[str](), 0
    for one in answers:
        for name, metric in METRICS.items():
            counts[name] = counts[name].plus(metric(one.key, one.given))
            several[name] = several[name].plus(metric(*([c for c in side if len(c) > 1] for side in (one.key, one.given))))
        good = linked(one)
        for mark in (m for m in one.article.marks if m.asked):
            asked[mark.kind] += 1
            right[mark.kind] += (mark.start, mark.end) in good
            found += (mark.start, mark.end) in one.actor
    out = {"conll": _conll(counts), "conll_of_several": _conll(several), **{name: c.f1 for name, c in counts.items()}}
    out["found"] = found / max(1, asked.total())
    out |= {kind: right[kind] / max(1, asked[kind]) for kind in KINDS}
    return {name: round(value, 4) for name, value in out.items()}


def _conll(counts: dict[str, Counts]) -> float:
    return sum(counts[name].f1 for name in ("muc", "b_cubed", "ceaf_e")) / 3


def score(coder: Coder, articles: Sequence[Marked]) -> dict[str, dict[str, float]]:
    """The figures of the articles whose errors were read and of those held back."""
    answers = [answer(coder, article) for article in articles]
    return {part: figures([a for a in answers if a.article.held == held]) for part, held in (("read", False), ("held", True))}


def errors(coder: Coder, articles: Sequence[Marked]) -> Iterator[str]:
    """Each article that is not held, with its marks that went to a wrong chain or nowhere and mentions that nobody marked."""
    for article in articles:
        if article.held:
            continue
        one = answer(coder, article)
        good = linked(one)
        wrong = [m for m in article.marks if m.asked and (m.start, m.end) not in good]
        places = {(m.start, m.end) for m in article.marks if m.asked}
        lines = [f"== {article.number}"]
        for mark in wrong:
            around = article.text[max(0, mark.start - 40) : mark.end + 25].replace("\n", " ")
            got = one.actor.get((mark.start, mark.end), "-")
            lines.append(f"  {mark.kind:8}{article.text[mark.start : mark.end]:32} {'+'.join(sorted(mark.labels)):14} got {got:40} … {around}")
        for chain in one.given:
            lines.extend(f"  unmarked {article.text[s:e]:31} got {one.actor[s, e]}" for s, e in sorted(chain - places))
        yield "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; returns the exit status."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.challenge.coreference", description="Chains of actors on our own articles.")
    asked.add_argument("file", nargs="?", type=Path, default=ROWS)
    asked.add_argument("--model", default="none", help="as for Coder: small, none, or the folder of other weights")
    asked.add_argument("--errors", action="store_true", help="list what comes out wrong")
    args = asked.parse_args(argv)
    coder, articles = Coder(model=args.model), read(args.file)
    if args.errors:
        print(*errors(coder, articles), sep="\n\n")
    else:
        print(json.dumps(score(coder, articles), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
