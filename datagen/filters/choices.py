"""What a user chose for one run of ``filter`` or ``select``, and the filters that follow from it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from datagen.dedup import Strategy
from datagen.filters.contract import Filter
from datagen.filters.registry import FILTERS
from datagen.select import CENTROID_BAND, SCORE_BAND, THRESHOLD, refuse_empty_bands
from schemas.config import checked
from schemas.errors import BadConfig
from schemas.run import RunFolder

VERIFY, DIFFICULTY = "verify", "difficulty"
LAST = (VERIFY, DIFFICULTY)  # what is paid for comes after all that is not, third parties' filters too
Band = tuple[float, float]


@dataclass(frozen=True)
class Thinning:
    """The coreset that ``select`` leaves: which method, and what it goes by."""

    coreset: Literal["dataset-pruning", "semdedup", "random"]
    fraction: float | None = None  # of random
    strategy: Strategy = "middle"
    threshold: float = THRESHOLD  # cosine
    score_band: Band = SCORE_BAND
    centroid_band: Band = CENTROID_BAND

    def check(self) -> None:
        """See that it can be had, before any work.

        Raises:
            BadConfig: A band is none, or the fraction is out of range.
        """
        refuse_empty_bands(self.score_band, self.centroid_band)
        if self.coreset == "random" and not 0 < (self.fraction or 0) <= 1:
            what = f"a fraction of {self.fraction or 0:g} cannot be taken"
            raise BadConfig(what, where="--fraction", fix="Give 0.1, or up to 1.")


@dataclass(frozen=True)
class Choices:
    """Flags that decide what is kept."""

    without: tuple[str, ...] = ()  # filters to leave out
    apply: bool = False  # filters of content drop imported pairs too; else they only report these
    debias: bool = False
    target: int | None = None  # pairs to keep at most
    text_model: str | None = None  # None: the default one
    image_model: str | None = None  # None: none
    thinning: Thinning | None = None

    def told(self) -> dict[str, Any]:
        """As the stage's config says them."""
        return {**asdict(self), "without": sorted(self.without)}

    @classmethod
    def from_told(cls, told: Mapping[str, Any]) -> "Choices":
        """The choices that an earlier stage's config tells of, but for the coreset."""
        names = ("apply", "debias", "target", "text_model", "image_model")
        return cls(without=tuple(told.get("without", ())), **{name: told[name] for name in names if name in told})


def chosen_filters(run: RunFolder, without: Sequence[str] = ()) -> list[Filter]:
    """The run's filters with their settings, in the order they decide.

    Raises:
        UnknownName: ``without`` or leadproof.toml names a filter that does not exist.
        BadConfig: A filter's table in leadproof.toml is wrong, or none is left.
    """
    for name in (*without, *run.settings.filter):
        FILTERS.get(name)
    filters: list[Filter] = []
    for name in sorted(FILTERS.names(), key=lambda name: LAST.index(name) + 1 if name in LAST else 0):
        if name not in without:
            kind = FILTERS.get(name)
            given = run.settings.filter.get(name, {})
            settings = checked(type(kind().settings), given, where=f"leadproof.toml [filter.{name}]")
            filters.append(kind(settings))
    if not filters:
        raise BadConfig("every filter was left out", fix="Leave one in.")
    return filters
