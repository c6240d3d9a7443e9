"""What goes wrong: which fault hits a request, what it says, and what it makes of a content."""

import json
import math
import time
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any

from tests.model_server.chance import Chance
from tests.model_server.config import Fault
from tests.model_server.refused import Refused

_STATUS: dict[str, tuple[int, str, str, str | None]] = {  # status, words, type, code
    "rate-limited": (
        429, "Rate limit reached for requests. Please try again later.", "requests", "rate_limit_exceeded",
    ),
    "insufficient-quota": (
        429, "You exceeded your current quota, please check your plan and billing details.",
        "insufficient_quota", "insufficient_quota",
    ),
    "internal-error": (
        500, "The server had an error while processing your request. Sorry about that!", "server_error", None,
    ),
    "unavailable": (503, "That model is currently overloaded with other requests.", "server_error", None),
    "bad-gateway": (502, "Bad gateway.", "server_error", None),
    "unauthorized": (401, "Incorrect API key provided.", "invalid_request_error", "invalid_api_key"),
    "forbidden": (403, "You are not allowed to sample from this model.", "invalid_request_error", None),
    "content-policy": (
        400, "Your request was rejected as a result of our safety system.", "invalid_request_error",
        "content_policy_violation",
    ),
    "not-found": (404, "The model does not exist or you do not have access to it.", "invalid_request_error",
                  "model_not_found"),
}  # fmt: skip
GATEWAY_PAGE = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>502 Bad Gateway</body>\r\n</html>\r\n"
REFUSAL = "I'm sorry, I can't assist with that request."
APOLOGY = "I'm sorry, I can't help with identifying what is in this image."
PROSE = "The picture shows a few things on a plain ground. What would you like to know about them?"


def fault_of(faults: Iterable[Fault], *, task: str, number: int, chance: Chance) -> Fault | None:
    """The fault that hits a request, if any: a scheduled one first, else by a single draw over the rates.

    Args:
        faults: All that may hit it.
        task: What is asked.
        number: The request's place among all, from 1.
        chance: Its draws.
    """
    able = [fault for fault in faults if not fault.tasks or task in fault.tasks]
    for fault in able:
        if number in fault.at or chance.attempt in fault.attempts:
            return fault
    drawn = chance.share("fault")
    for fault in able:
        if drawn < fault.rate:
            return fault
        drawn -= fault.rate
    return None


def refusal_of(fault: Fault) -> Refused:
    """The error that an HTTP fault answers with."""
    status, words, kind, code = _STATUS[fault.kind]
    return Refused(status, fault.message or words, kind=kind, code=code)


def retry_headers(seconds: float, form: str) -> dict[str, str]:
    """When to come back, in one of the three forms in use."""
    if form == "ms":
        return {"Retry-After-Ms": f"{seconds * 1000:.0f}"}
    if form == "date":  # of whole seconds: rounded up, or a client would come too early
        return {"Retry-After": formatdate(math.ceil(time.time() + seconds), usegmt=True)}
    return {"Retry-After": f"{seconds:g}"}


@dataclass(frozen=True)
class Message:
    """What a choice holds."""

    content: str | None
    refusal: str | None = None
    finish_reason: str = "stop"

    @property
    def text(self) -> str:
        """What the model wrote, for counting."""
        return self.content or self.refusal or ""


def spoilt(content: str, fault: Fault) -> Message:
    """A content after a content fault."""
    match fault.kind:
        case "cut-json":
            return Message(content[: len(content) * 3 // 5])
        case "length":
            return Message(content[: len(content) // 2], finish_reason="length")
        case "fenced":
            return Message(f"```json\n{content}\n```")
        case "chatty":
            return Message(f"Sure! Here is what I found:\n\n```json\n{content}\n```\n\nLet me know if you need more.")
        case "prose":
            return Message(fault.message or PROSE)
        case "wrong-shape":
            return Message(json.dumps({"result": {"status": "ok", "items": [1, "two", None]}}))
        case "duplicate-pairs":
            return Message(_doubled(content))
        case "empty":
            return Message("")
        case "content-filter":
            return Message("", finish_reason="content_filter")
        case "refusal":
            return Message(None, refusal=fault.message or REFUSAL)
        case "apology":
            return Message(fault.message or APOLOGY)
    return Message(content)


def _doubled(content: str) -> str:
    """The first pair a second time, at the end."""
    try:
        form: Any = json.loads(content)
    except ValueError:
        return content
    if isinstance(form, dict) and form.get("pairs"):
        form["pairs"].append(form["pairs"][0])
    return json.dumps(form)
