"""Caption-copying: a question or an option that quotes a caption, so that matching text finds it without looking.

A fact that a caption tells is told in much the same words by a clean pair, above all where the caption is short.
What tells a copy is that the caption stands there from end to end, or a long stretch of it does, with next to
nothing changed: "the cat is eating" is no copy of "the cat is eating its food by the bird".
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import ClassVar, NamedTuple

import pyarrow as pa
from pydantic import Field

from datagen.filters.contract import FilterSettings, Half, Joined, Said, said_in, scored
from schemas.ledger import Drop
from schemas.text import plain

Words = tuple[str, ...]

# Chinese and Japanese write no spaces: there each character stands for itself.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n+")
_LONGEST = 200  # words of a text that are looked at


class CaptionCopyingSettings(FilterSettings):
    """How much of a caption is a copy; a caption of several sentences is taken sentence by sentence."""

    most: float = Field(default=0.8, gt=0, le=1)  # share of a caption's words, all of it followed
    fewest_words: int = Field(default=6, ge=1)  # of a caption that is so repeated
    long_run: int = Field(default=7, ge=1)  # words in a row, of however long a caption


class Copy(NamedTuple):
    """How much of a caption a text repeats."""

    copied: float  # 1 less the changes, words put in, left out or altered, that turn it into the text's words; 0 to 1
    words: int  # of the caption that stand there so
    run: int  # words in a row, at most one of them changed, put in or left out
    caption: str


_NOTHING = Copy(0.0, 0, 0, "")


class CaptionCopying:
    """Drops pairs of which a question or an option repeats a caption of its image."""

    name: ClassVar[str] = "caption_copying"
    judges_content: ClassVar[bool] = True
    wants: ClassVar[frozenset[Joined]] = frozenset({"captions"})
    columns: ClassVar[Mapping[str, pa.DataType]] = {
        "copied": pa.float64(),  # null where the images have no captions
        "words": pa.int32(),
        "caption": pa.string(),  # the one repeated so
        "run": pa.int32(),
        "run_of": pa.string(),  # the caption that holds the longest run
    }

    def __init__(self, settings: CaptionCopyingSettings | None = None) -> None:
        """With these thresholds, or the default ones."""
        self.settings = settings or CaptionCopyingSettings()

    def score(self, batch: pa.Table) -> pa.Table:
        """How much of a caption each pair repeats."""
        return scored(batch, self.columns, [_most_copied(said) for said in said_in(batch)])

    def decide(self, scores: pa.Table) -> list[Drop]:
        """Drop what repeats nearly a whole caption, or a long stretch of one."""
        limits = self.settings
        drops = []
        for row in scores.to_pylist():
            if row["copied"] is None:
                continue
            whole = row["copied"] >= limits.most and row["words"] >= limits.fewest_words
            if whole or row["run"] >= limits.long_run:
                score, threshold = (row["copied"], limits.most) if whole else (row["run"], limits.long_run)
                caption = row["caption"] if whole else row["run_of"]
                drops.append(
                    Drop(
                        "caption-copying", pair_id=row["pair_id"], detail=caption,
                        score=float(score), threshold=float(threshold),
                    )
                )  # fmt: skip
        return drops


def copy_of(caption: str, text: str) -> Copy:
    """How much of one caption a text repeats, whatever case, punctuation and spacing.

    The share is of the fewest edits over words that turn the caption into some stretch of the text (Sellers 1980,
    "The theory and computation of evolutionary distances", section 2: a text may begin and end anywhere at no cost).

    Args:
        caption: Of several sentences, the one repeated most counts.
        text: A question or an option.

    Returns:
        All zero where either holds no word.
    """
    return max((_copied(sentence, _words(text)) for sentence in _sentences(caption)), default=_NOTHING)


def _most_copied(said: Said) -> tuple[object, ...]:
    if not said.captions:
        return (None,) * len(CaptionCopying.columns)
    texts = {_words(text) for half in (said.positive, said.negative) for text in _texts(half)}
    sentences = [sentence for caption in said.captions for sentence in _sentences(caption)]
    found = [_copied(sentence, text) for sentence in sentences for text in texts] or [_NOTHING]
    most, longest = max(found), max(found, key=lambda copy: (copy.run, copy))
    return most.copied, most.words, most.caption, longest.run, longest.caption


def _texts(half: Half) -> tuple[str, ...]:
    return (half.text, *half.options)


@lru_cache(maxsize=2**16)
def _words(text: str) -> Words:
    joined = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("’", "")
    return tuple(_WORD.findall(joined)[:_LONGEST])


@lru_cache(maxsize=2**14)
def _sentences(caption: str) -> tuple[tuple[str, Words, frozenset[str]], ...]:
    """A caption's sentences as they stand, their words, and those words once."""
    split = ((part.strip(), _words(part)) for part in _SENTENCE.split(caption))
    return tuple((plain(part), words, frozenset(words)) for part, words in split if words)


def _copied(sentence: tuple[str, Words, frozenset[str]], text: Words) -> Copy:
    shown, caption, named = sentence
    if not named or len(named.intersection(text)) * 2 < min(len(named), 12):
        return _NOTHING  # too few words in common for a copy: not worth aligning
    edits, run = _edits(caption, text), _longest_run(caption, text)
    words = max(len(caption) - edits, 0)
    return Copy(words / len(caption), words, run, shown)


def _edits(caption: Words, text: Words) -> int:
    """The fewest words to alter, put in or leave out for the caption to stand somewhere in the text."""
    row = [0] * (len(text) + 1)
    for place, word in enumerate(caption, 1):
        above, row = row, [place]
        for column, other in enumerate(text):
            row.append(min(above[column] + (word != other), above[column + 1] + 1, row[column] + 1))
    return min(row)


def _longest_run(caption: Words, text: Words) -> int:
    """The most words that stand in a row in both, with one word at most altered, put in or left out on the way."""
    plain_runs = [[0] * (len(text) + 2) for _ in range(len(caption) + 2)]  # that end before this place
    mended = [[0] * (len(text) + 2) for _ in range(len(caption) + 2)]  # the same, one change behind them
    longest = 0
    for i, word in enumerate(caption, 1):
        for j, other in enumerate(text, 1):
            if word == other:
                run = plain_runs[i - 1][j - 1] + 1
                plain_runs[i][j] = run
                before = max(
                    mended[i - 1][j - 1],
                    plain_runs[i - 2][j - 2] if i > 1 and j > 1 else 0,
                    plain_runs[i - 2][j - 1] if i > 1 else 0,
                    plain_runs[i - 1][j - 2] if j > 1 else 0,
                )
                mended[i][j] = before + 1
                longest = max(longest, mended[i][j], run)
    return longest
