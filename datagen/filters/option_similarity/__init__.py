"""Option similarity: two options of one question that say the same, so that two are right or one is wasted.

In: the options of a half and its question. Out: the most alike two, and how alike they are.
"""

from datagen.filters.option_similarity.filter import OptionSimilarity, OptionSimilaritySettings
from datagen.filters.option_similarity.likeness import likeness
from datagen.filters.option_similarity.meaning import Meaning, meaning_of

__all__ = ["Meaning", "OptionSimilarity", "OptionSimilaritySettings", "likeness", "meaning_of"]
