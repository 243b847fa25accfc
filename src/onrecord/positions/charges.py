"""What a speaker lays to others or lays on them: offences ("is violating the truce"), obligations ("must withdraw"), refusals ("we will never accept")."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.parse import syntax
from onrecord.positions.frames import doers
from onrecord.positions.lexicon import Evaluation, Lexicon
from onrecord.positions.polarity import polarity
from onrecord.positions.stand import Stand, Target, Why
from onrecord.positions.targets import asked, clausal, phrase
from onrecord.records import Stance

FIRST_PERSON = frozenset({"i", "we"})
RAISING = frozenset(
    {"go", "seem", "appear", "prove", "risk", "threaten", "continue", "start", "begin", "come", "sure", "bound", "likely", "set", "do", "stand"}
)
LOCATING = frozenset({"be", "have", "see", "leave", "find", "offer", "give", "remain"})
EMPTY = frozenset({"it", "there", "which", "who", "that", "what"})


def obligation(token: Token, rule: Evaluation, lexicon: Lexicon) -> Iterator[Stand]:
    """ "X must do Y": what is obliged is urged."""
    if token.dep_ == "aux" and token.lower_ in lexicon.words["obliging"]:
        verb = token.head
    elif token.pos_ == "VERB" and token.lemma_ in ("need", "have") and syntax.modal(token) is None:
        inner = next((c for c in token.rights if c.dep_ == "xcomp" and syntax.infinitive_marker(c) is not None), None)
        subject = syntax.own_subject(token)
        if inner is None or subject is None or subject.lower_ == "we" or token.dep_ == "relcl" or any(c.lower_ == "yet" for c in token.children):
            return
        if token.tag_ in ("VBD", "VBN"):  # "had to agree" tells what happened
            return
        verb = inner
    else:
        return
    put = polarity(verb, lexicon, obliged=True)
    subject = syntax.surface_subject(verb)
    if put is None or (put.negated and token.lemma_ in ("need", "have")) or (token.lemma_ in ("need", "have") and syntax.is_negated(token)):
        return
    if subject is None or subject.lower_ in EMPTY | {"i", "you"} or _is_in_question(verb) or verb.dep_ in ("relcl", "pcomp"):
        return
    if any(c.dep_ == "aux" and c.lower_ == "have" for c in verb.lefts):  # "should have known" looks back
        yield stand_of(token, rule, "oppose", _with_subject(verb, subject), 0.45, (Why.OBLIGATION,), act="criticise")
        return
    stance, target = asked(clausal(verb), lexicon)
    if put.negated and stance == "support":
        stance = "oppose"
    if syntax.is_passive(verb) and verb.lemma_.lower() in lexicon.ending_verbs:
        target = phrase(subject, lexicon)
    elif target.head == verb:
        target = _with_subject(verb, subject)
    yield stand_of(token, rule, stance, target, 0.55, (Why.OBLIGATION,), proposal=True, obliged=subject)


def _is_in_question(verb: Token) -> bool:
    """Whether a clause is asked or depends on something: "whether it should", "how aid should be spent", "over what must follow"."""
    if any(c.dep_ == "mark" and c.lower_ in ("if", "whether", "should", "although", "because", "when") for c in verb.lefts):
        return True
    return any(t.tag_ in ("WRB", "WP", "WDT", "WP$") for t in verb.doc[verb.left_edge.i : verb.i] if verb in (t.head, t.head.head))


def _with_subject(verb: Token, subject: Token) -> Target:
    whole = clausal(verb)
    start = syntax.base_noun_phrase(subject)[0]
    return Target(start if start < whole.end else whole.start, whole.end, verb, clausal=True)


def deed(token: Token, rule: Evaluation, lexicon: Lexicon) -> Iterator[Stand]:
    """An offence laid to somebody else: "they are violating the truce"."""
    if token.pos_ != "VERB" or token.dep_ in ("amod", "pcomp", "acl", "csubj") or (token.tag_ == "VB" and syntax.infinitive_marker(token) is not None):
        return
    put = polarity(token, lexicon)
    if put is None or put.negated or syntax.modal(token) in ("would", "will", "should", "must"):
        return
    if syntax.infinitive_marker(syntax.first_conjunct(token)) is not None and token.dep_ == "conj":
        return
    if token.dep_ == "relcl" or (syntax.own_subject(token) is None and token.dep_ not in ("conj", "xcomp")):
        return
    subjects = doers(token, lexicon)
    if not subjects or subjects[0].lower_ in FIRST_PERSON | EMPTY:
        return
    target = _with_subject(token, subjects[0]) if not syntax.is_passive(token) else clausal(token)
    yield stand_of(token, rule, rule.stance, target, 0.5, (Why.DEED,), accused=subjects[0])


def never(token: Token, rule: Evaluation, lexicon: Lexicon) -> Iterator[Stand]:
    """ "We will never accept this": a refusal in the speaker's mouth."""
    if token.pos_ != "VERB" or not syntax.is_negated(token):
        return
    subject = syntax.surface_subject(token)
    if subject is None or subject.lower_ not in FIRST_PERSON or polarity(token, lexicon) is None:
        return
    thing = syntax.undergoer(token)
    if thing is None:
        link = syntax.preposition(token, "to", "with")
        thing = syntax.pobj(link) if link is not None else None
    inner = syntax.clausal_complement(token)
    target = phrase(thing, lexicon) if thing is not None else clausal(inner) if inner is not None else None
    if target is not None:
        yield stand_of(token, rule, rule.stance, target, 0.6, (Why.NEGATED,))


