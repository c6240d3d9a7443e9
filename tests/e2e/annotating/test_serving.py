"""``annotate serve``, ``user add`` and ``doctor`` on a real Label Studio."""

import json
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from annotation.server import read_secrets
from annotation.studio import Studio
from tests.e2e.annotating.commands import leadproof
from tests.e2e.annotating.conftest import Run, Serve, free_port

pytestmark = pytest.mark.xdist_group("studio")


@contextmanager
def logged_in(url: str, email: str, password: str) -> Iterator[httpx.Client]:
    """A browser's session."""
    with httpx.Client(base_url=url, timeout=30) as client:
        client.get("/user/login/")
        form = {"email": email, "password": password, "csrfmiddlewaretoken": client.cookies["csrftoken"]}
        answer = client.post("/user/login/", data=form, headers={"Referer": f"{url}/user/login/"})
        assert answer.status_code == 302, "the login was refused"
        yield client


def test_serves_the_runs_images_to_whoever_is_logged_in_and_nothing_else(
    scenes: Run, serve: Serve, tmp_path: Path
) -> None:
    run = scenes(20)
    (tmp_path / "password").write_text("a-good-password\n")
    with serve(run) as studio:
        made = leadproof("annotate", "user", "add", "Ana@example.org", "--password-file", tmp_path / "password",
                         "--run", run.path)  # fmt: skip
        assert made.returncode == 0, made.stderr
        pushed = leadproof("annotate", "push", "--limit", 3, "--judges", 1, "--run", run.path)
        assert pushed.returncode == 0, pushed.stderr
        name = next((run.path / "annotate/served/images").iterdir()).name
        with logged_in(studio.url, "ana@example.org", "a-good-password") as ana:
            got = ana.get("/data/local-files/", params={"d": f"images/{name}"})
            assert got.status_code == 200
            assert got.content == (run.path / "annotate/served/images" / name).read_bytes()
            assert httpx.get(f"{studio.url}/data/local-files/?d=images/{name}").status_code in (302, 401, 403)
            _nothing_else(studio, ana, run.path)
    secrets = run.path / "annotate/server/server.json"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    assert stat.S_IMODE(secrets.parent.stat().st_mode) == 0o700


def copied(run: Path, to: Path) -> Path:
    """The same run elsewhere, which knows of no Label Studio."""
    shutil.copytree(run, to, ignore=shutil.ignore_patterns("annotate", ".lock"))
    return to


def _nothing_else(studio: Studio, ana: httpx.Client, run: Path) -> None:
    """Not the key, the verdicts, the settings: not even for somebody who connects a storage of their own."""
    from label_studio_sdk.core.api_error import ApiError

    project = studio.client.projects.create(title="mine").id
    for folder in (run, run / "annotate", run / "annotate/server"):
        with pytest.raises(ApiError):
            studio.client.import_storage.local.create(project=project, path=str(folder))
    studio.client.import_storage.local.create(project=project, path=str(run / "annotate/served/images"))
    for path in ("../server/server.json", "images/../../server/server.json", "../assignments.jsonl"):
        got = ana.get("/data/local-files/", params={"d": path})
        assert got.status_code >= 400
        assert b"password" not in got.content


def test_a_second_start_keeps_everything_and_the_doctor_finds_nothing(scenes: Run, serve: Serve) -> None:
    run = scenes(20)
    with serve(run) as studio:
        first = leadproof("annotate", "user", "add", "ana@example.org", "--run", run.path)
        assert "Password (shown once): " in first.stdout
        again = leadproof("annotate", "user", "add", "ana@example.org", "--run", run.path)
        assert "has an account" in again.stdout
        known = studio.people()
    with serve(run) as studio:
        assert studio.people() == known
        for how in ("local-files", "upload"):
            found = leadproof("annotate", "doctor", "--images", how, "--json", "--run", run.path)
            assert found.returncode == 0, found.stdout
            told = {one["what"]: one for one in json.loads(found.stdout)}
            assert all(one["mend"] is None for one in told.values())
            assert "fetched from /data/" in told["image"]["found"]
        assert [one.title for one in studio.client.projects.list()] == ["Images of leadproof's tasks"]


def test_the_doctor_names_what_is_wrong_and_how_to_mend_it(
    scenes: Run, serve: Serve, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run = scenes(20)
    with serve(run) as studio:
        for name, key, what, word in (
            ("bad key", "0" * 40, "key", "LABEL_STUDIO_API_KEY"),
            ("no folder of ours", studio.key, "image", "document root"),
        ):
            other = copied(run.path, tmp_path / name)
            monkeypatch.setenv("LABEL_STUDIO_API_KEY", key)
            found = leadproof("annotate", "doctor", "--json", "--url", studio.url, "--run", other)
            assert found.returncode == 1, found.stdout + found.stderr
            wrong = [one for one in json.loads(found.stdout) if one["mend"]]
            assert [one["what"] for one in wrong] == [what], wrong
            assert word in wrong[0]["mend"]
        assert list(studio.client.projects.list()) == []


@pytest.mark.filterwarnings("ignore:The `parse_obj` method is deprecated")  # the SDK's, when it refreshes a token
def test_another_server_is_used_with_a_personal_key_and_uploaded_images(
    scenes: Run, serve: Serve, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run = scenes(20, "judges = 1")
    with serve(run) as studio:
        secrets = read_secrets(run.path)
        assert secrets is not None
        other = copied(run.path, tmp_path / "other")
        with logged_in(studio.url, secrets.owner, secrets.password) as owner:
            headers = {"Referer": studio.url, "X-CSRFToken": owner.cookies["csrftoken"]}
            owner.post("/api/jwt/settings", json={"api_tokens_enabled": True}, headers=headers)
            token = owner.post("/api/token/", headers=headers).json()["token"]
        assert token.count(".") == 2
        monkeypatch.setenv("LABEL_STUDIO_API_KEY", token)
        given = ("--url", f"{studio.url}/", "--images", "upload", "--run", other)
        pushed = leadproof("annotate", "push", "--limit", 5, "--json", *given)
        assert pushed.returncode == 0, pushed.stderr
        assert sum(one["tasks"] for one in json.loads(pushed.stdout)["added"]) >= 5
        again = leadproof("annotate", "push", "--limit", 1, "--json", *given)
        images = [one for one in studio.client.projects.list() if one.title.startswith("Images")]
        assert len(images) == 1
        assert again.returncode == 0


def test_a_port_that_is_taken_is_refused(scenes: Run) -> None:
    import socket

    run = scenes(20)
    with socket.create_server(("127.0.0.1", free_port())) as taken:
        port = taken.getsockname()[1]
        said = leadproof("annotate", "serve", "--port", port, "--run", run.path)
    assert said.returncode == 2
    assert f"port {port} cannot be had" in said.stderr
    assert not (run.path / "annotate").exists()


def test_a_run_is_served_once_at_a_time(scenes: Run, serve: Serve) -> None:
    run = scenes(20)
    with serve(run) as studio:
        said = leadproof("annotate", "serve", "--port", free_port(), "--run", run.path)
        assert said.returncode == 2
        assert "its Label Studio runs already" in said.stderr
        secrets = read_secrets(run.path)
        assert secrets is not None
        assert secrets.url == studio.url, "the address of the one that runs is kept"
