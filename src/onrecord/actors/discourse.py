"""Who is who in one article: the actors so far, their names and mentions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Set

from onrecord.actors.chunks import Chunk
from onrecord.actors.context import Context
from onrecord.actors.drafts import GUESSED, STATE_SECTORS, WESTERN, Draft, Seen
from onrecord.actors.lexicon import Lexicon, slug
from onrecord.actors.reading import Reading
from onrecord.actors.shapes import BODY_COUNTRIES
from onrecord.actors.standing import state_acts
from onrecord.actors.wording import Words
from onrecord.records import ActorKind, Article, Mention, MentionForm

RULES = {"country": "country", "entity": "entity", "demonym": "demonym", "capital": "seat"}
FORMS: dict[str, MentionForm] = {"name": "name", "acronym": "acronym", "demonym": "demonym", "seat": "seat", "nominal": "nominal"}


COUNTED_WITHIN = 2
"""Words between a number or group and whom it is of: ``dozens *of* protesters``, ``a series *of the* countries``."""


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
        self.lands: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.posts: defaultdict[str, set[str]] = defaultdict(set)
        self.relatives: list[tuple[Draft, Draft, bool]] = []
        self.quoted: dict[int, Draft] = {}
        """By token of a quotation, who speaks it, as far as that is known before it is read."""

    # -- names ------------------------------------------------------------------------------------

    def register(self, reading: Reading, partner: Reading | None = None) -> Draft | None:
        """Make the actor of a named person or organisation, with what an apposition says of them."""
        span = reading.person or reading.label
        if reading.entry is not None and reading.entry.kind != "person":
            return self.listed(reading)
        if span is None:
            return None
        name = reading.entry.name if reading.entry is not None else self.text_of(span)
        if reading.form == "surname" and (own := self._own(slug(self.text_of(span)))) is not None:
            return own  # the article's own bearer of the name comes first
        known = self.known(name, reading)
        country, sector = reading.country, reading.sector
        describing = [r for r in (reading, partner) if r is not None and r.role is not None]
        if partner is not None and reading.entry is None:
            country = country or partner.country
            sector = partner.sector if partner.sector and (reading.role is None or reading.role.weak) else sector or partner.sector
        if (
            reading.affiliation_span is not None
            and reading.affiliation_entry is None
            and (house := self.by_name.get(slug(self.text_of(reading.affiliation_span)))) is not None
        ):
            country, sector = country or house.country, sector or house.sector
        if country is None and any(self._local(r, sector) for r in describing):
            guess = self.guess(reading.chunk.head, sector)
            country = guess[0] if guess else None
        if known is None:
            known = self._make_named(reading, name, country, sector)
        elif known.country is None and country is not None and known.kind in ("unresolved", "person", "organisation"):
            self.recode(
                known, country, sector or known.sector, self.body_of(reading, country) or (self.body_of(partner, country) if partner is not None else None)
            )
        elif known.sector is None and sector is not None:
            self.recode(known, known.country, sector)
        elsewhere = partner is not None and partner.role is not None and not partner.former and partner.sector in STATE_SECTORS
        if partner is not None and elsewhere and "over" in reading.whys and known.sector == "ELI":
            self.recode(known, known.country, partner.sector)  # out of the office that the lexicon knows, in another
        for r in describing:
            self.describe(known, r)
        known.gender = known.gender or reading.gender or (partner.gender if partner is not None else "")
        return known

    def guess(self, token: int, sector: str | None, among: Set[str] = frozenset()) -> tuple[str, str] | None:
        """The likeliest country for a phrase that names none, and the reason; ``among`` are those that have such an office at all."""
        words, sent = self.words, self.words.sent[token]
        acts, verb = words.dep[token] == "nsubj", words.head[token]
        addressed: set[str] = set()
        if acts and words.lower[verb] in words.vocabulary.speech:  # nobody condemns or warns his own state by its name
            addressed = {
                c
                for at, c, _ in self.context.by_sentence.get(sent, ())
                if words.head[at] == verb
                and words.dep[at] == "dobj"
                and (name := words.name[at]) is not None
                and name.entry.kind in ("country", "entity", "capital")
            }
        return self.context.country_at(token, sent, sector, self._organs(sector), acts=acts, never=addressed, among=among)

    def _organs(self, sector: str | None) -> Counter[str] | None:
        """The countries of those of a sector that the article has named so far; of other organs of state where it has named none of this one."""
        if self.lands.get(sector or "") or sector not in STATE_SECTORS:
            return self.lands.get(sector or "")
        others = Counter[str]()
        for each in STATE_SECTORS:
            others.update(self.lands.get(each, {}))
        return others or None

    def _own(self, key: str) -> Draft | None:
        """The person of this article whose surname, or in the East whose first name, stands alone."""
        return self.by_surname.get(key) or self.by_part.get(key)

    def namesake(self, reading: Reading) -> Draft | None:
        """The person of this article whose surname is a town's name: Lima, after Haroldo Lima."""
        draft = self.by_surname.get(slug(self.text_of((reading.chunk.start, reading.chunk.end))))
        if draft is None or not draft.mentions or " " not in draft.name:
            return None
        introduced = draft.role is not None or draft.reason.startswith("actors.title") or draft.name.split()[0].lower() in self.lexicon.given
        return draft if introduced else None  # "CBC Toronto" makes no town a surname

    def _local(self, reading: Reading, sector: str | None) -> bool:
        """Whether somebody so described is likely of the country the article is about."""
        role = reading.role
        return reading.loose and role is not None and not self.kin(reading) and (reading.near or role.kind == "office" or (sector or role.sector) in GUESSED)

    def kin(self, reading: Reading) -> bool:
        """``her husband``: of the country of whom the pronoun means, which is known later."""
        possessor = reading.chunk.possessor
        return reading.role is not None and reading.role.noun in self.words.vocabulary.kin and possessor is not None

    def _make_named(self, reading: Reading, name: str, country: str | None, sector: str | None) -> Draft:
        person = reading.person is not None
        tail = slug(name) or "unnamed"
        term = reading.term
        if reading.entry is not None and term is not None and term.body and not reading.former:
            return self._in_body(name, reading, term.body, country)
        within = self.body_of(reading, country)
        if within is not None and sector == "GOV":
            sector = None
        prefix = ".".join([within or country or "_", *([sector] if sector else []), tail])
        kind: ActorKind = "person" if person else "organisation"
        if reading.entry is None and country is None and sector is None:
            kind = "unresolved"
        rule = (
            "actors.person" if reading.entry is not None else "actors.title" if reading.role is not None or "titled" in reading.whys else "actors.unknown_name"
        )
        draft = Draft(prefix, name, country, sector, kind, rule, person=person)
        draft.plural = reading.plural and not person
        self.drafts[draft.id] = draft
        return self._index(draft, reading.chunk.start)

    def body_of(self, reading: Reading, country: str | None) -> str | None:
        """The intergovernmental body that somebody belongs to, by id."""
        entry = reading.affiliation_entry
        return (entry.terms[-1].body or entry.id) if entry is not None and entry.kind == "body" and country in BODY_COUNTRIES else None

    def _in_body(self, name: str, reading: Reading, body: str, country: str | None) -> Draft:
        """A person of the lexicon who holds an office in a body: ``IGO.NATO.jens-stoltenberg``."""
        draft = Draft(f"{body}.{slug(name)}", name, country, reading.sector, "person", "actors.person", person=True)
        draft.affiliation_id = body
        self.drafts[draft.id] = draft
        return self._index(draft, reading.chunk.start)

    def _index(self, draft: Draft, at: int) -> Draft:
        key = slug(draft.name)
        draft.first = at
        self.by_name[key] = draft
        if draft.person:
            parts = key.split("-")
            if len(parts) > 1 or draft.reason == "actors.title":
                other = self.by_surname.get(parts[-1])
                if other is None or at < other.first:  # of a family, the surname alone mostly means whom the article names first
                    self.by_surname[parts[-1]] = draft
            for part in {*parts, *("-".join(parts[i:]) for i in range(1, len(parts)))}:
                self.by_part[part] = draft if part not in self.by_part else None
        return draft

    def known(self, name: str, reading: Reading) -> Draft | None:
        """The actor a name was registered for: in full, by surname or by a part of it."""
        key = slug(name)
        if key in self.by_name:
            return self.by_name[key]
        if reading.person is None:
            return None
        last = key.rsplit("-", 1)[-1]
        other = self.by_surname.get(last)
        if other is None and reading.entry is None and reading.role is None:
            other = self.by_part.get(key)
            return None if other is not None and key in self.lexicon.given and other.country in WESTERN else other
        if other is None:
            return None
        if "-" not in key or slug(other.name).endswith(key) or key.endswith(slug(other.name)):
            return other
        mine, theirs = key.split("-"), slug(other.name).split("-")
        return other if mine[0] == theirs[0] else None

    def recode(self, draft: Draft, country: str | None, sector: str | None, body: str | None = None) -> None:
        """Give an actor another country or sector, with the id that goes with them; ``body`` is the intergovernmental body it is of."""
        del self.drafts[draft.id]
        sector = None if body is not None and sector == "GOV" else sector
        draft.country, draft.sector = country, sector
        tail = slug(draft.name) if self.by_name.get(slug(draft.name)) is draft else draft.id.rsplit(".", 1)[-1]
        draft.id = ".".join([body or country or "_", *([sector] if sector else []), tail or "unnamed"])
        if draft.kind == "unresolved":
            draft.kind = "person" if draft.person else "organisation"
        clash = self.drafts.get(draft.id)
        if clash is not None and clash is not draft:
            draft.id += "-2"
        self.drafts[draft.id] = draft

    def tell(self, draft: Draft, country: str, sector: str | None, why: str) -> None:
        """Give an actor a country (and a sector, if it has none) that the article tells elsewhere."""
        self.recode(draft, country, draft.sector or sector)
        if draft.kind == "unresolved":
            draft.kind = "person" if draft.person else "organisation"
        draft.reason += f"|{why}"

    def describe(self, draft: Draft, reading: Reading) -> None:
        """Keep what a phrase says of an actor: the role and the affiliation as the article gives them, nouns for later descriptions."""
        role, span = reading.role, reading.role_span
        if role is None or span is None:
            return
        draft.nouns.add(role.noun)
        draft.nouns.add(role.head)
        if draft.role is None and draft.person:
            draft.role = self.text_of(span)
        envoy = reading.affiliation_entry is not None and reading.affiliation_entry.kind == "body" and reading.country not in (None, *BODY_COUNTRIES)
        if envoy:  # Iran's governor at OPEC speaks for Iran
            pass
        elif draft.affiliation is None and reading.affiliation_span is not None and reading.affiliation_entry is not None:
            draft.affiliation = self.text_of(reading.affiliation_span)
            term = reading.affiliation_entry.terms[-1]
            draft.affiliation_id = term.body or (reading.affiliation_entry.id if reading.affiliation_entry.kind == "seat" else None)
        elif draft.affiliation is None and reading.affiliation is not None and reading.affiliation.role is not None:
            inner = reading.affiliation
            draft.affiliation = self.text_of((inner.chunk.start, inner.chunk.end))
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
            draft = self.known(self.text_of(span), other if other.person or other.label else reading)
        if draft is None and other.entry is not None and other.entry.kind in ("group", "body", "organisation"):
            draft = self.listed(other)  # the militant group Boko Haram
        if draft is None:
            return None
        self.describe(draft, reading)
        return draft, "actors.apposition"

    def text_of(self, span: tuple[int, int]) -> str:
        """The article's characters on some tokens."""
        return self.article.text[self.words.idx[span[0]] : self.words.end[span[1] - 1]]

    # -- mentions ---------------------------------------------------------------------------------

    def place(self, reading: Reading, draft: Draft, why: str = "") -> None:
        """Note that a phrase means an actor."""
        chunk = reading.chunk
        form: MentionForm = "possessive" if chunk.possessive and reading.form == "nominal" else FORMS.get(reading.form, "name")
        owner = self.at_token.get(chunk.possessor.head) if chunk.possessor is not None and reading.country is None and self.kin(reading) else None
        if owner is not None and owner is not draft:
            family = reading.role is not None and reading.role.noun in self.words.vocabulary.family
            self.relatives.append((draft, owner, family))
            if owner.country is not None and draft.country is None:
                self.recode(draft, owner.country, draft.sector)
        last = self.lexicon.roles.get(self.words.lower[chunk.end - 1])
        if draft.kind == "body" and last is not None and last.plural:
            draft.nouns.add(last.head)  # later "the ministers" are those of the euro zone
        counted = reading.affiliation if reading.role is not None and reading.role.kind == "container" else None
        self.mention(draft, chunk, form, why or draft.reason, reading.plural, through=counted.chunk if counted is not None else None)

    def mention(self, draft: Draft, chunk: Chunk, form: MentionForm, reason: str, plural: bool, *, through: Chunk | None = None) -> None:
        """Add a mention on a phrase, or on all of ``dozens of protesters`` where ``through`` is whom it counts."""
        words = self.words
        near = through is not None and 0 < through.start - chunk.end <= COUNTED_WITHIN
        start, end = words.idx[chunk.start], words.end[(through.end if through is not None and near else chunk.end) - 1]
        if end <= start:
            return
        draft.mentions.setdefault(
            (start, end), Mention(start=start, end=end, text=self.article.text[start:end], head=words.idx[chunk.head], form=form, reason=reason)
        )
        subject = words.dep[chunk.head] in ("nsubj", "nsubjpass")
        verb = words.lower[words.head[chunk.head]]
        self.seen.append(Seen(draft, chunk, words.sent[chunk.start], subject, subject and verb in words.vocabulary.speech, plural))
        for i in range(chunk.start, chunk.end):
            self.at_token.setdefault(i, draft)
        self.at_token[chunk.head] = draft

    def listed(self, reading: Reading) -> Draft | None:
        """The actor of a name of the lexicon; None for a capital that is only a place here."""
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
                return self.draft(
                    f"{code}.GOV", self.lexicon.country_names.get(code, entry.name), code, "GOV", actor_kind, f"actors.{RULES[entry.kind]}|acting"
                )
            if entry.kind == "demonym" and reading.plural and self._counted(reading):
                draft = self.draft(f"{code}.CVL", self.text_of((reading.chunk.end - 1, reading.chunk.end)), code, "CVL", "group", "actors.demonym|people")
                draft.plural = True
                return draft
            why = "misspelling" if "misspelling" in reading.whys else "people" if entry.kind == "demonym" else "place"
            return self.draft(code, self.lexicon.country_names.get(code, entry.name), code, None, actor_kind, f"actors.{RULES[entry.kind]}|{why}")
        if entry.kind == "seat":
            return self.draft(entry.id, entry.name, term.country, term.sector, "state", "actors.seat|acting")
        if entry.kind in ("body", "group", "organisation"):
            return self.draft(term.body or entry.id, entry.name, term.country, term.sector, entry.actor_kind, f"actors.{entry.kind}")
        return None

    def _counted(self, reading: Reading) -> bool:
        """``many Chadians``, ``two young Chadians``: some people of a country, not the country."""
        words, chunk = self.words, reading.chunk
        name = words.name[chunk.end - 1]
        first = name.start if name is not None else chunk.end
        return any(words.tag[i] in ("CD", "JJ", "JJS", "JJR") or words.lower[i] in words.vocabulary.portions for i in range(chunk.start, first))

    def draft(self, id: str, name: str, country: str | None, sector: str | None, kind: ActorKind, reason: str) -> Draft:
        """The actor with an id, made if it is new."""
        draft = self.drafts.get(id)
        if draft is None:
            draft = self.drafts[id] = Draft(id, name, country, sector, kind, reason)
            if kind == "organisation":
                draft.nouns.add(name.rsplit(" ", 1)[-1].lower())
        return draft
