"""What counts as a near-duplicate."""

from pydantic import Field

from datagen.dedup.survivors import Strategy
from datagen.filters.contract import FilterSettings


class NearDuplicatesSettings(FilterSettings):
    """Thresholds of likeness (see :func:`..likeness.likeness`), and which pair of a group stays.

    Pairs are compared only with pairs of their own kind and category. At the default of ``across``, which no likeness
    exceeds, pairs of different images are not compared at all: the same question about another image is another sample.
    """

    within: float = Field(default=0.78, ge=0, le=1)  # pairs about one image, or about near-duplicate photographs
    within_other_languages: float = Field(default=0.9, ge=0, le=1)  # where contrast words are not known: not English
    across: float = Field(default=1.0, ge=0, le=1)
    strategy: Strategy = "best"
    floor: float = Field(default=0.1, ge=0, le=1)  # how far below its threshold an edge is still kept
    image_weight: float = Field(default=0.5, ge=0, le=1)  # of the images' cosine across images, where a model is given

    def threshold(self, *, same_image: bool, english: bool) -> float:
        """Above which likeness two pairs are near-duplicates."""
        own = self.within if english else self.within_other_languages
        return own if same_image else self.across if english else max(self.across, own)
