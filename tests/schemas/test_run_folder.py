import json
import multiprocessing
from pathlib import Path

import pyarrow as pa
import pytest

from schemas.errors import BadConfig, BadRunFolder, MissingStage, RunLocked
from schemas.ledger import Drop, drops_table, read_ledger
from schemas.run import RunFolder
from schemas.tables import read_table, to_table, write_table


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder.create(tmp_path / "run")


def commit(run: RunFolder, stage: str = "ingest") -> Path:
    with run.writing(), run.stage(stage) as writer:
        writer.table("drops", drops_table([Drop("missing", detail="a.jpg")]))
        writer.commit(config={"a": 1}, counts={"images": 1})
    return writer.path


def test_the_newest_committed_number_is_current(run: RunFolder) -> None:
    commit(run)
    second = commit(run)
    found = run.current("ingest")
    assert found is not None
    assert (found.path, found.manifest.number) == (second, 2)


def test_what_a_killed_command_left_does_not_count_and_is_swept(run: RunFolder) -> None:
    first = commit(run)
    litter = run.path / "ingest" / "002"
    run.stage("ingest").__enter__()
    (litter / "images.parquet").write_bytes(b"half")
    found = run.current("ingest")
    assert found is not None
    assert found.path == first
    with run.writing():
        assert not litter.exists()


def test_folders_of_the_users_and_links_are_never_swept(run: RunFolder, tmp_path: Path) -> None:
    photos = tmp_path / "photos" / "2023"
    photos.mkdir(parents=True)
    (photos / "holiday.jpg").touch()
    mine = run.path / "export" / "mine" / "2024"
    mine.mkdir(parents=True)
    (mine / "notes.txt").touch()
    (run.path / "export" / "photos").symlink_to(photos.parent)
    (run.path / "filter").mkdir()
    (run.path / "filter" / "002").symlink_to(photos)
    with run.writing():
        assert (photos / "holiday.jpg").exists()
        assert (mine / "notes.txt").exists()
    assert run.outdated() in ([], [mine])
    assert commit(run, "filter").name == "003"


def test_an_error_while_writing_leaves_nothing(run: RunFolder) -> None:
    def write_half() -> None:
        with run.stage("filter") as writer:
            writer.table("kept", to_table("kept", []))
            raise ZeroDivisionError

    with run.writing(), pytest.raises(ZeroDivisionError):
        write_half()
    assert run.numbered("filter") == []


def test_equal_tables_give_equal_hashes_and_other_tables_others(run: RunFolder) -> None:
    hashes = []
    for rows in ([{"rank": 1, "pair_id": "a"}], [{"rank": 1, "pair_id": "a"}], [{"rank": 1, "pair_id": "b"}]):
        with run.writing(), run.stage("filter") as writer:
            writer.table("kept", to_table("kept", rows))
            hashes.append(writer.commit().hash)
    assert hashes[0] == hashes[1] != hashes[2]


def _try_to_write(path: Path, answer: "multiprocessing.Queue[str]") -> None:
    try:
        with RunFolder.open(path).writing():
            answer.put("wrote")
    except RunLocked as error:
        answer.put(str(error))


def test_a_second_writer_says_so_and_stops(run: RunFolder) -> None:
    context = multiprocessing.get_context("spawn")
    answer = context.Queue()
    with run.writing():
        other = context.Process(target=_try_to_write, args=(run.path, answer))
        other.start()
        said = answer.get(timeout=60)
        other.join()
    assert "another leadproof command" in said


def test_a_stage_that_has_not_run_names_the_command_that_runs_it(run: RunFolder) -> None:
    with pytest.raises(MissingStage, match="leadproof generate --run"):
        run.require("generate")


def test_an_unknown_schema_version_is_a_clear_error(run: RunFolder) -> None:
    manifest = commit(run) / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"schema_version": 99}))
    with pytest.raises(BadRunFolder, match="schema is 99, this leadproof reads 1"):
        run.current("ingest")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"schema_version": 1}', '{"schema_version": 1, "stage": 5}'])
def test_a_manifest_edited_by_hand_is_a_clear_error(run: RunFolder, text: str) -> None:
    (commit(run) / "manifest.json").write_text(text)
    with pytest.raises(BadRunFolder, match="not a manifest"):
        run.current("ingest")


def test_a_table_that_was_changed_is_a_clear_error(run: RunFolder) -> None:
    path = commit(run) / "drops.parquet"
    path.write_bytes(path.read_bytes() + b"x")
    found = run.current("ingest")
    assert found is not None
    with pytest.raises(BadRunFolder, match="changed since"):
        found.table("drops")


@pytest.mark.parametrize("content", [b"", b"PAR1", b"not parquet at all"])
def test_what_is_not_parquet_is_a_clear_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "pairs.parquet").write_bytes(content)
    with pytest.raises(BadRunFolder):
        read_table(tmp_path / "pairs.parquet", "pairs")


def test_a_table_of_another_kind_is_a_clear_error(tmp_path: Path) -> None:
    write_table(tmp_path / "x.parquet", "kept", to_table("kept", []))
    with pytest.raises(BadRunFolder, match="schema is kept/2"):
        read_table(tmp_path / "x.parquet", "pairs")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[run]\nsede = 1", "Did you mean run.seed"),
        ("[run]\ntrain = 2.0", "run.train"),
        ("[run]\ntrain = 0.9", "add up to"),
        ("[generate]\nper_image = 0", "generate.per_image"),
        ("not toml", "cannot be read"),
        ("[nonsense]\na = 1", "unknown key nonsense"),
    ],
)
def test_settings_that_are_wrong_name_the_key(run: RunFolder, text: str, said: str) -> None:
    (run.path / "leadproof.toml").write_text(text)
    with pytest.raises(BadConfig, match=said):
        RunFolder.open(run.path)


def test_the_settings_that_init_writes_are_the_defaults(run: RunFolder) -> None:
    text, _, _ = (run.path / "leadproof.toml").read_text().partition("\n# [")  # from here on, tables as examples
    lines = [line.removeprefix("# ") for line in text.splitlines() if " = " in line or line.startswith("[")]
    (run.path / "leadproof.toml").write_text("\n".join(lines))
    assert RunFolder.open(run.path).settings == run.settings


@pytest.mark.parametrize("make", ["file", "full folder"])
def test_something_else_at_the_path_is_not_taken_over(tmp_path: Path, make: str) -> None:
    path = tmp_path / "mine"
    if make == "file":
        path.write_text("x")
    else:
        path.mkdir()
        (path / "thesis.tex").write_text("x")
    with pytest.raises(BadRunFolder):
        RunFolder.create(path)


def test_the_ledger_is_the_union_of_the_stages_drops(run: RunFolder) -> None:
    commit(run, "ingest")
    commit(run, "filter")
    ledger = read_ledger(run)
    assert ledger["stage"].to_pylist() == ["ingest", "filter"]
    assert ledger["reason"].to_pylist() == ["missing", "missing"]


def test_the_ledger_of_an_empty_run_is_empty(run: RunFolder) -> None:
    assert len(read_ledger(run)) == 0
    assert read_ledger(run).schema.field("stage").type == pa.string()


def test_outdated_numbers_are_all_but_the_current(run: RunFolder) -> None:
    first, _ = commit(run), commit(run)
    assert run.outdated() == [first]
