"""The title of an event: who did what to whom in the words of the mention that says it best, then place and day."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from onrecord.cluster.eventmentions import Mention, Party, Where

FEWEST_WORDS = 3
"""Words that a title has at least, where there is anybody to name."""
LONGEST = 110
"""Characters of a title before its place and day."""
STRANGE = 2
"""What it counts against a mention that none of those take part in it who usually do: as much as a fault."""
LONG = 90
"""Characters from which a title is a long one."""
NEAR = 16
"""Characters between a trigger and the one it is done to, as of a preposition."""
OPENING = re.compile(r"^(?:(?:in|to|of|at|for) which|when|where|which|who|whom|that|as|and|but|after|while)\s+(?=\S)|^['’]s\s+", re.IGNORECASE)
NOBODY = frozenset({"i", "we", "you", "he", "she", "it", "they", "me", "us", "him", "her", "them", "his", "their", "its", "our", "my", "your", "this", "that"})
"""Words that name nobody where their sentence stands alone."""
LEANING = frozenset(
    {"to", "by", "for", "with", "from", "into", "about", "against", "than", "because", "if", "so", "or", "nor", "then", "what", "whether", "before", "until"}
    | {"still", "also", "even", "allegedly", "reportedly", "since", "although", "though", "there", "not", "never", "of", "soon", "shortly", "only", "such"}
    | {"according", "despite", "during", "following", "amid", "including", "these", "those", "on", "in", "at", "as"}
)
"""Words that lean on something before or behind them."""
SUBJECTS = frozenset({"he", "she", "it", "they"})
SPEAKING = frozenset({"i", "we"})
OWN = frozenset({"his", "her", "its", "their"})
MODALS = frozenset({"must", "should", "may", "might", "can", "could", "would", "will", "shall", "need", "needs", "ought"})
VERBS = frozenset({"has", "have", "had", "will", "would"}) | MODALS
ASIDE = re.compile(r"^, (?!and\b|but\b|or\b)[^,“”\"]{3,100},\s")
PHRASE = re.compile(r"\s(?:in|on|at|to|for|with|from|by|about|over|under|into|through|during|without|against|between|among|amid|despite)\s")
PASSIVE = frozenset({"was", "were", "been", "being", "is", "are"})
WITHIN = re.compile(
    r"\b(?:in|of|at|from|with|to|for|on|by|against|near|between|over|and|or|after|before|under|through)\s+(?:the\s+|a\s+|an\s+)?$", re.IGNORECASE
)
UNOPENED = re.compile(r"^(?=[^“\"”]*[^\s“\"”][\"”](?:\W|$))[^“\"”]*?(?P<end>[,.;]?[\"”])")
"""Words up to where a quotation ends that began before them."""
FOLLOWED = re.compile(r"\b(?:must|should|may|might|can|could|would|will|shall|needs?|ought)\s+(?:not\s+)?(?:\w+ly\s+)?[a-z]+\b", re.IGNORECASE)
BOUNDARY = re.compile(r"[,;:]\s|\s[–—-]\s|\s(?:who|which|that|while|when|after|before|as|but|because|where|since)\s")
RELATIVE = re.compile(r"^,?\s*(?:who|which|that|whose|whom)\b", re.IGNORECASE)
MARKS = re.compile(r"https?:|[#@|\[\]{}]|\n")
FIRST = re.compile(r"[\w’'-]+")
CUT = " …"


Names = Mapping[str, str]
NO_NAMES: Names = MappingProxyType({})


def title(best: Mention, where: Where | None, value: str | None, names: Names = NO_NAMES) -> str:
    """A headline in the words of one mention, then place and day.

    Args:
        best: the mention.
        where: the event's place.
        value: its ISO 8601 date.
        names: by actor id what its sources call somebody whom the mention does not name (:func:`names_of`).
    """
    text = headline(best, names)
    text = text[:1].upper() + text[1:].rstrip(" .,;:")
    if where is not None and where.name not in text and where.text not in text:
        text += f", {where.name}"
    return f"{text}, {spelled(value)}" if value else text


def names_of(mentions: Iterable[Mention]) -> dict[str, str]:
    """What the sources of an event call those who take part, by actor id: the words that most mentions have, of equals the longest."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for m in mentions:
        for p in m.parties:
            if p.actor_id and _is_named(p):
                told[p.actor_id][p.text] += 1
    return {id: min(some, key=lambda text: (-some[text], -len(text), text)) for id, some in told.items()}


