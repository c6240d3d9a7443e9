"""The option that a reply in other words means: a paraphrase, a part, a misspelling, a translation of its text."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from evaluation.readers.lexicon import is_number, name_of, polar
from evaluation.readers.meaning import Meaning, meaning_of
from evaluation.readers.spelling import meant_by
from evaluation.readers.vocabulary import RELATIONS, Role, role_of

_LEAST_SHARE = 0.5
_FEW = 2  # unknown words that a sentence may hold
_FEW_SLIPS = 2


@dataclass(frozen=True, slots=True)
class _Case:
    """A reply's meaning and those of the options, on one set of names."""

    reply: Meaning
    options: Mapping[str, Meaning]

    @property
    def shared(self) -> frozenset[str]:
        """Names that all options say: what the question is about."""
        first, *rest = [frozenset(one.said) for one in self.options.values()]
        return first.intersection(*rest) if rest else frozenset()

    @property
    def said(self) -> frozenset[str]:
        """Names that the reply says and nowhere denies."""
        return frozenset(self.reply.said) - frozenset(self.reply.denied)

    @property
    def denied(self) -> frozenset[str]:
        """Names that the reply denies and nowhere says."""
        return frozenset(self.reply.denied) - frozenset(self.reply.said)

    def agrees(self, letter: str) -> frozenset[str]:
        """Names that reply and option say, or both deny."""
        option = self.options[letter]
        return (frozenset(self.reply.said) & frozenset(option.said)) | (
            frozenset(self.reply.denied) & frozenset(option.denied)
        )

    def conflicts(self, letter: str) -> bool:
        """Whether the reply denies what the option says, or says what it denies."""
        said, denied = frozenset(self.options[letter].said), frozenset(self.options[letter].denied)
        return bool(self.said & (denied - said) or (self.denied - self.shared) & (said - denied))

    def names_others(self, letter: str) -> bool:
        """Whether the reply says what other options say and this one does not, or another number."""
        known = frozenset(name for option in self.options.values() for name in option.said)
        own = self.options[letter].names
        numbers = any(is_number(name.lstrip("<>=~")) for name in known)
        others = self.said & known - own
        return bool(others) or (numbers and any(is_number(name.lstrip("<>=~")) for name in self.said - own))


def option_meant(text: str, options: Mapping[str, str]) -> str | None:
    """The option that a text without letters means, where one fits and each of the others does not.

    Compared are content words by name (numbers, common things and inflections folded together) with what is
    denied kept apart from what is said. An option fits if the reply denies nothing that it says and says
    nothing that it denies or that only other options say, if it has a good part of the option's words, and
    if few of its own words are in no option. Every other option must fit less: contradicted, or with fewer
    of the reply's words. Doubt ("or", "might", "if") fits no option that does not hold it itself.
    """
    said = polar(_bare(text))
    alike = [letter for letter, option in options.items() if said and polar(_bare(option)) == said]
    if alike:
        return alike[0] if len(alike) == 1 else None
    meanings = {letter: meaning_of(option) for letter, option in options.items()}
    vocabulary = frozenset(name for meaning in meanings.values() for name in meaning.names)
    if not vocabulary:
        return None
    reply, slips = _settled(meaning_of(text), vocabulary)
    case = _Case(reply, meanings)
    found = [letter for letter in options if _fits(case, letter, slips) and _beats_others(case, letter)]
    if len(found) != 1:
        return None
    (letter,) = found
    return letter if reply.doubts <= meanings[letter].doubts else None


def _bare(text: str) -> str:
    return text.strip(" .,!\n。").casefold()


def _settled(reply: Meaning, vocabulary: frozenset[str]) -> tuple[Meaning, int]:
    """The reply with inflections and slips of the keys as the options' words; frames of answers left out."""
    slips = 0
    settled: dict[str, str] = {}
    for name in (*reply.said, *reply.denied):
        if name in vocabulary or name in settled:
            continue
        inflected = _inflection(name, vocabulary)
        if inflected is None and role_of(name) is Role.OTHER and name_of(name) == name:
            slip = meant_by(name, vocabulary)
            slips += slip is not None
            inflected = slip
        settled[name] = inflected or name
    drop = reply.frame - vocabulary
    said = dict.fromkeys(settled.get(name, name) for name in reply.said if name not in drop)
    denied = dict.fromkeys(settled.get(name, name) for name in reply.denied if name not in drop)
    return replace(reply, said=tuple(said), denied=tuple(denied)), slips


def _inflection(name: str, vocabulary: frozenset[str]) -> str | None:
    """The option's "climbing" for "climbs"; of a bare "fly" and "flying" neither stands for the other."""
    if len(name) < 4 or not name.isascii():
        return None
    forms = {f"{name}ing", f"{name.removesuffix('e')}ing", f"{name}{name[-1]}ing"}
    found = forms & vocabulary
    return found.pop() if len(found) == 1 else None


def _fits(case: _Case, letter: str, slips: int) -> bool:
    option, agreed = case.options[letter], case.agrees(letter)
    if not agreed or case.conflicts(letter) or case.names_others(letter) or slips > _FEW_SLIPS:
        return False
    if not agreed & frozenset(option.said) and (
        case.denied - frozenset(option.denied) or frozenset(option.said) - case.shared
    ):
        return False  # "there is no sign that says STOP" is not "there is no sign", and the other way round
    return _covers(case, letter) and _few_unknown(case, agreed, slips) and _in_order(case, letter, agreed)


def _covers(case: _Case, letter: str) -> bool:
    option, agreed = case.options[letter], case.agrees(letter)
    wholes = option.names, frozenset(option.said), option.names - case.shared
    if any(agreed & whole and len(agreed & whole) >= _LEAST_SHARE * len(whole) for whole in wholes):
        return True
    others = frozenset(name for other in case.options if other != letter for name in case.options[other].names)
    alone = option.names - others
    return bool(alone) and alone <= agreed


def _few_unknown(case: _Case, agreed: frozenset[str], slips: int) -> bool:
    if agreed & {"yes", "no"}:
        return True
    known = frozenset(name for option in case.options.values() for name in option.names)
    unknown = sum(1 if name.isascii() or len(name) > 1 else 0.5 for name in case.said - known)
    return unknown + slips <= max(_FEW if case.reply.has_verb else 1, len(agreed)) + (slips > 0)


def _in_order(case: _Case, letter: str, agreed: frozenset[str]) -> bool:
    """Whether the words stand as in the option, where their order means something.

    Who is left of whom: the things that all options name must keep their order. And of "brown dog" it is not
    sure that it says "the dog is brown", unless all options are about a dog.
    """
    option = case.options[letter]
    ours = [name for name in case.reply.said if name in option.said]
    if agreed & RELATIONS:
        things = [name for name in ours if name in case.shared - RELATIONS]
        return things == [name for name in option.said if name in things]
    if not case.reply.has_verb and option.has_verb and len(frozenset(ours) - case.shared) > 1:
        return ours == [name for name in option.said if name in ours]
    return True


def _beats_others(case: _Case, letter: str) -> bool:
    """Whether all others are contradicted or have fewer of the reply's words, or as many and more besides.

    The last only for a reply that says exactly what the option does: "eight lamps", and not "eight lamps, but some …".
    """
    agreed, reply, option = case.agrees(letter), case.reply, case.options[letter]
    exact = {*reply.said} == {*option.said} and {*reply.denied} == {*option.denied} and not reply.turns
    return all(
        case.agrees(other) < agreed or (exact and case.agrees(other) == agreed and case.options[other].names > agreed)
        for other in case.options
        if other != letter and not case.conflicts(other)
    )
