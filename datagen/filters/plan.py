"""What decides a run of ``filter``: filters with their settings, flags and models; and how the manifest tells it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from datagen.filters.at_hand import AtHand
from datagen.filters.choices import VERIFY, Choices, chosen_filters
from datagen.filters.choosing import Ranking, chosen_ranking
from datagen.filters.contract import Filter
from datagen.filters.near_duplicates import NearDuplicates, NearDuplicatesSettings, check_known
from datagen.filters.verification.stage import described
from mllm import Ways
from schemas.config import checked
from schemas.errors import BadConfig
from schemas.manifest import Manifest
from schemas.run import RunFolder


@dataclass(frozen=True)
class Plan:
    """What decides."""

    run: RunFolder
    filters: Sequence[Filter]
    choices: Choices
    ranking: Ranking
    verifiers: Sequence[Ways] = ()

    @classmethod
    def of(cls, run: RunFolder, choices: Choices, verifiers: Sequence[Ways] = ()) -> Self:
        """The plan that flags and leadproof.toml make.

        Raises:
            UnknownName: A filter is named that does not exist.
            BadConfig: A table of leadproof.toml is wrong, or flags contradict each other.
        """
        if verifiers and VERIFY in choices.without:
            raise BadConfig("--verify and --without verify contradict each other", fix="Leave one of them out.")
        return cls(run, chosen_filters(run, choices.without), choices, chosen_ranking(run), verifiers)

    @classmethod
    def again(cls, run: RunFolder, choices: Choices, before: Manifest) -> Self:
        """The plan of deciding again: its models are those that measured before."""
        measured = Choices.from_told(before.config.get("choices", {}))
        choices = replace(choices, text_model=measured.text_model, image_model=measured.image_model)
        return cls.of(run, choices)

    def config(self, models: AtHand) -> dict[str, Any]:
        """All that decides what is kept, where it is measured anew."""
        found = self._thresholds()
        if self.verifiers:
            found[VERIFY] = {**described(self.run, self.verifiers), **(found[VERIFY] or {})}
        else:
            found[VERIFY] = None
        return {**found, "measured": {"models": models.told(), **self._likeness()}}

    def config_again(self, before: Manifest, unscored: int) -> dict[str, Any]:
        """The same where stored scores are decided again.

        Raises:
            BadConfig: What is stored is not enough to decide by.
        """
        found = self._thresholds()
        votes = before.config.get(VERIFY)
        found[VERIFY] = {**votes, **(found[VERIFY] or {})} if votes else None
        measured = before.config.get("measured", {})
        for one in self.filters:
            if isinstance(one, NearDuplicates) and measured.get(one.name) is not None:
                stored = checked(NearDuplicatesSettings, measured[one.name], where="the stored scores")
                check_known(stored, one.settings)
        return {**found, "measured": measured} | ({"pairs without scores": unscored} if unscored else {})

    def _thresholds(self) -> dict[str, Any]:
        settings: dict[str, Any] = {one.name: one.settings.model_dump() for one in self.filters}
        return {VERIFY: None, **settings, "choices": self.choices.told(), **self.ranking.told()}

    def _likeness(self) -> dict[str, Any]:
        found = [one for one in self.filters if isinstance(one, NearDuplicates)]
        return {one.name: one.settings.model_dump() for one in found}
