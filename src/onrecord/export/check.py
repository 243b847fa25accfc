"""Rules tried on their own examples: what fires as it should, and what was found where it doesn't."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from rich.table import Table
from rich.text import Text

from onrecord.lexicons import Rule, all_rules
from onrecord.pipeline import Coder
from onrecord.records import Article, rule_of

PUBLISHED = "2021-03-09"
"""The day on which examples are read: something must date "on Sunday"."""
ADVICE = "Phrases are matched on the words as they are read; most rules need a participant whose country or sector is known."


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A rule on a sentence.

    Attributes:
        rule: the rule's id.
        sentence: one of its examples or counterexamples.
        wanted: whether it is an example, on which the rule must fire.
        fired: whether it did.
        instead: where it didn't as wanted, the events that were found.
        read_as: where it didn't fire as wanted, the words as the coder reads them: what phrases must be made of.
    """

    rule: str
    sentence: str
    wanted: bool
    fired: bool
    instead: tuple[str, ...] = ()
    read_as: str = ""

    @property
    def passed(self) -> bool:
        """Whether the rule does what its author says."""
        return self.fired == self.wanted


def packaged_rules() -> Iterator[Rule]:
    """The rules of every room, with no more than their ids and sentences."""
    for _, raw in all_rules():
        yield Rule(id=raw["id"], examples=tuple(raw["examples"]), counterexamples=tuple(raw.get("counterexamples", ())))


def tried(coder: Coder, rules: Iterable[Rule]) -> Iterator[Tried]:
    """Every rule on every example and counterexample of its own, through the whole coder."""
    for rule in rules:
        for wanted, sentences in ((True, rule.examples), (False, rule.counterexamples)):
            for sentence in sentences:
                yield _tried(coder, rule.id, sentence, wanted=wanted)


def _tried(coder: Coder, id: str, sentence: str, *, wanted: bool) -> Tried:
    parsed = coder.parser.parse(Article.make(sentence, published=PUBLISHED))
    report = coder.report(parsed)
    fired = id in report.rules()
    if fired == wanted:
        return Tried(rule=id, sentence=sentence, wanted=wanted, fired=fired)
    found = tuple(f"{e.type}{f' {e.mode}' if e.mode else ''} by {rule_of(e.reason)} on “{e.trigger.text}”" for e in report.events)
    words = " ".join(t.lemma_.lower() for t in parsed.doc if not t.is_space)
    return Tried(rule=id, sentence=sentence, wanted=wanted, fired=fired, instead=found, read_as=words if wanted else "")


def table_of(results: Sequence[Tried]) -> Table:
    """The results, a row each, for a terminal."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    table.add_column("rule", ratio=1, overflow="fold", header_style="dim")
    table.add_column("should", no_wrap=True, header_style="dim")
    table.add_column("", no_wrap=True)
    table.add_column("sentence", ratio=2, overflow="fold", header_style="dim")
    last = ""
    for each in results:
        verdict = Text("ok", "green") if each.passed else Text("FAILS", "bold red")
        table.add_row(each.rule if each.rule != last else "", "fire" if each.wanted else "be silent", verdict, Text("\n".join(_told(each))))
        last = each.rule
    return table


def _told(each: Tried) -> Iterator[str]:
    yield each.sentence
    if each.passed:
        return
    if each.read_as:
        yield f"  read as: {each.read_as}"
    yield f"  events found: {'; '.join(each.instead) or 'none'}"


def summary(results: Sequence[Tried]) -> str:
    """How many sentences were tried, how many fail, and what to look at then."""
    failed = sum(not r.passed for r in results)
    wanted = sum(r.wanted for r in results)
    tried_on = f"{wanted} examples and {len(results) - wanted} counterexamples of {len({r.rule for r in results})} rules"
    return f"{tried_on}: {f'{failed} FAIL. {ADVICE}' if failed else 'all as they should be'}"
