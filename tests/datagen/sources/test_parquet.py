from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from datagen.ingest import ingest
from datagen.sources import detect
from datagen.sources.record import Columns, SourceOptions
from schemas.errors import BadConfig, BadInput, InvalidRecord, UnreadableFile
from schemas.run import RunFolder
from tests.datagen.sources.made import Ingest, picture, read_all, read_what_can_be

HF_IMAGE = pa.struct([("bytes", pa.binary()), ("path", pa.string())])


def write(path: Path, columns: dict[str, Any], **types: pa.DataType) -> Path:
    path.parent.mkdir(exist_ok=True)
    arrays = {name: pa.array(values, types.get(name)) for name, values in columns.items()}
    pq.write_table(pa.table(arrays), path, row_group_size=2)
    return path


def test_paths_and_captions_in_text_or_lists(tmp_path: Path, taken: Ingest) -> None:
    for name in "ab":
        (tmp_path / f"{name}.png").write_bytes(picture(ord(name)))
    columns = {"file_name": ["a.png", "b.png", "a.png"], "captions": [["A dog.", "A dog runs."], [], ["A dog sits."]]}
    path = write(tmp_path / "data.parquet", columns)
    assert detect(path) == "parquet"
    assert taken(path) == {"a.png": ["A dog runs.", "A dog sits.", "A dog."], "b.png": []}


def test_images_within_come_into_the_run_folder(tmp_path: Path, run: RunFolder, taken: Ingest) -> None:
    """As ``datasets`` writes its ``Image`` feature; one of the paths is hostile, one image has none."""
    images = [
        {"bytes": picture(n), "path": path} for n, path in enumerate(["a.png", None, "../../etc/x.png", "/c.png"])
    ]
    path = write(tmp_path / "d" / "x.parquet", {"image": images, "text": ["A.", "B.", None, "D."]}, image=HF_IMAGE)
    assert taken(path.parent) == {"a.png": ["A."], "x.parquet-2": ["B."], "etc/x.png": [], "c.png": ["D."]}
    rows = run.require("ingest").table("images").to_pylist()
    assert {row["path"] for row in rows} == {f"images/{file.name}" for file in (run.path / "images").iterdir()}
    assert {(run.path / row["path"]).read_bytes() for row in rows} == {picture(n) for n in range(4)}
    assert not ingest(run, [path.parent]).changed


def test_an_image_within_that_is_none_is_skipped_and_leaves_nothing(
    tmp_path: Path, run: RunFolder, taken: Ingest
) -> None:
    path = write(tmp_path / "x.parquet", {"jpg": [b"no image", picture(1), b""], "txt": ["A.", "B.", "C."]})
    assert taken(path) == {"x.parquet-2": ["B."]}
    assert len(list((run.path / "images").iterdir())) == 1


def test_nothing_stays_behind_where_a_later_row_is_bad(tmp_path: Path, run: RunFolder) -> None:
    images = [{"bytes": picture(1), "path": "a.png"}, None]
    path = write(tmp_path / "x.parquet", {"image": images, "text": ["A.", "B."]}, image=HF_IMAGE)
    with pytest.raises(InvalidRecord, match=r"x\.parquet:2: no image"):
        ingest(run, [path])
    assert not (run.path / "images").exists()
    assert run.current("ingest") is None


@pytest.mark.parametrize(
    ("columns", "fault"),
    [
        ({"image": ["a.png", None], "text": ["A.", "B."]}, "no image"),
        ({"image": ["a.png", "../b.png"], "text": ["A.", "B."]}, "not a path below"),
        ({"image": ["a.png", "/home/someone/b.png"], "text": ["A.", "B."]}, "not a path below"),
        ({"image": ["a.png", "b.png"], "text": [None, [{"raw": "B."}]]}, "neither a string nor a list"),
        ({"image": ["a.png", "b.png"], "text": [None, 5]}, "neither a string nor a list"),
        ({"image": [["a.png"], ["b.png"]], "text": ["A.", "B."]}, "not a file name"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, columns: dict[str, Any], fault: str) -> None:
    path = write(tmp_path / "x.parquet", columns)
    with pytest.raises(InvalidRecord, match=fault) as raised:
        read_all("parquet", path)
    assert raised.match(r"x\.parquet:[12]")


def test_text_that_is_not_utf_8_is_the_fault_of_its_row(tmp_path: Path) -> None:
    said = pa.array([b"A.", b"caf\xe9", b"C."]).view(pa.string())
    pq.write_table(pa.table({"image": ["a.png", "b.png", "c.png"], "text": said}), tmp_path / "x.parquet")
    found, bad = read_what_can_be("parquet", tmp_path / "x.parquet")
    assert [one.image for one in found] == ["a.png", "c.png"]
    assert bad == ["x.parquet:2: text that is not UTF-8. Mend the record, or pass --skip-invalid to leave it out."]


@pytest.mark.parametrize("cut", [0, 4, 100, -10])
def test_what_is_not_parquet_or_cut_is_one_error(tmp_path: Path, cut: int) -> None:
    path = write(tmp_path / "x.parquet", {"image": ["a.png"] * 50, "text": ["A."] * 50})
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(UnreadableFile, match="of another kind, or cut or damaged"):
        read_all("parquet", path)


def test_missing_columns_and_empty_folders_say_so(tmp_path: Path, run: RunFolder) -> None:
    path = write(tmp_path / "x.parquet", {"pixels": [1], "text": ["A."]})
    with pytest.raises(UnreadableFile, match="no column looks like the image's; it has: pixels, text"):
        read_all("parquet", path)
    with pytest.raises(BadConfig, match="no column 'label'"):
        read_all("parquet", path, SourceOptions(Columns("pixels", ("label",))))
    (tmp_path / "empty").mkdir()
    for form in ("parquet", "auto"):
        with pytest.raises(BadInput):
            read_all("parquet", tmp_path / "empty") if form == "parquet" else detect(tmp_path / "empty")
