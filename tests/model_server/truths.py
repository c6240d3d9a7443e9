"""The book of truths: what is right of each question that the scenes give rise to."""

import threading
from collections import defaultdict
from collections.abc import Sequence

from datagen.generators.evidence import Evidence
from datagen.generators.rules.generator import RULES
from schemas.fact import Fact
from schemas.pair import Pair
from schemas.text import nfc
from tests.model_server.scenes import Scenes
from tests.model_server.unwritten import unwritten_pair

Options = frozenset[str]
MANY = 1_000  # pairs of an image: all that the rules can make


class Truths:
    """All pairs of each scene, made once by the rules, each with a false and with a true premise.

    It depends on the run alone: a server that starts anew knows what an earlier one offered.
    """

    def __init__(self, scenes: Scenes) -> None:
        self._scenes = scenes
        self._settings = scenes.settings.generate.model_copy(update={"per_image": MANY})
        self._lock = threading.RLock()
        self._pairs: dict[str, tuple[Pair, ...]] = {}
        self._twins: dict[str, Pair] = {}
        self._unwritten: dict[str, Pair] = {}
        self._right: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._right_anywhere: dict[tuple[str, Options], set[str]] = defaultdict(set)
        self._premises: dict[tuple[str, str], bool] = {}
        self._leading: set[str] = set()

    def pairs(self, image: str) -> tuple[Pair, ...]:
        """All pairs of an image; the right option of each is truly right."""
        with self._lock:
            if image not in self._pairs:
                evidence = self._scenes.evidence(image)
                share = self._settings.true_premise_share
                made, false, true = (self._made(evidence, part) for part in (share, 0.0, 1.0))
                self._pairs[image] = made
                for pair, one, other in zip(made, false, true, strict=True):
                    self._twins[pair.pair_id] = other if pair.kind == one.kind else one
                if not any(fact.slot == "text" for fact in evidence.facts):
                    self._unwritten[image] = unwritten_pair(evidence)
                for pair in (*false, *true, *filter(None, [self._unwritten.get(image)])):
                    self._learn(image, pair)
            return self._pairs[image]

    def with_premise(self, pair: Pair, *, true: bool) -> Pair:
        """The pair about the same fact whose premise is true, or false; one of :meth:`pairs` goes in."""
        return pair if (pair.kind == "true-premise") == true else self._twins[pair.pair_id]

    def character_pair(self, image: str) -> Pair | None:
        """A pair about writing, be there any or none; None where there is some that the rules ask nothing about."""
        written = [pair for pair in self.pairs(image) if pair.category == "character/character"]
        return written[0] if written else self._unwritten.get(image)

    def rests_on(self, pair: Pair, told: object) -> list[int]:
        """The numbers of those facts, as a client told them, that a pair is built on.

        Args:
            pair: A pair of this book.
            told: A list of facts in any form, numbered by their ``number`` or else their place from 1.
        """
        rows = told if isinstance(told, list) else []
        bases = [fact for fact in self._scenes.facts(pair.positive.image) if fact.fact_id in pair.provenance.facts]
        return [
            row["number"] if isinstance(row, dict) and isinstance(row.get("number"), int) else place
            for place, row in enumerate(rows, 1)
            if any(_says(row, fact) for fact in bases)
        ]

    def right(self, image: str | None, question: str, options: Sequence[str]) -> set[str]:
        """Those of the options that are right, of this image or, without one, of any; may be empty."""
        with self._lock:
            for each in (image,) if image else self._scenes.images:
                self.pairs(each)
            asked, offered = nfc(question), {nfc(option): option for option in options}
            known = self._right.get((image, asked)) if image else None
            known = known or self._right_anywhere.get((asked, frozenset(offered)), set())
            return {option for folded, option in offered.items() if folded in known}

    def leading(self, question: str) -> bool:
        """Whether a question takes something for granted; one of a pair that is known goes in."""
        return nfc(question) in self._leading

    def premise(self, image: str | None, statement: str) -> bool | None:
        """Whether a premise is true of an image; None where that is not known."""
        if image is None:
            return None
        self.pairs(image)
        return self._premises.get((image, nfc(statement)))

    def _made(self, evidence: Evidence, true_premise_share: float) -> tuple[Pair, ...]:
        settings = self._settings.model_copy(update={"true_premise_share": true_premise_share})
        return RULES(evidence, settings, seed=self._scenes.settings.run.seed).pairs

    def _learn(self, image: str, pair: Pair) -> None:
        for half in pair.halves:
            options = frozenset(nfc(option.text) for option in half.options)
            self._right[image, nfc(half.text)].add(nfc(half.right))
            self._right_anywhere[nfc(half.text), options].add(nfc(half.right))
        self._leading.add(nfc(pair.negative.text))
        self._premises[image, nfc(pair.fact)] = True
        self._premises[image, nfc(pair.premise)] = pair.kind == "true-premise"


def _says(row: object, fact: Fact) -> bool:
    """Whether a told fact names a fact's subject, be it in the singular, and its value."""
    if not isinstance(row, dict):
        return fact.subject in str(row) and fact.value in str(row)
    held = {part for key, part in row.items() if isinstance(part, str) and part}
    return fact.value in held and any(fact.subject.startswith(part) for part in held - {fact.value})
