"""What a caption says of its phrases: who does what, what is where, what is of which colour.

Only plain patterns are read. Where a verb or a place could belong to two phrases, nothing is said.
"""

from dataclasses import dataclass, field

from datagen.generators.rules.captions.lexicon import Form, Term, word_set
from datagen.generators.rules.captions.phrase import LIVING, Item, Phrase


@dataclass(frozen=True, slots=True)
class Doing:
    """Someone doing something: verb in its base form, words between ("on", "out of"), and to what."""

    subject: Phrase
    verb: str
    form: Form
    link: str
    target: Phrase | None
    then: str = ""
    second: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Placing:
    """One thing said to be somewhere by another."""

    subject: Phrase
    link: str
    other: Phrase


@dataclass(frozen=True, slots=True)
class Looking:
    """Colours and textures said of a phrase by a verb: "the kitchen is yellow"."""

    subject: Phrase
    colors: tuple[str, ...]
    textures: tuple[str, ...]


@dataclass(slots=True)
class Reading:
    """One caption, read."""

    text: str
    phrases: list[Phrase] = field(default_factory=list)
    doings: list[Doing] = field(default_factory=list)
    placings: list[Placing] = field(default_factory=list)
    lookings: list[Looking] = field(default_factory=list)
    links: list[tuple[str, Phrase, frozenset[str]]] = field(default_factory=list)
    """Every preposition before a phrase, and the concepts named before it: one of them may be meant."""
    first: Phrase | None = None


_SETTING = frozenset({"clothing", "ground", "place", "building"})


def read_clauses(text: str, items: list[Item]) -> Reading:
    """The statements of one caption."""
    reading = Reading(text)
    heads = _heads(items)
    sure = True
    for place, item in enumerate(items):
        if isinstance(item, Phrase):
            reading.phrases.append(item)
            reading.first = reading.first or item
            before = items[place - 1] if place else None
            if isinstance(before, Term) and before.tag == "preposition":
                named = frozenset(phrase.head.concept for phrase in reading.phrases[:-1])
                reading.links.append((before.text, item, named))
            if sure:
                _placed(reading, items, heads, place)
                _looks(reading, items, place)
        elif item.tag in ("negation", "doubt"):
            sure = False
        elif sure and item.verb and not item.tag:
            _does(reading, items, heads, place, item)
    return reading


def _does(reading: Reading, items: list[Item], heads: dict[int, int], place: int, verb: Term) -> None:
    subject = _subject(items, heads, place, verb)
    several = subject is not None and (subject.plural or subject.joined)
    if subject is None or (verb.form == "base" and not several) or (verb.form == "third" and several):
        return
    link, target, end = _rest(items, place + 1)
    then, second = "", None
    if target is not None:
        then, second, _ = _rest(items, end + 1)
    reading.doings.append(Doing(subject, verb.verb, verb.form, link, target, then, second if then else None))


def _heads(items: list[Item]) -> dict[int, int]:
    """For a phrase that stands after a preposition: the place of the phrase its chain begins with."""
    heads: dict[int, int] = {}
    last = -1
    for place, item in enumerate(items):
        if not isinstance(item, Phrase):
            continue
        before = _before(items, place)
        if before >= 0 and last >= 0:
            link = items[before]
            if isinstance(link, Term) and link.tag == "preposition":
                heads[place] = heads.get(last, last)
            elif isinstance(link, Term) and (link.verb or link.tag == "conjunction" or link.text == ","):
                heads[place] = -1 if link.verb or last in heads else place
        last = place
    return heads


def _before(items: list[Item], place: int) -> int:
    """The place of what stands before, adverbs left out; -1 at the beginning."""
    place -= 1
    while place >= 0:
        item = items[place]
        if isinstance(item, Phrase) or item.tag != "adverb":
            return place
        place -= 1
    return -1


