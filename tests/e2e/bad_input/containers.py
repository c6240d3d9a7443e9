"""Sources that hold their images themselves, or lie in folders: Parquet, WebDataset, saved datasets, folders."""

import json
import os
from pathlib import Path

import pyarrow as pa

from tests.e2e.bad_input.case import Case, Content
from tests.e2e.bad_input.made import arrow, folder, gz, link, parquet, picture, pipe, tar, tar_link

_PNG = picture()
COLUMNS = {"image": ["a.png", "b.png"], "caption": ["A red square.", "A blue one."]}
_WHOLE = parquet(COLUMNS)
_STREAM = arrow(COLUMNS)
_DICTIONARY = pa.DictionaryArray.from_arrays([0, 0], ["../../x.png"])


def _bytes_as_names() -> bytes:
    """A table whose strings are no UTF-8, as a careless writer leaves it."""
    broken = pa.StringArray.from_buffers(1, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe"))
    return parquet({"image": ["a.png"], "caption": broken})


PARQUET: tuple[tuple[str, Content, str], ...] = (
    ("nothing in it", b"", "c.parquet"),
    ("plain text", "image,caption\n", "c.parquet"),
    ("its first bytes alone", b"PAR1", "c.parquet"),
    ("no end", _WHOLE[:-20], "cut or damaged"),
    ("no beginning", _WHOLE[20:], "cut or damaged"),
    ("a hole in the middle", _WHOLE[:30] + b"\0" * 60 + _WHOLE[90:], "c.parquet"),
    ("a footer longer than the file", _WHOLE[:-8] + b"\xff\xff\xff\x7fPAR1", "cut or damaged"),
    ("gzip named so", gz(_WHOLE), "cut or damaged"),
    ("a stream of Arrow named so", _STREAM, "cut or damaged"),
    ("no rows", parquet({"image": pa.array([], pa.string()), "caption": pa.array([], pa.string())}), "no image"),
    ("no columns", parquet({}), "c.parquet"),
    ("no column of images", parquet({"id": [1], "caption": ["x"]}), "--image-column"),
    ("no column of captions", parquet({"image": ["a.png"], "id": [1]}), "--caption-column"),
    ("columns with control sequences", parquet({"\x1b[2J": [1], "\u202e": [2]}), r"\x1b[2J"),
    ("images that are numbers", parquet({"image": [1], "caption": ["x"]}), "not a file name"),
    ("images that are null", parquet({"image": [None], "caption": ["x"]}), "no image"),
    ("images in lists", parquet({"image": [["a.png"]], "caption": ["x"]}), "c.parquet:1"),
    ("images that climb", parquet({"image": ["../../x.png"], "caption": ["x"]}), "not a path below"),
    ("images that climb in a dictionary", parquet({"image": _DICTIONARY, "caption": ["x", "y"]}), "not a path below"),
    ("captions that are numbers", parquet({"image": ["a.png"], "caption": [1.5]}), "neither a string"),
    ("captions that are NaN", parquet({"image": ["a.png"], "caption": [float("nan")]}), "neither a string"),
    ("captions in objects", parquet({"image": ["a.png"], "caption": [{"en": "x"}]}), "c.parquet:1"),
    ("captions that are bytes", parquet({"image": ["a.png"], "caption": [b"x"]}), "neither a string"),
    ("texts that are no UTF-8", _bytes_as_names(), "UTF-8"),
    ("an image's struct without bytes or path", parquet({"image": [{"x": 1}], "caption": ["x"]}), "no image"),
    ("a pipe", pipe, "c.parquet"),
    ("a link in a circle", link("c.parquet"), "c.parquet"),
    ("an empty folder", folder, "c.parquet"),
)

_SAMPLE = (("1.png", _PNG), ("1.txt", b"A red square."))
_SHARD = tar(*_SAMPLE)
WEBDATASET: tuple[tuple[str, Content, str], ...] = (
    ("nothing in it", b"", "not a tar file"),
    ("plain text", "image,caption\n", "not a tar file"),
    ("an archive of nothing", tar(), "no image"),
    ("cut in a member", _SHARD[:700], "cut or damaged"),
    ("cut between two members", _SHARD[:1_024], "cut or damaged"),
    ("no mark of its end", _SHARD[:3_000], "cut or damaged"),
    ("a hole in a header", _SHARD[:1_100] + b"\xff" * 60 + _SHARD[1_160:], "c.tar"),
    ("gzip cut in the middle", gz(_SHARD)[:90], "c.tar"),
    ("gzip with a bad sum", gz(_SHARD)[:-8] + b"\0" * 8, "c.tar"),
    ("a zip named so", b"PK\x03\x04" + b"\0" * 600, "not a tar file"),
    ("captions alone", tar(("1.txt", b"x")), "no image"),
    ("two images in a sample", tar(*_SAMPLE, ("1.jpg", b"x")), "2 images"),
    ("one image twice", tar(*_SAMPLE, ("1.png", _PNG)), "two members"),
    ("an image that is a link", tar(tar_link("1.png", "/etc/passwd"), ("1.txt", b"x")), "link"),
    ("an image that is a hard link out", tar(tar_link("1.png", "../../x", b"1"), ("1.txt", b"x")), "link"),
    ("an image that is a device", tar(tar_link("1.png", "", b"3"), ("1.txt", b"x")), "device"),
    ("a caption that is no UTF-8", tar(_SAMPLE[0], ("1.txt", b"\xff\xfe")), "not UTF-8"),
    ("a caption with a NUL", tar(_SAMPLE[0], ("1.txt", b"a\0b")), "NUL"),
    ("a caption past all length", tar(_SAMPLE[0], ("1.txt", b"x" * 100_001)), "100,000"),
    ("JSON that is none", tar(_SAMPLE[0], ("1.json", b"{")), "not JSON"),
    ("JSON nested deep", tar(_SAMPLE[0], ("1.json", b"[" * 50_000)), "not JSON"),
    ("JSON that is a list", tar(_SAMPLE[0], ("1.json", b"[1]")), "object"),
    ("JSON with a number for a caption", tar(_SAMPLE[0], ("1.json", b'{"caption": 1}')), "neither a string"),
    ("a bad sample with a hostile name", tar(("../../\x1b[2J\u202e.txt", b"x")), "no image"),
    ("a pipe", pipe, "c.tar"),
    ("a link in a circle", link("c.tar"), "c.tar"),
    ("a folder without shards", folder, "no tar file"),
)


def _saved(state: object, **files: bytes) -> dict[str, Content]:
    held: dict[str, Content] = {"c/state.json": state if isinstance(state, str | bytes) else json.dumps(state)}
    return {**held, **{f"c/{name}.arrow": content for name, content in files.items()}}


_NAMED = {"_data_files": [{"filename": "data.arrow"}]}
_LONG_NAMES = {"image": [{"bytes": _PNG, "path": "../../\x1b[2J"}], "caption": [7]}
HF: tuple[tuple[str, dict[str, Content], str], ...] = (
    ("neither file of a saved dataset", {"c/x": ""}, "state.json"),
    ("a state that is none", _saved("{"), "not JSON"),
    ("a state of other encoding", _saved(b"\xff\xfe{"), "not JSON"),
    ("a state nested deep", _saved("[" * 50_000), "not JSON"),
    ("a state that is a list", _saved([]), "does not name files"),
    ("a state without files", _saved({}), "does not name files"),
    ("a state whose files are numbers", _saved({"_data_files": [1, 2]}), "does not name files"),
    ("a file that climbs", _saved({"_data_files": [{"filename": "../../x.arrow"}]}), "does not name files"),
    ("a file from the root", _saved({"_data_files": [{"filename": "/etc/passwd"}]}), "does not name files"),
    ("a file with a NUL", _saved({"_data_files": [{"filename": "a\0"}]}), "does not name files"),
    ("a file that is not there", _saved(_NAMED), "data.arrow"),
    ("a file that is a folder", {**_saved(_NAMED), "c/data.arrow": folder}, "data.arrow"),
    ("a file that is a pipe", {**_saved(_NAMED), "c/data.arrow": pipe}, "data.arrow"),
    ("a file that is a device", {**_saved(_NAMED), "c/data.arrow": link("/dev/zero")}, "data.arrow"),
    ("a file that is a link in a circle", {**_saved(_NAMED), "c/data.arrow": link("data.arrow")}, "data.arrow"),
    ("a file with nothing in it", _saved(_NAMED, data=b""), "cut or damaged"),
    ("a file of Parquet", _saved(_NAMED, data=_WHOLE), "cut or damaged"),
    ("a file cut in the schema", _saved(_NAMED, data=_STREAM[:100]), "cut or damaged"),
    ("a file cut in a batch", _saved(_NAMED, data=_STREAM[:-60]), "cut or damaged"),
    ("a file cut behind a batch", _saved(_NAMED, data=_STREAM[:-8]), "no mark of its end"),
    (
        "a length past all memory",
        _saved(_NAMED, data=b"\xff\xff\xff\xff\xff\xff\xff\x7f" + _STREAM[8:]),
        "cut or damaged",
    ),
    ("a file of no columns", _saved(_NAMED, data=arrow({})), "no columns"),
    ("no column of images", _saved(_NAMED, data=arrow({"caption": ["x"]})), "--image-column"),
    ("images that climb", _saved(_NAMED, data=arrow({"image": ["../../x"], "caption": ["x"]})), "not a path below"),
    ("a bad row with a hostile name", _saved(_NAMED, data=arrow(_LONG_NAMES)), "c:1"),
    ("no rows", _saved(_NAMED, data=arrow({"image": pa.array([], pa.string()), "caption": [""][:0]})), "no image"),
    ("splits that are no list", {"c/dataset_dict.json": '{"splits": "train"}'}, "does not name files"),
    ("a split that climbs", {"c/dataset_dict.json": '{"splits": [".."]}'}, "does not name files"),
    ("a split that is not there", {"c/dataset_dict.json": '{"splits": ["train"]}'}, "state.json"),
    ("a split that is a pipe", {"c/dataset_dict.json": '{"splits": ["t"]}', "c/t/state.json": pipe}, "state.json"),
)


def _odd_name(path: Path) -> None:
    path.mkdir()
    (path / os.fsdecode(b"\xff.png")).write_bytes(_PNG)


FOLDER: tuple[tuple[str, dict[str, Content], str], ...] = (
    ("a file", {"c": "x"}, "not a folder"),
    ("no image in it", {"c/x.md": "x"}, "no image"),
    ("a caption that is no UTF-8", {"c/a.png": _PNG, "c/a.txt": b"\xff"}, "not UTF-8"),
    ("a caption with a NUL", {"c/a.png": _PNG, "c/a.txt": "a\0b"}, "NUL"),
    ("captions past all length", {"c/a.png": _PNG, "c/a.txt": "x\n" * 500_001}, "1,000,000"),
    ("a caption by a link that leads out", {"c/a.png": _PNG, "c/a.txt": link("/etc/passwd")}, "leads out"),
    ("a name that is no Unicode", {"c": _odd_name}, r"\udcff.png"),
    ("an image by a link that leads out", {"c/x.png": link("/etc/passwd")}, "outside-root"),
    ("images that are none", {"c/x.png": "x", "c/y.jpg": ""}, "not-an-image"),
    ("a folder named as an image", {"c/x.png": folder}, "no image"),
    ("a pipe named as an image", {"c/x.png": pipe}, "not a file"),
    ("a hostile name of what is no image", {"c/\x1b[2J\u202e.png": "x"}, r"\x1b[2J\u202e"),
    ("nothing but hidden files", {"c/.a.png": _PNG}, "no image"),
)

CASES = [
    *(
        Case(f"parquet: {what}", "ingest c.parquet --format parquet --run new", said, {"c.parquet": content})
        for what, content, said in PARQUET
    ),
    *(
        Case(f"webdataset: {what}", "ingest c.tar --format webdataset --run new", said, {"c.tar": content})
        for what, content, said in WEBDATASET
    ),
    *(Case(f"hf: {what}", "ingest c --format hf --run new", said, files) for what, files, said in HF),
    *(Case(f"folder: {what}", "ingest c --format folder --run new", said, files) for what, files, said in FOLDER),
    Case(
        "parquet: a good shard and a broken one",
        "ingest c --run new",
        "2.parquet",
        {"c/1.parquet": _WHOLE, "c/2.parquet": _WHOLE[:-9]},
    ),
    Case(
        "parquet: shards of other columns",
        "ingest c --format parquet --run new",
        "2.parquet",
        {"c/1.parquet": _WHOLE, "c/2.parquet": parquet({"x": [1]})},
    ),
    Case(
        "parquet: a column that is not there",
        "ingest c.parquet --caption-column nope --run new",
        "nope",
        {"c.parquet": _WHOLE},
    ),
    Case(
        "parquet: one column for all",
        "ingest c.parquet --image-column caption --run new",
        "c.parquet",
        {"c.parquet": parquet({"caption": ["../x"]})},
    ),
    Case("webdataset: a pattern that fits nothing", "ingest 'c-*.tar' --run new", "no tar file"),
    Case(
        "webdataset: a good shard and a cut one",
        "ingest c --run new",
        "2.tar",
        {"c/1.tar": _SHARD, "c/2.tar": _SHARD[:700]},
    ),
    Case(
        "hf: a name on the Hub, without the extra",
        "ingest nobody/nothing-there --format hf --run new",
        "nobody/nothing-there",
    ),
    Case("folder: Parquet beside images", "ingest c --run new", "--format", {"c/x.parquet": _WHOLE, "c/a.png": _PNG}),
]
