"""What a noun phrase says of who is meant: a name, a title, a sector, a country, an affiliation.

A :class:`Reading` is made from the words of one phrase and what hangs on it, without the rest of the
article; :mod:`onrecord.actors.discourse` links readings to each other.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Sequence

from onrecord.actors.chunks import Chunk
from onrecord.actors.lexicon import LONG, Lexicon, shortened
from onrecord.actors.shapes import Entry, Role, Term
from onrecord.actors.wording import Name, Words
from onrecord.records import Sector

OFFICE_SECTORS = frozenset(("GOV", "LEG", "MIL", "SPY", "COP", "JUD"))
PEOPLE_OF = frozenset(("GOV", "LEG", "JUD", "MIL", "COP", "SPY"))
MAX_ROLE = 5
PORTION = Role("number", None, "container", weak=True, speaks=False, local=False, plural=True, country=None)


@dataclasses.dataclass(slots=True)
class Reading:
    """Who a phrase means, as far as its own words tell.

    ``person`` and ``label`` are token spans of a person's or organisation's name that the lexicon does not
    have. ``loose`` says that the country is not in the phrase and may come from the context.
    """

    chunk: Chunk
    country: str | None = None
    sector: Sector | None = None
    entry: Entry | None = None
    term: Term | None = None
    role: Role | None = None
    role_span: tuple[int, int] | None = None
    person: tuple[int, int] | None = None
    label: tuple[int, int] | None = None
    affiliation: Reading | None = None
    affiliation_entry: Entry | None = None
    affiliation_span: tuple[int, int] | None = None
    form: str = "nominal"
    gender: str = ""
    plural: bool = False
    former: bool = False
    loose: bool = False
    foreign: bool = False
    definite: bool = False
    whys: tuple[str, ...] = ()


def term_at(entry: Entry, date: str | None) -> tuple[Term, bool]:
    """The term of an entry that holds at an ISO date, and whether it was over by then.

    Without a date the latest term counts.
    """
    if len(entry.terms) == 1 and not entry.terms[0].since and not entry.terms[0].until:
        return entry.terms[0], False
    if date is None:
        return entry.terms[-1], False
    day = date[:10]
    holding = [t for t in entry.terms if (not t.since or t.since <= day) and (not t.until or day[: len(t.until)] <= t.until)]
    if holding:
        return holding[-1], False
    past = [t for t in entry.terms if t.until and t.until < day[: len(t.until)]]
    if past:
        return max(past, key=lambda t: t.until), True
    return entry.terms[0], False


def today() -> str:
    """The current date in ISO format."""
    return datetime.date.today().isoformat()


class Reader:
    """Reads noun phrases of one text.

    Args:
        words: the text.
        lexicon: what the room knows.
        date: the ISO date at which terms of office are judged; None takes the latest.
    """

    def __init__(self, words: Words, lexicon: Lexicon, date: str | None) -> None:
        self.words = words
        self.lexicon = lexicon
        self.date = date
        self.strange = _strange(words, lexicon) if words.folded else frozenset()
        self.named = {
            n.entry.country for n in words.name if n is not None and n.entry.kind in ("country", "entity", "demonym", "capital", "city", "organisation", "seat")
        }

    def read(self, chunk: Chunk, complements: Sequence[tuple[str, Reading]] = (), possessor: Reading | None = None) -> Reading | None:
        """Who a phrase means; None where it can't be anybody."""
        words = self.words
        first = possessor.chunk.end + 1 if possessor is not None and chunk.possessor is not None and not possessor.chunk.pronoun else chunk.start
        while first < chunk.end and words.tag[first] in ("DT", "PRP$", "POS", "PDT"):
            first += 1
        if first >= chunk.end:
            return None
        if (part := self._portion(chunk, complements)) is not None:
            return part
        name = words.name[chunk.end - 1]
        role, span = self.role_before(first, chunk.end)
        if name is not None and possessor is not None and self._another(name, possessor):
            role, span = self.role_before(first, chunk.end, through=name)
            name = None if role is not None else name
        if name is not None and name.start >= first:
            reading = self._named(chunk, first, name)
            if reading is not None:
                return self._with_country(reading, first, name.start, complements, possessor)
        if role is None or span is None:
            return self._unlisted(chunk, first, complements, possessor)
        if span[1] < chunk.end and not self._is_name(span[1], chunk.end):
            return self._unlisted(chunk, first, complements, possessor)
        return self._with_role(chunk, first, role, span, complements, possessor)

    def _bearer(self, name: Name, first: int) -> Entry | None:
        """Which of those with a surname is meant when it stands alone; None where none is likely.

        In office at the article's date and of a country that the article names, or introduced by a title.
        """
        words = self.words
        span = self.role_before(first, name.start)[1]
        titled = (span is not None and span[1] == name.start) or (name.start > first and words.lower[name.start - 1].rstrip(".") in self.lexicon.titles)
        if name.start > first and not titled and self._capitalised(name.start - 1):
            return None
        alone = len(words) <= name.end - name.start + 3
        likely: list[tuple[bool, bool, Entry]] = []
        for entry, form in name.options:
            if form == "surname" and entry.kind == "person":
                term, over = term_at(entry, self.date)
                begun = not term.since or self.date is None or term.since <= self.date[:10]
                likely.append((begun and not over, term.country in self.named, entry))
        best = max(likely, key=lambda x: (x[1], x[0]), default=None)
        if best is None or not (alone or best[1] or (titled and best[0])):
            return None
        return best[2]

    def _given(self, i: int) -> bool:
        """Whether the word before a town's name makes it a person's: ``Joseph Banda``, not ``Greater Manchester``."""
        words = self.words
        word = words.lower[i]
        return word in self.lexicon.given or (
            words.tag[i] == "NNP"
            and words.name[i] is None
            and word not in words.vocabulary.place_parts
            and word not in self.lexicon.roles
            and word not in self.lexicon.modifiers
        )

    def _portion(self, chunk: Chunk, complements: Sequence[tuple[str, Reading]]) -> Reading | None:
        """``21 of the schoolgirls``: like ``a group of schoolgirls``."""
        last = chunk.end - 1
        if not complements or complements[0][0] != "of" or not (self.words.tag[last] == "CD" or self.words.lower[last] in self.words.vocabulary.portions):
            return None
        inner = complements[0][1]
        return Reading(chunk, role=PORTION, country=inner.country, affiliation=inner, plural=True) if inner.role is not None else None

    def _another(self, name: Name, possessor: Reading) -> bool:
        """``Chile's Defense Department`` is not the organisation of that name elsewhere."""
        return name.entry.kind in ("organisation", "body", "seat") and possessor.country is not None and possessor.country != name.entry.country

    def role_before(self, first: int, stop: int, through: Name | None = None) -> tuple[Role | None, tuple[int, int] | None]:
        """The last role noun in ``first:stop`` with the words it covers; longest first."""
        lower, roles = self.words.lower, self.lexicon.roles
        for end in range(stop, first, -1):
            name = self.words.name[end - 1]
            if name is not None and name is not through and name.form not in ("demonym",) and name.start >= first and name.form != "surname":
                continue
            for begin in range(max(first, end - MAX_ROLE), end):
                role = roles.get(lower[begin] if begin + 1 == end else _joined(lower, begin, end))
                if role is not None:
                    return role, (begin, end)
        return None, None

    # -- the kinds of phrases ---------------------------------------------------------------------

    def _named(self, chunk: Chunk, first: int, name: Name) -> Reading | None:
        """A phrase that ends in a name of the lexicon."""
        words, entry = self.words, name.entry
        term, over = term_at(entry, self.date)
        reading = Reading(chunk, entry=entry, term=term, country=term.country, sector=term.sector, form=name.form, definite=True)
        reading.plural = entry.plural
        if entry.kind == "demonym":
            reading.plural = entry.plural or words.lower[chunk.start] in ("the", "many", "some", "most", "all", "other") or words.tag[chunk.start] == "CD"
            if (
                not reading.plural
                and words.tag[chunk.end - 1] not in ("NNP", "NN", "NNS", "NNPS")
                and words.dep[chunk.end - 1] not in ("nsubj", "pobj", "dobj", "nsubjpass")
            ):
                return None
            reading.sector = None
            return reading
        if (
            entry.kind in ("country", "entity")
            and name.end - name.start > 1
            and (role := self.lexicon.roles.get(words.lower[name.end - 1])) is not None
            and role.sector == "GOV"
        ):
            reading.sector = "GOV"  # the Palestinian Authority, the Kurdistan Regional Government
            return reading
        if entry.kind == "city" and name.start > first and self._given(name.start - 1):
            return None
        if entry.kind in ("city", "nobody"):
            return Reading(chunk, country=entry.country, form="place", definite=True) if entry.kind == "city" else None
        if entry.kind == "person":
            if name.form == "surname":
                chosen = self._bearer(name, first)
                if chosen is None:
                    return None
                entry = chosen
                term, over = term_at(entry, self.date)
                reading.entry, reading.term, reading.country, reading.sector = entry, term, term.country, term.sector
            reading.person = (name.start, name.end)
            reading.former = over
            if over and term.sector in OFFICE_SECTORS:
                reading.sector = "ELI"
            role, span = self.role_before(first, name.start)
            if role is not None:
                reading.role, reading.role_span = role, span
                reading.gender = self._gender(role)
            reading.gender = reading.gender or self.gender_of(name.start, name.end)
            reading.whys = ("over",) if over else ()
        return reading

    def _with_role(
        self, chunk: Chunk, first: int, role: Role, span: tuple[int, int], complements: Sequence[tuple[str, Reading]], possessor: Reading | None
    ) -> Reading | None:
        words = self.words
        reading = Reading(chunk, role=role, role_span=span, sector=role.sector, plural=role.plural, gender=self._gender(role))
        reading.definite = words.lower[chunk.start] in ("the", "this", "that", "these", "those", "its", "his", "her", "their", "our") or possessor is not None
        named = span[1] < chunk.end
        if named:
            if role.kind in ("office", "person") and not role.plural:
                reading.person = (span[1], chunk.end)
                reading.gender = reading.gender or self.gender_of(span[1], chunk.end)
            else:
                reading.label = (span[1], chunk.end)
            reading.form = "name"
        self._modified(reading, first, span[0], complements, possessor)
        if reading.country is None and role.country is not None:
            reading.country, reading.loose = role.country, False
            reading.whys = (*reading.whys, "office")
        if not named and role.kind in ("institution", "force") and self._is_proper_institution(span):
            begin = self._proper_start(first, span)
            if begin < span[0]:
                reading.label, reading.form = (begin, span[1]), "name"
        if role.kind == "people" and not role.sector and reading.country is None and not named:
            return (
                None
                if role.noun
                not in ("world", "international community", "west", "north", "south", "country", "nation", "power", "donors", "powers", "member state")
                else reading
            )
        if (
            role.weak
            and reading.sector == "UNK"
            and reading.country is None
            and not named
            and not reading.definite
            and reading.label is None
            and role.kind == "institution"
            and not reading.affiliation
        ):
            return None
        return reading

    def _unlisted(self, chunk: Chunk, first: int, complements: Sequence[tuple[str, Reading]], possessor: Reading | None) -> Reading | None:
        """No role and no known name at the end: a person, an organisation or nobody."""
        words = self.words
        begin = chunk.end
        while begin > first and self._part_of_name(begin - 1):
            begin -= 1
        while begin < chunk.end and (not self._capitalised(begin) or words.tag[begin] == "HYPH"):
            begin += 1
        if begin >= chunk.end:
            return None
        if (
            begin == chunk.end - 1
            and words.tag[begin] not in ("NNP", "NNPS")
            and words.lower[begin] not in self.strange
            and not (words.text[begin][0].isupper() and words.idx[begin] > 0 and words.dep[begin] != "ROOT" and begin != first)
        ):
            return None
        if _shouted(words, begin, chunk.end):
            return None
        if chunk.end - begin == 1 and (meant := self._misspelt(words.text[begin])) is not None:
            entry, form = meant
            return Reading(
                chunk, entry=entry, term=entry.terms[-1], country=entry.country, form=form, definite=True, plural=entry.plural, whys=("misspelling",)
            )
        title, gender, start = "", "", begin
        while start < chunk.end - 1 and (known := self.lexicon.titles.get(words.lower[start].rstrip("."))) is not None:
            title, gender = known[0] or title, known[1] or gender
            start += 1
            while start < chunk.end - 1 and words.text[start] == ".":
                start += 1
        bracketed = begin > 0 and words.text[begin - 1] == "(" and not any(c.islower() for c in words.text[begin])
        reading = Reading(chunk, person=(start, chunk.end), form="name", sector=title or None, definite=True)
        reading.gender = gender or self.gender_of(start, chunk.end)
        titled = start > begin
        single = chunk.end - start == 1
        if not titled and (words.lower[chunk.start] == "the" or (single and words.tag[chunk.end - 1] == "NNPS")):
            reading.person, reading.label = None, (start, chunk.end)
        if not titled and single and words.text[start].isupper() and len(words.text[start]) > 1 and not words.folded:
            reading.person, reading.label = None, (start, chunk.end)
        reading.whys = ("titled",) if titled else ("bracketed",) if bracketed else ()
        self._modified(reading, first, begin, complements, possessor)
        return reading

    def _misspelt(self, word: str) -> tuple[Entry, str] | None:
        """The country whose long name is one letter off."""
        if len(word) < LONG or not word.isalpha() or word.lower() in self.lexicon.given:
            return None
        for short in shortened(word.lower()):
            for name in self.lexicon.misspellings.get(short, ()):
                if abs(len(name) - len(word)) <= 1 and _one_off(name.lower(), word.lower()):
                    return next((c for c in self.lexicon.names.candidates(name) if c[0].kind in ("country", "demonym")), None)
        return None

    # -- parts ------------------------------------------------------------------------------------

    def _with_country(self, reading: Reading, first: int, stop: int, complements: Sequence[tuple[str, Reading]], possessor: Reading | None) -> Reading:
        """A named person's title may say more than the lexicon: ``former``, another office."""
        if reading.person is None:
            return reading
        words = self.words
        if any(words.lower[i].rstrip("-") in words.vocabulary.former for i in range(first, stop)):
            reading.former = True
            reading.sector = "ELI" if reading.sector in OFFICE_SECTORS else reading.sector
            return reading
        if reading.role is not None and reading.role_span is not None and not (reading.term is not None and reading.term.country and not reading.former):
            aside = Reading(reading.chunk, role=reading.role, role_span=reading.role_span, sector=reading.role.sector)
            self._modified(aside, first, reading.role_span[0], complements, possessor)
            reading.country = aside.country or reading.country
            reading.sector = aside.sector or reading.sector
        return reading

    def _modified(self, reading: Reading, first: int, stop: int, complements: Sequence[tuple[str, Reading]], possessor: Reading | None) -> None:
        """Country, sector and affiliation from the possessor, the words before the noun and the phrases after it."""
        words, role = self.words, reading.role
        sector: Sector | None = None
        i = stop - 1
        while i >= first:
            name = words.name[i]
            if name is not None and name.start >= first:
                self._take_name(reading, name)
                i = name.start - 1
                continue
            if words.lower[i] in words.vocabulary.former or (words.lower[i] == "ex" and i + 1 < len(words) and words.text[i + 1] == "-"):
                reading.former = True
            reading.foreign = reading.foreign or words.lower[i] in words.vocabulary.foreign
            begin, found = self._modifier(first, i + 1)
            if found is not None and sector is None:
                sector = found
            i = begin - 1
        if possessor is not None:
            self._take_reading(reading, possessor, "possessor")
        for prep, complement in complements:
            if prep in ("of", "for", "at", "with", "from", "in", "by") and not (
                prep in ("by", "with") and complement.role is None and complement.entry is None
            ):
                self._take_complement(reading, prep, complement)
        weak = role is None or role.weak
        if weak:
            own = (
                sector
                or (reading.affiliation_entry and self._term(reading.affiliation_entry).sector)
                or (reading.affiliation.sector if reading.affiliation is not None else None)
            )
            reading.sector = own or reading.sector
            if role is not None and role.sector is None and reading.sector is None and reading.country is not None:
                reading.sector = "GOV" if role.noun in words.vocabulary.leading else "MIL" if role.noun in words.vocabulary.forces else None
        elif sector == "OPP" and role is not None and role.sector in ("PTY", "UNK"):
            reading.sector = "OPP"
        if reading.former and reading.sector in OFFICE_SECTORS:
            reading.sector = "ELI"
        elif (
            role is not None
            and role.noun in words.vocabulary.leading
            and sector is None
            and reading.affiliation_entry is None
            and self._of_unknown(first, stop)
        ):
            reading.sector = None  # the president of something that nobody knows need not be a government's
            reading.affiliation_span = (stop - 1, stop)
        reading.loose = reading.country is None and not reading.foreign

    def _of_unknown(self, first: int, stop: int) -> bool:
        """``AIB president``: the word before the noun is a name that the lexicon does not have."""
        i = stop - 1
        words = self.words
        if i < first or words.name[i] is not None or words.lower[i] in words.vocabulary.former or words.lower[i] in self.lexicon.modifiers:
            return False
        return words.text[i].isupper() and len(words.text[i]) > 1 if not words.folded else words.tag[i] == "NNP" or words.lower[i] in self.strange

    def _modifier(self, first: int, end: int) -> tuple[int, Sector | None]:
        """The sector that the word (or words) ending at ``end`` give to what follows, and where they begin."""
        lower, lexicon = self.words.lower, self.lexicon
        for begin in range(max(first, end - 3), end):
            key = lower[begin] if begin + 1 == end else _joined(lower, begin, end)
            sector = lexicon.modifiers.get(key)
            if sector is None and (role := lexicon.roles.get(key)) is not None and not (role.weak and begin + 1 == end):
                sector = role.sector if role.sector != "UNK" else None
            if sector is not None:
                return begin, sector
        return end - 1, None

    def _take_name(self, reading: Reading, name: Name) -> None:
        words, entry = self.words, name.entry
        after, before = name.end, name.start - 1
        if after + 1 < len(words) and words.text[after] in ("-", "–") and words.lower[after + 1] in words.vocabulary.not_of:
            return
        if before >= 1 and words.text[before] in ("-", "–") and words.lower[before - 1] in words.vocabulary.against:
            return
        term = self._term(entry)
        if entry.kind == "nobody":
            reading.foreign = True
        if entry.kind in ("person", "surname", "nobody"):
            return
        if entry.kind in ("body", "group", "organisation") or (entry.kind == "seat" and reading.role is not None and reading.role.weak):
            if reading.affiliation_entry is None:
                reading.affiliation_entry, reading.affiliation_span = entry, (name.start, name.end)
            if reading.country is None or entry.kind == "group":
                reading.country = term.country
                reading.whys = (*reading.whys, "affiliation")
            return
        reading.country = term.country
        reading.whys = (*[w for w in reading.whys if w != "affiliation"], "premodifier")

    def _take_reading(self, reading: Reading, other: Reading, why: str) -> None:
        if other.country is None or (other.person is not None and other.entry is None and other.country is None):
            if reading.role is not None and reading.role.weak and other.sector not in (None, "UNK"):
                reading.affiliation = other
            return
        if reading.country is None or (reading.affiliation_entry is not None and why == "possessor"):
            reading.country = other.country
            reading.whys = (*reading.whys, why)
        if reading.affiliation_entry is None and other.entry is not None and other.entry.kind in ("body", "group", "organisation"):
            reading.affiliation_entry, reading.affiliation_span = other.entry, (other.chunk.start, other.chunk.end)
        elif reading.affiliation is None and other.entry is None and (reading.role is None or reading.role.weak) and other.role is not None:
            reading.affiliation = other

    def _take_complement(self, reading: Reading, prep: str, other: Reading) -> None:
        role, leading = reading.role, self.words.vocabulary.leading
        entry = other.entry
        if entry is not None and entry.kind == "person":
            return
        if role is not None and role.kind == "container":
            if reading.country is None:
                reading.country = other.country
            reading.affiliation = other
            return
        if prep in ("in", "from", "at") and (entry is None or entry.kind not in ("body", "group", "organisation")) and prep != "at":
            if reading.country is None and other.country is not None:
                reading.country = other.country
                reading.whys = (*reading.whys, "complement")
            return
        if prep in ("with", "at") and reading.country is not None:
            return
        if (
            entry is None
            and role is not None
            and not role.weak
            and other.role is not None
            and other.role.kind in ("institution", "force", "party")
            and other.sector
            and role.sector == "GOV"
            and role.noun in leading
        ):
            reading.sector = other.sector  # the president of a court, a league
        self._take_reading(reading, other, "complement")
        if entry is not None and entry.kind in ("body", "group", "organisation") and role is not None and role.noun in leading:
            term = self._term(entry)
            reading.sector = term.sector or reading.sector

    def _term(self, entry: Entry) -> Term:
        return term_at(entry, self.date)[0]

    def _gender(self, role: Role) -> str:
        last = role.noun.rsplit(" ", 1)[-1]
        known = self.words.vocabulary
        return "f" if last in known.female else "m" if last in known.male else ""

    def gender_of(self, start: int, stop: int) -> str:
        """The gender of a person's name by its given name, f, m or empty."""
        for i in range(start, max(start + 1, stop - 1)):
            gender = self.lexicon.given.get(self.words.lower[i])
            if gender:
                return gender
        return ""

    def _capitalised(self, i: int) -> bool:
        text = self.words.text[i]
        return (
            text[:1].isupper()
            or (self.words.folded and (self.words.tag[i] in ("NNP", "NNPS") or self.words.lower[i] in self.strange))
            or (len(text) > 2 and text[1:2] in "-'" and text[2:3].isupper())
        )

    def _part_of_name(self, i: int) -> bool:
        words = self.words
        name = words.name[i]
        if name is not None and name.entry.kind in ("country", "entity", "demonym", "body", "nobody") and name.end - name.start < 2 and name.form != "acronym":
            return name.entry.kind != "demonym" and words.lower[i] in words.vocabulary.given_too
        if name is not None and name.entry.kind in ("country", "entity", "body", "group", "organisation", "demonym", "nobody"):
            return False
        return self._capitalised(i) or words.tag[i] == "HYPH" or words.text[i] == "." or words.lower[i] in words.vocabulary.particles

    def _is_name(self, start: int, stop: int) -> bool:
        """Whether the words after a role noun can be its bearer's name."""
        words = self.words
        return (
            all(
                self._capitalised(i) or words.tag[i] in ("HYPH", ".") or words.lower[i] in words.vocabulary.particles or words.text[i] in (".", "'")
                for i in range(start, stop)
            )
            and self._capitalised(start)
            and words.tag[start] != "HYPH"
        )

    def _is_proper_institution(self, span: tuple[int, int]) -> bool:
        return not self.words.folded and all(
            self._capitalised(i) or self.words.lower[i] in ("of", "and", "for", "the", "'s", "on", "'") for i in range(span[0], span[1])
        )

    def _proper_start(self, first: int, span: tuple[int, int]) -> int:
        """Where the name of an institution begins that ends in a role noun: ``Madras`` in ``the Madras High Court``."""
        words, lexicon = self.words, self.lexicon
        begin, fresh = span[0], False
        while begin > first and self._capitalised(begin - 1):
            name, word = words.name[begin - 1], words.lower[begin - 1]
            if name is not None and name.entry.kind not in ("city", "demonym"):
                break
            fresh = fresh or (name.entry.kind == "city" if name is not None else word not in lexicon.modifiers and word not in lexicon.roles)
            begin -= 1
        role = lexicon.roles.get(words.lower[span[0]]) if span[1] - span[0] == 1 else None
        return begin if fresh or (role is not None and role.weak) else span[0]


