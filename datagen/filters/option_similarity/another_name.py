"""Another name for what the question and the other options speak of: "the fungus" where they say "the mushroom"."""

from datagen.filters.english.inflection import verbs
from datagen.filters.english.lexicon import kinds_by_word
from datagen.filters.option_similarity.concepts import HEADS, SIDES
from datagen.filters.option_similarity.meaning import Meaning
from datagen.filters.option_similarity.runs import modifiers

LONGEST_NAME = 3  # words
_NAMING = frozenset(
    {"thing", "object", "item", "figure", "creature", "animal", "vehicle", "person", "being", "one", "building",
     "structure"}
)  # fmt: skip
"""Words for things of many kinds."""


def renamed(strange: frozenset[str], odd: Meaning, sibling: Meaning, told: frozenset[str]) -> dict[str, str] | None:
    """The words of another name, each with the word that it stands for.

    An option that names neither the thing asked about nor another of its kind, and whose value a sibling gives that
    thing, is taken to speak of it: else it would not answer. What the lexicon knows to be another thing is none.

    Args:
        strange: Words of the option that neither its siblings nor the question have.
        odd: What the option says.
        sibling: What the option with the same value says.
        told: Words of the question.

    Returns:
        None where the strange words are not such a name.
    """
    replaced = (sibling.bag & told) - odd.bag - modifiers() - HEADS - verbs()
    no_name = modifiers() | HEADS | verbs() | SIDES | {"not"} | odd.quoted | told
    if not replaced or len(strange) > LONGEST_NAME or strange & no_name:
        return None
    if any(word[:1].isdigit() for word in strange):
        return None
    chunks = [chunk for run in odd.order for chunk in run]
    if not any(strange <= frozenset(chunk) for chunk in chunks):
        return None
    head = next(word for chunk in chunks for word in reversed(chunk) if word in strange)
    known = kinds_by_word()
    if head in known and head not in _NAMING and any(word in known for word in replaced):
        return None
    return dict.fromkeys(strange, next(word for word in reversed(sibling.words) if word in replaced))
