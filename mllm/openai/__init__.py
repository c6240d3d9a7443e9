"""Any server that speaks the OpenAI protocol: hosted ones, vLLM, Ollama, LM Studio, llama.cpp."""

from mllm.openai.backend import OpenAIModel

__all__ = ["OpenAIModel"]
