"""What a text says, as the names of its content words and whether it denies them: "no cat, a dog" is cat-, dog+."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from evaluation.readers.clock import with_times
from evaluation.readers.lexicon import is_number, name_of, polar, with_names
from evaluation.readers.vocabulary import COMMON, HEARSAY, PICTURE, POINTING, SCENE, Role
from evaluation.readers.wording import Token, even, scan

_BREAKS = frozenset({Role.BUT, Role.SO, Role.NOT_BUT})
_DOUBTS = frozenset({Role.MAYBE, Role.IF, Role.WRONG, Role.HARD_TURN})
_EMPTY = frozenset({
    Role.FILL, Role.IS, Role.AND, Role.SO, Role.BECAUSE, Role.BUT, Role.NOT_BUT, Role.YES, Role.NO, Role.SOFT_TURN,
    *_DOUBTS,
})  # fmt: skip
# Words of these roles are an answer's frame, or an option's content: "right".
_FRAME = frozenset({Role.ANSWER, Role.OPTION, Role.CHOOSE, Role.OPINE, Role.RIGHT, Role.MATCH, Role.FINAL})
_REFUSALS_OF_THOUGHT = frozenset({"true", "correct", "accurate", "case"})
_NOBODY = frozenset({"nobody", "noone"})
_UNLIKE_NOT = frozenset({"doubt", "against", "avoid", "except", "exclude", "excludes", "excluding", "hardly", "barely"})
_LIMITS = {
    "more": ">", "over": ">", "above": ">", "greater": ">", "fewer": "<", "less": "<", "under": "<", "below": "<",
    "least": ">=", "most": "<=", "about": "~", "around": "~", "approximately": "~", "roughly": "~", "almost": "~",
    "nearly": "~", "up": "<=",
}  # fmt: skip
_EXACTLY = "exactly"  # tells "exactly four" from "four", where an option has it
_VERBS = frozenset({"see", "shows", "show", "has", "have", "had", "does", "do", "did"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """A text's content.

    Args:
        said: Names of what it says, in the order of their first mention.
        denied: Names of what it denies.
        frame: Names that may only frame an answer ("the right one is …") and count where an option has them.
        doubts: Words that make it no plain statement, such as "or", "if", "might", "wrong".
        has_verb: Whether it is a sentence and not only "a red car".
        turns: Whether a "but" is in it.
    """

    said: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    frame: frozenset[str] = frozenset()
    doubts: frozenset[str] = frozenset()
    has_verb: bool = False
    turns: bool = False

    @property
    def names(self) -> frozenset[str]:
        """All names, said or denied."""
        return frozenset(self.said) | frozenset(self.denied)


@lru_cache(maxsize=8_192)
def meaning_of(text: str) -> Meaning:
    """The meaning of an option's text or of a reply without letters; an empty text means nothing."""
    text = unicodedata.normalize("NFKC", text).replace("no one", "noone").replace("No one", "noone")
    tokens = list(scan(with_times(even(with_names(text)))))
    said: list[str] = []
    denied: list[str] = []
    frame: set[str] = set()
    doubts: set[str] = set()
    negated = -1  # where the word stands that denies what follows
    hearsay = False
    for place, token in enumerate(tokens):
        if token.kind in ("end", "line", "mark") or token.role in _BREAKS or _begins_clause(tokens, place):
            negated, hearsay = -1, False
        if token.kind != "word":
            continue
        name = _name(tokens, place)
        if _doubts(tokens, place):
            doubts.add(token.word)
        if token.word in HEARSAY:
            hearsay = True
        elif answer := _answer(tokens, place):
            said.append(answer)
        elif token.role in (Role.NOT, Role.NO) or token.word in _NOBODY:
            negated = place
            if token.word in _NOBODY:
                denied.append("person")
        elif negated >= 0 and place - negated <= 3 and _speaks_of_truth(token):
            doubts.add(f"not {token.word}")
        elif name and not hearsay:
            (denied if negated >= 0 else said).append(name)
            if token.role in _FRAME or token.word in SCENE or token.word == _EXACTLY:
                frame.add(name)
    return Meaning(
        said=tuple(dict.fromkeys(said)),
        denied=tuple(dict.fromkeys(denied)),
        frame=frozenset(frame),
        doubts=frozenset(doubts),
        has_verb=any(token.role in (Role.IS, Role.OPINE) or token.word in _VERBS for token in tokens),
        turns=any(token.role is Role.BUT for token in tokens),
    )


def _name(tokens: Sequence[Token], place: int) -> str:
    """The name of a token that has content, else nothing."""
    token = tokens[place]
    name = name_of(token.word)
    if is_number(name):
        return _number(tokens, place, name)
    if token.word == _EXACTLY:
        return token.word
    if token.word == "a" and not token.article:
        return token.word
    if token.article or token.role in _EMPTY or token.word in COMMON or token.word in PICTURE:
        return ""
    if token.word in _LIMITS and any(is_number(name_of(one.word)) for one in tokens[place + 1 : place + 3]):
        return ""
    return name


def _number(tokens: Sequence[Token], place: int, name: str) -> str:
    """A number with what limits it: "more than four" is >4; a "one" that only points is nothing."""
    before = [token.word for token in tokens[max(0, place - 3) : place]]
    after = [token.word for token in tokens[place + 1 : place + 4]]
    if tokens[place].word == "one":
        points = bool(before) and before[-1] in POINTING
        if points or (bool(after) and after[0] in POINTING):
            return ""
    if after == ["and", "a", "half"]:
        return f"{name}.5"
    limit = next((_LIMITS[word] for word in reversed(before[-2:]) if word in _LIMITS), "")
    return f"{limit}{name}"


def _begins_clause(tokens: Sequence[Token], place: int) -> bool:
    """Whether an "and" joins sentences, and not things: a verb follows before the next mark."""
    if tokens[place].role is not Role.AND:
        return False
    for token in tokens[place + 1 : place + 7]:
        if token.kind != "word" or token.role in _BREAKS | {Role.AND}:
            return False
        if token.role is Role.IS or token.word.endswith("n't"):
            return True
    return False


def _answer(tokens: Sequence[Token], place: int) -> str:
    """``yes`` or ``no`` where a word answers by itself: it opens a sentence and a mark or the end follows."""
    opens = place == 0 or tokens[place - 1].kind != "word"
    if not opens or (place + 1 < len(tokens) and tokens[place + 1].kind == "word"):
        return ""
    role = tokens[place].role
    return "no" if role is Role.NO else "yes" if role is Role.YES and polar(tokens[place].word) else ""


def _doubts(tokens: Sequence[Token], place: int) -> bool:
    return tokens[place].role in _DOUBTS or tokens[place].word in _UNLIKE_NOT or _supposes(tokens, place)


def _supposes(tokens: Sequence[Token], place: int) -> bool:
    """Whether words leave open what is meant: "would be", "one of them", "option two" (or the second one?)."""
    word, following = tokens[place].word, tokens[place + 1].word if place + 1 < len(tokens) else ""
    if tokens[place].role is Role.OPTION and is_number(name_of(following)):
        return True
    return (word == "would" and following in ("be", "have", "need")) or (word == "one" and following == "of")


def _speaks_of_truth(token: Token) -> bool:
    return token.role is Role.OPINE or token.word in _REFUSALS_OF_THOUGHT
