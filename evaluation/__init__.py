"""Placeholder until the room is written."""

__all__: list[str] = []
