import pytest

from app.batch_view import ago, show_out
from mllm.batch import Out


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "just now"),
        (59, "just now"),
        (60, "1 min ago"),
        (7_300, "2 h ago"),
        (86_400, "1 day ago"),
        (2e5, "2 days ago"),
    ],
)
def test_says_how_long_since_in_the_largest_unit(seconds: float, said: str) -> None:
    assert ago(seconds) == said


def test_says_what_is_out_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    show_out(Out(batches=2, ended=1, requests=3_120, answered=1_200, oldest=7_300.0, over_budget=True))
    said = capsys.readouterr().out
    assert "2 batches out with 3,120 requests (1,200 answered), the oldest sent 2 h ago; repeat the command" in said
    assert "More is to be asked than the budget has room for" in said
