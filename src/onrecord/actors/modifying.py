"""Country, sector and affiliation from what stands around a noun."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.actors.lexicon import Lexicon
from onrecord.actors.nameforms import NameForms
from onrecord.actors.reading import OFFICE_SECTORS, Reading, joined, term_at
from onrecord.actors.shapes import Entry, Term
from onrecord.actors.wording import Name, Words
from onrecord.records import Sector

WALKS: frozenset[Sector] = frozenset(("AGR", "BUS", "EDU", "JRN", "LAB", "MED", "REL"))
"""What people do for a living or believe, so that those who join for it are of that sector."""

PLACES = frozenset(("capital", "city", "country", "entity"))


class Modifiers:
    """Reads possessors, modifiers and complements into a reading.

    Args:
        words: the text.
        lexicon: what the room knows.
        date: the ISO date at which terms are judged; None takes the latest.
        forms: what its words look like.
    """

    def __init__(self, words: Words, lexicon: Lexicon, date: str | None, forms: NameForms) -> None:
        self.words = words
        self.lexicon = lexicon
        self.date = date
        self.forms = forms

    def read(self, reading: Reading, first: int, stop: int, complements: Sequence[tuple[str, Reading]], possessor: Reading | None) -> None:
        """Country, sector and affiliation from the possessor, the words before the noun and the phrases after it."""
        sector = self._before(reading, first, stop)
        self._around(reading, complements, possessor)
        self._settle_sector(reading, sector, first, stop)
        self._unsettle(reading, sector, first, stop)
        reading.loose = reading.country is None and not reading.foreign

    def _before(self, reading: Reading, first: int, stop: int) -> Sector | None:
        """What the words before the noun say, from the noun backwards; returns the sector that the nearest of them gives."""
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
            reading.foreign = reading.foreign or (words.lower[i] in words.vocabulary.foreign and not (words.lower[i] == "regional" and role and role.local))
            reading.near = reading.near or words.lower[i] in words.vocabulary.nearby
            begin, found = self._modifier(first, i + 1)
            if found is not None and sector is None:
                sector = found
            i = begin - 1
        return sector

    def _settle_sector(self, reading: Reading, sector: Sector | None, first: int, stop: int) -> None:
        """The sector by the noun, by what stands before it and by whom it belongs to."""
        words, role = self.words, reading.role
        weak = role is None or role.weak
        if weak:
            own = (
                sector
                or (reading.affiliation_entry and self._term(reading.affiliation_entry).sector)
                or (reading.affiliation.sector if reading.affiliation is not None else None)
            )
            reading.sector = own or reading.sector
            if role is not None and role.noun in words.vocabulary.leaders and reading.sector == "UNK" and not reading.plural and self._of_land(first, stop):
                reading.sector = "MIL" if role.noun in words.vocabulary.forces else "GOV"  # the Zambian leader
            elif role is not None and role.sector is None and reading.sector is None and reading.country is not None:
                reading.sector = "GOV" if role.noun in words.vocabulary.leading else "MIL" if role.noun in words.vocabulary.forces else None
        elif sector == "OPP" and role is not None and role.sector in ("PTY", "UNK"):
            reading.sector = "OPP"
        elif sector in WALKS and role is not None and role.sector == "PTY" and role.kind == "institution":
            reading.sector = sector  # an alliance of nurses is no party
        if role is not None and role.sector == "CVL" and reading.affiliation_entry is not None:
            party = self._term(reading.affiliation_entry).sector
            reading.sector = party if party in ("PTY", "OPP") else reading.sector  # a party's activists and supporters

    def _unsettle(self, reading: Reading, sector: Sector | None, first: int, stop: int) -> None:
        """Offices that are over, and those of which nobody knows whose they are."""
        words, role = self.words, reading.role
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
        elif (
            role is not None
            and role.speaks
            and role.weak
            and sector not in OFFICE_SECTORS
            and reading.country is None
            and reading.affiliation_entry is None
            and (house := self.house(first, stop)) is not None
        ):
            reading.sector = sector or "UNK"
            reading.affiliation_span, reading.foreign = house, True

    def _around(self, reading: Reading, complements: Sequence[tuple[str, Reading]], possessor: Reading | None) -> None:
        """What the possessor and the phrases after the noun say."""
        words, role = self.words, reading.role
        if possessor is not None:
            name = words.name[possessor.chunk.end - 1]
            if possessor.country is None and role is not None and name is not None and (land := self._ruled_by(role.noun, name)) is not None:
                reading.country, reading.whys = land, (*reading.whys, "head_of_government")
            self._take_reading(reading, possessor, "possessor")
            if possessor.country is None and possessor.role is not None and possessor.definite:
                reading.within = possessor
        for prep, complement in complements:
            if prep in ("of", "for", "at", "with", "from", "in", "by", "to") and not (
                prep in ("by", "with") and complement.role is None and complement.entry is None
            ):
                self._take_complement(reading, prep, complement)
                if reading.within is None and complement.country is None and complement.role is not None and complement.definite:
                    reading.within = complement

    def _ruled_by(self, noun: str, name: Name) -> str | None:
        """The country of ``the Obama administration``: where the bearers of the name led a government, the one who does at the date first."""
        if noun not in self.words.vocabulary.governments:
            return None
        leads = [
            (entry, term)
            for entry, _ in name.options
            if entry.kind == "person"
            for term in entry.terms
            if term.country and term.sector == "GOV" and term.role and term.role in self.words.vocabulary.heading
        ]
        now = {t.country for e, t in leads if self._term(e) is t and not term_at(e, self.date)[1]}
        lands = now or {t.country for _, t in leads}
        return next(iter(lands)) if len(lands) == 1 else None

    def _of_land(self, first: int, stop: int) -> bool:
        """Whether a country's adjective stands straight before the noun."""
        name = self.words.name[stop - 1] if stop > first else None
        return name is not None and name.entry.kind in ("country", "entity", "demonym", "city") and name.end == stop

    def house(self, first: int, stop: int) -> tuple[int, int] | None:
        """``Mardle Bank spokesman``: the words of a name, not in the lexicon, of the house that somebody speaks for."""
        words, begin = self.words, stop
        while begin > first and self._named_so(begin - 1):
            begin -= 1
        while begin < stop and not self._strange(begin):
            begin += 1
        if begin == stop or (stop - begin == 1 and words.tag[begin] not in ("NNP", "NNPS")):
            return None
        return begin, stop

    def _named_so(self, i: int) -> bool:
        words = self.words
        known = words.vocabulary
        word = words.lower[i]
        return (
            words.name[i] is None
            and not words.folded
            and self.forms.capitalised(i)
            and not (word in known.former or word in known.foreign or word in known.determiners)
        )

    def _strange(self, i: int) -> bool:
        word = self.words.lower[i]
        role = self.lexicon.roles.get(word)
        return word not in self.lexicon.modifiers and (role is None or role.kind == "institution")

    def _of_unknown(self, first: int, stop: int) -> bool:
        """``AIB president``: the word before the noun is a name that the lexicon does not have."""
        i = stop - 1
        words = self.words
        if i < first or words.name[i] is not None or words.lower[i] in words.vocabulary.former or words.lower[i] in self.lexicon.modifiers:
            return False
        return words.text[i].isupper() and len(words.text[i]) > 1 if not words.folded else words.tag[i] == "NNP" or words.lower[i] in self.forms.strange

    def _modifier(self, first: int, end: int) -> tuple[int, Sector | None]:
        """The sector that the word (or words) ending at ``end`` give to what follows, and where they begin."""
        lower, lexicon = self.words.lower, self.lexicon
        for begin in range(max(first, end - 3), end):
            key = lower[begin] if begin + 1 == end else joined(lower, begin, end)
            sector = lexicon.modifiers.get(key)
            if (
                sector is None
                and (role := lexicon.roles.get(key)) is not None
                and not (begin + 1 == end and (role.weak or key in self.words.vocabulary.leading))
            ):
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
        role = reading.role
        if (
            role is not None
            and role.noun in words.vocabulary.topics
            and name.form == "name"
            and entry.kind in ("country", "entity")
            and role.noun in words.lower[after : after + 2]
        ):
            reading.foreign = True  # an Iran expert is not of Iran
            return
        if self._looked_into(reading, name):
            return
        if entry.kind == "nobody":
            reading.foreign = True
        led = role.noun if role is not None else ""
        if after < len(words) and words.lower[after] in words.vocabulary.governments:
            led = words.lower[after]  # an Obama administration official
        if entry.kind == "person" and reading.country is None and (land := self._ruled_by(led, name)) is not None:
            reading.country = land
            reading.whys = (*reading.whys, "head_of_government")
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

    def _looked_into(self, reading: Reading, name: Name) -> bool:
        """``the House Tripoli committee``: a place's name before a committee is mostly what it looks into."""
        words, role, span = self.words, reading.role, reading.role_span
        if (
            role is None
            or span is None
            or name.form not in ("name", "seat")
            or name.entry.kind not in PLACES
            or words.lower[span[0]] not in words.vocabulary.inquiries
        ):
            return False
        return all(words.lower[i] in words.vocabulary.looking for i in range(name.end, span[0]))

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
