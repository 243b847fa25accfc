"""Stages whose answers are characters of a text: attributions, places and times."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from onrecord.evaluate.errors import error, hull, told_by
from onrecord.evaluate.figures import Figure, Measure, f1, share
from onrecord.evaluate.scored import Row, Scored
from onrecord.evaluate.tokens import Words, kind_of, likeness

ROLES = ("source", "cue", "content")
KINDS = ("direct", "mixed", "indirect")
ALIKE = 0.5
"""The least likeness of two contents that can be the same."""
EARTH_KM = 6371.0088
FAR_KM = 20039.0
"""What a place without a point counts as: half the way around the world."""
WITHIN_KM = 161
"""A hundred miles, by which places are called right (Gritta, Pilehvar and Collier 2020)."""


def attribution(gold: Sequence[Row], found: Sequence[Row]) -> Scored:
    """Who says what. A relation is right where half of the words of both contents are shared and the sources touch."""
    scored = Scored(
        measures=[
            f1("relation", "right", "relations found", "relations"),
            f1("relation_exact_content", "exact", "relations found", "relations"),
            *(share("recall", f"right {kind}", f"relations {kind}", kind) for kind in KINDS),
            *(f1(f"tokens_{role}", f"{role} right", f"{role} found", f"{role} gold") for role in ROLES),
        ]
    )
    for row, answer in zip(gold, found, strict=True):
        _attributions(row, answer["attributions"], scored)
    return scored


def _attributions(row: Row, answers: Sequence[Row], scored: Scored) -> None:
    text, count = row["text"], scored.row()
    words = Words(text)
    sides = [[{role: words.touched(a[role]) for role in ROLES} for a in some] for some in (row["attributions"], answers)]
    for role in ROLES:
        wanted, given = (set().union(*(a[role] for a in side)) for side in sides)
        count[f"{role} right"] += len(wanted & given)
        count[f"{role} found"] += len(given)
        count[f"{role} gold"] += len(wanted)
    named = [[n for n, a in enumerate(side) if a["source"]] for side in sides]  # relations with somebody to attribute to
    partner = _partners(sides, named)
    for n in named[0]:
        label = row["attributions"][n]
        kind = kind_of(text, label["content"])
        count["relations"] += 1
        count[f"relations {kind}"] += 1
        if n in partner:
            count["right"] += 1
            count[f"right {kind}"] += 1
            count["exact"] += partner[n][1] == 1.0
        else:
            said = " … ".join(text[s:e] for s, e in label["source"])
            scored.errors.append(error(row["id"], text, "missed", "attributions", hull(label["content"]), part=kind, gold=said))
    count["relations found"] += len(named[1])
    met = {m for m, _ in partner.values()}
    for m in named[1]:
        answer = answers[m]
        scored.judge("attributions", answer, right=m in met)
        if m not in met:
            said = " … ".join(text[s:e] for s, e in answer["source"])
            where = hull(answer["content"])
            said_how = kind_of(text, answer["content"]) if where else ""
            scored.errors.append(error(row["id"], text, "spurious", "attributions", where, part=said_how, found=said, **told_by(answer)))


def _partners(sides: Sequence[Sequence[Mapping[str, set[int]]]], named: Sequence[Sequence[int]]) -> dict[int, tuple[int, float]]:
    """For a relation of the gold the one that was found for it, and how alike their contents are; those most alike first."""
    pairs = []
    for place, n in enumerate(named[0]):
        for other, m in enumerate(named[1]):
            alike = likeness(sides[0][n]["content"], sides[1][m]["content"])
            if alike >= ALIKE and sides[0][n]["source"] & sides[1][m]["source"]:
                pairs.append((alike, place, other, n, m))
    out: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for alike, _, _, n, m in sorted(pairs, reverse=True):
        if n not in out and m not in taken:
            out[n] = (m, alike)
            taken.add(m)
    return out


def places(gold: Sequence[Row], found: Sequence[Row]) -> Scored:
    """Names of places: found, and resolved to a point within 161 km; a right GeoNames id is right whatever its point."""
    scored = Scored(
        measures=[
            Measure(name="toponyms", recalled="found", gold="toponyms", precise="answers right", predicted="answers"),
            share("toponym_recall", "found", "toponyms"),
            share("toponym_precision", "answers right", "answers"),
            share("acc161_of_found", "near", "found"),
            share("acc161_end_to_end", "near", "toponyms"),
        ]
    )
    distances: list[float] = []
    for row, answer in zip(gold, found, strict=True):
        distances += _places(row, answer["places"], scored)
    distances.sort()
    middle = distances[len(distances) // 2] if distances else None
    mean = sum(distances) / len(distances) if distances else None
    scored.fixed += [Figure(name="median_error_km", value=middle), Figure(name="mean_error_km", value=mean)]
    return scored


def _places(row: Row, answers: Sequence[Row], scored: Scored) -> list[float]:
    """Count the places of one article; how far off each that was found is."""
    text, count, out = row["text"], scored.row(), []
    count["answers"] += len(answers)
    for answer in answers:
        real = any(_meet(answer, t) for t in row["toponyms"])
        count["answers right"] += real
        scored.judge("places", answer, right=real)
        if not real:
            scored.errors.append(error(row["id"], text, "spurious", "places", (answer["start"], answer["end"]), found=_point(answer), **told_by(answer)))
    for toponym in row["toponyms"]:
        if toponym["lat"] is None:
            continue
        count["toponyms"] += 1
        where = (toponym["start"], toponym["end"])
        met = [a for a in answers if _meet(a, toponym)]
        if not met:
            scored.errors.append(error(row["id"], text, "missed", "places", where, gold=_point(toponym)))
            continue
        count["found"] += 1
        answer = met[0]
        out.append(_off(toponym, answer))
        count["near"] += out[-1] <= WITHIN_KM
        if out[-1] > WITHIN_KM:
            more = told_by(answer)
            scored.errors.append(error(row["id"], text, "wrong", "places.point", where, gold=_point(toponym), found=_point(answer), **more))
    return out


def _off(toponym: Row, answer: Row) -> float:
    if toponym.get("geonameid") and str(toponym["geonameid"]) == str(answer.get("geonameid")):
        return 0.0
    if answer.get("lat") is None:
        return FAR_KM
    return kilometres((toponym["lat"], toponym["lon"]), (answer["lat"], answer["lon"]))


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The great-circle distance of two points in degrees (haversine)."""
    (north, east), (north2, east2) = ((math.radians(a), math.radians(b)) for a, b in (one, other))
    chord = math.sin((north2 - north) / 2) ** 2 + math.cos(north) * math.cos(north2) * math.sin((east2 - east) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1, math.sqrt(chord)))


