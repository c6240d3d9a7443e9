"""What tokens cost: our table, overridden by the run's."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from schemas.config import Price

BATCH_SHARE = 0.5  # a request of a batch costs half


@dataclass(frozen=True, slots=True)
class Tariff:
    """A model's prices; ``price`` is None where they are unknown."""

    model: str
    price: Price | None
    share: float = 1.0  # BATCH_SHARE in a batch

    def usd(self, prompt: int, completion: int) -> float | None:
        """USD of so many tokens; None where the price is unknown."""
        if self.price is None:
            return None
        return self.share * (prompt * self.price.input + completion * self.price.output) / 1e6

    @property
    def images(self) -> str | None:
        """How the model counts images, if known."""
        return self.price.images if self.price else None


def tariff(model: str, own: Mapping[str, Price], *, batch: bool = False) -> Tariff:
    """The tariff of a model: the run's own price, else ours, of that name or its dated version."""
    share = BATCH_SHARE if batch else 1.0
    return Tariff(model, _of(model, own) or _of(model, known_prices()), share)


def _of(model: str, table: Mapping[str, Price]) -> Price | None:
    """By name; ``gpt-4o-2024-11-20`` and ``openai/gpt-4o`` are ``gpt-4o``, but ``gpt-4o-audio`` is unknown."""
    name = model.rsplit("/", 1)[-1]
    for key, price in table.items():
        if key in (model, name) or (name.startswith(f"{key}-20") and name[len(key) + 1 :].replace("-", "").isdigit()):
            return price
    return None


@lru_cache
def known_prices() -> dict[str, Price]:
    """Our table."""
    raw = tomllib.loads(Path(__file__).with_name("prices.toml").read_text(encoding="utf-8"))
    return {name: Price.model_validate(entry) for name, entry in raw.items() if isinstance(entry, dict)}
