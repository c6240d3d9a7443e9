"""Reading a source: images once, those that come as bytes put aside, those on the web fetched if asked for."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from sqlite3 import Connection

from datagen.ingest.download import Bounds, fetch
from datagen.ingest.incoming import put
from datagen.ingest.reading import IngestOptions, Reading
from datagen.ingest.scratch import note
from datagen.sources import SOURCES, detect
from datagen.sources.record import ANY_COLUMNS, Columns, SourceOptions, is_address
from datagen.sources.registry import WITHOUT_COLUMNS
from schemas.errors import BadConfig, InvalidRecord, UnreadableFile

AT_ONCE = 8  # downloads
_ROUND = 512  # downloads between two notes of what came of them


def read_source(
    db: Connection,
    number: int,
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
        db: The scratch database, which takes the records.
        number: The source's own, among all that are read.
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
    for record in SOURCES.get(form)(path, on_invalid, SourceOptions(options.columns, on_columns)):
        if record.content is not None:
            note(db, number, record, put(shelf, record.content).name)
        elif is_address(record.image) and not options.download:
            fix = "Pass --download to fetch such images, or --skip-invalid to leave them out."
            on_invalid(InvalidRecord("the image is an address on the web", where=f"{path.name}:{record.row}", fix=fix))
        else:
            note(db, number, record)
    (images,) = db.execute("SELECT count(*) FROM record WHERE source = ?", [number]).fetchone()
    if not images:
        raise UnreadableFile("no image in it", where=str(path), fix="Name another file.")
    if options.download:
        _download(db, number, shelf, Bounds(max_bytes, options.allow_private_hosts))
    lie_elsewhere = "SELECT 1 FROM record WHERE source = ? AND stored IS NULL AND reason IS NULL LIMIT 1"
    all_came = db.execute(lie_elsewhere, [number]).fetchone() is None
    return Reading(path, _root(path, options, shelf if all_came else None), number, images, shelf)


def _download(db: Connection, source: int, shelf: Path, bounds: Bounds) -> None:
    def one(name: str) -> tuple[str | None, str | None, str | None]:
        """Its name on the shelf, or reason and detail."""
        try:
            return put(shelf, fetch(name, bounds)).name, None, None
        except UnreadableFile as error:
            return None, "not-downloaded", error.what

    pool = ThreadPoolExecutor(AT_ONCE)
    last = 0
    try:
        while some := db.execute(_ON_WEB, [source, last, _ROUND]).fetchall():
            last = some[-1][0]
            web = [(number, name) for number, name in some if is_address(name)]
            came = pool.map(one, [name for _, name in web])
            db.executemany(_CAME, [(*what, number) for (number, _), what in zip(web, came, strict=True)])
    finally:
        pool.shutdown(cancel_futures=True)  # whoever interrupts waits for those under way alone


_ON_WEB = "SELECT id, named FROM record WHERE source = ? AND id > ? AND named IS NOT NULL ORDER BY id LIMIT ?"
_CAME = "UPDATE record SET stored = ?, reason = ?, detail = ? WHERE id = ?"


def _root(path: Path, options: IngestOptions, shelf: Path | None) -> Path:
    """The folder of images; where all came as bytes no other is needed."""
    root = options.images or (path if path.is_dir() else path.parent)
    if root.is_dir():
        return root.resolve()
    if shelf is not None and options.images is None:
        return shelf
    raise UnreadableFile("no such folder of images", where=str(root), fix="Pass --images DIR.")
