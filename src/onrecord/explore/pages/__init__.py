"""The pages, a module for each: what it finds, and at which address."""

from onrecord.explore.pages import actor, add, article, brief, data, event, framing, health, lists, mapped, matrix, overview, review, search, sources, stands

ROUTERS = (
    overview.router,
    lists.router,
    article.router,
    actor.router,
    framing.router,
    event.router,
    add.router,
    brief.router,
    stands.router,
    matrix.router,
    search.router,
    mapped.router,
    sources.router,
    review.router,
    data.router,
    health.router,
)
"""What the application serves."""
