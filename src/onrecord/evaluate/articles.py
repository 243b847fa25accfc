"""Whole articles: attributions, events and positions, and what each has in its fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from onrecord.evaluate.codes import code_of, of_participant, parts, same_country, same_name, same_sector
from onrecord.evaluate.errors import Range, error, told_by
from onrecord.evaluate.figures import f1, share
from onrecord.evaluate.labelled import Labelled, LabelledAttribution, LabelledEvent, LabelledPosition, at, of_quotations, speaker_of, told_date
from onrecord.evaluate.scored import Row, Scored

OPENING = 80
"""Characters at the beginning of what is said that must be covered by half."""
LONGEST_TRIGGER = 120
OBJECTS = ("positions", "positions_with_act", "positions_with_object", "positions_with_act_and_object")


def record(gold: Sequence[Row], found: Sequence[Row]) -> Scored:
    """Gold records, whose labels quote their article, against reports."""
    return labelled([of_quotations(row) for row in gold], found)


def labelled(gold: Sequence[Labelled], found: Sequence[Row]) -> Scored:
    """Labelled articles against reports: the figures of the record stage, and events by type and positions by act and stance."""
    types = sorted({e.type for article in gold for e in article.events})
    acts = sorted({p.act for article in gold for p in article.positions})
    stances = sorted({p.stance for article in gold for p in article.positions})
    scored = Scored(
        measures=[
            f1("attributions", "attributions right", "attributions found", "attributions"),
            share("speaker_accuracy", "speaker right", "speaker"),
            f1("events", "events right", "events found", "events"),
            f1("events_with_dyad", "dyads right", "events found", "events"),
            share("sector_of_coded_participants", "sector right", "sector"),
            f1("not_asserted", "not asserted right", "not asserted found", "not asserted"),
            share("magnitudes_found", "figures right", "figures"),
            share("voice_accuracy", "voice right", "voice"),
            f1("date", "date right", "date found", "date"),
            *(f1(name, f"{name} right", "positions found", "positions") for name in OBJECTS),
            *(f1("events", f"events right {t}", f"events found {t}", f"events {t}", t) for t in types),
            *(f1("positions", f"positions right {s}", f"positions found {s}", f"positions {s}", s) for s in stances),
            *(f1("positions_with_act", f"acts right {a}", f"acts found {a}", f"acts {a}", a) for a in acts),
        ]
    )
    for article, report in zip(gold, found, strict=True):
        count = scored.row()
        _attributions(article, report, scored, count)
        _events(article, report, scored, count)
        _positions(article, report, scored, count)
    return scored


def _attributions(article: Labelled, report: Row, scored: Scored, count: Counter[str]) -> None:
    """What is said: half of its opening covered without swallowing the page, from the same source."""
    answers: list[Row] = report.get("attributions") or []
    taken: dict[int, LabelledAttribution] = {}
    count["attributions"] += len(article.attributions)
    count["attributions found"] += len(answers)
    for label in article.attributions:
        best = _best(answers, taken, lambda answer, label=label: _covered(label, answer))  # type: ignore[misc]
        if best is None:
            scored.errors.append(error(article.id, article.text, "missed", "attributions", label.content, gold=label.words or label.speaker))
            continue
        taken[best], answer = label, answers[best]
        count["attributions right"] += 1
        if label.speaker:
            name = (answer.get("speaker") or {}).get("name")
            right = same_name(name, label.speaker)
            count["speaker"] += 1
            count["speaker right"] += right
            if not right:
                more = told_by(answer)
                scored.errors.append(error(article.id, article.text, "wrong", "attributions.speaker", label.content, gold=label.speaker, found=name, **more))
    for n, answer in enumerate(answers):
        scored.judge("attributions", answer, right=n in taken)
        if n not in taken:
            where = at(answer["content"][0]) if answer["content"] else None
            more = told_by(answer)
            scored.errors.append(
                error(article.id, article.text, "spurious", "attributions", where, part=answer.get("kind") or "", found=speaker_of(answer), **more)
            )


def _covered(label: LabelledAttribution, answer: Row) -> tuple[int, ...] | None:
    if label.content is None:
        return None
    start, end = label.content
    opening = (start, min(end, start + OPENING))
    got = sum(_shared(opening, at(s)) for s in answer["content"])
    if got < 0.5 * (opening[1] - opening[0]) or sum(s["end"] - s["start"] for s in answer["content"]) > 4 * max(end - start, OPENING):
        return None
    if label.source and not any(
        (_shared(label.source, at(s)) or same_name(s["text"], label.words)) and s["end"] - s["start"] <= 3 * (label.source[1] - label.source[0]) + 60
        for s in answer["source"]
    ):
        return None
    return (got,)


def _events(article: Labelled, report: Row, scored: Scored, count: Counter[str]) -> None:
    """Events: the same type in the same clause; of several the one with the right trigger, actor and recipient."""
    answers: list[Row] = report.get("events") or []
    taken: dict[int, LabelledEvent] = {}
    names = {a.get("id"): speaker_of(a) for a in report.get("attributions") or []}
    for label in article.events:
        count["events"] += 1
        count[f"events {label.type}"] += 1
        best = _best(answers, taken, lambda answer, label=label: _event_fits(label, answer))  # type: ignore[misc]
        if best is None:
            said = f"{label.type} {_told(label.actors)} → {_told(label.recipients)}"
            where = label.trigger or label.clause
            scored.errors.append(error(article.id, article.text, "missed", "events", where, part=label.type, gold=said))
            continue
        taken[best] = label
        count["events right"] += 1
        count[f"events right {label.type}"] += 1
        _event_fields(article, label, answers[best], names, scored, count)
    for n, answer in enumerate(answers):
        count["events found"] += 1
        count[f"events found {answer['type']}"] += 1
        scored.judge("events", answer, right=n in taken)
        if n not in taken:
            said = f"{answer['type']} {_told(map(code_of, answer['actors']))} → {_told(map(code_of, answer['recipients']))}"
            where = at(answer["trigger"]) if answer.get("trigger") else None
            scored.errors.append(error(article.id, article.text, "spurious", "events", where, part=answer["type"], found=said, **told_by(answer)))


def _event_fits(label: LabelledEvent, answer: Row) -> tuple[int, ...] | None:
    if label.clause is None or answer["type"] != label.type or not answer.get("trigger"):
        return None
    where = at(answer["trigger"])
    on_trigger = bool(label.trigger and _shared(label.trigger, where))
    if where[1] - where[0] > LONGEST_TRIGGER or not (_shared(label.clause, where) or on_trigger):
        return None
    return (on_trigger, _took_part(label.actors, answer["actors"]), _took_part(label.recipients, answer["recipients"]))


def _took_part(codes: Sequence[str | None], found: Sequence[Row]) -> bool:
    """Whether any of some codes took part, or nobody with a code did on either side."""
    if any(same_country(code, x) for code in codes for x in found):
        return True
    return not any(codes) and not any(x.get("country") for x in found)


def _event_fields(article: Labelled, label: LabelledEvent, answer: Row, names: dict[Any, str], scored: Scored, count: Counter[str]) -> None:
    """The fields of an event that was found."""

    def note(field: str, wanted: Any, given: Any) -> None:
        where = at(answer["trigger"])
        told = {"gold": None if wanted is None else str(wanted), "found": None if given is None else str(given)}
        scored.errors.append(error(article.id, article.text, "wrong", f"events.{field}", where, part=label.type, **told, **told_by(answer)))

    who = [*answer["actors"], *answer["recipients"]]
    sides = (("actors", label.actors), ("recipients", label.recipients))
    right = [_took_part(codes, answer[side]) for side, codes in sides]
    count["dyads right"] += all(right)
    for (side, codes), is_right in zip(sides, right, strict=True):
        if not is_right:
            note(side, _told(codes), _told(map(code_of, answer[side])))
    for code in (*label.actors, *label.recipients):
        if parts(code)[1]:
            same = any(same_sector(code, x) for x in who)
            count["sector"] += 1
            count["sector right"] += same
            if not same and any(same_country(code, x) for x in who):
                note("sector", code, _told(code_of(x) for x in who if same_country(code, x)))
    for what, low in label.figures:
        same = any(what == m.get("what") and low == m.get("low") for m in answer.get("magnitudes") or ())
        count["figures"] += 1
        count["figures right"] += same
        if not same:
            note("magnitudes", f"{what} {low}", ", ".join(f"{m.get('what')} {m.get('low')}" for m in answer.get("magnitudes") or ()))
    ours, theirs = label.veridicality, answer.get("veridicality")
    count["not asserted"] += ours != "asserted"
    count["not asserted found"] += theirs != "asserted"
    count["not asserted right"] += ours == theirs != "asserted"
    if ours != theirs:
        note("veridicality", ours, theirs)
    said = told_date(answer.get("date"))
    same = bool(label.date and said and said[:10] == label.date[:10])
    count["date"] += bool(label.date)
    count["date found"] += bool(said)
    count["date right"] += same
    if not same and (label.date or said):
        note("date", label.date, said)
    voice = names.get(answer["claimed_by"]) if answer.get("claimed_by") else None
    same = same_name(voice, label.claimed_by) if label.claimed_by else voice is None
    count["voice"] += 1
    count["voice right"] += same
    if not same:
        note("claimed_by", label.claimed_by, voice)


def _positions(article: Labelled, report: Row, scored: Scored, count: Counter[str]) -> None:
    """Positions: the same holder and stance in the same clause; of several the one with the right act and object."""
    answers = report.get("positions") or []
    taken: dict[int, tuple[int, ...]] = {}
    for label in article.positions:
        count["positions"] += 1
        count[f"positions {label.stance}"] += 1
        count[f"acts {label.act}"] += 1
        best = _best(answers, taken, lambda answer, label=label: _position_fits(label, answer))  # type: ignore[misc]
        if best is None:
            said = f"{label.code or label.name} {label.act}"
            scored.errors.append(error(article.id, article.text, "missed", "positions", label.evidence, part=label.act, gold=said))
            continue
        answer = answers[best]
        act, target = taken[best] = _position_fits(label, answer) or (0, 0)
        count[f"positions right {label.stance}"] += 1
        count[f"acts right {label.act}"] += act
        for name, is_right in zip(OBJECTS, (1, act, target, act and target), strict=True):
            count[f"{name} right"] += is_right
        told = {"act": (act, label.act, answer["act"]), "object": (target, _words(article.text, label.object), answer["object"]["text"])}
        for field, (is_right, wanted, given) in told.items():
            if not is_right:
                where = at(answer["evidence"])
                scored.errors.append(
                    error(article.id, article.text, "wrong", f"positions.{field}", where, part=label.act, gold=wanted, found=given, **told_by(answer))
                )
    for n, answer in enumerate(answers):
        count["positions found"] += 1
        count[f"positions found {answer['stance']}"] += 1
        count[f"acts found {answer['act']}"] += 1
        scored.judge("positions", answer, right=n in taken)
        scored.judge("positions_with_act_and_object", answer, right=all(taken.get(n, (0,))))
        if n not in taken:
            said = f"{code_of(answer['holder']) or answer['holder']['text']} {answer['act']} “{answer['object']['text']}”"
            where = at(answer["evidence"])
            scored.errors.append(error(article.id, article.text, "spurious", "positions", where, part=answer["act"], found=said, **told_by(answer)))


def _position_fits(label: LabelledPosition, answer: Row) -> tuple[int, ...] | None:
    if label.evidence is None or answer["stance"] != label.stance:
        return None
    shown, holder, target = (at(answer[name]) for name in ("evidence", "holder", "object"))
    long = label.evidence[1] - label.evidence[0]
    if not _shared(label.evidence, shown) or shown[1] - shown[0] > 3 * long + 250:
        return None
    if not same_country(label.code, answer["holder"]):
        ours, theirs = parts(label.code)[0], of_participant(answer["holder"])[0]
        if not label.holder or not _shared(label.holder, holder) or (ours and theirs and ours != theirs):
            return None
        if holder[1] - holder[0] > 3 * (label.holder[1] - label.holder[0]) + 40:
            return None
    same = label.object and _shared(label.object, target) and target[1] - target[0] <= 2 * (label.object[1] - label.object[0]) + 20
    return (answer["act"] == label.act, bool(same))


def _best(answers: Sequence[Row], taken: dict[int, Any], fits: Callable[[Row], tuple[int, ...] | None]) -> int | None:
    """The number of the answer that fits best and is not taken; of equal ones the first."""
    best: tuple[tuple[int, ...], int] | None = None
    for n, answer in enumerate(answers):
        fit = None if n in taken else fits(answer)
        if fit is not None and (best is None or fit > best[0]):
            best = (fit, n)
    return best[1] if best else None


def _shared(one: Range, other: Range) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _told(codes: Any) -> str:
    return ", ".join(str(c) if c else "?" for c in codes) or "nobody"


def _words(text: str, where: Range | None) -> str | None:
    return text[where[0] : where[1]] if where else None
