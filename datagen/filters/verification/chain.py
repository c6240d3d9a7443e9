"""What a verifier is asked about one pair, and when no more needs to be asked.

Of three votes the third is asked for only where the first two differ, and nothing more once something is held
against the pair: the cheapest thing about a bad pair is to stop.
"""

from collections.abc import Generator, Sequence

from datagen.filters.verification.polls import Answering, Judging, Poll, Subject
from datagen.filters.verification.votes import AGREE, KEY, Ballot, Step, finding, majority, settled
from mllm import Chain, Outcome, Request

POLLS: tuple[Poll, ...] = (Answering("positive"), Answering("negative"), Judging())
BLIND_POLLS = Answering("positive", blind=True), Answering("negative", blind=True)
UNANSWERED = "no-usable-reply"


class _NoVotes(Exception):
    """The pair cannot be voted on; says why."""


def ballot_on(subject: Subject, verifier: str) -> Chain[Ballot]:
    """Ask one verifier about one pair: both halves with the image, then a judgement, then both halves blind."""
    pair_id, votes = subject.pair.pair_id, dict[Step, list[str]]()
    try:
        for poll in POLLS:
            yield from _voted(poll, subject, votes)
            if finding(votes):
                return Ballot(pair_id, verifier, votes)
        positive, negative = BLIND_POLLS
        yield from _voted(positive, subject, votes)
        if majority(votes["blind_positive"]) == KEY:
            yield from _voted(negative, subject, votes)
    except _NoVotes as error:
        return Ballot(pair_id, verifier, missing=str(error))
    return Ballot(pair_id, verifier, votes)


def _voted(
    poll: Poll, subject: Subject, votes: dict[Step, list[str]]
) -> Generator[Sequence[Request], Sequence[Outcome], None]:
    """Put a question to two votes, and to a third where they differ.

    Raises:
        _NoVotes: A vote was not given, or none of them can be read.
    """
    cast: dict[Step, list[str]] = {}
    numbers: Sequence[int] = range(AGREE)
    read = False
    while numbers:
        outcomes = yield [poll.request(subject, number) for number in numbers]
        for number, outcome in zip(numbers, outcomes, strict=True):
            if (why := _missing(outcome)) is not None:
                raise _NoVotes(why)
            read = read or outcome.status == "ok"
            for step, word in poll.read(outcome, subject, number).items():
                cast.setdefault(step, []).append(word)
        numbers = () if all(map(settled, cast.values())) else (numbers[-1] + 1,)
    if not read:
        raise _NoVotes(UNANSWERED)
    votes.update(cast)


def _missing(outcome: Outcome) -> str | None:
    """Why an outcome is no vote at all; a refusal and a malformed reply are votes for nothing."""
    if outcome.detail == "may-not-leave":
        return "may-not-leave"
    return {"failed": "no-reply", "unasked": outcome.detail}.get(outcome.status)
