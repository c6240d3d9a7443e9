import json
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from datagen.ingest import IngestOptions, download, ingest
from datagen.ingest.download import Bounds, fetch
from schemas.errors import InvalidRecord, UnreadableFile
from schemas.run import RunFolder
from tests.datagen.sources.made import picture

MUCH = Bounds(1_000_000, private=True)


class Answers(BaseHTTPRequestHandler):
    """Images at /1.png, /2.png …, and every way in which a server can be a nuisance."""

    def do_GET(self) -> None:
        name = self.path.partition("?")[0].strip("/")
        moved = {"moved": "/1.png", "loop": "/loop", "file": "file:///etc/passwd", "user": "http://me:word@127.0.0.1/"}
        if name in moved:
            self.answer(302, Location=moved[name])
        elif name == "large":
            self.answer(200, bytes(2_000_000), **{"Content-Length": "2000000"})
        elif name == "large-untold":
            self.answer(200, bytes(2_000_000))
        elif name == "cut":
            self.answer(200, picture(1)[:100], **{"Content-Length": "5000"})
        elif name == "slow":
            self.answer(200)
            for _ in range(40):
                self.wfile.write(b"x")
                time.sleep(0.05)
        elif name.removesuffix(".png").isdecimal():
            self.answer(200, picture(int(name[:-4])))
        else:
            self.answer(404, b"<!doctype html>")

    def answer(self, code: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(code)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder.create(tmp_path / "run")


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as running:
        Thread(target=running.serve_forever, args=[0.02], daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture
def source(tmp_path: Path, server: str) -> Callable[..., Path]:
    def write(*names: str) -> Path:
        path = tmp_path / "captions.jsonl"
        lines = [{"image": f"{server}/{name}" if "://" not in name else name, "caption": name} for name in names]
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))
        return path

    return write


WEB = IngestOptions(download=True, allow_private_hosts=True)


def test_addresses_are_bad_records_unless_they_may_be_fetched(run: RunFolder, source: Callable[..., Path]) -> None:
    with pytest.raises(InvalidRecord, match=r"captions\.jsonl:1: the image is an address on the web\. Pass --download"):
        ingest(run, [source("1.png")])
    assert run.current("ingest") is None


def test_fetched_images_are_stored_by_content(run: RunFolder, source: Callable[..., Path], server: str) -> None:
    path = source("1.png", "moved", "2.png?size=large image")
    done = ingest(run, [path], WEB)
    assert done.manifest.counts["images"] == 2
    rows = run.require("ingest").table("images").to_pylist()
    assert {row["name"] for row in rows} == {f"{server}/1.png", f"{server}/2.png?size=large image"}
    assert {(run.path / row["path"]).read_bytes() for row in rows} == {picture(1), picture(2)}
    assert not ingest(run, [path], WEB).changed


def test_what_cannot_be_had_is_skipped_by_name_or_stops_the_run(run: RunFolder, source: Callable[..., Path]) -> None:
    path = source("1.png", "gone.png", "cut", "https://127.0.0.1:1/x.png")
    with pytest.raises(UnreadableFile, match="not-downloaded: status 404"):
        ingest(run, [path], IngestOptions(download=True, allow_private_hosts=True, strict=True))
    assert not (run.path / "images").exists()
    done = ingest(run, [path], WEB)
    assert done.skipped.counts == {"not-downloaded": 3}
    assert len(list((run.path / "images").iterdir())) == 1


def test_private_addresses_are_refused_unless_asked_for(run: RunFolder, source: Callable[..., Path]) -> None:
    with pytest.raises(UnreadableFile, match=r"127\.0\.0\.1 is not on the public .*--allow-private"):
        ingest(run, [source("1.png")], IngestOptions(download=True))


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.8", "192.168.1.1", "169.254.169.254",
     "0.0.0.0", "100.64.0.1", "[fe80::1]", "[fc00::1]", "[2002:7f00:1::]", "2130706433", "224.0.0.1"],
)  # fmt: skip
def test_no_spelling_of_a_private_address_gets_through(host: str) -> None:
    with pytest.raises(UnreadableFile, match="not on the public network"):
        fetch(f"http://{host}:9/x.png", Bounds(1_000))


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("loop", "more than 5 redirects"),
        ("file", "neither http nor https"),
        ("user", "a user's name"),
        ("large", "2,000,000 bytes, more than is allowed"),
        ("large-untold", "more than 1,000,000 bytes"),
        ("cut", "cut off|IncompleteRead"),
    ],
)
def test_size_and_redirects_are_bounded(server: str, name: str, fault: str) -> None:
    with pytest.raises(UnreadableFile, match=fault):
        fetch(f"{server}/{name}", MUCH)


def test_time_is_bounded_even_where_something_always_comes(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "WHOLE_SECONDS", 0.3)
    began = time.monotonic()
    with pytest.raises(UnreadableFile, match=r"within 0\.3 seconds"):
        fetch(f"{server}/slow", MUCH)
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize("address", ["http://", "ftp://x/y", "http://[::1", "http://x:99999/", "http://a b/", "x.png"])
def test_what_is_no_address_says_so(address: str) -> None:
    with pytest.raises(UnreadableFile):
        fetch(address, MUCH)
