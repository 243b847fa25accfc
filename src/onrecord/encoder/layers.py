"""What every head computes: a linear layer of its weights, and chances from logits."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def linear(weights: Mapping[str, Floats], name: str, values: Floats) -> Floats:
    """One layer of a head: ``name.weight`` and ``name.bias``."""
    found: Floats = values @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
    return found


def softmax(logits: Floats, *, axis: int) -> Floats:
    """Logits as chances that sum to 1 along an axis."""
    found: Floats = np.exp(logits - logits.max(axis=axis, keepdims=True))
    found /= found.sum(axis=axis, keepdims=True)
    return found


def log_softmax(logits: Floats, *, axis: int) -> Floats:
    """The logarithms of those chances."""
    found: Floats = logits - np.logaddexp.reduce(logits, axis=axis, keepdims=True)
    return found
