"""Which single letters of a reply name an option, and which are an article, initials or part of a word."""

from collections.abc import Sequence

from evaluation.readers.vocabulary import NAMED_BY_PLACE, NOT_AFTER_ARTICLE, PLACES, Role
from evaluation.readers.wording import Token, even, scan, spaced, with_joined_lines

_OPENERS = "([{<\"'“‘«「『【〈《"
_CLOSERS = ")]}>\"'”’»」』】〉》"
_WHOSE = frozenset({"my", "your", "our", "his", "her", "their"})
_SPOILERS = tuple("+#@_\\°%*^~")
_NO_ARTICLE_BEFORE = frozenset({Role.IS, Role.NOT, Role.NOT_BUT, Role.BUT, Role.BECAUSE, Role.SO, Role.AND})


def tokens_of(text: str, letters: Sequence[str]) -> list[Token]:
    """The tokens of a cleaned reply; ``letters`` are the options', in reading order."""
    text = spaced(even(text))
    raw = list(scan(text))
    found = [
        _as_letter(text, raw, place, letters) if token.kind == "word" else token for place, token in enumerate(raw)
    ]
    return with_joined_lines(_without_wraps(found))


def _as_letter(text: str, raw: Sequence[Token], place: int, letters: Sequence[str]) -> Token:
    """The token as a letter, where it is one; unchanged where it is a word."""
    token = raw[place]
    if token.word in PLACES:
        return _by_place(raw, place, letters)
    if len(token.word) != 1 or not token.word.isascii() or not token.word.isalpha():
        return token
    if _is_part_of_more(text, token):
        return token
    wrapped = _is_wrapped(text, token)
    letter = text[token.start]
    if letter.islower():
        counts = wrapped or _small_letter_counts(text, raw, place)
    else:
        counts = wrapped or not (letter == "I" or (letter == "A" and _is_article(raw, place)))
    if not counts:
        return token._replace(letters=frozenset({"A"})) if letter == "A" else token
    return token._replace(
        kind="letter", role=Role.OTHER, letters=frozenset({letter.upper()}), wrapped=wrapped, article=False
    )


def _by_place(raw: Sequence[Token], place: int, letters: Sequence[str]) -> Token:
    """The letter of "the second option": only where options stand in the order of their letters."""
    token = raw[place]
    named = place + 1 < len(raw) and raw[place + 1].word in NAMED_BY_PLACE
    if place and raw[place - 1].word in _WHOSE:
        return token  # "my first choice" tells of liking
    if not named or list(letters) != sorted(letters) or PLACES[token.word] >= len(letters):
        return token
    meant = frozenset({letters[PLACES[token.word]]})
    return token._replace(kind="letter", role=Role.OTHER, letters=meant, wrapped=True)


def _is_part_of_more(text: str, token: Token) -> bool:
    """Whether the letter belongs to something like ``C#`` or ``D.C``."""
    before, after = text[max(token.start - 3, 0) : token.start], text[token.end : token.end + 3]
    if before[-1:] in _SPOILERS or before[-1:] == "!" or after[:1] in _SPOILERS:
        return True
    follows = before[-1:] == "." and before[-2:-1].isalpha() and not before[-3:-2].isalpha()
    precedes = after[:1] == "." and after[1:2].isalpha() and not after[2:3].isalpha()
    return follows or (precedes and bool(before.strip(" ")) and not before.endswith("\n"))


def _is_wrapped(text: str, token: Token) -> bool:
    before, after = text[: token.start][-2:].rstrip(" ")[-1:], text[token.end :][:2].lstrip(" ")[:1]
    return bool(before) and bool(after) and before in _OPENERS and after in _CLOSERS


def _is_article(raw: Sequence[Token], place: int) -> bool:
    """Whether an A is "a man"'s; never before a verb, a conjunction or another script."""
    following = raw[place + 1] if place + 1 < len(raw) else None
    if following is None or following.kind != "word" or following.word in NOT_AFTER_ARTICLE:
        return False
    if (
        place > 1
        and (raw[place - 1].word in "/&," or raw[place - 1].role is Role.AND)
        and len(raw[place - 2].word) == 1
    ):
        return False  # "B and A"
    return following.role not in _NO_ARTICLE_BEFORE and following.word not in "✓✗" and following.word[0] < "\u0600"


def _small_letter_counts(text: str, raw: Sequence[Token], place: int) -> bool:
    """Whether a small letter names an option: "b) …", "b. …", "the answer is b"."""
    token, before = raw[place], raw[place - 1] if place else None
    after = text[token.end : token.end + 1]
    if after == ")":
        return True
    if (before is None or before.kind == "line") and after in (".", ":"):
        return True
    following = raw[place + 1] if place + 1 < len(raw) else None
    starts, ends = (
        before is None or before.kind in ("end", "line"),
        following is None or following.kind in ("end", "line"),
    )
    if starts and ends:
        return True
    closed = following is None or following.kind != "word" or following.role in (Role.IS, Role.BECAUSE)
    if before is None or not closed:
        return False
    if place > 1 and (before.role is Role.IS or before.word == ":"):
        before = raw[place - 2]
    return before.role in (Role.ANSWER, Role.OPTION) or (before.role is Role.OPINE and token.word != "a")


def _without_wraps(tokens: Sequence[Token]) -> list[Token]:
    """Drop the brackets right around a wrapped letter."""
    kept: list[Token] = []
    closing = False
    for token in tokens:
        if closing and token.kind == "mark" and token.word in _CLOSERS:
            closing = False
            continue
        closing = token.kind == "letter" and token.wrapped
        if closing and kept and kept[-1].kind == "mark" and kept[-1].word in _OPENERS:
            kept.pop()
        kept.append(token)
    return kept
