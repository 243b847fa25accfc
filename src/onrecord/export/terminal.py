"""A report to read in a terminal: who did what, who stands where and who said what, in the source's own words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.export.rows import magnitudes, speaker_name
from onrecord.records import WORDS_OF, Event, Participant, Position, Report

OWN_VOICE = "the article"
STANCE_STYLE = {"oppose": "red", "support": "green", "neutral": "yellow"}
LONGEST = 110


EVERYTHING = ("events", "positions", "attributions")


def show(report: Report, console: Console, *, what: Sequence[str] = EVERYTHING) -> None:
    """Print one report; ``what`` says which tables."""
    console.print(rendered(report, what=what))


def rendered(report: Report, *, what: Sequence[str] = EVERYTHING) -> RenderableType:
    """One report as something rich can print."""
    article = report.article
    known = [x for x in (article.publisher, article.published, article.url) if x]
    parts: list[RenderableType] = [Text(article.title or _opening(article.text), style="bold"), Text(" · ".join([article.id, *known]), style="dim")]
    voices = {a.id: speaker_name(a) for a in report.attributions}
    tables = {"events": _events(report, voices), "positions": _positions(report, voices), "attributions": _attributions(report)}
    for name, table in tables.items():
        if name in what and table.row_count:
            parts.append(Padding(table, (1, 0, 0, 0)))
    if len(parts) == 2:
        parts.append(Text("nothing on record found: no event, position or attribution"))
    parts.extend(Text(f"note: {w}", style="yellow") for w in report.warnings)
    return Padding(Group(*parts), (0, 0, 1, 0))


def _table(title: str, *columns: tuple[str, int]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    for name, ratio in columns:
        table.add_column(name, ratio=ratio, overflow="fold", header_style="dim")
    return table


def _events(report: Report, voices: dict[str, str]) -> Table:
    table = _table("Who did what", ("who", 5), ("did what", 6), ("to whom", 5), ("when", 3), ("where", 3), ("in whose words", 4))
    for e in sorted(report.events, key=lambda e: e.trigger.start):
        table.add_row(
            _who(e.actors),
            _what(e),
            _who(e.recipients),
            e.date.value if e.date else "",
            e.place.name if e.place else "",
            voices.get(e.claimed_by or "", OWN_VOICE),
        )
    return table


def _what(event: Event) -> Text:
    kind = event.type if event.mode is None else f"{event.type} {event.mode}"
    text = Text.assemble((shortened(event.trigger.text), ""), (f"  {kind}", "cyan"))
    if event.veridicality != "asserted":
        text.append(f"  [{event.veridicality}]", "magenta")
    for figure in magnitudes(event):
        text.append(f"  {figure}", "yellow")
    return text


def _positions(report: Report, voices: dict[str, str]) -> Table:
    table = _table("Who stands where", ("who", 5), ("stand", 4), ("on what", 9), ("said", 3), ("in whose words", 4))
    for p in sorted(report.positions, key=lambda p: p.evidence.start):
        table.add_row(shortened(holder_name(report, p)), _stand(p), shortened(p.object.text), p.said.value or "", voices.get(p.attribution or "", OWN_VOICE))
    return table


def _stand(position: Position) -> Text:
    text = Text.assemble((position.act.replace("_", " "), STANCE_STYLE[position.stance]))
    if position.status != "taken":
        text.append(f"  [{position.status}]", "magenta")
    return text


def _attributions(report: Report) -> Table:
    table = _table("Who said what", ("who", 5), ("how", 3), ("what", 16))
    for a in sorted(report.attributions, key=lambda a: a.content[0].start):
        if a.confidence < WORDS_OF:  # an attitude: what it is on stands among the positions
            continue
        table.add_row(speaker_name(a), shortened(" ".join(s.text for s in a.cue)), shortened(" … ".join(s.text for s in a.content)))
    return table


def holder_name(report: Report, position: Position) -> str:
    """Who holds a position: the actor's name where resolved, else the words used."""
    actor = next((a for a in report.actors if a.id == position.holder.actor_id), None)
    return actor.name if actor else position.holder.text


def stands(reports: Iterable[Report]) -> Table:
    """Who stands where, over many articles: how often each holder supports or opposes, and with which acts."""
    acts: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    objects: dict[str, Counter[str]] = defaultdict(Counter)
    for report in reports:
        for p in report.positions:
            name = holder_name(report, p)
            acts[name][p.stance, p.act] += 1
            objects[name][shortened(p.object.text, 60)] += 1
    table = _table("Who stands where", ("holder", 5), ("for", 5), ("against", 6), ("among other things, on", 10))
    for name, counted in sorted(acts.items(), key=lambda x: (-sum(x[1].values()), x[0])):
        cells = [", ".join(f"{act.replace('_', ' ')} {n}" for (stance, act), n in counted.most_common() if stance == side) for side in ("support", "oppose")]
        table.add_row(name, Text(cells[0], "green"), Text(cells[1], "red"), objects[name].most_common(1)[0][0])
    return table


def _who(participants: tuple[Participant, ...]) -> str:
    return ", ".join(shortened(p.text, 50) + (f" ({code(p)})" if p.country or p.sector else "") for p in participants)


def code(participant: Participant) -> str:
    """``CHL.GOV``, or as much of it as is known; a body's own id."""
    if (participant.actor_id or "").startswith("IGO."):
        return ".".join((participant.actor_id or "").split(".")[:2])
    return ".".join(x for x in (participant.country or "?", participant.sector) if x)


def shortened(text: str, longest: int = LONGEST) -> str:
    """The text on one line, cut in the middle where it is longer than ``longest`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 30].rstrip()} … {line[-27:].lstrip()}"


def _opening(text: str) -> str:
    return shortened(text.strip().split("\n", 1)[0] if text.strip() else "(empty)", 90)
