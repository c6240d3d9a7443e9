"""A pilot, what it says of the whole, and the whole taken up from it."""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest

from datagen.filters import filter_pairs
from datagen.generators import generate
from datagen.generators.mllm import Pilot, estimate_generation, generate_with_model
from datagen.generators.mllm.sights import chosen_images
from datagen.ingest import IngestOptions, ingest
from mllm import Ways
from schemas.run import RunFolder
from tests.e2e.by_model.conftest import QUICK, rows_of
from tests.model_server import ModelServer, Prices

Scenes = Callable[[int], RunFolder]


def test_a_pilots_estimate_comes_true(scenes: Scenes) -> None:
    run = scenes(100)
    with ModelServer(run=run.path, prices=Prices(prompt=2.5, completion=10)) as server, run.writing():
        ways = Ways("openai", "gpt-4o", server.base_url, tries=QUICK)
        guess = estimate_generation(run, ways, Pilot())
        assert not server.log
        assert (guess.requests, guess.kept, guess.measured) == ({"extraction": 100, "pairs": 100}, 0, False)
        assert guess.usd_per_kept_pair is None
        generate_with_model(run, ways, Pilot(limit=20, stratified=True))
        filter_pairs(run)
        found = estimate_generation(run, ways, Pilot())
        assert (found.requests, found.kept, found.measured) == ({"extraction": 80, "pairs": 80}, 40, True)
        kept = len(run.require("filter").table("kept"))
        assert found.usd_per_kept_pair == pytest.approx(server.counts.sent.usd / kept)
        assert sum(found.spent.values()) == pytest.approx(server.counts.sent.usd)
        generate_with_model(run, ways)
        real = server.counts.sent.usd - sum(found.spent.values())
        assert found.usd == pytest.approx(real, rel=0.15)
        assert guess.usd == pytest.approx(server.counts.sent.usd, rel=0.7)
        rest = estimate_generation(run, ways, Pilot())
        assert (rest.requests, rest.usd) == ({}, 0)


def test_a_models_unknown_price_is_said_to_be_unknown(scenes: Scenes) -> None:
    run = scenes(30)
    with run.writing():
        found = estimate_generation(run, Ways("openai", "no-such-model", "http://127.0.0.1:9/v1"), Pilot())
    assert found.usd is None
    assert found.prompt_tokens > 0


def test_a_stratified_pilot_holds_every_split_in_its_share(scenes: Scenes) -> None:
    run = scenes(100)
    splits = {row["image"]: row["split"] for row in run.require("ingest").table("images").to_pylist()}
    whole = Counter(splits.values())
    pilot = chosen_images(run, limit=20, stratified=True, seed=0)
    taken = Counter(splits[one.image] for one in pilot)
    assert all(abs(taken[split] - whole[split] / 5) <= 1 for split in whole)
    everything = chosen_images(run, stratified=True, seed=0)
    assert everything[:20] == pilot
    assert {one.image for one in everything} == set(splits)


def test_changing_one_images_captions_asks_again_for_that_image_alone(scenes: Scenes) -> None:
    run = scenes(30)
    image = run.require("ingest").table("images").to_pylist()[0]
    more = run.path / "more.jsonl"
    more.write_text(f'{{"image": "{image["path"]}", "caption": "Another word on it."}}\n')
    with ModelServer(run=run.path) as server, run.writing():
        ways = Ways("openai", "gpt-4o", server.base_url, tries=QUICK)
        generate_with_model(run, ways)
        ingest(run, [more], IngestOptions(images=run.path))
        again = generate_with_model(run, ways)
    assert again.tally.from_journal == 58
    assert again.tally.asked == 2
    assert rows_of(run, "SELECT count(DISTINCT about) FROM attempts WHERE id > 60") == [(1,)]


def test_several_generators_feed_one_run_and_none_takes_from_another(scenes: Scenes) -> None:
    run = scenes(30)
    with ModelServer(run=run.path, noise=0.5) as server, run.writing():
        generate(run)
        ruled = held(run)
        generate_with_model(run, Ways("openai", "gpt-4o", server.base_url, tries=QUICK), Pilot(limit=10))
        both = held(run)
        generate_with_model(run, Ways("openai", "gpt-4o-mini", server.base_url, tries=QUICK))
        three = held(run)
        generate(run, per_image=20)
        again = held(run)
    assert all(earlier[0] <= later[0] for earlier, later in pairwise((ruled, both, three, again)))
    assert ruled[1]["rules"] == both[1]["rules"] == three[1]["rules"]
    assert both[1]["openai:gpt-4o"] == three[1]["openai:gpt-4o"] == again[1]["openai:gpt-4o"] > 0
    assert again[1]["openai:gpt-4o-mini"] == three[1]["openai:gpt-4o-mini"] > 0


def test_a_pilot_after_the_whole_leaves_the_other_images_drops_in_the_ledger(scenes: Scenes) -> None:
    run = scenes(30)
    with ModelServer(run=run.path) as server, run.writing():
        ways = Ways("openai", "gpt-4o", server.base_url, tries=QUICK)
        generate_with_model(run, ways)
        whole = held(run)
        generate_with_model(run, ways, Pilot(limit=10))
    assert held(run) == whole


def held(run: RunFolder) -> tuple[set[str], Counter[str]]:
    """The pairs of a run, and how many drops each generator has in the ledger."""
    stage = run.require("generate")
    pairs = set(stage.table("pairs", ["pair_id"])["pair_id"].to_pylist())
    return pairs, Counter(stage.table("drops")["generator"].to_pylist())
