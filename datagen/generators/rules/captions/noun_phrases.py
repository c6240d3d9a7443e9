"""Reads one noun phrase: determiners and numbers, what describes, and the nouns of which the last is its head."""

from collections.abc import Sequence
from functools import cache

from datagen.generators.rules.captions.phrase import Item, Phrase
from datagen.generators.rules.captions.terms import Noun, Term
from datagen.generators.rules.captions.words import split_words, word_set
from datagen.generators.rules.data_files import load
from datagen.generators.rules.english import is_mass, is_pair, plural_of

_CLOSED = frozenset({"punctuation", "preposition", "auxiliary", "pronoun", "conjunction", "owner", "negation", "doubt"})
_OPENERS = frozenset({"determiner", "possessive", "number", "vague"})
_UNNUMBERED = frozenset({"some", "other", "another", "each", "every", "any"})
_UNTELLING = frozenset({"the", "possessive", "this", "that"})
_MOVING = ("person", "animal", "vehicle")
_AND = frozenset({"and", "&", ","})


def read_phrase(terms: Sequence[Term], start: int, items: Sequence[Item]) -> tuple[Phrase | None, int]:
    """The noun phrase that begins at a term, and where it ends; None where none does.

    Args:
        terms: The caption's.
        start: Where to begin.
        items: What was read before.
    """
    phrase = Phrase()
    place = _openers(phrase, terms, start)
    opened = place > start
    if not opened and (terms[start].tag in _CLOSED or not _may_begin(terms[start], items)):
        return None, start
    nouns: list[Noun] = []
    said: list[str] = []
    while place < len(terms):
        term = terms[place]
        ahead = terms[place + 1 : place + 3]
        if term.noun and not _is_modifier(term, ahead, nouns) and not _is_verb(term, ahead, nouns, opened, items):
            if nouns and nouns[-1].plural:
                break
            nouns.append(term.noun)
        elif nouns:
            if term.known or term.text.endswith(("ing", "ly", "ed")):
                break
            phrase.unsure = True
        elif _describe(phrase, term, ahead):
            if place and terms[place - 1].color and _is_part(term):
                phrase.colors.append("?part")
            said.append(term.text)
        else:
            break
        place += 1
    if not nouns:
        return None, start
    _finish(phrase, nouns, said)
    return phrase, place


def _openers(phrase: Phrase, terms: Sequence[Term], place: int) -> int:
    """Takes determiners and numbers; where they end."""
    start = place
    while place < len(terms) and (term := terms[place]).tag in _OPENERS:
        phrase.opener = term.text if term.tag == "determiner" else term.tag
        if term.tag == "number":
            phrase.number = term.number
        phrase.vague |= term.tag == "vague" or term.text in _UNNUMBERED
        place += 1
    if place > start and place < len(terms) and terms[place].text == "of" and terms[place - 1].tag != "possessive":
        phrase.unsure = True  # "two of the dogs"
        return _openers(phrase, terms, place + 1)
    return place


def _may_begin(term: Term, items: Sequence[Item]) -> bool:
    """Whether a phrase without determiner may begin here."""
    before = items[-1] if items else None
    link = before.tag if isinstance(before, Term) else ""
    if term.noun is None:
        if term.tag == "adverb" or (term.verb and link != "preposition"):
            return False
        return bool(term.adjective or term.color or term.texture)
    if term.tag == "adverb":
        return link == "preposition"
    if not term.verb:
        return True
    if before is None or link in ("preposition", "conjunction", "punctuation", "owner"):
        return term.form != "gerund"
    return isinstance(before, Term) and bool(before.verb)


def _is_modifier(term: Term, ahead: Sequence[Term], nouns: Sequence[Noun]) -> bool:
    """Whether a word that is also a noun describes here: "orange cat", "orange and white", "glass table"."""
    if nouns or not ahead or not (term.color or term.adjective or term.texture):
        return False
    following = ahead[0]
    if following.text in _AND and (term.color or term.texture):
        return len(ahead) > 1 and bool(ahead[1].color if term.color else ahead[1].texture)
    return bool(following.noun or following.color or following.texture or following.adjective) and not following.tag


def _is_verb(term: Term, ahead: Sequence[Term], nouns: Sequence[Noun], opened: bool, items: Sequence[Item]) -> bool:
    """Whether a word that may be noun or verb is a verb here."""
    if not term.verb:
        return False
    if not nouns:
        before = items[-1] if items and not opened else None
        return isinstance(before, Term) and (before.tag == "auxiliary" or before.text == "to")
    following = ahead[0].tag if ahead else ""
    if term.form == "third" and term.verb in word_set("resting") and following in ("preposition", "adverb"):
        return not nouns[-1].plural
    moving = nouns[-1].kind.startswith(_MOVING)
    if following in ("determiner", "possessive") and (moving or term.form in ("gerund", "third")):
        return True
    if not moving:
        return False
    return not nouns[-1].plural if term.form == "third" else term.form in ("gerund", "past") or nouns[-1].plural


def _describe(phrase: Phrase, term: Term, ahead: Sequence[Term]) -> bool:
    """Takes a word before the head as said of it; whether it can be."""
    following = ahead[0] if ahead else None
    if term.color:
        phrase.colors.append(term.color)
        return True
    if term.texture:
        phrase.textures.append(term.texture)
        return True
    if following is None:
        return False
    describes = bool(following.color or following.adjective or following.texture)
    if term.text in _AND:
        return describes and not following.noun
    if term.adjective:
        return True
    if term.verb and term.form in ("gerund", "past"):
        return bool(following.noun) and not following.tag and not (following.verb and following.form != "base")
    if term.tag == "adverb":
        return describes
    phrase.unsure |= not term.known
    return not term.known


def _is_part(term: Term) -> bool:
    """As in "red handled scissors", "a red striped shirt": the colour before it is of a part."""
    return not term.color and term.text.endswith("ed") and term.text not in word_set("wholly")


def _finish(phrase: Phrase, nouns: Sequence[Noun], said: Sequence[str]) -> None:
    phrase.head = nouns[-1]
    phrase.modifiers = [noun.lemma for noun in nouns[:-1]]
    phrase.said = list(said)
    before = {*phrase.modifiers, *said}
    phrase.unreal |= not before.isdisjoint(_modifiers("unreal"))
    phrase.unreal |= phrase.head.kind.startswith(_MOVING) and not before.isdisjoint(_modifiers("material"))
    if _is_same_in_plural(phrase.head):
        phrase.vague |= not phrase.opener  # "sheep on a hill"
        phrase.unsure |= phrase.opener in _UNTELLING
    if phrase.number > 1 and not phrase.head.plural and len(nouns) > 1:
        phrase.unsure = True  # "two person bike"


@cache
def _is_same_in_plural(noun: Noun) -> bool:
    return plural_of(noun.lemma) == noun.lemma and not (noun.plural or is_mass(noun.lemma) or is_pair(noun.lemma))


@cache
def _modifiers(name: str) -> frozenset[str]:
    return frozenset(split_words(load("grammar")["modifiers"][name]))
