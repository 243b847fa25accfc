"""Who is who in one article: names, surnames, descriptions and pronouns linked to actors."""

from __future__ import annotations

import dataclasses

from onrecord.actors.chunks import Chunk
from onrecord.actors.context import Context
from onrecord.actors.lexicon import Lexicon, slug
from onrecord.actors.reading import Reading
from onrecord.actors.shapes import Role
from onrecord.actors.wording import Words
from onrecord.records import Actor, ActorKind, Article, Mention, MentionForm

STATE_SECTORS = frozenset(("GOV", "MIL", "COP", "JUD", "LEG", "SPY"))
GUESSED = STATE_SECTORS | {"OPP", "PTY", "CVL", "REL", "LAB", "ELI", "PRM"}
BODY_COUNTRIES = frozenset(("UNO", "EUR", "IGO", "NGO", "IMG", "MNC", "ISM"))
SPEECH = frozenset(
    "said says say told tells tell added adds stated states announced declared warned insisted argued claimed replied explained noted remarked stressed reiterated asked responded commented"
    " acknowledged admitted denied condemned accused urged wrote tweeted posted confirmed pledged vowed promised suggested testified recalled concluded continued called".split()
)
HE, SHE, THEY, IT, WE, I_WORDS = (
    frozenset(("he", "him", "his", "himself")),
    frozenset(("she", "her", "hers", "herself")),
    frozenset(("they", "them", "their", "theirs", "themselves")),
    frozenset(("it", "its", "itself")),
    frozenset(("we", "us", "our", "ours", "ourselves")),
    frozenset(("i", "me", "my", "mine", "myself")),
)
FIRST_PERSON = WE | I_WORDS
LOOK_BACK = 4
ONE_COUNTRY = 0.7
"""The share of an article's country names from which on it is about one country."""
WESTERN = frozenset(("USA", "GBR", "CAN", "AUS", "NZL", "IRL"))
UNGUESSED = frozenset(("JRN", "BUS", "EDU", "NGO", "SOC"))
KIN = frozenset("husband wife son daughter father mother brother sister cousin uncle aunt nephew niece lawyer attorney widow child friend girlfriend boyfriend grandson granddaughter grandfather grandmother spouse aide".split())


@dataclasses.dataclass(slots=True)
class Draft:
    """An actor while the article is being read."""

    id: str
    name: str
    country: str | None
    sector: str | None
    kind: ActorKind
    reason: str
    person: bool = False
    plural: bool = False
    gender: str = ""
    role: str | None = None
    affiliation: str | None = None
    affiliation_id: str | None = None
    nouns: set[str] = dataclasses.field(default_factory=set)
    mentions: dict[tuple[int, int], Mention] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(slots=True)
class Seen:
    """A mention as later pronouns and descriptions look back at it."""

    draft: Draft
    chunk: Chunk
    sent: int
    subject: bool
    speaker: bool
    plural: bool


