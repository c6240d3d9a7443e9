"""Whether the rooms that Python would import are ours."""

from importlib.util import find_spec
from pathlib import Path

ROOMS = ("schemas", "mllm", "evaluation", "datagen", "app")


def hidden_rooms() -> list[tuple[str, str]]:
    """Rooms that a folder or module of the user's, earlier on the import path, hides: (room, its place)."""
    home = Path(__file__).resolve().parent.parent
    hidden = []
    for room in ROOMS:
        spec = find_spec(room)
        origin = spec.origin if spec else None
        places = [origin] if origin else list(spec.submodule_search_locations or ()) if spec else []
        ours = [place for place in places if Path(place).resolve().is_relative_to(home / room)]
        if not ours:
            hidden.append((room, places[0] if places else "nowhere"))
    return hidden
