"""Bringing a record's tables up to date, step by step, in one transaction. Loaded only where there is a step to take."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from onrecord.store.migrations import HERE

HEAD = "head"
"""The step up to which to go: the last."""


def migrate(connection: Connection) -> None:
    """Take every step that has not been taken."""
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
