"""The documentation's curl examples: our calls send the same method, path, headers and JSON."""

from __future__ import annotations

import json
import re
import shlex
from typing import Any

import httpx
import pytest

from tests.colours import KEY, Script, colours
from tests.conftest import SHARED, needs_shared

# What each example asks, as a call with plain dicts, by a piece of its address and of its body.
CHAT = {
    "model": "gpt-5-nano-2025-08-07",
    "messages": [
        {"role": "system", "content": "You are a helpful assistant."},
        {"role": "user", "content": "Explain the benefits of AI."},
    ],
}
CALLS: dict[str, Any] = {
    "POST /v1/responses quickstart": lambda client, _: client.responses.create(
        model="openai/gpt-5-nano", input="Reply with: quickstart works", temperature=0
    ),
    "POST /v1/videos <video-model-id>": lambda client, _: client.videos.create(
        model="<video-model-id>", prompt="A cinematic sunrise over a mountain lake"
    ),
    "POST /v1/videos google/veo-3.1-lite": lambda client, _: client.videos.create(
        model="google/veo-3.1-lite",
        prompt="A cinematic sunrise over a mountain lake",
        duration=8,
        aspect_ratio="16:9",
    ),
    "GET /v1/videos/VIDEO_ID": lambda client, _: client.videos.retrieve("VIDEO_ID"),
    "GET /v1/videos/VIDEO_ID/content": lambda client, folder: client.videos.download(
        "VIDEO_ID", folder / "result.mp4"
    ),
    "POST /v1/videos/VIDEO_ID/download_url": lambda client, _: client.videos.download_url(
        "VIDEO_ID"
    ),
    "POST /v1/chat/completions": lambda client, _: client.chat.completions.create(**CHAT),
}


def curl_examples() -> list[dict[str, Any]]:
    """Read the curl commands of the documents."""
    folder = SHARED / "seeds"
    paths = sorted(folder.glob("*.txt")) if folder.is_dir() else []
    command = re.compile(r"^curl (?:.*\\\n)*.*?(?:'(?:[^'])*')?$", re.MULTILINE)
    return [
        {"document": path.name, **parse(text)}
        for path in paths
        for text in command.findall(path.read_text("utf-8"))
    ]


def parse(command: str) -> dict[str, Any]:
    """Read one curl command: method, address, headers, JSON."""
    words = shlex.split(command.replace("\\\n", " "))[1:]
    example: dict[str, Any] = {"method": None, "headers": {}, "json": None}
    while words:
        word = words.pop(0)
        if word == "-X":
            example["method"] = words.pop(0)
        elif word == "-H":
            name, _, value = words.pop(0).partition(": ")
            example["headers"][name.lower()] = value
        elif word == "-d":
            example["json"] = json.loads(words.pop(0))
        elif word == "--output":
            words.pop(0)
        else:
            example["url"] = httpx.URL(word)
    example["method"] = example["method"] or ("GET" if example["json"] is None else "POST")
    return example


def call_for(example: dict[str, Any]) -> Any:
    asked = f"{example['method']} {example['url'].path}"
    body = json.dumps(example["json"] or "")
    fitting = [
        call
        for name, call in CALLS.items()
        if " ".join(name.split()[:2]) == asked and all(word in body for word in name.split()[2:])
    ]
    assert len(fitting) == 1, f"no single call for {asked} {body}"
    return fitting[0]


EXAMPLES = curl_examples()


@needs_shared
def test_all_examples_are_found():
    """Eight commands in three of the five documents, and no call without one."""
    assert len(EXAMPLES) == 8
    assert {id(call_for(example)) for example in EXAMPLES} == {id(call) for call in CALLS.values()}


@needs_shared
@colours
@pytest.mark.parametrize(
    "example", EXAMPLES, ids=lambda one: f"{one['document'][:3]} {one['method']} {one['url'].path}"
)
def test_examples(example, colour, tmp_path):
    """Our call is the example's request."""
    call = call_for(example)

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/content"):
            return httpx.Response(200, content=b"video", headers={"content-type": "video/mp4"})
        return httpx.Response(200, json={"id": "G-1", "status": "queued", "url": "https://x.test"})

    script = Script(answer)
    base_url = str(example["url"]).split("/v1")[0] + "/v1"
    script.call(colour, lambda client: call(client, tmp_path), base_url=base_url)
    (sent,) = script.requests
    assert sent.method == example["method"]
    assert sent.url == example["url"]
    expected = {"authorization": f"Bearer {KEY}"}
    if "content-type" in example["headers"]:
        expected["content-type"] = "application/json"
    assert {name: sent.headers[name] for name in example["headers"]} == expected
    if example["json"] is None:
        assert sent.content == b""
    else:
        assert json.loads(sent.content) == example["json"]
