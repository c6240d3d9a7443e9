"""Exports that the real chain made: opened by run, by format, by number and by file, with what the run says of them."""

import json
import re
import shutil
from pathlib import Path

import pytest

from evaluation.asking import images_of
from evaluation.benchmarks import Benchmark, open_benchmark
from evaluation.benchmarks.images import locate_all
from evaluation.benchmarks.leaving import marks_of
from evaluation.guard import guard_prompt, guard_score, read_guard
from schemas.errors import BadInput, BadRunFolder, MissingStage, UnreadableFile
from schemas.mmr import read_rows

pytestmark = pytest.mark.xdist_group("exported")


def test_a_run_means_its_newest_export(exported: Path) -> None:
    newest = exported / "export" / "mmr" / "002"
    by_run, by_format, by_number = (open_benchmark(one) for one in (exported, newest.parent, newest))
    assert by_run == by_format == by_number
    assert by_run.name == "Strae-7-mmr-002"
    assert by_run.sources == (newest.resolve() / "benchmark.json", newest.resolve() / "true_premise.json")
    assert by_run.images == newest.resolve()
    older = open_benchmark(newest.with_name("001"))
    assert older.name == "Strae-7-mmr-001"


def test_all_rows_are_asked_as_they_stand(exported: Path) -> None:
    folder = exported / "export" / "mmr" / "002"
    rows = read_rows(folder / "benchmark.json"), read_rows(folder / "true_premise.json")
    found = open_benchmark(folder)
    assert [item.text for item in found.items] == [row.question for row in (*rows[0], *rows[1])]
    assert [item.kind for item in found.items] == ["false-premise"] * len(rows[0]) + ["true-premise"] * len(rows[1])
    assert all(item.options[item.gold] for item in found.items)


def test_a_file_of_an_export_stands_alone(exported: Path) -> None:
    folder = exported / "export" / "mmr" / "002"
    train = open_benchmark(folder / "train.json")
    assert (train.name, train.images) == ("Strae-7-mmr-002-train", folder.resolve())
    assert {item.kind for item in train.items} == {"false-premise"}
    alone, whole = open_benchmark(folder / "benchmark.json"), open_benchmark(folder)
    assert alone.digest == whole.digest, "true premises apart, it asks the same"
    assert (alone.premises, bool(whole.premises)) == ("", True)
    with_premises = open_benchmark(folder / "benchmark.json", true_premise=folder / "true_premise.json")
    assert (with_premises.digest, with_premises.premises) == (whole.digest, whole.premises)


def test_true_premises_alone_are_no_benchmark(exported: Path) -> None:
    with pytest.raises(BadInput, match=r"every row of it says that its premise is true\. Name the benchmark"):
        open_benchmark(exported / "export" / "mmr" / "002" / "true_premise.json")


def test_a_row_in_both_files_is_refused(exported: Path) -> None:
    path = exported / "export" / "mmr" / "002" / "benchmark.json"
    with pytest.raises(BadInput, match="stands in the benchmark and in the true-premise file"):
        open_benchmark(path, true_premise=path)


def test_premises_marked_in_the_rows_themselves_are_of_their_kind(exported: Path, tmp_path: Path) -> None:
    folder = exported / "export" / "mmr" / "002"
    both = [json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in ("benchmark", "true_premise")]
    (tmp_path / "one.json").write_text(json.dumps([*both[1], *both[0]]), encoding="utf-8")
    found = open_benchmark(tmp_path / "one.json")
    assert [item.kind for item in found.items] == ["true-premise"] * len(both[1]) + ["false-premise"] * len(both[0])


def test_training_samples_are_no_benchmark(exported: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"training samples, not a benchmark.*--format mmr"):
        open_benchmark(exported / "export" / "llava")


def test_a_run_without_an_export_says_what_to_do(exported: Path, tmp_path: Path) -> None:
    shutil.copytree(exported, tmp_path / "run", ignore=shutil.ignore_patterns("export"))
    with pytest.raises(MissingStage, match=r"nothing in export/mmr/ yet\. Run `leadproof export --run .*--format mmr`"):
        open_benchmark(tmp_path / "run")


