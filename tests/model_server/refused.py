"""Errors in the protocol's own shape."""

import traceback
from typing import Any


class Refused(Exception):
    """A request that gets an error status; its words go to the client."""

    def __init__(
        self, status: int, message: str, *, kind: str = "invalid_request_error",
        param: str | None = None, code: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"error": {"message": message, "type": kind, "param": param, "code": code}}


def bug() -> Refused:
    """What is said of an exception that is being handled and that nobody meant: it is a fault of the test server."""
    return Refused(500, f"Test server, at fault itself: {traceback.format_exc()}", kind="server_error", code="bug")


def unsupported(parameter: str, words: str = "", *, value: object = None) -> Refused:
    """What a server says of a parameter it does not take; in OpenAI's words where none are given."""
    said, param, code = _WORDS.get(parameter, (_PLAIN, parameter, "unsupported_parameter"))
    message = words or said.format(parameter=parameter, value=value)
    return Refused(400, message, param=param, code=code)


_PLAIN = "Unsupported parameter: '{parameter}' is not supported with this model."
_FORMAT = "Invalid parameter: 'response_format' of type '{parameter}' is not supported with this model."
_WORDS: dict[str, tuple[str, str, str | None]] = {
    "max_tokens": (_PLAIN + " Use 'max_completion_tokens' instead.", "max_tokens", "unsupported_parameter"),
    "max_completion_tokens": (
        "Unrecognized request argument supplied: max_completion_tokens", "max_completion_tokens", None,
    ),
    "temperature": (
        "Unsupported value: 'temperature' does not support {value} with this model. "
        "Only the default (1) value is supported.", "temperature", "unsupported_value",
    ),
    "json_schema": (_FORMAT, "response_format", None),
    "json_object": (_FORMAT, "response_format", None),
    "image_url": ("Invalid content type. image_url is only supported by certain models.", "messages", None),
}  # fmt: skip
