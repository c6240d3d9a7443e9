"""What people's verdicts come to, pair by pair."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from annotation.assigning import Assignment, read_assignments
from annotation.at_hand import AtHand
from annotation.consensus import ConsensusResult, consensus
from annotation.gold import broken_ids, known_labels
from annotation.pulling.log import read_verdicts
from annotation.roster import read_leavers
from annotation.settings import AnnotateSettings
from annotation.standing import standings
from annotation.verdict import Verdict
from annotation.verifying.corrections import Check, Corrections, corrections, take_back, unchecked
from annotation.votes import Label, Vote, current, votes_of
from schemas.ledger import Drop
from schemas.pair import Pair
from schemas.verified import CORRECTED, REJECTED

Place = Literal["verified", "rejected", "disputed", "pending"]


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
    doubtful: frozenset[str] = frozenset()
    """Annotators whom the report names: nothing is verified or rejected on their word alone."""
    lacking: dict[str, int] = field(default_factory=dict)
    """Pairs that want more judges than were asked, and how many: theirs have left, or are doubtful."""
    drops: list[Drop] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many pairs there are of each outcome; those that lack a judge are among the pending."""
        return {
            "verified": len(self.verified),
            "rejected": len(self.rejected),
            "disputed": len(self.disputed),
            "pending": len(self.pending),
            "lacking a judge": len(self.lacking),
            "corrections": len(self.corrections.pairs),
        }

    def said_of(self, pair_id: str) -> str:
        """What was said of a pair, for an adjudicator: judgements, answers, faults and comments, a line each."""
        return "\n".join(_told(one) for one in self.verdicts if one.pair_id == pair_id and one.mode != "adjudicate")


def settle(hand: AtHand, settings: AnnotateSettings, check: Check = unchecked) -> Settled:
    """Settle all pairs that have verdicts.

    A pair is verified when all who were asked have judged it, the consensus is that it is right, and somebody accepted
    it; what they do not agree on, and the consensus leaves below ``confidence``, is disputed until somebody trusted
    has judged it. Whom the report names settles nothing alone: such pairs lack judges until somebody else has judged
    them. A correction has its author's vote, and is settled once what it was made of is rejected. Pairs
    broken on purpose measure annotators, and come out in no list.

    What comes out depends on the verdicts, and not on what was settled before.

    Args:
        hand: The run's pairs.
        settings: Consensus method, confidence, owner.
        check: The filters that corrections pass.
    """
    hand = replace(hand, corrections={})  # they are made anew: their authors may have thought better of it
    broken, gold = broken_ids(hand.gold), known_labels(hand.gold)
    wrong = broken | {one for one, label in gold.items() if label == "invalid"}
    verdicts = current(read_verdicts(hand.run.path))
    pairs = hand.by_id({one.pair_id for one in verdicts} | {one.pair_id for one in hand.gold})
    made = corrections(verdicts, pairs, hand.by_id, broken=broken, wrong=wrong, check=check)
    pairs |= hand.by_id(made.sources.keys() - made.pairs.keys())

    def voted() -> list[Vote]:
        direct = votes_of(verdicts, {**made.pairs, **pairs})
        return [one for one in _with_authors(direct, made) if _counts(one, settings.owner.lower(), gold, broken)]

    votes = voted()
    result = consensus(votes, gold, settings.consensus)
    if take_back(made, {one: found.label for one, found in result.by_pair.items()}):
        votes = voted()
        result = consensus(votes, gold, settings.consensus)
    settled = Settled(
        verdicts=verdicts,
        votes=votes,
        pairs={**made.pairs, **pairs},
        result=result,
        gold=gold,
        corrections=made,
        trusted=frozenset(gold) | {one.pair_id for one in votes if one.mode == "adjudicate" and one.label},
        drops=list(made.drops),
        doubtful=_doubtful(verdicts, votes, gold, result) - {settings.owner.lower()},
    )
    assignments = [
        one for one in read_assignments(hand.run) if one.mode != "adjudicate" and not one.gold and not one.solving
    ]
    left = read_leavers(hand.run.path)
    settled.lacking = _lacking(settled, assignments, left)
    _sort(settled, broken, [one for one in assignments if one.annotator not in left], settings)
    return settled


def _with_authors(direct: list[Vote], made: Corrections) -> list[Vote]:
    """All votes; what somebody says of a pair itself goes before what they say by a fix of another."""
    said = {(one.pair_id, one.annotator) for one in direct}
    implied = [one for one in made.votes if one.mode == "adjudicate" or (one.pair_id, one.annotator) not in said]
    return [*implied, *direct]


