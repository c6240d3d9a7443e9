"""A cleaned reply as tokens: words with their roles, option letters, options' texts, sentence ends."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from evaluation.readers.vocabulary import (
    NAMES_OF_OPTIONS,
    NOT_AFTER_ARTICLE,
    ORDINALS,
    Role,
    east_asian_words,
    korean_words,
    plainer,
    role_of,
)

Kind = Literal["word", "letter", "text", "mark", "end", "line"]

_LATIN = "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u024f\u0300-\u036f\u0370-\u03ff\u0400-\u052f\u1e00-\u1eff"
_TOKEN = re.compile(
    rf"""
    (?P<line>\n\s*)
  | (?P<initials>(?<![{_LATIN}.])(?:[A-Za-z]\.)+[A-Za-z](?![{_LATIN}'])\.?)
  | (?P<number>(?<![\w.])-?\d+(?:[.,:/]\d+)*%?)
  | (?P<east>[\u3040-\u30ff\u3400-\u9fff]+)
  | (?P<korean>[\uac00-\ud7a3]+)
  | (?P<marked>[\u0590-\u060b\u060d-\u061a\u0620-\u08ff\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff]+)
  | (?P<word>[{_LATIN}]+(?:['’-][{_LATIN}0-9]+|[0-9]+)*)
  | (?P<so>=>|->|→|⇒|⟶|➡|➔)
  | (?P<tick>[✅✔☑✓])
  | (?P<cross>[❌✗✘✖🚫×])
  | (?P<end>[.!?。…।؟]+)
  | (?P<mark>[,;:()\[\]{{}}—–/&=،؛、<>-])
    """,
    re.VERBOSE,
)
_OPENERS = "([{<\"'“‘«「『【〈《"
_CLOSERS = ")]}>\"'”’»」』】〉》"
_SPOILERS = "+#@_\\°%*^~"
_GLUED = re.compile(r"(?m)^(\W{0,3}[A-H]\.)(?=[A-Za-z\[\d])(?![A-Za-z]\.)")
_TITLE = re.compile(r"\b(Mrs?|Ms|Dr|Prof|St|Fig|vs|etc)\.")
_ARTICLES = frozenset({"a", "an", "the"})


@dataclass(frozen=True, slots=True)
class Token:
    """One word, mark, letter or option text.

    ``letters`` are the options meant by a letter (several in "A and B") or by an option's text; a letter
    that no option has is among them too. ``wrapped`` is for "(B)", ``size`` an option text's words.
    """

    kind: Kind
    word: str
    role: Role
    start: int
    end: int
    letters: frozenset[str] = frozenset()
    wrapped: bool = False
    size: int = 0


def tokens_of(text: str, letters: Sequence[str]) -> list[Token]:
    """The tokens of a cleaned text; ``letters`` are the options', in reading order."""
    text = _TITLE.sub(r"\1", _GLUED.sub(r"\1 ", _plain_quotes(plainer(text))))
    raw = list(_scan(text))
    found: list[Token] = []
    for place, token in enumerate(raw):
        if token.kind == "word":
            token = _as_letter(text, raw, place, letters)
        found.append(token)
    return _joined_lines(_without_wraps(found))


def normal_words(token: Token) -> tuple[str, ...]:
    """A token's words as compared with an option's text; empty for marks and articles."""
    if token.kind not in ("word", "letter") or token.word in _ARTICLES:
        return ()
    word = token.word.replace("'", "")
    if not word[-1:].isdigit():
        word = word.replace(".", "")  # initials
    return tuple(part for part in word.split("-") if part)


@lru_cache(maxsize=8_192)
def words_of(text: str) -> tuple[str, ...]:
    """An option's text as words: case, punctuation and articles folded away."""
    tokens = list(_scan(_plain_quotes(plainer(unicodedata.normalize("NFKC", text)))))
    words = tuple(word for token in tokens for word in normal_words(token))
    return words or tuple(token.word for token in tokens if token.kind == "word")


def _plain_quotes(text: str) -> str:
    return text.replace("’", "'").replace("‘", "'")


def _scan(text: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        kind, start, end = found.lastgroup, found.start(), found.end()
        if kind in ("east", "korean"):
            cut = east_asian_words(found[0]) if kind == "east" else korean_words(found[0])
            for word in cut:
                yield Token("word", word, role_of(word), start, start + len(word))
                start += len(word)
        elif kind in ("word", "marked"):
            word = found[0].lower()
            yield Token("word", word, role_of(word), start, end)
        elif kind in ("initials", "number"):
            yield Token("word", found[0].lower(), Role.OTHER, start, end)
        elif kind == "so":
            yield Token("word", "=>", Role.SO, start, end)
        elif kind == "tick":
            yield Token("word", "✓", Role.RIGHT, start, end)
        elif kind == "cross":
            yield Token("word", "✗", Role.WRONG, start, end)
        elif kind == "line":
            yield Token("line", "\n", Role.OTHER, start, end)
        elif kind == "end":
            yield Token("end", "?" if {"?", "؟"} & set(found[0]) else ".", Role.OTHER, start, end)
        else:
            yield Token("mark", found[0], Role.OTHER, start, end)


def _as_letter(text: str, raw: Sequence[Token], place: int, letters: Sequence[str]) -> Token:
    """The token as a letter, where it is one; unchanged where it is a word."""
    token = raw[place]
    if token.word in ORDINALS and place + 1 < len(raw) and raw[place + 1].word in NAMES_OF_OPTIONS:
        if list(letters) == sorted(letters) and -1 <= ORDINALS[token.word] < len(letters):
            meant = frozenset({letters[ORDINALS[token.word]]})
            return replace(token, kind="letter", role=Role.OTHER, letters=meant, wrapped=True)
        return token
    if len(token.word) != 1 or not token.word.isascii() or not token.word.isalpha():
        return token
    if _is_part_of_more(text, token):
        return token
    wrapped = _is_wrapped(text, token)
    letter = text[token.start]
    if letter.isupper():
        if letter == "I" and not wrapped:
            return token
        if letter == "A" and not wrapped and _is_article(raw, place):
            return token
    elif not _small_letter_counts(text, raw, place, wrapped):
        return token
    return replace(token, kind="letter", role=Role.OTHER, letters=frozenset({letter.upper()}), wrapped=wrapped)


def _is_part_of_more(text: str, token: Token) -> bool:
    """Whether the letter belongs to something like ``C#`` or ``D.C``."""
    before, after = text[max(token.start - 3, 0) : token.start], text[token.end : token.end + 3]
    if before[-1:] in tuple(_SPOILERS) or after[:1] in tuple(_SPOILERS):
        return True
    follows = before[-1:] == "." and before[-2:-1].isalpha() and not before[-3:-2].isalpha()
    precedes = after[:1] == "." and after[1:2].isalpha() and not after[2:3].isalpha()
    return follows or (precedes and bool(before.strip(" ")) and not before.endswith("\n"))


def _is_wrapped(text: str, token: Token) -> bool:
    before, after = text[: token.start].rstrip(" ")[-1:], text[token.end :][:2].lstrip(" ")[:1]
    return before in _OPENERS and after in _CLOSERS and bool(before) and bool(after)


def _is_article(raw: Sequence[Token], place: int) -> bool:
    following = raw[place + 1] if place + 1 < len(raw) else None
    if following is None or following.kind != "word" or following.word in NOT_AFTER_ARTICLE:
        return False
    if following.word[0] > "\u0600":  # a script in which A is no article
        return False
    return following.role not in (Role.IS, Role.NOT, Role.NOT_BUT, Role.BUT, Role.BECAUSE, Role.SO, Role.AND) and (
        following.word not in ("✓", "✗")
    )


def _small_letter_counts(text: str, raw: Sequence[Token], place: int, wrapped: bool) -> bool:
    token = raw[place]
    after = text[token.end : token.end + 1]
    before = raw[place - 1] if place else None
    if wrapped or after == ")":
        return True
    if (before is None or before.kind == "line") and after in (".", ":") and after:
        return True
    following = raw[place + 1] if place + 1 < len(raw) else None
    closed = following is None or following.kind != "word" or following.role in (Role.IS, Role.BECAUSE)
    if before is None or not closed:
        return False
    if before.role in (Role.IS,) or before.word == ":":
        before = raw[place - 2] if place > 1 else before
    return before.role in (Role.ANSWER, Role.OPTION)


def _without_wraps(tokens: Sequence[Token]) -> list[Token]:
    """Drop the brackets right around a wrapped letter."""
    kept: list[Token] = []
    skip = False
    for token in tokens:
        if skip and token.kind == "mark" and token.word in _CLOSERS:
            skip = False
            continue
        skip = False
        if token.kind == "letter" and token.wrapped:
            if kept and kept[-1].kind == "mark" and kept[-1].word in _OPENERS:
                kept.pop()
            skip = True
        kept.append(token)
    return kept


def _joined_lines(tokens: Sequence[Token]) -> list[Token]:
    """Take "Answer" and its reply on the next line for one sentence."""
    kept: list[Token] = []
    start = 0
    for token in tokens:
        if token.kind != "line":
            kept.append(token)
            continue
        line = kept[start:]
        heading = {one.role for one in line}
        if line and line[-1].word == ":" and heading & {Role.ANSWER, Role.FINAL, Role.CHOOSE, Role.RIGHT}:
            start = len(kept)
            continue
        asks = heading & {Role.ANSWER, Role.FINAL} and all(one.kind == "word" for one in line)
        if asks and heading <= {Role.ANSWER, Role.OPTION, Role.FINAL, Role.FILL, Role.RIGHT, Role.IS}:
            kept.append(replace(token, kind="mark", word=":"))
        else:
            kept.append(token)
        start = len(kept)
    return kept


def with_texts(tokens: Sequence[Token], options: Mapping[str, tuple[str, ...]]) -> list[Token]:
    """Put one token in the place of every full option text, the longest first.

    A text that two options share, or that goes on as a longer option does, gets no letter.
    """
    flat = [(word, place) for place, token in enumerate(tokens) for word in normal_words(token)]
    words = [word for word, _ in flat]
    taken: dict[int, tuple[int, Token]] = {}
    used: set[int] = set()
    for letter, option in sorted(options.items(), key=lambda item: (-len(item[1]), item[0])):
        if not option or (len(option) == 1 and len(option[0]) == 1 and option[0].isalpha()):
            continue
        for first in _occurrences(words, option):
            last = first + len(option) - 1
            begin = flat[first][1]
            if begin and tokens[begin - 1].kind == "word" and tokens[begin - 1].word in _ARTICLES:
                begin -= 1
            span = range(begin, flat[last][1] + 1)
            if used & set(span) or any(tokens[place].kind == "line" for place in span):
                continue
            used |= set(span)
            meant = _meant(words, first, option, letter, options)
            start, end = tokens[span[0]].start, tokens[span[-1]].end
            text = Token("text", "", Role.OTHER, start, end, frozenset(meant), size=len(option))
            taken[span[0]] = (span[-1], text)
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        if place in taken:
            place, text = taken[place]
            found.append(text)
        else:
            found.append(tokens[place])
        place += 1
    return found


def _occurrences(words: Sequence[str], option: tuple[str, ...]) -> Iterator[int]:
    for first in range(len(words) - len(option) + 1):
        if words[first] == option[0] and tuple(words[first : first + len(option)]) == option:
            yield first


def _meant(
    words: Sequence[str], first: int, option: tuple[str, ...], letter: str, options: Mapping[str, tuple[str, ...]]
) -> set[str]:
    """The options that a text in the reply may stand for."""
    meant = {other for other, text in options.items() if text == option} | {letter}
    after = words[first + len(option)] if first + len(option) < len(words) else None
    before = words[first - 1] if first else None
    for other, text in options.items():
        for at in _occurrences(text, option) if len(text) > len(option) else ():
            follows = at + len(option) < len(text) and text[at + len(option)] == after
            precedes = at > 0 and text[at - 1] == before
            if follows or precedes:
                meant.add(other)
    return meant