def test_an_export_without_a_benchmark_names_its_files(exported: Path, tmp_path: Path) -> None:
    shutil.copytree(exported / "export" / "mmr" / "002", tmp_path / "moved")
    (tmp_path / "moved" / "benchmark.json").unlink()
    says = (
        r"no benchmark\.json; it holds train\.json, train_true_premise\.json, .*Name one of them, as in .*train\.json"
    )
    with pytest.raises(UnreadableFile, match=says):
        open_benchmark(tmp_path / "moved")


def staying(benchmark: Benchmark) -> set[str]:
    marks = marks_of(benchmark.sources)
    located = locate_all(
        [item.image for item in benchmark.items], benchmark.images, **({"may_leave": marks} if marks else {})
    )
    assert not located.absent
    return {name for name, part in located.parts.items() if not part.may_leave}


def test_an_image_that_the_run_keeps_stays_kept(exported: Path) -> None:
    kept = json.loads((exported / "export" / "mmr" / "001" / "benchmark.json").read_text(encoding="utf-8"))[0]["image"]
    for number in ("001", "002"):  # the mark counts for exports made before it, too
        folder = exported / "export" / "mmr" / number
        assert staying(open_benchmark(folder)) == {kept}
        assert staying(open_benchmark(folder / "benchmark.json")) == {kept}
    assert staying(open_benchmark(exported)) == {kept}


def test_an_image_that_the_run_does_not_know_stays_too(exported: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    shutil.copytree(exported, run)
    folder = run / "export" / "mmr" / "002"
    rows = json.loads((folder / "benchmark.json").read_text(encoding="utf-8"))
    (folder / "images" / "other.png").write_bytes((folder / rows[0]["image"]).read_bytes() + b"\0")
    for row in rows[:2]:
        row["image"] = "images/other.png"
    (folder / "benchmark.json").write_text(json.dumps(rows), encoding="utf-8")
    assert "images/other.png" in staying(open_benchmark(folder / "benchmark.json"))


def test_without_the_runs_table_nothing_is_free_to_leave(exported: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    shutil.copytree(exported, run)
    for table in run.glob("ingest/*/images.parquet"):
        table.unlink()
    found = open_benchmark(run)
    with pytest.raises(BadRunFolder):
        marks_of(found.sources)


def test_elsewhere_there_are_no_marks(tmp_path: Path) -> None:
    assert marks_of([tmp_path / "a.json"]) is None


def test_our_exports_are_guards(exported: Path) -> None:
    rows = read_guard(exported / "export" / "mmr" / "002" / "benchmark.json")
    assert all(set(item.answers) < set(item.options) for item in rows.items)
    assert len({item.id for item in rows.items}) == len(rows.items)
    assert {guard_score(item, f"The answer is {item.answers[0]}.") for item in rows.items} == {1.0}
    samples = read_guard(exported / "export" / "llava" / "002" / "benchmark.json")
    assert all(not item.options for item in samples.items)
    assert {guard_score(item, item.answers[0]) for item in samples.items} == {1.0}
    for guard in (rows, samples):
        assert guard.images is not None
        assert not locate_all([item.image for item in guard.items], guard.images).absent
        assert not any(re.search("<image>", guard_prompt(item)) for item in guard.items)


def test_an_export_that_was_copied_out_of_its_run_keeps_its_marks(exported: Path, tmp_path: Path) -> None:
    kept = json.loads((exported / "export" / "mmr" / "001" / "benchmark.json").read_text(encoding="utf-8"))[0]["image"]
    shutil.copytree(exported / "export" / "mmr" / "002", tmp_path / "copied")
    assert staying(open_benchmark(tmp_path / "copied")) == {kept}


def test_a_benchmark_that_was_copied_alone_keeps_the_marks_of_the_folder_its_images_lie_in(
    exported: Path, tmp_path: Path
) -> None:
    folder = exported / "export" / "mmr" / "002"
    kept = json.loads((exported / "export" / "mmr" / "001" / "benchmark.json").read_text(encoding="utf-8"))[0]["image"]
    shutil.copy(folder / "benchmark.json", tmp_path / "copied.json")
    located = images_of(open_benchmark(tmp_path / "copied.json", images=folder))
    assert {name for name, part in located.parts.items() if not part.may_leave} == {kept}
