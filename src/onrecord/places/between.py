"""What stands between two names of which one holds the other."""

from __future__ import annotations

import dataclasses
import re


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """The patterns of what stands between two names of which one holds the other.

    ``comma`` and ``inside`` put the first into the second ("Bria, Haute-Kotto", "Bria in Haute-Kotto"), ``described`` with a word of what it
    is ("Idlib province of Syria"); ``owner`` and ``owned_kind`` the second into the first ("Nigeria's Borno", "the Lebanese city of Tripoli").
    """

    comma: re.Pattern[str]
    inside: re.Pattern[str]
    described: re.Pattern[str]
    owner: re.Pattern[str]
    owned_kind: re.Pattern[str]

    @classmethod
    def of(cls, kinds: str, compass: str) -> Between:
        """The patterns with the room's words in them: kinds of places and points of the compass, each as alternatives of a pattern."""
        within = rf"(?:in|of) (?:the )?(?:(?:{compass}) )?"
        return cls(
            comma=re.compile(r", ?| \("),
            inside=re.compile(rf",? {within}"),
            described=re.compile(rf"(?: (?:{kinds})|,? in the {compass} of|, (?:the |a |an )?(?:[a-z]+[- ]){{0,3}}(?:{kinds})),? {within}"),
            owner=re.compile(rf"['’]s? (?:(?:{compass}) )?"),
            owned_kind=re.compile(rf"(?:['’]s?)? (?:[a-z-]+ ){{0,4}}(?:{kinds})(?:, | of | of the | called | named | )"),
        )
