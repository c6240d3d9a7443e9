r"""A reply without its wrapping: thinking, chat tokens, mark-up and LaTeX removed, declared answers marked.

What stands in an answer tag, in ``\boxed{}`` or under an answer key of JSON is a declared answer; it
is written into the text as a line ``Final answer: …``, so that it is read like any other statement.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

MOST_CHARACTERS = 20_000
_HEAD = 6_000  # an answer stands first or last; a cut reply keeps more of its end

_PROSE = re.compile(r"[A-Za-z0-9 .,;!?'()]*")  # nothing in it to clean
_THINK = r"think|thinking|thought|thoughts|reasoning|reason|reflection|scratchpad|analysis|rationale|cot|seed:think"
_THINKING = re.compile(
    rf"<\s*(?P<close>/?)\s*(?:{_THINK})\s*>|\[(?P<close2>/?)THINK\]|◁(?P<close3>/?)think▷"
    r"|<\|(?P<begin>begin_of_thought)\|>|<\|(?P<end>end_of_thought)\|>",
    re.IGNORECASE,
)
_FINAL_CHANNEL = re.compile(r"<\|channel\|>\s*final\s*(?:<\|[^|>]{1,30}\|>)?\s*<\|message\|>")
_ANALYSIS_CHANNEL = re.compile(r"<\|channel\|>\s*analysis")
_ANSWER_TAG = re.compile(
    r"<\s*(answer|final_answer|final|choice)\s*>(.{0,2000}?)(?:<\s*/\s*\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_TOKEN = re.compile(r"<\|[^|>\n]{1,40}\|>|\[/?INST\]|<0x[0-9A-F]{2}>|</?(?:s|S)>")
_TAG = re.compile(r"<\s*/?\s*(?:[a-z][a-z0-9_:-]{0,30}|[A-Z][A-Za-z0-9_:-]{1,30})(?:\s[^<>\n]{0,200})?/?>|</[A-Z]>")
_TURN = re.compile(r"^\W{0,6}(?:user|human)\s*:", re.IGNORECASE | re.MULTILINE)
_ASSISTANT = re.compile(r"^\W{0,6}(?:assistant|model|ai|bot|gpt)\s*:", re.IGNORECASE | re.MULTILINE)
_SPOKEN = re.compile(r"\b(?:assistant|ASSISTANT|Assistant)\s*:")
_FENCE = re.compile(r"```[a-zA-Z]*")
_COMMAND = re.compile(r"\\[a-zA-Z]+\s*\{([^{}]{0,400})\}")
_BOXED = re.compile(r"\\f?boxed\s*\{")
_KEYS = frozenset({
    "answer", "finalanswer", "correctanswer", "choice", "finalchoice", "option", "selected", "selectedoption",
    "correctoption", "letter", "answerletter", "prediction", "selection", "result", "response", "output",
})  # fmt: skip
_INLINE_KEY = re.compile(
    r"""["'](?:final[_ ]?|correct[_ ]?)?(?:answer|choice|option|letter)["']\s*:\s*"""
    r"""(?:"([^"\n]{1,400})"|'([^'\n]{1,400})')""",
    re.IGNORECASE,
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2581]")
_SQUARED = {0x1F150 + i: chr(65 + i) for i in range(26)} | {0x1F170 + i: chr(65 + i) for i in range(26)}


@dataclass(frozen=True)
class Cleaned:
    """The text to read.

    ``unfinished``: it stands inside thinking that was never closed. ``tables``: the text with its bars, if it has any.
    """

    text: str
    unfinished: bool = False
    tables: str = ""


def clean(reply: str) -> Cleaned:
    """Strip a reply of its wrapping; at most about ``MOST_CHARACTERS`` of it, its head and its tail."""
    if len(reply) <= MOST_CHARACTERS and _PROSE.fullmatch(reply):
        return Cleaned(reply.strip())
    spoken = _without_thinking(reply)
    text = _shortened(spoken.text)
    text = unicodedata.normalize("NFKC", text.translate(_SQUARED))
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", _shortened(text).replace("\r\n", "\n").replace("\r", "\n")))
    text = _from_json(text)
    text = _ANSWER_TAG.sub(lambda found: _declaring(found[2].strip()), text)
    text = _one_turn(_TOKEN.sub("\n", text))
    text = _TAG.sub(lambda found: "\n" if found[0].lower().startswith(("<br", "<p", "</p")) else " ", text)
    text = _without_latex(text)
    return Cleaned(_without_markdown(text), spoken.unfinished, text if "|" in text else "")


