"""What comes beside captions: boxes, facts, and the images themselves."""

import json
from typing import Any

from tests.e2e.bad_input.case import Case, Content
from tests.e2e.bad_input.made import claimed, folder, gz, lines, link, nested, picture, pipe

_GOOD = {"c.jsonl": '{"image": "a.png", "caption": "A red square."}\n'}


def boxes(**changed: Any) -> str:
    whole = {
        "images": [{"id": 1, "file_name": "a.png"}],
        "categories": [{"id": 1, "name": "dog"}],
        "annotations": [{"image_id": 1, "category_id": 1, "bbox": [0, 0, 4, 4]}],
    }
    return json.dumps({**whole, **changed})


def box(**changed: Any) -> str:
    return boxes(annotations=[{"image_id": 1, "category_id": 1, "bbox": [0, 0, 4, 4], **changed}])


BOXES: tuple[tuple[str, Content, str], ...] = (
    ("nothing in them", "", "is empty"),
    ("cut in the middle", boxes()[:50], "not JSON"),
    ("no categories", boxes(categories=None), "categories"),
    ("no annotations", boxes(annotations={}), "annotations"),
    ("a list", "[1]", "images"),
    ("UTF-16", boxes().encode("utf-16"), "not UTF-8"),
    ("gzip", gz(boxes().encode()), "f.json"),
    ("a pipe", pipe, "ordinary file"),
    ("a folder", folder, "f.json"),
    ("a link in a circle", link("f.json"), "f.json"),
    ("nested deep", boxes()[:-1] + ', "x": ' + nested(50_000) + "}", "not JSON"),
    ("a box of no image", box(image_id=9), "annotations[0]"),
    ("a box of no category", box(category_id=9), "category"),
    ("a box that is a text", boxes(annotations=["x"]), "annotations[0]"),
    ("a box without sides", box(bbox=None), "bbox"),
    ("a box of three sides", box(bbox=[0, 0, 1]), "bbox"),
    ("a box of texts", box(bbox=["0", "0", "1", "1"]), "bbox"),
    ("a box of NaN", box(bbox=[float("nan"), 0, 1, 1]), "bbox"),
    ("a box without end", box(bbox=[0, 0, float("inf"), 1]), "bbox"),
    ("a box of negative size", box(bbox=[0, 0, -1, 1]), "negative"),
    ("a box of booleans", box(bbox=[True, True, True, True]), "bbox"),
    ("a category without a name", boxes(categories=[{"id": 1}]), "categor"),
    ("a category whose name is a number", boxes(categories=[{"id": 1, "name": 7}]), "categor"),
)


def fact(**changed: Any) -> str:
    return lines({"image": "a.png", "slot": "count", "subject": "dog", "value": "2", **changed})


FACTS: tuple[tuple[str, Content, str], ...] = (
    ("nothing in them", "", "is empty"),
    ("a line that is none", "{\n", "f.jsonl:1"),
    ("a line that is a list", "[]\n", "f.jsonl:1"),
    ("no image", lines({"slot": "count"}), "not a file name"),
    ("an image that climbs", fact(image="../../x"), "not a path below"),
    ("an image with a control sequence", fact(image="/\x1b[2J"), r"\x1b[2J"),
    ("a slot nobody knows", fact(slot="smell"), "slot"),
    ("no subject", fact(subject=None), "subject"),
    ("a value that is a number", fact(value=2), "value"),
    ("a confidence above one", fact(confidence=1.5), "confidence"),
    ("a confidence that is NaN", fact(confidence=float("nan")), "confidence"),
    ("a key nobody knows", fact(colour="red"), "colour"),
    ("a source nobody knows", fact(source="rumour"), "source"),
    ("half a surrogate pair", fact(subject="\ud800"), ""),
)

_PNG = picture(size=64)
_JPEG = picture("JPEG", size=64)
# What is wrong with an image, its content, and the reason it is skipped for.
IMAGES: tuple[tuple[str, Content, str], ...] = (
    ("zero bytes", b"", "not-an-image"),
    ("plain text", "I am no image", "not-an-image"),
    ("a page of the web", "<!doctype html><title>404</title>", "not-an-image"),
    ("a drawing in SVG", '<svg xmlns="http://www.w3.org/2000/svg"/>', "not-an-image"),
    ("a PDF", b"%PDF-1.4\n", "not-an-image"),
    ("its first bytes alone", _PNG[:8], ""),
    ("a PNG cut in the middle", _PNG[: len(_PNG) // 2], "cut-or-damaged"),
    ("a JPEG cut in the middle", _JPEG[: len(_JPEG) // 2], "cut-or-damaged"),
    ("a PNG with a hole", _PNG[:60] + b"\0" * 40 + _PNG[100:], "cut-or-damaged"),
    ("a GIF cut in the middle", picture("GIF")[:60], ""),
    ("a WebP cut in the middle", picture("WEBP")[:40], ""),
    ("a TIFF cut in the middle", picture("TIFF")[:100], ""),
    ("a BMP of negative width", picture("BMP")[:18] + b"\xff\xff\xff\xff" + picture("BMP")[22:], ""),
    ("a bomb of pixels", claimed(60_000, 60_000), "too-large"),
    ("a bomb within Pillow's limit", claimed(12_000, 12_000), "too-large"),
    ("no width at all", claimed(0, 10), ""),
    ("a format that is not read", picture("PPM"), "not-an-image"),
    ("a folder", folder, "not-an-image"),
    ("a pipe", pipe, "not-an-image"),
    ("a link that leads out", link("/etc/passwd"), "outside-root"),
    ("a link that climbs out", link("../" * 30 + "etc/passwd"), "outside-root"),
    ("a link in a circle", link("x.png"), ""),
    ("a link that leads nowhere", link("gone.png"), "missing"),
    ("more bytes than are read", b"\x89PNG" + b"\0" * 2_000_000, "too-large"),
)
_SMALL = "[ingest]\nmax_megabytes = 1\n"
_TWO = '{"image": "a.png", "caption": "x"}\n{"image": "i/x.png", "caption": "y"}\n'


def _with_image(content: Content) -> dict[str, Content]:
    return {"c.jsonl": _TWO, "i/x.png": content, "run/leadproof.toml": _SMALL}


CASES = [
    *(
        Case(f"boxes: {what}", "ingest c.jsonl --facts f.json --run new", said, {**_GOOD, "f.json": content})
        for what, content, said in BOXES
    ),
    *(
        Case(f"facts: {what}", "ingest c.jsonl --facts f.jsonl --run new", said, {**_GOOD, "f.jsonl": content})
        for what, content, said in FACTS
    ),
    *(
        Case(
            f"image: {what}, skipped",
            "ingest c.jsonl --run run",
            "",
            _with_image(content),
            code=0,
            out=f"skipped, {why}",
        )
        for what, content, why in IMAGES
    ),
    *(
        Case(f"image: {what}, strict", "ingest c.jsonl --run run --strict", why, _with_image(content))
        for what, content, why in IMAGES
    ),
    Case(
        "image: a hostile name, skipped",
        "ingest c.jsonl --run run",
        "",
        {**_GOOD, "c.jsonl": _TWO.replace("i/x", r"\u001b[2J\u202e\n")},
        code=0,
        out=r"\x1b[2J\u202e\n.png",
    ),
    Case(
        "image: a hostile name, strict",
        "ingest c.jsonl --run run --strict",
        r"\x1b[2J\u202e\n.png",
        {**_GOOD, "c.jsonl": _TWO.replace("i/x", r"\u001b[2J\u202e\n")},
    ),
]
