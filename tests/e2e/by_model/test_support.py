"""Only what the facts bear is kept, whatever a model offers; what is declined stands in the ledger."""

from collections import Counter
from collections.abc import Callable

from datagen.generators.mllm import generate_with_model
from mllm import Ways
from schemas.run import RunFolder
from tests.e2e.by_model.conftest import QUICK, drops
from tests.model_server import ModelServer

Scenes = Callable[[int], RunFolder]


def test_offered_pairs_on_writing_are_not_kept_where_there_is_none(scenes: Scenes) -> None:
    run = scenes(100)
    facts = run.require("facts").table("facts").to_pylist()
    written = {row["image"] for row in facts if row["slot"] == "text"}
    with ModelServer(run=run.path, unasked_character_rate=0.2) as server, run.writing():
        generate_with_model(run, Ways("openai", "gpt-4o", server.base_url, tries=QUICK))
    made = [
        row for row in run.require("generate").table("pairs").to_pylist() if row["category"] == "character/character"
    ]
    assert {row["positive"]["image"] for row in made} <= written
    turned_down = [row for row in drops(run) if row["reason"] == "unsupported-category"]
    unwritten = {row["image"] for row in turned_down} - written
    assert len(unwritten) >= 5, "the server did offer some"
    assert {row["category"] for row in turned_down} == {"character/character"}


def test_every_category_of_every_image_has_pairs_or_a_ledger_row(scenes: Scenes) -> None:
    run = scenes(100)
    with ModelServer(run=run.path) as server, run.writing():
        generate_with_model(run, Ways("openai", "gpt-4o", server.base_url, tries=QUICK), per_image=30)
    images = run.require("ingest").table("images", ["image"])["image"].to_pylist()
    pairs = run.require("generate").table("pairs").to_pylist()
    held = Counter((row["positive"]["image"], row["category"]) for row in pairs)
    held += Counter((row["image"], row["category"]) for row in drops(run))
    missing = [(one, name) for one in images for name in run.settings.run.taxonomy.categories if not held[one, name]]
    assert not missing
