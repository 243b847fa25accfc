"""A site on this machine, asked by whatever names: what tests and benchmarks of fetching fetch from."""

from __future__ import annotations

import contextlib
import ipaddress
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from onrecord.read.fetching import Fetcher, Limits

HERE = ipaddress.ip_address("127.0.0.1")
Answer = tuple[int, dict[str, str], bytes]
"""Status, headers and body; the length is sent as a header unless another is given."""


@contextlib.contextmanager
def served(answer: Callable[[str, str, dict[str, str]], Answer | None]) -> Iterator[int]:
    """A server, by its port, while the context lasts.

    Args:
        answer: is given host, path and headers (their names in lower case); None is a connection that is closed without an answer.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {k.lower(): v for k, v in self.headers.items()}
            found = answer(headers.get("host", "").partition(":")[0], self.path, headers)
            if found is None:
                return
            status, said, body = found
            with contextlib.suppress(OSError):
                self.send_response(status)
                for name, value in {"content-length": str(len(body)), **said}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with listening(Handler) as port:
        yield port


@contextlib.contextmanager
def listening(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    """A server, by its port, while the context lasts, with a handler of one's own."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()


def fetching(port: int, **limits: Any) -> Fetcher:
    """Fetches from a server on this machine alone, whatever name it is asked by; ``nowhere.example`` has no address."""
    return Fetcher(Limits(ports=(port,), **limits), allowed=lambda a: a == HERE, resolving=_addresses)


def _addresses(host: str, _port: int) -> list[str]:
    if host.endswith("nowhere.example"):
        raise OSError("no such host")
    return [host if host[0].isdigit() else str(HERE)]
