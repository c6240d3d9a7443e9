"""An option named by a part of its text, or by its text in a plain statement."""

from collections.abc import Sequence

from evaluation.readers.option_text import Texts, normal_words, occurrences
from evaluation.readers.vocabulary import COMMON, INEXACT, Role, role_of
from evaluation.readers.wording import Token

_LEAD_IN = frozenset({
    Role.FILL, Role.IS, Role.ANSWER, Role.OPTION, Role.CHOOSE, Role.OPINE, Role.RIGHT, Role.FINAL, Role.SO,
})  # fmt: skip
_UNPLAIN = frozenset({
    Role.NOT, Role.NO, Role.WRONG, Role.MAYBE, Role.IF, Role.BECAUSE, Role.BUT, Role.NOT_BUT, Role.HARD_TURN,
    Role.SOFT_TURN,
})  # fmt: skip
_SHORT = 25  # tokens
_LEAST_SHARE = 0.6


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
        found = [letter for letter, text in texts.items() if said and any(True for _ in occurrences(text, said))]
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
