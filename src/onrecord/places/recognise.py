"""Is this name a place here? Evidence for and against, each with a name and a weight, summed.

The evidence is read from the words around a name, from the cast (a person is not a place) and from the
rest of the article (a name once seen as a surname stays one).
"""

from __future__ import annotations

import dataclasses
import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from typing import Literal, Protocol

from onrecord.parse import Parsed
from onrecord.places.gazetteer import COMMON_WORD, GIVEN_NAME, SURNAME, Entry
from onrecord.places.lexicon import PERSONLIKE, Lexicon
from onrecord.places.scan import Name, Tokens, Word
from onrecord.records import Cast

Evidence = Literal[
    "size", "alternate", "common_word", "given_name", "surname", "multiword", "in", "to", "of", "place_noun", "place_noun_before", "title_before", "name_before", "name_after", "institution_after",
    "contained", "contains", "dateline", "street", "person_verb", "not_proper", "sentence_start", "person_in_cast", "named_actor_in_cast", "inside_actor", "surname_here", "lower_case_here", "acronym", "country_seen",
    "list_of_places", "said_before", "never", "bare_small", "place_verb", "unmistakable",
]  # fmt: skip

BEFORE = re.compile(r"([\w.’'-]+)([\s,(\"“‘-]*)$")
DASH = re.compile(r"(?:, [A-Z][\w. ]{1,20})?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?(?: ?\([A-Z][\w ./]+\))? ?(?:--|[—–]|- )")
AFTER = re.compile(r"(['’]s?)?([\s,]*)([\w’'.-]+)")
POSITIVE: frozenset[Evidence] = frozenset({"in", "to", "place_noun", "place_noun_before", "dateline", "multiword", "institution_after", "place_verb"})
DOUBTFUL: frozenset[Evidence] = frozenset({"common_word", "given_name", "surname", "name_before", "name_after", "title_before", "acronym", "person_verb", "street", "alternate", "never", "person_in_cast", "named_actor_in_cast"})


@dataclasses.dataclass(slots=True, kw_only=True)
class Context:
    """A name with the evidence found around it.

    ``number`` is its place among the article's names; ``containers`` are the numbers of the names that
    hold it ("Paris, Texas"), ``division`` where the next word says province or the like, ``sure`` where a comma says so, and ``contains`` that of the name it holds.
    """

    number: int
    name: Name
    evidence: dict[Evidence, float]
    sentence_start: bool
    containers: tuple[int, ...] = ()
    sure: bool = False
    contains: int | None = None
    dateline: bool = False
    division: bool = False

    @property
    def score(self) -> float:
        """The sum of the evidence; the name is taken for a place where it is positive."""
        return sum(self.evidence.values())


