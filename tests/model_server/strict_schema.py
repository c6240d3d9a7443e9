"""``response_format`` checked as OpenAI does: a strict schema must be of the strict subset."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.model_server.config import Config
from tests.model_server.refused import Refused, unsupported

_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def check_format(form: object, texts: Sequence[str], config: Config) -> str:
    """The name of the schema asked for, or nothing.

    Raises:
        Refused: The format is not of the protocol, or the server does not take it.
    """
    if form is None:
        return ""
    kind = form.get("type") if isinstance(form, dict) else None
    if not isinstance(form, dict) or kind not in ("text", "json_object", "json_schema"):
        raise Refused(400, f"Invalid value: '{kind}'.", param="response_format")
    if kind in config.unsupported:
        raise unsupported(kind, config.unsupported[kind])
    if kind == "json_object" and not any("json" in text.lower() for text in texts):
        raise Refused(
            400, "'messages' must contain the word 'json' in some form, to use 'response_format' of type "
            "'json_object'.", param="messages",
        )  # fmt: skip
    if kind != "json_schema":
        return ""
    held = form.get("json_schema")
    name = held.get("name") if isinstance(held, dict) else None
    if not isinstance(held, dict) or not isinstance(name, str) or not _NAME.fullmatch(name):
        raise Refused(400, "Missing or invalid 'response_format.json_schema.name'.", param="response_format")
    if held.get("strict") and config.strict_schemas:
        fault = next(_faults(held.get("schema"), ()), None)
        if fault:
            raise Refused(400, f"Invalid schema for response_format '{name}': {fault}", param="response_format")
    return name


def _faults(schema: object, path: tuple[str, ...]) -> Iterator[str]:
    """What keeps a schema out of the strict subset, part by part."""
    where = f"In context={path!r}"
    if not isinstance(schema, Mapping):
        yield f"{where}, a schema is expected."
        return
    if not path and schema.get("type") != "object":
        yield f"schema must be a JSON Schema of 'type: \"object\"', got 'type: \"{schema.get('type')}\"'."
    if schema.get("type") == "object":
        yield from _faults_of_object(schema, where)
    for word in ("allOf", "oneOf", "not", "patternProperties", "default"):
        if word in schema:
            yield f"{where}, '{word}' is not permitted."
    if "$ref" in schema and set(schema) - {"$ref"}:
        extra = ", ".join(sorted(set(schema) - {"$ref"}))
        yield f"{where}, $ref cannot have keywords {{'{extra}'}}."
    for key, part in _parts(schema):
        yield from _faults(part, (*path, *key))


def _faults_of_object(schema: Mapping[str, Any], where: str) -> Iterator[str]:
    if schema.get("additionalProperties") is not False:
        yield f"{where}, 'additionalProperties' is required to be supplied and to be false."
    missing = sorted(set(schema.get("properties", {})) - set(schema.get("required", [])))
    if missing:
        yield (
            f"{where}, 'required' is required to be supplied and to be an array including every key in "
            f"properties. Missing '{missing[0]}'."
        )


def _parts(schema: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], object]]:
    """The schemas within a schema, each with its path from there."""
    for group in ("properties", "$defs"):
        for key, part in schema.get(group, {}).items():
            yield (group, key), part
    for place, part in enumerate(schema.get("anyOf", [])):
        yield ("anyOf", str(place)), part
    if "items" in schema:
        yield ("items",), schema["items"]
