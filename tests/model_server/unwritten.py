"""The pair about writing in a scene that bears none: what a model offers when it was not asked to."""

from datagen.generators.evidence import Evidence
from schemas.identity import seeded
from schemas.pair import Option, Pair, Provenance, Question

_WORDS = ("STOP", "EXIT", "OPEN", "SALE", "TAXI", "CAFE", "BANK", "HOTEL")


def unwritten_pair(evidence: Evidence) -> Pair:
    """A pair whose right answers say that nothing is written; true only where no fact has a text."""
    first = seeded(0, "unwritten", evidence.image) % len(_WORDS)
    words = [_WORDS[(first + step) % len(_WORDS)] for step in range(3)]
    nothing = "There is no writing in the picture."
    plain = [nothing, *(f'The word in the picture is "{word}".' for word in words)]
    leading = [
        "That is not so: there is no writing in the picture.",
        f'It can be seen: the word in the picture is "{words[0]}".',
        *(f'That is not so: the word in the picture is "{word}".' for word in words[1:]),
    ]
    return Pair(
        kind="false-premise",
        category="character/character",
        positive=_asked("What is written in the picture?", evidence.image, plain),
        negative=_asked(f'Why is the word "{words[0]}" in the picture?', evidence.image, leading),
        fact=nothing,
        premise=f'The word in the picture is "{words[0]}".',
        provenance=Provenance(generator="model-server"),
    )


def _asked(text: str, image: str, options: list[str]) -> Question:
    return Question(
        text=text, image=image, options=tuple(Option(text=one) for one in options), answer=0, order=(0, 1, 2, 3)
    )
