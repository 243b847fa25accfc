"""A record and an explorer on it, that the tests of the pages share; what writes makes its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from tests.store_samples import SampleCoder, an_article

from onrecord.cluster.linker import Linker
from onrecord.explore import Settings, make_app
from onrecord.store import Record, open_record

HTML = {"accept": "text/html"}
HOSTILE = "<script>alert(1)</script> \u202egnihtyna\u202c \u200b“”"


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """Twelve articles on strikes, one of them with hostile words."""
    with open_record(tmp_path_factory.mktemp("explore") / "r.db") as record:
        record.add([an_article(n, words=HOSTILE if n == 7 else "") for n in range(12)], SampleCoder(), linker=Linker())
        yield record


@pytest.fixture(scope="session")
def explorer(shown: Record) -> TestClient:
    """An explorer that reads."""
    return TestClient(make_app(shown), base_url="http://localhost", headers=HTML, raise_server_exceptions=False)


@pytest.fixture(scope="session")
def writing(shown: Record) -> TestClient:
    """An explorer that may write for whoever has the token."""
    return TestClient(make_app(shown, Settings(write=True, token="open sesame")), base_url="http://localhost", raise_server_exceptions=False)
