"""Stages of single sentences and phrases: the type between a marked pair, events with nothing marked, who a phrase means, who is for or against whom."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Any

from onrecord.evaluate.errors import Error, What, error, hull, told_by
from onrecord.evaluate.figures import Figure, Measure, f1, share
from onrecord.evaluate.scored import Row, Scored

CLASSES = {
    1: ("AGREE", "CONSULT", "SUPPORT"),
    2: ("YIELD", "COOPERATE", "AID"),
    3: ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    4: ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
"""The classes of five, without 0 for neither: verbal and material cooperation, verbal and material conflict."""
CLASS_OF = {type: number for number, types in CLASSES.items() for type in types}
YIELDS = frozenset(("CONCEDE", "RETREAT"))
MOST_WORDS = 4
UNNAMED = frozenset(("", "none", "not in the list"))
TITLES = frozenset(("the", "and", "president", "senator"))
STANCES = ("POS", "NEG")


def root(type: str) -> str:
    """A type as marked pairs have it: yielding in words and in deeds is one."""
    return "YIELD" if type in YIELDS else type


def relation(gold: Sequence[Row], found: Sequence[Row]) -> Scored:
    """The type of the event between a marked source and target: accuracy and the mean F1 of the types, and the same for classes of five."""
    types = sorted({row["type"] for row in gold})
    classes = sorted({_class(row) for row in gold})
    by_type = [_of("root_f1", "type", t) for t in types]
    scored = Scored(
        measures=[
            share("root_accuracy", "type right", "pairs"),
            Measure(name="root_macro_f1", over=tuple(by_type)),
            share("penta_accuracy", "class right", "pairs"),
            Measure(name="penta_macro_f1", over=tuple(_of("penta_f1", "class", c) for c in classes)),
            *by_type,
        ]
    )
    for row, answer in zip(gold, found, strict=True):
        count = scored.row()
        said = root(answer["type"])
        pairs = (("type", row["type"], said), ("class", _class(row), CLASS_OF.get(said, 0)))
        count["pairs"] += 1
        for what, wanted, given in pairs:
            count[f"{what} right"] += wanted == given
            count[f"{what} gold {wanted}"] += 1
            count[f"{what} found {given}"] += 1
            count[f"{what} right {wanted}"] += wanted == given
        if said != row["type"]:
            where = hull([*row["source"], *row["target"]])
            scored.errors.append(error(row["id"], row["text"], "wrong", "relation", where, part=row["type"], gold=row["type"], found=said, **told_by(answer)))
    return scored


def _class(row: Row) -> int:
    return int(row.get("penta", CLASS_OF.get(root(row["type"]), 0)))


def _of(name: str, what: str, part: Any) -> Measure:
    return f1(name, f"{what} right {part}", f"{what} found {part}", f"{what} gold {part}", str(part))


def extraction(gold: Sequence[Row], found: Sequence[Row]) -> Scored:
    """Sentences with nothing marked: whether the labelled event is among those that were found.

    A participant counts where it is about as long as the marked one; an event of two actors and three recipients counts as six.
    """
    names = ("recall_type", "recall_dyad", "recall_type_and_dyad", "sentences_with_an_event", "events_per_sentence")
    scored = Scored(measures=[share(name, name, "sentences") for name in names])
    scored.measures += [share("recall_type", f"type {t}", f"sentences {t}", t) for t in sorted({row["type"] for row in gold})]
    for row, answer in zip(gold, found, strict=True):
        if not row["source"] or not row["target"]:
            continue
        count, events = scored.row(), answer.get("events") or []
        typed = [e for e in events if root(e["type"]) == row["type"]]
        between = [e for e in events if _about(row["source"], e.get("actors")) and _about(row["target"], [*(e.get("recipients") or ()), e.get("place")])]
        both = [e for e in typed if any(e is b for b in between)]
        count["sentences"] += 1
        count[f"sentences {row['type']}"] += 1
        for name, value in zip(names, (typed, between, both, events), strict=False):
            count[name] += bool(value)
        count[f"type {row['type']}"] += bool(typed)
        count["events_per_sentence"] += sum(max(1, len(e.get("actors") or ())) * max(1, len(e.get("recipients") or ())) for e in events)
        for e in events:
            scored.judge("events", e, right=any(e is b for b in both))
        if not both:
            said = ", ".join(f"{e['type']} on “{(e.get('trigger') or {}).get('text', '')}”" for e in events)
            what: What = "wrong" if typed or between else "missed"
            field = "events.type" if between else "events.participants" if typed else "events"
            where = hull([*row["source"], *row["target"]])
            more = told_by((typed or between or [None])[0])
            scored.errors.append(error(row["id"], row["text"], what, field, where, part=row["type"], gold=row["type"], found=said or None, **more))
    return scored


def _about(spans: Sequence[Sequence[int]], parts: Sequence[Row | None] | None) -> bool:
    """Whether somebody stands on any of some spans, in words not much longer."""
    return any(
        p["start"] < end and start < p["end"] and p["end"] - p["start"] <= 1.5 * (end - start) + 10
        for p in parts or ()
        if p and "start" in p
        for start, end in spans
    )


def actors(gold: Sequence[Row], found: Sequence[Row | None]) -> Scored:
    """Who phrases mean, in PLOVER's codes: the share with the right country, sector, both, and of phrases that mean nobody the share left without codes."""
    scored = Scored(measures=[share(name, name, f"{name} gold") for name in ("country", "sector", "all", "none")])
    for row, answer in zip(gold, found, strict=True):
        count, wanted, said = scored.row(), row["expect"], answer or {}
        codes = {name: said.get(name) or "" for name in ("country", "sector")}
        if wanted is None:
            right = {"none": not any(codes.values())}
        else:
            right = {name: codes[name] == (wanted[name] or "") for name in codes if name in wanted}
            right["all"] = all(right.values())
        for name, is_right in right.items():
            count[f"{name} gold"] += 1
            count[name] += is_right
        if not all(right.values()):
            told = "nobody" if wanted is None else ".".join(str(wanted.get(n) or "") for n in codes)
            scored.errors.append(
                Error(
                    article=row.get("id") or "",
                    what="wrong",
                    field="actors",
                    quotation=row["phrase"],
                    gold=told,
                    found=".".join(codes.values()),
                    **told_by(answer),
                )
            )
    scored.fixed.append(Figure(name="phrases", value=None, gold=len(gold)))
    return scored


