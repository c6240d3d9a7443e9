"""The groups of words that a statement falls into, in which wordings of the same are equal."""

from collections.abc import Iterable, Iterator
from functools import cache

from datagen.filters.english.lexicon import words_of_kind
from datagen.filters.option_similarity.concepts import BOUNDS, HEADS

LINKS = frozenset({"of", "to", "with", "'s"})
"""Prepositions that say too little to tell two options apart, but say which noun hangs on which."""

Run = tuple[tuple[str, ...], ...]
"""Words that hang together, in chunks parted by articles ("riding | the horse"); within a chunk their order is free."""


def runs_of(concepts: Iterable[str]) -> Iterator[Run]:
    """The runs of a statement's concepts, in order; none for no concepts."""
    run: list[list[str]] = []
    for word in concepts:
        if word in BOUNDS:
            yield from _closed(run)
            run = []
        elif word == "'s":  # "the man's hat" is "hat of the man"
            yield from _closed([["of"], *run] if run else [])
            run = []
        elif word in HEADS or word in LINKS:
            if run and run[0] != ["not"]:
                yield from _closed(run)
                run = []
            run = [*run, [word], []]
        elif word == "a":
            run = [*run, []] if run else run
        elif run:
            run[-1].append(word)
        else:
            run = [[word]]
    yield from _closed(run)


def _closed(run: list[list[str]]) -> Iterator[Run]:
    kept = tuple(tuple(chunk) for chunk in run if chunk)
    if kept:
        yield kept


@cache
def modifiers() -> frozenset[str]:
    """Words that qualify another and may stand in any order before it."""
    kinds = ("color", "pattern", "material", "size", "emotion", "adjective")
    return frozenset(word for kind in kinds for word in words_of_kind(kind))


def free(run: Run) -> Run:
    """A run in which the order of adjectives does not count."""
    if not any(word in modifiers() for chunk in run for word in chunk):
        return run
    return tuple(
        tuple(sorted(word for word in chunk if word in modifiers()))
        + tuple(word for word in chunk if word not in modifiers())
        for chunk in run
    )


TURNED = {"contain": "inside", "right of": "left of", "under": "above", "behind": "in front of"}
EVEN = frozenset({"next to", "far from"})
RELATIONS = frozenset(TURNED) | frozenset(TURNED.values()) | EVEN


def related(runs: tuple[Run, ...]) -> tuple[object, ...]:
    """A statement of two things' places read one way round: "A is right of B" as "B is left of A"."""
    if len(runs) != 2:
        return runs
    places = [place for place, run in enumerate(runs) if len(run) == 2 and run[0][0] in RELATIONS]
    if len(places) != 1:
        return runs
    (relation, *_), thing = runs[places[0]]
    subject = tuple(word for chunk in runs[1 - places[0]] for word in chunk)
    if relation in EVEN:
        return (relation, *sorted([subject, thing]))
    return (TURNED[relation], thing, subject) if relation in TURNED else (relation, subject, thing)
