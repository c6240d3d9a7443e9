"""From results to plain values that JSON can hold."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any


def plain_values(found: Any) -> Any:
    """Dataclasses as dicts of their fields and properties, tuples as lists, all the way down."""
    if is_dataclass(found) and not isinstance(found, type):
        names = [one.name for one in fields(found)]
        names += [name for name, one in vars(type(found)).items() if isinstance(one, property)]
        return {name: plain_values(getattr(found, name)) for name in names}
    if isinstance(found, Mapping):
        return {str(name): plain_values(value) for name, value in found.items()}
    if isinstance(found, tuple | list):
        return [plain_values(one) for one in found]
    return found
