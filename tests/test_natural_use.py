"""The code of `typing_use.py` does what its types say, against the sandbox."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import anyio
import pytest

from aistats import AIStats, AsyncAIStats
from aistats.results import ChatCompletion, Message, ResponseResult
from aistats.sandbox import Sandbox
from tests import typing_use as natural

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

URL = "/v1/chat/completions"
BODY = {
    "model": natural.MODEL,
    "max_tokens": 9,
    "messages": [{"role": "user", "content": "Hi"}],
}


@pytest.fixture(scope="module")
def gateway() -> Iterator[Sandbox]:
    """A gateway whose jobs end at once."""
    with Sandbox(seed=1) as gw:
        gw.videos.plan(polls=0)
        yield gw


@pytest.fixture(scope="module")
def client(gateway: Sandbox) -> Iterator[AIStats]:
    """A client of it."""
    with AIStats(
        gateway.api_key, management_key=gateway.management_key, base_url=gateway.base_url
    ) as one:
        yield one


@pytest.mark.parametrize(
    ("use", "kind"),
    [
        (natural.chat, str),
        (natural.conversation, type(None)),
        (natural.tools, str),
        (natural.logprobs, list),
        (natural.stream_chat, str),
        (natural.responses, str),
        (natural.response_tools, ResponseResult),
        (natural.stream_responses, str),
        (natural.messages, Message),
        (natural.stream_messages, str),
        (natural.embeddings, list),
        (natural.moderations, bool),
        (natural.models, dict),
        (natural.account, int),
    ],
)
def test_natural_code_works(use: object, kind: type, client: AIStats) -> None:
    """Every attribute that the page reads is there."""
    assert callable(use)
    result = use(client)
    assert isinstance(result, kind)
    assert result or kind in {bool, type(None), list}


@pytest.mark.parametrize("use", [natural.images, natural.audio, natural.videos, natural.batches])
def test_natural_code_with_files_works(use: object, client: AIStats, tmp_path: Path) -> None:
    """The same with a file."""
    path = tmp_path / "file.jsonl"
    path.write_text(json.dumps({"custom_id": "a", "method": "POST", "url": URL, "body": BODY}))
    assert callable(use)
    use(client, path)
    assert path.stat().st_size > 0


def test_results_are_handed_on(client: AIStats) -> None:
    """Lists of them, and what any of them can tell."""
    asked = client.chat.completions.create(
        model=natural.MODEL, messages=[{"role": "user", "content": "Hi"}]
    )
    assert isinstance(asked, ChatCompletion)
    assert list(natural.texts([asked, asked])) == [asked.output_text] * 2
    assert natural.any_result(asked) == "None"
    assert natural.last_word(asked.choices[0].message) in asked.output_text


def test_natural_async_code_works(gateway: Sandbox) -> None:
    """Many at once."""

    async def run() -> list[str]:
        async with AsyncAIStats(gateway.api_key, base_url=gateway.base_url) as client:
            return await natural.many(client, ["a", "b"])

    assert len(anyio.run(run)) == 2
