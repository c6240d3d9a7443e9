"""``filter`` as a stage: what it stores, decides again, chooses, and says it did."""

import json
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from datagen.export import ExportOptions, export
from datagen.filters import Choices, Thinning, filter_pairs, select_pairs
from datagen.generators import generate
from datagen.scenes.stage import draw_into
from schemas import Pair, Question
from schemas.config import SPLITS
from schemas.errors import BadConfig, MissingStage
from schemas.ledger import read_ledger
from schemas.run import RunFolder
from schemas.tables import pair_row, pairs_of, to_table
from tests.datagen.embedding.tiny_models import image_model


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    run = RunFolder.create(tmp_path_factory.mktemp("filtering") / "run")
    with run.writing():
        draw_into(run, 40, size=64)
        generate(run)
        filter_pairs(run)  # its vectors are then in the cache of every copy
    shutil.rmtree(run.path / "filter")
    return run.path


@pytest.fixture
def run(made: Path, tmp_path: Path) -> RunFolder:
    shutil.copytree(made, tmp_path / "run")
    return RunFolder.open(tmp_path / "run")


def configured(run: RunFolder, *lines: str) -> RunFolder:
    (run.path / "leadproof.toml").write_text("\n".join(lines))
    return RunFolder.open(run.path)


def kept(run: RunFolder) -> list[str]:
    found: list[str] = run.require("filter").table("kept")["pair_id"].to_pylist()
    return found


def generate_these(run: RunFolder, pairs: Iterable[Pair]) -> None:
    with run.writing(), run.stage("generate") as stage:
        table = to_table("pairs", list(map(pair_row, pairs)))
        stage.table("pairs", table)
        stage.table("drops", to_table("drops", []))
        stage.commit(
            inputs={"ingest": run.require("ingest").manifest.ref}, generator="test", counts={"pairs": len(table)}
        )


def add(run: RunFolder, *more: Pair) -> None:
    generate_these(run, [*pairs_of(run.require("generate").table("pairs")), *more])


def one_of(run: RunFolder) -> Pair:
    return next(pairs_of(run.require("generate").table("pairs")))


def changed(pair: Pair, **fields: object) -> Pair:
    return Pair(**({name: getattr(pair, name) for name in Pair.model_fields} | fields))


def reworded(pair: Pair) -> Pair:
    positive = pair.positive.model_copy(update={"text": f"Look closely, please. {pair.positive.text}"})
    return changed(pair, positive=positive)


PLAIN = Choices()


def filtered(run: RunFolder, choices: Choices = PLAIN, *, again: bool = False) -> RunFolder:
    with run.writing():
        filter_pairs(run, choices=choices, again=again)
    return run


def test_what_is_kept_stands_by_rank_and_score(run: RunFolder) -> None:
    table = filtered(run).require("filter").table("kept")
    scores = table["score"].to_pylist()
    assert table["rank"].to_pylist() == list(range(1, len(table) + 1))
    assert scores == sorted(scores, reverse=True)
    assert 0 <= scores[-1] < scores[0] <= 1


def test_the_manifest_says_what_each_filter_did_alone_and_in_order(run: RunFolder) -> None:
    add(run, *(reworded(one_of(run)) for _ in range(1)))
    notes = filtered(run, Choices(without=("hedging",))).require("filter").manifest.notes
    assert list(notes["dropped in order"]) == list(notes["dropped alone"])
    assert "hedging" not in notes["dropped in order"]
    assert notes["without"] == ["hedging"]
    assert notes["dropped in order"]["near_duplicates"] == 1
    assert notes["not measured"] == {"grounding": "needs an image model: --image-model"}


def test_the_same_pair_in_other_words_goes_and_names_who_stays(run: RunFolder) -> None:
    first = one_of(run)
    second = reworded(first)
    add(run, second)
    filtered(run)
    (drop,) = [row for row in read_ledger(run).to_pylist() if row["reason"] == "near-duplicate"]
    assert {drop["pair_id"], drop["lost_to"]} == {first.pair_id, second.pair_id}
    assert drop["lost_to"] in kept(run)
    edges = run.require("filter").table("edges").to_pylist()
    assert {drop["pair_id"], drop["lost_to"]} in [{edge["a"], edge["b"]} for edge in edges]


def test_a_pair_that_stands_there_twice_is_kept_once_and_named(run: RunFolder) -> None:
    first = one_of(run)
    add(run, first)
    filtered(run)
    assert Counter(kept(run))[first.pair_id] == 1
    (drop,) = [row for row in read_ledger(run).to_pylist() if row["reason"] == "repeated"]
    assert (drop["pair_id"], drop["lost_to"]) == (None, first.pair_id)


