"""Reading the parse: who the subject is, where a phrase starts and ends.

Some questions that :mod:`onrecord.parse.syntax` answers for events and positions (is it passive, whom does *who* mean) are answered
here in another way: the attribution head is trained on what the rules propose by these answers, and would have to be trained again.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
AUXILIARIES = frozenset({"aux", "auxpass", "neg", "advmod"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
CLIMB = 7
EDGE = frozenset(",;:.—–-―…/|)(]['`")
"""Marks that are no part of a phrase when they stand at its edge."""

Range = tuple[int, int]
"""Token indices, end exclusive."""


def is_passive(verb: Token) -> bool:
    """Whether a verb is a passive participle."""
    if verb.tag_ != "VBN":
        return False
    auxiliary = False
    for child in verb.children:
        if child.dep_ in ("auxpass", "nsubjpass"):
            return True
        auxiliary = auxiliary or child.dep_ == "aux"
    return not auxiliary and verb.dep_ in ("acl", "advcl", "amod", "ROOT", "conj") and not any(c.dep_ == "nsubj" for c in verb.children)


def agent(verb: Token) -> Token | None:
    """Whom a passive names with *by*."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return inner
    return None


def own_subject(verb: Token) -> Token | None:
    """The verb's own subject, expletives included."""
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            return child
    return None


def subject(verb: Token, documents: frozenset[str] = frozenset()) -> Token | None:
    """Who does what the verb says: its subject, or the one it shares with the verbs it hangs on.

    ``documents`` are the nouns whose words are their author's (*issued a statement saying*).
    """
    at = verb
    for _ in range(CLIMB):
        found = own_subject(at)
        if found is not None:
            return found
        dep, head = at.dep_, at.head
        if head is at:
            return None
        if dep == "conj" or dep in ("advcl", "pcomp", "prep", "dep", "parataxis"):
            at = head
        elif dep == "xcomp" or (dep == "ccomp" and at.tag_ in ("VB", "VBG")):
            controller = next((c for c in head.children if c.dep_ in ("dobj", "dative") and c.i < at.i), None)
            if controller is not None and head.lemma_ not in ("promise", "vow", "make", "take", "issue", "use"):
                return controller
            at = head
        elif dep == "acl" and head.lower_ in documents and head.dep_ in ("dobj", "pobj", "attr"):
            at = head if head.dep_ != "pobj" else head.head
            while at.dep_ in ("dobj", "attr", "prep") and at.pos_ != "VERB" and at.head is not at:
                at = at.head
        elif dep == "acl":
            return head if at.tag_ in ("VBG", "VBN", "VBZ", "VBP", "VBD") or head.dep_ in ("nsubj", "nsubjpass") else _holder(head)
        elif dep in ("relcl", "attr", "acomp", "dobj", "pobj", "oprd", "aux", "auxpass"):
            if dep == "relcl":
                return head
            at = head
        else:
            return None
        if at.pos_ in ("NOUN", "PROPN", "PRON") and at.dep_ in ("nsubj", "nsubjpass", "appos", "ROOT") and dep in ("conj", "appos"):
            return at if dep == "appos" else None
    return None


def _holder(noun: Token) -> Token | None:
    return next((c for c in noun.children if c.dep_ == "poss"), None)


def antecedent(pronoun: Token) -> Token | None:
    """The noun a relative pronoun stands for."""
    at = pronoun
    for _ in range(CLIMB):
        if at.dep_ == "relcl":
            return at.head
        if at.head is at:
            return None
        at = at.head
    return None


def phrase(head: Token) -> Range:
    """A noun phrase without its relative clauses and participles behind it."""
    start, end = head.left_edge.i, head.right_edge.i + 1
    for child in head.children:
        if (
            child.i > head.i
            and child.dep_ in ("relcl", "acl", "advcl", "parataxis", "punct")
            and child.left_edge.i < end
            and (child.dep_ != "punct" or child.text in ("—", "–", "-", "--", ":"))
        ):
            end = child.left_edge.i
    return start, max(end, head.i + 1)


def trimmed(doc: Doc, start: int, end: int) -> Range:
    """The tokens without space and loose punctuation at either edge."""
    while start < end and (doc[start].is_space or doc[start].text in EDGE or doc[start].text == "--"):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in EDGE or doc[end - 1].text == "--"):
        end -= 1
    return start, end


def without(ranges: list[Range], hole: Range) -> list[Range]:
    """The ranges with a hole cut out of them."""
    out: list[Range] = []
    for start, end in ranges:
        if hole[1] <= start or end <= hole[0]:
            out.append((start, end))
            continue
        if start < hole[0]:
            out.append((start, hole[0]))
        if hole[1] < end:
            out.append((hole[1], end))
    return out


RELAYING = frozenset({"quoted", "cited", "reported"})
SPEAKING = frozenset({"saying", "telling", "said", "told", "stating", "declaring", "warning"})


def relayed(verb: Token) -> Token | None:
    """The *quoted* of *was quoted as saying* or the *reported* of *is reported to have said*, asked by the verb of speech."""
    if verb.lower_ not in SPEAKING:
        return None
    doc, i = verb.doc, verb.i - 1
    while i > 0 and verb.i - i < 5 and (doc[i].lower_ in ("as", "to", "have") or doc[i].pos_ == "ADV"):
        i -= 1
    if 0 <= i < verb.i - 1 and doc[i].lower_ in RELAYING and doc[i + 1].lower_ in ("as", "to"):
        return doc[i]
    link = verb.head
    carrier = link.head
    return carrier if verb.tag_ == "VBG" and link.lower_ == "as" and link.i < verb.i and carrier.lower_ in RELAYING and is_passive(carrier) else None


