"""Who: every mention that can act, speak or be acted on, and the actor it means (country, sector, name)."""

from onrecord.actors.finding import find
from onrecord.actors.lexicon import Lexicon

__all__ = ["Lexicon", "find"]