class Discourse:
    """Reads an article from front to back and keeps its actors.

    Args:
        article: the article, for the text of spans.
        words: its words.
        lexicon: what the room knows.
        context: the countries it names.
    """

    def __init__(self, article: Article, words: Words, lexicon: Lexicon, context: Context) -> None:
        self.article = article
        self.words = words
        self.lexicon = lexicon
        self.context = context
        self.drafts: dict[str, Draft] = {}
        self.by_name: dict[str, Draft] = {}
        self.by_surname: dict[str, Draft] = {}
        self.by_part: dict[str, Draft | None] = {}
        self.seen: list[Seen] = []
        self.at_token: dict[int, Draft] = {}

    # -- names ------------------------------------------------------------------------------------

    def register(self, reading: Reading, partner: Reading | None = None) -> Draft | None:
        """Make the actor of a named person or organisation, with what an apposition says of them."""
        span = reading.person or reading.label
        if reading.entry is not None and reading.entry.kind not in ("person", "surname"):
            return self._listed(reading)
        if span is None:
            return None
        name = self._text(*span)
        if reading.entry is not None:
            name = reading.entry.name
        known = self._known(name, reading)
        country, sector = reading.country, reading.sector
        describing = [r for r in (reading, partner) if r is not None and r.role is not None]
        if partner is not None and reading.entry is None:
            country = country or partner.country
            sector = partner.sector if partner.sector and (reading.role is None or reading.role.weak) else sector or partner.sector
        if country is None and describing and any(r.loose and r.role is not None and not self._kin(r) and (r.role.kind == "office" or (sector or r.role.sector) in GUESSED) for r in describing):
            guess = self.context.country_at(reading.chunk.head, self.words.sent[reading.chunk.head], sector)
            country = guess[0] if guess else None
        if known is None:
            known = self._make_named(reading, name, country, sector)
        elif known.country is None and country is not None and known.kind in ("unresolved", "person", "organisation"):
            self._rename(known, country, sector or known.sector)
        elif known.sector is None and sector is not None:
            self._rename(known, known.country, sector)
        for r in describing:
            self._describe(known, r)
        known.gender = known.gender or reading.gender or (partner.gender if partner is not None else "")
        return known

    def _kin(self, reading: Reading) -> bool:
        """``her husband``: of the country of whom the pronoun means, which is known later."""
        possessor = reading.chunk.possessor
        return reading.role is not None and reading.role.noun in KIN and possessor is not None

    def _make_named(self, reading: Reading, name: str, country: str | None, sector: str | None) -> Draft:
        person = reading.person is not None
        tail = slug(name) or "unnamed"
        entry = reading.affiliation_entry
        within = (entry.terms[-1].body or entry.id) if entry is not None and entry.kind == "body" and country in BODY_COUNTRIES else None
        if within is not None and sector == "GOV":
            sector = None
        prefix = ".".join([within or country or "_", *([sector] if sector else []), tail])
        kind: ActorKind = "person" if person else "organisation"
        if reading.entry is None and country is None and sector is None:
            kind = "unresolved"
        rule = "actors.person" if reading.entry is not None else "actors.title" if reading.role is not None or "titled" in reading.whys else "actors.unknown_name"
        draft = Draft(prefix, name, country, sector, kind, rule, person=person)
        draft.plural = reading.plural and not person
        self.drafts[draft.id] = draft
        key = slug(name)
        self.by_name[key] = draft
        if person:
            parts = key.split("-")
            if len(parts) > 1 or reading.role is not None:
                self.by_surname.setdefault(parts[-1], draft)
            for part in {*parts, *("-".join(parts[i:]) for i in range(1, len(parts)))}:
                self.by_part[part] = draft if part not in self.by_part else None
        return draft

    def _known(self, name: str, reading: Reading) -> Draft | None:
        key = slug(name)
        if key in self.by_name:
            return self.by_name[key]
        if reading.person is None:
            return None
        last = key.rsplit("-", 1)[-1]
        other = self.by_surname.get(last)
        if other is None and reading.entry is None and reading.role is None:
            other = self.by_part.get(key)
            if other is not None and (other.name.split()[0].lower() in self.lexicon.given and "-" not in key and key == slug(other.name.split()[0]) and other.gender == "m" and len(other.name.split()) == 2 and other.country in WESTERN):
                return None
            return other
        if other is None:
            return None
        if "-" not in key or slug(other.name).endswith(key) or key.endswith(slug(other.name)):
            return other
        mine, theirs = key.split("-"), slug(other.name).split("-")
        return other if mine[0] == theirs[0] else None

    def _rename(self, draft: Draft, country: str | None, sector: str | None) -> None:
        del self.drafts[draft.id]
        draft.country, draft.sector = country, sector
        draft.id = ".".join([country or "_", *([sector] if sector else []), slug(draft.name) or "unnamed"])
        if draft.kind == "unresolved":
            draft.kind = "person" if draft.person else "organisation"
        clash = self.drafts.get(draft.id)
        if clash is not None and clash is not draft:
            draft.id += "-2"
        self.drafts[draft.id] = draft

    def _describe(self, draft: Draft, reading: Reading) -> None:
        role, span = reading.role, reading.role_span
        if role is None or span is None:
            return
        draft.nouns.add(role.noun)
        draft.nouns.add(role.noun.rsplit(" ", 1)[-1])
        if draft.role is None and draft.person:
            start = span[0]
            draft.role = self._text(start, span[1])
        if draft.affiliation is None and reading.affiliation_span is not None and reading.affiliation_entry is not None:
            draft.affiliation = self._text(*reading.affiliation_span)
            term = reading.affiliation_entry.terms[-1]
            draft.affiliation_id = term.body or (reading.affiliation_entry.id if reading.affiliation_entry.kind == "seat" else None)
        elif draft.affiliation is None and reading.affiliation is not None and reading.affiliation.role is not None:
            inner = reading.affiliation
            draft.affiliation = self._text(inner.chunk.start, inner.chunk.end)
        if draft.affiliation_id is None and draft.country is not None and draft.sector in STATE_SECTORS and draft.person and not reading.former:
            draft.affiliation_id = f"{draft.country}.{draft.sector}"

    def alias(self, name: str, draft: Draft) -> None:
        """Let a further name (an acronym in brackets) mean an actor."""
        self.by_name.setdefault(slug(name), draft)

    def partner(self, reading: Reading, other: Reading | None) -> tuple[Draft, str] | None:
        """The actor of a phrase in apposition: the one its partner means."""
        if other is None:
            return None
        span = other.person or other.label or reading.person or reading.label
        draft = self.at_token.get(other.chunk.head)
        if draft is None and span is not None:
            draft = self._known(self.text_of(span), other if other.person or other.label else reading)
        if draft is None:
            return None
        self._describe(draft, reading)
        return draft, "actors.apposition"

    def text_of(self, span: tuple[int, int]) -> str:
        """The article's characters on some tokens."""
        return self._text(*span)

    # -- mentions ---------------------------------------------------------------------------------

    def place(self, reading: Reading, draft: Draft, why: str = "") -> None:
        """Note that a phrase means an actor."""
        chunk = reading.chunk
        form: MentionForm = "possessive" if chunk.possessive and reading.form == "nominal" else reading.form if reading.form in ("name", "acronym", "demonym", "seat", "nominal") else "name"  # type: ignore[assignment]
        owner = self.at_token.get(chunk.possessor.head) if chunk.possessor is not None and draft.country is None and self._kin(reading) else None
        if owner is not None and owner.country is not None and owner is not draft:
            self._rename(draft, owner.country, draft.sector)
        self.mention(draft, chunk, form, draft.reason if not why else why, reading.plural)

    def mention(self, draft: Draft, chunk: Chunk, form: MentionForm, reason: str, plural: bool) -> None:
        """Add a mention on a phrase."""
        words = self.words
        start, end = words.idx[chunk.start], words.end[chunk.end - 1]
        if end <= start:
            return
        draft.mentions.setdefault((start, end), Mention(start=start, end=end, text=self.article.text[start:end], head=words.idx[chunk.head], form=form, reason=reason))
        subject = words.dep[chunk.head] in ("nsubj", "nsubjpass")
        verb = words.lower[words.head[chunk.head]]
        self.seen.append(Seen(draft, chunk, words.sent[chunk.start], subject, subject and verb in SPEECH, plural))
        for i in range(chunk.start, chunk.end):
            self.at_token.setdefault(i, draft)
        self.at_token[chunk.head] = draft

    def resolve(self, reading: Reading) -> tuple[Draft, str] | None:
        """The actor that a reading means, made if it is new, and the mention's reason."""
        if reading.entry is not None and reading.entry.kind not in ("person", "surname"):
            draft = self._listed(reading)
            return (draft, draft.reason) if draft is not None else None
        if reading.person is not None or reading.label is not None:
            span = reading.person or reading.label or (0, 0)
            if self.words.headline[span[0]] and reading.entry is None and reading.role is None and self._known(self._text(*span), reading) is None:
                return None  # a headline's capitals say nothing
            before = len(self.drafts)
            draft = self.register(reading)
            if draft is None:
                return None
            return draft, draft.reason if len(self.drafts) > before or not draft.mentions else "actors.coref.name"
        if reading.role is not None and reading.role.noun in ("north", "south"):
            return self.direction(reading.chunk)
        if reading.role is not None:
            return self._described(reading, reading.role)
        return None

    def _listed(self, reading: Reading) -> Draft | None:
        entry, words = reading.entry, self.words
        if entry is None:
            return None
        term = reading.term or entry.terms[-1]
        if entry.kind in ("country", "entity", "demonym", "capital"):
            acting = state_acts(words, reading) or (reading.sector == "GOV" and entry.kind in ("country", "entity"))
            if not acting and entry.kind == "capital":
                return None
            actor_kind: ActorKind = entry.actor_kind
            code = term.country or entry.id
            if acting:
                return self.draft(f"{code}.GOV", self.lexicon.country_names.get(code, entry.name), code, "GOV", actor_kind, f"actors.{RULES[entry.kind]}|acting")
            why = "misspelling" if "misspelling" in reading.whys else "people" if entry.kind == "demonym" else "place"
            return self.draft(code, self.lexicon.country_names.get(code, entry.name), code, None, actor_kind, f"actors.{RULES[entry.kind]}|{why}")
        if entry.kind == "seat":
            return self.draft(entry.id, entry.name, term.country, term.sector, "state", "actors.seat|acting")
        if entry.kind in ("body", "group", "organisation"):
            return self.draft(term.body or entry.id, entry.name, term.country, term.sector, entry.actor_kind, f"actors.{entry.kind}")
        return None

    def draft(self, id: str, name: str, country: str | None, sector: str | None, kind: ActorKind, reason: str) -> Draft:
        """The actor with an id, made if it is new."""
        draft = self.drafts.get(id)
        if draft is None:
            draft = self.drafts[id] = Draft(id, name, country, sector, kind, reason)
        return draft

    # -- descriptions -----------------------------------------------------------------------------

    def _described(self, reading: Reading, role: Role) -> tuple[Draft, str] | None:
        chunk, words = reading.chunk, self.words
        if role.kind == "container":
            return self._contained(reading)
        if reading.affiliation_entry is not None and reading.affiliation_entry.kind in ("group", "body", "organisation") and (reading.plural or role.kind in ("institution", "force", "group")) and (role.weak or reading.affiliation_entry.kind == "group"):
            entry = reading.affiliation_entry
            term = entry.terms[-1] if reading.term is None else reading.term
            inner = Reading(chunk, entry=entry, term=term)
            draft = self._listed(inner)
            if draft is not None:
                return draft, "actors.role|affiliation"
        if reading.country is None and (reading.definite or (words.folded or chunk.end - chunk.start == 1) and role.kind in ("institution", "force") and not reading.plural):
            back = self._look_back(reading, role)
            if back is not None:
                return back, "actors.coref.nominal"
        country, why = reading.country, reading.whys[-1] if reading.whys else ""
        sector = reading.sector
        if role.noun in COUNTRY_NOUNS and sector is None:
            if country is None or reading.plural:
                return self.draft(f"_.{slug(role.noun)}", role.noun, None, None, "unresolved", "actors.role"), "actors.role"
            return self.draft(country, self.lexicon.country_names.get(country, country), country, None, "state", "actors.role"), "actors.role|" + (why or "modifier")
        owner_of = self.at_token.get(chunk.possessor.head) if chunk.possessor is not None else None
        if country is None and owner_of is not None:
            country, why = owner_of.country, "possessor"
        if owner_of is not None and role.weak and sector in (None, "UNK") and owner_of.sector is not None:
            sector = owner_of.sector
        if owner_of is not None and owner_of.kind in ("group", "body", "organisation") and (reading.plural or role.weak):
            return owner_of, "actors.role|possessor"
        if country is None and reading.loose and self._guessable(role, sector) and not (self._kin(reading) and owner_of is not None):
            guess = self.context.country_at(chunk.head, words.sent[chunk.head], sector)
            if guess is not None:
                country, why = guess
        if country in BODY_COUNTRIES and reading.affiliation_entry is not None and not (role.kind in ("office", "person") and not reading.plural):
            return self.draft(reading.affiliation_entry.id, reading.affiliation_entry.name, country, sector, "body", "actors.body"), "actors.role|affiliation"
        if sector == "UNK" and country is not None and role.kind in ("person", "people", "group") and country not in BODY_COUNTRIES:
            sector = None if role.kind == "people" and why in ("premodifier", "possessor") else "CVL"
        single = role.kind in ("office", "person") and not reading.plural
        name = self._text(chunk.start + (words.tag[chunk.start] in ("DT", "PRP$")), chunk.end)
        if sector in STATE_SECTORS and not single and country is not None:
            kind: ActorKind = "de_facto" if country in self.lexicon.entities else "state"
            draft = self.draft(f"{country}.{sector}", self.lexicon.country_names.get(country, country) if sector == "GOV" else name, country, sector, kind, "actors.role")
        else:
            tail = slug(role.noun)
            parts = [country or "_", *([sector] if sector else []), tail]
            kind = "person" if single and country else "group" if country else "unresolved"
            draft = self.draft(".".join(parts), name, country, sector, kind, "actors.role")
            draft.person = draft.person or single
            draft.plural = draft.plural or reading.plural
            draft.gender = draft.gender or reading.gender
            self._describe(draft, reading)
        draft.nouns.add(role.noun)
        draft.nouns.add(role.noun.rsplit(" ", 1)[-1])
        return draft, f"actors.role|{why}" if why else "actors.role"

    def direction(self, chunk: Chunk) -> tuple[Draft, str] | None:
        """``the North``: the one of two states that the article is about."""
        word = self.words.lower[chunk.end - 1]
        for pair, codes in DIRECTIONS:
            if word in codes and any(c in self.context.share for c in pair):
                code = codes[word]
                acting = f"{code}.GOV"
                return self.draft(acting, self.lexicon.country_names.get(code, code), code, "GOV", "state", "actors.country"), "actors.country|country_from_context"
        return None

    def some(self, chunk: Chunk) -> tuple[Draft, str] | None:
        """``four``, ``some``, ``the other two``: out of the people named last."""
        sent = self.words.sent[chunk.start]
        for seen in reversed(self.seen):
            if sent - seen.sent > 2:
                return None
            if seen.plural and not seen.chunk.pronoun:
                return seen.draft, "actors.coref.nominal|some_of"
        return None

    def _contained(self, reading: Reading) -> tuple[Draft, str] | None:
        """``dozens of protesters``: the actor is whom the number is of."""
        inner = reading.affiliation
        if inner is None:
            return None
        found = self.resolve(dataclasses.replace(inner, chunk=reading.chunk, country=inner.country or reading.country, plural=True))
        return found

    def _look_back(self, reading: Reading, role: Role) -> Draft | None:
        """The actor a definite description goes back to."""
        noun = role.noun.rsplit(" ", 1)[-1]
        sent = self.words.sent[reading.chunk.start]
        single = role.kind in ("office", "person") and not reading.plural
        heads = self.lexicon.heads.get(noun, frozenset())
        for seen in reversed(self.seen):
            draft = seen.draft
            if sent - seen.sent > 30:
                break
            if seen.chunk is reading.chunk or (seen.chunk.possessor is reading.chunk):
                continue
            if single:
                if draft.person and not seen.plural and (role.noun in draft.nouns or noun in draft.nouns) and _genders_fit(draft.gender, reading.gender):
                    return draft
                continue
            if noun in draft.nouns and not draft.person and (role.sector is None or role.sector == draft.sector or role.weak):
                return draft
            if draft.kind == "body" and (draft.id in heads or noun in BODY_NOUNS):
                return draft
            if noun in GROUP_NOUNS and draft.kind in ("group", "organisation") and not draft.plural and not draft.nouns and _sectors_fit(role.sector, draft.sector):
                return draft
            if role.noun in COUNTRY_NOUNS and draft.kind in ("state", "de_facto") and draft.country and draft.sector in (None, "GOV"):
                return self.draft(draft.country, draft.name, draft.country, None, draft.kind, "actors.role")
        return None

    def _guessable(self, role: Role, sector: str | None) -> bool:
        """Whether a description without a country is likely of the country the article is about."""
        if (sector in UNGUESSED and not role.local) or role.kind == "container":
            return False
        return not (role.weak and sector == "UNK") or role.noun in LEADERS

    # -- pronouns ---------------------------------------------------------------------------------

    def pronoun(self, chunk: Chunk) -> None:
        """Link a pronoun to whom it means, where that can be told."""
        words = self.words
        lower = words.lower[chunk.start]
        if words.tag[chunk.start] in ("WP", "WDT", "WP$"):
            self._relative(chunk)
            return
        if lower in WE or lower in I_WORDS:
            return
        if lower == "it" and self._is_expletive(chunk):
            return
        best: Seen | None = None
        best_score = -9.0
        sent = words.sent[chunk.start]
        wanted = "m" if lower in HE else "f" if lower in SHE else ""
        for seen in reversed(self.seen):
            distance = sent - seen.sent
            if distance > LOOK_BACK:
                break
            if seen.chunk.start <= chunk.start < seen.chunk.end or not self._fits(seen, lower, wanted):
                continue
            if distance == 0 and lower in OBJECT_FORMS and words.dep[chunk.head] in ("dobj", "pobj", "dative") and seen.subject and words.head[seen.chunk.head] == self._clause(chunk.head):
                continue
            score = -1.0 * distance + 0.9 * seen.subject + 0.5 * seen.speaker - 0.002 * (chunk.start - seen.chunk.start)
            if wanted and seen.draft.gender == wanted:
                score += 0.6
            if wanted and seen.draft.role is None and seen.draft.country is None:
                score -= 0.3
            if score > best_score:
                best, best_score = seen, score
        if best is None:
            return
        form: MentionForm = "pronoun"
        why = "nearest_subject" if best.subject else "nearest"
        if wanted and not best.draft.gender:
            best.draft.gender = wanted
        self.mention(best.draft, chunk, form, f"actors.coref.pronoun|{why}", best.plural)

    def _clause(self, i: int) -> int:
        words, steps = self.words, 0
        while words.pos[i] not in ("VERB", "AUX") and words.head[i] != i and steps < 20:
            i = words.head[i]
            steps += 1
        return i

    def _fits(self, seen: Seen, lower: str, wanted: str) -> bool:
        draft = seen.draft
        if wanted:
            return draft.person and not seen.plural and _genders_fit(draft.gender, wanted)
        if lower in IT:
            return not draft.person and not seen.plural and seen.chunk.pronoun is False or (not draft.person and seen.chunk.pronoun and self.words.lower[seen.chunk.start] in IT)
        return seen.plural or (not draft.person and draft.kind in ("group", "body", "organisation") and draft.sector is not None) or (not draft.person and draft.sector in ("MIL", "COP", "LEG", "GOV", "JUD") and self.words.tag[seen.chunk.head] not in ("NNP",))

    def _is_expletive(self, chunk: Chunk) -> bool:
        words = self.words
        i = chunk.start
        if words.dep[i] == "expl":
            return True
        verb = words.head[i]
        if words.lower[verb] in ("is", "was", "'s", "be", "seems", "seemed", "appears", "appeared", "remains"):
            return any(words.head[j] == verb and words.dep[j] in ("ccomp", "xcomp", "advcl", "csubj") for j in range(verb + 1, min(len(words), verb + 15)))
        return False

    def _relative(self, chunk: Chunk) -> None:
        words = self.words
        i, steps = chunk.start, 0
        while words.dep[i] != "relcl" and words.head[i] != i and steps < 8:
            i = words.head[i]
            steps += 1
        if words.dep[i] != "relcl":
            return
        antecedent = self.at_token.get(words.head[i])
        if antecedent is not None:
            plural = words.tag[words.head[i]] in ("NNS", "NNPS")
            self.mention(antecedent, chunk, "pronoun", "actors.coref.relative", plural)

    # -- the end ----------------------------------------------------------------------------------

    def _text(self, start: int, stop: int) -> str:
        return self.article.text[self.words.idx[start] : self.words.end[stop - 1]]

    def settle(self) -> None:
        """Persons of whom the article says nothing are most likely of the one country it is about, if it is about one."""
        country, share = max(self.context.share.items(), key=lambda x: (x[1], x[0]), default=("", 0.0))
        if share < ONE_COUNTRY or country in BODY_COUNTRIES:
            return
        for draft in [d for d in self.drafts.values() if d.kind == "unresolved" and d.person and len(d.mentions) > 1]:
            self._rename(draft, country, draft.sector)
            draft.reason += "|country_from_context"

    def actors(self) -> tuple[Actor, ...]:
        """The actors with at least one mention, in order of their first."""
        out = [
            Actor(
                id=d.id,
                name=d.name,
                country=d.country,
                sector=d.sector,
                kind=d.kind,
                mentions=tuple(sorted(d.mentions.values(), key=lambda m: (m.start, m.end))),
                reason=d.reason,
                role=d.role,
                affiliation=d.affiliation,
                affiliation_id=d.affiliation_id,
            )
            for d in self.drafts.values()
            if d.mentions
        ]
        return tuple(sorted(out, key=lambda a: (a.mentions[0].start, a.mentions[0].end, a.id)))


