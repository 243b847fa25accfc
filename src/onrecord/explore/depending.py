"""What the functions behind the pages are given; coroutines, since a plain function would be sent through a thread for each request."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from onrecord.explore.settings import Settings
from onrecord.store import Record


async def _record(request: Request) -> Record:
    record: Record = request.app.state.record
    return record


async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


Opened = Annotated[Record, Depends(_record)]
"""The record that the explorer shows."""
Set = Annotated[Settings, Depends(_settings)]
"""How it is run."""
