"""``leadproof annotate``: the commands about people, and how what they say is shown."""

__all__: list[str] = []
