"""Which word is right for the person, or the animal, that captions speak of; none where it could be two."""

from collections import Counter
from dataclasses import dataclass

from datagen.generators.rules.captions.census import Census
from datagen.generators.rules.captions.phrase import Phrase
from datagen.generators.rules.captions.words import word_set
from datagen.generators.rules.english import plural_of

_PLAIN = {"man": "man", "woman": "woman", "boy": "boy", "girl": "girl", "child": "child"}
_SURE = ("man", "woman", "boy", "girl")
_MOST = 3  # captions
_SAME_SEX = ({"man", "boy"}, {"woman", "girl"}, {"child", "boy"}, {"child", "girl"})


@dataclass(frozen=True, slots=True)
class Who:
    """A subject's word and whether it is several."""

    word: str
    plural: bool = False


class People:
    """Finds the word for a phrase that names people or animals, from the census of one image."""

    def __init__(self, census: Census) -> None:
        self._census = census
        mentions = census.mentions.get("person", [])
        self._by_caption: dict[int, list[Phrase]] = {}
        for mention in mentions:
            self._by_caption.setdefault(mention.caption, []).append(mention.phrase)
        self._kinds = Counter(_kind(mention.phrase) for mention in mentions if not mention.phrase.plural)
        self._any_plural = any(mention.phrase.plural for mention in mentions)
        self._alone = not self._any_plural and all(_one(found) for found in self._by_caption.values())
        self._together = bool(mentions) and all(_many(found) for found in self._by_caption.values())

    @property
    def alone(self) -> bool:
        """Whether all captions that speak of people speak of one person."""
        return self._alone

    @property
    def word(self) -> str:
        """The word for the one person, where there is one."""
        return self._only_word()

    @property
    def surely(self) -> str:
        """Whether the one person is a man, a woman, a boy or a girl, as most captions say and none denies; or empty."""
        named = self._census.named_by("person")
        (kind, times), *_ = self._kinds.most_common(1) or [("", 0)]
        rest = set(self._kinds) - {kind, "person"}
        clear = self._alone and kind in _SURE and not rest and not self._census.figures
        return kind if clear and times >= min(_MOST, self._census.captions) and times * 5 >= named * 3 else ""

    def who(self, phrase: Phrase) -> Who | None:
        """The subject that a phrase names; None where it is not clear who, or it is not living."""
        if not phrase.clear:
            return None
        if phrase.group == "person":
            return self._person(phrase)
        return self._animal(phrase) if phrase.group == "animal" else None

    def _person(self, phrase: Phrase) -> Who | None:
        if self._alone:
            return Who(self._only_word())
        if self._together:
            return Who("people", plural=True) if phrase.plural or phrase.joined else None
        if phrase.plural:
            return None
        kind = _kind(phrase)
        if self._any_plural or kind == "person":
            return self._role(phrase)
        named = set(self._kinds)
        if kind not in _PLAIN or self._kinds[kind] < 2 or any(pair <= named for pair in _SAME_SEX) or kind == "child":
            return None
        if any(sum(_kind(other) == kind for other in found) > 1 for found in self._by_caption.values()):
            return None
        return Who(kind)

    def _only_word(self) -> str:
        kinds = {kind: times for kind, times in self._kinds.items() if kind in _PLAIN}
        if len(kinds) == 1:
            (kind, times) = next(iter(kinds.items()))
            if times * 2 >= sum(self._kinds.values()):
                return _baby(self._by_caption) if kind == "child" else kind
            return "person"
        for child in ("boy", "girl"):
            if set(kinds) == {child, "child"} and kinds[child] > kinds["child"]:
                return child
        return (
            "child"
            if kinds and set(kinds) <= {"child", "boy", "girl"} and not {"boy", "girl"} <= set(kinds)
            else "person"
        )

    def _role(self, phrase: Phrase) -> Who | None:
        """Among others, one is clear by what they do: "the tennis player" before a crowd."""
        firsts = [found[0] for found in self._by_caption.values()]
        alone = sum(not first.plural and not first.joined for first in firsts)
        roles = Counter(first.head.lemma for first in firsts if _is_role(first))
        if phrase.head.lemma in roles:
            lemma = phrase.head.lemma
        elif alone == len(firsts) and roles and any(phrase is first for first in firsts):
            lemma = roles.most_common(1)[0][0]
        else:
            return None
        if alone * 5 < len(firsts) * 3:
            return None
        last = lemma.rpartition(" ")[2]
        for found in self._by_caption.values():
            alike = [one for one in found if one.head.lemma.rpartition(" ")[2] == last]
            if len(alike) > 1 or any(one.plural for one in alike):
                return None
        return Who(lemma)

    def _animal(self, phrase: Phrase) -> Who | None:
        census, concept = self._census, phrase.head.concept
        if not census.sure(concept):
            return None
        if census.single(concept):
            return Who(census.word_for(concept))
        if census.several(concept) and not census.is_blurred(concept):
            return Who(plural_of(census.word_for(concept)), plural=True)
        return None


def _is_role(phrase: Phrase) -> bool:
    return phrase.head.kind == "person.person" and phrase.head.lemma not in word_set("anyone")


def _kind(phrase: Phrase) -> str:
    return phrase.head.kind.partition(".")[2]


def _one(found: list[Phrase]) -> bool:
    return len([phrase for phrase in found if phrase.opener != "the"]) <= 1 and not any(
        phrase.joined and len(found) > 1 for phrase in found
    )


def _many(found: list[Phrase]) -> bool:
    """Whether a caption speaks of people together: "two women", "a man and a woman"."""
    return found[0].plural or (len(found) > 1 and found[0].joined and found[1].joined)


def _baby(by_caption: dict[int, list[Phrase]]) -> str:
    words = {phrase.head.lemma for found in by_caption.values() for phrase in found if _kind(phrase) == "child"}
    return words.pop() if len(words) == 1 and words <= {"baby", "toddler"} else "child"
