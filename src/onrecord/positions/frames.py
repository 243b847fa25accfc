"""The frame of a performing word filled: from a word, its holders and its target to a stand."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from spacy.tokens import Token

from onrecord.parse import syntax
from onrecord.positions.lexicon import Lexicon, Performative
from onrecord.positions.polarity import Polarity, applied
from onrecord.positions.stand import Stand, Target, Why
from onrecord.positions.targets import asked, named
from onrecord.positions.unreal import is_purpose
from onrecord.records import Stance

DEED_ENDINGS = ("tion", "sion", "ment", "ance", "val", "sal", "ure", "ing", "recognition", "return", "redress", "compensation", "change")
CURRENCIES = frozenset({"$", "€", "£", "¥"})
LEGALITY = {
    "reject": "not_recognise",
    "deny": "not_recognise",
    "endorse": "recognise",
    "agree": "recognise",
    "support": "recognise",
    "criticise": "not_recognise",
}
"""What an act on somebody's legality, legitimacy or authority comes to."""

ASKING = frozenset({"demand", "urge"})

PRIOR = {"verb": 0.8, "noun": 0.7, "adjective": 0.7}


def doers(verb: Token, lexicon: Lexicon) -> list[Token]:
    """Who does it: also of what somebody is quoted as doing ("quoted the king as *having called* it a mistake": the king)."""
    gerund = syntax.first_conjunct(verb)
    governor = gerund.head.head if gerund.dep_ == "pcomp" and gerund.head.lower_ == "as" else None
    if governor is not None and governor.lemma_ in lexicon.words["citing"]:
        thing = syntax.undergoer(governor)
        return syntax.members(thing) if thing is not None else []
    return [named_one(d) for d in syntax.doers(verb)]


def named_one(word: Token) -> Token:
    """The name that a description stands behind: "the Greens, a party *opposed* to it" are the Greens."""
    return word.head if word.dep_ == "appos" and word.head.pos_ == "PROPN" and word.pos_ == "NOUN" else word


def made(
    trigger: Token,
    holders: tuple[Token, ...],
    target: Target,
    addressee: Token | None,
    rule: Performative,
    put: Polarity,
    lexicon: Lexicon,
    why: list[Why],
) -> Iterator[Stand]:
    """The stand of a word whose frame is filled; nothing where nobody holds it or its object is none to take a stand on."""
    holders = tuple(h for h in holders if not target.start <= h.i < target.end)
    if not _is_filled(trigger, holders, target, rule, put, lexicon, why):
        return
    stance: Stance
    act = rule.act
    if rule.stance == "asked":
        stance, target = asked(target, lexicon)
    else:
        worse = any(c.lower_ in lexicon.words["worse"] for c in target.head.lefts)
        stance = "neutral" if target.head.lemma_.lower() in rule.neutral_about and not worse else rule.stance
    if rule.stance != "asked" and not target.clausal and target.head.lemma_.lower() in lexicon.words["legality"]:
        legal = LEGALITY.get(rule.negated if (put.negated or put.refused) and rule.negated else act)
        if legal is not None:  # "denied its legality", "refused to accept the validity of"
            stance = "oppose" if legal == "not_recognise" else "support"
            rule, put = msgspec.structs.replace(rule, act=legal, negated=""), Polarity(status=put.status)
    act, stance, status, more = applied(rule, stance, put, lexicon)
    if (done := _pledged(act, stance, target, rule, put, lexicon)) is None:
        return
    act, stance, target = done
    if Why.VERB in why and is_purpose(trigger):  # "sent troops to support them"
        if act in ("support", "oppose") and target.head.lemma_.lower() in lexicon.words["economic"]:
            return
        more = (*more, Why.PURPOSE)
    word_class = "verb" if Why.VERB in why else "noun" if Why.NOUN in why else "adjective"
    yield Stand(
        rule=rule.id,
        act=act,
        stance=stance,
        trigger=trigger,
        holders=holders,
        target=target,
        addressee=addressee,
        status=status,
        prior=PRIOR[word_class] - (0.15 if rule.material else 0.0),
        why=(*why, *more),
        proposal=rule.act in ("demand", "urge", "offer", "agree", "threaten") and (target.clausal or rule.stance == "asked"),
        needs_agent=rule.needs_agent or rule.material,
        speaker_sectors=rule.speaker_sectors,
        material=rule.material,
    )


