"""A package that lmms-eval runs as it is: ``lmms-eval --include_path FOLDER --tasks leadproof``.

Format (EvolvingLMMs-Lab/lmms-eval, docs/task_guide.md, version 0.7): a YAML a task beside the Python file it takes its
functions from; data files are named relative to the YAML. The package holds no path of this machine and needs no
leadproof where it runs: the readers of replies come along as they are, so its figures are those of ``score``.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from datagen.export.benchmark_pairs import benchmark_pairs
from datagen.export.contract import ExportOptions, ExportPair, Images
from schemas.errors import InvalidPair
from schemas.mmr import MmrRow, pairs_to_rows
from schemas.pair import Pair

TASK, TRUE_PREMISE = "leadproof", "leadproof_true_premise"
READER = "leadproof_reader"
_DATA = {TASK: "benchmark", TRUE_PREMISE: "true_premise"}
_OURS = "evaluation.readers"
_ABOUT = '"""The readers of leadproof, as they were when this benchmark was exported. Apache-2.0."""\n'


def export_lmms_eval(
    pairs: Iterable[ExportPair], folder: Path, images: Images, _options: ExportOptions
) -> Mapping[str, int]:
    """Write a task for the false premises and one for the true ones, where there are any.

    Each is a YAML and a JSONL file of rows of MMR's shape, which ``score`` reads too; ``utils.py``, the readers and
    the images are shared. A pair whose texts could not be read back from one row is left out and counted.
    """
    found = benchmark_pairs(pairs)
    templates = files("datagen.export.lmms_eval_package")
    counts: dict[str, int] = {}
    left_out = 0
    for task, given in ((TASK, found.false_premise), (TRUE_PREMISE, found.true_premise)):
        rows = [row for pair in given for row in _rows(pair, images)]
        left_out += len(given) - len(rows) // 2
        if rows:
            _write_jsonl(folder / f"{_DATA[task]}.jsonl", rows)
            _write(folder / f"{task}.yaml", templates.joinpath(f"{task}.yaml").read_text(encoding="utf-8"))
            counts[f"{_DATA[task]} pairs"] = len(rows) // 2
    if counts:
        _write(folder / "utils.py", templates.joinpath("task.py").read_text(encoding="utf-8"))
        for name, text in _reader():
            (folder / READER).mkdir(exist_ok=True)
            _write(folder / READER / name, text)
    return {**counts, **found.left_out, **({"left out, not to be written as one text": left_out} if left_out else {})}


def _rows(pair: Pair, images: Images) -> Sequence[MmrRow]:
    try:
        return pairs_to_rows([pair], image_name=images, seed=0)
    except InvalidPair:
        return ()


def _write_jsonl(path: Path, rows: Sequence[MmrRow]) -> None:
    """Rows with their options as a list, A first, so that the package need not split texts."""
    lines = [
        {**row.record(), "options": list(row.parsed.options) if row.parsed is not None else []} for row in rows
    ]  # fmt: skip
    _write(path, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))


def _reader() -> Iterator[tuple[str, str]]:
    """The reader's own files under the name that they have in the package: one rule, kept in one place."""
    yield "__init__.py", _ABOUT
    for file in files(_OURS).iterdir():
        if file.name != "__init__.py" and file.name.endswith((".py", ".toml")):
            yield file.name, file.read_text(encoding="utf-8").replace(_OURS, READER)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
