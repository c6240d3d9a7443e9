"""Which pairs verifiers are asked about, and what becomes of those that they are not."""

import shutil
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pyarrow as pa
import pytest

from datagen.filters import Choices, Verifying, filter_pairs
from mllm import Ways
from schemas import Pair
from schemas.run import RunFolder
from schemas.tables import pair_row, to_table
from tests.datagen.filters.verification.injected import dropped, pairs, ruled, states, ways
from tests.model_server import ModelServer


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ruled(tmp_path_factory.mktemp("made") / "run", 6)


@pytest.fixture
def run(made: Path, tmp_path: Path) -> RunFolder:
    shutil.copytree(made, tmp_path / "run")
    return RunFolder.open(tmp_path / "run")


def changed(run: RunFolder, change: Callable[[Pair], Pair]) -> None:
    """Commit the pairs anew, each changed."""
    rows = [pair_row(Pair.model_validate(change(pair).model_dump())) for pair in pairs(run).values()]
    with run.writing(), run.stage("generate") as stage:
        stage.table("pairs", to_table("pairs", sorted(rows, key=lambda row: str(row["pair_id"]))))
        stage.commit()


def verified(run: RunFolder, *models: Ways, apply: bool = False) -> dict[str, object]:
    with run.writing():
        manifest = filter_pairs(run, Verifying(models), Choices(apply=apply)).manifest
    return {**manifest.notes, **manifest.counts}


def test_imported_pairs_are_judged_but_dropped_only_when_told_to(run: RunFolder) -> None:
    changed(run, lambda pair: pair.model_copy(update={
        "provenance": pair.provenance.model_copy(update={"generator": "import"}),
    }))  # fmt: skip
    with ModelServer(run=run.path, noise=1.0) as server:
        told = verified(run, ways(server))
        ids = sorted(pairs(run))
        assert told["reported on imported pairs"] == {"verify": ids}
        assert states(run) == {None: len(ids)}
        assert verified(run, ways(server), apply=True)["kept"] == 0
    assert sorted(dropped(run)) == ids


def test_open_questions_have_nothing_to_vote_on(run: RunFolder) -> None:
    changed(run, lambda pair: pair.model_copy(update={
        half: getattr(pair, half).model_copy(update={
            "options": (getattr(pair, half).options[getattr(pair, half).answer],), "answer": 0, "order": (0,),
        })
        for half in ("positive", "negative")
    }))  # fmt: skip
    with ModelServer(run=run.path, noise=1.0) as server:
        told = verified(run, ways(server))
        assert not server.log
    assert told["not verified"] == {"open-question": told["kept"]}
    assert states(run) == {None: told["kept"]}
    assert "open" not in told


def test_pairs_whose_image_is_not_at_hand_stay_unverified(run: RunFolder) -> None:
    ingested = run.require("ingest")
    images = ingested.table("images")
    nowhere = pa.nulls(len(images), pa.string())
    with run.writing(), run.stage("ingest") as stage:
        stage.table("images", images.set_column(images.schema.get_field_index("path"), "path", nowhere))
        stage.table("captions", ingested.table("captions"))
        stage.commit()
    with ModelServer(canned=True) as server:
        told = verified(run, ways(server))
    assert told["not verified"] == {"image-not-at-hand": told["kept"]}


def test_pairs_that_people_have_verified_keep_their_state(run: RunFolder) -> None:
    changed(run, lambda pair: pair.model_copy(update={"verification": "human-verified"}))
    with ModelServer(run=run.path) as server:
        told = verified(run, ways(server))
    assert told["model-verified"] == 0
    assert states(run) == {None: told["kept"]}


def test_the_rows_do_not_depend_on_how_many_are_asked_at_once(run: RunFolder, tmp_path: Path) -> None:
    shutil.copytree(run.path, tmp_path / "other")
    found = []
    for path, concurrency in ((run.path, 1), (tmp_path / "other", 32)):
        each = RunFolder.open(path)
        with ModelServer(run=path, noise=0.3) as server:
            verified(each, ways(server, concurrency=concurrency))
        stage = each.require("filter").path
        found.append([(stage / f"{name}.parquet").read_bytes() for name in ("scores", "kept", "drops")])
    assert found[0] == found[1]


def test_the_pairs_of_an_image_are_asked_about_together(run: RunFolder) -> None:
    with ModelServer(run=run.path) as server:
        verified(run, ways(server, concurrency=1))
        shown = [image for image, _ in groupby(entry.image for entry in server.log if entry.image)]
    assert len(shown) == len(set(shown)) > 1, "each image comes up once"
