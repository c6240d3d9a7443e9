"""The scenes of a run, known by their bytes or, where a client re-encoded an image, by how they look."""

import io
import threading
from pathlib import Path

import imagehash
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from datagen.generators.evidence import Evidence
from datagen.generators.gather import gather, slices
from schemas.fact import Fact
from schemas.identity import image_ref
from schemas.run import RunFolder

HASH_SIDE = 16  # bits; distinct scenes differ in 80 of 256 at least, a re-encoded one from itself in a few
FARTHEST = 48


def stages_of(run: Path) -> tuple[Path, ...]:
    """The committed folders that a run's scenes stand in; others than before mean that the run has grown."""
    found = (RunFolder.open(run).current(stage) for stage in ("ingest", "facts"))
    return tuple(stage.path for stage in found if stage)


class Scenes:
    """All scenes of a run folder."""

    def __init__(self, run: Path) -> None:
        folder = RunFolder.open(run)
        self.stages = stages_of(run)
        self.settings = folder.settings
        self._evidence = {one.image: one for part in slices(folder, 512) for one in gather(part)}
        rows = folder.require("ingest").table("images", ["image", "path"]).to_pylist()
        self._paths = {row["image"]: folder.path / row["path"] for row in rows if row["path"]}
        self._seen: dict[str, str | None] = {}
        self._lock = threading.Lock()
        self._looks: NDArray[np.bool_] | None = None  # (n_images, 256)

    @property
    def images(self) -> tuple[str, ...]:
        """The references of all images."""
        return tuple(self._evidence)

    def evidence(self, image: str) -> Evidence:
        """All that is known of an image."""
        return self._evidence[image]

    def facts(self, image: str) -> tuple[Fact, ...]:
        """The exact facts of an image."""
        return self._evidence[image].facts

    def known(self, ref: str) -> bool:
        """Whether :meth:`identify` will be quick."""
        return ref in self._evidence or ref in self._seen

    def identify(self, content: bytes) -> str | None:
        """The reference of the scene these bytes show, or None; the first look at other bytes is slow."""
        ref = image_ref(content)
        if ref in self._evidence:
            return ref
        with self._lock:
            if ref not in self._seen:
                self._seen[ref] = self._nearest(content)
            return self._seen[ref]

    def _nearest(self, content: bytes) -> str | None:
        refs = list(self._paths)
        if self._looks is None:
            self._looks = np.array([_look(self._paths[ref]) for ref in refs]).reshape(len(refs), HASH_SIDE**2)
        if not refs:
            return None
        try:
            distances = np.count_nonzero(self._looks != _look(io.BytesIO(content)), axis=1)
        except OSError:  # a header alone, or a damaged file
            return None
        nearest = int(distances.argmin())
        return refs[nearest] if distances[nearest] <= FARTHEST else None


def _look(source: Path | io.BytesIO) -> NDArray[np.bool_]:
    with Image.open(source) as image:
        look: NDArray[np.bool_] = imagehash.phash(image.convert("RGB"), hash_size=HASH_SIDE).hash.reshape(-1)
    return look
