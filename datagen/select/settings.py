"""Settings of ranking and selection: the ``[quality]`` and ``[select]`` tables of leadproof.toml."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from schemas.config import Fraction
from schemas.taxonomy import is_category

Weight = Annotated[float, Field(ge=0, le=1_000, allow_inf_nan=False)]
Share = Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]


def _sort(given: object) -> str:
    return "shares" if isinstance(given, dict) else "word"


# Tagged, so that an error speaks of what was given rather than of everything that could have been.
Categories = Annotated[
    Annotated[Literal["even", "as-is"], Tag("word")] | Annotated[dict[str, Share], Tag("shares")], Discriminator(_sort)
]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class QualitySettings(_Section):
    """``[quality]``: how much each part of a pair's score weighs; 0 leaves it out.

    All weigh the same unless told otherwise: without people's judgements to fit them to, equal weights do about as
    well as any (R. Dawes, "The robust beauty of improper linear models", American Psychologist 1979).
    """

    confirmed: Weight = 1.0
    dividing: Weight = 1.0
    blind: Weight = 1.0
    grounded: Weight = 1.0
    balance: Weight = 1.0
    overlap: Weight = 1.0
    plausible: Weight = 1.0
    distinct: Weight = 1.0
    uncopied: Weight = 1.0
    brief: Weight = 1.0

    @model_validator(mode="after")
    def _something_weighs(self) -> Self:
        if not any(self.weights.values()):
            raise ValueError("every weight is 0, so nothing could be ranked; give at least one part a weight above 0")
        return self

    @property
    def weights(self) -> dict[str, float]:
        """Every part's weight, by its name."""
        return {name: float(getattr(self, name)) for name in type(self).model_fields}


class SelectSettings(_Section):
    """``[select]``: what ``--target`` takes of which category and kind, and how it weighs quality and diversity."""

    categories: Categories = "even"
    true_premise: Fraction | None = None  # share of each category; None: as in the supply
    contrast: Fraction | None = None
    quality_weight: Fraction = 0.5
    image_weight: Fraction = 0.25

    @model_validator(mode="after")
    def _categories_are_some(self) -> Self:
        if isinstance(self.categories, dict):
            if not self.categories:
                raise ValueError('categories names none; name some, or write "even"')
            wrong = next((name for name in self.categories if not is_category(name)), None)
            if wrong is not None:
                raise ValueError(f"categories: {wrong!r} is not of the form level/name, as in attribute/number")
        return self

    @model_validator(mode="after")
    def _kinds_fit(self) -> Self:
        total = (self.true_premise or 0) + (self.contrast or 0)
        if total > 1:
            raise ValueError(f"true_premise and contrast add up to {total:g}, more than the whole")
        return self
