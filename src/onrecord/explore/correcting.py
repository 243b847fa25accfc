"""What a reviewer can correct of a finding: the fields of a form by kind of finding, and what of it a reviewer has changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from onrecord.explore import words
from onrecord.ontology import ACTS, EVENT_TYPES
from onrecord.records import codes
from onrecord.store.amending import PARTIES, PATHS

Options = tuple[tuple[str, str], ...]
NUMBERS = ("geonameid",)
FLAGS = ("anonymous",)
YES = (("", "no"), ("yes", "yes"))
PUT = {"asserted": "as a fact", "denied": "as denied", "hypothetical": "as possible", "planned": "as planned", "demanded": "as demanded"}
BASES = {
    "own_words": "the holder's own words",
    "authorised_speaker": "somebody who speaks for it",
    "reported_by_outlet": "the outlet says so",
    "reported_by_third_party": "hearsay: a third party says so",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a form.

    Attributes:
        name: as the store calls it; of those who take part with their number (``actors.0``).
        label: as people call it.
        value: what it is now; empty where it is nothing.
        options: what it can be, with words for each; where there are none, anything.
        hint: an example.
    """

    name: str
    label: str
    value: str
    options: Options = ()
    hint: str = ""


def fields(room: str, coded: Mapping[str, Any], corrected: Mapping[str, Any]) -> list[Field]:
    """The fields of the form that corrects a finding.

    Args:
        room: where the finding belongs.
        coded: the finding as it was coded, as JSON.
        corrected: what its review corrects of it.
    """
    out: list[Field] = []
    for name, label, options, hint in _asked(room, coded):
        value = corrected[name] if name in corrected else _value(coded, PATHS[room][name])
        shown = _written(name, value)
        known = options if not options or shown in dict(options) else ((shown, words.plain(shown) or "nothing"), *options)
        out.append(Field(name=name, label=label, value=shown, options=known, hint=hint))
    if room == "events":
        out += _parties(coded, corrected)
    return out


def changed(room: str, coded: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    """What a filled form says otherwise than the coder.

    Args:
        room: where the finding belongs.
        coded: the finding as it was coded, as JSON.
        given: what was filled in, by the names of fields; fields that are missing were not changed.
    """
    out: dict[str, Any] = {}
    for name, path in PATHS[room].items():
        if name in PARTIES or name not in given:
            continue
        before = _written(name, _value(coded, path))
        text = given[name].strip()
        if text != before:
            out[name] = _read(name, text)
    for role in PARTIES if room == "events" else ():
        ids = [p["actor_id"] for p in coded[role]]
        new = [given.get(f"{role}.{n}", id or "").strip() or None for n, id in enumerate(ids)]
        if new != ids:
            out[role] = new
    return out


def _asked(room: str, coded: Mapping[str, Any]) -> Iterator[tuple[str, str, Options, str]]:
    """The fields that a form has: name, label, options and example."""
    match room:
        case "positions":
            yield "act", "What the holder does", tuple((a, words.act(a)) for a in ACTS), ""
            yield "stance", "Side", tuple((s, words.stance(s)) for s in get_args(codes.Stance)), ""
            yield "status", "Status", tuple((s, words.status(s) or "taken") for s in get_args(codes.Status)), ""
            yield "basis", "Rests on", tuple(BASES.items()), ""
            yield "holder_id", "Holder, by id or name", (), "CHL.GOV"
            yield "said", "Said on", (), "2021-03-09"
        case "events":
            kind = EVENT_TYPES.get(coded["type"])
            yield "type", "Kind", tuple((t, words.kind(t)) for t in EVENT_TYPES), ""
            yield "mode", "How", (("", "nothing"), *((m, words.plain(m)) for m in (kind.modes if kind else ()))), ""
            yield "veridicality", "Put", tuple(PUT.items()), ""
            yield "date", "Day", (), "2021-03-09"
            if coded["place"]:
                yield "place_name", "Place", (), ""
                yield "place_country", "Country of the place", (), "CHL"
        case "attributions":
            yield "kind", "Put", tuple((k, k) for k in get_args(codes.AttributionKind)), ""
            yield "speaker_id", "Speaker, by id or name", (), "CHL.GOV"
            yield "speaker_name", "Speaker's name", (), ""
            yield "speaker_role", "Role", (), ""
            yield "on_behalf_of", "On behalf of, by id", (), "CHL.GOV"
            yield "anonymous", "Not named", YES, ""
        case "places":
            yield "name", "Place", (), ""
            yield "country", "Country", (), "CHL"
            yield "geonameid", "GeoNames id", (), "3871336"
        case "times":
            yield "value", "Day", (), "2021-03-09"
        case "framing":
            yield "category", "Kind of term", (), ""
        case _:
            yield "name", "Name", (), ""
            yield "country", "Country", (), "CHL"
            yield "sector", "Sector", (), "GOV"


def _parties(coded: Mapping[str, Any], corrected: Mapping[str, Any]) -> Iterator[Field]:
    for role, said in (("actors", "Does it"), ("recipients", "To whom it is done")):
        ids: Sequence[str | None] = corrected.get(role) or [p["actor_id"] for p in coded[role]]
        for n, (party, id) in enumerate(zip(coded[role], ids, strict=False)):
            yield Field(
                name=f"{role}.{n}", label=f"{said}: “{words.short(party['text'], 60)}”, by id or name; empty for no part", value=id or "", hint="CHL.GOV"
            )


def _value(coded: Mapping[str, Any], path: Sequence[str]) -> Any:
    value: Any = coded
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _written(name: str, value: Any) -> str:
    if name in FLAGS:
        return "yes" if value else ""
    return "" if value is None else str(value)


def _read(name: str, text: str) -> Any:
    if name in FLAGS:
        return text == "yes"
    if name in NUMBERS and text.isdecimal():
        return int(text)
    return text or None
