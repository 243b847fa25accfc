"""``gdelt2-events``: rows as in GDELT 2.0's event files: 61 columns between tabs, without a header.

Source: "The GDELT Event Database Data Format Codebook V2.0" (2015), with the columns' names as in BigQuery.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.export.event import Dyad, ExportEvent, Party, Where, dyads
from onrecord.export.formats.codes import cameo_actor, country_name, fips, quad_class
from onrecord.export.formats.tables import Row, TableFormat

NO_PLACE, COUNTRY, US_STATE, US_CITY, CITY, STATE = range(6)


def unfold(event: ExportEvent) -> Iterator[Row]:
    """A row for each dyad of an event; none for what CAMEO has no code for."""
    if event.cameo is None:
        return
    for dyad in dyads(event):
        yield _row(dyad, event.cameo)


def _row(dyad: Dyad, code: str) -> Row:
    event = dyad.event
    leads = [m.lead for m in event.mentions if m.lead is not None]
    source = next((s for s in event.stories if s.url), event.first.story)
    return {
        "GLOBALEVENTID": dyad.decimal,
        **_date(event),
        **_actor(1, dyad.actor),
        **_actor(2, dyad.recipient),
        "IsRootEvent": int(any(leads)) if leads else None,
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": quad_class(code),
        "GoldsteinScale": event.score,
        "NumMentions": len(event.mentions),
        "NumSources": max(len(event.publishers), 1),
        "NumArticles": len(event.stories),
        "Actor1Geo_Type": NO_PLACE,
        "Actor2Geo_Type": NO_PLACE,
        **_place(event.where),
        "DATEADDED": _added(event),
        "SOURCEURL": source.url or source.article_id,
    }


def _date(event: ExportEvent) -> Row:
    day, month, year = event.day, event.month, event.year
    fraction = None
    if day:
        fraction = f"{int(day[:4]) + ((int(day[5:7]) - 1) * 30 + int(day[8:])) / 365:.4f}"
    return {"SQLDATE": day and day.replace("-", ""), "MonthYear": month and month.replace("-", ""), "Year": year, "FractionDate": fraction}


def _actor(number: int, party: Party | None) -> Row:
    if party is None:
        return {}
    codes = cameo_actor(party)
    wanted = {"Code": codes["code"], "Name": party.name.upper(), "CountryCode": codes["country"], "KnownGroupCode": codes["group"]}
    return {f"Actor{number}{k}": v for k, v in {**wanted, "Type1Code": codes["type1"], "Type2Code": codes["type2"]}.items()}


def _place(where: Where | None) -> Row:
    if where is None:
        return {"ActionGeo_Type": NO_PLACE}
    code = fips(where.country)
    parts = [where.name, where.admin1 if where.precision == "city" else None, country_name(where.country)]
    return {
        "ActionGeo_Type": _kind(where),
        "ActionGeo_FullName": ", ".join(dict.fromkeys(p for p in parts if p)),
        "ActionGeo_CountryCode": code,
        "ActionGeo_Lat": where.lat,
        "ActionGeo_Long": where.lon,
        "ActionGeo_FeatureID": code if where.precision == "country" else None,
    }


def _kind(where: Where) -> int:
    home = where.country == "USA"
    match where.precision:
        case "country":
            return COUNTRY
        case "admin1":
            return US_STATE if home else STATE
        case "city":
            return US_CITY if home else CITY
        case _:
            return CITY


def _added(event: ExportEvent) -> str | None:
    added = min((s.added_at for s in event.stories if s.added_at), default=None)
    if added:
        return "".join(c for c in added[:19] if c.isdigit())
    published = min((s.published for s in event.stories if s.published), default=None)
    return published and published[:10].replace("-", "") + "000000"


GDELT = TableFormat(
    name="gdelt2-events",
    delimiter="\t",
    header=False,
    unfold=unfold,
    note="Columns as in GDELT 2.0 event files; coded by onrecord and not by GDELT. GoldsteinScale holds PLOVER's scores. No part of GDELT is in it.",
)
