"""A cleaned reply as tokens: words with their roles, letters, sentence and line ends."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from evaluation.readers.vocabulary import Role, east_asian_words, korean_words, plainer, role_of

Kind = Literal["word", "letter", "text", "mark", "end", "line"]

_LATIN = "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u024f\u0300-\u036f\u0370-\u03ff\u0400-\u052f\u1e00-\u1eff"
_TOKEN = re.compile(
    rf"""
    (?P<line>\n\s*)
  | (?P<initials>(?<![{_LATIN}.])(?:[A-Za-z]\.)+[A-Za-z](?![{_LATIN}'])\.?)
  | (?P<mixed>(?<![\w.])\d+[{_LATIN}]+\d*(?!\w))
  | (?P<number>(?<![\w.])-?\d+(?:[.,:/]\d+)*%?)
  | (?P<east>[\u3040-\u30ff\u3400-\u9fff]+)
  | (?P<korean>[\uac00-\ud7a3]+)
  | (?P<marked>[\u0590-\u060b\u060d-\u061a\u0620-\u08ff\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff]+)
  | (?P<word>[{_LATIN}]+(?:['-][{_LATIN}0-9]+|[0-9]+)*)
  | (?P<so>=>|->|→|⇒|⟶|➡|➔)
  | (?P<tick>[✅✔☑✓])
  | (?P<cross>[❌✗✘✖🚫×≠¬])
  | (?P<end>[.!?。…।؟]+)
  | (?P<mark>[,;:()\[\]{{}}—–/&=،؛、<>-])
    """,
    re.VERBOSE,
)
ARTICLES = frozenset({"a", "an", "the"})
_WORD_NEXT = re.compile(r"\s+[\"'“‘(]?[\w$]")
_GLUED = re.compile(r"(?m)^(\W{0,3}[A-H]\.)(?=[A-Za-z\[\d]|-\d)(?![A-Za-z]\.)")  # "B.The dog", not "D.C."
_TITLE = re.compile(r"\b(Mrs?|Ms|Dr|Prof|St|Fig|vs|etc)\.")
_HEADING = frozenset({Role.ANSWER, Role.OPTION, Role.FINAL, Role.FILL, Role.RIGHT, Role.IS})
_ASKING = frozenset({Role.ANSWER, Role.FINAL, Role.CHOOSE, Role.RIGHT})


class Token(NamedTuple):
    """One word, mark, letter or option text.

    ``letters`` are the options meant by a letter (several in "A and B") or by an option's text; a letter
    that no option has is among them too, and so is A for an article "A". ``wrapped`` is for "(B)",
    ``size`` an option text's words, ``article`` for an "a", "an" or "the" with a word after it, as in "a dog"
    but not in "vitamin A".
    """

    kind: Kind
    word: str
    role: Role
    start: int
    end: int
    letters: frozenset[str] = frozenset()
    wrapped: bool = False
    size: int = 0
    article: bool = False


_NONE: frozenset[str] = frozenset()


def even(text: str) -> str:
    """A text made ready for :func:`scan`: one kind of apostrophe, phrases as single words."""
    return plainer(text.replace("’", "'").replace("‘", "'"))


def spaced(text: str) -> str:
    """A reply's text with labels and titles set apart, so that its full stops end sentences."""
    return _TITLE.sub(r"\1", _GLUED.sub(r"\1 ", text))


def scan(text: str) -> Iterator[Token]:
    """The tokens of a text; none is a letter or an option's text yet."""
    for found in _TOKEN.finditer(text):
        kind, start, end = found.lastgroup or "", found.start(), found.end()
        if kind in ("east", "korean"):
            for word in east_asian_words(found[0]) if kind == "east" else korean_words(found[0]):
                yield Token("word", word, role_of(word), start, start + len(word))
                start += len(word)
        elif kind == "word" or kind == "marked":
            word = found[0].lower()
            article = word in ARTICLES and _WORD_NEXT.match(text, end) is not None
            yield tuple.__new__(Token, ("word", word, role_of(word), start, end, _NONE, False, 0, article))  # fast
        elif kind == "line":
            yield Token("line", "\n", Role.OTHER, start, end)
        elif kind == "end":
            yield Token("end", "?" if {"?", "؟"} & set(found[0]) else ".", Role.OTHER, start, end)
        elif kind == "mark":
            yield Token("mark", found[0], Role.OTHER, start, end)
        else:
            word, role = _SIGNS.get(kind, (found[0].lower(), Role.OTHER))
            yield Token("word", word, role, start, end)


_SIGNS = {"so": ("=>", Role.SO), "tick": ("✓", Role.RIGHT), "cross": ("✗", Role.WRONG)}


def with_joined_lines(tokens: Sequence[Token]) -> list[Token]:
    """Take a heading, "Answer" or "The correct option is:", and the line below it for one sentence."""
    kept: list[Token] = []
    start = 0
    for token in tokens:
        if token.kind != "line":
            kept.append(token)
            continue
        line = kept[start:]
        roles = {one.role for one in line}
        if line and line[-1].word == ":" and roles & _ASKING:
            start = len(kept)
            continue
        heading = roles <= _HEADING and roles & {Role.ANSWER, Role.FINAL} and all(one.kind == "word" for one in line)
        kept.append(token._replace(kind="mark", word=":") if heading else token)
        start = len(kept)
    return kept
