"""Files of every format that ingest reads, broken in the ways such files break."""

import json
from typing import Any

from tests.e2e.bad_input.case import Case, Content
from tests.e2e.bad_input.made import folder, gz, lines, link, nested, pipe

GOOD_LINE = {"image": "a.png", "caption": "A red square."}
TERMINAL = "\x1b[2J\n\u202e"


def _line(**changed: Any) -> str:
    return lines({**GOOD_LINE, **changed})


JSONL: tuple[tuple[str, Content, str], ...] = (
    ("nothing in it", "", "is empty"),
    ("a byte order mark alone", b"\xef\xbb\xbf", ""),
    ("blank lines alone", "\n\n \n", "empty"),
    ("a pipe", pipe, "ordinary file"),
    ("a folder", folder, "c.jsonl"),
    ("a link in a circle", link("c.jsonl"), "c.jsonl"),
    ("a link that leads nowhere", link("gone"), "c.jsonl"),
    ("UTF-16", _line().encode("utf-16"), "not UTF-8"),
    ("UTF-32 without a mark", _line().encode("utf-32-le"), "not UTF-8"),
    ("Latin-1 in the second line", lines(GOOD_LINE).encode() + '{"image": "ü"}'.encode("latin-1"), "c.jsonl:2"),
    ("gzip named so", gz(_line().encode()), "c.jsonl"),
    ("cut in the second line", _line() + _line()[:20], "c.jsonl:2"),
    ("two objects in a line", _line().strip() + _line(), "c.jsonl:1"),
    ("a list a line", '["a.png", "A red square."]\n', "not an object"),
    ("a comma behind each", _line().strip() + ",\n", "c.jsonl:1"),
    ("comments", "// captions\n" + _line(), "c.jsonl:1"),
    ("nested deep", '{"image": "a.png", "caption": ' + nested(20_000) + "}\n", "c.jsonl:1"),
    ("an endless number", '{"image": "a.png", "caption": 1e999}\n', "neither a string"),
    ("a number of 5,000 digits", f'{{"image": "a.png", "caption": {"9" * 5_000}}}\n', "c.jsonl:1"),
    ("no image", lines({"caption": "A red square."}), "no key image"),
    ("no keys at all", "{}\n", "none"),
    ("a key with a control sequence", lines({TERMINAL: 1}), r"\x1b[2J"),
    ("an image that is null", _line(image=None), "not a file name"),
    ("an image that is a number", _line(image=7), "not a file name"),
    ("an image that is a list", _line(image=["a.png"]), "not a file name"),
    ("an image that is empty", _line(image=" "), "not a file name"),
    ("an image's name past all length", _line(image="x" * 1_001), "not a file name"),
    ("an image that climbs", _line(image="../../x.png"), "not a path below"),
    ("an image that climbs within", _line(image="x/../../a.png"), "not a path below"),
    ("an image that climbs by backslashes", _line(image="..\\..\\x.png"), "not a path below"),
    ("an image from the root", _line(image="/tmp/leadproof-escaped"), "not a path below"),
    ("an image at home", _line(image="~/x.png"), "not a path below"),
    ("an image of a drive", _line(image="C:/x.png"), "not a path below"),
    ("an image on a share", _line(image="\\\\host\\x.png"), "not a path below"),
    ("an image by a file's address", _line(image="file:///etc/passwd"), "not a path below"),
    ("an image with a NUL", _line(image="a\0.png"), r"a\x00.png"),
    ("an image of half a surrogate pair", _line(image="\ud800.png"), r"\ud800.png"),
    ("an image with a control sequence that climbs", _line(image=f"../{TERMINAL}"), r"\x1b[2J\n\u202e"),
    ("an image on the web", _line(image="http://127.0.0.1:9/x.png"), "--download"),
    ("an address past all length", _line(image="http://x/" + "y" * 4_001), "address"),
    ("an address with a NUL", _line(image="http://x/\0"), "address"),
    ("a caption that is a number", _line(caption=7), "neither a string"),
    ("a caption that is an object", _line(caption={"en": "x"}), "neither a string"),
    ("captions with a null", _line(captions=["x", None]), "neither a string"),
    ("a caption past all length", _line(caption="x" * 100_001), "100,000"),
    ("a caption of half a surrogate pair", _line(caption="\ud800"), "surrogate"),
    ("a licence that is a number", _line(license=4), "license"),
    ("a flag that is a text", _line(may_leave="yes"), "may_leave"),
    ("a flag that is a number", _line(drawn=1), "drawn"),
    ("captions alone, as text", "A red square.\n", "c.jsonl"),
)


