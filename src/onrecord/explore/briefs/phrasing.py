"""How a brief says things, the same in each of its forms."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from onrecord.explore.briefs.contents import Position, Source, Telling

NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold."""
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time that stands in an archive, so that it is the same whenever it is made."""
REVIEWED = {"confirmed": "reading checked by a reviewer", "corrected": "reading corrected by a reviewer"}
NOTE = "Every statement here is somebody's: this brief says who reports something and in whose words, never that it is so."


def safe(text: str) -> str:
    """A text as XML takes it: control characters become U+FFFD.

    >>> safe("a" + chr(0) + "b")
    'a\ufffdb'
    """
    return NO_XML.sub("\ufffd", text)


def who(p: Position) -> str:
    """Who does what: the source's own verb in quotation marks."""
    return f"{p.holder} {f'“{p.does}”' if p.own_verb else p.does}"


def voice(item: Position | Telling) -> str:
    """In whose words something is, and what else to know of it."""
    if isinstance(item, Position):
        said = [f"said by {item.speaker}" if item.speaker else "", item.basis, item.status, "said earlier" if item.earlier else "", f"said {item.said}"]
    else:
        speaker = ", ".join(filter(None, (item.speaker, item.role)))
        said = [f"said by {speaker}" + (f" (“{item.cue}”)" if item.cue else "") if speaker else "in the outlet's words", item.put]
    return "; ".join([*filter(None, said), f"confidence {item.confidence:.2f}", *([REVIEWED[item.review]] if item.review else [])])


def at(source: Source) -> str:
    """A source in a few words, with its number."""
    state = f", {source.state}" if source.state else ""
    return f"{source.outlet}, {source.published}{state} [{source.number}]"


def also(item: Position | Telling) -> str:
    """The numbers of the other sources that carry the same; nothing where there are none."""
    return f"; also {', '.join(f'[{n}]' for n in item.also)}" if item.also else ""


def had(source: Source) -> str:
    """When an article was fetched, or where no source says that, when it came into the record."""
    return f"retrieved {source.retrieved}" if source.retrieved else f"added to the record {source.added}"


def by_number(sources: tuple[Source, ...]) -> Mapping[int, Source]:
    """Sources by their numbers."""
    return {s.number: s for s in sources}


def archived(members: Mapping[str, bytes]) -> bytes:
    """A zip of some files, the same whenever it is made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return out.getvalue()


def unarchived(content: bytes) -> dict[str, bytes]:
    """The files in a zip, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
