"""Noun phrases: a caption's terms with each noun phrase put together as one.

A phrase keeps what is said of its head noun and marks all that makes it unsure: an unknown word, a
negation, a doubt, a thing that is only a toy or a picture.
"""

from dataclasses import dataclass, field
from functools import cache

from datagen.generators.rules.captions.lexicon import Noun, Term, split_words
from datagen.generators.rules.data_files import load

LIVING = ("person", "animal")
MOVING = ("person", "animal", "vehicle")
_CLOSED = frozenset({"punctuation", "preposition", "auxiliary", "pronoun", "conjunction", "owner", "negation", "doubt"})
_OPENERS = frozenset({"determiner", "possessive", "number", "vague"})


@dataclass(slots=True)
class Phrase:
    """A noun phrase, as read."""

    head: Noun
    opener: str = ""  # the determiner, or "number", "possessive", "vague"
    number: int = 0  # as written; 0 where no number is said
    vague: bool = False
    colors: list[str] = field(default_factory=list)
    textures: list[str] = field(default_factory=list)
    modifiers: list[str] = field(default_factory=list)  # nouns before the head
    owner: Noun | None = None
    measure: str = ""  # "slice", "group"
    unsure: bool = False
    absent: bool = False
    doubtful: bool = False
    unreal: bool = False
    joined: bool = False  # by "and" to another phrase
    depicted: bool = False  # "a picture of …" in the middle of a caption

    @property
    def group(self) -> str:
        """The first half of its kind: "animal"."""
        return self.head.kind.partition(".")[0]

    @property
    def plural(self) -> bool:
        """Whether it speaks of several."""
        return self.head.plural or self.number > 1 or bool(self.vague)

    @property
    def clear(self) -> bool:
        """Whether it names something that is surely there as named."""
        return not (self.unsure or self.doubted)

    @property
    def doubted(self) -> bool:
        """Whether what it names may not be there, or be a picture or a toy."""
        return self.absent or self.doubtful or self.unreal or self.depicted


Item = Phrase | Term


@cache
def unreal_modifiers() -> frozenset[str]:
    """Words that make the noun after them a toy, a picture or a figure."""
    return frozenset(split_words(load("grammar")["modifiers"]["unreal"]))


@cache
def _measures() -> tuple[frozenset[str], frozenset[str]]:
    data = load("nouns")["measure"]
    return frozenset(split_words(data["piece"])), frozenset(split_words(data["group"]))


_SHOWN = frozenset(
    {"picture", "photo", "photograph", "image", "shot", "view", "close up", "closeup", "close-up", "group shot"}
)
_PARTS = frozenset({"side", "top", "front", "edge", "end", "middle", "center", "corner", "bottom", "inside", "outside",
                    "rear", "back", "part", "face", "tip", "base", "head", "reflection", "shadow", "statue", "painting",
                    "sculpture", "model", "drawing", "kind", "type", "sort", "lack"})  # fmt: skip


def read_phrases(terms: list[Term]) -> list[Item]:
    """A caption's terms with its noun phrases found; doubt and negation carry over what follows them."""
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
        phrase, after = _phrase(terms, place, items)
        if phrase is None and term.text == "in" and (skipped := _dressed(terms, place)):
            items.append(_DRESSED)
            place = skipped
            continue
        if phrase is None:
            items.append(term)
            place += 1
            continue
        phrase.absent, phrase.doubtful = absent, doubtful
        place = _add(items, phrase, after)
    return items


_DRESSED = Term("in black", tag="adverb")


def _dressed(terms: list[Term], place: int) -> int:
    """The end of "in black", "in all white and red", where no noun follows; else 0."""
    end = place + 1
    while end < len(terms) and (terms[end].color or terms[end].text in ("all", "and")):
        end += 1
    plain = any(term.color for term in terms[place:end]) and terms[end - 1].color
    return end if plain and _phrase(terms, place + 1, [terms[place]])[0] is None else 0


def _add(items: list[Item], phrase: Phrase, after: int) -> int:
    """Puts a phrase in its place: after an owner, a measure or a picture it is one with what stands before."""
    if len(items) >= 2 and isinstance(items[-1], Term) and isinstance(items[-2], Phrase):
        link, before = items[-1], items[-2]
        if link.tag == "owner":
            phrase.owner, phrase.opener = before.head, "possessive"
            phrase.unsure |= before.unsure
            items[-2:] = [phrase]
            return after
        if link.text == "of" and _of(before, phrase, first=len(items) == 2):
            items[-2:] = [phrase]
            return after
        if link.tag == "conjunction":
            before.joined = phrase.joined = True
    items.append(phrase)
    return after


def _of(before: Phrase, phrase: Phrase, *, first: bool) -> bool:
    """Merges "a group of", "a slice of", "a picture of" into the phrase that follows; whether it did."""
    word = before.head.lemma
    pieces, groups = _measures()
    phrase.unsure |= before.unsure
    phrase.absent |= before.absent
    phrase.doubtful |= before.doubtful
    phrase.owner = None
    if word in _SHOWN:
        phrase.depicted |= not first
        return True
    if word in _PARTS:
        phrase.unsure = True
        return True
    if word in ("couple", "pair") and phrase.head.plural:
        phrase.number = phrase.number or (0 if before.number > 1 else 2)
        phrase.opener = "number"
        phrase.measure = word
        return True
    if word in groups and (phrase.head.plural or phrase.group in LIVING):
        phrase.vague, phrase.measure = phrase.number == 0, word
        phrase.opener = "vague" if phrase.vague else "number"
        return True
    if word in pieces or word in groups:
        phrase.measure, phrase.vague = word, True
        return True
    return False


