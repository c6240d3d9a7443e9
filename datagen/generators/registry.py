"""The generators ``generate --backend`` knows: those of their own, and models."""

from difflib import get_close_matches

from datagen.generators.evidence import Generator
from mllm import BACKENDS
from schemas.errors import UnknownName
from schemas.registry import Registry

GENERATORS: Registry[Generator] = Registry(
    kind="backend",
    group="leadproof.generators",
    builtin={"rules": "datagen.generators.rules:RULES"},
)


def asks_a_model(backend: str) -> bool:
    """Whether a backend is a model, or a generator that needs none.

    Raises:
        UnknownName: It is neither.
    """
    models = BACKENDS.names()
    if backend in models or backend.endswith(".py"):
        return True
    known = (*GENERATORS.names(), *models)
    if backend in known:
        return False
    near = get_close_matches(backend, known, 1)
    hint = f"Did you mean {near[0]}? " if near else ""
    fix = f"{hint}Known: {', '.join(known)}, and a Python file of your own."
    raise UnknownName(f"no backend {backend!r}", fix=fix)