def _subject(items: list[Item], heads: dict[int, int], place: int, verb: Term) -> Phrase | None:
    """Whose verb it is; None where it could be two phrases'."""
    before = _before(items, place)
    while before >= 0:
        item = items[before]
        if isinstance(item, Phrase):
            break
        if not (item.tag == "auxiliary" or item.text in ("that", "who", "which")):
            return _shared_subject(items, heads, before)
        before = _before(items, before)
    if before < 0:
        return None
    phrase = items[before]
    if not isinstance(phrase, Phrase):
        return None
    if phrase.joined:
        return phrase if _two_people(items, before) else None
    head = heads.get(before, before)
    if head == before:
        return phrase
    if head == -1:
        return None
    link = items[_before(items, before)]
    if phrase.group in LIVING:
        return phrase if isinstance(link, Term) and link.text == "with" else None
    chief = items[head]
    if not isinstance(chief, Phrase) or chief.group not in LIVING or chief.joined:
        return None
    if verb.form in ("third", "base") or phrase.group in _SETTING:
        return chief
    return chief if verb.verb not in word_set("placing") else None


def _two_people(items: list[Item], place: int) -> bool:
    """Whether a phrase ends "a man and a woman" at the beginning of what a caption says."""
    if place < 2 or _before(items, place - 2) >= 0:
        return False
    one, other = items[place - 2], items[place]
    return isinstance(one, Phrase) and isinstance(other, Phrase) and one.group == other.group == "person"


def _shared_subject(items: list[Item], heads: dict[int, int], link: int) -> Phrase | None:
    """The subject of the verb before "and" or "while": "a man sitting on a bench and reading"."""
    item = items[link]
    if not isinstance(item, Term) or item.text not in ("and", "while", ","):
        return None
    for place in range(link - 1, -1, -1):
        term = items[place]
        if isinstance(term, Term) and term.verb and not term.tag:
            return _subject(items, heads, place, term)
        if isinstance(term, Phrase) and heads.get(place, place) == place:
            return term if term.group in LIVING and not term.joined else None
    return None


def _rest(items: list[Item], place: int) -> tuple[str, Phrase | None, int]:
    """Prepositions after a verb and the phrase they lead to, if it comes at once."""
    links: list[str] = []
    while place < len(items):
        item = items[place]
        if isinstance(item, Phrase):
            return " ".join(links), item, place
        if item.tag == "preposition":
            links.append(item.text)
        elif item.tag != "adverb":
            break
        place += 1
    return " ".join(links), None, place


def _placed(reading: Reading, items: list[Item], heads: dict[int, int], place: int) -> None:
    """Reads "X [is] [sitting] on Y", and "Y with X on it"."""
    subject = items[place]
    if not isinstance(subject, Phrase) or subject.joined:
        return
    following = place + 1
    while following < len(items):
        item = items[following]
        if isinstance(item, Phrase) or not (
            item.tag in ("auxiliary", "adverb")
            or item.text in ("that", "which", "who")
            or (item.verb in word_set("placing") and not item.tag)
        ):
            break
        following += 1
    link, other, end = _rest(items, following)
    if not link:
        return
    if other is not None and not other.joined and heads.get(place, place) == place:
        reading.placings.append(Placing(subject, link, other))
    elif other is None and end < len(items) and isinstance(items[end], Term) and items[end].text in ("it", "top"):
        _on_it(reading, items, place, subject, link)


def _on_it(reading: Reading, items: list[Item], place: int, subject: Phrase, link: str) -> None:
    before = _before(items, place)
    if before < 1 or items[before].__class__ is not Term:
        return
    word, holder = items[before], items[before - 1]
    if isinstance(word, Term) and word.text == "with" and isinstance(holder, Phrase) and not holder.plural:
        reading.placings.append(Placing(subject, link, holder))


def _looks(reading: Reading, items: list[Item], place: int) -> None:
    """Reads "X is red", "X painted blue"."""
    subject = items[place]
    following = place + 1
    verb = items[following] if following < len(items) else None
    if not isinstance(subject, Phrase) or not isinstance(verb, Term):
        return
    if verb.text not in ("is", "are", "painted", "colored"):
        return
    colors: list[str] = []
    textures: list[str] = []
    for item in items[following + 1 :]:
        if isinstance(item, Phrase):
            break
        if item.color:
            colors.append(item.color)
        elif item.texture:
            textures.append(item.texture)
        elif item.text not in ("and", "painted", ",", "all") and item.tag != "adverb":
            break
    if colors or textures:
        reading.lookings.append(Looking(subject, tuple(colors), tuple(textures)))
