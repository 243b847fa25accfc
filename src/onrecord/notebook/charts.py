"""Charts by Altair of what a record answers: events on a timeline, counts over time, who stands where.

A chart is a :class:`Drawing`: notebooks that know Vega-Lite draw it themselves, others show the same as a picture, and neither asks a network.
"""

from __future__ import annotations

import functools
from base64 import b64encode
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import altair

from onrecord.export.terminal import shortened
from onrecord.notebook.showing import short_title
from onrecord.notebook.view import drawn
from onrecord.ontology import EVENT_TYPES
from onrecord.records.showing import chosen
from onrecord.store.query import Matrix, Table
from onrecord.store.query.counts import first_of

INK = "#1b1d21"
SOFT = "#5b616b"
PAPER = "#ffffff"
QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict", None: "other"}
COLOURS = {
    "verbal cooperation": "#3a86c8",
    "material cooperation": "#1d5a8c",
    "verbal conflict": "#c8641e",
    "material conflict": "#8f1d22",
    "other": "#6b7079",
}
"""Blue where sides work with one another, orange to red where they do not; each has a contrast of 3 to white, and shapes say the same."""
SHAPES = ("circle", "square", "triangle-up", "cross", "diamond")
SIDES = {"for": "#1d6b37", "against": "#a3282d", "neither": "#6b7079"}
STANCES = {"support": "for", "oppose": "against", "neutral": "neither"}
SERIES = ("#1d5a8c", "#c8641e", "#1d6b37", "#8f1d22", "#7a2e8e", "#6b7079", "#8a6d00", "#0b7a75")
MOST = 2_000
"""Events in a timeline; a chart carries all its data within it."""
By = Literal["type", "class", "place", "actor"]
Measure = Literal["count", "share", "score"]
MEASURES: Mapping[Measure, str] = {"count": "count", "share": "count for each article published", "score": "mean score (−10 conflict, 10 cooperation)"}


class Drawing:
    """A chart that notebooks show without a network.

    Args:
        chart: any chart of Altair's; it is drawn on white paper, which every theme can carry.

    Attributes:
        chart: the chart, to change or to combine with others: ``Drawing(drawing.chart.properties(width=300))``.
    """

    def __init__(self, chart: altair.TopLevelMixin) -> None:
        self.chart = chart

    def __repr__(self) -> str:
        return f"<Drawing: {self.told()}>"

    def spec(self) -> dict[str, Any]:
        """The chart as Vega-Lite."""
        spec: dict[str, Any] = self.chart.to_dict()
        given = spec.get("config", {})
        return {**spec, "background": PAPER, "config": {**given, **{part: {**given.get(part, {}), **look} for part, look in LOOK.items()}}}

    def told(self) -> str:
        """What it shows, in words for who does not see it: its description, or its title."""
        spec = self.spec()
        title = spec.get("title", "a chart")
        return str(spec.get("description") or (title["text"] if isinstance(title, dict) else title))

    def svg(self) -> str:
        """The chart as a picture.

        Raises:
            ImportError: what draws it is not installed: ``pip install 'onrecord[notebook]'``.
        """
        drawer = _drawer()
        if drawer is None:
            raise ImportError("to draw a picture without a browser: pip install 'onrecord[notebook]'")
        svg: str = drawer.vegalite_to_svg(self.spec(), vl_version=".".join(altair.SCHEMA_VERSION.lstrip("v").split(".")[:2]))
        return svg

    def save(self, path: str | Path) -> None:
        """Write it to a file, as SVG or, where the name ends so, as Vega-Lite (``.json``)."""
        if str(path).endswith(".json"):
            self.chart.save(str(path))
        else:
            Path(path).write_text(self.svg(), encoding="utf-8")

    def bundle(self) -> dict[str, Any]:
        """By media type what a notebook can show of it: a picture where one can be made, and Vega-Lite."""
        picture = {"text/html": drawn("picture.html.jinja", svg=b64encode(self.svg().encode()).decode(), told=self.told())} if _drawer() is not None else {}
        return {"text/plain": repr(self), **picture, MIME: self.spec()}

    def _repr_mimebundle_(self, include: Container[str] | None = None, exclude: Container[str] | None = None) -> dict[str, Any]:
        return chosen(self.bundle(), include, exclude)


MIME = f"application/vnd.vegalite.v{altair.SCHEMA_VERSION.lstrip('v').split('.', maxsplit=1)[0]}+json"
LOOK: dict[str, Any] = {
    "axis": {"labelColor": INK, "titleColor": SOFT, "gridColor": "#e6e4de", "domainColor": SOFT, "tickColor": SOFT, "labelFontSize": 12, "titleFontSize": 12},
    "legend": {"labelColor": INK, "titleColor": SOFT, "labelFontSize": 12, "titleFontSize": 12},
    "title": {"color": INK, "subtitleColor": SOFT, "anchor": "start", "fontSize": 14, "subtitleFontSize": 12},
    "view": {"stroke": "transparent"},
}


@functools.cache
def _drawer() -> Any:
    """What draws a chart without a browser; None where it is not installed."""
    try:
        return import_module("vl_convert")
    except ImportError:
        return None


