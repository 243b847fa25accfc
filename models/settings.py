"""A run's options, and how its learning rate goes."""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from onrecord.train.schedule import warmed

__all__ = ["options_of", "warmed"]


def options_of(asked: argparse.ArgumentParser, config: Path, changes: Sequence[str]) -> dict[str, Any]:
    """The options of a config with ``NAME=VALUE`` changes; an unknown name ends the command with a message."""
    options = tomllib.loads(config.read_text(encoding="utf-8"))
    for change in changes:
        name, _, value = change.partition("=")
        if name not in options:
            asked.error(f"{config} has no option {name}")
        options[name] = json.loads(value)
    return options
