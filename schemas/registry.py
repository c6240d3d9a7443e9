"""Registries: filters, exporters, sources and the like, by name, imported only when asked for.

Adding one of ours is one file and one line in its room's registry. A third party registers the same
shape as an entry point in the registry's group, such as ``leadproof.filters``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any, Generic, TypeVar

from schemas.errors import UnknownName

T = TypeVar("T")


@dataclass(frozen=True)
class Registry(Generic[T]):
    """Named parts of one kind.

    Args:
        kind: What one of them is called in messages: ``filter``.
        group: The entry-point group third parties use: ``leadproof.filters``.
        builtin: Name to ``package.module:attribute``, in the order they apply.
    """

    kind: str
    group: str
    builtin: Mapping[str, str]

    def names(self) -> tuple[str, ...]:
        """Ours in their order, then third parties' by name."""
        found = {point.name for point in entry_points(group=self.group)} - set(self.builtin)
        return (*self.builtin, *sorted(found))

    def get(self, name: str) -> T:
        """The part of that name.

        Raises:
            UnknownName: There is none; the message names the nearest.
        """
        if name in self.builtin:
            module, _, attribute = self.builtin[name].partition(":")
            return self._loaded(getattr(import_module(module), attribute))
        for point in entry_points(group=self.group, name=name):
            return self._loaded(point.load())
        near = get_close_matches(name, self.names(), 1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise UnknownName(f"no {self.kind} {name!r}", fix=f"{hint}Known: {', '.join(self.names())}.")

    @staticmethod
    def _loaded(part: Any) -> T:
        loaded: T = part
        return loaded
