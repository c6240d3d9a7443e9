import json
from pathlib import Path
from typing import Any

import pytest

from datagen.sources import detect
from schemas.errors import InvalidRecord, UnreadableFile
from tests.datagen.sources.made import Ingest, picture, read_all, read_what_can_be


def talk(*said: str, image: object = "a.png", **more: Any) -> dict[str, Any]:
    turns = [{"from": ("human", "gpt")[at % 2], "value": text} for at, text in enumerate(said)]
    return {"id": "1", "image": image, "conversations": turns, **more}


def write(folder: Path, *items: object, name: str = "llava.json", indent: int | None = None) -> Path:
    path = folder / name
    if name.endswith("l"):
        path.write_text("".join(json.dumps(item) + "\n" for item in items))
    else:
        path.write_text(json.dumps(items, indent=indent), encoding="utf-8")
    return path


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("name", ["blip_laion_cc_sbu_558k.json", "talks.jsonl"])
def test_descriptions_come_in_as_captions(tmp_path: Path, taken: Ingest, name: str, indent: int | None) -> None:
    (tmp_path / "00453").mkdir()
    (tmp_path / "00453/004539375.jpg").write_bytes(picture(1, "JPEG"))
    (tmp_path / "b.png").write_bytes(picture(2))
    first = talk(
        "Render a clear and concise summary of the photo.\n<image>",
        "select luxury furniture 3 - inch gel memory foam mattress topper",
        image="00453/004539375.jpg",
    )
    second = talk("<image>\nWhat do you see happening in this image?", "A dog runs.\n\nIt is brown.", image="b.png")
    path = write(tmp_path, first, second, talk("Write a poem.", "Roses.", image=None), name=name, indent=indent)
    assert detect(path) == "llava"
    assert taken(path) == {
        "00453/004539375.jpg": ["select luxury furniture 3 - inch gel memory foam mattress topper"],
        "b.png": ["A dog runs. It is brown."],
    }


@pytest.mark.parametrize(
    "item",
    [
        talk("<image>\nIs there a dog?\nAnswer the question using a single word or phrase.", "Yes"),
        talk("<image>\nDescribe the image.", "Two dogs"),
        talk("<image>\nWhat challenges might the man face?", "He might face the challenge of rain."),
        talk("<image>\nDescribe it.", "A dog runs here.", "What color?", "The dog is brown."),
        talk("<image>\nProvide a short description for this region: [0.1, 0.22, 0.3, 0.41].", "A dog on a sofa."),
        talk("<image>\nWhich is right?\nA. A dog\nB. A cat", "B"),
        talk("<image>\nWhat is in the picture on the wall?", "A boat on calm water."),
        talk("What is this?\nAnswer the question using a single word or phrase.\n<image>", "A very old clock."),
        talk("<image>\nWhat is this animal doing?", "The animal is eating grass."),
        talk("<image>\nExplain why the image is funny.", "The man might have forgotten his shoes."),
        talk("<image>\nHow many people are in the photo?", "There are two people there."),
        talk("<image>\nWhat color is the bus in the image?", "The bus is white and red."),
    ],
)
def test_other_answers_are_no_captions_and_the_image_comes_in_without(tmp_path: Path, item: object) -> None:
    (one,) = read_all("llava", write(tmp_path, item))
    assert (one.image, one.captions) == ("a.png", ())


@pytest.mark.parametrize(
    "asked",
    [
        "Describe the image concisely.",
        "Provide a brief description of the given image.",
        "Offer a succinct explanation of the picture presented.",
        "Summarize the visual content of the image.",
        "Give a short and clear explanation of the subsequent image.",
        "Share a concise interpretation of the image provided.",
        "Present a compact description of the photo's key features.",
        "Relay a brief, clear account of the picture shown.",
        "Render a clear and concise summary of the photo.",
        "Write a terse but informative summary of the picture.",
        "Create a compact narrative representing the image presented.",
        "Describe the following image.",
        "Explain the various aspects of the image before you.",
        "Clarify the contents of the displayed image with great detail.",
        "Characterize the image using a well-detailed description.",
        "Break down the elements of the image in a detailed manner.",
        "Walk through the important details of the image.",
        "Portray the image with a rich, descriptive narrative.",
        "Narrate the contents of the image with precision.",
        "Analyze the image in a comprehensive and detailed manner.",
        "Illustrate the image through a descriptive explanation.",
        "Examine the image closely and share its details.",
        "Write an exhaustive depiction of the given image.",
        "What is this photo about?",
        "What's going on in this image?",
        "What is in the photo?",
        "What is this?",
        "Give a brief description of the image.",
        "Present a compact description of the photo’s key features.",
        "Give an elaborate explanation of the image you see.",
        "Share a comprehensive rundown of the presented image.",
        "Offer a thorough analysis of the image.",
    ],
)
def test_the_makers_ways_to_ask_for_a_description_are_known(tmp_path: Path, asked: str) -> None:
    (one,) = read_all("llava", write(tmp_path, talk(f"{asked}\n<image>", "A dog runs on grass.")))
    assert one.captions == ("A dog runs on grass.",)


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        ("text", "not a conversation"),
        ({"image": "a.png"}, "no list 'conversations'"),
        ({"image": "a.png", "conversations": []}, "no list 'conversations'"),
        ({"image": "a.png", "conversations": {"from": "human"}}, "no list 'conversations'"),
        ({"image": "a.png", "conversations": ["Describe it."]}, "a turn is not an object"),
        (
            {"image": "a.png", "conversations": [{"from": "human", "value": {"text": "x"}}]},
            "without 'from' and 'value'",
        ),
        ({"image": "a.png", "conversations": [{"from": "gpt", "value": "A dog."}]}, "do not alternate"),
        (talk("Describe.", "A dog.", image="../a.png"), "not a path below"),
        (talk("Describe.", "A dog.", image=["a.png", "b.png"]), "2 images in one conversation"),
        (talk("Describe.", "A dog.", image={"path": "a.png"}), "not a file name"),
        (talk("Describe the image.", "A dog runs \ud800."), "half a character"),
    ],
)
def test_a_bad_conversation_is_named_by_item(tmp_path: Path, item: object, fault: str) -> None:
    path = write(tmp_path, talk("Describe it.", "A dog runs."), item, talk("Describe it.", "A cat sits."))
    with pytest.raises(InvalidRecord, match=r"llava\.json: item 2") as raised:
        read_all("llava", path)
    assert raised.match(fault)
    found, bad = read_what_can_be("llava", path)
    assert ([one.row for one in found], len(bad)) == ([1, 3], 1)


def test_a_file_cut_in_the_middle_keeps_its_beginning_only_if_that_is_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, *(talk("Describe it.", f"Dog number {n}.") for n in range(9)))
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(InvalidRecord, match="item 8: not JSON from here on"):
        read_all("llava", path)
    assert len(read_what_can_be("llava", path)[0]) == 7


@pytest.mark.parametrize("content", [b"", b'{"a": 1', "[]".encode("utf-16"), b"[]"])
def test_a_file_without_conversations_says_so(tmp_path: Path, taken: Ingest, content: bytes) -> None:
    path = tmp_path / "llava.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile):
        taken(path, format="llava", skip_invalid=True)
