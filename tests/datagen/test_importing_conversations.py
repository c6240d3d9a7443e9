"""MMR-data's conversations into a run, through its filters and out again."""

import json
from pathlib import Path
from typing import Any

import pytest

from datagen.export import export
from datagen.export.contract import ExportOptions
from datagen.filters import filter_pairs
from datagen.importing import Imported, import_pairs
from datagen.ingest import IngestOptions
from schemas.errors import BadConfig, InvalidPair, InvalidRecord, UnreadableFile
from schemas.ledger import read_ledger
from schemas.run import RunFolder
from schemas.tables import pairs_of
from tests.datagen.sources.made import picture
from tests.schemas.talks import LEADING, PLAIN, both, sample


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder.create(tmp_path / "run")


def taken(run: RunFolder, samples: list[Any], name: str = "MMR-data.json", **options: Any) -> Imported:
    path = run.path.parent / name
    lines = "\n".join(map(json.dumps, samples))
    path.write_text(lines if name.endswith("l") else json.dumps(samples, indent=4), encoding="utf-8")
    category = options.pop("category", None)
    with run.writing():
        return import_pairs(run, path, IngestOptions(**options), category=category)


def drops(run: RunFolder) -> list[tuple[str, str, str]]:
    return [(row["stage"], row["reason"], row["detail"]) for row in read_ledger(run).to_pylist()]


@pytest.mark.parametrize("name", ["MMR-data.json", "MMR-data.jsonl"])
def test_what_comes_in_goes_out_as_it_was(run: RunFolder, name: str) -> None:
    for n in (1, 2):
        (run.path.parent / f"{n}.png").write_bytes(picture(n))
    done = taken(run, [*both("1.png", "x"), *both("2.png", "y")], name)
    assert done.with_images
    assert not done.skipped.drops
    assert done.manifest.counts["unsorted/unsorted"] == done.manifest.counts["pairs"] == 8
    assert set(run.require("ingest").table("images")["split"].to_pylist()) == {"train"}
    with run.writing():
        assert filter_pairs(run).manifest.counts == {"pairs": 8, "kept": 8}
        (written,) = export(run, ["llava"], ExportOptions(turns="single"))
        (lettered,) = export(run, ["llava"], ExportOptions(target="letter"))
        (rows,) = export(run, ["mmr"])
    said = [
        (one["conversations"][0]["value"].removeprefix("<image>\n"), one["conversations"][1]["value"])
        for one in json.loads((written.path / "train.json").read_text(encoding="utf-8"))
    ]
    assert sorted(said) == sorted([*PLAIN, *LEADING] * 2)
    assert lettered.manifest.counts["left out, open-question"] == 8
    assert rows.manifest.counts["left out, open-question"] == 8
    assert not list(rows.path.glob("*.json")) or {path.name for path in rows.path.glob("*.json")} == {"manifest.json"}


def test_a_target_of_both_writes_the_text_of_an_open_question_alone(run: RunFolder) -> None:
    taken(run, both())
    with run.writing():
        filter_pairs(run)
        (done,) = export(run, ["llava"], ExportOptions(target="both"))
    assert done.manifest.counts["train samples"] == 8


def test_repeating_an_import_changes_nothing(run: RunFolder) -> None:
    assert taken(run, both()).changed
    assert not taken(run, both()).changed
    assert len(run.numbered("generate")) == len(run.numbered("ingest")) == 1


def test_halves_without_their_other_are_named_and_counted_once(run: RunFolder) -> None:
    done = taken(run, [sample(PLAIN), sample(LEADING[:3]), sample(PLAIN[:1], "b.jpg", "2")])
    assert done.manifest.counts["pairs"] == 3
    assert done.skipped.counts == {"orphan-half": 2}
    assert drops(run) == [
        ("generate", "orphan-half", f"MMR-data.json (row {row}, id {given}): {what}")
        for row, given, what in (
            (1, 1, "turn 4 has no clear other half in row 2"),
            (3, 2, "turn 1: no conversation of the other polarity"),
        )
    ]


def test_lines_are_named_as_lines(run: RunFolder) -> None:
    taken(run, [*both(), sample(PLAIN[:1], "b.jpg", "2")], "talks.jsonl")
    assert drops(run)[0][2].startswith("talks.jsonl:3 (id 2): ")


def test_a_category_is_given_to_all_or_to_none(run: RunFolder) -> None:
    taken(run, both(), category="relation")
    assert {pair.category for pair in pairs_of(run.require("generate").table("pairs"))} == {"context/relation"}
    with pytest.raises(BadConfig, match="no category 'colour'"):
        taken(run, both(), category="colour")
    rows = [{"id": "attribute/number/1", "image": "a.jpg", "question": "Q?\nA. x\nB. y", "ground_truth": "A"}]
    with pytest.raises(BadConfig, match="have their categories"):
        taken(run, [{**rows[0], "question_type": "POS"}], "rows.json", category="relation")


