"""Is this name a place here? Evidence for and against, each with a name and a weight, summed.

The evidence is read from the words around a name, from the cast (a person is not a place) and from the
rest of the article (a name once seen as a surname stays one).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter

from spacy.tokens import Token

from onrecord.parse import Parsed
from onrecord.places.containment import contain
from onrecord.places.evidence import AGAINST, AS_PERSON, FOR, Context, Evidence
from onrecord.places.gazetteer import COMMON_WORD, GIVEN_NAME, SURNAME
from onrecord.places.lexicon import FROM_GAZETTEER, Lexicon
from onrecord.places.scan import Name, Word
from onrecord.records import Cast

BEFORE = re.compile(r"([\w.’'-]+)([\s,(\"“‘-]*)$")
AFTER = re.compile(r"(['’]s?)?([\s,]*)([\w’'.-]+)")
DASH = re.compile(r"(?:, [A-Z][\w. ]{1,20})?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?(?: ?\([A-Z][\w ./]+\))? ?(?:--|[—–]|- )")
SMALL_WORD = re.compile(r"\b[a-z]{3,}\b")
AMBIGUOUS_STREETS = frozenset({"Court", "Place", "Way", "Close", "Row"})
BODIES = frozenset({"organisation", "group", "body"})
OF_A_PLACE = re.compile(r"['’]s\b|-[a-z]")
FIRMS = frozenset({"BUS", "MNC"})
ABOVE = frozenset({"IGO", "NGO", "MNC"})
"""Sectors and countries of bodies in whose names no place is meant: the Bank of America, the Asia-Pacific Economic Cooperation."""
ON_LAND: frozenset[Evidence] = frozenset({"place_noun", "place_noun_before"})
SAID: frozenset[Evidence] = frozenset({"in", "contained", "dateline", "place_noun", "place_noun_before"})
"""What says outright that a name is a place's."""
OUTSPOKEN = 3
"""How many names that are said to be a place's outweigh one that is a person's in the same article."""
SMALL = 100_000
"""Towns of fewer inhabitants are seldom named in the news of another country."""
NEAR_TOP = 400
"""A dateline in mixed text stands within so many characters of the start."""


