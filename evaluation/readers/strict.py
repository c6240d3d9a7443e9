"""The strict reader: reads a reply as a careful person would, and abstains rather than guess."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from evaluation.readers.by_meaning import option_meant
from evaluation.readers.cleaning import clean
from evaluation.readers.framing import answers_several, without_frame, without_questions
from evaluation.readers.labels import without_echo
from evaluation.readers.letters import tokens_of
from evaluation.readers.option_text import with_texts, words_of
from evaluation.readers.partial_text import named_in_passing
from evaluation.readers.statements import Event, events_of
from evaluation.readers.verdicts import verdict

_WRAP = r"\s()\[\]{}<>*_`\"'.,:;$#«»“”‘’「」【】\-"
_BARE = re.compile(f"[{_WRAP}]{{0,40}}([A-Za-z])[{_WRAP}!]{{0,40}}")
# An option that is a letter, or speaks of one: "B", "the letter B", "It is 'B'".
_LONE = re.compile(r"(?i:^|\bletters?\W+|\b(?:is|says|reads|shows)\W+)\W*([A-H])\W*$")
_LABELLED = re.compile(r"\W*([A-Za-z])\W+(.{1,2000})", re.DOTALL)
_NO_ARTICLE = re.compile(r"A [aeiou]", re.IGNORECASE)
_CONCLUSION = re.compile(
    r"[.!?\n]\s+(?:in conclusion|to conclude|in summary|to sum up|in short|overall|all in all|so|therefore|thus|hence)"
    r"\b[\s,:]*([^.!?\n]+[.!]?)\s*\Z",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\(?([A-Z])\)?[.):]?(?:\s+(.+))?")
_LISTED = re.compile(r"(?m)^\W{0,3}[A-Z]\W{0,2}(?:[.):]|$)")
_SHORT = 100
_LONGEST = 600  # characters of a reply in other words
_LAST_LINE = re.compile(
    r"\n[^\S\n]*((?:the |my )?(?:final |correct )?answer(?: is)?\s*:?[^\n]{1,400})\s*\Z", re.IGNORECASE
)


def strict(reply: str, options: Mapping[str, str]) -> str | None:
    """The letter that a reply commits to, or None where it commits to none or to several.

    A letter may be wrapped, stated in a sentence (in a good number of languages), or given by the
    option's text; letter and text must not contradict each other. Thinking is not read. Where a reply
    corrects itself, its last word counts. Never raises; takes bounded time whatever the reply.

    Args:
        reply: Anything at all.
        options: Letter to text, in the order in which they were shown.
    """
    found = _strict(reply, options)
    named = _named_letters(options, but=found)
    if not named or (found is not None and found not in named and not _lone(options[found])):
        return found
    return _labelled(reply, options)


def _strict(reply: str, options: Mapping[str, str]) -> str | None:
    bare = _BARE.fullmatch(unicodedata.normalize("NFKC", reply)) if len(reply) < _SHORT else None
    if bare is not None:
        letter = bare[1].upper()
        return letter if letter in options else None
    whole = _as_whole(reply, options)
    if whole is not None:
        return whole
    cleaned = clean(reply)
    of_each, right = verdict(cleaned.text, cleaned.tables, options)
    if of_each and not cleaned.unfinished:
        return right
    if _letters_alone(cleaned.text, options):
        return None
    if not cleaned.unfinished:
        return _read(cleaned.text, options)
    last_line = _LAST_LINE.search(cleaned.text)
    declared = cleaned.text.rfind("Final answer: ")
    if last_line is not None:
        return _read(last_line[1], options)
    return _read(cleaned.text[declared:], options) if declared >= 0 else None


def _read(text: str, options: Mapping[str, str]) -> str | None:
    text = without_frame(text, options)
    first = _opening(text, options)
    if first is not None:
        return first
    letters = list(options)
    texts = {letter: words_of(option) for letter, option in options.items()}
    tokens = without_echo(with_texts(tokens_of(text, letters), texts), letters)
    events = [event for event in events_of(tokens, texts) if not _lists_all(event, letters)]
    if any(event.kind in ("commit", "reject", "hedge") for event in events):
        found = decide(events, frozenset(letters))
    elif any(token.kind == "text" for token in tokens):
        found = named_in_passing(tokens, texts)
    else:
        found = None
    if found is None and not any(token.kind == "letter" for token in tokens):
        return _in_other_words(text, options)
    return None if found is not None and answers_several(text) else found


def _opening(text: str, options: Mapping[str, str]) -> str | None:
    """The letter that is the whole first line, alone or with its own text, where what follows only explains it.

    An explanation may name other options, "which rules out B", "a real bear (C)"; it does not list the options, take
    anything back, speak against the letter or for another one.
    """
    line, _, rest = text.strip().partition("\n")
    opened = _OPENING.fullmatch(line.strip())
    if opened is None or opened[1] not in options or not rest.strip() or _LISTED.search(rest):
        return None
    letter, own = opened[1], opened[2] or ""
    if own and words_of(own) != words_of(options[letter]):
        return None
    texts = {one: words_of(option) for one, option in options.items()}
    for event in events_of(with_texts(tokens_of(rest, list(options)), texts), texts):
        against = event.kind == "reject" and letter in event.letters
        other = event.kind == "commit" and event.strength >= 2 and event.letters != {letter}
        if event.kind in ("hard turn", "soft turn") or against or other:
            return None
    return letter


def _letters_alone(reply: str, options: Mapping[str, str]) -> bool:
    """Whether it is nothing but letters of several options: "A. A. B. B."."""
    said = re.findall(r"\w+", reply) if len(reply) < _SHORT else []
    return len(set(said)) > 1 and all(word in options for word in said)


def _in_other_words(text: str, options: Mapping[str, str]) -> str | None:
    """The option meant by a reply that names no letter, or by its conclusion where it is long."""
    text = text.strip()
    # "A two" and "A orange window": an article, or the letter A
    if (
        answers_several(text)
        or _NO_ARTICLE.match(text)
        or (text[:2] == "A " and text[2:].strip(" .") in options.values())
    ):
        return None
    text = without_questions(text)
    concluding = _CONCLUSION.search(text)
    if concluding is not None:
        text = concluding[1]
    return option_meant(text, options) if len(text) <= _LONGEST else None


def _lists_all(event: Event, letters: Sequence[str]) -> bool:
    """Whether "A, B, C or D" only says what the options are."""
    return len(letters) > 2 and event.letters >= set(letters) and event.kind == "commit"


def decide(events: Sequence[Event], letters: frozenset[str]) -> str | None:
    """The one letter that all commitments after the last change of mind agree on, or None."""
    events = _after_turns(events)
    if not events:
        return None
    commits = [(place, event) for place, event in enumerate(events) if event.kind == "commit"]
    if not commits:
        return None
    top = max(event.strength for _, event in commits)
    said = frozenset().union(*(event.letters for _, event in commits if event.strength == top))
    last = max(place for place, event in commits if event.strength == top)
    if len(said) != 1:
        return None
    (letter,) = said
    after = events[last + 1 :]
    if letter not in letters or any(event.kind == "hard turn" for event in after):
        return None
    if any(event.kind == "reject" and letter in event.letters for event in events):
        return None
    if any(event.kind in ("commit", "hedge") and event.letters - said for event in after):
        return None
    return letter


def _after_turns(events: Sequence[Event]) -> list[Event]:
    """The events since the last change of mind that led to a commitment."""
    last = max((place for place, event in enumerate(events) if event.kind == "commit"), default=-1)
    turns = [place for place in range(last) if events[place].kind in ("hard turn", "soft turn")]
    return list(events[turns[-1] + 1 :]) if turns else list(events)


def _named_letters(options: Mapping[str, str], *, but: str | None) -> set[str]:
    """The letters that other options speak of ("letter B"), so that a letter may mean these as well."""
    return {_lone(text) for letter, text in options.items() if letter != but} - {""}


@lru_cache(maxsize=8_192)
def _lone(text: str) -> str:
    bare = text.rstrip(" .,;:!?'\")]}*`")
    if len(bare) > 1 and bare[-2].isalnum():  # it ends in a longer word
        return ""
    found = _LONE.search(text)
    return "" if found is None else found[1]


def _labelled(reply: str, options: Mapping[str, str]) -> str | None:
    """The option that is given with its letter and all its text, and so beyond doubt."""
    found = _LABELLED.fullmatch(clean(reply).text)
    letter = found[1].upper() if found is not None else ""
    return (
        letter if found is not None and letter in options and words_of(found[2]) == words_of(options[letter]) else None
    )


def _as_whole(reply: str, options: Mapping[str, str]) -> str | None:
    """The option that the whole reply repeats, character by character but for case and white space."""
    if len(reply) > 5_000:
        return None
    said = " ".join(reply.split())
    if len(said) > max(map(len, options.values()), default=0):
        return None
    texts = {letter: " ".join(text.split()) for letter, text in options.items()}
    exact = [letter for letter, text in texts.items() if said and text == said]
    alike = [letter for letter, text in texts.items() if said and text.casefold() == said.casefold()]
    found = exact if len(exact) == 1 else alike
    return found[0] if len(found) == 1 else None
