"""What each room shows to the others: its `__all__`, pinned. A change here is a change other people see."""

import ast
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

FACES: dict[str, set[str]] = {
    "annotation": {"Verdict"},
    "app": set(),
    "datagen": set(),
    "evaluation": {
        "Baseline",
        "Fault",
        "Interval",
        "Outcome",
        "READERS",
        "Reply",
        "SCORERS",
        "ScoreResult",
        "Scorer",
        "Scores",
        "Table",
        "bootstrap",
        "lint",
        "match_replies",
        "outcome",
        "read_replies",
        "score",
        "score_baselines",
        "score_rows",
        "tabulate",
    },
    "leadproof": {
        "Drop",
        "Evidence",
        "Fact",
        "Filter",
        "LeadproofError",
        "Made",
        "Option",
        "Pair",
        "Provenance",
        "Question",
        "RunFolder",
        "Taxonomy",
        "Verdict",
        "compare",
        "evaluate",
        "export",
        "filter_pairs",
        "generate",
        "import_pairs",
        "ingest",
        "open_benchmark",
        "read_ledger",
        "read_verdicts",
        "score",
        "verify",
    },
    "mllm": {
        "Asker",
        "BACKENDS",
        "Chain",
        "ImagePart",
        "Journal",
        "Message",
        "Model",
        "Outcome",
        "Probe",
        "Probing",
        "Reply",
        "Request",
        "Terms",
        "Till",
        "Transform",
        "Usage",
        "Veil",
        "Wanted",
        "Ways",
        "follow_all",
        "open_asker",
        "run_chains",
    },
    "schemas": {
        "DEFAULT_TAXONOMY",
        "Fact",
        "LeadproofError",
        "Option",
        "Pair",
        "Provenance",
        "Question",
        "Registry",
        "RunFolder",
        "Taxonomy",
    },
}


def rooms() -> list[str]:
    return sorted({init.parent.name for init in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"})


def written_face(room: str) -> list[str] | None:
    """The list of names written out as `__all__` in the room's `__init__.py`; None where there is none."""
    tree = ast.parse((ROOT / room / "__init__.py").read_text(encoding="utf-8"))
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="__all__")], value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id="__all__"), value=ast.expr() as value):
                pass
            case _:
                continue
        names: list[str] = ast.literal_eval(value)
        return names
    return None


def test_every_room_is_pinned() -> None:
    assert set(FACES) == set(rooms())


@pytest.mark.parametrize("room", rooms())
def test_face_is_written_out_and_as_pinned(room: str) -> None:
    written = written_face(room)
    assert written is not None, f"{room}/__init__.py has no __all__"
    assert len(written) == len(set(written)), f"{room}.__all__ names something twice"
    assert set(written) == FACES.get(room), f"{room}.__all__ changed: say so in FACES and in CHANGELOG.md"


@pytest.mark.parametrize("room", rooms())
def test_every_name_of_the_face_is_there(room: str) -> None:
    module = importlib.import_module(room)
    assert module.__doc__, f"{room}/__init__.py does not say what the room does"
    missing = [name for name in module.__all__ if not hasattr(module, name)]
    assert missing == []
