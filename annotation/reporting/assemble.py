"""From verdicts to a report."""

from collections import Counter
from collections.abc import Iterable, Mapping

from annotation.agreement import agree, by_category
from annotation.consensus import ConsensusResult, Method, adjudicated, consensus
from annotation.reporting.disagreement import disagreements
from annotation.reporting.record import Acceptance, Decided, Report
from annotation.standing import standings
from annotation.verdict import Verdict
from annotation.votes import Label, current, votes_of
from evaluation.statistics import wilson
from schemas.pair import Pair


def report(
    verdicts: Iterable[Verdict],
    pairs: Mapping[str, Pair],
    gold: Mapping[str, Label],
    *,
    method: Method = "dawid-skene",
    confidence: float = 0.8,
    seed: int = 0,
) -> Report:
    """Put together what people's verdicts say.

    Args:
        verdicts: As read: old versions, withdrawn ones, and those on pairs that are not given play no part. Without
            any, the report is of nothing.
        pairs: By id, gold among them.
        gold: The truth of gold pairs.
        method: How votes come to a consensus.
        confidence: Below it the consensus settles no disagreement, in [0, 1].
        seed: Of the intervals of agreement.
    """
    standing = [one for one in current(verdicts) if one.pair_id in pairs]
    votes = votes_of(standing, pairs)
    result = consensus(votes, gold, method)
    plain = [one for one in votes if one.pair_id not in gold]
    categories = {one.pair_id: pairs[one.pair_id].category for one in plain}
    faults = _faults((one for one in standing if one.pair_id not in gold), categories)
    return Report(
        annotators=tuple(standings(standing, votes, gold, result).values()),
        agreement=agree(plain, seed=seed),
        agreement_by_category=by_category(plain, categories, seed=seed),
        faults=_ranked(sum(faults.values(), Counter[str]())),
        faults_by_category={name: _ranked(faults[name]) for name in sorted(faults)},
        decided=_decided(result, categories, method),
        acceptance=_acceptance(result, categories),
        disagreements=disagreements(plain, categories, result, adjudicated(plain), confidence=confidence),
        comments=sum(bool(one.comment.strip()) for one in standing),
    )


def _faults(verdicts: Iterable[Verdict], categories: Mapping[str, str]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for one in verdicts:
        for fault in sorted(set(one.faults)):
            found.setdefault(categories[one.pair_id], Counter())[fault] += 1
    return found


def _ranked(counts: Counter[str]) -> dict[str, int]:
    """The most frequent first, in alphabetical order where they are equal."""
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _decided(result: ConsensusResult, categories: Mapping[str, str], method: Method) -> Decided:
    labels = Counter(result.by_pair[pair_id].label for pair_id in categories)
    return Decided(
        valid=labels["valid"],
        invalid=labels["invalid"],
        open=labels[None],
        prior=result.prior,
        method=method,
        converged=result.converged,
    )


def _acceptance(result: ConsensusResult, categories: Mapping[str, str]) -> dict[str, Acceptance]:
    labels: dict[str, list[bool]] = {}
    for pair_id, category in categories.items():
        label = result.by_pair[pair_id].label
        labels.setdefault(category, []).extend([] if label is None else [label == "valid"])
    return {
        name: Acceptance(sum(said), len(said), wilson(sum(said), len(said))) for name, said in sorted(labels.items())
    }
