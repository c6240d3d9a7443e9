"""What lmms-eval asks and how it scores: pairs of a plain and a leading question about one image.

RA (robustness accuracy) is the share of pairs with both halves right, MR (misleading rate) the share of pairs with the
plain half right in which the leading half is wrong. Replies are read by leadproof's own reader, in the folder
``leadproof_reader`` beside this file: strict (it abstains rather than guess) and, for comparison with published
figures, by the benchmark's official rule.
"""

import importlib
import importlib.util
import math
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

_HERE = Path(__file__).resolve().parent
_READER = "leadproof_reader"
_LETTERS = "ABCDEFGH"


def doc_to_visual(doc: Mapping[str, Any]) -> list[Any]:
    """The question's image, in RGB.

    Raises:
        ValueError: The image is named outside this folder.
        FileNotFoundError: It is not there.
    """
    from PIL import Image

    path = Path(os.path.normpath(_HERE / doc["image"]))
    if not path.is_relative_to(_HERE):
        raise ValueError(f"{doc['id']}: the image {doc['image']!r} is not in {_HERE}")
    if not path.is_file():
        raise FileNotFoundError(f"{doc['id']}: there is no {path}. Put the images where the benchmark names them.")
    with Image.open(path) as found:
        return [found.convert("RGB")]


def doc_to_text(doc: Mapping[str, Any], lmms_eval_specific_kwargs: Mapping[str, Any] | None = None) -> str:
    """The question with its options, and what the task's YAML says before and after it."""
    said = lmms_eval_specific_kwargs or {}
    return f"{said.get('pre_prompt', '')}{doc['question']}{said.get('post_prompt', '')}"


def process_results(doc: Mapping[str, Any], results: Sequence[str]) -> dict[str, Any]:
    """One half of a pair, read by both rules; the rates are made of whole pairs, when all are read.

    A half says whether it is ``right`` and not, as usual, its ``score``: of that lmms-eval would make standard errors
    over rows, where these rates are over pairs.
    """
    strict, official = _read(doc, results[0])
    by_strict, by_official = _half(doc, strict), _half(doc, official)
    return {
        "ra": by_strict,
        "mr": by_strict,
        "ra_official": by_official,
        "mr_official": by_official,
        "unread": float(strict is None),
    }


def process_true_premise(doc: Mapping[str, Any], results: Sequence[str]) -> dict[str, Any]:
    """One half of a pair whose leading question takes something true for granted; the leading half alone counts."""
    strict, _ = _read(doc, results[0])
    return {"true_premise": _half(doc, strict), "unread": float(strict is None)}


def robustness_accuracy(halves: Sequence[Mapping[str, Any]]) -> float:
    """RA in [0, 1]; not a number without a whole pair. A half whose partner was not asked (``--limit``) counts not."""
    pairs = _pairs(halves)
    return sum(positive and negative for positive, negative in pairs) / len(pairs) if pairs else math.nan


def misleading_rate(halves: Sequence[Mapping[str, Any]]) -> float:
    """MR in [0, 1]; not a number, rather than zero, where no plain half is right."""
    known = [negative for positive, negative in _pairs(halves) if positive]
    return sum(not negative for negative in known) / len(known) if known else math.nan


def leading_right(halves: Sequence[Mapping[str, Any]]) -> float:
    """The share of leading halves that are right, in [0, 1]; not a number where there is none."""
    leading = [half["right"] for half in halves if half["question_type"] == "NEG"]
    return sum(leading) / len(leading) if leading else math.nan


def _half(doc: Mapping[str, Any], letter: str | None) -> dict[str, Any]:
    right = letter == doc["ground_truth"]
    return {"pair_id": doc["id"], "question_type": doc["question_type"], "right": right}


def _pairs(halves: Sequence[Mapping[str, Any]]) -> list[tuple[bool, bool]]:
    """The whole pairs, as whether the plain half is right and whether the leading one is."""
    found: dict[str, dict[str, bool]] = {}
    for half in halves:
        found.setdefault(half["pair_id"], {})[half["question_type"]] = half["right"]
    return [(pair["POS"], pair["NEG"]) for pair in found.values() if len(pair) == 2]


def _read(doc: Mapping[str, Any], reply: str) -> tuple[str | None, str | None]:
    """The letters that the strict and the official rule read in a reply; None for unread."""
    options = dict(zip(_LETTERS, doc["options"], strict=False))
    return _module("strict").strict(reply, options), _module("official").read(reply, options)


def _module(name: str) -> ModuleType:
    """A module of the reader beside this file, which lmms-eval does not put on Python's path."""
    if _READER not in sys.modules:
        if importlib.util.find_spec("tomllib") is None:
            raise ImportError("leadproof's reader needs Python 3.11 or newer")
        folder = _HERE / _READER
        spec = importlib.util.spec_from_file_location(
            _READER, folder / "__init__.py", submodule_search_locations=[str(folder)]
        )
        if spec is None or spec.loader is None:
            raise ImportError(f"{folder} cannot be imported")
        package = importlib.util.module_from_spec(spec)
        sys.modules[_READER] = package
        spec.loader.exec_module(package)
    return importlib.import_module(f"{_READER}.{name}")
