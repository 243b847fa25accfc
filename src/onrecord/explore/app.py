"""The application: its pages, what guards them, and what they are made of."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import AsyncIterator
from importlib import resources
from importlib.metadata import version

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles

from onrecord.explore import describing, problems, security
from onrecord.explore.adding import Adding
from onrecord.explore.limiting import Limiting
from onrecord.explore.longer import Longer
from onrecord.explore.pages import ROUTERS
from onrecord.explore.remembering import Remembering
from onrecord.explore.settings import Settings
from onrecord.explore.telling import Telling
from onrecord.store import Record

THREADS = 4
"""Pages that are worked at together: more would only take turns at the processor, and all of them wait longer. What takes long has threads of its own."""


def make_app(record: Record, settings: Settings | None = None) -> FastAPI:
    """A web application that shows a record.

    Args:
        record: the record, open as long as the application runs.
        settings: how it is run; by default it reads, on this machine, and writes nothing.

    >>> from onrecord import open_record
    >>> app = make_app(open_record(":memory:"))  # doctest: +SKIP
    """
    settings = settings or Settings()
    adding = Adding(record.address, settings.coder) if settings.write and settings.coder else None

    @contextlib.asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = THREADS
        yield
        if adding is not None:
            await run_in_threadpool(adding.close)

    app = FastAPI(
        title="onrecord", version=version("onrecord"), description="What is on record: events, positions and quotations with their evidence.",
        docs_url=None, redoc_url=None, openapi_url="/openapi.json", lifespan=living,
    )  # fmt: skip
    app.state.record = record
    app.state.settings = settings
    app.state.adding = adding
    app.state.longer = Longer()
    problems.handle(app)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=str(resources.files("onrecord.explore") / "static")), name="static")
    describing.describe(app)
    app.add_middleware(Remembering, version=lambda: f"{datetime.date.today()} {record.state()}")
    app.add_middleware(Limiting, settings=settings)
    security.protect(app, app.state.settings)
    app.add_middleware(Telling)  # outermost: whatever is answered is told
    return app
