"""What a caption says of its phrases: who does what, what is where, what is of which colour.

Only plain patterns are read. Where a verb or a place could belong to two phrases, nothing is said.
"""

from collections.abc import Mapping, Sequence

from datagen.generators.rules.captions.phrase import Item, Phrase
from datagen.generators.rules.captions.statements import Doing, Looking, Placing, Reading
from datagen.generators.rules.captions.subjects import before, heads_of, subject_of
from datagen.generators.rules.captions.terms import Term
from datagen.generators.rules.captions.words import word_set


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
        elif item.tag != "adverb":
            break
        place += 1
    return " ".join(links), None, place


def _placed(reading: Reading, items: Sequence[Item], heads: Mapping[int, int], place: int) -> None:
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
        return
    stop = items[end] if end < len(items) else None
    if other is None and isinstance(stop, Term) and stop.text in ("it", "top"):
        _on_it(reading, items, place, subject, link)


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
