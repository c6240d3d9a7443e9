"""Verification over real HTTP, by a model that knows drawn scenes and errs as it is told."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from datagen.export import ExportOptions, export
from datagen.filters import Verifying, filter_pairs
from schemas.errors import BadConfig, WorkFailed
from schemas.run import RunFolder
from tests.datagen.filters.verification.injected import dropped, figures, pairs, ruled, states, ways
from tests.model_server import Fault, FaultKind, ModelServer

Run = Callable[[], RunFolder]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ruled(tmp_path_factory.mktemp("made") / "run", 12)


@pytest.fixture
def run(made: Path, tmp_path: Path) -> RunFolder:
    shutil.copytree(made, tmp_path / "run")
    return RunFolder.open(tmp_path / "run")


def test_wrong_keys_are_found_and_right_ones_kept(tmp_path: Path) -> None:
    counted = figures(tmp_path / "run", scenes=100, per_image=3, seed=2)
    assert counted.wrong.total() >= 20
    assert counted.found >= 0.95, counted
    assert counted.lost <= 0.05, counted


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_wrong_keys_are_found_and_right_ones_kept_at_size(tmp_path: Path, seed: int) -> None:
    counted = figures(tmp_path / "run", scenes=180, per_image=5, seed=seed)
    print(f"seed {seed}: found {counted.found:.1%}, lost {counted.lost:.1%}; {counted}")
    assert counted.wrong.total() + counted.right.total() >= 600
    assert counted.found >= 0.95
    assert counted.lost <= 0.05


def test_a_verifier_that_never_errs_confirms_every_pair_and_exports_say_so(run: RunFolder) -> None:
    with ModelServer(run=run.path) as server, run.writing():
        done = filter_pairs(run, Verifying([ways(server)]))
        (exported,) = export(run, ["mmr"], ExportOptions())
    reasons = set(dropped(run).values())
    assert reasons <= {"leaks-blind"}, "who guesses blind is right now and then"
    assert states(run) == {"model-verified": done.manifest.counts["kept"]}
    assert exported.manifest.notes["verification"] == {"model-verified": done.manifest.counts["kept"]}
    assert {one.verification for one in pairs(run).values()} == {"unverified"}, "generate/ stays as it is"
    assert done.manifest.model == "gpt-4o-mini"
    assert done.manifest.tokens > 0


def test_what_is_answered_blind_leaks(run: RunFolder) -> None:
    with ModelServer(run=run.path, blind_rate=1.0) as server, run.writing():
        done = filter_pairs(run, Verifying([ways(server)]))
    assert done.manifest.counts["kept"] == 0
    assert set(done.manifest.drops) == {"leaks-blind"}


def test_repeating_the_command_asks_nothing_and_other_settings_ask_nothing_either(run: RunFolder) -> None:
    with ModelServer(run=run.path, noise=0.2) as server, run.writing():
        first = filter_pairs(run, Verifying([ways(server)]))
        asked = len(server.log)
        assert not filter_pairs(run, Verifying([ways(server)])).changed
        (run.path / "leadproof.toml").write_text("[filter.verify]\nkeep_undecided = true\n")
        moved = filter_pairs(RunFolder.open(run.path), Verifying([ways(server)]))
        assert len(server.log) == asked
    assert first.manifest.drops["undecided"] > 0
    assert moved.manifest.counts["kept"] == first.manifest.counts["kept"] + first.manifest.drops["undecided"]
    assert moved.manifest.counts["model-verified"] == first.manifest.counts["model-verified"]


def test_votes_stand_with_the_scores_and_are_null_where_nobody_was_asked(run: RunFolder) -> None:
    (run.path / "leadproof.toml").write_text("[filter.structure]\nmax_question_words = 7\n")
    run = RunFolder.open(run.path)
    with ModelServer(run=run.path, noise=0.1) as server, run.writing():
        filter_pairs(run, Verifying([ways(server)]))
        scores = pq.read_table(run.require("filter").path / "scores.parquet").to_pylist()
    long = {pair_id for pair_id, reason in dropped(run).items() if reason == "long-question"}
    assert long
    for row in scores:
        assert (row["verify.verifiers"] is None) == (row["pair_id"] in long)
        if row["pair_id"] not in dropped(run):
            assert row["verify.positive"][0].count("key") == 2


def test_verifiers_that_disagree_make_a_pair_hard_and_those_that_agree_make_it_wrong(run: RunFolder) -> None:
    with (
        ModelServer(run=run.path) as sees,
        ModelServer(run=run.path, noise=1.0) as errs,
        run.writing(),
    ):
        split = filter_pairs(run, Verifying([ways(sees), ways(errs, "gpt-4o")]))
        agreed = filter_pairs(run, Verifying([ways(errs, "gpt-4o")]))
        with pytest.raises(BadConfig, match="twice"):
            filter_pairs(run, Verifying([ways(sees), ways(sees)]))
    assert split.manifest.drops["hard"] > 10
    assert "wrong-key" not in split.manifest.drops
    assert agreed.manifest.drops["wrong-key"] > 10
    assert "hard" not in agreed.manifest.drops


def test_a_budget_that_is_used_up_leaves_pairs_unverified_and_a_higher_one_goes_on(run: RunFolder) -> None:
    with ModelServer(run=run.path) as server, run.writing():
        short = filter_pairs(run, Verifying([ways(server, budget=0.01, concurrency=2)]))
        assert short.voted
        assert 0 < short.voted.open == states(run)[None] == short.manifest.notes["open"]
        assert short.manifest.notes["not verified"] == {"budget": short.voted.open}
        again = filter_pairs(run, Verifying([ways(server, budget=0.01, concurrency=2)]))
        assert again.changed, "there is something to do"
        rest = filter_pairs(run, Verifying([ways(server, budget=5.0)]))
        whole = filter_pairs(run, Verifying([ways(server, budget=5.0)]))
    assert rest.voted
    assert rest.voted.open == 0 == states(run)[None]
    assert rest.voted.tally.from_journal > 0
    assert not whole.changed


def stay_here(run: RunFolder) -> None:
    """Mark all images as ones that may not leave."""
    ingested = run.require("ingest")
    images = ingested.table("images")
    place = images.schema.get_field_index("may_leave")
    with run.writing(), run.stage("ingest") as stage:
        stage.table("images", images.set_column(place, "may_leave", pa.array([False] * len(images))))
        stage.table("captions", ingested.table("captions"))
        stage.commit()


def test_images_that_may_not_leave_are_neither_sent_nor_asked_again(
    run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mllm.asking.LOOPBACK", frozenset[str]())
    stay_here(run)
    with ModelServer(run=run.path) as server, run.writing():
        done = filter_pairs(run, Verifying([ways(server)]))
        assert not server.log
        assert not filter_pairs(run, Verifying([ways(server)])).changed
    assert done.voted
    assert done.manifest.notes["not verified"] == {"may-not-leave": done.manifest.counts["pairs"]}
    assert done.manifest.counts["kept"] == done.manifest.counts["pairs"]
    assert done.manifest.counts["model-verified"] == 0


def test_a_server_that_throttles_garbles_and_breaks_off_costs_no_pair_its_verification(run: RunFolder) -> None:
    kinds: tuple[FaultKind, ...] = ("rate-limited", "internal-error", "cut-json", "prose", "cut-inside-body")
    faults = tuple(Fault(kind=kind, rate=0.04) for kind in kinds)
    with ModelServer(run=run.path, faults=faults) as server, run.writing():
        done = filter_pairs(run, Verifying([ways(server)]))
        sent = server.counts.sent
    assert done.voted
    assert done.voted.tally.retried > 10
    assert done.voted.open == 0
    assert done.manifest.tokens == sent.prompt_tokens + sent.completion_tokens
    assert set(done.manifest.drops) <= {"leaks-blind"}


def test_a_server_that_takes_no_request_commits_nothing(run: RunFolder) -> None:
    with ModelServer(run=run.path, api_key="sk-right") as server, run.writing(), pytest.raises(WorkFailed, match="401"):
        filter_pairs(run, Verifying([ways(server)]))
    assert run.current("filter") is None
