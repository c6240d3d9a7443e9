"""How a guard's question is put."""

from evaluation.guard.contract import GuardItem

LETTER = "Answer with the option's letter from the given choices directly."
SHORT = "Answer the question using a single word or phrase."


def guard_prompt(item: GuardItem) -> str:
    """The question, its options a line each, and what form the answer is to have.

    Source of both instructions: "Improved Baselines with Visual Instruction Tuning" (arXiv 2310.03744, section 3.2 and
    table of prompts), which most models of the kind were tuned with.
    """
    if not item.options:
        return f"{item.question}\n{SHORT}"
    listed = "".join(f"\n{letter}. {text}" for letter, text in item.options.items())
    return f"{item.question}{listed}\n{LETTER}"
