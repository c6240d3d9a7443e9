"""Corrections: the pair that a fix makes of another. It is a new pair, with its own id."""

from annotation.verdict import Fix, FixedHalf
from schemas.pair import LETTERS, Option, Pair, Question
from schemas.text import nfc


def corrected(pair: Pair, fix: Fix) -> Pair:
    """The pair as a fix would have it; ``corrected_from`` names the one it was made from.

    Options keep their places and letters; a role is dropped where an option's text or the key has changed, and so are
    fact and premise, of which nobody has said that they still hold.

    Raises:
        ValueError: It is no pair (pydantic's ValidationError): a text is empty, the category is none.
    """
    halves = {"positive": _half(pair.positive, fix.positive), "negative": _half(pair.negative, fix.negative)}
    touched = tuple(halves.values()) != pair.halves
    return Pair(
        kind=pair.kind,
        category=fix.category or pair.category,
        **halves,
        fact="" if touched else pair.fact,
        premise="" if touched else pair.premise,
        provenance=pair.provenance,
        corrected_from=pair.pair_id,
    )


def _half(half: Question, fix: FixedHalf) -> Question:
    if not fix.changes:
        return half
    options = list(half.options)
    for letter, text in enumerate(fix.options or ()):
        place = half.order[letter]
        if options[place].text != text and nfc(options[place].text) != text:
            options[place] = Option(text=text)
    answer = half.answer if fix.letter is None else half.order[LETTERS.index(fix.letter)]
    if answer != half.answer:
        options = [Option(text=one.text) for one in options]
    return Question(
        text=fix.question or half.text,
        image=half.image,
        options=tuple(options),
        answer=answer,
        order=half.order,
        language=half.language,
    )
