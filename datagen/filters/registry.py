"""The filters, in the order they decide: cheap and certain ones first, models that are paid for last."""

from datagen.filters.contract import Filter
from schemas.registry import Registry

FILTERS: Registry[type[Filter]] = Registry(
    kind="filter",
    group="leadproof.filters",
    builtin={
        "structure": "datagen.filters.structure:Structure",
        "hedging": "datagen.filters.hedging:Hedging",
        "duplicates": "datagen.filters.duplicates:Duplicates",
        "caption_copying": "datagen.filters.caption_copying:CaptionCopying",
        "option_similarity": "datagen.filters.option_similarity:OptionSimilarity",
        "answer_form": "datagen.filters.answer_form:AnswerForm",
        "slot_change": "datagen.filters.slot_change:SlotChange",
        "grounding": "datagen.filters.grounding:Grounding",
        "near_duplicates": "datagen.filters.near_duplicates:NearDuplicates",
        "verify": "datagen.filters.verification.decision:Verification",
        "difficulty": "datagen.filters.difficulty:Difficulty",
    },
)
