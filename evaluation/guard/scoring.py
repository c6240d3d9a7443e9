"""How well a guard's question was answered.

Source: "VQA: Visual Question Answering" (arXiv 1505.00468) and visualqa.org/evaluation.html, which document metric and
normalisation. Of the normalisation two things are simpler here: apostrophes are put back into the common contractions
alone, and answers that people gave are normalised in full also where all gave the same one.
"""

import re

from evaluation.guard.contract import GuardItem
from evaluation.readers.cleaning import clean
from evaluation.readers.strict import strict

VOTES = 10  # answers of as many people are votes; any other number are alternatives
_ENOUGH = 3  # of the others' votes make an answer right
_ARTICLES = frozenset({"a", "an", "the"})
_NUMBERS = {word: str(number) for number, word in enumerate(
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
)} | {"none": "0"}  # fmt: skip
_NOT = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have|had|ca|could|would|should|wo|must|need|might|ought|sha|ai)(?=nt$)"
)
_SHORTENED = {
    word.replace("'", ""): word
    for word in (
        "i'm", "i've", "you're", "you've", "you'll", "they're", "they've", "they'll", "it'll", "we've", "he's",
        "that's", "what's", "where's", "there's", "who's", "how's", "when's", "why's", "o'clock", "ma'am", "y'all",
        "could've", "should've", "would've", "might've", "must've",
    )
}  # fmt: skip
_POINT = re.compile(r"\.(?!\d)")  # a full stop, not a decimal point
_THOUSANDS = re.compile(r"(?<=\d),(?=\d)")
_PUNCTUATION = re.compile(r"[^\w\s.:']|_")
_DECLARED = re.compile(r"^Final answer: (.+)$", re.MULTILINE)
_WHITE = re.compile(r"\s+")


def guard_score(item: GuardItem, reply: str) -> float:
    """How well a reply answers, in [0, 1]; never raises.

    With options: whether the letter that the strict reader finds is the right one. Of ten answers: the metric of
    VQAv2, ``min(1, others who said the same / 3)``, the mean over leaving out each of the ten. Of one answer, or of
    alternatives: whether it is equal to any after normalisation. Thinking that was never closed answers nothing.
    """
    if item.options:
        return float(strict(reply, item.options) == item.answers[0])
    cleaned = clean(reply)
    declared = _DECLARED.findall(cleaned.text)  # in an answer's tag, a box or under a key of JSON
    said = "" if cleaned.unfinished else normalised(declared[-1] if declared else cleaned.text)
    if not said:
        return 0.0
    answers = [normalised(one) for one in item.answers]
    same = answers.count(said)
    if len(answers) != VOTES:
        return float(same > 0)
    left_out = same * min(1.0, (same - 1) / _ENOUGH) if same else 0.0
    return (left_out + (VOTES - same) * min(1.0, same / _ENOUGH)) / VOTES


def normalised(answer: str) -> str:
    """An answer as answers are compared: lower case, no articles or punctuation, number words as digits.

    Apostrophes and colons stay (a girl's hat, 2:50), and so do decimal points; commas within numbers go.
    """
    text = _THOUSANDS.sub("", _WHITE.sub(" ", answer.strip().lower().replace("’", "'")))
    text = _POINT.sub("", _PUNCTUATION.sub(" ", text))
    words = [_NUMBERS.get(word, word) for word in text.split()]
    return " ".join(_whole(word) for word in words if word not in _ARTICLES)


def _whole(word: str) -> str:
    """A contraction with its apostrophe."""
    found = _NOT.match(word)
    return f"{found[0]}n't" if found is not None else _SHORTENED.get(word, word)
