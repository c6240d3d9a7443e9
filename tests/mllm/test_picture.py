import asyncio
import base64
import io
from pathlib import Path

import pytest
from PIL import Image

from mllm.message import ImagePart
from mllm.picture import Pictures, Transform, encode
from schemas.errors import UnreadableFile
from schemas.identity import image_ref


def _saved(path: Path, size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: object) -> Path:
    Image.new(mode, size, "red" if mode == "RGB" else 0).save(path, **options)  # type: ignore[arg-type]
    return path


def _part(path: Path) -> ImagePart:
    return ImagePart(image_ref(path.read_bytes()), path)


@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
def test_a_small_bare_file_goes_as_it_is(tmp_path: Path, name: str) -> None:
    path = _saved(tmp_path / name)
    picture = encode(path, Transform())
    assert picture.content == path.read_bytes()
    assert (picture.width, picture.height) == (60, 40)
    assert picture.url.startswith(f"data:{picture.media_type};base64,".encode())
    assert base64.b64decode(picture.url.partition(b",")[2]) == picture.content


def test_a_large_one_is_scaled_to_the_longest_side(tmp_path: Path) -> None:
    picture = encode(_saved(tmp_path / "a.jpg", (3000, 1500)), Transform(max_side=1000))
    assert (picture.width, picture.height) == (1000, 500)
    assert Image.open(io.BytesIO(picture.content)).size == (1000, 500)


def test_metadata_never_goes_along_and_the_picture_stands_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010F] = "a camera's maker"
    picture = encode(_saved(tmp_path / "a.jpg", (60, 40), exif=exif), Transform())
    sent = Image.open(io.BytesIO(picture.content))
    assert sent.size == (40, 60) == (picture.width, picture.height)
    assert not sent.getexif()
    assert b"camera" not in picture.content


@pytest.mark.parametrize(
    ("name", "mode"),
    [("a.png", "RGBA"), ("a.png", "P"), ("a.png", "I;16"), ("a.tif", "CMYK"), ("a.bmp", "RGB"), ("a.webp", "RGB")],
)
def test_other_modes_and_formats_are_sent_as_jpeg_or_png_in_rgb(tmp_path: Path, name: str, mode: str) -> None:
    picture = encode(_saved(tmp_path / name, mode=mode), Transform())
    sent = Image.open(io.BytesIO(picture.content))
    assert sent.mode == "RGB"
    assert f"image/{(sent.format or '').lower()}" == picture.media_type


@pytest.mark.parametrize("content", [b"", b"no image", None])
def test_an_image_that_is_gone_or_broken_is_one_line(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "a.jpg"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableFile, match="cannot be sent"):
        encode(path, Transform())


def test_an_image_is_encoded_once_while_it_is_in_use(tmp_path: Path) -> None:
    part = _part(_saved(tmp_path / "a.jpg"))

    async def main() -> None:
        pictures = Pictures(Transform(), keep=1)
        first, second = await asyncio.gather(pictures.get(part), pictures.get(part))
        assert first is second
        part.path.unlink()
        assert await pictures.get(part) is first
        other = _part(_saved(tmp_path / "b.jpg", (61, 40)))
        await pictures.get(other)
        with pytest.raises(UnreadableFile):
            await pictures.get(part)  # no longer held

    asyncio.run(main())


def test_an_image_that_was_exchanged_since_is_not_sent(tmp_path: Path) -> None:
    part = _part(_saved(tmp_path / "a.jpg"))
    _saved(tmp_path / "a.jpg", (20, 20))
    with pytest.raises(UnreadableFile, match="changed since it was ingested"):
        asyncio.run(Pictures(Transform(), keep=1).get(part))


def test_the_transform_is_told_apart_by_its_mark() -> None:
    marks = {Transform(side, detail).mark for side in (512, 1024) for detail in ("auto", "low", "high")}
    assert len(marks) == 6
