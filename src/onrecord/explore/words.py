"""How a page says things: in the source's own verb where there is one, never by a code, never as a judgement.

A report is somebody's: "in the outlet's words" where an article itself says something, and whoever it quotes otherwise.
"""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

ACTS = {
    "condemn": "condemns",
    "criticise": "criticises",
    "accuse": "accuses",
    "reject": "rejects",
    "not_recognise": "does not recognise",
    "oppose": "opposes",
    "concern": "is concerned about",
    "warn": "warns of",
    "threaten": "threatens",
    "support": "supports",
    "endorse": "endorses",
    "welcome": "welcomes",
    "praise": "praises",
    "recognise": "recognises",
    "congratulate": "congratulates",
    "agree": "agrees to",
    "offer": "offers",
    "demand": "demands",
    "urge": "urges",
    "neutral": "is neutral on",
    "deny": "denies",
}
STANCES = {"oppose": "against", "support": "for", "neutral": "neither for nor against"}
TYPES = {
    "AGREE": "agreement",
    "CONSULT": "talks",
    "SUPPORT": "support",
    "CONCEDE": "concession",
    "COOPERATE": "cooperation",
    "AID": "aid",
    "RETREAT": "withdrawal",
    "REQUEST": "demand",
    "ACCUSE": "accusation",
    "REJECT": "refusal",
    "THREATEN": "threat",
    "PROTEST": "protest",
    "SANCTION": "sanctions",
    "MOBILIZE": "mobilisation",
    "COERCE": "coercion",
    "ASSAULT": "attack",
    "ELECTION": "election",
    "APPOINTMENT": "appointment",
    "RESIGNATION": "resignation",
    "LEGISLATION": "legislation",
    "RULING": "ruling",
    "DISASTER": "disaster",
    "ACCIDENT": "accident",
    "DEATH": "death",
    "MEETING_PLANNED": "planned meeting",
    "STATEMENT": "statement",
    "OTHER": "event",
}
BASES = {
    "own_words": "in its own words",
    "authorised_speaker": "by somebody who speaks for it",
    "reported_by_outlet": "in the outlet's words",
    "reported_by_third_party": "hearsay: a third party says so",
}
STATUSES = {
    "taken": "",
    "refused": "refuses to",
    "abstained": "abstains",
    "conditional": "on a condition",
    "expected": "expected, not yet taken",
    "withdrawn": "withdrawn",
}
SECTORS = {
    "GOV": "government",
    "LEG": "parliament",
    "JUD": "courts",
    "MIL": "military",
    "COP": "police",
    "SPY": "intelligence service",
    "PRM": "paramilitaries",
    "REB": "rebels",
    "UAF": "unidentified armed forces",
    "OPP": "opposition",
    "PTY": "parties",
    "CRM": "criminals",
    "BUS": "business",
    "JRN": "press",
    "REL": "religious bodies",
    "SOC": "civil society",
    "EDU": "schools and universities",
    "LAB": "workers",
    "AGR": "farmers",
    "MED": "medical workers",
    "REF": "refugees",
    "ELI": "elites",
    "CVL": "civilians",
}
PUT = {"direct": "word for word", "indirect": "in other words", "mixed": "partly word for word"}
VERIDICALITIES = {"asserted": "", "denied": "denied", "hypothetical": "spoken of as possible", "planned": "planned", "demanded": "demanded"}
PRECISIONS = {"day": "known to the day", "month": "known to the month", "year": "known to the year"}
DIFFERENCES = {"agency": "who did it", "date": "the day", "place": "the place", "amount": "the amount", "participants": "how many took part"}
FRAMES = {
    "delegitimising": "denies somebody or something its standing",
    "legal_status": "says whose a place is, or what law makes of an act",
    "violence_label": "names violence, or who does it, by its blame",
    "euphemism": "names harm by something milder",
    "honorific": "raises somebody or something",
    "dehumanising": "makes people beasts, dirt or a force of nature",
    "ideological_label": "places somebody on a map of opinions",
    "sensational": "heats the telling",
    "evaluative": "judges",
    "intensifying": "allows no doubt",
    "doubt": "keeps at a distance",
    "verb_of_saying": "says what the reporter makes of a statement",
    "disputed_name": "a name that one party uses and another rejects",
    "scare_quotes": "in quotation marks, though nobody is said to have said it",
}
"""What a category of loaded terms does, as docs/framing.md has it."""
SHORT = 160


def act(code: str) -> str:
    """What a holder does, where the source's own verb is not known."""
    return ACTS.get(code, code.replace("_", " "))


def stance(code: str) -> str:
    """For, against, or neither."""
    return STANCES.get(code, code)


def kind(code: str) -> str:
    """What sort of event it is, in a word; a type of a user's own as it is written."""
    return TYPES.get(code, code.replace("_", " ").lower())