def _one_off(a: str, b: str) -> bool:
    """One letter more, less or other, or two neighbours swapped."""
    if len(a) == len(b):
        differing = [i for i in range(len(a)) if a[i] != b[i]]
        return len(differing) == 1 or (
            len(differing) == 2 and differing[1] == differing[0] + 1 and a[differing[0]] == b[differing[1]] and a[differing[1]] == b[differing[0]]
        )
    return True


def _shouted(words: Words, start: int, stop: int) -> bool:
    """A run of words in a sentence all in capitals: a headline, whose nouns are no names."""
    if not all(w.isupper() for w in words.text[start:stop]):
        return False
    first, last = start, stop
    while first and words.sent[first - 1] == words.sent[start]:
        first -= 1
    while last < len(words) and words.sent[last] == words.sent[start]:
        last += 1
    sentence = [w for w in words.text[first:last] if w.isalpha()]
    return len(sentence) > 2 and all(w.isupper() for w in sentence)


def _strange(words: Words, lexicon: Lexicon) -> frozenset[str]:
    """Words of a text without capitals that must be names: bare subjects of speech verbs, what follows a title or given name."""
    found: set[str] = set()
    lower, tag = words.lower, words.tag

    def free(i: int) -> bool:
        return (
            lower[i].isalpha()
            and len(lower[i]) > 2
            and lower[i] not in lexicon.roles
            and lower[i] not in lexicon.modifiers
            and words.name[i] is None
            and tag[i] in ("NN", "NNP", "NNS", "JJ", "NNPS", "VB", "VBP", "FW", "UH")
        )

    for i in range(len(words) - 1):
        if (
            free(i)
            and words.dep[i] == "nsubj"
            and lower[words.head[i]] in words.vocabulary.speech_of_persons
            and (i == 0 or tag[i - 1] not in ("DT", "PRP$", "POS", "IN", "CD"))
        ):
            found.add(lower[i])
        role = lexicon.roles.get(lower[i])
        titled = (role is not None and role.kind == "office" and not role.plural) or lower[i] in ("leader", "chief", "mr", "supremo", "justice", "judge")
        if (titled or lower[i] in lexicon.given) and free(i + 1) and tag[i + 1] != "JJ":
            found.add(lower[i + 1])
            if titled and i + 2 < len(words) and free(i + 2) and words.head[i + 1] in (i + 2, words.head[i + 2]):
                found.add(lower[i + 2])
        if lower[i] in lexicon.given and free(i):
            found.add(lower[i])
    return frozenset(found - words.vocabulary.unstrange)


def _joined(lower: Sequence[str], begin: int, end: int) -> str:
    return " ".join(lower[begin:end]).replace(" - ", "-").replace(" 's", "'s").replace(" '", "'")
