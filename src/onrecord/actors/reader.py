"""Reads noun phrases: what kind of phrase it is and who it can mean."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.actors.chunks import Chunk
from onrecord.actors.lexicon import Lexicon
from onrecord.actors.modifying import Modifiers
from onrecord.actors.nameforms import NameForms, shouted
from onrecord.actors.reading import OFFICE_SECTORS, Reading, joined, term_at
from onrecord.actors.shapes import Entry, Role, Term
from onrecord.actors.wording import Name, Words

MAX_ROLE = 5
NAMELESS = frozenset(
    (
        "world",
        "international community",
        "west",
        "north",
        "south",
        "country",
        "nation",
        "power",
        "donors",
        "powers",
        "member state",
        "republic",
    )
)
"""Nouns of peoples and powers that are somebody without a country."""
DEPARTMENT = Role("department", None, "institution", weak=True, speaks=False, local=True, plural=False, country=None)
PORTION = Role("number", None, "container", weak=True, speaks=False, local=False, plural=True, country=None)


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
        self.forms = NameForms(words, lexicon)
        self.modifiers = Modifiers(words, lexicon, date, self.forms)
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
        if role is not None and span is not None and span[1] == chunk.end and self._surname(first, span):
            role, span = self.role_before(first, span[0] - 1)
        if role is None or span is None:
            return self._unlisted(chunk, first, complements, possessor)
        if span[1] < chunk.end and not self.forms.is_name(span[1], chunk.end):
            return self._unlisted(chunk, first, complements, possessor)
        return self._with_role(chunk, first, role, span, complements, possessor)

    def department(self, chunk: Chunk) -> Reading | None:
        """``the police zone`` in ``a spokesman for the police zone``: whose part it is, though the noun is none that the lexicon has."""
        if chunk.pronoun or chunk.end - chunk.start < 2:
            return None
        reading = Reading(chunk, role=DEPARTMENT, role_span=(chunk.end - 1, chunk.end), sector=None, definite=True)
        self.modifiers.read(reading, chunk.start, chunk.end - 1, (), None)
        return reading if reading.sector in OFFICE_SECTORS else None

    def _surname(self, first: int, span: tuple[int, int]) -> bool:
        """Whether a role noun is a surname: ``Deputy Governor Li Gang``, ``Helen Bishop``."""
        words, at = self.words, span[0]
        if words.folded or span[1] - at != 1 or at <= first or not self.forms.capitalised(at) or self.forms.shouting(at):
            return False
        word = words.lower[at - 1]
        if not words.text[at - 1].istitle() or word in self.lexicon.modifiers or word in self.lexicon.roles:
            return False
        name = words.name[at - 1]
        if name is not None and name.entry.kind not in ("city", "person"):
            return False
        titled, where = self.role_before(first, at - 1)
        if titled is None or where is None or where[1] != at - 1 or titled.plural:
            return False
        return titled.kind == "office" or (titled.kind == "person" and words.tag[first - 1 if first else 0] != "DT")

    def _bearer(self, name: Name, first: int) -> Entry | None:
        """Which of those with a surname is meant when it stands alone; None where none is likely.

        In office at the article's date and of a country that the article names, or introduced by a title.
        """
        words = self.words
        span = self.role_before(first, name.start)[1]
        titled = (span is not None and span[1] == name.start) or (name.start > first and words.lower[name.start - 1].rstrip(".") in self.lexicon.titles)
        if name.start > first and not titled and self.forms.capitalised(name.start - 1) and not self.forms.shouting(name.start - 1):
            return None
        if name.start and (words.text[name.start - 1] == "%" or words.tag[name.start - 1] == "CD"):
            return None  # 99% Power
        alone = len(words) <= name.end - name.start + 3
        likely: list[tuple[bool, bool, bool, Entry]] = []
        for entry, form in name.options:
            if form == "surname" and entry.kind == "person":
                term, over = term_at(entry, self.date)
                begun = not term.since or self.date is None or term.since <= self.date[:10]
                likely.append((begun and not over, term.country in self.named, term.role in words.vocabulary.heading, entry))
        best = max(likely, key=lambda x: (x[1], x[0], x[2]), default=None)
        if best is None or not (alone or best[1] or (titled and best[0])):
            return None
        return best[3]

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
                role = roles.get(lower[begin] if begin + 1 == end else joined(lower, begin, end))
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
        if entry.kind in ("city", "capital") and name.start > first and self.forms.capitalised(name.start - 1) and self.forms.given(name.start - 1):
            return None
        if entry.kind in ("city", "nobody"):
            return Reading(chunk, country=entry.country, form="place", definite=True) if entry.kind == "city" else None
        if entry.kind == "person":
            if name.form == "surname":
                if name.start > first and (alike := self._alike(chunk, first, first)) is not None:
                    return alike
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
            reading.gender = reading.gender or self.forms.gender_of(name.start, name.end)
            reading.whys = ("over",) if over else ()
        return reading

    def _with_role(
        self, chunk: Chunk, first: int, role: Role, span: tuple[int, int], complements: Sequence[tuple[str, Reading]], possessor: Reading | None
    ) -> Reading | None:
        words = self.words
        if role.noun in ("opposition", "resistance") and self._is_stance(chunk, span):
            return None
        if role.noun == "house" and possessor is not None and (possessor.person or (possessor.role is not None and possessor.role.kind in ("person", "group"))):
            return None  # the attacker's house
        reading = Reading(chunk, role=role, role_span=span, sector=role.sector, plural=role.plural, gender=self._gender(role))
        reading.definite = words.lower[chunk.start] in ("the", "this", "that", "these", "those", "its", "his", "her", "their", "our") or possessor is not None
        named = span[1] < chunk.end
        if named and shouted(words, span[1], chunk.end):
            return None
        if named:
            if role.kind in ("office", "person") and not role.plural:
                reading.person = (span[1], chunk.end)
                reading.gender = reading.gender or self.forms.gender_of(span[1], chunk.end)
            else:
                reading.label = (span[1], chunk.end)
            reading.form = "name"
        self.modifiers.read(reading, first, span[0], complements, possessor)
        if reading.country is None and role.country is not None:
            reading.country, reading.loose = role.country, False
            reading.whys = (*reading.whys, "office")
        if not named and role.kind in ("institution", "force") and self.forms.is_proper_institution(span):
            begin = self.forms.proper_start(first, span)
            if begin < span[0]:
                reading.label, reading.form = (begin, span[1]), "name"
        if role.kind == "people" and not role.sector and reading.country is None and not named:
            return None if role.noun not in NAMELESS else reading
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

    def _is_stance(self, chunk: Chunk, span: tuple[int, int]) -> bool:
        """``voiced its opposition``, ``opposition to the plan``: what somebody holds and not who."""
        words = self.words
        if span[1] != chunk.end:
            return False
        if chunk.end < len(words) and words.lower[chunk.end] == "to" and words.dep[chunk.head] not in ("nsubj", "nsubjpass"):
            return True
        bare = chunk.end - chunk.start == 1 or words.tag[chunk.start] == "PRP$"
        return bare and words.dep[chunk.head] == "dobj" and words.name[chunk.start] is None

    def _unlisted(self, chunk: Chunk, first: int, complements: Sequence[tuple[str, Reading]], possessor: Reading | None) -> Reading | None:
        """No role and no known name at the end: a person, an organisation or nobody."""
        words = self.words
        begin = chunk.end
        while begin > first and self.forms.part_of_name(begin - 1):
            begin -= 1
        while begin < chunk.end and (not self.forms.capitalised(begin) or words.tag[begin] == "HYPH"):
            begin += 1
        while begin < chunk.end - 1 and self.forms.shouting(begin) and not self.forms.shouting(chunk.end - 1):
            begin += 1  # a teaser in capitals before the name
        if begin >= chunk.end:
            return None
        if begin == chunk.end - 1 and words.lower[begin] in self.forms.common and (begin == 0 or words.sent[begin - 1] != words.sent[begin]):
            return None  # the sentence's first word, written small elsewhere
        if begin == chunk.end - 1 and words.lower[begin] in self.lexicon.modifiers and not words.folded and words.lower[begin] not in self.lexicon.given:
            return None  # the Minister for Trade
        if (
            begin == chunk.end - 1
            and words.tag[begin] not in ("NNP", "NNPS")
            and words.lower[begin] not in self.forms.strange
            and not (words.text[begin][0].isupper() and words.idx[begin] > 0 and words.dep[begin] != "ROOT" and begin != first)
        ):
            return None
        if shouted(words, begin, chunk.end):
            return None
        if chunk.end - begin == 1 and words.lower[begin] in words.vocabulary.place_nouns and chunk.end < len(words) and words.lower[chunk.end] == "of":
            return None  # China's Port of Dalian
        if chunk.end - begin == 1 and (meant := self.forms.misspelt(words.text[begin])) is not None:
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
        if chunk.end - start > 1 and (alike := self._alike(chunk, first, start)) is not None:
            return self._with_country(alike, first, begin, complements, possessor)
        bracketed = begin > 0 and words.text[begin - 1] == "(" and not any(c.islower() for c in words.text[begin])
        reading = Reading(chunk, person=(start, chunk.end), form="name", sector=title or None, definite=True)
        reading.gender = gender or self.forms.gender_of(start, chunk.end)
        titled = start > begin
        single = chunk.end - start == 1
        if not titled and (words.lower[chunk.start] == "the" or (single and words.tag[chunk.end - 1] == "NNPS")):
            reading.person, reading.label = None, (start, chunk.end)
        if not titled and single and words.text[start].isupper() and len(words.text[start]) > 1 and not words.folded:
            reading.person, reading.label = None, (start, chunk.end)
        reading.whys = ("titled",) if titled else ("bracketed",) if bracketed else ()
        self.modifiers.read(reading, first, begin, complements, possessor)
        return reading

    def _alike(self, chunk: Chunk, first: int, start: int) -> Reading | None:
        """A person of the lexicon whose name is spelt another way here, or with a name more."""
        words = self.words
        entry = self.lexicon.spellings.find(" ".join(words.text[start : chunk.end]))
        if entry is None:
            return None
        reading = self._named(chunk, first, Name(start, chunk.end, ((entry, "person"),), entry, "person"))
        if reading is not None:
            reading.whys = (*reading.whys, "spelling")
        return reading

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
        settled = reading.term is not None and reading.term.country and not reading.former and not self._outranked(reading.role, reading.term)
        if reading.role is not None and reading.role_span is not None and not settled:
            aside = Reading(reading.chunk, role=reading.role, role_span=reading.role_span, sector=reading.role.sector)
            self.modifiers.read(aside, first, reading.role_span[0], complements, possessor)
            reading.country = aside.country or reading.country
            reading.sector = aside.sector or reading.sector
        return reading

    @staticmethod
    def _outranked(role: Role | None, term: Term) -> bool:
        """Whether the office that stands before a name says more than what the lexicon has of a politician: ``Minister Ellwood``, who sits in parliament."""
        return role is not None and role.kind == "office" and not role.weak and role.sector in OFFICE_SECTORS and term.sector in ("LEG", "PTY", "OPP")

    def _gender(self, role: Role) -> str:
        last = role.head
        known = self.words.vocabulary
        return "f" if last in known.female else "m" if last in known.male else ""
