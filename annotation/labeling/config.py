"""Labeling configs: the page an annotator sees, as Label Studio's XML, one a mode.

Nothing untrusted is part of them: texts come from a task's data into ``Text`` tags, which show them as text. Choices
that vary by pair hold letters alone, for Label Studio fills in ``$names`` within the values of such choices.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from annotation.verdict import FAULTS, JUDGEMENTS, Mode

REVIEW_KEYS = "1234"
FAULT_KEYS = "qwerty"
# Of the letters A to H. Label Studio itself answers to h, u and v.
FIX_KEYS = {"positive": "asdfgjkl", "negative": "zxcbnm,."}
ANSWER_KEYS = {"positive": "12345678", "negative": "qwertyio"}
NONE_KEYS = {"positive": "0", "negative": "p"}
_HALVES = (("positive", "Plain question"), ("negative", "Leading question"))
_HALVES_BLIND = (("positive", "Question 1"), ("negative", "Question 2"))  # nobody is warned of the leading one


@dataclass(frozen=True)
class LabelingConfig:
    """One page's XML, and the eight hex digits that name its version."""

    mode: Mode
    xml: str
    version: str


@lru_cache
def labeling_config(mode: Mode) -> LabelingConfig:
    """The page of a mode."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    pages = Environment(loader=PackageLoader("annotation", "labeling"), undefined=StrictUndefined, autoescape=False)
    xml = pages.get_template("blind.xml.jinja" if mode == "blind" else "review.xml.jinja").render(
        mode=mode,
        halves=_HALVES_BLIND if mode == "blind" else _HALVES,
        judgements=list(zip(JUDGEMENTS, REVIEW_KEYS, strict=True)),
        faults=[(name, name.replace("-", " "), key) for name, key in zip(FAULTS, FAULT_KEYS, strict=True)],
    )
    return LabelingConfig(mode, xml, hashlib.sha256(xml.encode()).hexdigest()[:8])


def faults_of(xml: str) -> list[str]:
    """What is wrong with a labeling config: what Label Studio would refuse, and hotkeys that stand for two things.

    Raises:
        MissingExtra: The Label Studio SDK is not installed.
    """
    from annotation.studio.sdk import labeling_interface

    return labeling_interface(xml) or _doubled_keys(xml)  # what is no XML has no keys


def _doubled_keys(xml: str) -> list[str]:
    from xml.etree import ElementTree

    seen: dict[str, str] = {}
    doubled = []
    for choice in ElementTree.fromstring(xml).iter("Choice"):
        key, value = choice.get("hotkey"), choice.get("value", "")
        if key and key in seen:
            doubled.append(f"the key {key} stands for {seen[key]!r} and for {value!r}")
        elif key:
            seen[key] = value
    return doubled