def _phrase(terms: list[Term], start: int, items: list[Item]) -> tuple[Phrase | None, int]:
    """The noun phrase that begins at a term, and where it ends; None where none does."""
    first = terms[start]
    place, end = start, len(terms)
    phrase = Phrase(head=_NOTHING)
    while place < end and terms[place].tag in _OPENERS:
        _open(phrase, terms[place])
        place += 1
        if place < end and terms[place].text == "of" and terms[place - 1].tag in ("number", "vague", "determiner"):
            place += 1  # "two of the", "some of the"
            phrase.unsure = True
    opened = place > start
    if not opened and (first.tag in _CLOSED or not _may_begin(first, items)):
        return None, start
    nouns: list[Noun] = []
    while place < end:
        term = terms[place]
        following = terms[place + 1] if place + 1 < end else None
        beyond = terms[place + 2] if place + 2 < end else None
        if (
            term.noun is not None
            and not _is_modifier(term, following, beyond, nouns)
            and not _is_verb(term, following, nouns, opened, items)
        ):
            if nouns and nouns[-1].plural:
                break
            nouns.append(term.noun)
        elif nouns:
            if term.known or term.text.endswith(("ing", "ly", "ed")):
                break
            phrase.unsure = True
        elif not _describe(phrase, term, following):
            break
        place += 1
    if not nouns:
        return None, start
    phrase.head = nouns[-1]
    phrase.modifiers += [noun.lemma for noun in nouns[:-1]]
    phrase.unreal |= any(word in unreal_modifiers() for word in phrase.modifiers)
    if phrase.number > 1 and not phrase.head.plural and len(nouns) > 1:
        phrase.unsure = True  # "two person bike"
    return phrase, place


_RESTING = frozenset({"stand", "sit", "rest", "lie", "lay", "hang", "park", "face", "perch", "float", "wait"})
_NOTHING = Noun("", "abstract.words", "", "", plural=False)


def _open(phrase: Phrase, term: Term) -> None:
    phrase.opener = term.tag if term.tag != "determiner" else term.text
    if term.tag == "number":
        phrase.number = term.number
    phrase.vague |= term.tag == "vague" or term.text in ("some", "other", "another", "each", "every", "any")


def _may_begin(term: Term, items: list[Item]) -> bool:
    """Whether a phrase without determiner may begin here."""
    if term.noun is None:
        if term.verb and not (items and isinstance(items[-1], Term) and items[-1].tag == "preposition"):
            return False
        return bool(term.adjective or term.color or term.texture) and term.tag != "adverb"
    if term.tag == "adverb" and not (items and isinstance(items[-1], Term) and items[-1].tag == "preposition"):
        return False
    if not term.verb:
        return True
    before = items[-1] if items else None
    if before is None or (isinstance(before, Term) and before.tag in ("preposition", "conjunction", "punctuation")):
        return term.form != "gerund"
    return isinstance(before, Term) and bool(before.verb)


def _is_modifier(term: Term, following: Term | None, beyond: Term | None, nouns: list[Noun]) -> bool:
    """Whether a word that is also a noun describes here: "orange cat", "orange and white", "glass table"."""
    if nouns or following is None or not (term.color or term.adjective or term.texture):
        return False
    if term.color and following.text in ("and", "&", ","):
        return beyond is not None and bool(beyond.color)
    return bool(following.noun or following.color or following.texture or following.adjective) and not following.tag


def _is_verb(term: Term, following: Term | None, nouns: list[Noun], opened: bool, items: list[Item]) -> bool:
    """Whether a word that may be noun or verb is a verb here."""
    if not term.verb or term.noun is None:
        return False
    if nouns:
        head = nouns[-1]
        if (
            term.verb in _RESTING
            and term.form == "third"
            and following is not None
            and following.tag in ("preposition", "adverb")
        ):
            return not head.plural
        if following is not None and following.tag in ("determiner", "possessive") and term.form in ("gerund", "third"):
            return True
        if not head.kind.startswith(MOVING):
            return False
        if term.form == "third":
            return not head.plural
        return term.form in ("gerund", "past") or head.plural
    if opened:
        return False
    before = items[-1] if items else None
    return isinstance(before, Term) and (before.tag == "auxiliary" or before.text == "to")


def _describe(phrase: Phrase, term: Term, following: Term | None) -> bool:
    """Takes a word before the head as said of it; whether it can be."""
    if term.color:
        phrase.colors.append(term.color)
    elif term.texture:
        phrase.textures.append(term.texture)
    elif term.text in ("and", "&", ",") and following is not None and not following.noun:
        if not (following.color or following.adjective or following.texture):
            return False
    elif term.adjective:
        pass
    elif term.verb and term.form in ("gerund", "past") and following is not None:
        if not (following.noun and not following.tag) or (following.verb and following.form != "base"):
            return False
    elif term.tag == "adverb":
        return following is not None and bool(following.adjective or following.color)
    elif term.tag or term.verb:
        return False
    elif not term.known:
        phrase.unsure = True
    else:
        return False
    phrase.unreal |= term.text in unreal_modifiers()
    return True