def basis(code: str) -> str:
    """Whose words a position rests on."""
    return BASES.get(code, code.replace("_", " "))


def status(code: str) -> str:
    """How firmly a position is held; nothing where it is simply taken."""
    return STATUSES.get(code, plain(code))


def veridicality(code: str) -> str:
    """How something is put; nothing where it is simply said."""
    return VERIDICALITIES.get(code, plain(code))


def precision(code: str | None) -> str:
    """How exactly a date is known."""
    return PRECISIONS.get(code or "", plain(code))


def difference(code: str) -> str:
    """What sources differ on."""
    return DIFFERENCES.get(code, f"how many were {plain(code)}")


def sector(code: str | None) -> str:
    """Of what sort an actor is."""
    return SECTORS.get(code or "", code or "")


def version(value: str) -> str:
    """One side of a disagreement.

    >>> version("84.."), version("60..80"), version("3..3"), version("..5"), version("2016-07-14"), version("Nice"), version("FRA.REB + CHL.GOV")
    ('at least 84', '60 to 80', '3', 'at most 5', '14 July 2016', 'Nice', 'France: rebels; Chile: government')
    """
    if m := RANGE.fullmatch(value):
        low, high = (f"{float(x):,.15g}" if x else "" for x in m.groups())
        return low if low == high else f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}"
    if CODES.fullmatch(value):
        return "; ".join(f"{country(of)}: {sector(which)}" for of, which in (x.split(".") for x in value.split(" + ")))
    return day(value)


@cache
def _countries() -> Mapping[str, str]:
    with files("onrecord.lexicons").joinpath("en/actors/countries.csv").open(encoding="utf-8") as lines:
        return {row["code"]: row["name"] for row in csv.DictReader(lines)}


def country(code: str | None) -> str:
    """The name of a country; what is no country's code as it is.

    >>> country("CHL"), country("Chile")
    ('Chile', 'Chile')
    """
    return _countries().get((code or "").upper(), code or "")


def plain(code: str | None) -> str:
    """A code as words."""
    return (code or "").replace("_", " ")


def frame(code: str) -> str:
    """What a loaded term does."""
    return FRAMES.get(code, code.replace("_", " "))


def day(value: Any) -> str:
    """A date as it is read: ``7 March 2021``, ``March 2021``, ``2021``, or as it stands where it is none of those.

    >>> day("2021-03-07"), day("2021-03"), day({"value": "2021", "precision": "year"}), day(None), day("--03-31")
    ('7 March 2021', 'March 2021', '2021', '', '31 March')
    """
    if isinstance(value, Mapping):
        first, last = value.get("value"), value.get("end")
        return f"{day(first)} to {day(last)}" if first and last and first != last else day(first)
    if isinstance(value, datetime.date):
        value = value.isoformat()
    return _day(str(value or ""))


@lru_cache(4096)
def _day(text: str) -> str:
    for pattern, shown in (("%Y-%m-%d", "%-d %B %Y"), ("%Y-%m", "%B %Y")):
        try:
            return datetime.datetime.strptime(text[:10], pattern).strftime(shown)
        except ValueError:
            continue
    try:
        return datetime.datetime.strptime(f"2000{text[1:]}", "%Y-%m-%d").strftime("%-d %B") if text.startswith("--") else text
    except ValueError:
        return text


def short(text: str | None, longest: int = SHORT) -> str:
    """The beginning of a text.

    >>> short("a b c", 3)
    'a b …'
    """
    words = " ".join((text or "").split())
    return words if len(words) <= longest else words[: longest + 1].rsplit(" ", 1)[0] + " …"


def sure(confidence: float | None) -> str:
    """How sure the coder is, in a word that a style can key on: ``sure``, ``likely`` or ``unsure``."""
    return "sure" if confidence is None or confidence >= 0.8 else "likely" if confidence >= 0.6 else "unsure"


def many(count: int, one: str, several: str | None = None) -> str:
    """A count with its noun.

    >>> many(1, "article"), many(2, "article"), many(2, "story", "stories")
    ('1 article', '2 articles', '2 stories')
    """
    return f"{count:,} {one if count == 1 else several or one + 's'}"


RANGE = re.compile(r"([-+.e\d]*?)\.\.([-+.e\d]*)")
CODES = re.compile(r"[A-Z]{3}\.[A-Z]{3}(?: \+ [A-Z]{3}\.[A-Z]{3})*")
FILTERS: dict[str, Callable[..., str]] = {
    "act": act,
    "stance": stance,
    "kind": kind,
    "basis": basis,
    "frame": frame,
    "plain": plain,
    "day": day,
    "short": short,
    "sure": sure,
    "many": many,
    "status": status,
    "veridicality": veridicality,
    "precision": precision,
    "difference": difference,
    "country": country,
    "sector": sector,
    "version": version,
}
