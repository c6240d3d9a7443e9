"""What filter, select and audit are given to decide by: flags, settings, models, stored scores, benchmarks."""

import json

from datagen.filters import FILTERS
from tests.e2e.bad_input.case import Case, Content
from tests.e2e.bad_input.made import damaged, folder, gone, link, pipe
from tests.e2e.bad_input.pairs import PAIRS

SCORES, EDGES = "run/filter/001/scores.parquet", "run/filter/001/edges.parquet"
_AGAIN = "filter --rethreshold --run run"
_THIN = "select --coreset random --fraction 0.5 --run run"
_PRUNE = "select --coreset dataset-pruning --run run"

# What is typed, and what is said of it; each over a whole run.
FLAGS: tuple[tuple[str, str, str], ...] = (
    ("filter: without any", " ".join(["filter", *(f"--without {name}" for name in FILTERS.names())]), "every filter"),
    ("filter: a target of none", "filter --target 0", "--target"),
    ("filter: a target below nought", "filter --target -5", "--target"),
    ("filter: a target in words", "filter --target many", "--target"),
    ("filter: a target with a fraction", "filter --target 1.5", "--target"),
    ("filter: again and anew", "filter --rethreshold --text-model x", "--rethreshold measures nothing"),
    ("filter: again with an image model", "filter --rethreshold --image-model x", "--image-model"),
    ("filter: again with a verifier", "filter --rethreshold --verify gpt-4o", "--verify"),
    ("filter: a verifier that is left out", "filter --verify gpt-4o --without verify", "contradict"),
    ("filter: a text model that is not there", "filter --text-model ./gone", "no such folder"),
    ("filter: a text model that is a file", "filter --text-model a.png", "no such folder"),
    ("filter: an empty text model", 'filter --text-model ""', "an argument is empty"),
    ("filter: a text model that climbs", "filter --text-model ../../../etc", "--text-model"),
    ("filter: an image model that is not there", "filter --image-model ./gone", "no such folder"),
    ("filter: an image model that is an empty folder", "filter --image-model run/filter", "run/filter"),
    ("filter: debias turned round", "filter --no-debias", "--no-debias"),
    ("select: no coreset", "select", "--coreset"),
    ("select: a coreset nobody knows", "select --coreset best", "random"),
    ("select: random without a share", "select --coreset random", "--fraction"),
    ("select: a share of none", "select --coreset random --fraction 0", "fraction"),
    ("select: a share above one", "select --coreset random --fraction 1.5", "fraction"),
    ("select: a share that is NaN", "select --coreset random --fraction nan", "fraction"),
    ("select: a share of bands", "select --coreset dataset-pruning --fraction 0.5", "--score-band"),
    ("select: random with a strategy", "select --coreset random --fraction 0.5 --strategy far", "--strategy"),
    ("select: cells with a strategy", "select --coreset semdedup --strategy far", "--strategy"),
    ("select: cells of a share", "select --coreset semdedup --fraction 0.5", "--threshold"),
    ("select: a strategy nobody knows", "select --coreset dataset-pruning --strategy near", "middle"),
    ("select: a threshold above one", "select --coreset dataset-pruning --threshold 1.1", "--threshold"),
    ("select: a band turned round", "select --coreset dataset-pruning --score-band 0.6 0.4", "band"),
    ("select: a band of one number", "select --coreset dataset-pruning --score-band 0.6", "--score-band"),
    ("select: a band beyond the ranks", "select --coreset dataset-pruning --centroid-band 0.5 1.5", "band"),
    ("audit: a file and a run", "audit a.png", "either a file or --run"),
    ("audit: a seed below nought", "audit --seed -1", "--seed"),
    ("audit: true premises of a run", "audit --true-premise a.png", "--true-premise"),
)  # fmt: skip

