"""Making the data: sources and scenes in, pairs generated, filtered, selected, exported.

In: images, captions, facts. Out: the stages ``ingest`` to ``export`` of a run folder.
"""

__all__: list[str] = []
