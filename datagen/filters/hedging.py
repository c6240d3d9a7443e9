"""Hedging: texts in which a generator speaks of itself, of the caption, or will not commit.

MMR-data was filtered by such phrases on conversations of one polarity, which left orphaned halves
(arXiv 2406.10638, section 3.3); here a phrase in either half drops the pair. The phrases are those, and the classes
of hedges that Hyland lists for written English ("Metadiscourse", 2005, appendix): modal verbs, adverbs of doubt,
verbs of belief, and sayings that something cannot be known.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import ClassVar, NamedTuple

import pyarrow as pa

from datagen.filters.contract import FilterSettings, Half, Joined, halves_in, scored
from schemas.ledger import Drop

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_QUOTED = re.compile(r'"[^"]*"|(?<!\w)\'[^\'"]{1,80}\'(?!\w)')
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-"})
_NAMED = re.compile(r"\{([a-z]+)\}")
_SENTENCE = 4  # words; fewer in quotes are what a sign says, more may be somebody's words
_STARTS = ".!?:;-\"'("  # after these a sentence may begin


class Hedging:
    """Drops pairs with a hedging phrase in a question or an option."""

    name: ClassVar[str] = "hedging"
    judges_content: ClassVar[bool] = True
    wants: ClassVar[frozenset[Joined]] = frozenset()
    columns: ClassVar[Mapping[str, pa.DataType]] = {"phrase": pa.string()}

    def __init__(self, settings: FilterSettings | None = None) -> None:
        """It has no thresholds."""
        self.settings = settings or FilterSettings()

    def score(self, batch: pa.Table) -> pa.Table:
        """The first hedging phrase of each pair, in lower case; null where there is none."""
        return scored(batch, self.columns, [(_first(halves),) for halves in halves_in(batch)])

    def decide(self, scores: pa.Table) -> list[Drop]:
        """Drop every pair that holds one."""
        return [
            Drop("hedging", pair_id=row["pair_id"], detail=row["phrase"])
            for row in scores.to_pylist()
            if row["phrase"] is not None
        ]


class _Phrases(NamedTuple):
    """The phrases, as one expression for each group of words of which a text must hold one.

    ``skipped`` are the groups that are not looked for in questions (true) or in options (false).
    """

    by_word: Mapping[str, frozenset[int]]
    expressions: tuple[re.Pattern[str], ...]
    skipped: Mapping[bool, frozenset[int]]


def _first(halves: tuple[Half, Half]) -> str | None:
    for half in halves:
        found = hedge_in(half.text, question=True)
        for text in half.options:
            found = found or hedge_in(text, question=False)
        if found:
            return found
    return None


@lru_cache(maxsize=2**16)
def hedge_in(text: str, *, question: bool) -> str | None:
    """The first hedging phrase of a text in lower case, or None.

    What stands in quotes is what an image says, unless it is a whole text of some length. So is, amid other words, a
    phrase that is written in capitals or, if it is one word, like a name: "The sign says MAYBE", "The song is Call Me
    Maybe". What begins with "I" is somebody speaking all the same.

    Args:
        text: In any language; only English phrases are known.
        question: Whether it is a question, in which "seem" and "appear" may be what is asked about.
    """
    read = (text if text.isascii() else unicodedata.normalize("NFKC", text)).translate(_STRAIGHT)
    unquoted = _QUOTED.sub(" … ", read) if '"' in read or "'" in read else read
    if _WORD.search(unquoted) or len(read.split()) < _SENTENCE:
        read = unquoted
    phrases = _phrases()
    if "(?)" in read:
        return "(?)"
    worth = {place for word in _WORD.findall(read.lower()) for place in phrases.by_word.get(word, ())}
    found = [hit for place in sorted(worth) for hit in _hits(read, place, question=question)]
    return min(found)[1] if found else None


def _hits(text: str, place: int, *, question: bool) -> Iterator[tuple[int, str]]:
    """Where one group's phrases stand in a text."""
    phrases = _phrases()
    if place in phrases.skipped[question]:
        return
    for found in phrases.expressions[place].finditer(text):
        said = found.group().strip(" ,.;?")
        if said and not _is_writing(text, found.start() + found.group().index(said), said):
            yield found.start(), said.lower()


def _is_writing(text: str, start: int, said: str) -> bool:
    """Whether a phrase is part of what an image says: all in capitals, or one word with a capital amid a sentence."""
    if said.isupper() and len(said) > 1 and not said.startswith(("I ", "WE ")):
        return not text.isupper()
    before = text[:start].rstrip()
    return " " not in said and said[0].isupper() and bool(before) and before[-1] not in _STARTS


@cache
def _phrases() -> _Phrases:
    listed = tomllib.loads((files("datagen.filters") / "hedges.toml").read_text(encoding="utf-8"))
    lists = {name: _alternatives(text) for name, text in listed["lists"].items()}
    lists["adverbs"] = f"(?:{lists['adverbs']} )*"
    by_word: dict[str, frozenset[int]] = {}
    expressions = []
    for place, group in enumerate(listed["groups"]):
        for word in group["words"].split():
            by_word[word] = by_word.get(word, frozenset()) | {place}
        joined = _filled("|".join(group["phrases"]), lists)
        expressions.append(re.compile(rf"(?:(?<!\w)|(?=n't|'))(?:{joined})(?!\w)", re.IGNORECASE))
    groups = list(enumerate(listed["groups"]))
    skipped = {
        question: frozenset(place for place, group in groups if group.get(only))
        for question, only in ((True, "options"), (False, "questions"))
    }
    return _Phrases(by_word, tuple(expressions), skipped)


def _alternatives(text: str) -> str:
    return f"(?:{text.replace(chr(10), '')})"


def _filled(phrase: str, lists: Mapping[str, str]) -> str:
    """A phrase with its lists put in; a list may name another."""
    for _ in range(2):
        phrase = _NAMED.sub(lambda name: lists[name.group(1)], phrase)
    return phrase
