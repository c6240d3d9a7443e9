"""What a reply says of the options, in order: commitments, rejections, hedges and changes of mind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from evaluation.readers.clauses import LONG, Clause, Sentence, Stance, sentences, stance_of
from evaluation.readers.labels import Verdict, find_labels
from evaluation.readers.option_text import Texts
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
    other options are rejected.
    """
    labels = find_labels(tokens, texts)
    letters = {label.letter for label in labels}
    rejected = {label.letter for label in labels if label.verdict is Verdict.WRONG}
    silenced = {label.own_text for label in labels if label.own_text is not None}  # said with its letter already
    spoken: dict[int, Event] = {}
    for label in labels:
        named = frozenset({label.letter})
        alone = letters == named or (bool(rejected) and set(texts) - rejected == named)
        if label.verdict is Verdict.WRONG:
            spoken[label.start] = Event("reject", named)
        elif (alone or label.verdict is Verdict.RIGHT) and not label.lists_more:
            spoken[label.start] = Event("commit", named | label.contradicted_by, 2)
        else:
            silenced.add(label.start)
    return frozenset(silenced), spoken


def _of_sentence(sentence: Sentence, silenced: frozenset[int], spoken: dict[int, Event]) -> Iterator[Event]:
    doubted = denied = False
    in_passing: frozenset[str] = frozenset()
    for number, clause in enumerate(sentence.clauses):
        roles = clause.roles
        said = [role for role in roles if role is not Role.FILL]
        if Role.HARD_TURN in roles or Role.SOFT_TURN in roles:
            doubted = denied = False
            yield Event("hard turn" if Role.HARD_TURN in roles else "soft turn")
            continue
        if said == [Role.NO]:
            yield Event("soft turn")
            continue
        if clause.opener in (Role.SO, Role.BUT):
            doubted = denied = False
        if clause.opener is Role.AND and number and _opens_both(sentence.clauses[number - 1]):
            doubted = True
        named = [place for place, token in enumerate(clause.tokens) if token.kind in ("letter", "text")]
        for place in named:
            start = clause.tokens[place].start
            if start in spoken:
                yield spoken[start]
            elif start not in silenced:
                for event in _of_token(sentence, number, place, doubted=doubted, denied=denied):
                    yield _against(event, in_passing)
        in_passing |= _stated_in_passing(clause, named)
        if not any(clause.tokens[place].kind == "letter" for place in named):
            doubted = doubted or Role.IF in said
            opinion = Role.NOT in said and Role.OPINE in said  # "I do not think that …"
            denied = denied or (bool(said) and not named and (said[-1] in _DENY or opinion))


def _opens_both(clause: Clause) -> bool:
    """Whether it names the first of two: "both the maximum (C)"."""
    return any(token.word == "both" for token in clause.tokens)


def _goes_on_with_or(sentence: Sentence) -> bool:
    """Whether it takes back what was said before: "It's B … or A?"."""
    tokens = sentence.clauses[0].tokens if sentence.clauses else ()
    return len(tokens) > 1 and tokens[0].word == "or" and tokens[1].kind == "letter"


def _stated_in_passing(clause: Clause, named: Sequence[int]) -> frozenset[str]:
    """Options whose short text a clause states: "The total is 15"."""
    stated = frozenset[str]()
    for place in named:
        before = clause.roles[max(0, place - 3) : place]
        if clause.tokens[place].kind == "text" and Role.IS in before and stance_of(clause, place) is Stance.MENTIONED:
            stated |= clause.tokens[place].letters
    return stated


def _against(event: Event, stated: frozenset[str]) -> Event:
    """A commitment by letter, made doubtful where the sentence has stated another option's text before."""
    if event.kind != "commit" or event.by_text or not stated or stated & event.letters:
        return event
    return replace(event, letters=event.letters | stated)


def _of_token(sentence: Sentence, number: int, place: int, *, doubted: bool, denied: bool) -> Iterator[Event]:
    clause = sentence.clauses[number]
    token = clause.tokens[place]
    stance = stance_of(clause, place)
    by_text = token.kind == "text"
    if sentence.question and (by_text or _goes_on_with_or(sentence)):
        yield Event("hedge", token.letters, by_text=by_text)
    if sentence.question or stance is Stance.MENTIONED or not token.letters:
        return
    if stance is Stance.REJECTED or (denied and not by_text):
        yield Event("reject", token.letters, by_text=by_text)
    elif stance is Stance.HEDGED or doubted or denied or _weakened(sentence.clauses[number + 1 :], token):
        yield Event("hedge", token.letters, by_text=by_text)
    else:
        yield Event("commit", _with_text(clause, token), _strength(clause, place, stance), by_text)


def _weakened(later: Sequence[Clause], token: Token) -> bool:
    """Whether the rest of the sentence takes a statement half back: "B, perhaps", "two and a half"."""
    if any(set(clause.roles) - {Role.FILL} in ({Role.IF}, {Role.MAYBE}) for clause in later):
        return True
    if token.kind == "letter" or not later:
        return False
    return any(clause.opener is Role.BUT for clause in later) or (token.size < LONG and later[0].opener is Role.AND)


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