class Recogniser:
    """Weighs the names of one article."""

    def __init__(self, parsed: Parsed, cast: Cast, lexicon: Lexicon, found: list[Word], names: list[Name]) -> None:
        self.parsed, self.lexicon, self.words, self.names = parsed, lexicon, found, names
        self.tokens = Tokens(parsed)
        self.text = parsed.text
        self.lower = frozenset(re.findall(r"\b[a-z]{3,}\b", self.text))
        self.people, self.bodies = _named(cast)
        self.datelines = [(b.start, b.end) for b in parsed.blocks if b.kind == "dateline"]
        self.shouted = {b.start: b for b in parsed.blocks if self.text[b.start : b.end].isupper()}
        self.ending = {n.last: n for n in names}
        self.starting = {n.first: n for n in names}

    def weigh(self) -> list[Context]:
        """Every name with its evidence, the article's own habits included."""
        contexts = [self._local(i) for i in range(len(self.names))]
        self._contain(contexts)
        self._habits(contexts)
        return contexts

    def _local(self, number: int) -> Context:
        name, weights = self.names[number], self.lexicon.weights
        evidence: dict[Evidence, float] = {}
        best = name.senses[0]
        rule = self.lexicon.rules[best.rule]
        single = name.first == name.last
        certain = best.rule not in ("places.settlement", "places.division")
        tag = self.tokens.doc[self.tokens.at(name.start)]
        context = Context(number=number, name=name, evidence=evidence, sentence_start=bool(tag.is_sent_start))

        def add(what: Evidence, times: float = 1.0) -> None:
            evidence[what] = weights[what] * times

        top = max((s.entry for s in name.senses), key=lambda e: e.population * (0.2 if e.alternate else 1.0))
        evidence["size"] = rule.prior if certain else rule.prior + weights["size"] * (math.log10(top.population + 10) - 4.0)
        if self._is_dateline(name):
            context.dateline = True
            add("dateline")
        if not certain:
            if best.entry.kind == "admin1" and best.entry.population > 1_000_000 and not best.entry.alternate:
                evidence["size"] += 1.0
            if top.alternate:
                add("alternate")
            if single:
                self._single_word(name, context, add)
            else:
                add("multiword")
        self._before(name, certain, context, add)
        self._after(name, certain, context, add)
        self._cast(name, certain, add)
        if single and self.lexicon.has_role(name.text, "never"):
            add("never")
        if not certain and tag.dep_ == "dobj" and self.lexicon.has_role(tag.head.lemma_, "place_verb"):
            add("place_verb")
        if not certain and top.population < 50_000 and not evidence.keys() & POSITIVE:
            add("bare_small")
        if single and not certain and not evidence.keys() & DOUBTFUL and tag.pos_ == "PROPN" and not top.alternate:
            add("unmistakable")
        return context

    def _is_dateline(self, name: Name) -> bool:
        """Within a dateline, or capitals that open a line or stand before a dash in mixed text near the top."""
        if any(s <= name.start < e for s, e in self.datelines):
            return True
        if not name.text.isupper() or len(name.text) < 4 or name.start > 400 or any(s.rule == "places.demonym" for s in name.senses):
            return False
        if DASH.match(self.text, name.end, name.end + 60):
            return True
        block = self.parsed.block_at(name.start)
        return block is not None and not self.text[block.start : block.end].isupper() and not self.text[block.start : name.start].strip("[( ")

    def _single_word(self, name: Name, context: Context, add: _Add) -> None:
        flags = name.senses[0].entry
        if flags.common_word:
            add("common_word")
            if context.sentence_start:
                add("sentence_start")
        if name.text.lower() in self.lower:
            add("lower_case_here")
        if flags.given_name:
            add("given_name")
        if flags.surname:
            add("surname")
        token = self.tokens.doc[self.tokens.at(name.start)]
        if token.pos_ not in ("PROPN", "NOUN"):
            add("not_proper")
        if name.text.isupper() and len(name.text) > 1 and not context.dateline:
            block = self.parsed.block_at(name.start)
            if block is None or not self.text[block.start : block.end].isupper():
                add("acronym", 1.0 if len(name.text) < 7 else 0.4)
        if token.dep_ in ("nsubj", "nsubjpass") and (flags.surname or flags.given_name or flags.population < 100_000) and self.lexicon.has_role(token.head.lemma_, "person_verb"):
            add("person_verb")

    def _before(self, name: Name, certain: bool, context: Context, add: _Add) -> None:
        match = BEFORE.search(self.text, max(0, name.start - 40), name.start)
        if match is None or "\n" in match.group(2):
            return
        word, gap = match.group(1).rstrip("."), match.group(2)
        if self.lexicon.has_role(word.lower(), "in", "to", "of", "place_noun") or word in ("The", "A", "An"):
            word = word.lower()
        if gap in (" ", "-") and word[:1].isupper() and not word.endswith(("'s", "’s", "s'", "s’")):
            if not certain or name.folded in PERSONLIKE:
                self._capital_before(name, word, match.start(1), add)
        elif gap and not gap.strip():
            self._small_before(word.lower(), match.start(), add)

    def _capital_before(self, name: Name, word: str, start: int, add: _Add) -> None:
        if self.lexicon.has_role(word, "title"):
            add("title_before")
            return
        number = name.first - 1
        before = self.words[number] if number >= 0 and self.words[number].end <= name.start and self.words[number].start >= start - 1 else None
        if before is None or (len(word) > 1 and word.isupper() and not name.text.isupper()) or self.lexicon.has_role(word, "institution"):
            return
        placed = self.ending.get(number)
        if placed is not None and placed.senses[0].rule != "places.settlement":
            return
        token = self.tokens.doc[self.tokens.at(before.start)]
        if before.flags & GIVEN_NAME or len(word) == 1:
            strength = 1.0
        elif token.pos_ != "PROPN":
            strength = 0.0
        elif before.flags & COMMON_WORD:
            strength = 0.2
        else:
            strength = 0.8
        if strength:
            add("name_before", strength * (0.6 if name.first != name.last else 1.0))

    def _small_before(self, low: str, start: int, add: _Add) -> None:
        has = self.lexicon.has_role
        if low == "the":
            again = BEFORE.search(self.text, max(0, start - 30), start)
            low, start = (again.group(1).lower(), again.start()) if again else (low, start)
        if low == "of":
            again = BEFORE.search(self.text, max(0, start - 30), start)
            add("place_noun_before" if again and has(again.group(1).lower(), "place_noun_of") else "of")
        elif has(low, "in"):
            add("in")
        elif has(low, "to"):
            add("to")
        elif has(low, "place_noun"):
            add("place_noun_before", 0.5)

    def _after(self, name: Name, certain: bool, context: Context, add: _Add) -> None:
        match = AFTER.match(self.text, name.end, name.end + 40)
        if match is None:
            return
        genitive, gap, word = match.group(1), match.group(2), match.group(3).rstrip(".'’-")
        if gap != " " or not word or genitive:
            return
        has = self.lexicon.has_role
        if not word[0].isupper():
            context.division = has(word, "division_noun")
            if has(word, "place_noun"):
                add("place_noun")
            return
        if certain and name.folded not in PERSONLIKE:
            return
        if has(word, "street") and (word not in ("Court", "Place", "Way", "Close", "Row") or name.first == name.last):
            add("street")
        elif has(word, "institution"):
            add("institution_after")
        else:
            self._capital_after(name, word, add)

    def _capital_after(self, name: Name, word: str, add: _Add) -> None:
        number = name.last + 1
        after = self.words[number] if number < len(self.words) else None
        follower = self.starting.get(number)
        if after is None or (len(word) > 1 and word.isupper() and not name.text.isupper()) or (follower is not None and follower.senses[0].rule not in ("places.settlement", "places.division")):
            return
        if after.flags & COMMON_WORD and not (after.flags & SURNAME and name.senses[0].entry.given_name):
            strength = 0.1
        elif after.flags & SURNAME or name.senses[0].entry.given_name:
            strength = 1.0
        else:
            strength = 0.7
        add("name_after", strength * (0.5 if name.first != name.last else 1.0))

    def _cast(self, name: Name, certain: bool, add: _Add) -> None:
        for kind, spans in (("person", self.people), ("body", self.bodies)):
            at = bisect_right(spans, (name.start, 1 << 60)) - 1
            if at < 0 or spans[at][1] < name.end:
                continue
            start, end = spans[at]
            if kind == "person" and (not certain or name.folded in PERSONLIKE):
                add("person_in_cast")
            elif kind == "body" and (start, end) == (name.start, name.end) and not certain:
                add("named_actor_in_cast")
            elif kind == "body" and not certain:
                add("inside_actor")

    def _contain(self, contexts: list[Context]) -> None:
        """"Bria, Haute-Kotto": which names the comma puts into which."""
        for i in range(len(contexts) - 1):
            inner, outer = self.names[i], self.names[i + 1]
            between = self.text[inner.end : outer.start]
            if between not in (", ", ",", " (", ", in ", " in ", " in the ", ", in the ", " of "):
                continue
            fits = [(s, o) for s in inner.senses if s.use == "place" for o in outer.senses if o.use == "place" and holds(s.entry, o.entry)]
            if not fits:
                continue
            sure = between.startswith((",", " (")) and "in" not in between
            if inner.senses[0].entry.kind == "country" and not sure:
                continue
            contexts[i].containers, contexts[i].sure = (i + 1,), sure
            contexts[i + 1].contains = i
            if "never" in contexts[i].evidence and not sure:
                continue
            contexts[i].evidence["contained"] = self.lexicon.weights["contained"] * (1.0 if sure else 0.5)
            contexts[i + 1].evidence["contains"] = self.lexicon.weights["contains"] * (1.0 if sure else 0.5)

    def _habits(self, contexts: list[Context]) -> None:
        """What the article does with a name elsewhere tells what it does with it here."""
        against: Counter[str] = Counter()
        for c in contexts:
            if c.evidence.keys() & {"name_before", "title_before", "person_in_cast"} and c.score < 0 or (c.name.folded in PERSONLIKE and c.evidence.get("name_after", 0.0) < -2):
                against[c.name.folded] += 1
        for c in contexts:
            if c.name.folded in against and not c.evidence.keys() & {"name_before", "title_before", "person_in_cast", "contained", "dateline"} and (
                c.name.folded in PERSONLIKE or c.name.senses[0].rule in ("places.settlement", "places.division")
            ):
                c.evidence["surname_here"] = self.lexicon.weights["surname_here"]
        good: Counter[str] = Counter()
        for c in contexts:
            if c.score > 1.0 and c.evidence.keys() & {"in", "contained", "dateline", "place_noun", "place_noun_before"}:
                good[c.name.folded] += 1
        for c in contexts:
            if good[c.name.folded] and not c.evidence.keys() & {"name_before", "name_after", "title_before", "person_in_cast", "street"}:
                c.evidence["said_before"] = self.lexicon.weights["said_before"]


class _Add(Protocol):
    """Notes a piece of evidence."""

    def __call__(self, what: Evidence, times: float = 1.0) -> None: ...


def holds(inner: Entry, outer: Entry) -> bool:
    """Whether one entry lies in the other, as far as the gazetteer knows."""
    if outer.kind == "country":
        return inner.country == outer.country and inner.kind != "country"
    if outer.kind == "admin1":
        return inner.kind in ("city", "admin2") and inner.admin1 is not None and inner.admin1 == outer.geonameid
    return False


def _named(cast: Cast) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    people: list[tuple[int, int]] = []
    bodies: list[tuple[int, int]] = []
    for actor in cast:
        if actor.kind in ("person", "organisation", "group", "body", "unresolved"):
            spans: Iterable[tuple[int, int]] = ((m.start, m.end) for m in actor.mentions if m.form in ("name", "acronym"))
            (people if actor.kind == "person" else bodies).extend(spans)
    return sorted(people), sorted(bodies)
