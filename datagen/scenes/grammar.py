"""Just enough English for captions: articles, number words, lists."""

from collections.abc import Sequence

from datagen.scenes.vocabulary import plural

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def article(noun: str) -> str:
    """The noun phrase with "a" or "an"."""
    return f"{'an' if noun[0].lower() in 'aeiou' and not noun.startswith('uni') else 'a'} {noun}"


def counted(number: int, noun: str) -> str:
    """A number word and the noun: "five red stars"; one is an article."""
    return article(noun) if number == 1 else f"{_NUMBERS[number]} {plural(noun)}"


def listed(items: Sequence[str]) -> str:
    """Items with commas and a final "and"; nothing gives the empty string."""
    return " and ".join((", ".join(items[:-1]), items[-1])) if len(items) > 1 else "".join(items)


def sentence(text: str) -> str:
    """The text with a capital and a full stop."""
    return f"{text[0].upper()}{text[1:]}."
