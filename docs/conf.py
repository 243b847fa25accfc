"""The documentation site: ``sphinx-build -W --keep-going -b html docs OUT`` makes it, with no network."""

from __future__ import annotations

import posixpath
import re
from importlib.metadata import version as version_of
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx

project = "onrecord"
author = "The onrecord maintainers"
project_copyright = "The onrecord maintainers, Apache-2.0"
version = release = version_of("onrecord")
language = "en"

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "**/.ipynb_checkpoints", "notebooks/data"]
root_doc = "index"

nb_execution_mode = "off"  # `python -m scripts.notebooks` runs them, and keeps what they show

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 4
highlight_language = "text"
pygments_style, pygments_dark_style = "a11y-high-contrast-light", "a11y-high-contrast-dark"

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
napoleon_google_docstring = True
napoleon_use_rtype = False
add_module_names = False
python_maximum_signature_line_length = 88

html_theme = "furo"
html_title = "onrecord"
html_static_path = ["_static"]
html_css_files = ["onrecord.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": True, "light_css_variables": {"color-code-background": "#f3f4f6"}}
html_last_updated_fmt = None  # the same sources give the same pages

PAGES_OF = {
    "CHANGELOG.md": "project/changes.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "SECURITY.md": "project/security.md",
    "models/CARD.md": "model-card.md",
    "models/README.md": "benchmarks/training.md",
}
"""Files beside ``docs`` that are pages of the site: on a code forge a link to them leads to the file, here to the page."""
PARAMETERS = re.compile(r"<dl>\s*<dd>.*?</dl>", re.DOTALL)
TERMS = re.compile("</?d[ld]>")
SPANS = {"<dl>": "<span>", "</dl>": "</span>", "<dd>": '<span class="parameter">', "</dd>": "</span>"}
LINK = re.compile(r"\]\(([^)#:]+\.md)")


def relinked(text: str, folder: str, page: str) -> str:
    """Markdown with its links leading from a page of the site, where they led from a folder of the project.

    Args:
        text: the Markdown.
        folder: where the file lies, from the top of the project.
        page: the page that shows it, from the top of ``docs``.
    """

    def lead(link: re.Match[str]) -> str:
        file = posixpath.normpath(posixpath.join(folder, link[1]))
        target = PAGES_OF.get(file) or (file.removeprefix("docs/") if file.startswith("docs/") else None)
        return link[0] if target is None else "](" + posixpath.relpath(target, posixpath.dirname(page) or ".")

    return LINK.sub(lead, text)


def relink_page(_app: Sphinx, docname: str, source: list[str]) -> None:
    """Relink a page as it is read."""
    source[0] = relinked(source[0], posixpath.join("docs", posixpath.dirname(docname)), docname)


def relink_included(app: Sphinx, path: Path, _parent: str, source: list[str]) -> None:
    """Relink a file that a page shows."""
    source[0] = relinked(source[0], posixpath.normpath(posixpath.join("docs", posixpath.dirname(path.as_posix()))), app.env.docname)


def make_accessible(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """Let what scrolls be reached by keyboard, and let a signature's parameters be no list of definitions, which they are not."""
    if body := context.get("body"):
        body = body.replace("<pre>", '<pre tabindex="0">').replace('<table class="docutils', '<table tabindex="0" class="docutils')
        context["body"] = PARAMETERS.sub(lambda found: TERMS.sub(lambda tag: SPANS[tag[0]], found[0]), body)


def setup(app: Sphinx) -> None:
    """Sphinx asks for this."""
    app.connect("html-page-context", make_accessible)
    app.connect("source-read", relink_page)
    app.connect("include-read", relink_included)
