"""Sentences and clauses of a tokenised reply, and what a clause says of the option it names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from evaluation.readers.vocabulary import COMPARING, DESCRIBES, DETERMINERS, POINTERS, SCENE, Role
from evaluation.readers.wording import Token

_FILLERS = frozenset({Role.FILL, Role.OPTION, Role.FINAL, Role.YES})
_HARMLESS_AFTER = _FILLERS | {Role.CHOOSE, Role.OPINE, Role.ANSWER, Role.NO}
_STATING = frozenset({Role.IS, Role.RIGHT, Role.CHOOSE, Role.OPINE, Role.SO, Role.YES, Role.ANSWER, Role.MATCH})
# After "B, A" these speak of A alone; else both letters are meant.
_SAYS_OF_LAST = frozenset({Role.IS, Role.NOT, Role.WRONG, Role.RIGHT, Role.MATCH})
_JOINING = frozenset({
    "or", "nor", "then", "versus", "o", "ou", "oder", "ni", "или", "或", "或者", "または", "또는", "أو", "या",
})  # fmt: skip
_MOST = 200  # words of a sentence: nobody's is longer, and what a model repeats without end is read in bounded time
LONG = 3  # words: shorter texts of options come up by chance
_NO_LEAD = frozenset({Role.NO, Role.YES, Role.SO, Role.FILL})


class Stance(Enum):
    """What a clause says of an option."""

    STATED = 2
    LEANED = 1
    REJECTED = -1
    HEDGED = -2
    MENTIONED = 0


@dataclass(frozen=True)
class Clause:
    """Tokens without marks, and the role of the word that led in to them, and that word."""

    tokens: tuple[Token, ...]
    opener: Role = Role.OTHER
    led_by: str = ""

    @cached_property
    def roles(self) -> list[Role]:
        """The role of each token."""
        return [token.role for token in self.tokens]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Clauses up to a full stop, question mark or line end."""

    clauses: tuple[Clause, ...]
    question: bool


def sentences(tokens: Sequence[Token]) -> Iterator[Sentence]:
    """Cut tokens into sentences; one without words is left out."""
    part: list[Token] = []
    for token in _grouped(tokens):
        if token.kind in ("end", "line"):
            if part:
                yield Sentence(tuple(_clauses(part[-_MOST:])), token.word == "?")
            part = []
        else:
            part.append(token)
    if part:
        yield Sentence(tuple(_clauses(part[-_MOST:])), question=False)


def _clauses(tokens: Sequence[Token]) -> Iterator[Clause]:
    part: list[Token] = []
    opener, word = Role.OTHER, ""
    for token in tokens:
        if token.role is Role.NOT_BUT:
            yield Clause((*part, token._replace(role=Role.NOT)), opener, word)
            part, opener, word = [], Role.BUT, token.word
        elif token.role in (Role.HARD_TURN, Role.SOFT_TURN):
            yield Clause(tuple(part), opener, word)
            yield Clause((token,))
            part, opener, word = [], Role.OTHER, ""
        elif token.role in (Role.SO, Role.BECAUSE, Role.BUT, Role.AND):
            yield Clause(tuple(part), opener, word)
            part, opener, word = [], token.role, token.word
        elif token.kind == "word" and token.word in "✓✗" and part and part[-1].kind == "letter":
            yield Clause((*part, token), opener, word)
            part, opener, word = [], Role.OTHER, ""
        elif token.kind == "mark" and token.word in ":=" and _leads_in(part):
            part.append(token._replace(kind="word", role=Role.IS))
        elif token.kind == "mark":
            if part:
                yield Clause(tuple(part), opener, word)
                opener, word = Role.OTHER, ""
            part = []
        else:
            part.append(token)
    if part:
        yield Clause(tuple(part), opener, word)


def _leads_in(part: Sequence[Token]) -> bool:
    """Whether a colon after these words says what they are: "the answer:", but not "B:" or "No:"."""
    return bool(part) and part[-1].kind == "word" and not {token.role for token in part} <= _NO_LEAD


