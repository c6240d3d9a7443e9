"""What a caption says of its phrases: who does what, what is where, what is of which colour.

Only plain patterns are read. Where a verb or a place could belong to two phrases, nothing is said.
"""

from collections.abc import Mapping, Sequence

from datagen.generators.rules.captions.phrase import Item, Phrase
from datagen.generators.rules.captions.statements import Doing, Looking, Placing, Reading
from datagen.generators.rules.captions.subjects import before, heads_of, subject_of
from datagen.generators.rules.captions.terms import Term
from datagen.generators.rules.captions.words import word_set

_BEARERS = ("furniture.table",)
_BORNE = ("electronics", "food", "container")
_BEARING = frozenset({"with", "has", "holding", "holds"})
_LISTING = frozenset({",", "and", "&"})
_FULL = frozenset({"filled", "topped", "covered", "set", "laden"})
_REFLEXIVE = ("himself", "herself", "itself", "themselves")  # "looking at himself in the mirror"


def read_clauses(text: str, items: Sequence[Item]) -> Reading:
    """The statements of one caption."""
    reading = Reading(text)
    heads = heads_of(items)
    sure = True
    for place, item in enumerate(items):
        if isinstance(item, Phrase):
            reading.phrases.append(item)
            link = items[place - 1] if place else None
            if isinstance(link, Term) and link.tag == "preposition":
                named = frozenset(phrase.head.concept for phrase in reading.phrases[:-1])
                reading.links.append((link.text, item, named))
            if sure:
                _placed(reading, items, heads, place)
                _bears(reading, items, place)
                _looks(reading, items, place)
        elif item.tag in ("negation", "doubt"):
            sure = False
        elif sure and item.verb and not item.tag:
            _does(reading, items, heads, place, item)
    return reading


def _does(reading: Reading, items: Sequence[Item], heads: Mapping[int, int], place: int, verb: Term) -> None:
    subject = subject_of(items, heads, place, verb)
    several = subject is not None and (subject.plural or subject.joined)
    if subject is None or (verb.form == "base" and not several) or (verb.form == "third" and several):
        return
    link, target, end = _rest(items, place + 1)
    then, second = "", None
    if target is not None:
        then, second, _ = _rest(items, end + 1)
    reading.doings.append(Doing(subject, verb.verb, verb.form, link, target, then, second if then else None))


def _rest(items: Sequence[Item], place: int) -> tuple[str, Phrase | None, int]:
    """Prepositions after a verb and the phrase they lead to, if it comes at once."""
    links: list[str] = []
    while place < len(items):
        item = items[place]
        if isinstance(item, Phrase):
            return " ".join(links), item, place
        if item.tag == "preposition":
            links.append(item.text)
        elif item.tag != "adverb" and not (links and item.text in _REFLEXIVE):
            break
        place += 1
    return " ".join(links), None, place


def _placed(reading: Reading, items: Sequence[Item], heads: Mapping[int, int], place: int) -> None:
    """Reads "X [is] [sitting] on Y", and "Y with X on it"."""
    subject = items[place]
    if not isinstance(subject, Phrase):
        return
    listed = _listed(items, place) if subject.joined else [subject]
    if not listed:
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
    if other is not None and not other.joined and (heads.get(place, place) == place or len(listed) > 1):
        reading.placings += (Placing(one, link, other) for one in listed)
        return
    stop = items[end] if end < len(items) else None
    if other is None and isinstance(stop, Term) and stop.text in ("it", "top"):
        _on_it(reading, items, place, subject, link)


def _bears(reading: Reading, items: Sequence[Item], place: int) -> None:
    """Reads "a desk with a laptop, a mouse and a lamp": what stands on a desk, and not by it."""
    holder = items[place]
    if not isinstance(holder, Phrase) or holder.plural or not holder.head.kind.startswith(_BEARERS):
        return
    texts = [item.text if isinstance(item, Term) else "" for item in items]
    place += 2 if texts[place + 1 : place + 2] and texts[place + 1] in _FULL else 1
    links = _BEARING
    while place + 1 < len(items) and texts[place] in links:
        thing, after = items[place + 1], items[place + 2] if place + 2 < len(items) else None
        if not isinstance(thing, Phrase):
            return
        beside = isinstance(after, Term) and after.tag in ("preposition", "adverb") and after.text != "on"
        if thing.head.kind.startswith(_BORNE) and not beside:
            reading.placings.append(Placing(thing, "on", holder))
        place, links = place + 2, _LISTING


def _listed(items: Sequence[Item], place: int) -> list[Phrase]:
    """The things of "a laptop, a mouse and a keyboard" that a caption begins with and that end at a place."""
    found = [item for item in items[: place + 1] if isinstance(item, Phrase)]
    links = [item for item in items[:place] if isinstance(item, Term)]
    plain = all(link.tag == "conjunction" or link.text == "," for link in links)
    return found if plain and len(found) > 1 else []


def _on_it(reading: Reading, items: Sequence[Item], place: int, subject: Phrase, link: str) -> None:
    """Reads "a bed with a book on it"."""
    previous = before(items, place)
    if previous < 1:
        return
    word, holder = items[previous], items[previous - 1]
    if isinstance(word, Term) and word.text == "with" and isinstance(holder, Phrase) and not holder.plural:
        reading.placings.append(Placing(subject, link, holder))


def _looks(reading: Reading, items: Sequence[Item], place: int) -> None:
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
