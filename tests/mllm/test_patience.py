import pytest

from mllm.failure import Down, Throttled
from mllm.patience import Breaker
from schemas.errors import WorkFailed


def test_a_burst_of_failures_is_borne_however_many_were_out() -> None:
    breaker = Breaker(seconds=30)
    for _ in range(1_000):
        breaker.note(Down("503: back soon"))


def test_failures_that_last_stop_the_run_and_a_reply_in_between_forgives_them() -> None:
    breaker = Breaker(10, seconds=0)
    for _ in range(9):
        breaker.note(Down("503"))
    breaker.note(None)
    for _ in range(9):
        breaker.note(Down("503"))
    with pytest.raises(WorkFailed, match="failed 10 times in a row, last with: 503: gone"):
        breaker.note(Down("503: gone."))


def test_a_request_that_all_others_wait_for_is_given_up_sooner() -> None:
    breaker = Breaker(seconds=0)
    for _ in range(11):
        breaker.note(Down("503"), alone=True)
    with pytest.raises(WorkFailed, match="12 times"):
        breaker.note(Down("503"), alone=True)


def test_throttling_is_borne_longer() -> None:
    breaker = Breaker(seconds=0)
    for _ in range(499):
        breaker.note(Throttled("429"))
    with pytest.raises(WorkFailed, match="throttled 500 times"):
        breaker.note(Throttled("429"))
