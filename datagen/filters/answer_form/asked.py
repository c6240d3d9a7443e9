"""What a question asks for."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from datagen.filters.english.tokens import content_words, straight

_AUXILIARY = r"(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|should|must|may|might)"
_INDIRECT = (  # "Can you tell me what …?"
    r"(?! (?:you|we|one|i) (?:please )?(?:tell|say|name|guess|know|describe|identify|explain|see|make out|find)\b"
    r".* ?\b(?:what|which|who|whose|where|when|why|how)\b)"
)
_POLAR = re.compile(rf"(?:and |but |so |then |now )?{_AUXILIARY}(?:n't| not)?\b{_INDIRECT}")
_PRONOUN = r"(?:it|he|she|they|there|that|this|these|those|we|you|i)"
_TAG = re.compile(  # "…, right?", "…, is it?", "… isn't it?"
    rf"(?:[,;–—-]\s*(?:right|correct|true|yes|no|okay|agreed|{_AUXILIARY}(?:n't)? {_PRONOUN}(?: not)?"
    rf"|don't you (?:think|agree)|wouldn't you say|isn't that (?:right|so|true))|\s{_AUXILIARY}n't {_PRONOUN})\s*\?$"
)
_AFTER_CLAUSE = re.compile(
    rf"(?:since|given|because|as|if|when|while|although|now that)\b[^,]*, {_AUXILIARY}(?:n't)?\b"
)
_SENTENCES = re.compile(r"(?<=[.!?;])[\"')\]]*\s+")


class Form(NamedTuple):
    """A kind of question: what answers it, and what does not. "*" among the foreign kinds is all that is not wanted."""

    name: str
    wants: frozenset[str]
    foreign: frozenset[str]


class Asked(NamedTuple):
    """What a question asks for.

    Attributes:
        form: Its kind; "polar" for one that yes or no answers, "open" for one of which nothing is known.
        told: Whether something is said before it ("I was told that …"), to which "no" is a fair reply.
        either: Whether it names the answers itself ("… or …").
        words: What it speaks of, as content words.
    """

    form: Form
    told: bool
    either: bool
    words: frozenset[str]


POLAR = Form("polar", frozenset(), frozenset({"bare"}))
OPEN = Form("open", frozenset(), frozenset())


@cache
def _forms() -> tuple[tuple[re.Pattern[str], Form], ...]:
    path = files("datagen.filters.answer_form") / "data" / "forms.toml"
    listed: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["form"]
    return tuple(
        (re.compile(one["pattern"]), Form(one["name"], frozenset(one["wants"]), frozenset(one["foreign"])))
        for one in listed
    )


@lru_cache(maxsize=2**15)
def asked_in(question: str) -> Asked:
    """What a question asks for: its last sentence with a question mark, or else its last, says it."""
    text = straight(question).casefold().strip()
    sentences = [one for one in _SENTENCES.split(text) if one.strip()]
    asking = [place for place, one in enumerate(sentences) if "?" in one]
    last = sentences[asking[-1]] if asking else (sentences[-1] if sentences else "")
    told = bool(asking) and asking[-1] > 0
    words = frozenset(content_words(question))
    return Asked(_form_of(last), told, " or " in last, words)


def _form_of(sentence: str) -> Form:
    if _POLAR.match(sentence) or _TAG.search(sentence) or _AFTER_CLAUSE.match(sentence):
        return POLAR
    found = [(match.start(), rank) for rank, (pattern, _) in enumerate(_forms()) if (match := pattern.search(sentence))]
    return _forms()[min(found)[1]][1] if found else OPEN
