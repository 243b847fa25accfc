"""Documents from the web: one address at a time, politely, and never from a machine of the network that one is in.

Whoever gives an address may mean harm by it, and so may whoever answers. Only ``http`` and ``https`` are asked, at the ports of the web; a name is
looked up once for each connection, every address that it stands for has to be public, and the connection goes to the address that was looked at,
so that a second answer of the name server changes nothing. A redirect is asked anew, with all of this. Time, size (as sent and unpacked),
redirects and headers are bounded. One fetcher may be used by several threads; the pause between two requests to one host holds for all of them.
"""

from __future__ import annotations

import dataclasses
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

import httpcore
import httpx

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
REDIRECTS = (301, 302, 303, 307, 308)
PERMANENT = (301, 308)
PLAIN = (b"", b"identity")
GZIP = (b"gzip", b"x-gzip")
OTHERS = (OSError, httpx.InvalidURL, zlib.error)
PORTION = 65_536
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
AGENT = f"onrecord/{version('onrecord')} (news reader; one request at a time)"


class FetchError(Exception):
    """An address gave no document; the message says why, in words for whoever gave the address.

    Attributes:
        status: what the server answered, where it answered.
        headers: what else it said, by names in lower case.
        unreachable: whether the host did not answer, or not in time.
        refused: whether the address may not be asked, and asking again would change nothing.
        address: the address that was asked last, after redirects.
    """

    def __init__(
        self, message: str, *, status: int | None = None, headers: Mapping[str, str] | None = None, unreachable: bool = False, refused: bool = False
    ) -> None:
        super().__init__(message)
        self.status, self.headers, self.unreachable, self.refused = status, headers or {}, unreachable, refused
        self.address: str | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far fetching goes.

    Attributes:
        size: the most bytes of a document, as sent and unpacked.
        seconds: the longest that all of it takes, redirects with it.
        redirects: the most redirects that are followed.
        ports: the ports that are asked.
        pause: the least seconds between two requests to one host.
    """

    size: int = 10_000_000
    seconds: float = 30.0
    redirects: int = 5
    ports: tuple[int, ...] = (80, 443, 8080, 8443)
    pause: float = 1.0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address gave.

    Attributes:
        address: whence it came in the end, after redirects.
        content: the document, unpacked.
        media_type: what the server says it is (``text/html``), without parameters; empty where it says nothing.
        headers: what else the server says of it, by names in lower case.
        status: 200, or 304 for what has not changed since the ``etag`` or time that was given.
        moved: where the document is from now on, if permanent redirects led there.
    """

    address: str
    content: bytes
    media_type: str
    headers: Mapping[str, str]
    status: int = 200
    moved: str | None = None


def resolve(host: str, port: int) -> list[str]:
    """The addresses that a name stands for.

    Raises:
        OSError: it stands for none.
    """
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def allowing(networks: Iterable[str]) -> Callable[[Address], bool]:
    """Which addresses may be asked where some networks may be, besides the public ones.

    Args:
        networks: in CIDR notation (``192.168.1.0/24``), or ``any`` for all there are.

    Raises:
        ValueError: one is none.

    >>> own = allowing(["10.0.0.0/8"])
    >>> [own(ipaddress.ip_address(a)) for a in ("10.1.2.3", "127.0.0.1", "93.184.215.14")]
    [True, False, True]
    """
    named = list(networks)
    own = [ipaddress.ip_network(n.strip(), strict=False) for n in named if n != "any"]
    return lambda address: "any" in named or is_public(address) or any(address.version == n.version and address in n for n in own)


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet; one that stands for another inside it is what that other is.

    >>> [is_public(ipaddress.ip_address(a)) for a in ("93.184.215.14", "127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:192.168.0.1")]
    [True, False, False, False, False, False]
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


