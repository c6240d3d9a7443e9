import json
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from datagen.ingest import IngestOptions, ingest
from datagen.sources import detect
from datagen.sources.record import Columns
from schemas.errors import InvalidRecord, MissingExtra, UnreadableFile
from schemas.run import RunFolder
from tests.datagen.sources.made import Ingest, picture, read_all, read_what_can_be

IMAGE = pa.struct([("bytes", pa.binary()), ("path", pa.string())])


def save(folder: Path, image: list[Any], caption: list[Any], kind: pa.DataType = IMAGE, shards: int = 1) -> Path:
    """A folder as ``Dataset.save_to_disk`` of datasets 5.2 leaves it: state.json beside Arrow streams."""
    folder.mkdir(parents=True)
    table = pa.table({"image": pa.array(image, kind), "caption": pa.array(caption)})
    names = [f"data-{n:05d}-of-{shards:05d}.arrow" for n in range(shards)]
    each = -(-len(table) // shards)
    for n, name in enumerate(names):
        with pa.OSFile(str(folder / name), "wb") as file, pa.ipc.new_stream(file, table.schema) as stream:
            stream.write_table(table.slice(n * each, each), max_chunksize=2)
    state = {"_data_files": [{"filename": name} for name in names], "_fingerprint": "4e5237482a7fcf87", "_split": None}
    (folder / "state.json").write_text(json.dumps(state))
    (folder / "dataset_info.json").write_text('{"features": {}}')
    return folder


def inside(*seeds: int) -> list[dict[str, Any]]:
    return [{"bytes": picture(seed), "path": f"{seed}.png"} for seed in seeds]


def test_a_saved_dataset_comes_in_with_its_images(tmp_path: Path, taken: Ingest) -> None:
    folder = save(tmp_path / "saved", inside(1, 2, 3), ["One.", "Two.", None], shards=2)
    assert detect(folder) == "hf"
    assert taken(folder) == {"1.png": ["One."], "2.png": ["Two."], "3.png": []}


def test_all_splits_of_a_saved_dict_come_in(tmp_path: Path, run: RunFolder, taken: Ingest) -> None:
    folder = tmp_path / "saved"
    save(folder / "train", inside(1), ["One."])
    save(folder / "test", inside(2), [["Two.", "Three."]])
    (folder / "dataset_dict.json").write_text('{"splits": ["train", "test"]}')
    assert detect(folder) == "hf"
    assert taken(folder) == {"1.png": ["One."], "2.png": ["Three.", "Two."]}
    assert not ingest(run, [folder]).changed


def test_images_may_be_paths_and_columns_asked_for(tmp_path: Path, taken: Ingest) -> None:
    folder = save(tmp_path / "saved", ["a.png", "a.png"], ["One.", "Two."], pa.string())
    (folder / "a.png").write_bytes(picture(1))
    assert taken(folder, columns=Columns("image", ("caption",))) == {"a.png": ["One.", "Two."]}


def test_a_bad_row_is_named_and_counted_over_all_files(tmp_path: Path) -> None:
    folder = save(tmp_path / "saved", [*inside(1, 2, 3), None, *inside(5)], ["x"] * 5, shards=2)
    with pytest.raises(InvalidRecord, match="saved:4: no image"):
        read_all("hf", folder)
    assert [one.row for one in read_what_can_be("hf", folder)[0]] == [1, 2, 3, 5]


@pytest.mark.parametrize(
    ("file", "content", "fault"),
    [
        ("state.json", b"{", "not JSON"),
        ("state.json", b"[]", "does not name files"),
        ("state.json", b'{"_data_files": []}', "does not name files"),
        ("state.json", b'{"_data_files": [{"filename": "../../secret.arrow"}]}', "does not name files"),
        ("state.json", b'{"_data_files": [{"filename": "/etc/passwd"}]}', "does not name files"),
        ("state.json", b'{"_data_files": [{"filename": "gone.arrow"}]}', "gone.arrow"),
        ("dataset_dict.json", b'{"splits": ["..", "train"]}', "does not name files"),
        ("dataset_dict.json", b'{"splits": ["train"]}', "state.json"),
        ("data-00000-of-00001.arrow", b"", "cut or damaged"),
        ("data-00000-of-00001.arrow", b"no arrow at all", "cut or damaged"),
        ("data-00000-of-00001.arrow", 3_000, "cut or damaged"),
        ("data-00000-of-00001.arrow", 8, "no mark of its end"),
    ],
)
def test_a_broken_folder_is_one_error_and_commits_nothing(
    tmp_path: Path, run: RunFolder, file: str, content: bytes | int, fault: str
) -> None:
    path = save(tmp_path / "saved", inside(1, 2, 3), ["x"] * 3) / file
    path.write_bytes(path.read_bytes()[:-content] if isinstance(content, int) else content)
    with pytest.raises(UnreadableFile, match=fault):
        ingest(run, [path.parent], IngestOptions(skip_invalid=True))
    assert run.current("ingest") is None
    assert not (run.path / "images").exists()


def test_a_folder_that_is_none_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="not a saved dataset"):
        read_all("hf", tmp_path)


def test_a_name_needs_the_extra(monkeypatch: pytest.MonkeyPatch, run: RunFolder) -> None:
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(MissingExtra, match="datasets"):
        ingest(run, [Path("someone/captions")], IngestOptions(format="hf"))


def test_a_name_that_cannot_be_had_is_one_error(monkeypatch: pytest.MonkeyPatch, run: RunFolder) -> None:
    datasets = pytest.importorskip("datasets")
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    with pytest.raises(UnreadableFile, match="someone/captions"):
        ingest(run, [Path("someone/captions")], IngestOptions(format="hf"))