def test_captions_are_there_for_those_who_compare_with_them(run: RunFolder) -> None:
    first = one_of(run)
    captions = run.require("ingest").table("captions").to_pylist()
    longest = max((row["text"] for row in captions if row["image"] == first.positive.image), key=len)
    copied = first.negative.model_copy(update={"text": f"{longest} {first.negative.text}"})
    bad = changed(first, negative=copied)
    add(run, bad)
    filtered(run)
    assert bad.pair_id not in kept(run)


class TestAgain:
    def test_the_same_thresholds_decide_the_same(self, run: RunFolder) -> None:
        add(run, reworded(one_of(run)))
        before = kept(filtered(run))
        scores = run.require("filter").file("scores").read_bytes()
        with run.writing():
            assert not filter_pairs(run, again=True).changed
        assert kept(run) == before
        moved = configured(run, "[filter.structure]", "max_option_words = 5")
        fewer = kept(filtered(moved, again=True))
        assert set(fewer) < set(before)
        assert kept(filtered(configured(run), again=True)) == before
        assert run.require("filter").file("scores").read_bytes() == scores

    def test_thresholds_of_likeness_move_over_stored_edges(self, run: RunFolder) -> None:
        add(run, reworded(one_of(run)))
        with_all = len(kept(filtered(configured(run, "[filter.near_duplicates]", "within = 1.0"))))
        loose = configured(run, "[filter.near_duplicates]", "within = 0.95")
        assert len(kept(filtered(loose, again=True))) == with_all - 1

    def test_what_was_not_kept_of_edges_cannot_be_decided(self, run: RunFolder) -> None:
        filtered(run)
        with pytest.raises(BadConfig, match="cannot be decided from what is stored"):
            filtered(configured(run, "[filter.near_duplicates]", "within = 0.2"), again=True)

    @pytest.mark.parametrize("strategy", ["best", "far", "middle", "inner-middle"])
    def test_a_strategy_decided_again_is_as_decided_at_once(self, run: RunFolder, strategy: str) -> None:
        add(run, reworded(one_of(run)))
        filtered(run)
        wanted = configured(run, "[filter.near_duplicates]", f'strategy = "{strategy}"')
        again = kept(filtered(wanted, again=True))
        assert kept(filtered(wanted)) == again

    def test_pairs_that_came_later_are_named_as_not_scored(self, run: RunFolder) -> None:
        late, *others = pairs_of(run.require("generate").table("pairs"))
        generate_these(run, others)
        before = kept(filtered(run))
        generate_these(run, [late, *others])
        filtered(run, again=True)
        assert run.require("filter").manifest.drops["not-scored"] == 1
        assert kept(run) == before
        assert set(kept(filtered(run))) == {*before, late.pair_id}

    def test_before_the_first_time_there_is_nothing_to_decide(self, run: RunFolder) -> None:
        with pytest.raises(MissingStage, match="leadproof filter"):
            filtered(run, again=True)


class TestTarget:
    def test_so_many_are_kept_under_quotas_and_the_others_named(self, run: RunFolder) -> None:
        everything = kept(filtered(run))
        filtered(run, Choices(target=60))
        assert len(kept(run)) == 60
        assert run.require("filter").manifest.drops["outside-target"] == len(everything) - 60
        noted = run.require("filter").manifest.notes["target"]
        assert noted["diversity by"] == "embedding"
        category = {pair.pair_id: pair.category for pair in pairs_of(run.require("generate").table("pairs"))}
        taken, there = Counter(category[one] for one in kept(run)), Counter(category[one] for one in everything)
        short = {name for name in there if taken[name] == there[name]}
        others = [taken[name] for name in there if name not in short]
        assert max(others) - min(others) <= 1

    def test_it_is_chosen_again_from_stored_scores(self, run: RunFolder) -> None:
        filtered(run, Choices(target=60))
        first = kept(run)
        filtered(run, Choices(target=30), again=True)
        filtered(run, Choices(target=60), again=True)
        assert kept(run) == first


class TestSelect:
    def test_a_random_share_is_thinned_out_and_brought_back(self, run: RunFolder) -> None:
        everything = kept(filtered(run))
        with run.writing():
            select_pairs(run, Thinning("random", fraction=0.25))
        assert len(kept(run)) == int(len(everything) * 0.25 + 0.5)
        assert set(kept(run)) < set(everything)
        assert {"outside-sample"} == set(run.require("filter").manifest.drops)
        assert kept(filtered(run, again=True)) == everything

    def test_it_thins_what_the_last_filter_chose(self, run: RunFolder) -> None:
        filtered(run, Choices(without=("near_duplicates",), target=50))
        chosen = set(kept(run))
        with run.writing():
            done = select_pairs(run, Thinning("random", fraction=0.5))
        assert done.manifest.notes["without"] == ["near_duplicates"]
        assert set(kept(run)) < chosen

    def test_dataset_pruning_says_what_it_was_ranked_by(self, run: RunFolder) -> None:
        everything = kept(filtered(run))
        with run.writing():
            done = select_pairs(run, Thinning("dataset-pruning", score_band=(0.2, 0.8), centroid_band=(0.0, 0.5)))
        assert 0 < len(kept(run)) < len(everything) / 2
        assert done.manifest.notes["coreset"]["ranked by"].startswith("quality")
        assert set(done.manifest.drops) == {"duplicate-component", "outside-score-band", "outside-centroid-band"}

    def test_cells_say_how_much_they_find(self, run: RunFolder) -> None:
        everything = kept(filtered(run))
        with run.writing():
            done = select_pairs(run, Thinning("semdedup", threshold=0.9))
        found, there = done.manifest.notes["coreset"]["recall on a sample"]
        assert 0 < found <= there
        assert len(kept(run)) == len(everything) - done.manifest.drops["duplicate-in-cell"]
        drops = [row for row in read_ledger(run).to_pylist() if row["reason"] == "duplicate-in-cell"]
        assert drops
        assert all(row["lost_to"] in everything for row in drops)


