"""Reading a source: images once, those that come as bytes put aside, those on the web fetched if asked for."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from datagen.ingest.download import Bounds, fetch
from datagen.ingest.incoming import put
from datagen.ingest.probe import SkippedImage
from datagen.ingest.reading import IngestOptions, Reading
from datagen.sources import SOURCES, SourceRecord, detect
from datagen.sources.record import ANY_COLUMNS, Columns, SourceOptions, is_address
from datagen.sources.registry import WITHOUT_COLUMNS
from schemas.errors import BadConfig, InvalidRecord, UnreadableFile

AT_ONCE = 8  # downloads


def read_source(
    path: Path,
    options: IngestOptions,
    on_invalid: Callable[[InvalidRecord], None],
    *,
    shelf: Path,
    max_bytes: int,
    on_columns: Callable[[str, Columns], None] = lambda *_: None,
) -> Reading:
    """Read a source of captions.

    Args:
        path: The file or folder, or a dataset's name.
        options: How it is read.
        on_invalid: Takes a record that cannot be used, or raises it.
        shelf: Folder for images that come as bytes.
        max_bytes: The most that is downloaded of one image.
        on_columns: Called with the source's name and the columns it takes, before rows are read.

    Raises:
        UnreadableFile: The file cannot be used, or there is no such folder of images.
        UnknownName: There is no such format.
        BadConfig: Columns are asked for and the format has none.
    """
    form = detect(path) if options.format == "auto" else options.format
    if form in WITHOUT_COLUMNS and options.columns != ANY_COLUMNS:
        raise BadConfig(f"the format {form} has no columns", where=str(path), fix="Leave out the column flags.")
    records: list[SourceRecord] = []
    places: dict[str, int] = {}
    further: dict[int, list[SourceRecord]] = {}
    stored: dict[int, Path | SkippedImage] = {}
    for record in SOURCES.get(form)(path, on_invalid, SourceOptions(options.columns, on_columns)):
        if record.content is not None:
            stored[len(records)] = put(shelf, record.content)
            records.append(replace(record, content=None))
        elif record.image in places:
            further.setdefault(places[record.image], []).append(record)
        elif is_address(record.image) and not options.download:
            fix = "Pass --download to fetch such images, or --skip-invalid to leave them out."
            on_invalid(InvalidRecord("the image is an address on the web", where=f"{path.name}:{record.row}", fix=fix))
        else:
            places[record.image] = len(records)
            records.append(record)
    if not records:
        raise UnreadableFile("no image in it", where=str(path), fix="Name another file.")
    for at, others in further.items():
        records[at] = _joined([records[at], *others])
    on_web = [at for name, at in places.items() if is_address(name)]
    stored.update(_downloaded(records, on_web, shelf, Bounds(max_bytes, options.allow_private_hosts)))
    return Reading(path, _root(path, options, shelf if len(stored) == len(records) else None), records, stored)


def _joined(records: list[SourceRecord]) -> SourceRecord:
    """One record of all those of an image."""
    return replace(
        records[0],
        captions=tuple(dict.fromkeys(text for one in records for text in one.captions)),
        license=next((one.license for one in records if one.license), None),
        may_leave=all(one.may_leave for one in records),
        drawn=all(one.drawn for one in records),
    )


def _downloaded(
    records: list[SourceRecord], on_web: list[int], shelf: Path, bounds: Bounds
) -> dict[int, Path | SkippedImage]:
    def one(at: int) -> Path | SkippedImage:
        name = records[at].image
        try:
            return put(shelf, fetch(name, bounds))
        except UnreadableFile as error:
            return SkippedImage(name, "not-downloaded", error.what)

    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        return dict(zip(on_web, pool.map(one, on_web), strict=True))
    finally:
        pool.shutdown(cancel_futures=True)  # whoever interrupts waits for those under way alone


def _root(path: Path, options: IngestOptions, shelf: Path | None) -> Path:
    """The folder of images; where all came as bytes no other is needed."""
    root = options.images or (path if path.is_dir() else path.parent)
    if root.is_dir():
        return root.resolve()
    if shelf is not None and options.images is None:
        return shelf
    raise UnreadableFile("no such folder of images", where=str(root), fix="Pass --images DIR.")
