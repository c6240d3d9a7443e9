"""Options' texts in a reply, found word by word."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest

from evaluation.readers.vocabulary import COMMON, Role, plainer, role_of
from evaluation.readers.wording import ARTICLES, Token, even, scan

# English words, numbers and nothing else: most options are, and reading them as any text takes ten times as long.
_SIMPLE = re.compile(r"[A-Za-z]{2,}(?: (?:[A-Za-z]{2,}|a|\d+))*\.?")
Texts = Mapping[str, tuple[str, ...]]  # letter to the words of the option's text


@lru_cache(maxsize=8_192)
def words_of(text: str) -> tuple[str, ...]:
    """An option's text as words: case, punctuation and articles folded away."""
    if _SIMPLE.fullmatch(text) and (plain := text.rstrip(".").lower()) == plainer(plain):
        said = plain.split()
        return tuple(word for word, after in zip_longest(said, said[1:]) if after is None or word not in ARTICLES)
    tokens = list(scan(even(unicodedata.normalize("NFKC", text))))
    words = tuple(word for token in tokens for word in normal_words(token))
    return words or tuple(token.word for token in tokens if token.kind == "word")


def normal_words(token: Token) -> tuple[str, ...]:
    """A token's words as compared with an option's text; empty for marks and articles."""
    if token.kind not in ("word", "letter") or token.article:
        return ()
    word = token.word.replace("'", "")
    if "," in word and "." in word.partition(",")[0]:
        return tuple(word.split(","))  # "0.5,0.25": numbers in a row, not thousands
    if not word[-1:].isdigit():
        word = word.replace(".", "")  # initials
    return (word,) if word[:1] == "-" else tuple(part for part in word.split("-") if part)


def with_texts(tokens: Sequence[Token], texts: Texts) -> list[Token]:
    """Put one token in the place of every full option text, the longest first.

    A text that two options share, or that goes on as a longer option does, means both. A text of words
    like "it is" is taken for its option only where it stands by itself; a word like "one" that does not
    makes all other texts doubtful.
    """
    flat = [(word, place) for place, token in enumerate(tokens) for word in normal_words(token)]
    words = [word for word, _ in flat]
    spans: dict[int, tuple[int, Token]] = {}
    used: set[int] = set()
    doubtful: set[str] = set()
    for letter, text in sorted(texts.items(), key=lambda item: (-len(item[1]), item[0])):
        for first in occurrences(words, text):
            span = _span(tokens, flat, first, first + len(text) - 1)
            if span is None or used & set(span) or any(tokens[place].kind == "line" for place in span):
                continue
            if not _stands_by_itself(tokens, span, letter, text):
                doubtful |= {letter} if len(text) == 1 and len(text[0]) > 1 else set()
                continue
            used |= set(span)
            meant = _meant(words, first, text, texts) | {letter}
            if len(text) == 1:
                meant |= tokens[span[0]].letters  # "A two": an article, or a letter
            begin, end = tokens[span[0]].start, tokens[span[-1]].end
            spans[span[0]] = (span[-1], Token("text", "", Role.OTHER, begin, end, frozenset(meant), size=len(text)))
    return _replaced(tokens, spans, frozenset(doubtful))


def _replaced(tokens: Sequence[Token], spans: Mapping[int, tuple[int, Token]], doubtful: frozenset[str]) -> list[Token]:
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if place in spans:
            place, token = spans[place]
            token = token._replace(letters=token.letters | doubtful)
        found.append(token)
        place += 1
    return found


def _stands_by_itself(tokens: Sequence[Token], span: range, letter: str, text: tuple[str, ...]) -> bool:
    """Whether words may be an option's text, and are no part of another sentence: "it is", "no, it is not"."""
    after = tokens[span[-1] + 1] if span[-1] + 1 < len(tokens) else None
    ends = after is None or (after.kind in ("mark", "end", "line") and after.word != ":")
    before = tokens[span[0] - 1] if span[0] else None
    begins = before is None or before.kind in ("mark", "end", "line") or before.letters == {letter}
    begins = begins or _is_answered(tokens, span[0])
    if len(text) == 1 and len(text[0]) == 1 and text[0].isalpha():
        return ends and begins and _follows_letter(tokens, span[0], letter)
    if all(_is_common(word) for word in text):
        return ends and begins
    return ends or not (_is_common(text[-1]) or role_of(text[-1]) is Role.NOT)


def _is_answered(tokens: Sequence[Token], place: int) -> bool:
    """Whether "the answer is" leads up to a place."""
    before = [token.role for token in tokens[max(0, place - 4) : place]]
    return before[-1:] == [Role.IS] and Role.ANSWER in before


def _is_common(word: str) -> bool:
    return word in COMMON or role_of(word) in (Role.FILL, Role.IS, Role.YES, Role.NO)


def _follows_letter(tokens: Sequence[Token], place: int, letter: str) -> bool:
    before = place - 1
    while before >= 0 and tokens[before].kind in ("mark", "end"):
        before -= 1
    return before >= 0 and tokens[before].kind == "letter" and tokens[before].letters == {letter}


def _span(tokens: Sequence[Token], flat: Sequence[tuple[str, int]], first: int, last: int) -> range | None:
    """The tokens of some words, an article before them included; None where one is cut in two."""
    begin, end = flat[first][1], flat[last][1]
    if (first and flat[first - 1][1] == begin) or (last + 1 < len(flat) and flat[last + 1][1] == end):
        return None
    if begin and tokens[begin - 1].kind == "word" and tokens[begin - 1].article:
        begin -= 1
    return range(begin, end + 1)


def occurrences(words: Sequence[str], text: tuple[str, ...]) -> Iterator[int]:
    """Where a text's words stand in a row among other words; an empty text stands nowhere."""
    for first in range(len(words) - len(text) + 1) if text else ():
        if words[first] == text[0] and tuple(words[first : first + len(text)]) == text:
            yield first


def _meant(words: Sequence[str], first: int, text: tuple[str, ...], texts: Texts) -> set[str]:
    """The options that the words found may stand for: equal ones, and longer ones that go on as they do."""
    after = words[first + len(text)] if first + len(text) < len(words) else None
    before = words[first - 1] if first else None
    meant = {letter for letter, other in texts.items() if other == text}
    for letter, other in texts.items():
        for at in occurrences(other, text) if len(other) > len(text) else ():
            follows = at + len(text) < len(other) and other[at + len(text)] == after
            if follows or (at > 0 and other[at - 1] == before):
                meant.add(letter)
    return meant