def timeline(events: Table, *, by: By = "type", title: str = "Events") -> Drawing:
    """When what happened, as it is reported: a mark for each event, by its day.

    Args:
        events: rows of :meth:`Record.events <onrecord.store.record.Record.events>`.
        by: what makes the lines: the type, the class (verbal or material, cooperation or conflict), the place, or the first actor.
        title: what stands above it.

    Raises:
        ValueError: the table has no events.
    """
    if not {"date", "type", "origins"} <= set(events.schema):
        raise ValueError("a timeline needs rows of Record.events")
    dated = [e for e in events if e["date"] and not e["date"]["value"].startswith("--")]
    values = [_marked(e, by) for e in dated[:MOST]]
    left = [f"{len(events) - len(dated)} without a day are left out" if len(events) > len(dated) else "", f"the latest {MOST}" if len(dated) > MOST else ""]
    base = altair.Chart(_data(values), description=f"{title}: {len(values)} events by day and {by}")
    sizes = sorted({v["origins"] for v in values})[:5]
    classes = [c for c in COLOURS if any(v["class"] == c for v in values)]
    chart = base.mark_point(filled=True, opacity=0.75, strokeWidth=1).encode(
        x=altair.X("day:T", title=_years(values)),
        y=altair.Y("line:N", title=None, sort=_commonest(v["line"] for v in values)),
        size=altair.Size("origins:Q", title="independent texts", scale=altair.Scale(range=[50, 260]), legend=altair.Legend(values=sizes, format="d")),
        color=altair.Color("class:N", title="class", scale=altair.Scale(domain=classes, range=[COLOURS[c] for c in classes])),
        shape=altair.Shape("class:N", title="class", scale=altair.Scale(domain=classes, range=[SHAPES[list(COLOURS).index(c)] for c in classes])),
        tooltip=["title:N", "date:N", "type:N", "place:N", "status:N"],
    )
    return Drawing(_titled(chart, title, left).properties(width=640, height=altair.Step(24)))


def _marked(event: Mapping[str, Any], by: By) -> dict[str, Any]:
    known = EVENT_TYPES.get(event["type"])
    group = QUADS[known.quad if known else None]
    place = event["place"]["name"] if event["place"] else "no place"
    actor = next((a["name"] for a in event["actors"] if a["role"] == "actor"), "nobody named")
    date = event["date"]["value"]
    return {
        "day": f"{date}-01-01"[:10] if len(date) == 4 else f"{date}-01"[:10],
        "date": date,
        "line": {"type": event["type"], "class": group, "place": place, "actor": actor}[by],
        "class": group,
        "type": event["type"],
        "title": shortened(event["title"] or "", 90),
        "place": place,
        "status": event["status"] or "",
        "origins": len(event["origins"]),
    }


def over_time(counts: Table, *, measure: Measure = "count", series: Sequence[str] | None = None, most: int = 6, title: str = "Events over time") -> Drawing:
    """Counts by period, a line for each series.

    Args:
        counts: rows of :meth:`Record.counts <onrecord.store.record.Record.counts>`; ask it to ``fill``, or periods without any are missing and not nought.
        measure: the count, the count for each article that was published in the period (which tells more news from more events), or the mean of
            PLOVER's scores, each row by its count.
        series: the columns that tell the lines apart; by default all that the table has (``source``, ``target``, ``quad`` …).
        most: lines that are drawn, those with the highest counts; how many are not is said.
        title: what stands above it.

    Raises:
        ValueError: the table has no counts, or no such column.
    """
    if not {"period", "count", "articles"} <= set(counts.schema):
        raise ValueError("a chart over time needs rows of Record.counts")
    keys = [c for c in counts.schema if c not in ("period", "by", "count", "articles", "outlets", "score")] if series is None else list(series)
    if unknown := [k for k in keys if k not in counts.schema]:
        raise ValueError(f"the counts have no column {unknown[0]!r}")
    added = _added(counts, keys)
    totals: Counter[str] = Counter()
    for one in added:
        totals[one["series"]] += one["count"]
    names = sorted(totals, key=lambda n: (-totals[n], n))[:most]
    values = [v for v in added if v["series"] in names and v[measure] is not None]
    left = [f"{len(totals) - len(names)} lines with fewer are left out" if len(totals) > len(names) else "", *counts.notes]
    base = altair.Chart(_data(values), description=f"{title}: {MEASURES[measure]} by period, {len(names)} line{'' if len(names) == 1 else 's'}")
    colours = [COLOURS.get(name, SERIES[n % len(SERIES)]) for n, name in enumerate(names)]
    colour = altair.Color("series:N", title=None, sort=names, scale=altair.Scale(domain=names, range=colours))
    line = base.mark_line(point=altair.OverlayMarkDef(filled=True, size=45), strokeWidth=2).encode(
        x=altair.X("day:T", title=_years(values)),
        y=altair.Y(f"{measure}:Q", title=MEASURES[measure]),
        color=colour if len(names) > 1 else altair.value(SERIES[0]),
        strokeDash=altair.StrokeDash("series:N", title=None, sort=names, scale=altair.Scale(domain=names)) if len(names) > 1 else altair.value([1, 0]),
        tooltip=["period:N", "series:N", "count:Q", "articles:Q", altair.Tooltip("share:Q", format=".2f"), altair.Tooltip("score:Q", format=".1f")],
    )
    return Drawing(_titled(line, title, left).properties(width=640, height=240))


