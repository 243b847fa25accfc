"""The pages, a module for each: what it finds, and at which address."""

from onrecord.explore.pages import lists, overview

ROUTERS = (overview.router, lists.router)
"""What the application serves."""
