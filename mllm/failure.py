"""How asking a model can go wrong, as far as it decides what to do next.

::

    Failure
    ├── Throttled   429: later, and fewer at once
    ├── Down        the server answered that it could not (409, 5xx): again, nothing was charged
    ├── Lost        no whole answer came (cut, timed out, 408, 502, 504): again, but it may have been charged
    ├── Unwilling   this one request was turned down for its content: a refusal
    └── Rejected    the server will take no request like this (400, 401, 403, 404, no credit): stop
"""

from schemas.text import plain


class Failure(Exception):
    """An attempt that brought no reply; ``said`` is the server's own words."""

    def __init__(self, said: str, *, retry_after: float | None = None) -> None:
        super().__init__(said)
        self.said = plain(said, limit=500)
        self.retry_after = retry_after  # seconds, where the server named a time


class Throttled(Failure):
    """Too many requests or tokens for now."""


class Down(Failure):
    """The server could not; it said so, so nothing was charged."""


class Lost(Failure):
    """The connection broke or nothing came in time; the server may have charged it."""


class Unwilling(Failure):
    """The content of this request was turned down."""


class Rejected(Failure):
    """No request of this kind will be taken; ``fix`` says what a user can do about it."""

    def __init__(self, said: str, *, fix: str | None = None, alone: bool = False) -> None:
        super().__init__(said)
        self.fix = fix
        self.alone = alone  # it may concern this one request: its size or content
