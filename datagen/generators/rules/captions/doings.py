"""Postures and activities of people and animals that are clear from the captions."""

from collections import defaultdict
from collections.abc import Iterator

from datagen.generators.rules.captions.activities import Activity
from datagen.generators.rules.captions.alternatives import being_of, kin_of
from datagen.generators.rules.captions.census import Census
from datagen.generators.rules.captions.contrast_sets import ContrastSets, contrast_sets
from datagen.generators.rules.captions.found import fact_of, support
from datagen.generators.rules.captions.people import People, Who
from datagen.generators.rules.captions.phrase import Phrase
from datagen.generators.rules.captions.statements import Doing
from datagen.generators.rules.captions.words import word_set
from schemas.fact import Fact

_PERCHED = frozenset({"perching", "sitting", "standing"})  # of birds, one and the same
_STEM = 4
_MOST_OF_THEM = 3  # captions that must tell what several do
_OPEN_FORMS = ("gerund", "third", "base")


def doings(image: str, census: Census, people: People) -> Iterator[Fact]:
    """Posture and activity facts of one image: at most one of each for a subject."""
    postures: dict[Who, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    activities: dict[Who, dict[Activity, set[int]]] = defaultdict(lambda: defaultdict(set))
    moving: set[Who] = set()
    named: dict[Who, set[int]] = defaultdict(set)
    one_object: set[Activity] = set()  # of several people on one motorcycle
    stray: set[str] = set()  # postures of someone, it is not clear who
    sets = contrast_sets()
    for caption, reading in enumerate(census.readings):
        for doing in reading.doings:
            who = people.who(doing.subject)
            posture = _posture(doing, sets)
            if who is None:
                if doing.subject.group in ("person", "animal", "abstract"):
                    census.refused["not clear who"] += 1
                    stray |= {posture} - {""}
                continue
            named[who].add(caption)
            if posture:
                postures[who][posture].add(caption)
            elif doing.verb in word_set("moving") and doing.form in _OPEN_FORMS:
                moving.add(who)
            activity = _activity(doing, sets)
            if activity is not None:
                activities[who][activity].add(caption)
                if doing.target is not None and not doing.target.plural:
                    one_object.add(activity)
    for who, found in postures.items():
        unclear = who in moving or not stray <= set(found)
        yield from _posture_fact(image, census, who, found, named=len(named[who]), unclear=unclear)
    for who, done in activities.items():
        yield from _activity_fact(image, census, who, done, one_object)


def _posture(doing: Doing, sets: ContrastSets) -> str:
    posture = sets.postures.get(doing.verb, "")
    if not posture or (doing.target is not None and not doing.link and doing.verb != "seat"):
        return ""
    return posture


def _activity(doing: Doing, sets: ContrastSets) -> Activity | None:
    if doing.form not in _OPEN_FORMS:
        return None
    kin = kin_of(doing.subject.head)
    target, second = _concept(doing.target), _concept(doing.second)
    if target is None or second is None:
        return None
    link = doing.link
    for key in (
        (doing.verb, link, target, doing.then, second),
        (doing.verb, link, target, "", ""),
        (doing.verb, "", "", "", ""),
        (doing.verb, "", "*", "", ""),
    ):
        if key[1:] == ("", "", "", "") and target:
            continue
        for activity in sets.said.get(key, ()):
            if kin in activity.who:
                return activity
    return None


def _concept(phrase: Phrase | None) -> str | None:
    """What a phrase names; None where it is unsure."""
    if phrase is None:
        return ""
    if not phrase.clear and not (phrase.unreal and phrase.head.label == "teddy bear"):
        return None
    return phrase.head.label or phrase.head.concept


def _posture_fact(
    image: str, census: Census, who: Who, found: dict[str, set[int]], *, named: int, unclear: bool
) -> Iterator[Fact]:
    being = being_of(who.word)
    if len(found) > 1 and not (being == "bird" and set(found) <= _PERCHED):
        census.refused["captions disagree"] += 1
        return
    posture, captions = max(found.items(), key=lambda said: (len(said[1]), said[0]))
    others = contrast_sets().false_postures.get(being, {}).get(posture)
    if unclear or not others or (who.plural and len(captions) < _MOST_OF_THEM):
        census.refused["posture not clear"] += 1
        return
    doubtful = being != "person" or posture != "sitting"
    if not support(census, said=len(captions), named=named, doubtful=doubtful):
        census.refused["said by one caption alone"] += 1
        return
    yield fact_of(image, "posture", who.word, posture, census, captions, plural=who.plural)


def _activity_fact(
    image: str, census: Census, who: Who, done: dict[Activity, set[int]], one_object: set[Activity]
) -> Iterator[Fact]:
    """The activity most captions tell; the more special of two that are alike."""
    best = max(done, key=lambda activity: (len(done[activity]), -_place(activity)))
    alike = [other for other in done if other is best or other.value in best.like or best.value in other.like]
    captions = set[int]().union(*(done[other] for other in alike))
    if who.plural and len(alike) < len(done):
        census.refused["not all do the same"] += 1
    elif best.value[:_STEM] == who.word.rpartition(" ")[2][:_STEM]:
        census.refused["says itself"] += 1  # "the skateboarder is skateboarding"
    elif not support(census, said=len(captions), named=1):
        census.refused["said by one caption alone"] += 1
    else:
        value = best.many if who.plural and best not in one_object else best.value
        yield fact_of(image, "activity", who.word, value, census, captions, plural=who.plural)


def _place(activity: Activity) -> int:
    return contrast_sets().activities.index(activity)