def letters_exported(run: RunFolder) -> Counter[str]:
    with run.writing():
        (done,) = export(run, ["mmr"], ExportOptions())
    rows = [row for split in SPLITS for row in json.loads((done.path / f"{split}.json").read_text())]
    return Counter(row["ground_truth"] for row in rows if row["question_type"] == "POS")


def test_export_writes_the_letters_that_filter_left(run: RunFolder) -> None:
    generate_these(
        run, [one for one in pairs_of(run.require("generate").table("pairs")) if len(one.positive.order) == 4]
    )
    pairs = {one.pair_id: one for one in pairs_of(filtered(run).require("generate").table("pairs"))}
    before = run.require("filter")
    rows = before.table("kept").to_pylist()
    for row in rows:
        row["positive_order"] = right_one_first(pairs[row["pair_id"]].positive).order
    with run.writing(), run.stage("filter") as stage:
        shutil.copy(before.file("scores"), stage.path)
        stage.add(stage.path / "scores.parquet")
        for name in ("drops", "edges"):
            stage.table(name, before.table(name))
        stage.table("kept", to_table("kept", rows))
        stage.commit(inputs=before.manifest.inputs, counts=before.manifest.counts)
    assert set(letters_exported(run)) == {"A"}


@pytest.mark.slow
def test_debiasing_letters_anew_what_gives_the_answer_away(run: RunFolder) -> None:
    pairs = pairs_of(run.require("generate").table("pairs"))
    generate_these(run, [changed(pair, positive=right_one_first(pair.positive)) for pair in pairs])
    filtered(run, Choices(debias=True))
    noted = run.require("filter").manifest.notes["debias"]
    before, after = ({one["strategy"]: one["rate"] for one in noted[when]["positive"]} for when in ("before", "after"))
    assert before["always A"] == 1.0
    assert after["always A"] < 0.35
    letters = letters_exported(run)
    assert max(letters.values()) < 0.35 * letters.total()


def right_one_first(half: Question) -> Question:
    others = [place for place in range(len(half.options)) if place != half.answer]
    return half.model_copy(update={"order": (half.answer, *others)})


def test_an_image_model_scores_what_is_stated_against_the_image(run: RunFolder, tmp_path: Path) -> None:
    model = str(image_model(tmp_path / "clip", "clip"))
    filtered(run, Choices(image_model=model))
    scores = pq.read_table(run.require("filter").path / "scores.parquet")
    kinds = {pair.pair_id: pair.kind for pair in pairs_of(run.require("generate").table("pairs"))}
    for row in scores.select(["pair_id", "grounding.fact", "grounding.premise", "grounding.margin"]).to_pylist():
        assert -1 <= row["grounding.fact"] <= 1
        assert (row["grounding.margin"] is None) == (kinds[row["pair_id"]] == "true-premise")
    assert run.require("filter").manifest.notes["quality"]["measured"]["grounded"] > 0
    strict = configured(run, "[filter.grounding]", "min_margin = 2.0")
    fewer = kept(filtered(strict, again=True))
    assert 0 < run.require("filter").manifest.drops["not-grounded"] < len(kinds)
    across = configured(run, "[filter.near_duplicates]", "across = 0.95")
    assert run.require("filter").manifest.config["measured"]["models"]["image model"].startswith("clip ")
    assert len(kept(filtered(across, Choices(image_model=model)))) < len(kinds)
    assert fewer


def test_scores_are_written_for_every_filter(run: RunFolder) -> None:
    filtered(run)
    names = pq.read_schema(run.require("filter").path / "scores.parquet").names
    assert names[0] == "pair_id"
    assert {name.partition(".")[0] for name in names[1:]} >= {"structure", "slot_change", "near_duplicates", "verify"}


def test_choices_come_back_from_what_a_manifest_tells() -> None:
    given = Choices(without=("b", "a"), apply=True, target=3, text_model="x")
    assert Choices.from_told(given.told()) == replace(given, without=("a", "b"))
