"""The strict reader: reads a reply as a careful person would, and abstains rather than guess."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from evaluation.readers.cleaning import Cleaned, clean
from evaluation.readers.labels import without_echo
from evaluation.readers.option_text import part_of_one
from evaluation.readers.statements import Event, events_of
from evaluation.readers.wording import tokens_of, with_texts, words_of

_BARE = re.compile(r"[\s()\[\]{}<>*_`\"'.,:;$#>«»“”‘’「」【】!-]{0,40}([A-Za-z])[\s()\[\]{}<>*_`\"'.,:;$#>«»“”‘’「」【】!-]{0,40}")
_LAST_LINE = re.compile(r"\n[^\S\n]*((?:the |my )?(?:final |correct )?answer(?: is)?\s*:?[^\n]{1,400})\s*\Z", re.IGNORECASE)


def strict(reply: str, options: Mapping[str, str]) -> str | None:
    """The letter that a reply commits to, or None where it commits to none or to several.

    A letter may be wrapped, stated in a sentence (in a good number of languages), or given by the
    option's text; letter and text must not contradict each other. Thinking is not read. Where a reply
    corrects itself, its last word counts. Never raises; takes bounded time whatever the reply.

    Args:
        reply: Anything at all.
        options: Letter to text, in the order in which they were shown.
    """
    ambiguous = _letters_are_texts(options)
    bare = _BARE.fullmatch(unicodedata.normalize("NFKC", reply[:100])) if len(reply) < 100 else None
    if bare is not None:
        letter = bare[1].upper()
        return letter if letter in options and not ambiguous else None
    whole = _as_whole(reply, options)
    if whole is not None:
        return None if ambiguous and len(options[whole].strip()) == 1 else whole
    cleaned = clean(reply)
    if cleaned.unfinished:
        found = _LAST_LINE.search(cleaned.text)
        declared = cleaned.text.rfind("Final answer: ")
        if found is None and declared < 0:
            return None
        cleaned = Cleaned(found[1] if found is not None else cleaned.text[declared:])
    if ambiguous:
        return None
    return _read(cleaned.text, options)


def _read(text: str, options: Mapping[str, str]) -> str | None:
    letters = list(options)
    texts = {letter: words_of(option) for letter, option in options.items()}
    tokens = without_echo(with_texts(tokens_of(text, letters), texts), letters)
    events = events_of(tokens)
    if any(event.kind in ("commit", "reject", "hedge") for event in events):
        return decide(events, frozenset(letters))
    if any(token.kind in ("letter", "text") for token in tokens):
        return None
    return part_of_one(tokens, texts)


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
    for place in range(len(events) - 1, -1, -1):
        turned = events[place].kind in ("hard turn", "soft turn")
        if turned and any(event.kind == "commit" for event in events[place + 1 :]):
            return list(events[place + 1 :])
    return list(events)


def _letters_are_texts(options: Mapping[str, str]) -> bool:
    """Whether an option's text is another option's letter, so that a lone letter may mean either."""
    return any(
        text.strip(" .").upper() in options and text.strip(" .").upper() != letter for letter, text in options.items()
    )


def _as_whole(reply: str, options: Mapping[str, str]) -> str | None:
    """The option that the whole reply repeats, character by character but for case and white space."""
    if len(reply) > 5_000:
        return None
    said = " ".join(reply.split()).casefold()
    found = [letter for letter, text in options.items() if said and " ".join(text.split()).casefold() == said]
    return found[0] if len(found) == 1 else None
