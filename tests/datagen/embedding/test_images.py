from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from datagen.embedding import EmbeddingCache, ImageEncoder, Picture, find_image_model
from schemas.errors import UnreadableFile
from tests.datagen.embedding.tiny_models import image_model, sentence_model


@pytest.fixture(scope="module", params=["clip", "siglip"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return image_model(tmp_path_factory.mktemp("images") / request.param, request.param)


def picture(folder: Path, color: str, mode: str = "RGB") -> Picture:
    path = folder / f"{color}-{mode}.png"
    Image.new(mode, (40, 30), color).save(path)
    return Picture(f"sha256:{color}{mode}", path)


def test_images_and_texts_share_a_space(folder: Path, tmp_path: Path) -> None:
    encoder = ImageEncoder(find_image_model(str(folder)))
    pictures = [picture(tmp_path, "red"), picture(tmp_path, "blue"), picture(tmp_path, "white", "L")]
    told = list[int]()
    images = encoder.encode([*pictures, pictures[0]], on_progress=told.append)
    texts = encoder.encode_texts(["a red picture", "", "x" * 20_000, "🐈 \ud800"])
    assert images.shape[1] == texts.shape[1]
    assert images.dtype == texts.dtype == np.float32
    assert np.allclose(np.linalg.norm(np.concatenate([images, texts]), axis=1), 1, atol=1e-5)
    assert np.array_equal(images[0], images[3])
    assert not np.allclose(images[0], images[1], atol=1e-4)
    assert sum(told) == 3


def test_the_cache_spares_the_model_and_keeps_images_and_texts_apart(folder: Path, tmp_path: Path) -> None:
    red = picture(tmp_path, "red")
    with EmbeddingCache(tmp_path / "embeddings.sqlite") as cache:
        encoder = ImageEncoder(find_image_model(str(folder)), cache=cache)
        image, text = encoder.encode([red]), encoder.encode_texts([red.ref])
        red.path.unlink()
        again = ImageEncoder(find_image_model(str(folder)), cache=cache)
        assert np.array_equal(again.encode([red]), image)
        assert np.array_equal(again.encode_texts([red.ref]), text)
        assert not np.allclose(image, text)


def test_no_images_need_no_model(folder: Path) -> None:
    assert ImageEncoder(find_image_model(str(folder))).encode([]).shape == (0, 0)


def test_an_image_too_large_or_damaged_is_named(folder: Path, tmp_path: Path) -> None:
    encoder = ImageEncoder(find_image_model(str(folder)), max_megapixels=0.001)
    with pytest.raises(UnreadableFile, match=r"red-RGB.png.*40×30 pixels"):
        encoder.encode([picture(tmp_path, "red")])
    (tmp_path / "cut.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(UnreadableFile, match="does not decode"):
        encoder.encode([Picture("sha256:cut", tmp_path / "cut.png")])


def test_a_text_model_is_refused(tmp_path: Path) -> None:
    encoder = ImageEncoder(find_image_model(str(sentence_model(tmp_path / "model"))))
    with pytest.raises(UnreadableFile, match="does not compare images and texts"):
        encoder.encode_texts(["a"])
