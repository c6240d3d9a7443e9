"""A form said in words, for a model that takes no schema."""

import json

from pydantic import BaseModel

from mllm.request import form_schema


def spelled(form: type[BaseModel]) -> str:
    """What asks for a form's JSON object in a prompt."""
    schema = json.dumps(form_schema(form), ensure_ascii=False)
    return f"Reply with one JSON object alone, without any other text, that fits this JSON Schema:\n{schema}"
