"""What stands around an answer and is none: the question said again, an apology, another name for the letter."""

import re
from collections.abc import Mapping
from functools import lru_cache

_WHITE = r"[\s|]*"
_QUOTED_QUESTION = re.compile(r"([\"“«])[^\"”»\n]{1,400}\?\s*[\"”»]")
_APOLOGY = re.compile(
    r"\A\W{0,3}(?:i'm (?:very |so |really )?sorry|i am (?:very |so |really )?sorry|sorry|pardon|apolog(?:ies|y)|"
    r"my (?:sincere )?apolog(?:ies|y)|i (?:do )?apologi[sz]e|excuse me)\b(?![^.!?\n]{0,300}\b(?:but|however)\b)"
    r"[^.!?:;\n]{0,300}[.!]\s+(?=\S)",
    re.IGNORECASE,
)
_SHARES = re.compile(r"\b[A-Z]\W{0,3}[:=]\W{0,2}\d{1,3}(?:\.\d+)?\s?%[,;.]?")
_IN_BRACKETS = re.compile(r"\b[A-Z] \([^()\n]{1,80}\)(?:,? (?:and |or )?\b[A-Z] \([^()\n]{1,80}\))+")
_ARROW = re.compile(r"\A[^?\n]{1,400}\?\s*(?:->|=>|→)\s*(?=\S[^\n]*\Z)")
_TO_QUESTION = re.compile(r"\b(answer) to (?:the|this|your) question\b", re.IGNORECASE)
_SPEAKER = re.compile(r"\A\W*(?:ASSISTANT|Assistant)\s*:\s*")
_HEADING = re.compile(
    r"(?m)^[ \t]*(?:output|response|result|prediction|predicted(?: answer)?|my pick|pick|best(?: (?:guess|match|fit))?|"
    r"guess|verdict|conclusion|label|selected|key|solution|summary)[ \t]*:",
    re.IGNORECASE,
)
_LETTER_A = re.compile(r"\A\W{0,3}A\s?:\s+(?=\(?[A-Z][.):])")
_CYRILLIC_A = re.compile(r"(?<!\w)[\u0410\u0391](?=\s*(?:[.):,]|\Z|\n))")
_COUNTING = re.compile(
    r"\b(?:1|one)[\s,.…]+(?:2|two)[\s,.…]+(?:3|three)\b(?:[\s,.…]+(?:\d+|[a-z]+)\b(?=[,.…!]))*", re.I
)
_QUESTION = re.compile(r"(?:(?<=[.!?\n])|\A)[^.!?\n]{1,400}\?+(?=\s|\Z)")
_NUMBERED = re.compile(r"\b(?:Q|question|image|picture|photo)\s?#?(\d+)\s?[.:)\-]", re.IGNORECASE)
_PLACED = re.compile(
    r"\b(first|second|third|left|right|upper|lower|top|bottom)\s+(?:question|image|picture|photo|one)\b[^.\n]{0,20}?"
    r"(?::|\bis\b|\bit's\b)",
    re.IGNORECASE,
)


def without_frame(text: str, options: Mapping[str, str]) -> str:
    """A cleaned reply without echo, quoted question and opening apology, and with headings as "Answer:".

    Args:
        text: The cleaned reply.
        options: Letter to text, in reading order.
    """
    text = _without_echo(text, options)
    text = _SPEAKER.sub("", text)
    text = _QUOTED_QUESTION.sub(" ", text) if '"' in text or "“" in text or "«" in text else text
    text = _ARROW.sub("", _TO_QUESTION.sub(r"\1", text))
    text = _IN_BRACKETS.sub(lambda found: re.sub(r" \([^()]*\)", "", found[0]), text)  # "A (two people), B (five)"
    if len(_SHARES.findall(text)) > 1:  # how likely each option is
        text = _SHARES.sub(" ", text)
    text = _APOLOGY.sub("", text)
    text = _HEADING.sub("Answer:", text)
    text = _CYRILLIC_A.sub("A", text)
    letters = list(options)
    if len(letters) > 2:
        first, last = letters[0], letters[-1]
        text = re.sub(rf"\b{first}\s?(?:to|through|-|–)\s?{last}\b(?!\w)", "them", text)
    return _without_name(text, options)


def answers_several(text: str) -> bool:
    """Whether a reply answers several questions, or one question of several pictures, one by one."""
    return any(len({found[1].lower() for found in pattern.finditer(text)}) > 1 for pattern in (_NUMBERED, _PLACED))


def without_questions(text: str) -> str:
    """A text without what it only asks, and without counting aloud: "one, two, three: three cats"."""
    return _COUNTING.sub(" ", _QUESTION.sub(" ", text))


@lru_cache(maxsize=4_096)
def _echo_of(options: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Options one after the other, each with its letter."""
    words = {letter: _WHITE.join(map(re.escape, text.strip().rstrip(".").split())) for letter, text in options}
    parts = [rf"[(\[]?{re.escape(letter)}[)\].:,]*{_WHITE}{said}[.,;]?" for letter, said in words.items()]
    joined = rf"{_WHITE}(?:and |or |& )?{_WHITE}".join(parts)
    return re.compile(rf"(?<!\w){joined}(?!\w)")


def _without_echo(text: str, options: Mapping[str, str]) -> str:
    """Drop the options where they are all said again in order, whatever stands between them."""
    flat = _flat(text)
    if len(options) < 2 or not all(own.strip() and _flat(own).rstrip(".") in flat for own in options.values()):
        return text  # to make the pattern takes longer than to read the reply
    return _echo_of(tuple(options.items())).sub("\n", text)


def _flat(text: str) -> str:
    """A text whose white space and table bars are single spaces."""
    return " ".join(text.replace("|", " ").split())


def _without_name(text: str, options: Mapping[str, str]) -> str:
    """Drop what stands for the letter or before it: "A: B. …" (answer: B), "Option 4: …" (the fourth text)."""
    short = _LETTER_A.match(text)
    if short is not None:
        rest = text[short.end() :]
        labelled = re.match(r"\W?([A-Z])[.):]\W*(.*?)\W*\Z", rest, re.DOTALL)
        own = options.get(labelled[1], "") if labelled is not None else ""
        if labelled is not None and own.strip(" .") and labelled[2].casefold() == own.strip(" .").casefold():
            return rest
    for place, (_, own) in enumerate(options.items(), start=1):
        named = re.match(
            rf"\W*(?:option|choice|answer|number|no\.)?\s?#?{place}\s?[.:)\-–]+\s+(.+)", text, re.I | re.DOTALL
        )
        if named is not None and named[1].strip(" .\n").casefold() == own.strip(" .\n").casefold():
            return named[1]
    return text
