"""Heads trained further on gold of one's own (extra ``train``).

Comes in: gold (docs/annotation.md). Goes out: a folder of weights for ``Coder(model=…)``, with figures before and after and a card. The modules
that need torch (``heads``, ``losses``, ``learning``, ``fitting``, ``training``) are also what the shipped weights are made with (``models/``).
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from onrecord.train.labels import TrainError

if TYPE_CHECKING:
    from onrecord.train.fitting import Options
    from onrecord.train.training import Compared, Trained, train

__all__ = ["Compared", "Options", "TrainError", "Trained", "train"]

LATER = {"Compared": "training", "Trained": "training", "train": "training", "Options": "fitting"}


def __getattr__(name: str) -> Any:
    """Load what needs torch when it is first asked for."""
    if name in LATER:
        return getattr(import_module(f"onrecord.train.{LATER[name]}"), name)
    raise AttributeError(f"module 'onrecord.train' has no attribute {name!r}")
