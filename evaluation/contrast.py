"""Figures of contrast pairs, as NaturalBench and POPE give them."""

from collections.abc import Iterable, Sequence

from evaluation.metrics import Outcome
from evaluation.pairing import ScoredPair
from evaluation.scores import ContrastScores, Reading, Scorer
from evaluation.statistics import bootstrap


def contrast_scores(pairs: Sequence[ScoredPair], scorer: Scorer, *, seed: int = 0) -> ContrastScores | None:
    """The figures of contrast pairs; None without any. The interval is a bootstrap over images."""
    if not pairs:
        return None
    readings = [one for pair in pairs for one in pair.readings]
    groups: dict[str, list[Reading]] = {}
    for pair in pairs:
        groups.setdefault(pair.group, []).extend(pair.readings)
    groups.pop("", None)
    of_image = [
        [one for one in group if one.image == image]
        for group in groups.values()
        for image in dict.fromkeys(one.image for one in group)
    ]
    outcomes = [pair.outcome for pair in pairs]
    right = [one.right(scorer) for one in readings]
    return ContrastScores(
        pairs=len(pairs),
        both=outcomes.count(Outcome.RIGHT_RIGHT) / len(pairs),
        both_ci=bootstrap([pair.image for pair in pairs], outcomes, seed=seed).ra,
        right=sum(right) / len(right),
        images=_all_right(of_image, scorer),
        groups=_all_right(groups.values(), scorer),
        unread=sum(one.letter(scorer) is None for one in readings),
        **_of_yes(readings, scorer),
    )


def _all_right(groups: Iterable[Sequence[Reading]], scorer: Scorer) -> float | None:
    found = [all(one.right(scorer) for one in group) for group in groups]
    return sum(found) / len(found) if found else None


def _of_yes(readings: Sequence[Reading], scorer: Scorer) -> dict[str, float | None]:
    """Precision, recall, F1 and share of "yes" (letter A), where every question is of yes and no; else nothing."""
    if any(not one.yes_no for one in readings):
        return {}
    said = [one.letter(scorer) == "A" for one in readings]
    true = [one.gold == "A" for one in readings]
    hits = sum(one and other for one, other in zip(said, true, strict=True))
    precision = hits / sum(said) if any(said) else None
    recall = hits / sum(true) if any(true) else None
    f1 = 2 * precision * recall / (precision + recall) if precision and recall else 0.0 if any(true) else None
    return {"precision": precision, "recall": recall, "f1": f1, "yes": sum(said) / len(said)}
