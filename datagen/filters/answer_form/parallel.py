"""Grammar that siblings teach: where all other options of a question go on alike, the one that does not is broken.

"The car is red. / The car blue. / The car is green." needs no parser: the others tell where the verb belongs.
"""

import re
from collections.abc import Sequence

from datagen.filters.answer_form.frames import common_end, common_start, said_words
from datagen.filters.answer_form.nouns import ends_noun, is_singular
from datagen.filters.english.inflection import base_form, singular, third_person, verbs
from datagen.filters.english.lexicon import kinds_by_word
from datagen.filters.english.word_lists import listed

_ARTICLES = frozenset({"a", "an", "the"})
_SMALL = listed("datagen.filters.answer_form", "parallel", "small")
"""Words that a frame cannot do without: articles, prepositions and forms of "to be"."""
_FINITE = listed("datagen.filters.answer_form", "offered", "finite")
_BE = frozenset({"is", "are", "was", "were"})
_NO_FINITE_BE = frozenset({"be", "am", "being", "been", "bes", "ises"})
_DETERMINED = listed("datagen.filters.answer_form", "parallel", "determined")
"""Words before which no article is missing."""
_LOOKS = frozenset({"color", "pattern", "emotion", "shape", "adjective"})
_WRITTEN = re.compile(r"\"[^\"]*\"|(?<!\w)'[^']+'(?!\w)|“[^”]*”|\b[A-Z]{2,}\b")
_OTHER_NUMBER = {"is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't", "doesn't": "don't"}


def broken_frame(texts: Sequence[str], elsewhere: Sequence[str] = ()) -> tuple[int, str] | None:
    """The option that breaks the frame all others keep, and the words that show it; None where none does.

    Broken is another number ("The sign say"), another form of the verb ("The sign to say", "The chair be red"), a verb,
    an article or a preposition left out ("The chair red", "There is apple", "in picture"). Fewer than three options
    teach nothing.

    Args:
        texts: The options of one question.
        elsewhere: What else the pair says, from which nouns are known that take an article.
    """
    options = [said_words(text) for text in texts]
    if len(options) < 3 or not all(options):
        return None
    start = common_start(options)
    odd = _odd_at(options, start)
    if odd is not None:
        place, usual = odd
        said = _broken_at(options[place], start, usual, options[place - 1])
        if not said and start and _is_verb(usual) and _lacks_verb(texts[place], start, usual, elsewhere):
            said = " ".join(options[place][: start + 1])
        if said:
            return place, said
    stem = _without_ing(options, start)
    if stem is not None:
        return stem
    bare = _without_article(options, start, elsewhere)
    if bare is not None:
        return bare
    back = [words[::-1] for words in options]
    end = common_end(options)
    odd = _odd_at(back, end)
    if odd is not None:
        place, usual = odd
        if _left_out(back[place], end, usual, back[place - 1]):
            return place, " ".join(options[place][-end - 1 :])
    return None


def _odd_at(options: list[tuple[str, ...]], at: int) -> tuple[int, str] | None:
    """The one option that has another word at a place where all others have the same, and that word of theirs."""
    here = [words[at] if at < len(words) else "" for words in options]
    if len(set(here)) != 2:
        return None
    place = next((place for place, word in enumerate(here) if here.count(word) == 1), None)
    if place is None or (len(here) == 2):
        return None
    usual = here[place - 1]
    return (place, usual) if usual and here.count(usual) == len(here) - 1 else None


def _broken_at(own: tuple[str, ...], at: int, usual: str, other: tuple[str, ...]) -> str | None:
    """How an option is broken where all others have the same word.

    Args:
        own: The option's words.
        at: Where it leaves the frame.
        usual: The word all others have there.
        other: One of the others.
    """
    word = own[at] if at < len(own) else ""
    before = own[at - 1] if at else ""
    said = " ".join(own[max(0, at - 2) : at + 1])
    goes_on = own[at + 1 : at + 2] == other[at + 1 : at + 2]
    if at and before != "there" and (_of_other_number(word, usual, before) or (_same_noun(word, usual) and goes_on)):
        return said
    if at and _is_verb(usual) and _is_other_form(own, at, usual):
        return said
    return said if _left_out(own, at, usual, other) else None


def _same_noun(word: str, usual: str) -> bool:
    return bool(word) and singular(word) == singular(usual)