def coco(**changed: Any) -> str:
    images = [{"id": 1, "file_name": "a.png"}]
    return json.dumps({"images": images, "annotations": [{"image_id": 1, "caption": "A red square."}], **changed})


COCO: tuple[tuple[str, Content, str], ...] = (
    ("no images", '{"annotations": []}', "images"),
    ("no annotations", '{"images": [], "info": {}}', "annotations"),
    ("an empty list of images", coco(images=[], annotations=[]), "no image"),
    ("images in an object", coco(images={"1": "a.png"}), "images"),
    ("cut in the middle", coco()[:60], "not JSON"),
    ("text behind the end", coco() + "]", "not JSON"),
    ("UTF-16", coco().encode("utf-16"), "not UTF-8"),
    ("Latin-1", coco(info="@").replace("@", "ü").encode("latin-1"), "c.json"),
    ("nested deep", coco()[:-1] + ', "info": ' + nested(50_000) + "}", "not JSON"),
    ("an image that is a text", coco(images=["a.png"]), "without an id"),
    ("an image without an id", coco(images=[{"file_name": "a.png"}]), "without an id"),
    ("an image whose id is a list", coco(images=[{"id": [1], "file_name": "a.png"}]), "without an id"),
    ("an image without a name", coco(images=[{"id": 1}]), "not a file name"),
    ("an image that climbs", coco(images=[{"id": 1, "file_name": "../../x.png"}]), "not a path below"),
    ("two images of one id", coco(images=[{"id": 1, "file_name": n} for n in ("a.png", "b.png")]), "images[1]"),
    ("a caption of no image", coco(annotations=[{"image_id": 9, "caption": "x"}]), "'9'"),
    ("a caption of a hostile image", coco(annotations=[{"image_id": TERMINAL, "caption": "x"}]), r"x1b[2J"),
    ("a caption that is null", coco(annotations=[{"image_id": 1, "caption": None}]), "annotations[0]"),
    ("a caption that is a text alone", coco(annotations=["x"]), "annotations[0]"),
    ("boxes instead of captions", coco(annotations=[{"image_id": 1, "bbox": [0, 0, 1, 1]}]), "no caption"),
    ("a caption of half a surrogate pair", coco(annotations=[{"image_id": 1, "caption": "\ud800"}]), "surrogate"),
)


def talk(*turns: Any, **changed: Any) -> str:
    said = turns or (_human("Describe the image."), {"from": "gpt", "value": "A red square on white."})
    return json.dumps([{"id": "1", "image": "a.png", "conversations": [*said], **changed}])


def _human(value: Any) -> dict[str, Any]:
    return {"from": "human", "value": value}


LLAVA: tuple[tuple[str, Content, str], ...] = (
    ("an empty list", "[]", "no image"),
    ("nothing in it", "", "is empty"),
    ("cut in the second item", talk()[:-1] + ", " + talk()[1:40], "item 2"),
    ("a comma at the end", talk()[:-1] + ",]", "item 2"),
    ("text behind the list", talk() + "x", "not JSON"),
    ("Latin-1", talk(_human("@")).replace("@", "ü").encode("latin-1"), "not JSON"),
    ("UTF-16", talk().encode("utf-16"), "not UTF-8"),
    ("nested deep", '[{"conversations":' + nested(50_000) + "}]", "not JSON"),
    ("items that are numbers", "[1, 2]", "not a conversation"),
    ("an item that is a list", "[[]]", "not a conversation"),
    ("conversations of no image", talk(image=None), "no image"),
    ("an image that is a number", talk(image=3), "not a file name"),
    ("two images in one", talk(image=["a.png", "b.png"]), "2 images"),
    ("an image that climbs", talk(image="../../x.png"), "not a path below"),
    ("no conversations", json.dumps([{"image": "a.png"}]), "conversations"),
    ("empty conversations", json.dumps([{"image": "a.png", "conversations": []}]), "conversations"),
    ("conversations in one text", json.dumps([{"image": "a.png", "conversations": "hi"}]), "conversations"),
    ("a turn that is a text", talk("hello"), "turn"),
    ("a turn without a speaker", talk({"value": "x"}), "'from'"),
    ("a turn whose text is null", talk(_human(None)), "'value'"),
    ("two turns of one speaker", talk(_human("x"), _human("y")), "alternate"),
    ("the model speaks first", talk({"from": "gpt", "value": "x"}, _human("y")), "alternate"),
)

