"""Readers of answers that are yes or no, which POPE and its like ask for in words."""

import re
from collections.abc import Iterator, Mapping

from evaluation.readers.cleaning import clean
from evaluation.readers.official import NONE
from evaluation.readers.presence import Presence, presence_of, states_presence

_YES = r"yes|yeah|yep|yup|oui|sí|sì|sim|ja|да|是的|是|はい|네|예|نعم|हाँ|हां|evet|tak"
_NO = r"no|nope|nah|non|nein|não|нет|不是|没有|否|いいえ|아니요|아니오|لا|नहीं|hayır|nie|nee"
_SAYS_YES = re.compile(_YES, re.IGNORECASE)
_EDGE = r"\s\"'“”‘’«»()\[\]{}<>*_`#:;,.!—–-"
# What leads in to an answer: "So, ", "The answer to the question is: ", "I would say ".
_LEAD = (
    r"(?:(?:so|therefore|thus|hence|overall|well|ok|okay|sure|certainly|in conclusion|in summary|to conclude|"
    r"based on (?:the|this) (?:image|picture|photo)|(?:and |so )?my answer|in short)\b[\s,:]{1,4}){0,2}"
)
_STATING = (
    r"(?:(?:(?:the|my|so the|thus the|therefore the)\s+)?(?:final |correct |short |right )?(?:answer|response)"
    r"(?:\s+(?:to|for)\s[^.?!\n]{0,120}?)?(?:\s*[:=]|\s+(?:is|would be|should be|must be))|"
    r"(?:i\s+(?:would|will)\s+(?:say|answer)|i'd say|i say|i answer|i think|i believe))"
)
# An answer stands by itself, or says something behind it: "Yes, …", "No there isn't"; not "No dog …", "Yes men".
_BEHIND = (
    r"(?=[\s\"'“”’»)\]}>*_`]{0,6}(?:[.,!:;(\n—–]|-\s|\s-|$|[。，！]))|"
    r"(?=\s+(?:there|it|the|this|that|these|those|he|she|they|i|we|you|because|since|as)\b)"
)
_ANSWER = re.compile(
    rf"[\W_]{{0,12}}{_LEAD}(?:{_STATING}[{_EDGE}]{{0,8}})?(?P<word>{_YES}|{_NO})(?:{_BEHIND})(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_WITHIN = re.compile(
    rf"\b{_STATING}[{_EDGE}]{{0,8}}(?P<word>yes|no)(?=[\"'”’)\]}}*_`]{{0,6}}\s*(?:[.,!;\n—–]|$))", re.IGNORECASE
)
_AGAIN = re.compile(rf"^(?:[{_EDGE}]{{0,6}}(?P<word>yes|no)(?=[\s.,!;]|$))+[{_EDGE}]*$", re.IGNORECASE)
_UNSURE = re.compile(
    r"\b(?:yes|no)\s{0,3}(?:and|or|/|&|nor)\s{0,3}(?:yes|no)\b|\b(?:maybe|perhaps)\b|\bno\.?\s?\d|"
    r"\b(?:(?:can ?not|can't|could not|couldn't|unable to|not able to|impossible to|hard to|difficult to|no way to)\s"
    r"(?:\w+\s)?(?:tell|say|determine|answer|confirm|verify|know|view|access|process|analy[sz]e|assess|judge|decide|"
    r"be (?:sure|certain|determined|answered|confirmed)|help|assist|provide))\b|"
    r"\b(?:can ?not|can't|unable to|not able to|do not|don't)\s(?:\w+\s)?(?:see|have|find)\s"
    r"(?:any |an |the |your |this )?(?:attached |uploaded )?(?:images?|pictures?|photos?|access|ability)\b|"
    r"\b(?:do not|don't)\s(?:really )?know\b|\bnot\s(?:\w+\s)?(?:sure|certain|clear|enough)\b|\bunclear\b|\bunsure\b|"
    r"\buncertain\b|\bambiguous\b|\bno (?:image|picture|photo)s?\b|\bdepends\b|\bsorry\b|\bas an ai\b",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"\b(?:please\s+)?(?:answer|reply|respond)\s+(?:the question\s+)?(?:only\s+)?(?:with\s+|using\s+)?"
    r"(?:only\s+|just\s+|a\s+|either\s+)?['\"]?yes['\"]?\s*(?:or|/)\s*['\"]?no['\"]?(?:\s+only)?\s*[.:\n]?",
    re.IGNORECASE,
)
_TURN = re.compile(
    r"\b(?:wait(?=\s*[,.!:;…—–-])|hold on|on second thoughts?|correction|scratch that|"
    r"let me (?:re\w*|look again|correct)|i was wrong|i was mistaken|i made a mistake|my mistake|"
    r"actually,?\s+(?=(?:yes|no)\b)|i mean,?\s+(?=(?:yes|no)\b))",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:no|not|none|nothing|nobody|never|without|neither|nor)\b|n't\b|n’t\b", re.IGNORECASE)
_NEGATED_NEXT = re.compile(
    r"[\s\"'”’)\]}*_`.,!:;—–-]{0,6}(?:no\s\w|(?:there|it|this|that|they|he|she|the \w+)\s"
    r"(?:is|are|was|were|does|do|has|have)(?:\s(?:no|not|none|never|nothing|nobody)\b|n['’]t\b))",
    re.IGNORECASE,
)

