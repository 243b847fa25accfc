"""The sites that are asked: what their robots.txt lets one ask for, and which of them are to be left alone for a while."""

from __future__ import annotations

import random
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from onrecord.read.fetching import Fetcher, FetchError
from onrecord.read.robots import Rules, rules, site
from onrecord.watch.clock import Clock, backed_off, moment, retry_after, stamp
from onrecord.watch.settings import DAY, HOUR, MINUTE

Row = dict[str, Any]
RULES_KEPT = DAY
"""How long a robots.txt holds (RFC 9309, 2.4)."""
SHORT_PAUSE = 10.0
"""A pause that is waited for; for a longer one others have their turn."""
BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


class RestingError(FetchError):
    """A site is left alone, so that it was not asked."""


class Hosts:
    """What is known of the sites that are asked.

    Args:
        fetcher: fetches.
        clock: tells the time.
        known: what was known of them before.
        chance: spreads when they are asked again.
    """

    def __init__(self, fetcher: Fetcher, clock: Clock, known: Iterable[Row] = (), *, chance: random.Random | None = None) -> None:
        self._fetcher, self._clock = fetcher, clock
        self._chance = chance or random.Random()
        self._known = {row["site"]: row for row in known}
        self._changed: set[str] = set()

    def free_at(self, address: str) -> float:
        """When the site of an address may be asked again, in seconds since 1970; never later than it may have asked for."""
        row = self._known.get(site(address))
        return moment(row["not_before"]) if row is not None else 0.0

    def is_well(self, address: str) -> bool:
        """Whether the site of an address answers: it is left alone, if at all, only because it wants to be between two requests."""
        row = self._known.get(site(address))
        return row is None or row["failures"] == 0

    def permitted(self, address: str) -> None:
        """Do nothing where the site of an address lets one ask for it.

        Raises:
            FetchError: it does not, or can't say; or it is to be left alone.
        """
        row = self._row(address)
        now = self._clock.now()
        if moment(row["not_before"]) > now:
            raise RestingError(f"{row['site']} is to be left alone until {row['not_before']}", unreachable=True)
        if not now - RULES_KEPT < moment(row["robots_at"]) <= now + HOUR or row["robots"] is None:
            self._ask_for_rules(row, now)
        found = Rules(text=row["robots"] or "")
        if found.pause:
            self._fetcher.pause(urlsplit(row["site"]).hostname or "", self._clock.real(min(found.pause, SHORT_PAUSE)))
        if not found.allows(address):
            raise FetchError(f"robots.txt of {row['site']} does not let programs ask for {address}", refused=True)

    def answered(self, address: str) -> None:
        """Note that a site answered."""
        row = self._row(address)
        if row["failures"]:
            self._set(row, failures=0)

    def rest(self, address: str) -> None:
        """Leave a site alone that has just been asked, and wants to be for longer than one waits."""
        row = self._row(address)
        pause = Rules(text=row["robots"] or "").pause
        if pause > SHORT_PAUSE:
            self._set(row, not_before=stamp(max(self._clock.now() + min(pause, DAY), moment(row["not_before"]))))

    def failed(self, address: str, error: FetchError) -> None:
        """Leave a site alone for a while that did not answer, or is too busy; for as long as it asks."""
        if isinstance(error, RestingError) or (not error.unreachable and error.status not in BUSY):
            return
        row = self._row(error.address or address)
        now = self._clock.now()
        failures = row["failures"] + 1
        wait = max(backed_off(failures, first=MINUTE, longest=HOUR, chance=self._chance), retry_after(error.headers.get("retry-after"), now))
        self._set(row, failures=failures, not_before=stamp(max(now + wait, moment(row["not_before"]))))

    def changed(self) -> list[Row]:
        """What is known of the sites of which something else is known than when this was asked before."""
        names, self._changed = self._changed, set()
        return [self._known[name] for name in sorted(names)]

    def next_free(self) -> float | None:
        """When the next site may be asked that is left alone; None where none is."""
        now = self._clock.now()
        later = [at for row in list(self._known.values()) if (at := moment(row["not_before"])) > now]
        return min(later, default=None)

    def _ask_for_rules(self, row: Row, now: float) -> None:
        """Ask a site for its robots.txt; where it can't say, what it said before holds.

        Raises:
            FetchError: it can't say, and has not said before.
        """
        try:
            came = self._fetcher.fetch(f"{row['site']}/robots.txt", headers={"accept": "text/plain, */*;q=0.5"})
            found = rules(HTTPStatus.OK, came.content)
        except FetchError as error:
            if error.refused:
                raise
            found = rules(error.status)
            if not found.sure and row["robots"] is None:
                raise FetchError(f"{row['site']} can't say what it lets programs ask for: {error}", unreachable=True, headers=error.headers) from error
            if not found.sure:
                self._set(row, robots_at=stamp(now - RULES_KEPT + HOUR), sure=0)
                return
        self._set(row, robots=found.text, robots_at=stamp(now), sure=1)

    def _row(self, address: str) -> Row:
        name = site(address)
        return self._known.setdefault(name, {"site": name, "robots": None, "robots_at": None, "not_before": None, "sure": 0, "failures": 0})

    def _set(self, row: Row, **values: Any) -> None:
        row.update(values)
        self._changed.add(row["site"])