class Recogniser:
    """Weighs the names of one article.

    Args:
        parsed: the article and its parse.
        cast: its actors.
        lexicon: what the room knows.
        found: the article's capitalised words.
        names: the names among them that some table knows.
        home: the country of the article's outlet, if known.
    """

    def __init__(self, parsed: Parsed, cast: Cast, lexicon: Lexicon, found: list[Word], names: list[Name], *, home: str | None = None) -> None:
        self.home = home
        self.parsed, self.lexicon, self.words, self.names = parsed, lexicon, found, names
        self.text = parsed.flat
        self.token_starts: list[int] = parsed.doc.to_array("IDX").tolist()
        self.small_words = frozenset(SMALL_WORD.findall(self.text))
        self.people = {m.head: " " in a.name.strip() for a in cast if a.kind == "person" for m in a.mentions if m.form == "name"}
        self.bodies = sorted((m.start, m.end) for a in cast if a.kind in BODIES for m in a.mentions if m.form in ("name", "acronym"))
        self.firms = sorted(
            (m.start, m.end)
            for a in cast
            if a.kind in BODIES and (a.sector in FIRMS or a.country in ABOVE)
            for m in a.mentions
            if m.form in ("name", "acronym")
        )
        self.datelines = [(b.start, b.end) for b in parsed.blocks if b.kind == "dateline"]
        self.ending = {n.last: n for n in names}
        self.starting = {n.first: n for n in names}

    def weigh(self) -> list[Context]:
        """Every name with its evidence, the article's own habits included."""
        contexts = [self._local(i, name) for i, name in enumerate(self.names)]
        contain(contexts, self.parsed, self.lexicon, self._note)
        self._habits(contexts)
        self._strangers(contexts)
        return contexts

    def _note(self, context: Context, what: Evidence, times: float = 1.0) -> None:
        context.evidence[what] = self.lexicon.weights[what] * times

    def _token(self, offset: int) -> Token:
        return self.parsed.doc[max(0, bisect_right(self.token_starts, offset) - 1)]

    def _local(self, number: int, name: Name) -> Context:
        token = self._token(name.start)
        context = Context(
            number=number,
            name=name,
            certain=name.senses[0].rule not in FROM_GAZETTEER,
            personlike=self.lexicon.has_role(name.folded, "personlike"),
            top=max((s.entry for s in name.senses), key=lambda e: e.population * (0.2 if e.alternate else 1.0)),
            sentence_start=bool(token.is_sent_start),
            dateline=self._is_dateline(name),
        )
        self._size(context)
        if context.dateline:
            self._note(context, "dateline")
        if not context.certain:
            self._form(context, token)
        self._before(context)
        self._after(context)
        self._cast(context)
        if self.lexicon.has_role(name.text, "never") or self._is_brand(context):
            self._note(context, "never")
        if not context.certain:
            if token.dep_ == "dobj" and self.lexicon.has_role(token.head.lemma_, "place_verb"):
                self._note(context, "place_verb")
            if context.top.population < 50_000 and not context.has(FOR):
                self._note(context, "bare_small")
            if context.single and token.pos_ == "PROPN" and not context.has(AGAINST):
                self._note(context, "unmistakable")
        return context

    def _is_brand(self, context: Context) -> bool:
        """Whether the name is a company's, unless an article or a word of place says otherwise ("the Amazon", "in Nokia")."""
        name = context.name
        if not self.lexicon.has_role(name.text, "brand") or context.dateline:
            return False
        return self.text[max(0, name.start - 4) : name.start].lower() != "the " and not context.has(ON_LAND if context.certain else FOR)

    def _size(self, context: Context) -> None:
        best = context.name.senses[0]
        size = self.lexicon.rules[best.rule].prior
        if not context.certain:
            size += self.lexicon.weights["size"] * (math.log10(context.top.population + 10) - 4.0)
            if best.entry.kind == "admin1" and best.entry.population > 1_000_000 and not best.entry.alternate:
                size += 1.0
        context.evidence["size"] = size

    def _is_dateline(self, name: Name) -> bool:
        """Within a dateline, or capitals that open a line or stand before a dash in mixed text near the top."""
        if any(s <= name.start < e for s, e in self.datelines):
            return True
        if not name.text.isupper() or len(name.text) < 4 or name.start > NEAR_TOP or any(s.use == "demonym" for s in name.senses):
            return False
        if DASH.match(self.text, name.end, name.end + 60):
            return True
        block = self.parsed.block_at(name.start)
        return block is not None and not self.text[block.start : block.end].isupper() and not self.text[block.start : name.start].strip("[( ")

    def _form(self, context: Context, token: Token) -> None:
        """What the name itself looks like."""
        if context.top.alternate:
            self._note(context, "alternate")
        if not context.single:
            self._note(context, "multiword")
            return
        name, flags = context.name, context.name.senses[0].entry
        if flags.common_word:
            self._note(context, "common_word")
            if context.sentence_start:
                self._note(context, "sentence_start")
        if name.text.lower() in self.small_words:
            self._note(context, "lower_case_here")
        if flags.given_name:
            self._note(context, "given_name")
        if flags.surname:
            self._note(context, "surname")
        if token.pos_ not in ("PROPN", "NOUN"):
            self._note(context, "not_proper")
        if name.text.isupper() and len(name.text) > 1 and not context.dateline:
            block = self.parsed.block_at(name.start)
            if block is None or not self.text[block.start : block.end].isupper():
                self._note(context, "acronym", 2.0 if len(name.text) < 4 else 1.0 if len(name.text) < 7 else 0.4)
        if (
            token.dep_ in ("nsubj", "nsubjpass")
            and (flags.surname or flags.given_name or flags.population < 100_000)
            and self.lexicon.has_role(token.head.lemma_, "person_verb")
        ):
            self._note(context, "person_verb")

    def _before(self, context: Context) -> None:
        name = context.name
        match = BEFORE.search(self.text, max(0, name.start - 40), name.start)
        if match is None or "\n" in match.group(2):
            return
        word, gap = match.group(1).rstrip("."), match.group(2)
        if self.lexicon.has_role(word.lower(), "in", "to", "of", "place_noun") or word in ("The", "A", "An"):
            word = word.lower()
        if gap == "" and word.endswith("-") and word[0].isupper() and name.senses[0].rule == "places.feature" and name.first - 1 not in self.ending:
            self._note(context, "name_before", 2.0)  # the Alpes-Maritimes
        elif gap in (" ", "-") and word[:1].isupper() and not word.endswith(("'s", "’s", "s'", "s’")):
            if not context.certain or context.personlike:
                self._capital_before(context, word, match.start(1))
        elif gap and not gap.strip():
            self._small_before(context, word.lower(), match.start())

    def _capital_before(self, context: Context, word: str, start: int) -> None:
        name = context.name
        if self.lexicon.has_role(word, "title"):
            self._note(context, "title_before")
            return
        number = name.first - 1
        before = self.words[number] if number >= 0 and start - 1 <= self.words[number].start and self.words[number].end <= name.start else None
        if before is None or _is_shouted(word, name) or self.lexicon.has_role(word, "institution"):
            return
        placed = self.ending.get(number)
        if placed is not None and placed.senses[0].rule != "places.settlement":
            return
        if before.flags & GIVEN_NAME or len(word) == 1:
            strength = 1.0
        elif self._token(before.start).pos_ != "PROPN":
            return
        else:
            strength = 0.2 if before.flags & COMMON_WORD else 0.8
        self._note(context, "name_before", strength * (1.0 if context.single else 0.6))

    def _small_before(self, context: Context, low: str, start: int) -> None:
        has = self.lexicon.has_role
        if low == "the":
            again = BEFORE.search(self.text, max(0, start - 30), start)
            low, start = (again.group(1).lower(), again.start()) if again else (low, start)
        if low == "of":
            again = BEFORE.search(self.text, max(0, start - 30), start)
            self._note(context, "place_noun_before" if again and has(again.group(1).lower(), "place_noun_of") else "of")
        elif has(low, "in"):
            self._note(context, "in")
        elif has(low, "to"):
            self._note(context, "to")
        elif has(low, "place_noun"):
            self._note(context, "place_noun_before", 0.5)

    def _after(self, context: Context) -> None:
        name = context.name
        match = AFTER.match(self.text, name.end, name.end + 40)
        if match is None:
            return
        genitive, gap, word = match.group(1), match.group(2), match.group(3).rstrip(".'’-")
        if gap != " " or not word or genitive:
            return
        has = self.lexicon.has_role
        context.division = has(word, "division_noun")
        if not word[0].isupper():
            if has(word, "place_noun"):
                self._note(context, "place_noun")
        elif context.certain and not context.personlike:
            return
        elif has(word, "street") and (context.single or word not in AMBIGUOUS_STREETS):
            self._note(context, "street")
        elif has(word, "institution"):
            self._note(context, "institution_after")
        else:
            self._capital_after(context, word)

    def _capital_after(self, context: Context, word: str) -> None:
        name = context.name
        number = name.last + 1
        follower = self.starting.get(number)
        if number >= len(self.words) or _is_shouted(word, name) or (follower is not None and follower.senses[0].rule not in FROM_GAZETTEER):
            return
        flags = self.words[number].flags
        given = name.senses[0].entry.given_name or context.personlike
        strength = 1.0 if flags & SURNAME or given else 0.7
        if flags & COMMON_WORD and not (flags & SURNAME and given):
            strength = 0.1
        self._note(context, "name_after", strength * (1.0 if context.single else 0.5))

    def _cast(self, context: Context) -> None:
        name = context.name
        around = _covering(self.firms, name)
        described = name.senses[0].use == "demonym" or OF_A_PLACE.match(self.text, name.end)  # "the Turkish company Kolin" is not called so
        if around is not None and around != (name.start, name.end) and not described:
            self._note(context, "inside_firm", 1.0 if context.certain else 0.25)
        if context.certain and not context.personlike:
            return
        # a person's mention may begin with a place ("Florida Senator Marco Rubio"): only its head is the person;
        # one known by a single name may be a town that was read as a person
        full = self.people.get(self.words[name.last].start)
        if full is not None:
            self._note(context, "person_in_cast", 1.0 if full else 0.25)
        body = None if context.certain else _covering(self.bodies, name)
        if body is not None:
            self._note(context, "named_actor_in_cast" if body == (name.start, name.end) else "inside_actor")

    def _strangers(self, contexts: list[Context]) -> None:
        """Small towns in countries of which the article names nothing, although it names others: rather a field, a firm or a person."""
        countries = {s.entry.country for c in contexts if c.certain and c.score > 0 for s in c.name.senses}
        if self.home is not None:
            countries.add(self.home)
        named = countries - {None}
        for c in contexts:
            if c.certain or not c.single or c.dateline or not named or c.top.population > SMALL or "contained" in c.evidence:
                continue
            if named.isdisjoint(s.entry.country for s in c.name.senses):
                self._note(c, "stranger")

    def _habits(self, contexts: list[Context]) -> None:
        """What the article does with a name elsewhere tells what it does with it here."""
        persons = Counter(c.name.folded for c in contexts if (c.has(AS_PERSON) and c.score < 0) or (c.personlike and c.evidence.get("name_after", 0.0) < -2))
        at = Counter(c.name.folded for c in contexts if not c.has(AS_PERSON) and not c.evidence.keys().isdisjoint(SAID))
        for c in contexts:
            a_person = persons[c.name.folded] > at[c.name.folded] // OUTSPOKEN
            if a_person and (c.personlike or not c.certain) and not c.dateline and "contained" not in c.evidence and not c.has(AS_PERSON):
                self._note(c, "surname_here")
        placed: Counter[str] = Counter(c.name.folded for c in contexts if c.score > 1.0 and not c.evidence.keys().isdisjoint(SAID))
        for c in contexts:
            if placed[c.name.folded] and not c.has(AS_PERSON) and c.evidence.keys().isdisjoint(("name_after", "street")):
                self._note(c, "said_before")


def _is_shouted(word: str, name: Name) -> bool:
    """Whether a neighbour in capitals is an acronym and not part of the name."""
    return len(word) > 1 and word.isupper() and not name.text.isupper()


def _covering(spans: list[tuple[int, int]], name: Name) -> tuple[int, int] | None:
    at = bisect_right(spans, (name.start, 1 << 60)) - 1
    return spans[at] if at >= 0 and spans[at][1] >= name.end else None