DIRECTIONS: tuple[tuple[tuple[str, ...], dict[str, str]], ...] = ((("PRK", "KOR"), {"north": "PRK", "south": "KOR"}), (("SSD",), {"south": "SSD"}))
LEADERS = frozenset(("leader", "commander", "leadership"))
RULES = {"country": "country", "entity": "entity", "demonym": "demonym", "capital": "seat"}
COUNTRY_NOUNS = frozenset("country nation homeland motherland republic kingdom superpower member-state island state neighbouring-country".split()) | {"neighbouring country", "neighboring country", "nation-state"}
BODY_NOUNS = frozenset("bloc alliance organisation organization union body agency council court".split())
GROUP_NOUNS = frozenset("group movement organisation organization faction militia network party front insurgency cartel gang company firm newspaper agency paper bank airline charity union outlet broadcaster".split())
OBJECT_FORMS = frozenset("him her them it himself herself itself".split())
MOTION = frozenset("visited visit visits visiting left leave leaves leaving reached reach entered enter entering fled flee fleeing toured tour touring tours crossed arrived returned joined".split())
PLACE_PREPOSITIONS = frozenset("in inside within across throughout near outside around at into through via off along beyond amid".split())
PLACE_NOUNS = frozenset("economy coast border borders capital city cities town region regions province north south east west history population territory soil airspace waters shores village villages mountains airport airports market economy climate people public weather coastline parts part areas area center centre suburb suburbs street streets".split())
TRAVEL = frozenset("travel travelled traveled travels trip visit visited flew fly return returned returning went go going come came arrived moved fled escaped journey tour flight flights export exports imports import road back deported extradited migrated sent send sends sending".split())


