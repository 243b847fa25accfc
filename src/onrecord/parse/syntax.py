"""Questions about a parse that several rooms ask: who does it, to whom, how far a noun phrase goes.

Everything here reads spaCy tokens with the ClearNLP dependency labels of the packaged parser. Token
indices are into the document, character offsets into the article's text. Nothing raises on an odd parse:
a question without an answer gives an empty list or None.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
RELATIVE = frozenset({"WDT", "WP", "WP$"})
MODALS = frozenset({"can", "could", "may", "might", "must", "shall", "should", "will", "would", "'ll", "'d", "ought"})
MAX_CLIMB = 8
"""How many governors are followed for a missing subject; deeper chains are parser accidents."""


def members(token: Token) -> list[Token]:
    """The token and those coordinated with it to its right, in text order ("Chile, Peru and Ghana")."""
    out, queue = [token], [token]
    while queue:
        for child in queue.pop().rights:
            if child.dep_ == "conj" and child.pos_ in NOMINAL:
                out.append(child)
                queue.append(child)
    for child in token.rights:  # "the mayor, along with two deputies,"
        if child.dep_ == "prep" and child.lower_ in ("along", "together", "alongside"):
            inner = pobj(child)
            if inner is not None and inner.pos_ in NOMINAL:
                out += members(inner)
    return sorted(set(out), key=lambda t: t.i)


def first_conjunct(token: Token) -> Token:
    """The first word of the coordination a token belongs to; the token itself outside one."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def is_passive(verb: Token) -> bool:
    """Whether a verb is a passive clause or a past participle that modifies what it is done to."""
    if any(c.dep_ in ("auxpass", "nsubjpass", "csubjpass", "agent") for c in verb.children):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not any(c.dep_ in SUBJECTS or c.dep_ == "aux" for c in verb.children):
        return is_passive(verb.head) if verb.head != verb else False
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod") and not any(c.dep_ == "dobj" for c in verb.children)


def own_subject(verb: Token) -> Token | None:
    """The subject that hangs on the verb itself, a relative pronoun replaced by what it stands for."""
    for child in verb.lefts:
        if child.dep_ in SUBJECTS:
            return antecedent(child)
        if child.dep_ in ("aux", "auxpass"):  # some parses hang the subject on the auxiliary
            for inner in child.lefts:
                if inner.dep_ in SUBJECTS:
                    return antecedent(inner)
    for child in verb.rights:
        if child.dep_ in ("nsubj", "nsubjpass") and child.i > verb.i:
            return antecedent(child)
    return None


def antecedent(pronoun: Token) -> Token:
    """What a relative pronoun stands for; any other token is given back."""
    if pronoun.tag_ not in RELATIVE:
        return pronoun
    verb = pronoun.head
    for _ in range(MAX_CLIMB):
        if verb.dep_ == "relcl":
            return verb.head
        if verb.head == verb:
            break
        verb = verb.head
    return pronoun


def surface_subject(verb: Token) -> Token | None:
    """The subject of a verb, its own or the one it shares through coordination, control, participles or infinitives.

    "Chad condemned the raid and urged …" gives *Chad* for *urged*; "promised to back" the promiser; "asked
    the EU to act" *EU* for *act*; "a letter criticising …" the letter; "Mali's refusal to sign" *Mali*.
    """
    current = verb
    for _ in range(MAX_CLIMB):
        subject = own_subject(current)
        if subject is not None:
            return subject
        dep, head = current.dep_, current.head
        if head == current:
            return None
        if dep in ("acl", "relcl"):
            return owner(head) or head if current.tag_ == "VB" else head
        if dep == "xcomp" or (dep == "ccomp" and current != verb):
            controller = _controller(head, current)
            if controller is not None:
                return controller
        if dep in ("prep", "pcomp") or (dep in ("pobj", "dobj") and current.pos_ in ("NOUN", "PROPN")):
            if head.pos_ in ("NOUN", "PROPN") and (possessor := owner(head)) is not None:
                return possessor
        elif dep not in ("conj", "xcomp", "ccomp", "advcl", "dep", "acomp", "attr", "oprd", "parataxis"):
            return None
        if dep == "conj" and head.pos_ not in ("VERB", "AUX", "ADJ", "NOUN"):
            return None
        if dep == "ccomp" and current == verb and any(c.dep_ == "mark" for c in current.children):
            return None
        current = head
    return None


