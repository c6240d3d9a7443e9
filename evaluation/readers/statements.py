"""What a reply says of the options, in order: commitments, rejections, hedges and changes of mind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from evaluation.readers.clauses import Clause, Sentence, Stance, sentences, stance_of
from evaluation.readers.labels import Label, Verdict, find_labels
from evaluation.readers.option_text import Texts, part_of_one
from evaluation.readers.vocabulary import Role
from evaluation.readers.wording import Token

EventKind = Literal["commit", "reject", "hedge", "hard turn", "soft turn"]
_DENY = frozenset({Role.NOT, Role.WRONG})


@dataclass(frozen=True, slots=True)
class Event:
    """One thing said. ``strength``: 3 declared final, 2 stated, 1 leaned to. ``by_text``: not by letter."""

    kind: EventKind
    letters: frozenset[str] = frozenset()
    strength: int = 0
    by_text: bool = False


def events_of(tokens: Sequence[Token], texts: Texts) -> list[Event]:
    """All events of a tokenised reply, in order; ``texts`` are the options' words."""
    silenced, spoken = _labels(tokens, texts)
    events: list[Event] = []
    for sentence in sentences(tokens):
        events += _of_sentence(sentence, silenced, spoken)
    return events


def _labels(tokens: Sequence[Token], texts: Texts) -> tuple[frozenset[int], dict[int, Event]]:
    """Labels that commit to nothing, and events of the others, both by where the letter starts.

    A label alone is an answer. Of several, none is, unless the text after it gives a verdict, or all
    others are rejected.
    """
    labels = find_labels(tokens, texts)
    starts = {label.place: tokens[label.place].start for label in labels}
    letters = {label.letter for label in labels}
    rejected = {label.letter for label in labels if label.verdict is Verdict.WRONG}
    left = letters - rejected
    silenced: set[int] = set()
    spoken: dict[int, Event] = {}
    for label in labels:
        named = frozenset({label.letter})
        own = [token.start for token in label.tail if token.kind == "text" and named & token.letters]
        silenced |= set(own[:1])  # said together with its letter, it says nothing more
        if label.verdict is Verdict.WRONG:
            spoken[starts[label.place]] = Event("reject", named)
        elif _lists_more(label):
            silenced.add(starts[label.place])
        elif len(letters) == 1 or label.verdict is Verdict.RIGHT or (rejected and left == named):
            spoken[starts[label.place]] = Event(
                "commit", named if label.own else named | _text_at_once(label, texts), 2
            )
        else:
            silenced.add(starts[label.place])
    return frozenset(silenced), spoken


def _lists_more(label: Label) -> bool:
    """Whether the next letters follow in the label's own line: "(A) yellow (B) brown (C) green"."""
    said = False
    after = label.letter
    for token in label.tail:
        if token.kind != "letter":
            said = said or (token.role is not Role.AND)
        elif said and token.letters == {chr(ord(after) + 1)}:
            said, after = False, chr(ord(after) + 1)
        else:
            break
    return ord(after) - ord(label.letter) >= 2


def _text_at_once(label: Label, texts: Texts) -> frozenset[str]:
    """The option whose text, or good part of it, follows the label right away."""
    first = next((token for token in label.tail if token.role is not Role.FILL), None)
    if first is not None and first.kind == "text":
        return first.letters
    part = part_of_one(label.tail, texts)
    return frozenset({part} if part is not None else ())


def _of_sentence(sentence: Sentence, silenced: frozenset[int], spoken: dict[int, Event]) -> Iterator[Event]:
    doubted = denied = False
    for number, clause in enumerate(sentence.clauses):
        roles = clause.roles
        if Role.HARD_TURN in roles or Role.SOFT_TURN in roles:
            doubted = denied = False
            yield Event("hard turn" if Role.HARD_TURN in roles else "soft turn")
            continue
        if clause.opener in (Role.SO, Role.BUT):
            doubted = denied = False
        said = [role for role in roles if role is not Role.FILL]
        if said == [Role.NO]:
            yield Event("soft turn")
            continue
        named = [place for place, token in enumerate(clause.tokens) if token.kind in ("letter", "text")]
        for place in named:
            token = clause.tokens[place]
            if token.start in spoken:
                yield spoken[token.start]
            elif token.start not in silenced:
                yield from _of_token(sentence, number, place, doubted=doubted, denied=denied)
        if not any(clause.tokens[place].kind == "letter" for place in named):
            doubted = doubted or Role.IF in said
            denied = denied or (bool(said) and said[-1] in _DENY and not named)


def _of_token(sentence: Sentence, number: int, place: int, *, doubted: bool, denied: bool) -> Iterator[Event]:
    clause = sentence.clauses[number]
    token = clause.tokens[place]
    stance = stance_of(clause, place)
    by_text = token.kind == "text"
    if sentence.question and by_text:
        yield Event("hedge", token.letters, by_text=True)
    if sentence.question or stance is Stance.MENTIONED or not token.letters:
        return
    if stance is Stance.REJECTED or (denied and not by_text):
        yield Event("reject", token.letters, by_text=by_text)
    elif stance is Stance.HEDGED or doubted or denied:
        yield Event("hedge", token.letters, by_text=by_text)
    elif by_text and any(later.opener is Role.BUT for later in sentence.clauses[number + 1 :]):
        yield Event("hedge", token.letters, by_text=True)
    else:
        yield Event("commit", _with_text(clause, token), _strength(clause, place, stance), by_text)


def _with_text(clause: Clause, token: Token) -> frozenset[str]:
    """The letter, and the option whose text stands beside it if that is another one."""
    if token.kind == "text":
        return token.letters
    texts = [other.letters for other in clause.tokens if other.kind == "text"]
    others = frozenset().union(*(letters for letters in texts if not letters & token.letters))
    return token.letters | others


def _strength(clause: Clause, place: int, stance: Stance) -> int:
    before = [token.role for token in clause.tokens[:place]]
    if stance is Stance.STATED and Role.FINAL in before and (Role.ANSWER in before or Role.OPTION in before):
        return 3
    return stance.value
