"""The generators ``generate --backend`` knows."""

from datagen.generators.evidence import Generator
from schemas.registry import Registry

GENERATORS: Registry[Generator] = Registry(
    kind="backend",
    group="leadproof.generators",
    builtin={"rules": "datagen.generators.rules:RULES"},
)
