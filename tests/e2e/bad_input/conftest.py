from tests.app.conftest import leadproof

__all__ = ["leadproof"]
