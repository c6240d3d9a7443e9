"""What a server takes, found out once by what it turns down.

Structured output by JSON Schema is tried first, then JSON mode, then nothing but the prompt. Newer models know
``max_completion_tokens`` alone, and some take no temperature or seed.
"""

from dataclasses import replace
from typing import Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

Structure = Literal["schema", "json", "none"]


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Dialect:
    """The parameters that a server takes."""

    structure: Structure = "schema"
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    temperature: bool = True
    seed: bool = True
    proved: Literal["nothing", "plain", "forms"] = "nothing"  # what has gone through: requests without, with a form

    def without(self, complaint: str) -> "Dialect | None":
        """The dialect to try next, after a 400 with these words; None where they concern none of it."""
        said = complaint.lower()
        if self.limit == "max_tokens" and "max_completion_tokens" in said:
            return replace(self, limit="max_completion_tokens")
        if self.limit == "max_completion_tokens" and "max_completion_tokens" in said:
            return replace(self, limit="max_tokens")
        if self.structure != "none" and any(word in said for word in _STRUCTURE):
            return replace(self, structure="json" if self.structure == "schema" else "none")
        if self.temperature and "temperature" in said:
            return replace(self, temperature=False)
        if self.seed and "seed" in said:
            return replace(self, seed=False)
        return None


_STRUCTURE = ("response_format", "json_schema", "json_object", "structured output", "guided", "grammar")
_ADAPTER = TypeAdapter(Dialect)


def written(dialect: Dialect) -> str:
    """A dialect as text, for the journal."""
    return _ADAPTER.dump_json(dialect).decode()


def from_text(text: str | None) -> Dialect | None:
    """The dialect that a journal keeps; None where it is unknown or of another version."""
    try:
        return _ADAPTER.validate_json(text) if text else None
    except ValidationError:
        return None
