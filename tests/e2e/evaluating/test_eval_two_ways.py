"""One benchmark asked of the same weights in this process and through a server of another make: the same letters."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.mmr import MmrRow, format_question, write_rows
from tests.app.said import Leadproof
from tests.evaluation.asking.made import lines_of
from tests.mllm.local.test_another_server import free_port, wait_for
from tests.mllm.local.trained import build_trained, draw

pytestmark = pytest.mark.slow

PAIRS = 60
TIE = 1e-4  # nats between the two likeliest letters


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model that has learned to answer such questions by letter."""
    import torch

    torch.set_num_threads(1)
    return build_trained(tmp_path_factory.mktemp("weights") / "trained")


@pytest.fixture(scope="module")
def served(weights: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of ``transformers serve`` with these weights, in float32."""
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    command = [Path(sys.executable).with_name("transformers"), "serve", weights, "--host", "127.0.0.1", "--port", port]
    command += ["--device", "cpu", "--dtype", "float32"]
    offline = {**os.environ, "HF_HOME": str(folder), "HF_HUB_OFFLINE": "1"}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(list(map(str, command)), env=offline, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/health", server, folder / "log")
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.terminate()
            server.wait(30)


def benchmark(folder: Path) -> Path:
    """Pairs over drawn squares: two questions of one colour, their options in different orders; PNG."""
    rows: list[MmrRow] = []
    for number in range(PAIRS):
        image, stem, options, letter = draw(number)
        image.save(folder / f"{number}.png")
        turned = (*options[1:], options[0])
        other = "ABCD"[turned.index(options["ABCD".index(letter)])]
        for half, shown, gold in (("POS", options, letter), ("NEG", turned, other)):
            text = format_question(stem, shown)
            rows.append(MmrRow(f"attribute/number/{number:03}", f"{number}.png", text, gold, half, len(rows) + 1))
    write_rows(folder / "bench.json", rows)
    return folder / "bench.json"


def test_the_letters_are_the_same_here_and_through_another_server(
    leadproof: Leadproof, weights: Path, served: str, tmp_path: Path
) -> None:
    bench = benchmark(tmp_path)
    common = ("eval", bench, "--max-tokens", 8, "--no-efficiency", "--json")
    local = ("--backend", "transformers", "--batch-size", 1)
    here = leadproof(*common, "--model", weights, "--run", tmp_path / "here", *local)
    assert here.code == 0, here.err
    there = leadproof(
        *common, "--model", weights, "--run", tmp_path / "there", "--backend", "openai", "--base-url", served
    )
    assert there.code == 0, there.err
    likely = leadproof(*common, "--model", weights, "--run", tmp_path / "here", *local, "--by", "likelihood")
    assert likely.code == 0, likely.err
    said = [lines_of(Path(json.loads(one.out)["folder"]) / "replies.jsonl") for one in (here, there, likely)]
    ties = {
        (row["id"], row["question_type"]): gap
        for row in said[2]
        for gap in (sorted(row["scores"].values())[-1] - sorted(row["scores"].values())[-2],)
        if gap < TIE
    }
    differ = [
        (one["id"], one["question_type"], one["text"], other["text"])
        for one, other in zip(said[0], said[1], strict=True)
        if one["strict"] != other["strict"]
    ]
    print(f"{len(said[0])} questions, {len(differ)} with another letter, {len(ties)} ties within {TIE}: {ties}")
    assert [one for one in differ if one[:2] not in ties] == []
    assert json.loads(here.out)["ra"] >= 0.9, "it has learned to answer: equal letters are not equal nonsense"
    assert json.loads(likely.out)["ra"] == pytest.approx(json.loads(here.out)["ra"], abs=0.02)