def relays(verb: Token) -> bool:
    """Whether a verb only relays what the verb of speech behind it reports."""
    doc = verb.doc
    return verb.lower_ in RELAYING and any(relayed(doc[i]) == verb for i in range(verb.i + 2, min(verb.i + 12, len(doc))))


def relayer(verb: Token) -> Token | None:
    """Who quotes somebody *as saying* something: *by the agency*."""
    carrier = relayed(verb)
    if carrier is None:
        return None
    return agent(carrier) or agent(verb)


def cue_range(head: Token) -> Range:
    """A verb with the auxiliaries, negations and adverbs before it and the particle behind it."""
    carrier = relayed(head)
    if carrier is not None and is_passive(carrier):
        return cue_range(carrier)[0], head.i + 1
    start, end = head.i, head.i + 1
    doc = head.doc
    while (
        start > 0 and doc[start - 1].head == head and doc[start - 1].dep_ in AUXILIARIES and doc[start - 1].lower_ not in ("as", "when", "how", "why", "where")
    ):
        start -= 1
    if end < len(doc) and doc[end].head == head and doc[end].dep_ == "prt":
        end += 1
    return start, end


def participle_subject(verb: Token, documents: frozenset[str], people: frozenset[str]) -> Token | None:
    """The subject of *…, saying that*: the nearest up the tree that can speak.

    The parser often hangs such a participle on the last noun before it; behind a comma or a closing mark
    it belongs to whoever acts in a clause above.
    """
    first = subject(verb, documents)
    before = verb.doc[verb.left_edge.i - 1].text if verb.left_edge.i else ""
    if verb.left_edge.i < verb.i and verb.doc[verb.left_edge.i].text in (",", '"'):
        before = ","
    if verb.tag_ != "VBG" or before not in (",", '"', "—", "–", "--") or own_subject(verb) is not None:
        return first
    if verb.dep_ != "acl" and _speaks(first, people):
        return first
    at = verb
    for _ in range(CLIMB):
        at = at.head
        found = own_subject(at) if at.pos_ in ("VERB", "AUX") else None
        if _speaks(found, people):
            return found
        if at.head is at:
            break
    return first


def _speaks(token: Token | None, people: frozenset[str]) -> bool:
    return token is not None and (
        token.pos_ == "PROPN" or token.lower_ in people or (token.pos_ == "PRON" and token.lower_ not in ("it", "this", "that", "which", "what", "there"))
    )


def outer(verb: Token) -> Token | None:
    """The verb that *and said* is really joined to, where the parser joined it to that verb's content."""
    if verb.dep_ != "conj" or verb.tag_ not in ("VBD", "VBZ", "VBP") or own_subject(verb) is not None:
        return None
    clause = verb
    for _ in range(CLIMB):
        if clause.dep_ != "conj":
            break
        clause = clause.head
    if clause.dep_ not in ("ccomp", "xcomp") or clause.head.i > clause.i or (clause.tag_ != "VB" and clause.head.tag_ != verb.tag_):
        return None
    return clause.head


def turn(verb: Token) -> int | None:
    """Where *, and the EU said* or *, with Berlin saying* begins: a verb of speech joined to a clause, with a subject of its own.

    The parser joins such a clause to whatever stands before it, which may be the content of somebody else's words.
    """
    own, doc = own_subject(verb), verb.doc
    if own is None or own.i > verb.i or own.dep_ == "expl" or own.pos_ not in ("PROPN", "NOUN"):
        return None
    at = own.left_edge.i - 1
    if verb.tag_ == "VBG":
        if at > 0 and doc[at].lower_ in ("with", "and", "while") and (doc[at - 1].text == "," or doc[at].lower_ == "and"):
            return at
        return None
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.dep_ not in ("conj", "ccomp", "parataxis", "advcl", "ROOT"):
        return None
    if at > 0 and doc[at].lower_ in ("and", "but", "while", "whereas") and doc[at - 1].text in (",", ";", "—", "–", "--"):
        return at
    return None


LOOSE = frozenset({"after", "before", "during", "since", "while", "amid", "despite", "until"})


def object_end(head: Token) -> int:
    """Where an object ends: before the clauses and circumstances that only follow it."""
    doc, end = head.doc, head.right_edge.i + 1
    for child in head.children:
        if child.i < head.i or child.left_edge.i >= end:
            continue
        edge = child.left_edge.i
        comma = doc[edge - 1].text in (",", "—", "–", "--", "-")
        if (
            child.dep_ == "advcl"
            or (child.dep_ == "relcl" and comma)
            or (child.dep_ == "prep" and child.lower_ in LOOSE)
            or (child.dep_ == "punct" and child.text in ("—", "–", "--"))
        ):
            end = edge
    return max(end, head.i + 1)


def run_after(verb: Token) -> Token | None:
    """The last word of the noun phrase right behind a verb, for subjects that the parser did not see."""
    doc, found = verb.doc, None
    for i in range(verb.i + 1, min(verb.i + 12, len(doc))):
        token = doc[i]
        if token.pos_ in ("PROPN", "NOUN", "PRON"):
            found = token
        elif token.pos_ not in ("DET", "ADJ", "NUM", "PART") and token.tag_ not in ("VBG", "VBN", "POS", "HYPH") and token.text != "-":
            break
        if token.dep_ in SUBJECTS and token.head != verb:
            return None
    return found


def beside(verb: Token) -> Token | None:
    """The noun right before a verb, or else the one right behind it."""
    doc, i = verb.doc, verb.i - 1
    while i >= 0 and doc[i].pos_ in ("AUX", "ADV", "PART"):
        i -= 1
    if i >= 0 and doc[i].pos_ in ("PROPN", "NOUN", "PRON"):
        return doc[i]
    return run_after(verb)
