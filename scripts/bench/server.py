"""A gateway that costs next to nothing: every answer is ready before it is asked for.

A raw asyncio protocol, so that what is measured is the client. Run in a process of its own:
`python -m scripts.bench.server` prints its port and serves until its standard input closes.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import tempfile
import time

EVENTS = 20_000
VIDEO_BYTES = 200 * 1024 * 1024
SLOW_SECONDS = 1.0
_USAGE = {
    "prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12,
    "pricing": {"total_nanos": 4500, "total_usd_str": "0.0000045", "currency": "USD"},
}  # fmt: skip


def _bytes(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _answer(body: bytes, kind: bytes = b"application/json", extra: bytes = b"") -> bytes:
    head = b"HTTP/1.1 200 OK\r\ncontent-type: %s\r\ncontent-length: %d\r\n%s\r\n"
    return head % (kind, len(body), extra) + body


def _chat() -> bytes:
    message = {"role": "assistant", "content": "Hello there!", "refusal": None}
    choice = {"index": 0, "finish_reason": "stop", "logprobs": None, "message": message}
    head = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "m"}
    return _bytes({**head, "choices": [choice], "usage": _USAGE})


def _chat_stream() -> bytes:
    head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    word = {"index": 0, "delta": {"content": "word "}, "finish_reason": None}
    end = {"index": 0, "delta": {}, "finish_reason": "stop"}
    data = [b"data: %s\n\n" % _bytes({**head, "choices": [each]}) for each in (word, end)]
    return data[0] * (EVENTS - 1) + data[1] + b"data: [DONE]\n\n"


def _embeddings() -> bytes:
    numbers = random.Random(1)
    vectors = [[numbers.uniform(-0.1, 0.1) for _ in range(1536)] for _ in range(100)]
    data = [{"object": "embedding", "index": i, "embedding": v} for i, v in enumerate(vectors)]
    return _bytes({"object": "list", "model": "m", "data": data, "usage": {"total_tokens": 100}})


def _model(number: int) -> dict[str, object]:
    name = f"vendor/model-{number}"
    pricing = {"input_text": "0.000002", "output_text": "0.000008", "unit": "token"}
    offer = {
        "provider_id": "provider", "model": name, "quantization": None, "pricing": pricing,
        "effective_from": "2026-01-01T00:00:00+00:00", "effective_to": None,
        "parameters": ["temperature", "top_p", "max_tokens", "tools", "tool_choice"],
    }  # fmt: skip
    return {
        "id": name, "object": "model", "created": 1, "owned_by": "vendor", "name": name,
        "description": "Reads text and images, uses tools. " * 8, "aliases": [],
        "organization": {"id": "vendor", "name": "Vendor", "color": "#123456"},
        "modalities": {"input": ["text", "image"], "output": ["text"]},
        "limits": {"input_tokens": 128000, "output_tokens": 32000}, "offers": [offer] * 4,
    }  # fmt: skip


_MODELS = [_model(number) for number in range(250)]
_FILE = {"id": "file-1", "object": "file", "bytes": 1, "created_at": 1, "filename": "upload.bin",
         "purpose": "batch", "status": "processed"}  # fmt: skip
_PAGE = {"ok": True, "availability_mode": "all", "limit": 250, "offset": 0, "total": 250}
_CHAT = _answer(_chat())
_STREAM = _answer(_chat_stream(), b"text/event-stream")
_READY = {
    "/v1/chat/completions": _CHAT,
    "/v1/embeddings": _answer(_embeddings()),
    "/v1/models": _answer(_bytes({**_PAGE, "models": _MODELS})),
    # The same models in the envelope that `openai` reads.
    "/openai/v1/models": _answer(_bytes({"object": "list", "data": _MODELS, "has_more": False})),
    "/v1/data/models": _answer(b'{"data":[],"models":[]}'),  # `phaseo` looks there first
    "/v1/files": _answer(_bytes(_FILE)),
}


class Jobs:
    """Video jobs without a store: an id says when its job is done and how often to look."""

    def __init__(self) -> None:
        self._looks = 0
        self._random = random.Random(7)

    def answer(self, method: str, path: str) -> bytes:
        """Answer `/jobs/SHORTEST-LONGEST-HINT/v1/videos[/ID]`; times are in seconds."""
        if method == "POST":
            shortest, longest, hint = path.split("/")[2].split("-")
            done = time.time() + self._random.uniform(float(shortest), float(longest))
            return self._snapshot(f"video_{done:.3f}_{hint}")
        self._looks += 1
        return self._snapshot(path.rpartition("/")[2])

    def looks(self) -> bytes:
        """Tell how many looks came since this was asked last."""
        looks, self._looks = self._looks, 0
        return _answer(_bytes(looks))

    @staticmethod
    def _snapshot(job_id: str) -> bytes:
        _, done, hint = job_id.split("_")
        over = time.time() >= float(done)
        body = {
            "id": job_id, "object": "video", "model": "m", "created_at": 1,
            "status": "completed" if over else "in_progress", "progress": 100 if over else 50,
            "poll_after_seconds": int(hint), "seconds": "8", "size": "1280x720",
            "finished": float(done),
        }  # fmt: skip
        openai_hint = b"openai-poll-after-ms: %d\r\n" % (int(hint) * 1000)
        return _answer(_bytes(body), extra=openai_hint)


class Connection(asyncio.Protocol):
    """One keep-alive connection: takes a request at a time and never keeps an upload."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._data = self._start = b""
        self._transport: asyncio.Transport
        self._head = ""
        self._missing = 0
        self._sending: asyncio.Future[None]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  # what create_server gives
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Pass over bodies, answer at their end; every client tells the length."""
        if not self._head:
            self._data += data
            head, separator, data = self._data.partition(b"\r\n\r\n")
            if not separator:
                return
            self._head, self._data, self._start = head.decode("latin-1"), b"", data[:4096]
            length = self._head.lower().partition("content-length: ")[2].partition("\r\n")[0]
            self._missing = int(length or 0)
        elif len(self._start) < 4096:
            self._start += data[:4096]
        self._missing -= len(data)
        if self._missing <= 0:
            head_line, self._head = self._head, ""
            self._respond(*head_line.split(" ", 2)[:2])

    def _respond(self, method: str, target: str) -> None:
        path = target.partition("?")[0]
        if path.startswith("/slow"):
            asyncio.get_running_loop().call_later(SLOW_SECONDS, self._transport.write, _CHAT)
        elif b'"stream":true' in self._start.replace(b" ", b""):
            self._transport.write(_STREAM)
        elif path.endswith("/content"):
            self._sending = asyncio.ensure_future(self._send_video())
        elif path.startswith("/jobs/"):
            self._transport.write(self._jobs.answer(method, path))
        else:
            self._transport.write(self._jobs.looks() if path == "/looks" else _READY[path])

    async def _send_video(self) -> None:
        head = b"HTTP/1.1 200 OK\r\ncontent-type: video/mp4\r\ncontent-length: %d\r\n\r\n"
        self._transport.write(head % VIDEO_BYTES)
        with tempfile.TemporaryFile() as zeros:
            zeros.truncate(VIDEO_BYTES)
            await asyncio.get_running_loop().sendfile(self._transport, zeros)


async def serve() -> None:
    """Print the port, then serve until standard input closes."""
    loop, jobs = asyncio.get_running_loop(), Jobs()
    server = await loop.create_server(lambda: Connection(jobs), "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve())
