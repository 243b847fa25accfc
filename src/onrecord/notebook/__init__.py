"""What a notebook shows: articles with their findings marked, tables, who stands where, and charts.

In come reports and what a :class:`~onrecord.store.Record` answers; out come views, which notebooks show as HTML, and drawings, which they
show as charts. Nothing is fetched from anywhere. Reports and answers show themselves so when they are the last line of a cell;
:func:`show` is for choosing what of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from onrecord.notebook.showing import show
from onrecord.notebook.view import View

if TYPE_CHECKING:
    from onrecord.notebook.charts import Drawing, over_time, squares, standings, timeline

__all__ = ["Drawing", "View", "over_time", "show", "squares", "standings", "timeline"]


def __getattr__(name: str) -> Any:
    """Load what draws when it is first asked for: showing a table does not need it."""
    if name in __all__:
        return getattr(import_module("onrecord.notebook.charts"), name)
    raise AttributeError(f"module 'onrecord.notebook' has no attribute {name!r}")
