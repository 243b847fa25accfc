"""``icews``: rows as in the coded events of ICEWS: 20 columns between tabs, with a header.

Source: Boschee et al., "ICEWS Coded Event Data" (Harvard Dataverse), whose publication ended in April 2023.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.export.event import Dyad, ExportEvent, Party, dyads
from onrecord.export.formats.codes import country_name, labels, sectors
from onrecord.export.formats.tables import Row, TableFormat


def unfold(event: ExportEvent) -> Iterator[Row]:
    """A row for each dyad of an event; none for what CAMEO has no code for."""
    if event.cameo is None:
        return
    for dyad in dyads(event):
        yield _row(dyad, event.cameo)


def _row(dyad: Dyad, code: str) -> Row:
    event, where = dyad.event, dyad.event.where
    first = event.first
    return {
        "Event ID": dyad.decimal,
        "Event Date": event.day,
        **_party("Source", dyad.actor),
        "Event Text": labels().get(code, ""),
        "CAMEO Code": code,
        "Intensity": event.score,
        **_party("Target", dyad.recipient),
        "Story ID": first.story.article_id,
        "Sentence Number": first.sentence,
        "Publisher": first.story.publisher,
        "City": where.name if where and where.precision == "city" else None,
        "Province": where and where.admin1,
        "Country": country_name(where.country) if where else None,
        "Latitude": where and where.lat,
        "Longitude": where and where.lon,
    }


def _party(role: str, party: Party | None) -> Row:
    if party is None:
        return {}
    words = sectors().get(party.sector or "", {}).get("icews", "")
    return {f"{role} Name": party.name, f"{role} Sectors": words, f"{role} Country": country_name(party.country)}


ICEWS = TableFormat(
    name="icews",
    delimiter="\t",
    header=True,
    unfold=unfold,
    note="Columns as in ICEWS coded events; coded by onrecord and not by ICEWS. Intensity holds PLOVER's scores. CAMEO Code is text: read it as a string.",
)
