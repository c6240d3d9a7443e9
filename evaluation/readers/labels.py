"""Labels: a letter at the start of a line with text after it, "B. The dog", and lists of such labels."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from evaluation.readers.option_text import Texts, normal_words
from evaluation.readers.partial_text import part_of_one
from evaluation.readers.vocabulary import Role
from evaluation.readers.wording import Token

_LEADS = frozenset({Role.OPTION, Role.FILL})


class Verdict(Enum):
    """What the text after a label says of the label."""

    RIGHT = 1
    WRONG = -1
    NONE = 0


@dataclass(frozen=True, slots=True)
class Label:
    """A letter with text after it, up to the next label or the line's end.

    Args:
        start: Where the letter stands in the text.
        letter: The letter.
        own_text: Where the option's own text stands after it; None where it does not, in full.
        contradicted_by: The option whose text, or a good part of it, follows instead.
        lists_more: The next letters follow in the same line: "(A) yellow (B) brown (C) green".
        verdict: What else is said of it.
    """

    start: int
    letter: str
    own_text: int | None
    contradicted_by: frozenset[str]
    lists_more: bool
    verdict: Verdict


def without_echo(tokens: Sequence[Token], letters: Sequence[str]) -> list[Token]:
    """Drop a run in which every option stands with its own text: the question's options said again."""
    runs: list[tuple[int, int]] = []
    start, seen = None, set[str]()
    for place, token in enumerate(tokens):
        if token.kind == "text" and token.letters:
            start = place if start is None else start
            seen |= token.letters
            if seen >= set(letters) and len(letters) > 1:
                runs.append((_back_over_label(tokens, start, letters), place))
                start, seen = None, set()
        elif token.kind == "word" and token.role not in _LEADS | {Role.AND, Role.MAYBE}:
            start, seen = None, set()
    dropped = {place for first, last in runs for place in range(first, last + 1)}
    return [
        token._replace(kind="line", word="\n", letters=frozenset()) if place in dropped else token
        for place, token in enumerate(tokens)
    ]


def _back_over_label(tokens: Sequence[Token], place: int, letters: Sequence[str]) -> int:
    first = place
    while first > 0 and tokens[first - 1].kind in ("mark", "end"):
        first -= 1
    if first > 0 and tokens[first - 1].kind == "letter" and tokens[first - 1].letters <= set(letters):
        return first - 1
    return place


def find_labels(tokens: Sequence[Token], texts: Texts) -> list[Label]:
    """All labels, in order: letters at the start of a line or sentence, marked or wrapped, with text after."""
    places = [place for place in range(len(tokens)) if _is_label(tokens, place)]
    labels = []
    for number, place in enumerate(places):
        last = places[number + 1] if number + 1 < len(places) else len(tokens)
        tail = list(tokens[place + 1 : last])
        line = next((at for at, token in enumerate(tail) if token.kind == "line"), len(tail))
        tail = [token for token in tail[:line] if token.kind in ("word", "letter", "text")]
        labels.append(_label(tokens[place], tail, texts))
    return labels


def _label(token: Token, tail: Sequence[Token], texts: Texts) -> Label:
    (letter,) = token.letters
    own_text = next((one.start for one in tail if one.kind == "text" and letter in one.letters), None)
    own = own_text is not None or _begins(tail, texts.get(letter, ()))
    return Label(
        start=token.start,
        letter=letter,
        own_text=own_text,
        contradicted_by=frozenset() if own else _text_at_once(tail, texts) - {letter},
        lists_more=_lists_more(letter, tail),
        verdict=_verdict(tail, own=own, whole=own_text is not None),
    )


def _is_label(tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    if token.kind != "letter" or len(token.letters) != 1:
        return False
    before = place - 1
    while before >= 0 and tokens[before].kind == "word" and tokens[before].role in _LEADS:
        before -= 1
    if (
        before >= 0
        and tokens[before].kind not in ("end", "line")
        and tokens[before].word != ";"
        and not _opens_list(tokens, before)
    ):
        return False
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if following is None or following.kind == "line":
        return False
    marked = following.word in (").", *").:-—–、") and following.kind in ("mark", "end")
    unmarked = following.kind == "text" or (token.wrapped and following.kind == "word")
    if not (marked or unmarked):
        return False
    after = tokens[place + 2] if marked and place + 2 < len(tokens) else following if not marked else None
    return after is not None and after.kind in ("word", "letter", "text", "mark")


def _opens_list(tokens: Sequence[Token], place: int) -> bool:
    """Whether a colon opens a list, as in "Options: A. …", and not an answer."""
    return tokens[place].word == ":" and place > 0 and tokens[place - 1].role in (Role.OTHER, Role.OPTION)


def _begins(tail: Sequence[Token], text: tuple[str, ...]) -> bool:
    said = tuple(word for token in tail for word in normal_words(token))
    return bool(said) and text[: len(said)] == said and not any(token.kind == "text" for token in tail)


def _verdict(tail: Sequence[Token], *, own: bool, whole: bool) -> Verdict:
    ends = (at for at, token in enumerate(tail) if token.kind == "letter" or token.role is Role.BECAUSE)
    tail = tail[: next(ends, len(tail))]
    said = [token.role for token in tail if token.kind == "word"]
    meant = [role for role in said if role not in (Role.FILL, Role.IS)]
    if own and (not meant or not whole):
        return Verdict.NONE
    if meant[:1] in ([Role.WRONG], [Role.NO]) or meant[:2] == [Role.NOT, Role.RIGHT]:
        return Verdict.WRONG
    if meant[:1] in ([Role.RIGHT], [Role.YES]) and Role.NOT not in meant and Role.WRONG not in meant:
        return Verdict.RIGHT
    if Role.WRONG in said or (Role.NOT, Role.RIGHT) in pairwise(meant):
        return Verdict.WRONG
    return Verdict.NONE


def _lists_more(letter: str, tail: Sequence[Token]) -> bool:
    """Whether the next letters follow in the label's own line: "(A) yellow (B) brown (C) green"."""
    said = False
    after = letter
    for token in tail:
        if token.kind != "letter":
            said = said or (token.role is not Role.AND)
        elif said and token.letters == {chr(ord(after) + 1)}:
            said, after = False, chr(ord(after) + 1)
        else:
            break
    return ord(after) - ord(letter) >= 2


def _text_at_once(tail: Sequence[Token], texts: Texts) -> frozenset[str]:
    """The option whose text, or good part of it, follows the label right away."""
    first = next((token for token in tail if token.role is not Role.FILL), None)
    if first is not None and first.kind == "text":
        return first.letters
    part = part_of_one(tail, texts)
    return frozenset({part} if part is not None else ())
