"""The parts of a pair's score. Each is in [0, 1], 1 being best, and NaN where it was not measured.

Each is a plain reason to prefer one pair to another, not a measurement of truth: what is wrong for certain the
filters have dropped before.
"""

from collections.abc import Callable, Mapping

import numpy as np

from datagen.filters.verification.decision import Verification, ballots_in
from datagen.filters.verification.votes import finding
from datagen.select.stored import Floats, Halves, Stored, words

LONG_OPTION = 15  # words
QUOTED = 6.0  # words of a caption that make a quotation
SHARPNESS = 100.0  # inverse temperature of a contrastive image-text model
_CONFIRMING = (None, "leaks-blind")  # a leak says nothing against the key, and is a part of its own

Part = Callable[[Stored], Floats]


def confirmed(pairs: Stored) -> Floats:
    """Share of the verifiers that voted and hold nothing against the pair's key, premise or options.

    Null where no verifier voted. Together with :func:`dividing` it tells a hard pair from a wrong one.
    """
    found = np.full(len(pairs), np.nan)
    names = [f"{Verification.name}.{column}" for column in Verification.columns]
    if not set(names) <= set(pairs.table.column_names):
        return found
    asked = np.flatnonzero(pairs.table[names[0]].is_valid().to_numpy())
    votes = pairs.table.select(["pair_id", *names]).rename_columns(["pair_id", *Verification.columns]).take(asked)
    rows = [place for place, verifiers in zip(asked, votes["verifiers"].to_pylist(), strict=True) if verifiers]
    for place, ballots in zip(rows, ballots_in(votes), strict=True):
        given = [finding(one.votes) in _CONFIRMING for one in ballots if one.missing is None]
        if given:
            found[place] = sum(given) / len(given)
    return found


def dividing(pairs: Stored) -> Floats:
    """Whether models divide on it: ``4 d (1 - d)`` of the stored difficulty d, 1 where half of the answers are wrong.

    That is the variance of a right-or-wrong item, scaled to 1: an item that all or none get right tells no two
    models apart (classical test theory; Lord and Novick 1968). One that none get right with the image is
    moreover likelier wrong than hard.
    """
    difficulty = pairs.score("difficulty.difficulty")
    return 4 * difficulty * (1 - difficulty)


def blind(pairs: Stored) -> Floats:
    """How little a model that sees no image answers right: 1 at chance or below, falling to 0 if it is always right.

    Source: MMStar (arXiv 2403.20330) drops what text-only models answer; ranking needs the degrees too.
    """
    answered = pairs.score("difficulty.blind")
    chance = np.mean([1 / half.count for half in pairs.halves], axis=0)
    return _not_above(answered, chance)


def grounded(pairs: Stored) -> Floats:
    """The image-text model's probability of the fact against the premise, of false-premise pairs.

    That is the logistic function of the two cosines' difference times 100, the inverse temperature that CLIP learns
    and is clipped at (arXiv 2103.00020, section 2.5); SigLIP's is close to it.
    """
    margin = pairs.score("grounding.fact") - pairs.score("grounding.premise")
    return _false_premise_only(pairs, 1 / (1 + np.exp(-SHARPNESS * margin)))


def balance(pairs: Stored) -> Floats:
    """Whether the right option's length stands out: the shorter of it and the wrong ones' mean over the longer.

    In characters; of the half where it stands out more. In MMR's benchmark the longest option alone is right in
    38-40 % of the leading and 30 % of the plain questions, where chance is 25 %.
    """
    return _weaker(*map(_length_ratio, pairs.halves))


def overlap(pairs: Stored) -> Floats:
    """Whether picking the option made of most words of the question finds the right one more often than chance.

    1 if it does not, 0 if it always does; of the half where it does more. In MMR's benchmark it is right in 41 % of
    the plain questions. The leading question of a true-premise pair is not looked at: there the right option agrees
    with the question, and repeats it by construction.
    """
    positive, negative = map(_overlap_misses, pairs.halves)
    return _weaker(positive, np.where(pairs.is_kind("true-premise"), np.nan, negative))


def plausible(pairs: Stored) -> Floats:
    """How close the false premise is to the fact: the words that both say, as a share of those of the longer.

    A small change can be believed: MMR-data asks for a changed fact that looks like the true one (arXiv
    2406.10638); words stand in for looks. Of false-premise pairs that state both.
    """
    stated = zip(map(words, pairs.texts("fact")), map(words, pairs.texts("premise")), strict=True)
    shared = [len(fact & other) / max(len(fact), len(other)) if fact and other else np.nan for fact, other in stated]
    return _false_premise_only(pairs, np.array(shared, dtype=np.float64))


def distinct(pairs: Stored) -> Floats:
    """How clearly the options differ: 1 less the similarity of the two that are closest."""
    return 1 - pairs.score("option_similarity.closest")


def uncopied(pairs: Stored) -> Floats:
    """How little the texts quote a caption: 1 less the share of it copied (LRV-Instruction's caption-quoting answers).

    Of a caption of fewer than 6 words the share counts for as many sixths less: "a red car" is no quotation.
    """
    length = np.nan_to_num(pairs.score("caption_copying.words"), nan=QUOTED)
    quoted: Floats = pairs.score("caption_copying.copied") * np.minimum(1, length / QUOTED)
    return 1 - quoted


def brief(pairs: Stored) -> Floats:
    """Whether the longest option has at most 15 words, as MMR-data asks for; 15 / words where it has more."""
    return np.minimum(1, LONG_OPTION / np.maximum(pairs.score("structure.option_words"), 1))


PARTS: Mapping[str, Part] = {
    part.__name__: part
    for part in (
        confirmed, dividing, blind, grounded, balance, overlap, plausible, distinct, uncopied, brief,
    )
}  # fmt: skip


def _length_ratio(half: Halves) -> Floats:
    if not len(half.questions):
        return np.zeros(0)
    lengths = np.array([len(text) for text in half.options], dtype=np.float64)
    right = lengths[half.right]
    others = half.count - 1
    with np.errstate(invalid="ignore"):  # an open question has no wrong options
        wrong = (np.add.reduceat(lengths, half.starts[:-1]) - right) / others
    return np.where(others > 0, np.minimum(right, wrong) / np.maximum(right, wrong), np.nan)


def _overlap_misses(half: Halves) -> Floats:
    if not len(half.questions):
        return np.zeros(0)
    shares = []
    for question, options in half.per_pair():
        asked = words(question)
        shares += [len(asked & said) / len(said) if said else 0.0 for said in map(words, options)]
    values = np.array(shares)
    top = np.maximum.reduceat(values, half.starts[:-1])
    tied = np.add.reduceat(values == np.repeat(top, half.count), half.starts[:-1], dtype=np.float64)
    return _not_above(np.where(values[half.right] == top, 1 / tied, 0), 1 / half.count)


def _not_above(rate: Floats, chance: Floats) -> Floats:
    """1 where a rate of right answers is at chance or below, falling to 0 at 1; NaN where there is no choice."""
    room = np.where(chance < 1, 1 - chance, np.nan)
    missed: Floats = 1 - np.maximum(0, rate - chance) / room
    return missed


def _weaker(positive: Floats, negative: Floats) -> Floats:
    """The lower of both halves, for a pair is as good as its weaker one; where one was not measured, the other."""
    lower: Floats = np.fmin(positive, negative)
    return lower


def _false_premise_only(pairs: Stored, values: Floats) -> Floats:
    return np.where(pairs.is_kind("false-premise"), values, np.nan)
