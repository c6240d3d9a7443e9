"""A caption's terms with each of its noun phrases put together as one."""

from functools import cache

from datagen.generators.rules.captions.noun_phrases import read_phrase
from datagen.generators.rules.captions.phrase import LIVING, Item, Phrase
from datagen.generators.rules.captions.terms import Term
from datagen.generators.rules.captions.words import split_words, word_set
from datagen.generators.rules.data_files import load

_DRESSED = Term("in black", tag="adverb")
_PAIRS = ("couple", "pair")


def read_phrases(terms: list[Term]) -> list[Item]:
    """A caption's terms with its noun phrases found; doubt and negation carry over to all that follows."""
    items: list[Item] = []
    place, end = 0, len(terms)
    absent = doubtful = False
    while place < end:
        term = terms[place]
        if term.tag in ("negation", "doubt"):
            absent |= term.tag == "negation"
            doubtful |= term.tag == "doubt"
            items.append(term)
            place += 1
            continue
        phrase, after = read_phrase(terms, place, items)
        if phrase is not None:
            phrase.absent, phrase.doubtful = absent, doubtful
            _add(items, phrase)
            place = after
        elif term.text == "in" and (skipped := _dressed(terms, place)):
            items.append(_DRESSED)
            place = skipped
        else:
            items.append(term)
            place += 1
    return items


def _dressed(terms: list[Term], place: int) -> int:
    """The end of "in black", "in all white and red", where no noun follows; else 0."""
    end = place + 1
    while end < len(terms) and (terms[end].color or terms[end].text in ("all", "and")):
        end += 1
    if not terms[end - 1].color:
        return 0
    return end if read_phrase(terms, place + 1, [terms[place]])[0] is None else 0


def _add(items: list[Item], phrase: Phrase) -> None:
    """Puts a phrase in its place: after an owner, a measure or a picture it is one with what stands before."""
    if len(items) >= 2 and isinstance(items[-1], Term) and isinstance(items[-2], Phrase):
        link, before = items[-1], items[-2]
        if link.tag == "owner":
            phrase.opener = "possessive"
            phrase.unsure |= before.unsure
            del items[-2:]
        elif link.text == "of" and _merges(before, phrase, first=len(items) == 2):
            phrase.unsure |= before.unsure
            phrase.absent |= before.absent
            phrase.doubtful |= before.doubtful
            del items[-2:]
        elif link.tag == "conjunction":
            before.joined = phrase.joined = True
    items.append(phrase)


def _merges(before: Phrase, phrase: Phrase, *, first: bool) -> bool:
    """Whether "a group of", "a slice of", "a picture of" is one with the phrase that follows; marks it so."""
    word = before.head.lemma
    pieces, groups = _measures()
    if word in word_set("shown"):
        phrase.depicted |= not first
    elif word in word_set("parts"):
        phrase.unsure = True
    elif word in _PAIRS and phrase.head.plural:
        phrase.number = phrase.number or (0 if before.number > 1 else 2)
        phrase.opener, phrase.measure = "number", word
    elif word in groups and (phrase.head.plural or phrase.group in LIVING):
        phrase.vague, phrase.measure = phrase.number == 0, word
        phrase.opener = "vague" if phrase.vague else "number"
    elif word in pieces or word in groups:
        phrase.measure, phrase.vague, phrase.measures = word, True, before.plural
    else:
        return False
    return True


@cache
def _measures() -> tuple[frozenset[str], frozenset[str]]:
    data = load("nouns")["measure"]
    return frozenset(split_words(data["piece"])), frozenset(split_words(data["group"]))