_AFFIRMED = re.compile(
    r"\W{0,6}(?:it|he|she|they|there|this|that|i)\s(?:is|are|was|were|does|do|has|have)\W*", re.IGNORECASE
)
_CONDITION = re.compile(r"\b(?:if|unless|assuming|whether)\b", re.IGNORECASE)
_EMPTY = frozenset({  # words that a restated question need not share
    "is", "are", "was", "were", "do", "does", "did", "has", "have", "can", "there", "the", "a", "an", "any", "some",
    "in", "on", "of", "at", "to", "it", "he", "she", "they", "this", "that", "these", "those", "his", "her", "their",
    "its", "image", "picture", "photo", "photograph", "scene", "visible", "shown", "and", "or",
})  # fmt: skip
# A second answer in the same sentence: "Yes, …, no." or "Yes: 60 %, no: 40 %".
_ASIDE = re.compile(
    r"(?:[,;:—–(-]\s{0,3}(?:but |and |so |or )?|\b(?:so|hence|thus|therefore),?\s)(yes|no)\b(?=\s*(?:[.,!;:)%]|$))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.?!\n。！？]*(?:[.!?。！？]+(?!\w)|\n|$|[.!?](?=\w))")


def official_yes_no(reply: str, options: Mapping[str, str]) -> str:
    """The rule of POPE's released scorer: the first sentence, without commas, is "no" if No, no or not is a word of it.

    Everything else, nonsense and silence too, is "yes" (RUCAIBox/POPE, evaluate.py).

    Returns:
        The letter of that option; ``E`` where there is no such option.
    """
    words = reply.split(".", 1)[0].replace(",", "").split(" ")
    said = "no" if {"No", "no", "not"} & set(words) else "yes"
    return next((letter for letter, text in options.items() if text.casefold() == said), NONE)


def official_first(reply: str, words: Mapping[str, str]) -> str:
    """The rule of NaturalBench's released scorer: of two words the one that stands first, whatever its case.

    Source: Baiqi-Li/NaturalBench, naturalbench_vqa.py. For letters it takes the article "a" for A.

    Args:
        reply: A model's reply.
        words: From letters to the words looked for: yes and no, or A and B themselves.

    Returns:
        The letter of that word; ``E`` where none stands in the reply.
    """
    found = {
        letter: match.start()
        for letter, word in words.items()
        if (match := re.search(rf"\b{re.escape(word)}\b", reply, re.IGNORECASE)) is not None
    }
    return min(found, key=lambda letter: found[letter], default=NONE)


def strict_yes_no(reply: str, options: Mapping[str, str], *, question: str = "") -> str | None:
    """The option that a reply commits to; None where it commits to none, to both, or contradicts itself.

    It may say yes or no in front, state it ("The answer is no."), or end with it; thinking is not read. Where it
    corrects itself, its last word counts. Never raises.

    Args:
        reply: Anything at all.
        options: Letter to text; two of them are yes and no.
        question: What was asked. Of "Is there a dog in the image?" the reply "There is no dog in the image." is read
            too; without it only what is said in so many words is.
    """
    said = _said(reply, question)
    return next((letter for letter, text in options.items() if text.strip().casefold() == said), None)


def _said(reply: str, question: str) -> str | None:
    cleaned = clean(reply)
    if cleaned.unfinished:
        return None
    text = _INSTRUCTION.sub("\n", cleaned.text).replace("’", "'")
    turns = list(_TURN.finditer(text))
    if turns:
        text = text[turns[-1].end() :]
    if _UNSURE.search(text):
        return None
    asked = presence_of(question)
    stated = states_presence(text, asked) if asked is not None else set()
    if len(stated) > 1:
        return None
    found = set(_answers(text, question))
    if turns and not found:
        return None
    if not found:
        found = {"yes" if one is Presence.THERE else "no" for one in stated}
    elif stated and stated != {Presence.THERE if "yes" in found else Presence.ABSENT}:
        return None
    return found.pop() if len(found) == 1 else None


def _answers(text: str, question: str) -> Iterator[str]:
    """Every yes and no that the sentences of a reply say; ``both`` beside it where one contradicts itself."""
    repeated = _AGAIN.match(text)
    if repeated is not None:
        yield from (_word(one) for one in re.findall(r"\b(?:yes|no)\b", text, re.IGNORECASE))
        return
    own = _plain(question)
    for sentence in _sentences(text):
        if sentence.rstrip().endswith("?"):
            if _plain(sentence) != own:
                yield "both"  # it asks itself something else, and answers that
            continue
        found = _ANSWER.match(sentence)
        if found is not None:
            word = _word(found["word"])
            yield word
            if _contradicts(word, found["rest"], question):
                yield "both"
        else:
            yield from (_word(one["word"]) for one in _WITHIN.finditer(sentence))
        rest = found["rest"] if found is not None else sentence
        yield from (_word(one[1]) for one in _ASIDE.finditer(rest))
        if _CONDITION.search(sentence):
            yield "both"


def _contradicts(word: str, rest: str, question: str) -> bool:
    """Whether what a yes or no is followed by says the other: "Yes, there is no dog", "No, he is holding the bat"."""
    if _DENIES.search(question):  # "Is there no dog?": yes and no are used either way
        return False
    if word == "yes":
        return _NEGATED_NEXT.match(rest) is not None
    asked = set(_plain(question).split()) - _EMPTY
    restated = len(asked) > 1 and asked <= set(_plain(rest).split()) and not _DENIES.search(rest)
    return restated or _AFFIRMED.fullmatch(rest) is not None


def _sentences(text: str) -> Iterator[str]:
    return (found[0] for found in _SENTENCE.finditer(text) if found[0].strip())


def _word(said: str) -> str:
    return "yes" if _SAYS_YES.fullmatch(said) else "no"


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
