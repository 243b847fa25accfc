"""A brief as a folder that opens from disk without a server: a page, with the document, the workbook and the data beside it."""

from __future__ import annotations

import base64
import hashlib
from importlib import resources

import msgspec

from onrecord.explore.briefs.contents import Brief
from onrecord.explore.briefs.document import docx
from onrecord.explore.briefs.phrasing import NOTE, archived, at, by_number, had, safe, voice, who
from onrecord.explore.briefs.workbook import xlsx
from onrecord.explore.templating import environment


def files(brief: Brief) -> dict[str, bytes]:
    """The files of the folder, by name; the page is ``index.html``."""
    return {
        "index.html": html(brief).encode(),
        "brief.docx": docx(brief),
        "brief.xlsx": xlsx(brief),
        "brief.json": msgspec.json.format(msgspec.json.encode(brief), indent=1),
    }


def zipped(brief: Brief) -> bytes:
    """The folder as a zip."""
    return archived({f"brief/{name}": content for name, content in files(brief).items()})


def html(brief: Brief, *, alone: bool = False) -> str:
    """The page; it loads nothing and runs nothing, and its policy says so.

    Args:
        brief: the brief.
        alone: whether no document, workbook and data stand beside it.
    """
    style = (resources.files("onrecord.explore") / "briefs" / "brief.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    page = environment().get_template("brief.html.jinja")
    return safe(
        page.render(brief=brief, style=style, policy=policy, note=NOTE, alone=alone, sources=by_number(brief.sources), who=who, voice=voice, at=at, had=had)
    )
