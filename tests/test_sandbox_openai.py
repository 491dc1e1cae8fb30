"""A client that is not ours works against the sandbox: it is a gateway, and not our mirror."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openai
import pytest

from aistats.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def gw() -> Iterator[Sandbox]:
    """A fresh sandbox."""
    with Sandbox(seed=9) as gateway:
        yield gateway


@pytest.fixture
def stock(gw: Sandbox) -> Iterator[openai.OpenAI]:
    """The vendor's own client, pointed at the sandbox and told not to retry."""
    with openai.OpenAI(api_key=gw.api_key, base_url=gw.base_url, max_retries=0) as client:
        yield client


def test_chat(stock: openai.OpenAI) -> None:
    """A whole answer, with its usage."""
    answer = stock.chat.completions.create(
        model="openai/gpt-4.1-mini",
        messages=[{"role": "user", "content": "Reply with: quickstart works"}],
    )
    assert answer.choices[0].message.content == "quickstart works"
    assert answer.usage is not None
    assert answer.usage.total_tokens > 0


@pytest.mark.parametrize("model", ["openai/gpt-4.1-mini", "anthropic/claude-haiku-4.5"])
def test_chat_streamed(stock: openai.OpenAI, model: str) -> None:
    """Chunks; the other dialect ends in a whole completion, which has no delta."""
    chunks = stock.chat.completions.create(
        model=model, messages=[{"role": "user", "content": "hello there"}], stream=True
    )
    pieces = [
        chunk.choices[0].delta.content or ""
        for chunk in chunks
        if chunk.object == "chat.completion.chunk" and chunk.choices
    ]
    assert "".join(pieces) == "You said: hello there"


def test_responses(stock: openai.OpenAI) -> None:
    """A whole response, and its text."""
    answer = stock.responses.create(model="openai/gpt-5-nano", input="hello there")
    assert answer.output_text == "You said: hello there"


def test_responses_streamed(stock: openai.OpenAI) -> None:
    """Typed events up to the last one."""
    found = list(stock.responses.create(model="openai/gpt-5-nano", input="hi", stream=True))
    assert found[0].type == "response.created"
    assert found[-1].type == "response.completed"


def test_embeddings(stock: openai.OpenAI) -> None:
    """Packed as base64, as this client asks for them by itself."""
    answer = stock.embeddings.create(model="openai/text-embedding-3-small", input=["a", "b"])
    assert [len(row.embedding) for row in answer.data] == [1536, 1536]


def test_a_refusal_is_an_error_of_the_right_class(stock: openai.OpenAI, gw: Sandbox) -> None:
    """By its status; the body is the gateway's, which this client does not know."""
    gw.fail(status=429)
    with pytest.raises(openai.RateLimitError):
        stock.chat.completions.create(
            model="openai/gpt-4.1-mini", messages=[{"role": "user", "content": "x"}]
        )
    with pytest.raises(openai.BadRequestError):
        stock.embeddings.create(model="nope", input="x")


def test_the_key_is_checked(gw: Sandbox) -> None:
    """A key that the gateway does not know is refused."""
    stranger = openai.OpenAI(api_key="sk-x", base_url=gw.base_url, max_retries=0)
    with stranger, pytest.raises(openai.AuthenticationError) as caught:
        stranger.models.list()
    assert caught.value.response.json()["reason"] == "invalid_key_format"
