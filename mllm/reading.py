"""Reading a form out of a reply: JSON as such, in a fence, or amid talk."""

import json
import re

from pydantic import BaseModel, ValidationError

MAX_REPLY = 400_000  # characters; more is nobody's answer
MAX_TRIES = 200  # places at which a document may begin
_FENCE = re.compile(r"```(?:json|JSON)?\s*\n(.*?)```", re.DOTALL)
_THINKING = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)


class NotInForm(Exception):
    """The reply does not hold the form; the message says why, in words that a model can mend it by."""


def read_form(text: str, form: type[BaseModel]) -> BaseModel:
    """The form that a reply holds; of several documents in it the longest that fits.

    Raises:
        NotInForm: It holds none.
    """
    if len(text) > MAX_REPLY:
        raise NotInForm(f"the reply is longer than {MAX_REPLY} characters")
    try:
        return form.model_validate_json(text)
    except (ValidationError, ValueError) as error:
        first = error
    text = _THINKING.sub("", text)
    for candidate in (*_FENCE.findall(text)[:MAX_TRIES], *_documents(text)):
        try:
            return form.model_validate_json(candidate)
        except (ValidationError, ValueError) as error:
            first = error if _closer(error, first) else first
    raise NotInForm(_why(first))


def _documents(text: str) -> list[str]:
    """The JSON objects that stand in a text, the longest first."""
    decoder = json.JSONDecoder()
    found: list[str] = []
    start, tries = text.find("{"), 0
    while start >= 0 and tries < MAX_TRIES:
        tries += 1
        try:
            _, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            end = start + 1
        else:
            found.append(text[start:end])
        start = text.find("{", end)
    return sorted(found, key=len, reverse=True)


def _closer(error: Exception, first: Exception) -> bool:
    """Whether it says more: a fault of the form rather than that there is no JSON."""
    return isinstance(error, ValidationError) and (not isinstance(first, ValidationError) or _no_json(first))


def _no_json(error: ValidationError) -> bool:
    return error.errors(include_url=False)[0]["type"] == "json_invalid"


def _why(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return str(error)[:300]
    if _no_json(error):
        return "it is not a JSON object"
    faults = error.errors(include_url=False)[:5]
    return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in faults)[:600]
