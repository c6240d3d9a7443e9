"""What filters know of English words.

In: text of a pair. Out: its words, folded and without inflection, what they name, and what they mean alike.
"""

from datagen.filters.english.inflection import base_form, singular
from datagen.filters.english.tokens import STOP_WORDS, Token, content_words, tokens_of

__all__ = ["STOP_WORDS", "Token", "base_form", "content_words", "singular", "tokens_of"]
