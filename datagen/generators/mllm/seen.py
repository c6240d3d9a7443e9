"""From a filled-in extraction to facts: only what is sure, and what no other entry contradicts."""

from collections import Counter
from collections.abc import Iterator

from pydantic import ValidationError

from datagen.generators.mllm.forms import Extraction, Thing
from schemas.fact import Fact, Slot
from schemas.text import nfc

PLURAL_FROM = 2


def facts_seen(extraction: Extraction, image: str, *, min_confidence: float) -> tuple[Fact, ...]:
    """The facts of an image, each of its slot, subject and other once.

    Args:
        extraction: As the model filled it in.
        image: The image's reference.
        min_confidence: Entries the model is less sure of are left out.
    """
    best: dict[tuple[str, str, str], Fact] = {}
    contradicted = set()
    for said in _facts(extraction, image):
        try:
            fact = Fact.model_validate(said)
        except ValidationError:  # normalised, a text may be longer than a fact's
            continue
        if (fact.confidence or 0) < min_confidence:
            continue
        about = (fact.slot, fact.subject.casefold(), (fact.other or "").casefold())
        known = best.setdefault(about, fact)
        if known.value.casefold() != fact.value.casefold():
            contradicted.add(about)
    return tuple(fact for about, fact in best.items() if about not in contradicted)


def _facts(found: Extraction, image: str) -> Iterator[dict[str, object]]:
    def fact(
        slot: Slot, subject: str, value: str, sure: float, other: str | None = None, count: int = 1
    ) -> dict[str, object]:
        return {
            "image": image, "slot": slot, "subject": nfc(subject), "value": nfc(value),
            "other": None if other is None else nfc(other), "plural": count >= PLURAL_FROM, "source": "model",
            "confidence": sure,
        }  # fmt: skip

    for text in found.texts:
        yield fact("text", text.carrier, text.text, text.confidence)
    names = Counter(thing.name.casefold() for thing in found.objects)
    for thing in found.objects:
        count = 1 if thing.count is None else thing.count
        yield fact("presence", thing.name, "absent" if count == 0 else "present", thing.confidence, count=count)
        if count and names[thing.name.casefold()] == 1:  # of two alike ones nobody knows which is meant
            for slot, value in _attributes(thing):
                yield fact(slot, thing.name, value, thing.confidence, count=count)
    for person in found.people:
        if person.posture:
            yield fact("posture", person.who, person.posture, person.confidence)
        if person.emotion:
            yield fact("emotion", person.who, person.emotion, person.confidence)
    for event in found.events:
        yield fact("event", event.what, "present", event.confidence)
    for relation in (*found.object_relations, *found.person_object_relations):
        yield fact("relation", relation.subject, relation.relation, relation.confidence, relation.object)
    for activity in found.activities:
        yield fact("activity", activity.who, activity.doing, activity.confidence)


def _attributes(thing: Thing) -> Iterator[tuple[Slot, str]]:
    if thing.count is not None:
        yield "count", str(thing.count)
    one = thing.count in (None, 1)
    said: dict[Slot, str | None] = {
        "color": thing.color, "texture": thing.texture, "shape": thing.shape,
        "position": thing.position if one else None, "identity": thing.known_as, "meaning": thing.means,
    }  # fmt: skip
    for slot, value in said.items():
        if value and value.strip():
            yield slot, value
