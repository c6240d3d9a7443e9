"""From images, captions and facts to pairs.

In: :class:`Evidence` of one image. Out: :class:`Made`: its pairs, the facts they rest on, and what
was refused, by reason. One file and one line in the registry a generator.
"""

from datagen.generators.evidence import Evidence, Generator, Made, SeenBox
from datagen.generators.registry import GENERATORS
from datagen.generators.stage import generate

__all__ = ["GENERATORS", "Evidence", "Generator", "Made", "SeenBox", "generate"]