class Fetcher:
    """Fetches documents, one after the other.

    Args:
        limits: how far it goes.
        allowed: which addresses may be asked; by default the public ones.
        resolving: looks names up.
    """

    def __init__(
        self, limits: Limits | None = None, *, allowed: Callable[[Address], bool] = is_public, resolving: Callable[[str, int], Iterable[str]] = resolve
    ) -> None:
        self.limits = limits or Limits()
        self._allowed, self._resolving = allowed, resolving
        self._asked: dict[str, float] = {}
        self._pauses: dict[str, float] = {}
        self._lock = threading.Lock()

    def pause(self, host: str, seconds: float) -> None:
        """Leave a host alone between two requests for longer than the limits say, as its robots.txt asks."""
        self._pauses[host] = max(seconds, self.limits.pause)

    def fetch(self, address: str, *, headers: Mapping[str, str] | None = None, permitted: Callable[[str], None] = lambda _: None) -> Fetched:
        """The document at an address.

        Args:
            address: ``https://…`` or ``http://…``.
            headers: to be sent besides (``if-none-match`` of a feed).
            permitted: called with each address before it is asked, those redirected to among them; it raises a :class:`FetchError` for what is not to be.

        Raises:
            FetchError: the address may not be asked, nothing came, or too much.
        """
        url = self._read(address)
        backend = _Checked(time.monotonic() + self.limits.seconds, self._allowed, self._resolving)
        moved, permanent = None, True
        for _ in range(self.limits.redirects + 1):
            try:
                backend.until += self._waited(url.host, permitted, str(url))
                found = self._asked_once(url, headers or {}, backend)
                if isinstance(found, Fetched):
                    return dataclasses.replace(found, moved=moved)
                status, location = found
                url = self._read(str(url.join(location)))
            except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, *OTHERS, FetchError) as error:
                raise _at(url, error) from error
            permanent = permanent and status in PERMANENT
            moved = str(url) if permanent else moved
        raise FetchError(f"{url.host} redirects more than {self.limits.redirects} times")

    def _read(self, address: str) -> httpx.URL:
        """An address that may be asked, as far as it can be told from itself."""
        try:
            url = httpx.URL(address.strip())
        except (httpx.InvalidURL, UnicodeError) as error:
            raise FetchError("that is no address of the web", refused=True) from error
        if url.scheme not in ("http", "https") or not url.host:
            raise FetchError("only addresses that begin with http:// or https:// are fetched", refused=True)
        if url.userinfo:
            raise FetchError("an address with a name or password in it is not fetched", refused=True)
        if (url.port or (443 if url.scheme == "https" else 80)) not in self.limits.ports:
            raise FetchError(f"port {url.port} is none of the web's: {', '.join(map(str, self.limits.ports))} are asked", refused=True)
        return url

    def _waited(self, host: str, permitted: Callable[[str], None], address: str) -> float:
        """The seconds that went by until an address could be asked: its host is to be left alone for a while, and may have to say whether."""
        began = time.monotonic()
        permitted(address)
        with self._lock:
            at = max(time.monotonic(), self._asked.get(host, -1e9) + self._pauses.get(host, self.limits.pause))
            self._asked[host] = at
        time.sleep(max(0.0, at - time.monotonic()))
        return time.monotonic() - began

    def _asked_once(self, url: httpx.URL, headers: Mapping[str, str], backend: _Checked) -> Fetched | tuple[int, str]:
        """The document at an address, or the status and address with which one is sent on."""
        port = url.port or (443 if url.scheme == "https" else 80)
        core = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=port, target=url.raw_path)
        own = {"host": url.netloc.decode("ascii"), "user-agent": AGENT, "accept-encoding": "gzip", "accept": "text/html, */*;q=0.5", "connection": "close"}
        seconds = dict.fromkeys(("connect", "read", "write", "pool"), self.limits.seconds)
        with httpcore.ConnectionPool(max_connections=1, network_backend=backend) as pool:
            sent = [(k.encode("ascii"), v.encode("latin-1")) for k, v in {**own, **headers}.items()]
            with pool.stream("GET", core, headers=sent, extensions={"timeout": seconds}) as response:
                said = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in response.headers}
                if response.status in REDIRECTS and said.get("location"):
                    return response.status, said["location"]
                if response.status not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
                    raise FetchError(f"{url.host} answered {response.status}{_phrase(response.status)}", status=response.status, headers=said)
                content = b"".join(self._unpacked(response.iter_stream(), said)) if response.status == HTTPStatus.OK else b""
        media_type = said.get("content-type", "").partition(";")[0].strip().lower()
        return Fetched(address=str(url), content=content, media_type=media_type, headers=said, status=response.status)

    def _unpacked(self, parts: Iterable[bytes], said: Mapping[str, str]) -> Iterator[bytes]:
        """The bytes of an answer, unpacked, never more than the limit at a time or in all."""
        packing = said.get("content-encoding", "").strip().lower().encode()
        if packing not in (*PLAIN, *GZIP):
            raise FetchError("the document is packed in a way that was not asked for")
        unpacking = zlib.decompressobj(wbits=31) if packing in GZIP else None
        came = given = 0
        for part in parts:
            came += len(part)
            for piece in _pieces(part, unpacking):
                given += len(piece)
                if max(came, given) > self.limits.size:
                    raise FetchError(f"the document is larger than {self.limits.size // 1_000_000} MB")
                yield piece
        if unpacking is not None and came and not unpacking.eof:
            raise FetchError("the document came incomplete")


