"""One name without an article: which places can it be, and which is it most likely?"""

from __future__ import annotations

import dataclasses

from onrecord.places.evidence import Context, holds
from onrecord.places.finding import PRECISION, division_of
from onrecord.places.lexicon import FROM_GAZETTEER, Lexicon
from onrecord.places.namesakes import Home, shares
from onrecord.places.scan import Name, names, words
from onrecord.records import Division, PlacePrecision, PlaceUse

LEAST = 0.001


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a name can mean. ``share`` is how likely it is beside its namesakes (0 to 1); the rest is as in a report's places."""

    name: str
    geonameid: int | None
    country: str | None
    use: PlaceUse
    disputed: bool
    lat: float
    lon: float
    admin1: Division | None
    precision: PlacePrecision
    population: int
    share: float
    reason: str


def resolve(name: str, *, context: str | None = None, country: str | None = None, lexicon: Lexicon) -> tuple[Candidate, ...]:
    """The places that a name can mean, the likeliest first: ``Tripoli``, ``Bria, Haute-Kotto``.

    Args:
        name: a toponym; after a comma what holds it.
        context: a text that names other places, by which namesakes are told apart.
        country: the ISO alpha-3 code of the country that speaks, as an outlet's home does.
        lexicon: what the room knows.

    Returns:
        Candidates with a share of at least a thousandth; none where no table knows the name.
    """
    text = f"{name}\n\n{context or ''}"
    found = [n for n in names(text, words(text, lexicon), lexicon) if n.end <= len(name) or n.start > len(name)]
    if not found or found[0].end > len(name):
        return ()
    contexts = [_context(i, n, found, len(name)) for i, n in enumerate(found)]
    ranked = shares(contexts, lexicon, home=Home(country=country))[0]
    out = []
    for sense, share, why in sorted(ranked, key=lambda x: -x[1]):
        entry = sense.entry
        if share < LEAST:
            continue
        land, disputed = lexicon.standing(entry)
        out.append(
            Candidate(
                name=entry.name,
                geonameid=entry.geonameid,
                country=land,
                use=sense.use,
                disputed=disputed,
                lat=round(entry.lat, 4),
                lon=round(entry.lon, 4),
                admin1=division_of(entry, land, lexicon),
                precision=PRECISION[entry.kind],
                population=entry.population,
                share=round(share, 3),
                reason=f"{sense.rule}|{why}",
            )
        )
    return tuple(out)


def _context(number: int, name: Name, found: list[Name], end: int) -> Context:
    """A name of the phrase, held by those after it, or of the surroundings."""
    inside = name.end <= end
    after = [i for i, other in enumerate(found) if i > number and inside and other.end <= end]
    held = [i for i in after if any(holds(s.entry, o.entry) for s in name.senses for o in found[i].senses)]
    return Context(
        number=number,
        name=name,
        certain=any(s.rule not in FROM_GAZETTEER for s in name.senses),
        personlike=False,
        top=max((s.entry for s in name.senses), key=lambda e: e.population),
        containers=tuple(held),
        sure=bool(held),
    )
