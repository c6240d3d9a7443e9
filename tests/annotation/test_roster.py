"""Who judges for a run."""

from pathlib import Path

import pytest

from annotation.places import ANNOTATORS
from annotation.roster import address, join, leave, read_roster
from schemas.errors import BadConfig, BadRunFolder


def test_nobody_judges_at_first(tmp_path: Path) -> None:
    assert read_roster(tmp_path) == []


def test_people_stand_in_the_order_they_joined_each_once(tmp_path: Path) -> None:
    for one in ("ben@example.org", "anna@example.org", "ben@example.org"):
        join(tmp_path, one)
    assert read_roster(tmp_path) == ["ben@example.org", "anna@example.org"]
    assert len((tmp_path / ANNOTATORS).read_text().splitlines()) == 2


def test_who_left_judges_no_more_until_they_join_again(tmp_path: Path) -> None:
    for one in ("ben@example.org", "anna@example.org"):
        join(tmp_path, one)
    leave(tmp_path, "ben@example.org")
    assert read_roster(tmp_path) == ["anna@example.org"]
    join(tmp_path, "ben@example.org")
    assert sorted(read_roster(tmp_path)) == ["anna@example.org", "ben@example.org"]


def test_who_does_not_judge_cannot_leave(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match=r"ben@example\.org does not judge .* nobody"):
        leave(tmp_path, "ben@example.org")
    join(tmp_path, "anna@example.org")
    with pytest.raises(BadConfig, match=r"Those who do: anna@example\.org"):
        leave(tmp_path, "ben@example.org")


def test_an_address_is_kept_in_lower_case() -> None:
    assert address("Anna.B+c@Example.ORG") == "anna.b+c@example.org"


@pytest.mark.parametrize("email", ["", "anna", "anna@", "@example.org", "anna@example", "a b@example.org",
                                   "anna@example.org\n", "anna@exam_ple.org", "\u0430nna@example.org",
                                   "anna@@example.org", f"{'a' * 65}@example.org"])  # fmt: skip
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(BadConfig, match="no e-mail address"):
        address(email)


def test_a_line_that_was_edited_is_named(tmp_path: Path) -> None:
    join(tmp_path, "anna@example.org")
    with (tmp_path / ANNOTATORS).open("a") as file:
        file.write('{"email": "nobody"}\n')
    with pytest.raises(BadRunFolder, match=r"annotators\.jsonl:2"):
        read_roster(tmp_path)
