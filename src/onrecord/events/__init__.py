"""Who did what to whom: events with their participants, date, place, figures, standing and voice.

In come a :class:`~onrecord.parse.Parsed`, its :class:`~onrecord.records.Cast`, places, times and attributions; with the encoder's
:class:`~onrecord.encoder.States` the :class:`Head` decides on what the rules propose. Out go :class:`~onrecord.records.Event`. A
:class:`Codebook` adds types, modes and phrases of a user's own. :func:`classify` answers another question: the type of the event
between two participants that are given.
"""

from onrecord.events.codebook import Codebook, CodebookError, place
from onrecord.events.extending import extended
from onrecord.events.finding import find
from onrecord.events.head import Head
from onrecord.events.lexicon import Lexicon
from onrecord.events.relation import classify

__all__ = ["Codebook", "CodebookError", "Head", "Lexicon", "classify", "extended", "find", "place"]
