"""Annotators who never were, judging pairs of drawn scenes some of which have a wrong key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from annotation.verdict import Fix, FixedHalf, Judgement, Shown, ShownHalf, Verdict
from annotation.votes import Label
from datagen.generators import Evidence
from datagen.generators.rules import RULES
from datagen.scenes import captions, facts, make_world
from schemas.config import GenerateSettings
from schemas.identity import image_ref
from schemas.pair import Pair, Question


@dataclass(frozen=True)
class Person:
    """Chances of calling a valid pair valid and an invalid one invalid; seconds at the median."""

    name: str
    valid: float
    invalid: float
    seconds: float = 20.0


CAREFUL = Person("careful@example.org", 0.95, 0.95)
GOOD = Person("good@example.org", 0.90, 0.90)
GUESSING = Person("guessing@example.org", 0.55, 0.55)
ALSO_GUESSING = Person("guessing-too@example.org", 0.55, 0.55)
ALWAYS_ACCEPTS = Person("accepts@example.org", 1.0, 0.0)
FIVE = (CAREFUL, GOOD, GUESSING, ALSO_GUESSING, ALWAYS_ACCEPTS)
BAD = {GUESSING.name, ALSO_GUESSING.name, ALWAYS_ACCEPTS.name}


@dataclass(frozen=True)
class Project:
    """Pairs as people see them, and what only the simulation knows of them."""

    pairs: Mapping[str, Pair]
    truth: Mapping[str, Label]
    gold: Mapping[str, Label]
    verdicts: Sequence[Verdict]


@cache
def scene_pairs(count: int, seed: int) -> tuple[Pair, ...]:
    """Pairs that rules make of drawn scenes; nothing is drawn, the facts are known without."""
    settings, found, index = GenerateSettings(), list[Pair](), 0
    while len(found) < count:
        world = make_world(seed, index)
        ref, index = image_ref(f"{seed} {index}".encode()), index + 1
        evidence = Evidence(ref, captions=tuple(captions(world)), facts=tuple(facts(world, ref)))
        found += RULES(evidence, settings, seed=seed).pairs
    return tuple(found[:count])


def project(
    people: Sequence[Person] = FIVE, *, seed: int, count: int = 1_000, judges: int = 3, wrong: float = 0.1,
    gold: float = 0.08,
) -> Project:  # fmt: skip
    """People judge pairs.

    Args:
        people: Who; each pair is judged by ``judges`` of them, drawn anew, gold by all.
        seed: Of everything.
        count: Pairs, gold apart.
        judges: Of each pair.
        wrong: The share of pairs that get a wrong key, exactly.
        gold: The share of gold among what each person sees; every second one is broken on purpose.
    """
    random = Random(seed)
    known = round(count * judges / len(people) * gold / (1 - gold))
    drawn = list(scene_pairs(count + known, 7))
    random.shuffle(drawn)
    broken = set(range(round(count * wrong))) | set(range(count, count + known, 2))
    pairs = [_keyed_wrongly(pair, random) if place in broken else pair for place, pair in enumerate(drawn)]
    labels: dict[str, Label] = {
        pair.pair_id: "invalid" if place in broken else "valid" for place, pair in enumerate(pairs)
    }
    verdicts = []
    for place, pair in enumerate(pairs):
        shown = shown_of(pair)
        for person in random.sample(people, judges) if place < count else people:
            verdicts.append(_verdict(pair, shown, person, labels[pair.pair_id], random))
    return Project(
        {pair.pair_id: pair for pair in pairs},
        {pair.pair_id: labels[pair.pair_id] for pair in pairs[:count]},
        {pair.pair_id: labels[pair.pair_id] for pair in pairs[count:]},
        verdicts,
    )


def shown_of(pair: Pair) -> Shown:
    """A pair as it is shown."""
    halves = [ShownHalf(question=half.text, options=half.shown, order=half.order) for half in pair.halves]
    return Shown(image=pair.positive.image, category=pair.category, positive=halves[0], negative=halves[1])


def _keyed_wrongly(pair: Pair, random: Random) -> Pair:
    half = random.choice(["positive", "negative"])
    question: Question = getattr(pair, half)
    another = random.choice([place for place in range(len(question.options)) if place != question.answer])
    kept = {name: getattr(pair, name) for name in Pair.model_fields}  # the id is worked out anew
    return Pair.model_validate({**kept, half: question.model_copy(update={"answer": another})})


def _verdict(pair: Pair, shown: Shown, person: Person, truth: Label, random: Random) -> Verdict:
    right = random.random() < (person.valid if truth == "valid" else person.invalid)
    says_valid = right == (truth == "valid")
    judgement: Judgement = "accept" if says_valid else random.choice(["fix", "reject"])
    return Verdict(
        key=f"http://studio/1/{person.name}/{pair.pair_id}",
        version=1,
        annotator=person.name,
        mode="review",
        pair_id=pair.pair_id,
        content="0",
        shown=shown,
        config="review-1",
        guidelines=1,
        judgement=judgement,
        faults=() if says_valid else ("positive-key-wrong",),
        fix=Fix(positive=FixedHalf(letter="A")) if judgement == "fix" else None,
        seconds=round(random.lognormvariate(0, 0.5) * person.seconds, 1),
        created="2026-11-02T09:00:00Z",
        updated="2026-11-02T09:00:00Z",
    )
