"""Options' texts in a reply: found word by word, whole or in part."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from evaluation.readers.vocabulary import COMMON, INEXACT, Role, role_of
from evaluation.readers.wording import Token, even, scan

Texts = Mapping[str, tuple[str, ...]]  # letter to the words of the option's text

_ARTICLES = frozenset({"a", "an", "the"})
_LEAD_IN = frozenset({
    Role.FILL, Role.IS, Role.ANSWER, Role.OPTION, Role.CHOOSE, Role.OPINE, Role.RIGHT, Role.FINAL, Role.SO,
})  # fmt: skip
_UNPLAIN = frozenset({
    Role.NOT, Role.NO, Role.WRONG, Role.MAYBE, Role.IF, Role.BECAUSE, Role.BUT, Role.NOT_BUT, Role.HARD_TURN,
    Role.SOFT_TURN,
})  # fmt: skip
_SHORT = 25  # tokens
_LEAST_SHARE = 0.6


@lru_cache(maxsize=8_192)
def words_of(text: str) -> tuple[str, ...]:
    """An option's text as words: case, punctuation and articles folded away."""
    tokens = list(scan(even(unicodedata.normalize("NFKC", text))))
    words = tuple(word for token in tokens for word in normal_words(token))
    return words or tuple(token.word for token in tokens if token.kind == "word")


def normal_words(token: Token) -> tuple[str, ...]:
    """A token's words as compared with an option's text; empty for marks and articles."""
    if token.kind not in ("word", "letter") or token.word in _ARTICLES:
        return ()
    word = token.word.replace("'", "")
    if not word[-1:].isdigit():
        word = word.replace(".", "")  # initials
    return tuple(part for part in word.split("-") if part)


def with_texts(tokens: Sequence[Token], texts: Texts) -> list[Token]:
    """Put one token in the place of every full option text, the longest first.

    A text that two options share, or that goes on as a longer option does, means both.
    """
    flat = [(word, place) for place, token in enumerate(tokens) for word in normal_words(token)]
    words = [word for word, _ in flat]
    spans: dict[int, tuple[int, Token]] = {}
    used: set[int] = set()
    for letter, text in sorted(texts.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(text) == 1 and ((len(text[0]) == 1 and text[0].isalpha()) or role_of(text[0]) is Role.FILL):
            continue  # a letter, or a word like "one"
        for first in _occurrences(words, text):
            span = _span(tokens, flat, first, first + len(text) - 1)
            if span is None or used & set(span) or any(tokens[place].kind == "line" for place in span):
                continue
            used |= set(span)
            meant = _meant(words, first, text, texts) | {letter}
            if len(text) == 1:
                meant |= tokens[span[0]].letters  # "A two": an article, or a letter
            begin, end = tokens[span[0]].start, tokens[span[-1]].end
            spans[span[0]] = (span[-1], Token("text", "", Role.OTHER, begin, end, frozenset(meant), size=len(text)))
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if place in spans:
            place, token = spans[place]
        found.append(token)
        place += 1
    return found


def _span(tokens: Sequence[Token], flat: Sequence[tuple[str, int]], first: int, last: int) -> range | None:
    """The tokens of some words, an article before them included; None where one is cut in two."""
    begin, end = flat[first][1], flat[last][1]
    if (first and flat[first - 1][1] == begin) or (last + 1 < len(flat) and flat[last + 1][1] == end):
        return None
    if begin and tokens[begin - 1].kind == "word" and tokens[begin - 1].word in _ARTICLES:
        begin -= 1
    return range(begin, end + 1)


def _occurrences(words: Sequence[str], text: tuple[str, ...]) -> Iterator[int]:
    for first in range(len(words) - len(text) + 1) if text else ():
        if words[first] == text[0] and tuple(words[first : first + len(text)]) == text:
            yield first


def _meant(words: Sequence[str], first: int, text: tuple[str, ...], texts: Texts) -> set[str]:
    """The options that the words found may stand for: equal ones, and longer ones that go on as they do."""
    after = words[first + len(text)] if first + len(text) < len(words) else None
    before = words[first - 1] if first else None
    meant = {letter for letter, other in texts.items() if other == text}
    for letter, other in texts.items():
        for at in _occurrences(other, text) if len(other) > len(text) else ():
            follows = at + len(text) < len(other) and other[at + len(text)] == after
            if follows or (at > 0 and other[at - 1] == before):
                meant.add(letter)
    return meant


def part_of_one(tokens: Sequence[Token], texts: Texts) -> str | None:
    """The option whose text the reply is a substantial part of, where there is exactly one.

    The words of the reply, a lead-in such as "the answer is" aside, stand in a row in this option and in
    no other, and leave out none of its denials; they make up at least three fifths of its words that
    carry meaning, or hold all words that no other option has.
    """
    if any(token.kind == "end" and token.word == "?" for token in tokens):
        return None
    whole = [token for token in tokens if token.kind in ("word", "letter")]
    first = next((place for place, token in enumerate(whole) if not _leads_in(token)), len(whole))
    for start in (0, first):
        said = tuple(word for token in whole[start:] for word in normal_words(token))
        found = [letter for letter, text in texts.items() if said and any(True for _ in _occurrences(text, said))]
        if found:
            return found[0] if len(found) == 1 and _substantial(said, found[0], texts) else None
    return None


def _leads_in(token: Token) -> bool:
    return token.role in _LEAD_IN or token.word in COMMON


def _substantial(said: tuple[str, ...], letter: str, texts: Texts) -> bool:
    meant = [word for word in texts[letter] if word not in COMMON]
    kept = [word for word in said if word not in COMMON]
    if not kept or _denials(said) != _denials(texts[letter]):
        return False
    others = {word for other, text in texts.items() if other != letter for word in text}
    own = set(meant) - others
    return len(kept) >= _LEAST_SHARE * len(meant) or (bool(own) and own <= set(kept))


def _denials(words: Sequence[str]) -> int:
    return sum(_denies(word) for word in words)


def _denies(word: str) -> bool:
    shortened = word.endswith("nt") and role_of(f"{word[:-1]}'t") is Role.NOT
    return shortened or role_of(word) in (Role.NOT, Role.NO, Role.WRONG)


def named_in_passing(tokens: Sequence[Token], texts: Texts) -> str | None:
    """The option whose short text a plain statement ends in: "The scientist is from Spain".

    The reply is short, has no question, denial or alternative, names no other option, not even by one of
    its own words, and the text follows a form of "to be" closely.
    """
    places = [place for place, token in enumerate(tokens) if token.kind == "text"]
    if len(places) != 1 or len(tokens[places[0]].letters) != 1 or len(tokens) > _SHORT:
        return None
    if any(token.role in _UNPLAIN or token.word == "?" for token in tokens):
        return None
    (letter,) = tokens[places[0]].letters
    said = {word for token in tokens for word in normal_words(token)}
    others = {word for other, text in texts.items() if other != letter for word in text}
    if said & (others - set(texts[letter]) - COMMON):
        return None
    before = [token.role for token in tokens[max(0, places[0] - 4) : places[0]]]
    if Role.IS not in before or before[-1] is Role.OPTION:
        return None
    return None if tokens[places[0] - 1].word in INEXACT else letter
