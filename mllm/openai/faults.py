"""The client's exceptions as failures that say what to do next."""

import time
from email.utils import parsedate_to_datetime
from typing import Any

import openai

from mllm.failure import Down, Failure, Lost, Rejected, Throttled, Unwilling

_AGAIN = frozenset({409, 425})
_LOST = frozenset({408, 502, 504, 522, 524})  # whoever answers so knows not what the model behind it has done
_ONE = frozenset({413, 415, 422})  # of one request's size or content, unless all are turned down so
_NO_CREDIT = frozenset(
    {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "account_deactivated"}
)
MOST_SAID = 500  # characters of a server's words
LEAST_KEY = 5  # characters; a shorter one is a placeholder such as "none"
_CONTENT = frozenset({"content_filter", "content_policy_violation", "moderation_blocked"})


def failure_of(error: openai.OpenAIError, key: str) -> Failure:
    """What a client's exception means.

    Args:
        error: As raised.
        key: The secret key, which the server's words may repeat: it is blotted out.
    """
    said = blotted(_said(error), key)[:MOST_SAID]
    if not isinstance(error, openai.APIStatusError):
        return Lost(said)
    after = _retry_after(error.response.headers)
    failure = failure_said(error.status_code, str(error.code or ""), str(error.type or ""), said, after)
    if isinstance(failure, Rejected) and not failure.fix:
        failure.fix = _advice(error, key)
    return failure


def _advice(error: openai.APIStatusError, key: str) -> str | None:
    path = error.request.url.path
    if error.status_code in (401, 403) and not key:
        return "No key was sent: set OPENAI_API_KEY."
    if error.status_code == 404 and "/v1/" not in path:
        return f"The path was {path}: most servers' addresses end in /v1."
    return None


def failure_said(status: int, code: str, kind: str, said: str, after: float | None = None) -> Failure:
    """What a status means, with the code and type of the error in its body."""
    if status == 429:
        if code in _NO_CREDIT or kind in _NO_CREDIT:
            return Rejected(said, fix="See to the account's credit.")
        return Throttled(said, retry_after=after)
    if status in _LOST:
        return Lost(said, retry_after=after)
    if status in _AGAIN or status >= 500:
        return Down(said, retry_after=after)
    if code in _CONTENT:
        return Unwilling(said)
    return Rejected(said, alone=status in _ONE)


def _said(error: openai.OpenAIError) -> str:
    if isinstance(error, openai.APIStatusError):
        body: Any = error.body
        words = body.get("message") if isinstance(body, dict) else None
        return f"{error.status_code}: {words or _text(error.response) or error.message}"
    cause = error.__cause__
    while cause is not None and cause.__cause__ is not None:
        cause = cause.__cause__
    return str(cause) if cause is not None and str(cause) else str(error)


def _retry_after(headers: Any) -> float | None:
    """Seconds, from ``retry-after-ms`` or ``Retry-After`` (seconds or an HTTP date, RFC 9110 section 10.2.3)."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        value = headers.get(name)
        if value is None:
            continue
        try:
            return max(0.0, float(value) * unit)
        except ValueError:
            pass
        try:
            return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
        except (ValueError, TypeError):
            return None
    return None


def blotted(text: str, key: str) -> str:
    """Text without the secret key in it."""
    return text.replace(key, "(key)") if len(key) >= LEAST_KEY else text


def _text(response: Any) -> str:
    """A response's text, whatever it says it is written in."""
    try:
        return str(response.content.decode("utf-8", "replace"))
    except Exception:  # noqa: BLE001 - it is a hint at most
        return ""