def _is_verb(word: str) -> bool:
    """Whether a word is a finite verb that a frame may turn on."""
    base = base_form(word)
    return word in _FINITE or (base != word and base in verbs() and third_person(base) == word)


def _is_other_form(own: tuple[str, ...], at: int, usual: str) -> bool:
    """Whether a verb stands in a form that carries no sentence: "be", "being", "to say", "saying"."""
    word = own[at] if at < len(own) else ""
    if usual in _BE:
        return word in _NO_FINITE_BE or own[at : at + 2] == ("to", "be")
    base = base_form(usual)
    if word == "to":
        return base_form(own[at + 1]) == base if at + 1 < len(own) else False
    return word != usual and base_form(word) == base and (word.endswith("ing") or word == base)


def _lacks_verb(text: str, at: int, usual: str, elsewhere: Sequence[str]) -> bool:
    """Whether what follows a subject holds no verb; a word in -s or -ed that is on no list may be one.

    Args:
        text: The option.
        at: Where it leaves the frame.
        usual: The verb all others have there.
        elsewhere: What else the pair says: what follows that verb there is no verb ("is striped").
    """
    words = said_words(text)
    if len(words) <= at:
        return False
    rest = said_words(_WRITTEN.sub(" ", text))[at:]
    if words[at - 1] == "there":
        return not any(word in _FINITE for word in rest)
    return not any(word in _FINITE or _may_be_verb(word, usual, elsewhere) for word in rest)


def _may_be_verb(word: str, usual: str, elsewhere: Sequence[str]) -> bool:
    if word.endswith(("n't", "'s")):
        return True
    if not word.endswith(("s", "d")) or len(word) < 4:
        return base_form(word) in verbs() and base_form(word) != word and not word.endswith("ing")
    looks = kinds_by_word().get(word, frozenset()) & _LOOKS
    if looks or any(f"{usual} {word}" in said.casefold() for said in elsewhere):
        return False
    return base_form(word) != word and (base_form(word) in verbs() or base_form(word) not in kinds_by_word())


def _left_out(own: tuple[str, ...], at: int, usual: str, other: tuple[str, ...]) -> bool:
    """Whether a small word of the frame is left out: what follows it in the others comes at once."""
    return usual in _SMALL and at < len(own) and own[at : at + 1] == other[at + 1 : at + 2]


def _without_ing(options: list[tuple[str, ...]], start: int) -> tuple[int, str] | None:
    """The option with a bare verb ("is jump") after the "is" where all others go on with one in -ing."""
    here = [words[start] if start < len(words) else "" for words in options]
    stems = [place for place, word in enumerate(here) if not word.endswith("ing")]
    if start == 0 or len(stems) != 1 or options[0][start - 1] not in _BE:
        return None
    place = stems[0]
    kinds = kinds_by_word().get(here[place], frozenset())
    if here[place] not in verbs() or kinds - {"posture"}:
        return None
    return place, " ".join(options[place][: start + 1])


def _without_article(options: list[tuple[str, ...]], start: int, elsewhere: Sequence[str]) -> tuple[int, str] | None:
    """The option that has a bare countable noun where all others have one with an article."""
    here = [words[start] if start < len(words) else "" for words in options]
    bare = [place for place, word in enumerate(here) if word not in _ARTICLES]
    if start == 0 or len(bare) != 1 or not here[bare[0]] or here[bare[0]] in _DETERMINED:
        return None
    place = bare[0]
    words = options[place]
    at = next((at for at in range(start, len(words)) if ends_noun(words, at)), start)
    noun = words[at]
    if singular(noun) != noun:
        return None
    others = [said_words(text) for text in elsewhere]
    counted = is_singular(noun, "") or any(_with_article(known, words[start : at + 1]) for known in others)
    return (place, " ".join(words[start - 1 : at + 1])) if counted else None


def _with_article(known: tuple[str, ...], noun: tuple[str, ...]) -> bool:
    return any(
        known[there] in {"a", "an"} and known[there + 1 : there + 1 + len(noun)] == noun for there in range(len(known))
    )


def _of_other_number(word: str, usual: str, before: str) -> bool:
    if _OTHER_NUMBER.get(word) == usual or _OTHER_NUMBER.get(usual) == word:
        return True
    base = base_form(word)
    if base != base_form(usual) or base not in verbs() or before == "to":
        return False
    return {word, usual} == {base, third_person(base)}