def times(gold: Sequence[Row], found: Sequence[Row]) -> Scored:
    """Expressions of time: with the same characters, touching, and with the same value."""
    kinds = sorted({t["type"] for row in gold for t in row["timexes"]})
    scored = Scored(
        measures=[
            *(f1(name, name, "found", "gold") for name in ("strict", "relaxed", "value")),
            *(f1("value", f"value {kind}", f"found {kind}", f"gold {kind}", kind) for kind in kinds),
        ]
    )
    for row, answer in zip(gold, found, strict=True):
        _times(row, answer["timexes"], scored)
    return scored


def _times(row: Row, answers: Sequence[Row], scored: Scored) -> None:
    text, count = row["text"], scored.row()
    taken: dict[int, Row] = {}
    for timex in row["timexes"]:
        where = (timex["start"], timex["end"])
        count["gold"] += 1
        count[f"gold {timex['type']}"] += 1
        n = next((n for n, a in enumerate(answers) if n not in taken and _meet(a, timex)), None)
        if n is None:
            scored.errors.append(error(row["id"], text, "missed", "times", where, part=timex["type"], gold=timex["value"]))
            continue
        taken[n], answer = timex, answers[n]
        same = answer.get("value") == timex["value"]
        count["relaxed"] += 1
        count["strict"] += (answer["start"], answer["end"]) == where
        count["value"] += same
        count[f"value {timex['type']}"] += same
        if not same:
            more = told_by(answer)
            said = answer.get("value")
            scored.errors.append(error(row["id"], text, "wrong", "times.value", where, part=timex["type"], gold=timex["value"], found=said, **more))
    for n, answer in enumerate(answers):
        count["found"] += 1
        count[f"found {answer.get('type')}"] += 1
        scored.judge("times", answer, right=n in taken and answer.get("value") == taken[n]["value"])
        if n not in taken:
            more = told_by(answer)
            where = (answer["start"], answer["end"])
            scored.errors.append(error(row["id"], text, "spurious", "times", where, part=answer.get("type") or "", found=answer.get("value"), **more))


def _meet(one: Row, other: Row) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def _point(place: Row) -> str:
    where = "" if place.get("lat") is None else f" {place['lat']:.2f} {place['lon']:.2f}"
    return f"GeoNames:{place.get('geonameid') or '-'}{where}"
