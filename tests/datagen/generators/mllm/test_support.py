from hypothesis import given
from hypothesis import strategies as st

from datagen.generators.mllm.support import quota
from schemas.config import GenerateSettings
from schemas.fact import SLOTS, Fact, Slot
from schemas.taxonomy import MMR_CATEGORIES

SETTINGS = GenerateSettings()


def fact(slot: Slot, number: int = 0, value: str = "present") -> Fact:
    return Fact(image="sha256:aa", slot=slot, subject=f"thing {number}", value=value, source="model")


def test_a_category_without_facts_goes_without() -> None:
    found = quota("sha256:aa", [fact("count", value="2")], MMR_CATEGORIES, SETTINGS, seed=0)
    assert found.pairs == {"attribute/number": 1}
    assert set(found.unsupported) == set(MMR_CATEGORIES) - {"attribute/number"}


def test_what_is_absent_bears_nothing() -> None:
    assert not quota("sha256:aa", [fact("presence", value="absent")], MMR_CATEGORIES, SETTINGS, seed=0).pairs


def test_pairs_are_spread_over_the_categories_before_any_gets_a_second() -> None:
    facts = [fact(slot, number) for slot in SLOTS for number in range(5)]
    found = quota("sha256:aa", facts, MMR_CATEGORIES, SETTINGS.model_copy(update={"per_image": 18}), seed=0)
    assert sorted(found.pairs.values()) == [1] * 6 + [2] * 6


def test_a_category_of_ones_own_is_asked_for_once_where_anything_was_seen() -> None:
    own = (*MMR_CATEGORIES, "context/weather")
    assert quota("sha256:aa", [fact("count")], own, SETTINGS, seed=0).pairs["context/weather"] == 1
    assert "context/weather" in quota("sha256:aa", [], own, SETTINGS, seed=0).unsupported


facts_lists = st.lists(st.builds(fact, st.sampled_from(SLOTS), st.integers(0, 9)), max_size=60)


@given(facts_lists, st.integers(1, 30), st.integers(0, 2**32))
def test_no_more_than_asked_for_and_no_more_than_there_are_facts(facts: list[Fact], most: int, seed: int) -> None:
    settings = GenerateSettings(per_image=most)
    found = quota("sha256:aa", facts, MMR_CATEGORIES, settings, seed=seed)
    assert sum(found.pairs.values()) <= min(most, len(facts))
    assert set(found.pairs) | set(found.unsupported) <= set(MMR_CATEGORIES)
    assert not set(found.pairs) & set(found.unsupported)
    assert all(found.true_premise[name] <= found.pairs[name] for name in found.true_premise)
    assert found == quota("sha256:aa", facts, MMR_CATEGORIES, settings, seed=seed)


def test_the_share_of_true_premises_is_that_of_the_settings() -> None:
    facts = [fact(slot, number) for slot in SLOTS for number in range(3)]
    made = true = 0
    for number in range(300):
        found = quota(f"sha256:{number}", facts, MMR_CATEGORIES, SETTINGS, seed=1)
        made += sum(found.pairs.values())
        true += sum(found.true_premise.values())
    assert 0.22 < true / made < 0.28
