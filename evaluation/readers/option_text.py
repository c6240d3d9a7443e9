"""An option named by a part of its text."""

from collections.abc import Mapping, Sequence

from evaluation.readers.vocabulary import Role, role_of
from evaluation.readers.wording import Token, normal_words

_LEAD_IN = frozenset(
    {Role.FILL, Role.IS, Role.ANSWER, Role.OPTION, Role.CHOOSE, Role.OPINE, Role.RIGHT, Role.FINAL, Role.SO}
)
_COMMON = frozenset(
    "is are was were be it its he she they this that these those there here of in on at to and with for by his her "
    "their theres its from as or image picture photo shown".split()
)
_UNPLAIN = frozenset({
    Role.NOT, Role.NO, Role.WRONG, Role.MAYBE, Role.IF, Role.BUT, Role.NOT_BUT, Role.HARD_TURN, Role.SOFT_TURN,
})  # fmt: skip
_SHORT = 25
_LEAST_SHARE = 0.6


def part_of_one(tokens: Sequence[Token], options: Mapping[str, tuple[str, ...]]) -> str | None:
    """The option whose text the reply is a substantial part of, where there is exactly one.

    The words of the reply, a lead-in such as "the answer is" aside, stand in a row in this option and in
    no other, make up at least three fifths of its words that carry meaning, and leave out none of its denials.
    """
    if any(token.kind == "end" and token.word == "?" for token in tokens):
        return None
    whole = [token for token in tokens if token.kind in ("word", "letter")]
    first = next((place for place, token in enumerate(whole) if token.role not in _LEAD_IN), len(whole))
    for start in (0, first):
        said = tuple(word for token in whole[start:] for word in normal_words(token))
        found = [letter for letter, text in options.items() if said and _within(said, text)]
        if len(found) == 1:
            return found[0] if _substantial(said, options[found[0]]) else None
        if found:
            return None
    return None


def named_in_passing(tokens: Sequence[Token], options: Mapping[str, tuple[str, ...]]) -> str | None:
    """The option whose short text a plain statement ends in: "The scientist is from Spain".

    The reply is short, has no question, denial or alternative, names no other option, not even by one of
    its own words, and the text follows a form of "to be" closely.
    """
    texts = [place for place, token in enumerate(tokens) if token.kind == "text"]
    if len(texts) != 1 or len(tokens[texts[0]].letters) != 1 or len(tokens) > _SHORT:
        return None
    if any(token.role in _UNPLAIN or token.word == "?" for token in tokens):
        return None
    (letter,) = tokens[texts[0]].letters
    said = {word for token in tokens for word in normal_words(token)}
    others = {word for other, text in options.items() if other != letter for word in text}
    if said & (others - set(options[letter]) - _COMMON):
        return None
    before = [token.role for token in tokens[max(0, texts[0] - 4) : texts[0]]]
    option_named = bool(before) and before[-1] is Role.OPTION
    return letter if Role.IS in before and not option_named else None


def _within(said: tuple[str, ...], text: tuple[str, ...]) -> bool:
    return any(text[first : first + len(said)] == said for first in range(len(text) - len(said) + 1))


def _substantial(said: tuple[str, ...], text: tuple[str, ...]) -> bool:
    meant = [word for word in text if word not in _COMMON]
    kept = [word for word in said if word not in _COMMON]
    if not kept or len(kept) < _LEAST_SHARE * len(meant):
        return False
    return _denials(said) == _denials(text)


def _denials(words: Sequence[str]) -> int:
    return sum(_denies(word) for word in words)


def _denies(word: str) -> bool:
    return role_of(word) in (Role.NOT, Role.NO, Role.WRONG) or (
        word.endswith("nt") and role_of(f"{word[:-1]}'t") is Role.NOT
    )
