import pytest

from datagen.embedding import TextEncoder, find_text_model
from datagen.embedding.sentences import sentence_way


@pytest.fixture(scope="session")
def encoder() -> TextEncoder:
    """The default model, as it comes."""
    return TextEncoder(find_text_model(), opening=sentence_way)
