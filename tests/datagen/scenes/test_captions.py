"""Captions: five, different, and true."""

import re
from typing import Any

from datagen.scenes.vocabulary import KINDS, SPECIAL_NAMES, plural

COLORS = "red|orange|yellow|green|blue|purple|pink|brown|black|white|gray"
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
NOUNS = {noun: kind for kind in (*KINDS, *SPECIAL_NAMES) for noun in (kind, plural(kind))}
MENTION = re.compile(
    rf"(?:\b(a|an|{'|'.join(NUMBERS)}) )?(?:(?:large|small) )?(?:({COLORS}|striped|dotted|checkered) )?"
    rf"\b({'|'.join(sorted(NOUNS, key=len, reverse=True))})\b",
    re.IGNORECASE,
)


def test_five_different_ones(scenes: Any) -> None:
    for scene in scenes:
        assert len(set(scene.captions)) == 5


def test_mention_only_what_is_there_in_its_color_and_number(scenes: Any) -> None:
    for scene in scenes:
        things = scene.world["things"]
        for caption in scene.captions:
            unquoted = re.sub(r'"[^"]*"', "", caption)
            for thing in things:  # what someone does is not a thing that stands alone
                unquoted = unquoted.replace(thing.get("activity", "-"), "")
            mentions = MENTION.findall(unquoted)
            assert mentions, caption
            for number, mark, noun in mentions:
                kind = NOUNS[noun.lower()]
                found = [
                    thing for thing in things
                    if thing["kind"] == kind and (not mark or mark.lower() in (thing.get("color"), thing["texture"]))
                ]  # fmt: skip
                assert found, caption
                if number.lower() in NUMBERS:
                    assert len(found) == NUMBERS[number.lower()], caption


def test_quote_only_what_is_written(scenes: Any) -> None:
    for scene in scenes:
        written = {thing.get("text") for thing in scene.world["things"]}
        assert {text for caption in scene.captions for text in re.findall(r'"([^"]*)"', caption)} <= written


def test_are_sentences(scenes: Any) -> None:
    for scene in scenes:
        for caption in scene.captions:
            assert re.fullmatch(r"[A-Z].*\.", caption)
            assert not re.search(r"\ba [aeiou]|\ban [^aeiou]", caption)
