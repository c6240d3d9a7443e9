"""The captions of a pair's images, as a column beside the pairs'."""

from collections import defaultdict

import pyarrow as pa
import pyarrow.compute as pc

from schemas.run import RunFolder


class Captions:
    """All captions of a run by image, to be joined to pairs a batch at a time."""

    def __init__(self, run: RunFolder) -> None:
        """Read them; a run without captions has none to join."""
        self._of: dict[str, list[str]] = defaultdict(list)
        ingested = run.current("ingest")
        if ingested is not None and "captions.parquet" in ingested.manifest.files:
            for batch in ingested.batches("captions", rows=50_000):
                for image, text in zip(batch["image"].to_pylist(), batch["text"].to_pylist(), strict=True):
                    self._of[image].append(text)

    def joined(self, pairs: pa.Table) -> pa.Table:
        """The pairs with a column ``captions``: a list of strings, empty where an image has none."""
        images = [pc.struct_field(pairs[half], "image").to_pylist() for half in ("positive", "negative")]
        found = [
            [text for image in dict.fromkeys(both) for text in self._of.get(image, ())]
            for both in zip(*images, strict=True)
        ]
        return pairs.append_column("captions", pa.array(found, pa.list_(pa.string())))