def _genders_fit(a: str, b: str) -> bool:
    return not a or not b or a == b


def _sectors_fit(wanted: str | None, got: str | None) -> bool:
    return wanted is None or wanted == "UNK" or got is None or wanted == got or {wanted, got} <= {"REB", "UAF", "PRM", "CRM", "GOV"} or {wanted, got} <= {"NGO", "SOC", "CVL", "UNK"}


def state_acts(words: Words, reading: Reading) -> bool:
    """Whether a country's, capital's or people's name stands for its government by its place in the sentence."""
    chunk, entry = reading.chunk, reading.entry
    head = chunk.head
    if entry is not None and entry.kind == "demonym" and reading.plural:
        return False
    dep = words.dep[head]
    steps = 0
    while dep in ("conj", "appos") and words.head[head] != head and steps < 12:
        head = words.head[head]
        dep = words.dep[head]
        steps += 1
    governor = words.head[head]
    if dep == "poss" or chunk.possessive:
        return words.lower[governor] not in PLACE_NOUNS
    if dep in ("nsubj", "agent", "nsubjpass", "dative"):
        return True
    if dep == "dobj":
        return words.lower[governor] not in MOTION
    if dep in ("compound", "amod", "nmod"):
        return words.lower[governor] not in PLACE_NOUNS
    if dep == "pobj":
        prep = words.lower[governor]
        above = words.lower[words.head[governor]]
        if prep in PLACE_PREPOSITIONS:
            return False
        if prep in ("from", "to"):
            return above not in TRAVEL and words.tag[words.head[governor]] not in ("NNS",)
        if prep == "of":
            return above not in PLACE_NOUNS
        return True
    return dep in ("ROOT", "nmod", "npadvmod", "dep", "attr", "oprd")