def existential(token: Token, rule: Evaluation, lexicon: Lexicon) -> Iterator[Stand]:
    """ "There will be no base here" rejects the base; "there is no such plan" denies it."""
    verb = token.head
    thing = next((c for c in verb.rights if c.dep_ in ("attr", "dobj", "nsubj") and c.pos_ in ("NOUN", "PROPN")), None)
    if token.dep_ != "expl" or thing is None or polarity(verb, lexicon) is None:
        return
    if any(c.dep_ == "advcl" and any(m.lower_ == "if" for m in c.children) for c in (*verb.children, *thing.children)):
        return
    denied = syntax.is_negated(thing) or syntax.is_negated(verb)
    such = any(c.lower_ == "such" for c in thing.lefts)
    if denied and (such or (syntax.modal(verb) in ("will", "can", "shall", "must") and thing.lemma_.lower() in lexicon.event_nouns.keys() | lexicon.proposals)):
        act, stance = ("deny", "neutral") if such else (rule.act, rule.stance)
        whole = phrase(thing, lexicon)
        start = whole.start + (thing.doc[whole.start].lower_ == "no" and whole.end - whole.start > 1)
        yield stand_of(token, rule, stance, Target(start, whole.end, thing), 0.55, (Why.NEGATED,), act=act)


def of_subject(token: Token, rule: Evaluation, lexicon: Lexicon) -> Iterator[Stand]:
    """What its subject does or does not do, as a judgement of it: "the law goes too far", "the raid did not happen", "it has no authority"."""
    verb = token
    if rule.use == "lacking":
        verb = token.head
        if token.dep_ != "dobj" or verb.lemma_ not in ("have", "produce", "carry", "hold", "enjoy", "possess", "lack") or not _is_lacked(token, verb):
            return
    elif token.pos_ not in ("VERB", "AUX"):
        return
    put = polarity(verb, lexicon)
    if (
        put is None
        or verb.dep_ in ("relcl", "pcomp", "acl")
        or (rule.act == "warn" and verb.tag_ in ("VBD", "VBN"))  # "plunged into the red" tells what happened
        or (rule.use in ("subject",) and (put.negated or syntax.modal(verb) in ("would", "should", "must")))
    ):
        return
    if syntax.infinitive_marker(verb) is not None and verb.head.lemma_ not in RAISING:  # "was meant to strengthen it"
        return
    if rule.transitive and not any(c.dep_ == "dobj" for c in verb.rights):  # "the currency will strengthen"
        return
    future = syntax.modal(verb) in ("will", "shall", "can") or verb.head.lemma_ == "go"
    if rule.use in ("untrue", "barred") and (not put.negated or future != (rule.use == "barred")):
        return
    if rule.use == "barred" and not syntax.is_passive(verb) and any(c.dep_ in ("dobj", "ccomp", "xcomp") for c in verb.rights):
        return
    subject = syntax.undergoer(verb) if syntax.is_passive(verb) else syntax.surface_subject(verb)
    if subject is None or subject.lower_ in FIRST_PERSON | EMPTY - {"that"} or subject.lower_ in ("he", "she", "they", "you", "nobody"):
        return
    yield stand_of(token, rule, rule.stance, phrase(subject, lexicon), 0.55, (Why.SAID_OF_SUBJECT,))


def _is_lacked(noun: Token, verb: Token) -> bool:
    return verb.lemma_ == "lack" or syntax.is_negated(noun) or syntax.is_negated(verb)


def no_place(token: Token, rule: Evaluation, lexicon: Lexicon) -> Iterator[Stand]:
    """ "There is no place for violence": a rejection."""
    if token.pos_ != "NOUN" or not (syntax.is_negated(token) or (syntax.is_negated(token.head) and token.head.lemma_ in LOCATING)):
        return
    link = syntax.preposition(token, "for", "in", "of", "to") or syntax.preposition(token.head, "for", "in")
    thing = syntax.pobj(link) if link is not None else None
    if thing is not None:
        yield stand_of(token, rule, rule.stance, phrase(thing, lexicon), 0.55, (Why.NEGATED,))


def stand_of(
    token: Token,
    rule: Evaluation,
    stance: str,
    target: Target,
    prior: float,
    why: tuple[Why, ...],
    *,
    act: str | None = None,
    holders: tuple[Token, ...] = (),
    proposal: bool = False,
    accused: Token | None = None,
    obliged: Token | None = None,
) -> Stand:
    """A stand of whoever speaks, or of ``holders``."""
    settled: Stance = "oppose" if stance == "oppose" else "support" if stance in ("support", "asked") else "neutral"
    return Stand(
        rule=rule.id,
        act=act or rule.act,
        stance=settled,
        trigger=token,
        holders=holders,
        target=target,
        prior=prior,
        why=why,
        proposal=proposal,
        accused=accused,
        obliged=obliged,
        needs_quotation=rule.quoted,
    )
