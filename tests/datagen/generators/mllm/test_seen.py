from datagen.generators.mllm.forms import Activity, Event, Extraction, Person, Relation, Thing, Writing
from datagen.generators.mllm.seen import facts_seen

IMAGE = "sha256:aa"


def thing(name: str, confidence: float = 0.9, **said: object) -> Thing:
    nothing = dict.fromkeys(("count", "color", "texture", "shape", "position", "known_as", "means"))
    return Thing.model_validate({"name": name, "confidence": confidence, **nothing, **said})


def extraction(**lists: object) -> Extraction:
    return Extraction.model_validate({**{name: [] for name in Extraction.model_fields}, **lists})


def said(found: Extraction, min_confidence: float = 0.7) -> set[tuple[str, str, str, str | None]]:
    facts = facts_seen(found, IMAGE, min_confidence=min_confidence)
    assert all(fact.image == IMAGE and fact.source == "model" for fact in facts)
    return {(fact.slot, fact.subject, fact.value, fact.other) for fact in facts}


def test_every_kind_becomes_a_fact() -> None:
    found = extraction(
        texts=[Writing(text="EXIT", carrier="sign", confidence=1)],
        objects=[thing("mug", count=1, color="red", shape="round", position="left", texture="glazed")],
        people=[Person(who="woman", posture="sitting", emotion="happy", confidence=1)],
        events=[Event(what="wedding", confidence=1)],
        object_relations=[Relation(subject="mug", relation="on", object="table", confidence=1)],
        person_object_relations=[Relation(subject="woman", relation="holding", object="book", confidence=1)],
        activities=[Activity(who="woman", doing="reading", confidence=1)],
    )
    assert said(found) == {
        ("text", "sign", "EXIT", None), ("presence", "mug", "present", None), ("count", "mug", "1", None),
        ("color", "mug", "red", None), ("shape", "mug", "round", None), ("position", "mug", "left", None),
        ("texture", "mug", "glazed", None), ("posture", "woman", "sitting", None), ("emotion", "woman", "happy", None),
        ("event", "wedding", "present", None), ("relation", "mug", "on", "table"),
        ("relation", "woman", "holding", "book"), ("activity", "woman", "reading", None),
    }  # fmt: skip


def test_what_the_model_is_unsure_of_is_left_out() -> None:
    assert not said(extraction(objects=[thing("mug", confidence=0.5, color="red")]))
    assert said(extraction(objects=[thing("mug", confidence=0.5, color="red")]), 0.5)


def test_of_two_alike_things_no_attribute_is_told() -> None:
    found = extraction(objects=[thing("dog", color="black"), thing("Dog", color="white")])
    assert said(found) == {("presence", "dog", "present", None)}


def test_entries_that_contradict_each_other_are_both_left_out() -> None:
    people = [Person(who="man", posture=posture, emotion=None, confidence=1) for posture in ("sitting", "standing")]
    assert not said(extraction(people=people))


def test_none_of_a_thing_is_an_absence_and_bears_no_attribute() -> None:
    assert said(extraction(objects=[thing("cat", count=0, color="black")])) == {("presence", "cat", "absent", None)}


def test_several_of_a_thing_have_no_one_place() -> None:
    slots = {slot for slot, *_ in said(extraction(objects=[thing("cat", count=3, position="left")]))}
    assert slots == {"presence", "count"}


def test_white_space_alone_is_no_value() -> None:
    assert said(extraction(objects=[thing("cat", color="  ")])) == {("presence", "cat", "present", None)}


def test_a_text_that_grows_when_it_is_normalised_is_left_out() -> None:
    grows = "\u0344" * 120  # twice as long in NFC
    assert not said(extraction(objects=[thing(grows)], texts=[Writing(text="x", carrier=grows, confidence=1)]))
