"""What a plan is to reach, and with how many people."""

from dataclasses import dataclass

from annotation.settings import WHERE, AnnotateSettings
from schemas.errors import BadConfig

MOST_PAIRS = 10_000_000
MOST_ANNOTATORS = 1_000


@dataclass(frozen=True)
class Wanted:
    """So many verified pairs in all, so many of them for the benchmark, by so many annotators.

    Raises:
        BadConfig: No plan can be for these numbers.
    """

    total: int
    benchmark: int
    annotators: int

    def __post_init__(self) -> None:
        if not 0 <= self.total <= MOST_PAIRS:
            raise BadConfig(
                f"{self.total:,} pairs are wanted", where="--want", fix=f"Give a number from 0 to {MOST_PAIRS:,}."
            )
        if self.benchmark < 0:
            raise BadConfig(f"{self.benchmark:,} pairs are wanted", where="--benchmark", fix="Give 0 or more.")
        if self.benchmark > self.total:
            raise BadConfig(
                f"{self.benchmark:,} benchmark pairs are more than the {self.total:,} wanted in all",
                where="--benchmark", fix="Lower it or raise --want, which counts the benchmark's pairs too.",
            )  # fmt: skip
        if not 1 <= self.annotators <= MOST_ANNOTATORS:
            raise BadConfig(
                f"{self.annotators:,} annotators judge nothing" if self.annotators < 1 else
                f"{self.annotators:,} annotators are more than can be planned for",
                where="--annotators", fix=f"Give a number from 1 to {MOST_ANNOTATORS:,}.",
            )  # fmt: skip

    def check_judges(self, settings: AnnotateSettings) -> None:
        """Refuse a benchmark that each pair of is to be solved by more people than there are.

        Raises:
            BadConfig: There are fewer annotators than judges of a benchmark pair.
        """
        if self.benchmark and settings.judges > self.annotators:
            people = f"{self.annotators} annotator{'s' if self.annotators > 1 else ''}"
            raise BadConfig(
                f"a benchmark pair is to be solved by {settings.judges} people and there would be {people}",
                where="--annotators",
                fix=f"Raise it to {settings.judges}, or write judges = {self.annotators} in {WHERE}.",
            )
