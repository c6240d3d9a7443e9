"""Whether labelled boxes bear out what captions say."""

from collections.abc import Mapping

from datagen.generators.rules.captions.contrast_sets import contrast_sets
from datagen.generators.rules.captions.lexicon import lexicon
from datagen.generators.rules.captions.terms import Noun
from datagen.generators.rules.captions.words import word_set
from schemas.fact import Fact

_MOST = 0.6  # of the captions: so many tell of the one person who matters among several
_PLAIN_PEOPLE = frozenset({"man", "woman", "boy", "girl", "child", "person", "baby", "toddler"})


def agrees_with_boxes(fact: Fact, boxes: Mapping[str, int]) -> bool:
    """Whether nothing in an image's boxes speaks against a fact from its captions.

    A subject that must be the only one of its class is not boxed twice; one that is hard to overlook is boxed;
    a count is the boxes' too. What is of no COCO class is not judged.

    Args:
        fact: A fact with source ``caption``.
        boxes: By label, how many boxes the image has; crowd boxes count as many.
    """
    subject = _noun(fact.subject)
    if subject is None or not subject.label:
        return _other_is_one(fact, boxes)
    number = boxes.get(subject.label, 0)
    if number == 0 and contrast_sets().things[subject.label].seen != "overlooked":
        return False
    if fact.slot == "count":
        return number == int(fact.value)
    if fact.slot == "presence":
        return True
    if fact.plural:
        return number != 1
    if subject.label == "person" and number > 1:
        known = fact.subject not in _PLAIN_PEOPLE and fact.subject not in word_set("anyone")
        return (known or (fact.confidence or 0) >= _MOST) and _other_is_one(fact, boxes)
    return number <= 1 and _other_is_one(fact, boxes)


def _other_is_one(fact: Fact, boxes: Mapping[str, int]) -> bool:
    other = _noun(fact.other) if fact.other else None
    return other is None or not other.label or boxes.get(other.label, 0) <= 1


def _noun(phrase: str) -> Noun | None:
    terms = lexicon().terms
    term = terms.get(phrase) or terms.get(phrase.rpartition(" ")[2])
    return term.noun if term else None