CSV: tuple[tuple[str, Content, str], ...] = (
    ("nothing in it", "", "is empty"),
    ("a header alone", "image,caption\n", "no image"),
    ("a byte order mark alone", b"\xef\xbb\xbf", ""),
    ("no column of images", "id,caption\n1,x\n", "--image-column"),
    ("no column of captions", "image,id\na.png,1\n", "--caption-column"),
    ("an image's column alone", "image\na.png\n", "--caption-column"),
    ("a header with a control sequence", "\x1b[2J,\u202e\n1,2\n", r"\x1b[2J"),
    ("a header with a NUL", "ima\0ge,caption\na.png,x\n", "header"),
    ("a header of another encoding", "image,légende\na.png,x\n".encode("latin-1"), "header"),
    ("two columns of one name", "image,caption,image\na.png,x,b.png\n", "image"),
    ("UTF-16", "image,caption\na.png,x\n".encode("utf-16"), "not UTF-8"),
    ("UTF-16 without a mark", "image,caption\na.png,x\n".encode("utf-16-le"), "not UTF-8"),
    ("Latin-1 in a row", "image,caption\na.png,Bär\n".encode("latin-1"), "0xe4"),
    ("mixed encodings", "image,caption\na.png,Bär\n".encode() + "b.png,Bär\n".encode("latin-1"), "c.csv:3"),
    ("gzip named so", gz(b"image,caption\na.png,x\n" * 9), "c.csv"),
    ("a workbook named so", b"PK\x03\x04" + b"\0" * 200, "not UTF-8"),
    ("a NUL in a row", "image,caption\na.png,x\0y\n", "NUL"),
    ("a cell too few", "image,caption\na.png\n", "1 cells"),
    ("a cell too many", "image,caption\na.png,A dog, brown.\n", "3 cells"),
    ("a quote not closed", 'image,caption\na.png,"A dog.\n', "c.csv:2"),
    ("text behind a quote", 'image,caption\na.png,"A" dog\n', "c.csv:2"),
    ("a cell past all length", f"image,caption\na.png,{'x' * 140_000}\n", "c.csv:2"),
    ("an empty image", "image,caption\n,A dog.\n", "not a file name"),
    ("an image that climbs", "image,caption\n../../x.png,x\n", "not a path below"),
    ("an image from the root", "image,caption\n/tmp/leadproof-escaped,x\n", "not a path below"),
    ("captions in a nested list", 'image,caption\na.png,"[[""x""]]"\n', "c.csv:2"),
    ("captions in an object", 'image,caption\na.png,"{""en"": ""x""}"\n', "c.csv:2"),
    ("captions in a Python list", "image,caption\na.png,\"['x']\"\n", "c.csv:2"),
    ("old Macintosh lines with a cell too many", b"image,caption\ra.png,x,y\r", "3 cells"),
    ("a pipe", pipe, "ordinary file"),
    ("a folder", folder, "c.csv"),
)
_TSV: tuple[tuple[str, Content, str], ...] = (
    ("commas instead of tabs", "image,caption\na.png,x\n", "--image-column"),
    ("nothing in it", "", "is empty"),
    ("a tab too many", "image\tcaption\na.png\tx\t\n", "3 cells"),
    ("a tab within a caption", "image\tcaption\na.png\tx\ty\n", "3 cells"),
    ("UTF-16", "image\tcaption\na.png\tx\n".encode("utf-16"), "not UTF-8"),
    ("a quote not closed", 'image\tcaption\na.png\t"x\n', "c.tsv:2"),
)


