"""The pages."""

import re
from xml.etree import ElementTree

import pytest

from annotation.labeling import faults_of, labeling_config, task_data
from annotation.labeling.config import ANSWER_KEYS, FAULT_KEYS, FIX_KEYS, NONE_KEYS, REVIEW_KEYS
from annotation.verdict import FAULTS, JUDGEMENTS, MODES, Mode
from schemas.pair import LETTERS, Pair
from tests.annotation.consensus.simulated import scene_pairs
from tests.annotation.verdicts import half, pair

every_mode = pytest.mark.parametrize("mode", MODES)
OWN_KEYS = set("huv")  # Label Studio's: hide regions, unselect, and the like
WIDEST = pair(half("Which?", *"abcdefgh"), half("Where?", *"stuvwxyz"))


def choices(mode: Mode) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(labeling_config(mode).xml).iter("Choice"))


def keys_in_task(one: Pair, mode: Mode) -> list[str]:
    data = task_data(one, mode, image="/a.png", categories=["context/expert"], captions=["c"])
    lists = [value for value in data.values() if isinstance(value, list)]
    return [choice["hotkey"] for found in lists for choice in found if "hotkey" in choice]


@every_mode
def test_label_studio_takes_it(mode: Mode) -> None:
    assert faults_of(labeling_config(mode).xml) == []


@every_mode
def test_no_key_stands_for_two_things_nor_for_what_label_studio_does_itself(mode: Mode) -> None:
    keys = [key for choice in choices(mode) if (key := choice.get("hotkey"))] + keys_in_task(WIDEST, mode)
    assert len(set(keys)) == len(keys)
    assert not set(keys) & OWN_KEYS
    assert all(len(key) == 1 for key in keys)


def test_every_answer_has_a_key() -> None:
    assert len(keys_in_task(WIDEST, "blind")) == 2 * (len(LETTERS) + 1)
    assert len(keys_in_task(WIDEST, "review")) == 2 * len(LETTERS)
    assert all(len(keys) == len(LETTERS) for keys in (*ANSWER_KEYS.values(), *FIX_KEYS.values()))
    assert (len(REVIEW_KEYS), len(FAULT_KEYS)) == (len(JUDGEMENTS), len(FAULTS))
    assert set(NONE_KEYS) == set(ANSWER_KEYS) == set(FIX_KEYS) == {"positive", "negative"}


@every_mode
def test_two_equal_keys_are_reported_by_what_they_stand_for(mode: Mode) -> None:
    page = "<Choice value='yes' hotkey='9'/><Choice value='no' hotkey='9'/><Choice value='perhaps'/><Choice value='x'/>"
    xml = labeling_config(mode).xml.replace(
        "<Image ", '<Choices name="q" toName="image">' + page + "</Choices><Image ", 1
    )
    assert faults_of(xml) == ["the key 9 stands for 'yes' and for 'no'"]


def test_what_label_studio_would_refuse_is_reported() -> None:
    assert len(faults_of("<View><Choices name='a' toName='image'/><Image name='image' value='$image'/></View>")) == 1
    for broken in ("", "<View>", "<View><Choice hotkey='1'/><Choice hotkey='1'/>", "no XML"):
        assert len(faults_of(broken)) == 1


@every_mode
def test_every_control_belongs_to_the_image_and_has_a_name_of_its_own(mode: Mode) -> None:
    tags = list(ElementTree.fromstring(labeling_config(mode).xml).iter())
    names = [name for tag in tags if (name := tag.get("name"))]
    assert len(set(names)) == len(names)
    assert {tag.get("toName") for tag in tags} == {None, "image"}
    assert {tag.get("whenTagName") for tag in tags} <= {None, "verdict"}


@every_mode
def test_nothing_is_chosen_beforehand(mode: Mode) -> None:
    assert not re.search(r"selected=|preselect|default=", labeling_config(mode).xml, re.IGNORECASE)


@every_mode
def test_nothing_of_a_pair_is_part_of_it(mode: Mode) -> None:
    xml = labeling_config(mode).xml
    tree = ElementTree.fromstring(xml)
    from_task = {value for tag in tree.iter() for value in tag.attrib.values() if value.startswith("$")}
    data = task_data(WIDEST, mode, image="/a.png", captions=["c"], categories=["context/expert"], said="x")
    assert from_task == {f"${name}" for name in data.keys() - {"pair", "content"}}
    for one in scene_pairs(12, 5):
        assert not any(text in xml for text in (one.pair_id, one.positive.text, one.category, one.positive.right))


@every_mode
def test_judgements_and_faults_come_back_in_our_words(mode: Mode) -> None:
    said = [choice.get("alias", choice.get("value")) for choice in choices(mode)]
    assert said == ([] if mode == "blind" else [*JUDGEMENTS, *FAULTS])


def test_a_blind_solver_is_warned_of_no_leading_question() -> None:
    xml = labeling_config("blind").xml
    shown = " ".join(tag.get("value", "") for tag in ElementTree.fromstring(xml).iter("Header"))
    assert not re.search("leading|plain|negative|positive", shown, re.IGNORECASE)
    assert 'class="lp-half lp-leading"' not in xml
    assert "lp-half lp-leading" in labeling_config("review").xml


def test_its_version_is_that_of_its_text() -> None:
    assert labeling_config("review") == labeling_config("review")
    assert len({labeling_config(mode).version for mode in MODES}) == len(MODES)
    assert all(re.fullmatch("[0-9a-f]{8}", labeling_config(mode).version) for mode in MODES)