def _counts(vote: Vote, owner: str, gold: Mapping[str, Label], broken: Collection[str]) -> bool:
    """The owner made the gold, and a broken pair tells nothing once its base is found wrong."""
    if vote.pair_id in gold:
        return vote.annotator != owner
    return vote.pair_id not in broken


def _doubtful(
    verdicts: list[Verdict], votes: list[Vote], gold: Mapping[str, Label], result: ConsensusResult
) -> frozenset[str]:
    return frozenset(one for one, found in standings(verdicts, votes, gold, result).items() if found.flags)


def _lacking(settled: Settled, assignments: list[Assignment], left: Collection[str]) -> dict[str, int]:
    """How many judges each pair still wants beyond those who are yet to judge it.

    Doubtful ones who have judged it are not counted; a benchmark pair wants as many others as it was dealt to at first,
    any other wants one.
    """
    asked: dict[str, set[str]] = defaultdict(set)
    wanted: dict[str, int] = {}
    for one in assignments:
        asked[one.pair_id].add(one.annotator)
        wanted[one.pair_id] = one.judges
    judged: dict[str, set[str]] = defaultdict(set)
    for vote in settled.votes:
        judged[vote.pair_id].add(vote.annotator)
    lacking = {}
    for pair_id, people in asked.items():
        if pair_id in settled.trusted:
            continue
        sound = len(judged[pair_id] - settled.doubtful)
        waiting = sum(one not in judged[pair_id] and one not in left for one in people)
        missing = wanted[pair_id] - sound - waiting
        if missing > 0:
            lacking[pair_id] = missing
    return lacking


def _sort(settled: Settled, broken: frozenset[str], assignments: list[Assignment], settings: AnnotateSettings) -> None:
    asked: dict[str, set[str]] = defaultdict(set)
    for one in assignments:
        asked[one.pair_id].add(one.annotator)
    judged: dict[str, list[Vote]] = defaultdict(list)
    for vote in settled.votes:
        judged[vote.pair_id].append(vote)
    placed: dict[str, Place] = {
        one: "verified" if label == "valid" else "rejected" for one, label in settled.gold.items() if one not in broken
    }
    for pair_id, votes in judged.items():
        if pair_id not in settled.gold and pair_id not in broken:
            placed[pair_id] = _place(settled, pair_id, votes, asked[pair_id], settings)
    for pair_id in _waiting(settled, placed, judged):
        placed[pair_id] = "pending"
    for pair_id, place in sorted(placed.items()):
        getattr(settled, place).append(pair_id)
    for pair_id in settled.rejected:
        settled.drops.append(_rejection(settled, pair_id))


def _place(settled: Settled, pair_id: str, votes: list[Vote], asked: set[str], settings: AnnotateSettings) -> Place:
    found = settled.result.by_pair.get(pair_id)
    label = found.label if found else None
    if pair_id in settled.trusted:
        return "verified" if label == "valid" else "rejected"
    if asked - {one.annotator for one in votes if one.mode != "adjudicate"} or pair_id in settled.lacking:
        return "pending"
    if all(one.annotator in settled.doubtful for one in votes):
        return "pending"
    accepted = any(one.label == "valid" for one in votes)
    unsettled = found is None or label is None or (not found.unanimous and found.confidence < settings.confidence)
    if unsettled or ((label == "valid") != accepted and found is not None and found.unanimous):
        return "disputed"
    return "verified" if label == "valid" else "rejected"


def _waiting(settled: Settled, placed: Mapping[str, Place], judged: Mapping[str, list[Vote]]) -> list[str]:
    """Corrections that would be verified, while none of the pairs they were made of is rejected yet.

    So is a pair that the run had already, as long as it has no votes but those of fixes that would make it.
    """
    made = settled.corrections
    rejected = {one for one, place in placed.items() if place == "rejected"}
    given_up = rejected - made.pairs.keys()
    while more := {one for one in rejected - given_up if given_up.intersection(made.sources[one])}:
        given_up |= more
    return [
        new
        for new, sources in made.sources.items()
        if placed.get(new) == "verified"
        and new not in settled.trusted
        and not given_up.intersection(sources)
        and (new in made.pairs or {one.annotator for one in judged[new]} <= set(made.authors[new]))
    ]


def _rejection(settled: Settled, pair_id: str) -> Drop:
    faults = Counter(fault for one in settled.verdicts if one.pair_id == pair_id for fault in one.faults)
    fixed = next((new for new, sources in settled.corrections.sources.items() if pair_id in sources), None)
    found = settled.result.by_pair.get(pair_id)
    return Drop(
        CORRECTED if fixed else REJECTED,
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
