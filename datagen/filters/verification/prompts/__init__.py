"""What a verifier is told; the version of each prompt is part of the stage's config."""

from pathlib import Path

from datagen.prompting import Prompts

CHOICE, BLIND, JUDGEMENT = "choice.v1", "blind.v1", "judgement.v1"
prompt = Prompts(Path(__file__).parent)
