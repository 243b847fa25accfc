"""Phrases resolved one by one, as rows: who, where or when each of them is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord import actors, places, times
from onrecord.ontology import state_codes

Row = dict[str, Any]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "actors": ("phrase", "name", "actor_id", "country", "iso2", "cow", "gw", "sector", "kind", "reason"),
    "places": (
        *("phrase", "name", "geonameid", "country", "admin1", "admin1_code", "use", "disputed"),
        *("lat", "lon", "precision", "population", "share", "reason"),
    ),
    "times": ("phrase", "text", "start", "end", "type", "value", "confidence", "reason"),
}


class Phrases:
    """Resolves phrases of one kind; the room's lexicon is loaded once.

    Args:
        room: what the phrases name: ``actors``, ``places`` or ``times``.
        own: a user's actors, for the room ``actors``.
    """

    def __init__(self, room: str, *, own: tuple[actors.OwnActor, ...] = ()) -> None:
        self.room = room
        self._actors = actors.Lexicon.load(own=own) if room == "actors" else None
        self._places = places.Lexicon.load() if room == "places" else None
        self._times = times.Lexicon.load() if room == "times" else None

    def rows(self, phrase: str, *, date: str | None = None, context: str | None = None, country: str | None = None, candidates: bool = False) -> list[Row]:
        """What a phrase means, a row each, with the columns ``COLUMNS[room]``; none where it means nothing that the room knows.

        Args:
            phrase: the words.
            date: the ISO date on which they were written.
            context: a country (actors) or a text (places) that tells namesakes apart.
            country: the ISO alpha-3 code of whoever speaks (places).
            candidates: give all places that a name can mean, and not only the likeliest.
        """
        if self._actors is not None:
            return self._who(phrase, date, context)
        if self._places is not None:
            found = places.resolve(phrase, context=context, country=country, lexicon=self._places)
            return [_place(phrase, f) for f in (found if candidates else found[:1])]
        assert self._times is not None
        return [{"phrase": phrase, **{c: getattr(t, c) for c in COLUMNS["times"][1:]}} for t in times.resolve(phrase, date=date, lexicon=self._times)]

    def _who(self, phrase: str, date: str | None, context: str | None) -> list[Row]:
        assert self._actors is not None
        who = actors.resolve(phrase, context=context, date=date, lexicon=self._actors)
        if who is None:
            return []
        codes = state_codes(who.country, date)
        return [
            {
                "phrase": phrase,
                "name": who.name,
                "actor_id": who.actor_id,
                "country": who.country,
                "iso2": codes.iso2,
                "cow": codes.cow,
                "gw": codes.gw,
                "sector": who.sector,
                "kind": who.kind,
                "reason": who.reason,
            }
        ]


def _place(phrase: str, found: places.Candidate) -> Row:
    division = found.admin1
    row = {c: getattr(found, c, None) for c in COLUMNS["places"][1:]}
    return {"phrase": phrase, **row, "admin1": division and division.name, "admin1_code": division and division.code}
