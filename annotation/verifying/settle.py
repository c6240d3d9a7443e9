"""What people's verdicts come to, pair by pair."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from annotation.assigning import Assignment, read_assignments
from annotation.at_hand import AtHand
from annotation.consensus import ConsensusResult, Method, consensus
from annotation.gold import broken_ids, known_labels
from annotation.pulling.log import read_verdicts
from annotation.settings import AnnotateSettings
from annotation.verdict import Verdict
from annotation.verifying.corrections import Check, Corrections, corrected_labels, corrections, unchecked
from annotation.votes import Label, Vote, current, votes_of
from schemas.ledger import Drop
from schemas.pair import Pair


@dataclass
class Settled:
    """What verdicts come to.

    ``verified`` and ``rejected`` are settled; ``disputed`` want somebody trusted; ``pending`` are not judged by all
    who were asked yet.
    """

    verdicts: list[Verdict]
    votes: list[Vote]
    pairs: dict[str, Pair]
    result: ConsensusResult
    gold: dict[str, Label]
    corrections: Corrections
    trusted: frozenset[str] = frozenset()
    """Pairs on which somebody trusted has the word: solved gold and adjudicated pairs."""
    verified: list[str] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    disputed: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)

    def said_of(self, pair_id: str) -> str:
        """What was said of a pair, for an adjudicator: judgements, answers, faults and comments, a line each."""
        return "\n".join(_told(one) for one in self.verdicts if one.pair_id == pair_id and one.mode != "adjudicate")


def settle(hand: AtHand, settings: AnnotateSettings, check: Check = unchecked) -> Settled:
    """Settle all pairs that have verdicts.

    A pair is verified when all who were asked have judged it, the consensus is that it is right, and somebody accepted
    it; what they do not agree on, and the consensus leaves below ``confidence``, is disputed until somebody trusted
    has judged it. Pairs broken on purpose measure annotators, and come out in no list.

    Args:
        hand: The run's pairs.
        settings: Consensus method, confidence, owner.
        check: The filters that corrections pass.
    """
    broken = broken_ids(hand.gold)
    verdicts = current(read_verdicts(hand.run.path))
    pairs = hand.by_id({one.pair_id for one in verdicts} | {one.pair_id for one in hand.gold})
    made = corrections(verdicts, pairs, broken, check)
    gold = known_labels(hand.gold)
    owner = settings.owner.lower()
    votes = [one for one in votes_of(verdicts, pairs) if one.annotator != owner or one.pair_id not in gold]
    method: Method = settings.consensus
    found = consensus([*votes, *made.votes], gold, method)
    made.drops += corrected_labels(made, {one: found.by_pair[one].label for one in found.by_pair})
    votes = [*votes, *made.votes]
    settled = Settled(
        verdicts=verdicts,
        votes=votes,
        pairs={**pairs, **made.pairs},
        result=consensus(votes, gold, method),
        gold=gold,
        corrections=made,
        trusted=frozenset(gold) | {one.pair_id for one in votes if one.mode == "adjudicate" and one.label},
        drops=list(made.drops),
    )
    _sort(settled, broken, read_assignments(hand.run), settings)
    return settled


def _sort(settled: Settled, broken: frozenset[str], assignments: list[Assignment], settings: AnnotateSettings) -> None:
    asked = Counter(one.pair_id for one in assignments if one.mode != "adjudicate" and not one.gold)
    judged: dict[str, list[Vote]] = defaultdict(list)
    for vote in settled.votes:
        judged[vote.pair_id].append(vote)
    for pair_id, label in settled.gold.items():
        if pair_id not in broken:
            (settled.verified if label == "valid" else settled.rejected).append(pair_id)
    for pair_id, votes in sorted(judged.items()):
        if pair_id in settled.gold or pair_id in broken:
            continue
        settled_by = _place(settled, pair_id, votes, asked[pair_id], settings)
        getattr(settled, settled_by).append(pair_id)
    for one in settled.rejected:
        settled.drops.append(_rejection(settled, one))


def _place(settled: Settled, pair_id: str, votes: list[Vote], asked: int, settings: AnnotateSettings) -> str:
    found = settled.result.by_pair.get(pair_id)
    label = found.label if found else None
    if pair_id in settled.trusted:
        return "verified" if label == "valid" else "rejected"
    if len(votes) < asked:
        return "pending"
    accepted = sum(one.label == "valid" for one in votes)
    unsettled = found is None or label is None or (not found.unanimous and found.confidence < settings.confidence)
    if unsettled or ((label == "valid") != bool(accepted) and found is not None and found.unanimous):
        return "disputed"
    return "verified" if label == "valid" else "rejected"


def _rejection(settled: Settled, pair_id: str) -> Drop:
    faults = Counter(fault for one in settled.verdicts if one.pair_id == pair_id for fault in one.faults)
    fixed = next((new for new, pair in settled.corrections.pairs.items() if pair.corrected_from == pair_id), None)
    found = settled.result.by_pair.get(pair_id)
    return Drop(
        "corrected-by-people" if fixed else "rejected-by-people",
        pair_id=pair_id,
        category=settled.pairs[pair_id].category if pair_id in settled.pairs else None,
        detail=", ".join(f"{fault} ({number})" for fault, number in sorted(faults.items())) or None,
        score=found.confidence if found else None,
        lost_to=fixed,
    )


def _told(one: Verdict) -> str:
    if one.mode == "blind":
        said = f"answered {one.positive} and {one.negative}"
    else:
        said = " ".join([str(one.judgement), *(f"({fault.replace('-', ' ')})" for fault in one.faults)])
    return f"{said}: {one.comment[:200]}" if one.comment else said