def _controller(head: Token, verb: Token) -> Token | None:
    """The object of the governing verb that is the subject of its infinitive ("urged *Kenya* to vote")."""
    for child in head.rights:
        if child.i > verb.i:
            return None
        if child.dep_ in ("dobj", "dative") and child.pos_ in NOMINAL:
            return child
        if child.dep_ == "prep" and child.lower_ in ("on", "upon", "to", "with", "for"):
            inner = pobj(child)
            if inner is not None and inner.pos_ in NOMINAL:
                return inner
    return None


def owner(noun: Token) -> Token | None:
    """Whose it is: the possessor of a noun, or what *of*, *by* or *from* names ("the decision by the court")."""
    for child in noun.lefts:
        if child.dep_ == "poss":
            return child
    for child in noun.rights:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            return pobj(child)
    return None


def pobj(preposition: Token) -> Token | None:
    """The noun a preposition governs, through a second preposition ("from among the members")."""
    for child in preposition.rights:
        if child.dep_ in ("pobj", "pcomp"):
            return child
        if child.dep_ == "prep":
            return pobj(child)
    return None


def doers(verb: Token) -> list[Token]:
    """The heads of who does it: the subjects of an active verb, the *by*-phrase of a passive one; all members of a list."""
    if is_passive(verb):
        agent = by_phrase(verb)
        return members(agent) if agent is not None else []
    subject = surface_subject(verb)
    return members(subject) if subject is not None else []


def by_phrase(verb: Token) -> Token | None:
    """The head of the *by*-phrase of a passive."""
    for child in verb.rights:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            inner = pobj(child)
            return inner if inner is not None and inner.pos_ in NOMINAL | {"ADJ", "DET"} else None
    return None


def undergoer(verb: Token) -> Token | None:
    """The head of what it is done to: the object of an active verb, the subject of a passive, the antecedent of "which Peru opposes"."""
    if is_passive(verb):
        if verb.dep_ in ("acl", "amod"):
            return verb.head
        return surface_subject(verb)
    for child in verb.children:
        if child.dep_ == "dobj":
            return antecedent(child)
    if verb.dep_ == "relcl" and verb.head.pos_ in NOMINAL:
        subject = own_subject(verb)
        if subject is not None and subject != verb.head and not any(c.dep_ in ("ccomp", "xcomp") for c in verb.children):
            return verb.head
    return None


def preposition(word: Token, *names: str) -> Token | None:
    """The first preposition of these names that hangs on a word, on its particle or on its object."""
    for child in word.rights:
        if child.dep_ in ("prep", "agent", "dative", "prt") and child.lower_ in names:
            return child
        if child.dep_ == "prt":
            for inner in child.rights:
                if inner.dep_ == "prep" and inner.lower_ in names:
                    return inner
    return None


def clausal_complement(verb: Token) -> Token | None:
    """The verb of the clause or infinitive a word takes ("said that *X is*", "agreed to *meet*")."""
    for child in verb.rights:
        if child.dep_ in ("ccomp", "xcomp") or (child.dep_ == "acl" and verb.pos_ == "NOUN") or (child.dep_ == "advcl" and child.tag_ == "VB"):
            return child
    return None


def is_negated(word: Token) -> bool:
    """Whether a word is negated itself, by *never*, *no longer*, or through what governs it ("failed to back", "no support")."""
    for child in word.children:
        if child.dep_ == "neg" or child.lower_ in ("not", "never", "n't", "hardly", "neither", "nor"):
            return True
        if child.dep_ == "det" and child.lower_ == "no":
            return True
        if child.dep_ == "advmod" and child.lower_ == "longer" and any(g.lower_ == "no" for g in child.children):
            return True
    return False


