"""What of a pair is compared with other pairs: what varies between them, not how their questions are put."""

import re
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

# How questions are put: who asks, what for, and what stands for what is asked for. Only for pairs that state no fact.
_ASKING = frozenset([
    "a", "an", "the", "this", "that", "these", "those", "it", "its", "he", "she", "they", "there", "here",
    "you", "we", "i", "me", "your", "our", "what", "which", "who", "whose", "whom", "when", "where", "how",
    "why", "is", "are", "was", "were", "be", "been", "being", "am", "do", "does", "did", "done", "has", "have",
    "had", "can", "could", "will", "would", "shall", "should", "may", "might", "must", "and", "or", "but", "so",
    "than", "then", "if", "of", "as", "at", "by", "for", "with", "about", "into", "onto", "yes", "just",
    "really", "actually", "picture", "image", "photo", "photograph", "scene", "drawing", "shown", "see", "seen",
    "visible", "show", "shows", "look", "looks", "looking", "tell", "told", "say", "says", "said", "somebody",
    "someone", "everybody", "true", "correct", "sure", "color", "colour", "shape", "kind", "type", "sort",
    "many", "much", "please", "answer", "question", "following", "carefully", "according", "describe", "given",
    "heard", "hear", "agree", "explain", "surely", "think", "thought", "believe", "know", "known", "claim",
    "claims", "claimed", "guess", "since", "because", "reason", "suppose", "wonder", "notice", "noticed",
    "obviously", "clearly", "fact", "indeed", "certain", "certainly", "find", "found", "contain", "contains",
    "containing", "present", "appear", "appears",
])  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:['’.:,][^\W_]+)*")
_OPENING = re.compile(r"^\s*(?:is|are|was|were|do|does|did|has|have|can|could|would|should)n['’]t\b", re.IGNORECASE)
_LEADING = re.compile(r"^\s*(?:yes|no)\b[\s,.:;!-]*(?:but\b)?", re.IGNORECASE)
_TAG = re.compile(
    r",\s*(?:right|correct|yes|no|true|is(?:n['’]t)? (?:it|he|she|that|there)|are(?:n['’]t)? (?:they|there)|"
    r"do(?:es)?(?:n['’]t)? (?:it|he|she|they))\s*\?\s*$",
    re.IGNORECASE,
)


class Claims(NamedTuple):
    """Two texts that say what a pair is about: what is true, and what its leading question takes for granted."""

    fact: str
    premise: str
    english: bool


def claims_in(pairs: pa.Table) -> list[Claims]:
    """The claims of each row of a ``pairs`` table, in order; none for an empty table.

    Where a pair states no fact or no premise, as imported ones do, its place takes what the positive, or the negative
    question and its right answer say: in English without the words that questions are put in.
    """
    columns = [
        pairs["fact"].to_pylist(),
        pairs["premise"].to_pylist(),
        _half(pairs["positive"]),
        _half(pairs["negative"]),
    ]
    found = []
    for fact, premise, positive, negative in zip(*columns, strict=True):
        english = all(half["language"].split("-")[0] == "en" for half in (positive, negative))
        found.append(Claims(_stated(fact, positive), _stated(premise, negative), english))
    return found


def _half(questions: pa.ChunkedArray) -> list[dict[str, str]]:
    """Text, right answer and language of each question."""
    texts, languages, answers, options = (
        pc.struct_field(questions, name).to_pylist() for name in ("text", "language", "answer", "options")
    )
    return [
        {"text": text, "language": language or "en", "right": listed[answer]["text"]}
        for text, language, answer, listed in zip(texts, languages, answers, options, strict=True)
    ]


def _stated(claim: str | None, half: dict[str, str]) -> str:
    if claim and claim.strip():
        return claim
    if half["language"].split("-")[0] != "en":
        return f"{half['text']} {half['right']}"
    return answered(half["text"], half["right"])


def answered(question: str, right: str) -> str:
    """What an English question and its right answer say: their words, each once, without those of asking.

    All words where none is left.
    """
    words = _WORD.findall(f"{_OPENING.sub('', _TAG.sub('', question))} {_LEADING.sub('', right)}")
    once = {word.lower(): word for word in reversed(words)}
    kept = [word for word in dict.fromkeys(once[word.lower()] for word in words) if word.lower() not in _ASKING]
    return " ".join(kept) or " ".join(words) or f"{question} {right}"
