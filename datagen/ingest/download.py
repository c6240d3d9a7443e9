"""One image from the web: http and https alone, public addresses alone, bounded in size, time and redirects.

The address a name resolves to is checked and then connected to, so that it cannot change in between.
Proxies of the environment are not used, and no cookies or credentials are sent.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from schemas.errors import UnreadableFile

MAX_REDIRECTS = 5
STEP_SECONDS = 20.0  # for connecting, and for any one wait
WHOLE_SECONDS = 120.0  # for one answer
_CHUNK = 2**16
_MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Bounds:
    """What is still fetched; ``private`` allows loopback and private networks."""

    max_bytes: int
    private: bool = False


def fetch(address: str, bounds: Bounds) -> bytes:
    """The content at an address.

    Raises:
        UnreadableFile: It cannot be had within the bounds; the message says why.
    """
    here = address
    try:
        for _ in range(MAX_REDIRECTS + 1):
            found = _answer(_checked(here), bounds)
            if isinstance(found, bytes):
                return found
            here = urljoin(here, found)
    except (OSError, http.client.HTTPException, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise UnreadableFile(said, where=address) from error
    raise UnreadableFile(f"more than {MAX_REDIRECTS} redirects", where=address)


def _checked(address: str) -> SplitResult:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("neither http nor https")
    if parts.username is not None or parts.password is not None:
        raise ValueError("an address with a user's name in it")
    return parts


def _answer(parts: SplitResult, bounds: Bounds) -> bytes | str:
    """The content, or where it has moved to."""
    kind = _Secure if parts.scheme == "https" else _Plain
    connection = kind(parts.hostname or "", parts.port, timeout=STEP_SECONDS)
    connection.private = bounds.private
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    stop = threading.Timer(WHOLE_SECONDS, connection.cut)
    stop.daemon = True
    stop.start()
    try:
        headers = {"Accept": "image/*", "Accept-Encoding": "identity", "User-Agent": "leadproof", "Connection": "close"}
        connection.request("GET", f"{path}?{query}" if query else path, headers=headers)
        answer = connection.getresponse()
        moved = answer.getheader("Location")
        if answer.status in _MOVED and moved:
            return moved
        if answer.status != 200:
            raise ValueError(f"status {answer.status}")
        found = _content(answer, bounds.max_bytes)
        if not connection.was_cut:
            return found
        raise TimeoutError(f"no whole answer within {WHOLE_SECONDS:g} seconds")
    finally:
        stop.cancel()
        connection.close()


def _content(answer: http.client.HTTPResponse, most: int) -> bytes:
    told = answer.getheader("Content-Length") or ""
    if told.isascii() and told.isdecimal() and int(told[:20]) > most:
        raise ValueError(f"{int(told[:20]):,} bytes, more than is allowed")
    found = bytearray()
    while chunk := answer.read(_CHUNK):
        found += chunk
        if len(found) > most:
            raise ValueError(f"more than {most:,} bytes")
    if told.isascii() and told.isdecimal() and len(found) != int(told[:20]):
        raise ValueError("the answer was cut off")
    return bytes(found)


class _Plain(http.client.HTTPConnection):
    """A connection to the very address that was checked."""

    private = False
    wire: socket.socket | None = None
    was_cut = False

    def connect(self) -> None:
        """Resolve, check, connect."""
        self.sock = self.wire = _connected(self.host, self.port, private=self.private)

    def cut(self) -> None:
        """End it from another thread."""
        self.was_cut = True
        if self.wire is not None:
            with suppress(OSError):  # it has ended by itself
                socket.socket.shutdown(self.wire, socket.SHUT_RDWR)


class _Secure(_Plain):
    """The same over TLS, the certificate checked against the name."""

    default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        """Resolve, check, connect, shake hands."""
        super().connect()
        self.sock = self.wire = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def _connected(host: str, port: int, *, private: bool) -> socket.socket:
    found: list[Any] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for *_, where in found:
        if not private and not _is_public(str(where[0])):
            raise ValueError(f"{host} is not on the public network; pass --allow-private-hosts if you mean it")
    refused: OSError | None = None
    for *_, where in found:
        try:
            return socket.create_connection((where[0], where[1]), timeout=STEP_SECONDS)
        except OSError as error:
            refused = error
    raise refused or OSError("no address")


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None) or found
    return bool(inner.is_global and not inner.is_multicast and not inner.is_reserved)
