"""Settings of a run: ``leadproof.toml`` in the run folder, overridden by flags."""

import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from schemas.errors import BadConfig
from schemas.taxonomy import DEFAULT_TAXONOMY, Taxonomy

CONFIG_FILE = "leadproof.toml"
MOST_BYTES = 1_000_000
Split = Literal["train", "validation", "benchmark"]
SPLITS: tuple[Split, ...] = ("train", "validation", "benchmark")
Model = TypeVar("Model", bound=BaseModel)
Names = Annotated[tuple[str, ...], Field(strict=False)]  # TOML has lists
Fraction = Annotated[float, Field(ge=0, le=1)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class RunSettings(_Section):
    """``[run]``: what all stages share."""

    seed: int = Field(default=0, ge=0, lt=2**63)
    train: Fraction = 0.8
    validation: Fraction = 0.1
    benchmark: Fraction = 0.1
    categories: Names = ()

    @model_validator(mode="after")
    def _shares_add_up(self) -> Self:
        total = self.train + self.validation + self.benchmark
        if abs(total - 1) > 1e-9:
            raise ValueError(f"train, validation and benchmark add up to {total:g}, not 1")
        return self

    @model_validator(mode="after")
    def _categories_are_some(self) -> Self:
        try:
            self.taxonomy  # noqa: B018 - making it checks them
        except BadConfig as error:
            raise ValueError(error.what) from error
        return self

    @property
    def taxonomy(self) -> Taxonomy:
        """The default taxonomy and the run's own categories."""
        return DEFAULT_TAXONOMY.extended(self.categories)


class IngestSettings(_Section):
    """``[ingest]``: which images are taken in and which count as near-duplicates."""

    near_duplicate_distance: int = Field(default=4, ge=0, le=16)
    max_megapixels: float = Field(default=100, gt=0, le=1_000)
    max_megabytes: float = Field(default=100, gt=0, le=10_000)


class GenerateSettings(_Section):
    """``[generate]``: how many pairs of which kind."""

    per_image: int = Field(default=10, ge=1, le=1_000)
    true_premise_share: Fraction = 0.25
    min_confidence: Fraction = 0.7


class Price(_Section):
    """``[prices."MODEL"]``: USD per million tokens, and how the model counts an image's tokens."""

    input: float = Field(ge=0, allow_inf_nan=False)
    output: float = Field(ge=0, allow_inf_nan=False)
    images: str | None = Field(
        default=None, pattern=r"^(tiles \d{1,6} \d{1,6}|patches [1-9]\d{0,3} \d{1,6} \d{1,3}(\.\d+)?)$"
    )


class ModelSettings(_Section):
    """``[model]``: how a multimodal model is asked, whoever asks it."""

    concurrency: int = Field(default=16, ge=1, le=1_024)
    timeout: float = Field(default=120, gt=0, le=86_400)
    max_side: int = Field(default=1_024, ge=64, le=8_192)
    detail: Literal["auto", "low", "high"] = "auto"
    allow_hosts: Names = ()


class Settings(_Section):
    """All of ``leadproof.toml``. What belongs to filters or to annotation is checked there."""

    run: RunSettings = RunSettings()
    ingest: IngestSettings = IngestSettings()
    generate: GenerateSettings = GenerateSettings()
    model: ModelSettings = ModelSettings()
    prices: dict[str, Price] = {}
    filter: dict[str, dict[str, Any]] = {}
    quality: dict[str, Any] = {}
    select: dict[str, Any] = {}
    annotate: dict[str, Any] = {}


def read_settings(path: Path) -> Settings:
    """Read and check a settings file; one that is absent means the defaults.

    Raises:
        BadConfig: Not TOML, an unknown key, or a value out of range.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError(f"larger than {MOST_BYTES:,} bytes")
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError as error:
        fix = "Save it as UTF-8, or start from `leadproof init`."
        raise BadConfig(f"not UTF-8 text (byte {error.start})", where=str(path), fix=fix) from error
    except (OSError, ValueError, RecursionError) as error:
        raise BadConfig(
            f"cannot be read ({error})", where=str(path), fix="Mend the file, or start from `leadproof init`."
        ) from error
    return checked(Settings, raw, where=str(path))


def checked(model: type[Model], raw: dict[str, Any], *, where: str) -> Model:
    """Validate settings against a model, with one line that names the key and what would be right.

    Raises:
        BadConfig: An unknown key or a value out of range.
    """
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            near = get_close_matches(key, list(_keys(model)), 1)
            fix = f"Did you mean {near[0]}?" if near else f"Known keys: {', '.join(_keys(model))}."
            raise BadConfig(f"unknown key {key}", where=where, fix=fix) from error
        message = first["msg"].removeprefix("Value error, ")
        raise BadConfig(f"{key}: {message}" if key else message, where=where, fix="Change the value.") from error


def _keys(model: type[BaseModel], prefix: str = "") -> list[str]:
    keys: list[str] = []
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            keys += _keys(inner, f"{prefix}{name}.")
        else:
            keys.append(f"{prefix}{name}")
    return keys
