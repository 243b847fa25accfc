"""Who: every mention that can act, speak or be acted on, and the actor it means (country, sector, name).

In comes a :class:`~onrecord.parse.Parsed`; out go :class:`~onrecord.records.Actor`, each with all its mentions. :func:`resolve` takes one
phrase without an article. :class:`Lexicon` is what the room knows, :class:`ActorTable` what users add to it, and :class:`Memory` what
coded articles (:class:`~onrecord.records.Report`) tell of who holds which office.
"""

from onrecord.actors.finding import find
from onrecord.actors.learning import Learner, Testimony
from onrecord.actors.lexicon import Lexicon
from onrecord.actors.memory import Conflict, Memory, MemoryFileError, Office
from onrecord.actors.own import ActorTable, ActorTableError, OwnActor
from onrecord.actors.resolving import Resolution, resolve

__all__ = [
    "ActorTable",
    "ActorTableError",
    "Conflict",
    "Learner",
    "Lexicon",
    "Memory",
    "MemoryFileError",
    "Office",
    "OwnActor",
    "Resolution",
    "Testimony",
    "find",
    "resolve",
]