def _cases(form: str, name: str, rows: tuple[tuple[str, Content, str], ...], flags: str = "") -> list[Case]:
    return [
        Case(f"{form}: {what}", f"ingest {name} --run new {flags}", said, {name: content})
        for what, content, said in rows
    ]


_ASKED = "--format csv --image-column nope"
JSON: tuple[tuple[str, Content, str], ...] = (
    ("an empty list", "[]", "no image"),
    ("an empty object", "{}", "c.json"),
    ("a number", "7", "c.json"),
    ("cut in the second item", '[{"image": "a.png", "caption": "x"}, {"im', "item 2"),
    ("items that are texts", '["a.png"]', "not an object"),
    ("items without an image", '[{"caption": "x"}]', "no key image"),
    ("an image that climbs", '[{"image": "../../x.png", "caption": "x"}]', "not a path below"),
    ("an object whose images climb", '{"../../x.png": "x"}', "not a path below"),
    ("an object whose captions are numbers", '{"a.png": 7}', "neither a string"),
    ("an object of COCO", '{"images": []}', "neither a list"),
    ("nested deep", '{"a.png": ' + nested(50_000) + "}", "not JSON"),
    ("Latin-1", '{"a.png": "ü"}'.encode("latin-1"), "not JSON"),
)
CASES = [
    *_cases("json", "c.json", JSON, "--format json"),
    *_cases("jsonl", "c.jsonl", JSONL),
    *_cases("coco", "c.json", COCO, "--format coco"),
    *_cases("llava", "c.json", LLAVA, "--format llava"),
    *_cases("csv", "c.csv", CSV),
    *_cases("tsv", "c.tsv", _TSV),
    Case(
        "csv: a column that is not there",
        f"ingest c.csv --run new {_ASKED}",
        "nope",
        {"c.csv": "image,caption\na.png,x\n"},
    ),
    Case(
        "csv: one column for both",
        "ingest c.csv --run new --image-column x --caption-column x",
        "x",
        {"c.csv": "x\na.png\n"},
    ),
    Case(
        "csv: a hostile column asked for",
        ("ingest", "c.csv", "--run", "new", "--image-column", TERMINAL),
        r"\x1b",
        {"c.csv": "image,caption\na.png,x\n"},
    ),
    Case("auto: JSON of no known shape", "ingest c.json --run new", "not a COCO file", {"c.json": '{\n"a": 1}'}),
    Case("auto: a list of texts", "ingest c.json --run new", "--format", {"c.json": '["a.png"]'}),
    Case("auto: an ending nobody knows", "ingest c.xyz --run new", "--format", {"c.xyz": "image,caption\n"}),
    Case("auto: a picture", "ingest a.png --run new", "a.png"),
    Case("auto: no ending and nothing in it", "ingest c --run new", "is empty", {"c": ""}),
    Case(
        "auto: a bad file behind a good one",
        "ingest c.jsonl d.csv --run new",
        "d.csv",
        {"c.jsonl": _line(), "d.csv": "x\n1\n"},
    ),
    Case(
        "auto: the same file broken and whole",
        "ingest c.jsonl c.jsonl.bak --run run",
        "c.jsonl.bak",
        {"c.jsonl": _line(), "c.jsonl.bak": "{"},
        given="run",
    ),
    Case(
        "jsonl: bad lines alone, skipped", "ingest c.jsonl --run new --skip-invalid", "no image", {"c.jsonl": "{\n[\n"}
    ),
    Case(
        "jsonl: a bad line into a run that holds images",
        "ingest c.jsonl --run run",
        "c.jsonl:2",
        {"c.jsonl": _line() + "{\n"},
        given="run",
    ),
    Case("jsonl: no image there", "ingest c.jsonl --run new", "missing", {"c.jsonl": _line(image="gone.png")}),
]
