"""``polecat``: rows as in POLECAT's weekly files: 40 columns between tabs, with a header.

Source: Halterman et al. (2023), "PLOVER and POLECAT"; data: doi:10.7910/DVN/AJGVIT; PLOVER's manual for auxiliary modes.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.export.event import Dyad, ExportEvent, Party, Where, dyads
from onrecord.export.formats.tables import Row, TableFormat, joined
from onrecord.export.plover import plover_codes
from onrecord.ontology import OCCURRENCES, QUADS, state_codes
from onrecord.records import PlacePrecision

AUXILIARY = {"denied": "negation", "planned": "future", "hypothetical": "hypothetical", "demanded": "hypothetical"}
FEATURES: dict[PlacePrecision, str] = {"city": "PPL", "admin1": "ADM1", "country": "PCLI", "region": "RGN"}


def unfold(event: ExportEvent) -> Iterator[Row]:
    """A row for each dyad of an event; none for an occurrence, which PLOVER has no type for."""
    if event.type in OCCURRENCES:
        return
    for dyad in dyads(event):
        yield _row(dyad)


def _row(dyad: Dyad) -> Row:
    event = dyad.event
    story = event.first.story
    stamp = (event.day or "").replace("-", "") or "undated"
    return {
        "Event ID": f"{stamp}-{dyad.number}-{dyad.hex}_{event.type}{'_R' if dyad.pair.reverse else ''}",
        "Event Date": event.day,
        "Event Type": event.type,
        "Event Mode": joined([event.mode, AUXILIARY.get(event.veridicality)]),
        "Intensity": event.score,
        "Quad Code": QUADS[event.quad].upper() if event.quad else None,
        "Contexts": joined(event.contexts),
        **_party("Actor", dyad.actor, event.codes_on),
        **_party("Recipient", dyad.recipient, event.codes_on),
        **_place(event.where),
        "Source": story.publisher,
        "Publication Date": story.published and story.published[:10],
        "Story People": joined(story.people),
        "Story Organizations": joined(story.organisations),
        "Story Locations": joined(story.places),
        "Language": story.language,
        "Version": event.coder,
    }


def _party(role: str, party: Party | None, on: str | None) -> Row:
    if party is None:
        return {}
    country, sector = party.plover
    return {
        f"{role} Name": party.name,
        f"{role} Country": country,
        f"{role} COW": state_codes(country, on).cow,
        f"Primary {role} Sector": sector,
        f"{role} Sectors": joined([sector, party.sector]),
        f"{role} Title": party.title,
        f"{role} Name Raw": party.text,
    }


def _place(where: Where | None) -> Row:
    if where is None:
        return {}
    return {
        "Placename": where.name,
        "City": where.name if where.precision == "city" else None,
        "Province": where.admin1,
        "Country": plover_codes(where.country, None, None)[0],
        "Latitude": where.lat,
        "Longitude": where.lon,
        "GeoNames ID": where.geonameid,
        "Raw Placename": where.text,
        "Feature Type": FEATURES[where.precision],
    }


POLECAT = TableFormat(
    name="polecat",
    delimiter="\t",
    header=True,
    unfold=unfold,
    tells=frozenset(AUXILIARY),
    note="Columns as in POLECAT's files; coded by onrecord and not by NGEC. SANCTION is material conflict.",
)