def _shortened(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    return text[:_HEAD] + "\n\n" + text[_HEAD - MOST_CHARACTERS :]


def _without_thinking(reply: str) -> Cleaned:
    final = None
    for final in _FINAL_CHANNEL.finditer(reply):  # noqa: B007  the last one counts
        pass
    if final is not None:
        return Cleaned(reply[final.end() :])
    if _ANALYSIS_CHANNEL.search(reply):
        return Cleaned(reply, unfinished=True)
    kept: list[str] = []
    depth, place = 0, 0
    for tag in _THINKING.finditer(reply):
        closes = bool(tag["close"] or tag["close2"] or tag["close3"] or tag["end"])
        if depth == 0 and not closes:
            kept.append(reply[place : tag.start()])
        if depth == 0 and closes:
            kept = []  # the opening tag was part of the prompt
        depth = max(0, depth - 1) if closes else 1
        place = tag.end()
    if depth:
        return Cleaned(reply[place:], unfinished=True)
    return Cleaned("\n".join([*kept, reply[place:]]))


def _from_json(text: str) -> str:
    bare = _FENCE.sub("", text).strip()
    if bare[:1] in ("{", "[", '"') and bare[-1:] in ("}", "]", '"'):
        try:
            found = _declared(json.loads(bare), 0)
        except (ValueError, RecursionError):
            found = []
        if found:
            return "".join(map(_declaring, found))
    return _INLINE_KEY.sub(lambda found: _declaring(found[1] or found[2]), text)


def _declaring(answer: str) -> str:
    """A declared answer as a line of its own; a letter alone in brackets, so that it is not the word "I" or "a"."""
    return f"\nFinal answer: {f'({answer})' if len(answer) == 1 and answer.isalpha() else answer}\n"


def _declared(value: object, depth: int) -> list[str]:
    """Answers in a JSON value: strings under answer keys, or a string by itself."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list) and depth < 3:
        return [text for one in value[:20] for text in _declared(one, depth + 1)]
    if isinstance(value, Mapping) and depth < 3:
        return [
            text
            for key, one in value.items()
            if re.sub(r"[\s_-]", "", str(key)).casefold() in _KEYS
            for text in _declared(one, depth + 1)
        ]
    return []


def _one_turn(text: str) -> str:
    """The first reply only, where a model says the prompt again or goes on to write a dialogue."""
    turn = _TURN.match(text)
    spoken = _SPOKEN.search(text) if turn is not None else _ASSISTANT.match(text)
    if spoken is not None:
        text = text[spoken.end() :]
    ends = [found.start() for found in (_TURN.search(text), _ASSISTANT.search(text)) if found is not None]
    cut = min((end for end in ends if text[:end].strip()), default=len(text))
    return text[:cut]


def _without_latex(text: str) -> str:
    if "\\" not in text and "$" not in text:
        return text
    text = _BOXED.sub(r"\n\\finalanswer{", text)
    for _ in range(5):
        text, changed = _COMMAND.subn(
            lambda found: _declaring(found[1].strip()) if found[0].startswith("\\finalanswer") else f" {found[1]} ",
            text,
        )
        if not changed:
            break
    return re.sub(r"\\(?:[a-zA-Z]{2,}|[a-z])|\\[\[\](),;! ]|\$", " ", text)


def _without_markdown(text: str) -> str:
    text = re.sub(r"~~[^~\n]{1,300}~~", " ", text)
    text = re.sub(r"```[a-zA-Z]*|[*`]", "", text)
    text = re.sub(r"(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])", " ", text)
    text = re.sub(r"(?m)^[ \t]*(?:[#>]+|[-•‣▪▸◦+|][ \t])[ \t]*", "", text)
    return re.sub(r"[ \t\u00a0\u3000|]+", " ", text).strip()
