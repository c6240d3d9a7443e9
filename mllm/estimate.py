"""What a command would cost, before anything is sent."""

from dataclasses import dataclass, field

from mllm.asking import Asker
from mllm.picture import Detail
from mllm.request import Request
from mllm.tokens import REPLY_SHARE, request_tokens

ENOUGH = 5  # replies of a step from which their mean is taken for the rest


@dataclass
class Estimate:
    """Requests, tokens and USD of what is still to be asked; ``measured`` where a pilot's replies say it."""

    asker: Asker
    requests: dict[str, int] = field(default_factory=dict)  # by step
    kept: int = 0  # already in the journal
    prompt_tokens: float = 0.0
    completion_tokens: float = 0.0
    measured: bool = True

    def add(self, request: Request, sizes: list[tuple[int, int]], *, prompt_more: int = 0) -> None:
        """Count a request that is not in the journal.

        Args:
            request: It, or one like it.
            sizes: Of its images as they are sent.
            prompt_more: Tokens that the one meant has more than this one.
        """
        self.requests[request.step] = self.requests.get(request.step, 0) + 1
        mean = self.asker.journal.means(self.asker.asked, request.step)
        if mean.replies >= ENOUGH:
            self.prompt_tokens += mean.prompt_tokens
            self.completion_tokens += mean.completion_tokens
            return
        self.measured = False
        detail: Detail = self.asker.terms.transform.detail
        count = request_tokens(request, sizes, detail, self.asker.till.tariff.images)
        self.prompt_tokens += count.likely + prompt_more
        self.completion_tokens += request.max_tokens * REPLY_SHARE

    @property
    def usd(self) -> float | None:
        """USD of all that; None where the price is unknown."""
        return self.asker.till.tariff.usd(round(self.prompt_tokens), round(self.completion_tokens))