def _grouped(tokens: Sequence[Token]) -> list[Token]:
    """Make one token of letters in a row: "A and B", "A/B", "A, C or D"; and of a letter said twice."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        if tokens[place].kind == "letter":
            end, joined = _group_end(tokens, place)
            letters = frozenset().union(*(one.letters for one in tokens[place : end + 1]))
            follows = tokens[end + 1] if end + 1 < len(tokens) else None
            if end > place and (joined or follows is None or follows.role not in _SAYS_OF_LAST):
                found.append(tokens[place]._replace(letters=letters, end=tokens[end].end))
                place = end + 1
                continue
        found.append(tokens[place])
        place += 1
    return found


def _group_end(tokens: Sequence[Token], place: int) -> tuple[int, bool]:
    """The last letter of a group, and whether a word or sign other than a comma joins it."""
    joined = False
    end = place
    while True:
        at = end + 1
        between: list[Token] = []
        while at < len(tokens) and at - end <= 3 and tokens[at].kind in ("mark", "word"):
            token = tokens[at]
            if token.word not in (",", "/", "&", "、", "،") and not _joins(token):
                break
            between.append(token)
            at += 1
        if at >= len(tokens) or tokens[at].kind != "letter":
            return end, joined
        if not between and tokens[at].letters != tokens[end].letters:
            return end, joined
        joined = joined or not between or any(token.word not in (",", "、", "،") for token in between)
        end = at


def _joins(token: Token) -> bool:
    return token.role is Role.AND or token.word in _JOINING


def stance_of(clause: Clause, place: int) -> Stance:
    """What a clause says of the option named by its token at ``place``."""
    left, right = clause.tokens[:place], clause.tokens[place + 1 :]
    around = [token.role for token in (*left, *right)]
    denials = sum(role in (Role.NOT, Role.WRONG) for role in around)
    denials += sum(role is Role.NO for role in around)
    if denials:
        return Stance.REJECTED if denials == 1 else Stance.HEDGED
    if Role.MAYBE in around or Role.IF in around:
        return Stance.HEDGED
    if clause.tokens[place].kind == "text":
        return _stance_of_text(clause, left, right)
    return _stance_of_letter(clause, clause.tokens[place], left, right)


def _stance_of_letter(clause: Clause, letter: Token, left: Sequence[Token], right: Sequence[Token]) -> Stance:
    before = [token for token in left if token.role not in _FILLERS and token.kind != "text"]
    after = [token for token in right if token.role not in _FILLERS and token.kind != "text"]
    ends = all(token.role in _HARMLESS_AFTER or token.kind == "text" for token in right)
    said_right = _says_right(after)
    if not before:
        if said_right is not Stance.MENTIONED:
            return said_right
        bare = ends or (not left and letter.letters != {"A"} and bool(right) and right[0].word in DETERMINERS)
        return Stance.STATED if bare and clause.opener is not Role.BECAUSE else Stance.MENTIONED
    last = before[-1].role
    answering = any(token.role is Role.ANSWER for token in before)
    verb_last = [token.role for token in after] == [Role.IS] and bool(before)  # as in Hindi
    ends = ends or (verb_last and before[-1].role in (Role.ANSWER, Role.RIGHT))
    plain = all(token.role in _STATING for token in before)
    if last is Role.IS and clause.led_by in COMPARING and not answering:  # "as is C"
        return Stance.MENTIONED
    if last is Role.IS and (answering or plain or _asks_option(left)):
        return Stance.STATED
    if last is Role.CHOOSE and plain:
        return Stance.STATED
    if last in (Role.ANSWER, Role.OPINE, Role.RIGHT) and plain:
        return said_right if said_right is not Stance.MENTIONED else Stance.STATED if ends else Stance.MENTIONED
    if last is Role.MATCH:
        return Stance.LEANED
    if letter.wrapped and not right and len(letter.letters) == 1 and clause.opener is not Role.BECAUSE:
        return Stance.MENTIONED if before[-1].word in POINTERS else Stance.LEANED
    if all(token.kind == "text" or token.role in _FILLERS for token in left) and ends:
        return Stance.STATED
    return Stance.MENTIONED


def _says_right(after: Sequence[Token]) -> Stance:
    """What the words after a letter say: "is correct", "is the answer", "fits best"."""
    roles = [token.role for token in after]
    if roles[:1] == [Role.IS]:
        roles = roles[1:]
    if roles[:1] == [Role.MATCH]:
        return Stance.LEANED
    if Role.RIGHT in roles and any(token.word in DESCRIBES for token in after[:2]):
        return Stance.LEANED
    if roles and roles[0] in (Role.RIGHT, Role.ANSWER) and all(role in _STATING for role in roles[:3]):
        following = [token for token in after if token.role is Role.OTHER]
        return (
            Stance.MENTIONED if following[:1] and following[0].word in ("about", "in", "regarding") else Stance.STATED
        )
    return Stance.MENTIONED


def _asks_option(left: Sequence[Token]) -> bool:
    """Whether the subject is an option and nothing in the picture: "the option that matches best is"."""
    return any(token.role is Role.OPTION for token in left) and any(
        token.role in (Role.RIGHT, Role.MATCH) for token in left
    )


def _stance_of_text(clause: Clause, left: Sequence[Token], right: Sequence[Token]) -> Stance:
    size = clause.tokens[len(left)].size
    if any(token.kind == "letter" for token in (*left, *right)):
        return Stance.MENTIONED
    if size == 1 and left and left[-1].role is Role.OPTION:  # "option 3" may be the third one, or 3
        return Stance.MENTIONED
    content = [token for token in (*left, *right) if token.role not in _FILLERS | _STATING]
    if not content and clause.opener is Role.AND:  # "Emma and The Trial"
        return Stance.HEDGED
    if not content and clause.opener is Role.BECAUSE:
        return Stance.LEANED if size >= LONG else Stance.MENTIONED
    if not content:
        return Stance.STATED
    if size >= LONG and all(token.word in SCENE for token in content):
        return Stance.LEANED
    return Stance.MENTIONED
