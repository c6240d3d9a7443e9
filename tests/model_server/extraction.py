"""An image's exact facts, in the form that a model fills in when it is asked what an image shows."""

from collections.abc import Sequence
from typing import Any

from datagen.generators.rules.english import plural_of
from schemas.fact import Fact
from tests.model_server.chance import Chance

Row = dict[str, Any]
MOST = 40  # of each list
_ATTRIBUTE = {"identity": "known_as", "meaning": "means"}
_OF_OBJECTS = ("count", "color", "texture", "shape", "position", "identity", "meaning")
_LISTS = (
    "texts", "objects", "people", "events", "object_relations", "person_object_relations", "activities",
)  # fmt: skip


def extraction(facts: Sequence[Fact], chance: Chance) -> Row:
    """The form, filled in; an image without facts gives empty lists. What is absent is not told."""
    form: Row = {name: [] for name in _LISTS}
    objects: dict[str, Row] = {}
    people: dict[str, Row] = {}
    names = {fact.subject for fact in facts if not fact.plural}
    singular = {plural_of(name): name for name in sorted(names)}
    for fact in facts:
        subject = singular.get(fact.subject, fact.subject) if fact.plural else fact.subject
        if fact.slot == "text":
            form["texts"].append({"text": fact.value, "carrier": subject})
        elif fact.slot == "activity":
            form["activities"].append({"who": subject, "doing": fact.value})
        elif fact.slot in ("posture", "emotion"):
            person = people.setdefault(subject, {"who": subject, "posture": None, "emotion": None})
            person[fact.slot] = fact.value
        elif fact.slot == "relation" or (fact.slot == "position" and fact.other):
            form["object_relations"].append({"subject": subject, "relation": fact.value, "object": fact.other})
        elif fact.slot == "presence":
            if fact.value == "present":
                objects.setdefault(subject, _thing(subject))
        elif fact.slot in _OF_OBJECTS:
            value = int(fact.value) if fact.slot == "count" else fact.value
            objects.setdefault(subject, _thing(subject))[_ATTRIBUTE.get(fact.slot, fact.slot)] = value
    form["objects"], form["people"] = list(objects.values()), list(people.values())
    for name, rows in form.items():
        del rows[MOST:]
        for place, row in enumerate(rows):
            row["confidence"] = round(0.9 + 0.1 * chance.share("confidence", name, str(place)), 2)
    return form


def _thing(name: str) -> Row:
    nothing = ("count", "color", "texture", "shape", "position", "known_as", "means")
    return {"name": name, **dict.fromkeys(nothing)}