def most_telling(mentions: Iterable[Mention], type: str | None, names: Names = NO_NAMES) -> Mention:
    """The mention whose words make the best title: of the event's type, told as a fact, with the fewest faults and of those whom most mentions have."""
    some = list(mentions)
    told = Counter(id for m in some for id in m.who)
    usual = {id for id, count in told.items() if count > 1 and 2 * count >= max(told.values())}

    def order(m: Mention) -> tuple[bool, bool, int, int, float, str]:
        strange = STRANGE if usual and usual.isdisjoint(m.who) else 0
        return m.type != type, m.veridicality != "asserted", faults(m, names) + strange, -_slots(m), -m.confidence, m.id

    return min(some, key=order)


def headline(m: Mention, names: Names = NO_NAMES) -> str:
    """The words of a mention that say who did what to whom: of its evidence, or of more of its sentence where these read better."""
    return min(
        (_headline(m, words, names) for words in dict.fromkeys((m.evidence, m.told)) if words), key=lambda text: sum(_faults(m, text, names)), default=""
    )


def _headline(m: Mention, evidence: str, names: Names) -> str:
    words = " ".join(evidence.split())
    trigger = " ".join(m.trigger.split())
    at = words.find(trigger)
    before = _before(m, words, at)
    text = words[words.find(before.text) :] if before else words
    text = OPENING.sub("", text)
    end = UNOPENED.search(text)
    if end and text.find(trigger) + len(trigger) <= end.start("end"):
        text = text[: end.start("end")]
    if len(text) > LONGEST:
        text = _without_aside(text, before)
    if len(text) > LONGEST:
        text = _shortened(m, text, trigger, before)
    text = _with_subject(m, text, trigger, names)
    if len(text.split()) < FEWEST_WORDS and trigger.casefold() not in MODALS:  # "died" alone says nothing of whom
        first, last = (m.actors, m.recipients) if m.actors else (m.recipients, ())
        text = _joined([*(p.text for p in first[:1] if p.text not in text), text, *(p.text for p in last[:1] if p.text not in text)])
    return text


def _without_aside(text: str, before: Party | None) -> str:
    """The words without what is said between commas of whoever stands first."""
    if before is None or not text.startswith(before.text):
        return text
    rest = ASIDE.sub(" ", text[len(before.text) :], count=1)
    return before.text + rest


