"""Samples of MMR-data's shape, made up."""

from pathlib import Path
from typing import Any

from schemas.mmr import Conversation, JsonRow, to_conversation

PLAIN = (
    ("What color is the car?", "The car is blue because of its paint."),
    ("How many dogs are there?", "There are two dogs on the grass."),
    ("What is the woman holding?", "The woman is holding an umbrella."),
    ("Where is the clock?", "The clock hangs above the door."),
)
LEADING = (
    ("Isn't the car red?", "No, the car is blue because of its paint."),
    ("Aren't there four dogs playing?", "No, there are two dogs on the grass."),
    ("Is the woman holding a kite?", "No, she holds an umbrella."),
    ("Doesn't the clock stand on the floor?", "No, the clock hangs above the door."),
)


def sample(said: tuple[tuple[str, str], ...], image: object = "a.jpg", given: object = "1", **more: Any) -> Any:
    """One sample; the mark of the image stands in its first turn, as in LLaVA's files."""
    turns = []
    for at, (question, answer) in enumerate(said):
        turns.append({"from": "human", "value": question if at else f"<image>\n{question}"})
        turns.append({"from": "gpt", "value": answer})
    return {"id": given, "image": image, "conversations": turns, **more}


def both(image: str = "a.jpg", given: str = "1", **more: Any) -> list[Any]:
    """A positive and a negative sample."""
    return [sample(PLAIN, image, given, **more), sample(LEADING, image, given, **more)]


def read(*samples: Any) -> list[Conversation]:
    """Samples as read from a list."""
    return [to_conversation(Path("talks.json"), JsonRow(at, value)) for at, value in enumerate(samples, 1)]