# A table of leadproof.toml, and what is said of it.
TABLES: tuple[tuple[str, str, str], ...] = (
    ("a threshold above one", "[filter.near_duplicates]\nwithin = 1.5", "within"),
    ("a threshold that is NaN", "[filter.near_duplicates]\nwithin = nan", "within"),
    ("a strategy nobody knows", '[filter.near_duplicates]\nstrategy = "nearest"', "strategy"),
    ("a band of difficulty turned round", "[filter.difficulty]\neasiest = 0.9\nhardest = 0.1", "easiest"),
    ("a margin beyond cosines", "[filter.grounding]\nmin_margin = 3", "min_margin"),
    ("a part of quality nobody knows", "[quality]\nbeauty = 1.0", "beauty"),
    ("a weight below nought", "[quality]\nbrief = -1.0", "brief"),
    ("no weight at all", "[quality]\n" + "\n".join(f"{name} = 0.0" for name in (
        "confirmed", "dividing", "blind", "grounded", "balance", "overlap", "plausible", "distinct", "uncopied",
        "brief",
    )), "every weight is 0"),
    ("shares above the whole", "[select]\ntrue_premise = 0.9\ncontrast = 0.9", "more than the whole"),
    ("categories that are a word", '[select]\ncategories = "evenly"', "categories"),
    ("a chosen category that climbs", '[select]\ncategories = {"../x" = 1.0}', "level/name"),
    ("quality as a number", "quality = 3", "quality"),
    ("select as a list", "[[select]]\na = 1", "select"),
)  # fmt: skip

# What happened to what an earlier filter stored.
STORED: tuple[tuple[str, dict[str, Content], str], ...] = (
    ("scores that are gone", {SCORES: gone}, "scores.parquet"),
    ("scores that were cut", {SCORES: damaged(lambda raw: raw[: len(raw) // 2])}, "changed since"),
    ("scores that are a folder", {SCORES: folder}, "scores.parquet"),
    ("scores that are a pipe", {SCORES: pipe}, "scores.parquet"),
    ("scores that are a link in a circle", {SCORES: link("scores.parquet")}, "scores.parquet"),
    ("edges that are gone", {EDGES: gone}, "edges.parquet"),
    ("edges that were turned round", {EDGES: damaged(lambda raw: raw[::-1])}, "changed since"),
)

_ROWS = json.loads(PAIRS)
FILES: tuple[tuple[str, Content, str], ...] = (
    ("nothing in it", "", "is empty"),
    ("no rows", "[]", "no rows"),
    ("half a pair", json.dumps(_ROWS[:1]), "no whole pair"),
    ("no JSON", "id,question\n", "rows"),
    ("a number", "7", "rows"),
    ("a folder", folder, "bench.json"),
    ("a pipe", pipe, "bench.json"),
    ("a link that leads nowhere", link("gone"), "bench.json"),
)

CASES = [
    *(Case(name, f"{typed} --run run", said, given="run") for name, typed, said in FLAGS),
    *(
        Case(f"settings: {name}", "filter --run run", said, {"run/leadproof.toml": content}, given="run")
        for name, content, said in TABLES
    ),
    *(
        Case(f"{command.split()[0]}: {name}", command, said, files, given="run")
        for at, (name, files, said) in enumerate(STORED)
        for command in ((_AGAIN, _THIN, _PRUNE)[at % 3],)
    ),
    *(Case(f"audit: {name}", "audit bench.json", said, {"bench.json": content}) for name, content, said in FILES),
    Case("audit: nothing at all", "audit", "either a file or --run"),
    Case("audit: a file that is not there", "audit gone.json", "gone.json"),
    Case("audit: a run that is not there", "audit --run gone", "leadproof init"),
    Case("audit: true premises that are not there", "audit bench.json --true-premise gone.json", "gone.json",
         {"bench.json": PAIRS}),
    Case("select: before filter", f"{_THIN.replace('run run', 'run new')}", "filter", {"new/leadproof.toml": ""}),
    Case("filter: again before the first time", "filter --rethreshold --run new", "filter",
         {"new/leadproof.toml": ""}),
    Case("filter: a damaged cache of embeddings", "filter --without hedging --run run", "embeddings.sqlite",
         {"run/embeddings.sqlite": "not a database" * 100}, given="run"),
]  # fmt: skip
