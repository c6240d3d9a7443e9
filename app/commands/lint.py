def lint() -> None:
    """x."""
