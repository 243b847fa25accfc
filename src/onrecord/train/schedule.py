"""How a learning rate goes."""

from __future__ import annotations

import torch


def warmed(steps_by: torch.optim.Optimizer, *, total: int, share: float) -> torch.optim.lr_scheduler.LambdaLR:
    """A rate that rises over a share of all steps and falls to nothing at the last."""
    first = max(1, int(total * share))
    return torch.optim.lr_scheduler.LambdaLR(steps_by, lambda n: min((n + 1) / first, max(0.0, (total - n) / max(1, total - first))))
