"""First the image's content is extracted, once an image; then the question is asked with it at hand.

After the content-guided reasoning of the later version of arXiv 2406.10638 (MMVU, section 5); the wording is ours.
"""

from evaluation.strategies.contract import Answered, Asking, Strategy
from mllm import Chain, Request

EXTRACTION = (
    "Note what this image clearly shows, a line each, and nothing that has to be guessed:\n"
    "Text: words, letters and numbers that can be read.\n"
    "Objects: each kind with its count, colours, shape and material.\n"
    "People and animals: what they look like, their posture, what they are doing.\n"
    "Places: where things are, and how they stand to each other.\n"
    "Scene: where and when this may be, as far as it can be seen."
)
EXTRACTION_TOKENS = 600
MOST_CONTENT = 4_000  # characters
GUIDED = (
    "Notes on this image, made before the question was known; where they and the image differ, the image is right:"
    "\n<notes>\n{content}\n</notes>\n\n"
)


def ask(asking: Asking) -> Chain[Answered]:
    """Have the content extracted, then ask with it."""
    look = asking.shown(EXTRACTION)
    (seen,) = yield [Request(asking.about, "content", (look,), max_tokens=EXTRACTION_TOKENS, seed=asking.seed)]
    if seen.status != "ok":
        return Answered(seen, (look,))
    content = seen.text.strip()[:MOST_CONTENT].replace("</notes>", "< /notes>")
    turn = asking.shown(GUIDED.format(content=content) + asking.question)
    (outcome,) = yield [asking.last(turn)]
    return Answered(outcome, (turn,), notes={"content": content})


CONTENT_GUIDED = Strategy("content-guided", "1", ask, image=True)
