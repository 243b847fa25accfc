"""Where: the toponyms of an article, each resolved to a point, with its use and why."""

from __future__ import annotations

import math

from onrecord.parse import Parsed
from onrecord.places.evidence import Context
from onrecord.places.gazetteer import Entry
from onrecord.places.government import stands_for_government
from onrecord.places.lexicon import Lexicon, Sense
from onrecord.places.namesakes import Choice, choose
from onrecord.places.outlet import home_of
from onrecord.places.recognise import Recogniser
from onrecord.places.scan import names, words
from onrecord.places.tables import RuleId
from onrecord.records import Cast, Division, Place, PlacePrecision, PlaceUse, finding_id

PRECISION: dict[str, PlacePrecision] = {"city": "city", "admin1": "admin1", "admin2": "city", "country": "country", "region": "region"}


def find(parsed: Parsed, cast: Cast, *, lexicon: Lexicon) -> tuple[Place, ...]:
    """Every toponym of the article: places, demonyms and governments named by their seats.

    Args:
        parsed: the article and its parse.
        cast: its actors; a name that is a person's or a body's there is no place.
        lexicon: what the room knows.

    Returns:
        Places in text order, none overlapping another.
    """
    found = words(parsed.flat, lexicon)
    known = names(parsed.flat, found, lexicon)
    if not known:
        return ()
    home = home_of(parsed.article.url or parsed.article.publisher or "", lexicon)
    weighed = Recogniser(parsed, cast, lexicon, found, known, home=home.country).weigh()
    kept = [c for c in weighed if c.score > 0]
    choices = choose(kept, lexicon, home=home)
    by_number = {c.number: c for c in kept}
    return tuple(_place(parsed, cast, c, choice, by_number, lexicon) for c, choice in zip(kept, choices, strict=True))


def _place(parsed: Parsed, cast: Cast, context: Context, choice: Choice, kept: dict[int, Context], lexicon: Lexicon) -> Place:
    name, sense = context.name, choice.sense
    entry = sense.entry
    use: PlaceUse = sense.use
    rule: RuleId = sense.rule
    if use == "place" and stands_for_government(parsed, cast, context, sense, lexicon):
        use, rule = "government", "places.capital_government"
    span = parsed.article.span(name.start, name.end)
    country, disputed = _country(context, sense, kept, lexicon)
    evidence = 1 / (1 + math.exp(-context.score))
    return Place(
        start=span.start, end=span.end, text=span.text,
        id=finding_id("pl", parsed.article.id, use, [span], [str(entry.geonameid or entry.name)]),
        geonameid=entry.geonameid, name=entry.name, country=country, use=use,
        as_written=name.text if disputed or name.text != entry.name else None,
        disputed=disputed, lat=round(entry.lat, 4), lon=round(entry.lon, 4),
        admin1=division_of(entry, country, lexicon), precision=PRECISION[entry.kind],
        confidence=round(evidence * (0.5 + 0.5 * choice.margin), 3), reason=f"{rule}|{choice.why}",
    )  # fmt: skip


def division_of(entry: Entry, country: str | None, lexicon: Lexicon) -> Division | None:
    """The first-order division; its code only where the place is listed under the country whose code that is."""
    found = lexicon.division_of(entry)
    if found is None:
        return Division(name=entry.name, geonameid=entry.geonameid) if entry.kind == "admin1" else None
    division, code = found
    return Division(name=division.name, code=code if division.country == country else None, geonameid=division.geonameid)


def _country(context: Context, sense: Sense, kept: dict[int, Context], lexicon: Lexicon) -> tuple[str | None, bool]:
    """The country and whether the place is disputed; a disputed place keeps the country that the article puts it into."""
    country, disputed = lexicon.standing(sense.entry)
    if disputed and sense.entry.kind != "country":
        for number in context.containers:
            outer = kept.get(number)
            written = next((s.entry for s in outer.name.senses if s.entry.kind == "country"), None) if outer else None
            if written is not None and written.country:
                return written.country, True
    return country, disputed