def stance(gold: Sequence[Row], found: Sequence[Row]) -> Scored:
    """Who is for or against whom, sentence by sentence. Names are the same where they share a word; a found name has at most four words.

    Labels with a side that is not named are neither wanted nor held against anybody.
    """
    scored = Scored(measures=[f1("triples", "right", "found", "gold"), *(f1("triples", f"right {s}", f"found {s}", f"gold {s}", s) for s in STANCES)])
    for row, answer in zip(gold, found, strict=True):
        count, answers = scored.row(), answer["stances"]
        wanted = [t for t in row["stances"] if not _unnamed(t["holder"]) and not _unnamed(t["target"])]
        right = _answered(wanted, answers, set())
        met = set(right.values())
        excused = {n for t in row["stances"] if not any(t is w for w in wanted) for n in _answered([t], answers, met).values()}
        for n, triple in enumerate(wanted):
            count["gold"] += 1
            count[f"gold {triple['stance']}"] += 1
            count["right"] += n in right
            count[f"right {triple['stance']}"] += n in right
            if n not in right:
                scored.errors.append(_triple(row, triple, "missed"))
        for n, triple in enumerate(answers):
            if n not in excused:
                count["found"] += 1
                count[f"found {triple['stance']}"] += 1
                scored.judge("stances", triple, right=n in met)
            if n not in excused and n not in met:
                scored.errors.append(_triple(row, triple, "spurious"))
    return scored


def _answered(wanted: Sequence[Row], answers: Sequence[Row], taken: Set[int]) -> dict[int, int]:
    """For each label that is answered the first answer that is not taken."""
    out: dict[int, int] = {}
    for n, triple in enumerate(wanted):
        for m, answer in enumerate(answers):
            same = answer["sentence"] == triple["sentence"] and answer["stance"] == triple["stance"]
            if m not in taken and m not in out.values() and same and _meets(triple["holder"], answer["holder"]) and _meets(triple["target"], answer["target"]):
                out[n] = m
                break
    return out


def _triple(row: Row, triple: Row, what: Any) -> Error:
    said = f"{triple['holder']} {triple['stance']} {triple['target']}"
    side: dict[str, Any] = {"gold": said} if what == "missed" else {"found": said}
    words = row["sentences"][triple["sentence"]][:240]
    return Error(article=str(row["id"]), what=what, field="stances", part=triple["stance"], quotation=words, **side, **told_by(triple))


def _unnamed(name: str | None) -> bool:
    return (name or "").strip().lower() in UNNAMED


def _meets(wanted: str | None, given: str | None) -> bool:
    return _unnamed(wanted) or (len((given or "").split()) <= MOST_WORDS and bool(_names(wanted) & _names(given)))


def _names(name: str | None) -> set[str]:
    return {w for w in re.findall(r"\w+", (name or "").lower()) if len(w) > 2 and w not in TITLES}