def _is_filled(trigger: Token, holders: tuple[Token, ...], target: Target, rule: Performative, put: Polarity, lexicon: Lexicon, why: list[Why]) -> bool:
    """Whether somebody does what the word says, on an object that its rule takes."""
    if _is_not_done(trigger, rule, put, why):
        return False
    if not target.clausal and (
        is_nothing(target.head, lexicon)
        or trigger.doc[target.start].tag_ == "TO"
        or (target.head.lower_ in ("that", "which", "what", "who") and target.head.i < trigger.i and target.head.tag_ != "DT")
    ):
        return False
    if (not holders and (not rule.or_speaker or trigger.dep_ in ("acl", "amod", "relcl"))) or _is_excluded(target, rule, lexicon):
        return False
    if not target.clausal and ((rule.causes and is_somebody(target.head, lexicon)) or (rule.deeds and not _is_deed(target.head, lexicon))):
        return False
    if rule.political and (target.clausal or not (is_somebody(target.head, lexicon) or _is_deed(target.head, lexicon))):
        return False
    if (
        rule.goods
        and Why.NOUN in why
        and not (is_asked_for(trigger, target, lexicon) or (Why.LIGHT_VERB in why and any(c.tag_ == "PRP$" for c in trigger.lefts)))
    ):
        return False
    if rule.act == "praise" and target.clausal and syntax.infinitive_marker(target.head) is not None:  # "proud to show it"
        return False
    if rule.bare and any(c.dep_ in ("det", "poss") for c in target.head.lefts):
        return False
    return not (rule.act == "reject" and target.clausal and _performs(target.head, lexicon))  # "refused to recognise" is the recognising's


def _pledged(act: str, stance: Stance, target: Target, rule: Performative, put: Polarity, lexicon: Lexicon) -> tuple[str, Stance, Target] | None:
    """The act, stance and object of what somebody offers, means or vows to do, by its verb; None where that is no stand."""
    turn = lexicon.pledges.get(target.head.lemma_.lower())
    if rule.intends and (turn not in ("oppose", "support") or put.negated or put.refused or named(target.head, lexicon) is None):
        return None  # "tries to win", but not "tries to stop the inquiry"
    if rule.vows:
        if turn is None or put.negated or put.refused:
            return None
        if turn == "threaten":
            return "threaten", "oppose", target
    if turn is None or not (rule.intends or rule.vows or (act == "offer" and target.clausal)):
        return act, stance, target
    turned = lexicon.stances.get(turn, stance)
    thing = named(target.head, lexicon)
    if thing is not None and thing.head.lower_ == "what":
        return None
    return turn, "support" if turned == "asked" else turned, thing or target


def _is_not_done(trigger: Token, rule: Performative, put: Polarity, why: list[Why]) -> bool:
    """Whether a word tells what somebody has no power to ask ("*cannot order* it"), has only not offered ("*has not offered* to"), or does to others
    ("*alarmed* its neighbours")."""
    if Why.VERB not in why:
        return Why.NOUN not in why and any(c.dep_ == "dobj" for c in trigger.rights)
    verb = syntax.modal(trigger)
    if rule.act in ASKING:
        return put.negated and verb in ("can", "could")
    return rule.act == "offer" and put.negated and not put.refused and verb not in ("will", "would")


def _is_excluded(target: Target, rule: Performative, lexicon: Lexicon) -> bool:
    lemma = target.head.lemma_.lower()
    return lemma in rule.excludes and (target.clausal or lemma not in lexicon.proposals)


def _performs(verb: Token, lexicon: Lexicon) -> bool:
    return any(
        isinstance(e.rule, Performative) and e.word_class == "verb" and not e.rest and e.rule.act != "reject" for e in lexicon.entries.get(verb.lemma, ())
    )


def is_somebody(head: Token, lexicon: Lexicon) -> bool:
    """Whether a noun means people rather than a thing."""
    return head.pos_ in ("PROPN", "PRON") or lexicon.holders.get(head.lemma_.lower()) == "people"


def _is_deed(head: Token, lexicon: Lexicon) -> bool:
    """Whether a noun names something done or to be done, by the tables or by its ending."""
    lemma = head.lemma_.lower()
    return lemma in lexicon.event_nouns or lemma in lexicon.proposals or lemma in lexicon.ending_nouns or lemma.endswith(DEED_ENDINGS)


def is_nothing(head: Token, lexicon: Lexicon) -> bool:
    """Whether a noun is nothing to take a stand on: an amount ("declined *3 percent*"), a time ("for the first *time*"), next to nothing ("*few* raids")."""
    if head.lemma_.lower() in lexicon.words["measures"] and head.pos_ != "PROPN" and not any(c.dep_ == "poss" for c in head.lefts):
        return True
    if any(c.dep_ in ("quantmod", "nmod") and c.text in CURRENCIES for c in head.children):
        return True
    return any(c.lower_ in lexicon.words["scant"] for c in head.lefts) and not any(c.lower_ in ("a", "the") for c in head.lefts)


def is_asked_for(noun: Token, target: Target, lexicon: Lexicon) -> bool:
    """Whether a demand is somebody's and not a market's: "*a* demand for the files", "demands for justice", but not "China's demand for steel"."""
    if target.clausal or noun.tag_ == "NNS" or any(c.dep_ == "det" and c.lower_ in ("a", "another", "this", "that", "every") for c in noun.lefts):
        return True
    return _is_deed(target.head, lexicon) or target.head.lemma_.lower() in lexicon.words["asked_for"] or target.head.pos_ == "VERB"
