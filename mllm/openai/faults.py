"""The client's exceptions as failures that say what to do next."""

import time
from email.utils import parsedate_to_datetime
from typing import Any

import openai

from mllm.failure import Down, Failure, Lost, Rejected, Throttled, Unwilling

_AGAIN = frozenset({408, 409, 425})
_NO_CREDIT = frozenset(
    {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "account_deactivated"}
)
_CONTENT = frozenset({"content_filter", "content_policy_violation", "moderation_blocked"})


def failure_of(error: openai.OpenAIError, key: str) -> Failure:
    """What a client's exception means.

    Args:
        error: As raised.
        key: The secret key, which the server's words may repeat: it is blotted out.
    """
    said = _said(error)
    if key and len(key) > 4:
        said = said.replace(key, "(key)")
    if not isinstance(error, openai.APIStatusError):
        return Lost(said)
    after = _retry_after(error.response.headers)
    return failure_said(error.status_code, str(error.code or ""), str(error.type or ""), said, after)


def failure_said(status: int, code: str, kind: str, said: str, after: float | None = None) -> Failure:
    """What a status means, with the code and type of the error in its body."""
    if status == 429:
        return Rejected(said) if code in _NO_CREDIT or kind in _NO_CREDIT else Throttled(said, retry_after=after)
    if status in _AGAIN or status >= 500:
        return Down(said, retry_after=after)
    if code in _CONTENT:
        return Unwilling(said)
    return Rejected(said)


def _said(error: openai.OpenAIError) -> str:
    if isinstance(error, openai.APIStatusError):
        body: Any = error.body
        words = body.get("message") if isinstance(body, dict) else None
        return f"{error.status_code}: {words or error.response.text[:300] or error.message}"
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
