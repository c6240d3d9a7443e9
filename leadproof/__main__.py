"""The ``leadproof`` command."""

import sys


def main() -> None:
    """Run the command line, unless a user's folder hides one of our rooms."""
    from leadproof.rooms import hidden_rooms

    for room, place in hidden_rooms():
        sys.stderr.write(
            f"leadproof: {place} hides leadproof's own package {room!r}. "
            "Rename it, or run leadproof from another folder and without that PYTHONPATH.\n"
        )
        sys.exit(2)
    from app.cli import run

    run()


if __name__ == "__main__":
    main()