def _added(counts: Table, keys: Sequence[str]) -> list[dict[str, Any]]:
    """The counts added up over the columns that tell no lines apart, with what is worked out of them."""
    added: dict[tuple[str, str], dict[str, Any]] = {}
    for row in counts:
        name = " → ".join(_put(k, row[k]) for k in keys) or "all"
        empty = {"period": row["period"], "day": first_of(row["period"]).isoformat(), "series": name, "count": 0, "scored": 0, "sum": 0.0}
        one = added.setdefault((row["period"], name), empty)
        one["count"] += row["count"]
        one["articles"] = row["articles"]
        if row["score"] is not None:
            one["sum"] += row["score"] * row["count"]
            one["scored"] += row["count"]
    for one in added.values():
        one["share"] = one["count"] / one["articles"] if one["articles"] else None
        one["score"] = one["sum"] / one["scored"] if one["scored"] else None
    return list(added.values())


def _put(key: str, value: Any) -> str:
    return QUADS.get(value, str(value)) if key == "quad" else "none" if value is None else str(value)


def standings(matrix: Matrix, *, title: str = "Who stands where") -> Drawing:
    """A matrix as a chart: each holder's latest position on each matter, by its side.

    Args:
        matrix: what :meth:`Record.matrix <onrecord.store.record.Record.matrix>` gives; shown itself it is a table with the words.
        title: what stands above it.
    """
    names = _told_apart({h.id: h.name for h in matrix.rows})
    titles = _told_apart({m.id: shortened(short_title(m), 60) for m in matrix.columns})
    values = [
        {
            "holder": names[holder],
            "matter": titles[matter],
            "side": STANCES[cell.latest["stance"]],
            "act": cell.latest["act"].replace("_", " "),
            "said": (cell.latest["said"] or {}).get("value") or "no date",
            "evidence": shortened(cell.latest["evidence"]["text"], 160),
            "positions": cell.positions,
        }
        for (holder, matter), cell in matrix.cells.items()
    ]
    return squares(values, holders=list(names.values()), matters=list(titles.values()), title=title)


def _told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Names by ids, numbered from the second on that is the same: squares of one name would lie upon one another."""
    seen: Counter[str] = Counter()
    out: dict[str, str] = {}
    for id, name in names.items():
        told = name
        while seen[told]:
            seen[name] += 1
            told = f"{name} ({seen[name]})"
        seen[told] += 1
        out[id] = told
    return out


def squares(values: Sequence[Mapping[str, Any]], *, holders: Sequence[str], matters: Sequence[str], title: str = "Who stands where") -> Drawing:
    """Squares of holders by matters.

    Args:
        values: each with ``holder``, ``matter``, ``side`` (``for``, ``against``, ``neither``) and ``act``, and what else is to be told on pointing at it.
        holders, matters: in the order in which they are to stand.
        title: what stands above it.
    """
    base = altair.Chart(_data(values))
    where = base.encode(
        x=altair.X("matter:N", title=None, sort=list(matters), axis=altair.Axis(orient="top", labelAngle=-35, labelLimit=260, domain=False, ticks=False)),
        y=altair.Y("holder:N", title=None, sort=list(holders), axis=altair.Axis(domain=False, ticks=False)),
        tooltip=[altair.Tooltip(f"{name}:N") for name in (values[0] if values else ("holder", "matter", "act"))],
    )
    colour = altair.Color("side:N", title=None, scale=altair.Scale(domain=list(SIDES), range=list(SIDES.values())))
    fields = where.mark_rect(stroke=PAPER, strokeWidth=2, cornerRadius=3).encode(color=colour)
    words = where.mark_text(color=PAPER, fontSize=11).encode(text="act:N")
    told = f"{title}: {len(values)} positions of {len(holders)} holders on {len(matters)} matters"
    chart = _titled(altair.layer(fields, words), title, []).properties(description=told, width=altair.Step(92), height=altair.Step(26))
    return Drawing(chart)


def _data(values: Sequence[Mapping[str, Any]]) -> Any:
    return altair.Data(values=list(values))  # type: ignore[no-untyped-call]


def _titled(chart: Any, title: str, notes: Sequence[str]) -> Any:
    told = "; ".join(n for n in notes if n)
    return chart.properties(title=altair.TitleParams(title, subtitle=told) if told else altair.TitleParams(title))


def _years(values: Sequence[Mapping[str, Any]]) -> str:
    """The years that a chart's days lie in."""
    return " – ".join(sorted({v["day"][:4] for v in values})[:: max(1, len({v["day"][:4] for v in values}) - 1)])


def _commonest(names: Any) -> list[str]:
    return [name for name, _ in sorted(Counter(names).items(), key=lambda x: (-x[1], x[0]))]