def _shortened(m: Mention, text: str, trigger: str, before: Party | None) -> str:
    """The words up to the end of a clause behind the trigger and the one it is done to, else to where a phrase begins."""
    at = text.find(trigger)
    behind = next((p for p in m.recipients if at >= 0 and text.find(p.text, at) >= at), None)
    end = max(at + len(trigger), text.find(behind.text, at) + len(behind.text) if behind else 0)
    for ends in (BOUNDARY, PHRASE) if at >= 0 else ():
        found = (b for b in ends.finditer(text, min(end, LONGEST), LONGEST) if b.start() > end or (ends is BOUNDARY and b[0].strip() != "that"))
        stops = [b.start() for b in found if _whole(text[: b.start()])]
        if stops:
            return text[: stops[-1]]
    gap = text[at + len(trigger) : text.find(behind.text, at)] if behind else ""
    if before and before in m.actors and behind and 0 <= text.find(before.text) < at and len(gap) < NEAR:
        return _joined((before.text, trigger + gap.rstrip(), behind.text))
    return text[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:- ") + CUT


def _whole(text: str) -> bool:
    """Whether quotation marks and brackets that are opened are closed."""
    return text.count("“") == text.count("”") and text.count('"') % 2 == 0 and text.count("(") == text.count(")")


def _with_subject(m: Mention, text: str, trigger: str, names: Names) -> str:
    """The words with somebody's name in front where they begin with a verb, or in place of a pronoun."""
    first = FIRST.match(text)
    if first is None:
        return text
    word = first[0].casefold()
    if word in OWN:
        whose = next((n for p in m.parties if p.text.casefold() in OWN and (n := _called(p, names)) and n not in text), None)
        return f"{whose}’s{text[len(word) :]}" if whose and len(whose) <= LONGEST // 2 else text
    done_to = word in PASSIVE
    some = m.recipients if done_to or not m.actors else m.actors
    absent = (p for p in some if p.text not in text or not _is_named(p))
    who = next((name for p in absent if (name := _called(p, names))), None)
    if who is None or len(who) > LONGEST // 2 or who in text:
        return text
    if any(p.text.casefold() == word for p in m.actors):
        if word in SUBJECTS:
            return who + text[len(word) :]
        if word in SPEAKING:
            return f"{who}: “{text.replace('“', '‘').replace('”', '’')}”"
    without_subject = text[:1].islower() and (
        text.startswith((trigger, "to ", "not to ")) or word in VERBS or (word.endswith("ing") and len(word) > len("being"))
    )
    return f"{who} {text}" if done_to or without_subject else text


def _called(party: Party, names: Names) -> str | None:
    """What somebody is called: as it is written, by the event's other sources, or elsewhere in the article."""
    return party.text if _is_named(party) else names.get(party.actor_id or "") or party.name


def _before(m: Mention, words: str, at: int) -> Party | None:
    """Who stands before the trigger by name, the doer if one does; nobody who only belongs to what stands there ("streets in *Chad* were")."""
    some = [p for p in (*m.actors, *m.recipients) if 0 <= words.find(p.text) < at and _is_named(p)]
    return next((p for p in some if not WITHIN.search(words[: words.find(p.text)])), None)


def _is_named(party: Party) -> bool:
    return party.text[:1].isalnum() and party.text.casefold() not in NOBODY


def _joined(pieces: Iterable[str]) -> str:
    return " ".join(" ".join(pieces).split())


def faults(m: Mention, names: Names = NO_NAMES) -> int:
    """How badly the words of a mention read as a title: the sum of what is wrong with them."""
    return sum(_faults(m, headline(m, names), names))


def _faults(m: Mention, text: str, names: Names) -> Iterator[int]:
    first = FIRST.search(text)
    word = first[0].casefold() if first else ""
    named = [p.text for p in m.parties if p.text in text and _is_named(p)]
    named += [name for p in m.parties if (name := names.get(p.actor_id or "")) and name in text and name not in named]
    if not text[:1].isalnum() and text[:1] not in "“\"‘'":
        yield 2
    if (
        word.split("'")[0].split("’")[0] in NOBODY
        or word in LEANING
        or (word.endswith("ing") and not (named and text.startswith(named[0])))
        or (text[:1].islower() and text.startswith(m.trigger))
    ):
        yield 3
    elif text[:1].islower():
        yield 1
    if not named:
        yield 3
    elif len(m.actors) and len(m.recipients) and len(named) < 2:
        yield 1
    if any(RELATIVE.match(text[len(p) :]) for p in named if text.startswith(p)):
        yield 2
    if text.endswith(CUT):
        yield 3
    elif len(text) > LONG:
        yield 1
    if text.count("“") != text.count("”") or text.count('"') % 2 or text.count("(") != text.count(")") or MARKS.search(text):
        yield 2
    if m.trigger not in text:
        yield 2
    if m.trigger.casefold() in MODALS and not FOLLOWED.search(text):
        yield 3
    if len(text.split()) <= FEWEST_WORDS:
        yield 1


def _slots(m: Mention) -> int:
    return bool(m.actors) + bool(m.recipients) + (m.where is not None) + m.exact + bool(m.figures)


def spelled(value: str) -> str:
    """An ISO 8601 date as people write it.

    >>> spelled("2021-03-07"), spelled("2021-03"), spelled("2021")
    ('7 March 2021', 'March 2021', '2021')
    """
    try:
        if len(value) >= len("2021-03-07"):
            day = date.fromisoformat(value[:10])
            return f"{day.day} {day:%B} {day.year}"
        return f"{date.fromisoformat(value + '-01'):%B %Y}" if len(value) == len("2021-03") else value
    except ValueError:
        return value