def test_a_split_is_taken_from_the_flag_or_the_name(run: RunFolder) -> None:
    taken(run, both("a.jpg"), split="validation")
    taken(run, both("b.jpg"), "benchmark.json")
    rows = run.require("ingest").table("images").to_pylist()
    assert {row["name"]: row["split"] for row in rows} == {"a.jpg": "validation", "b.jpg": "benchmark"}


@pytest.mark.parametrize(
    "broken",
    [
        5,
        [sample(PLAIN)],
        {"id": "2", "image": "a.jpg", "conversations": "Q? A."},
        sample(PLAIN, image=7),
        sample(PLAIN, given="\ud800"),
        sample((("Q?", "\ud800"),)),
        sample((("Q?", " "),)),
    ],
)
def test_a_broken_sample_stops_the_import_unless_it_may_be_skipped(run: RunFolder, broken: object) -> None:
    with pytest.raises(InvalidPair, match=r"MMR-data\.json \(row 3"):
        taken(run, [*both(), broken])
    assert run.current("ingest") is None
    done = taken(run, [*both(), broken], skip_invalid=True)
    assert (done.manifest.counts["pairs"], done.skipped.counts) == (4, {"invalid-pair": 1})


@pytest.mark.parametrize("image", ["../a.jpg", "/etc/passwd", "a\0.jpg", "\ud800.jpg"])
def test_an_image_outside_its_folder_is_refused_by_row(run: RunFolder, image: str) -> None:
    with pytest.raises((InvalidRecord, InvalidPair), match=r"MMR-data\.json \(row 3"):
        taken(run, [*both(), *both(image, "2")])
    done = taken(run, [*both(), *both(image, "2")], skip_invalid=True)
    assert done.manifest.counts["pairs"] == 4
    assert sum(done.skipped.counts.values()) == 2


@pytest.mark.parametrize(
    ("samples", "says"),
    [
        ([sample(PLAIN)], "no pair in it (4 orphan-half). Each image needs two conversations"),
        ([sample(PLAIN), sample(PLAIN)], "no pair in it (8 polarity-unknown)"),
        ([sample(PLAIN, given="0123456789abcdef0123-pos")], "leadproof exported"),
    ],
)
def test_a_file_without_a_pair_says_why_and_commits_nothing(run: RunFolder, samples: list[Any], says: str) -> None:
    with pytest.raises((InvalidPair, UnreadableFile)) as raised:
        taken(run, samples, skip_invalid=True)
    assert says in str(raised.value)
    assert run.current("generate") is None


@pytest.mark.parametrize("content", [b"", b"[]", b'[{"conversations": [', b"\xff\xfe[\0", b"\0"])
def test_a_file_that_cannot_be_read_says_so(run: RunFolder, content: bytes) -> None:
    path = run.path.parent / "MMR-data.json"
    path.write_bytes(content)
    with run.writing(), pytest.raises(UnreadableFile):
        import_pairs(run, path, IngestOptions(skip_invalid=True))


ROW = {"id": "attribute/number/1", "image": "a.jpg", "question": "Q?\nA. x\nB. y", "ground_truth": "A"}
PAIR = [{**ROW, "question_type": "POS"}, {**ROW, "question_type": "NEG", "question": "Isn't it y?\nA. x\nB. y"}]


@pytest.mark.parametrize(
    "broken",
    [
        7,
        [PAIR[0]],
        {**PAIR[0], "question": 7},
        {**PAIR[0], "image": ["a.jpg"]},
        {key: value for key, value in PAIR[0].items() if key != "ground_truth"},
        {**PAIR[0], "id": "attribute/\ud800/1"},
        {**PAIR[0], "id": "attribute/number/\ud800"},
        {**PAIR[0], "id": "attribute/number/2"},
    ],
)
def test_a_broken_row_of_a_benchmark_is_passed_over_if_that_is_asked_for(run: RunFolder, broken: object) -> None:
    with pytest.raises(InvalidPair, match=r"rows\.json \(row 3"):
        taken(run, [*PAIR, broken], "rows.json")
    done = taken(run, [*PAIR, broken], "rows.json", skip_invalid=True)
    assert (done.manifest.counts["pairs"], done.skipped.counts) == (1, {"invalid-pair": 1})
    ((stage, reason, detail),) = drops(run)
    assert (stage, reason) == ("generate", "invalid-pair")
    assert detail.startswith("rows.json (row 3")