def modal(verb: Token) -> str | None:
    """The modal of a verb as a word of its own, in lower case."""
    for child in verb.lefts:
        if child.dep_ == "aux" and child.lower_ in MODALS:
            return {"'ll": "will", "'d": "would"}.get(child.lower_, child.lower_)
    return None


def infinitive_marker(verb: Token) -> Token | None:
    """The *to* of an infinitive."""
    for child in verb.lefts:
        if child.dep_ == "aux" and child.tag_ == "TO":
            return child
    return None


MODIFIERS = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "predet", "advmod", "neg", "npadvmod"})
KEEPS = frozenset(
    (
        *("of", "in", "on", "at", "to", "for", "against", "with", "by", "from", "over", "between", "toward", "towards"),
        *("about", "into", "under", "within", "among", "concerning", "regarding", "without"),
    )
)
"""Prepositions whose phrase belongs to the noun before it."""


def verb_above(word: Token) -> Token:
    """The verb that a word hangs on, itself included; the root of its sentence where there is none."""
    while word.pos_ not in ("VERB", "AUX") and word.head != word:
        word = word.head
    return word


def noun_phrase(head: Token, *, limit: int = 18) -> tuple[int, int]:
    """The token indices of a noun phrase: its modifiers before, its prepositional complements and coordinated words after.

    Relative clauses, appositions and anything set off by a comma are left out; so is what would make it
    longer than ``limit`` tokens.
    """
    start = min((t.i for t in _before(head)), default=head.i)
    end = head.i + 1
    for child in head.rights:
        if child.i > end and any(t.text in ",;:—–-(" for t in head.doc[end : child.i]):
            break
        if _kept(child):
            stop = _trim(child)
            if stop - start > limit:
                break
            end = max(end, stop)
        elif child.dep_ == "conj" and child.pos_ in NOMINAL and child.left_edge.i <= end + 2:
            stop = noun_phrase(child, limit=max(2, limit - (child.i - start)))[1]
            if stop - start > limit:
                break
            end = max(end, stop)
        elif child.dep_ in ("relcl", "appos", "acl", "advcl"):
            break
    return start, end


def _kept(child: Token) -> bool:
    if child.dep_ in ("prep", "agent"):
        return child.lower_ in KEEPS
    return child.dep_ in ("case", "compound", "nummod", "amod", "npadvmod") or (child.dep_ == "acl" and child.tag_ == "VB")


def base_noun_phrase(head: Token) -> tuple[int, int]:
    """The token indices of a head with what stands before it: "the two new envoys"."""
    return min((t.i for t in _before(head)), default=head.i), head.i + 1


def _before(head: Token) -> Iterator[Token]:
    for child in head.lefts:
        if child.dep_ in MODIFIERS:
            yield child.left_edge


def _trim(token: Token) -> int:
    """Where the phrase under a token ends, cut at the first comma, relative clause or dash."""
    end = token.i + 1
    for t in token.doc[token.i + 1 : token.right_edge.i + 1]:
        if t.dep_ in ("relcl", "advcl") or t.tag_ in RELATIVE or t.text in (",", ";", ":", "—", "–", "(") or t.is_space:
            break
        end = t.i + 1
    return end


def clause(verb: Token, *, limit: int = 40) -> tuple[int, int]:
    """The token indices of the clause of a verb, without surrounding punctuation and conjunctions."""
    start, end = verb.left_edge.i, verb.right_edge.i + 1
    if end - start > limit:
        end = max(verb.i + 1, start + limit)
    doc = verb.doc
    while start < verb.i and (doc[start].is_punct or doc[start].is_space or doc[start].dep_ in ("mark", "cc") or doc[start].is_quote):
        start += 1
    while end - 1 > verb.i and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return start, end