def _pieces(part: bytes, unpacking: Any) -> Iterator[bytes]:
    if unpacking is None:
        yield part
        return
    while part and not unpacking.eof:
        yield unpacking.decompress(part, PORTION)
        part = unpacking.unconsumed_tail


class _Checked(httpcore.NetworkBackend):
    """Connects to addresses that may be asked, until a moment."""

    def __init__(self, until: float, allowed: Callable[[Address], bool], resolving: Callable[[str, int], Iterable[str]]) -> None:
        self.until, self._allowed, self._resolving = until, allowed, resolving
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None, socket_options: Any = None
    ) -> httpcore.NetworkStream:
        """A connection to an address of a host, each of which has been looked at."""
        try:
            found = [ipaddress.ip_address(a.partition("%")[0]) for a in self._resolving(host, port)]
        except (OSError, UnicodeError, ValueError) as error:
            raise FetchError(f"there is no host {host}", unreachable=True) from error
        if not found or not all(self._allowed(a) for a in found):
            raise FetchError(f"{host} is not on the public internet, and is not asked", refused=True)
        last: Exception | None = None
        for address in found:
            try:
                return _Bounded(self._plain.connect_tcp(str(address), port, left(self.until, timeout), local_address, socket_options), self.until)
            except httpcore.ConnectError as error:
                last = error
        raise last or httpcore.ConnectError(host)


class _Bounded(httpcore.NetworkStream):
    """A connection that ends at a moment, however slowly it goes."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream, self._until = stream, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Bytes that came."""
        return self._stream.read(max_bytes, left(self._until, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self._stream.write(buffer, left(self._until, timeout))

    def close(self) -> None:
        """End it."""
        self._stream.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> httpcore.NetworkStream:
        """The same, encrypted."""
        return _Bounded(self._stream.start_tls(ssl_context, server_hostname, left(self._until, timeout)), self._until)

    def get_extra_info(self, info: str) -> Any:
        """What else is known of it."""
        return self._stream.get_extra_info(info)


def _at(url: httpx.URL, error: Exception) -> FetchError:
    """What went wrong when an address was asked, in words."""
    if isinstance(error, FetchError):
        said = error
    elif isinstance(error, httpcore.TimeoutException):
        said = FetchError(f"{url.host} did not answer in time", unreachable=True)
    elif isinstance(error, httpcore.NetworkError | OSError):
        said = FetchError(f"{url.host} can't be reached: {_said(error)}", unreachable=True)
    else:
        said = FetchError(f"{url.host} answered with something that can't be read")
    said.address = said.address or str(url)
    return said


def left(until: float, timeout: float | None) -> float:
    """The seconds that are left until a moment, at most those given.

    Raises:
        httpcore.ReadTimeout: none is.
    """
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise httpcore.ReadTimeout("the time is over")
    return seconds if timeout is None else min(seconds, timeout)


def _phrase(status: int) -> str:
    try:
        return f" ({HTTPStatus(status).phrase})"
    except ValueError:
        return ""


def _said(error: BaseException) -> str:
    inner = error.__cause__ or error.__context__ or error
    return str(getattr(inner, "strerror", None) or inner or type(error).__name__)[:200]
