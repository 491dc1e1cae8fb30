"""A gateway that costs next to nothing: every answer is ready before it is asked for.

A raw asyncio protocol, so that what is measured is the client. Run in a process of its own:
`python -m scripts.bench.server` prints its port and serves until its standard input closes.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from urllib.parse import parse_qs, urlsplit

from scripts.bench import payloads

SLOW_SECONDS = 1.0
_PIECE = b"\0" * (256 * 1024)
_HEAD_END = b"\r\n\r\n"


def answer(body: bytes, kind: bytes = b"application/json", extra: bytes = b"") -> bytes:
    """Give the bytes of a whole successful answer."""
    head = (
        b"HTTP/1.1 200 OK\r\ncontent-type: %s\r\ncontent-length: %d\r\nx-request-id: b-1\r\n%s\r\n"
    )
    return head % (kind, len(body), extra) + body


_READY = {
    "/chat/completions": answer(payloads.CHAT),
    "/messages": answer(payloads.MESSAGE),
    "/embeddings": answer(payloads.EMBEDDINGS),
    "/models": answer(payloads.MODELS),
    "/data/models": answer(b'{"data":[],"models":[]}'),
    "/peers/models": answer(payloads.OPENAI_MODELS),
    "/files": answer(payloads.FILE),
}
_STREAMS = {
    "/chat/completions": answer(payloads.CHAT_STREAM, b"text/event-stream"),
    "/messages": answer(payloads.MESSAGE_STREAM, b"text/event-stream"),
}


class Jobs:
    """Video jobs without a store: an id says when its job is done and how often to look."""

    def __init__(self) -> None:
        self.polls = 0
        self._random = random.Random(7)

    def create(self, query: dict[str, list[str]]) -> bytes:
        """Start a job that takes between `shortest` and `longest` seconds."""
        shortest, longest = float(query["shortest"][0]), float(query["longest"][0])
        done = time.time() + self._random.uniform(shortest, longest)
        return self._snapshot(f"video_{done:.3f}_{query['hint'][0]}")

    def look(self, job_id: str) -> bytes:
        """Count a poll and tell how the job is."""
        self.polls += 1
        return self._snapshot(job_id)

    def statistics(self) -> bytes:
        """Tell how many polls came since the last time this was asked."""
        polls, self.polls = self.polls, 0
        return answer(json.dumps({"polls": polls}).encode())

    def _snapshot(self, job_id: str) -> bytes:
        _, done, hint = job_id.split("_")
        over = time.time() >= float(done)
        status = "completed" if over else "in_progress"
        body = {
            "id": job_id, "object": "video", "model": "m", "created_at": 1, "status": status,
            "progress": 100 if over else 50, "poll_after_seconds": int(hint), "seconds": "8",
            "size": "1280x720", "finished": float(done),
        }  # fmt: skip
        hint_header = b"openai-poll-after-ms: %d\r\n" % (int(hint) * 1000)
        return answer(json.dumps(body).encode(), extra=hint_header)


class Connection(asyncio.Protocol):
    """One keep-alive connection: takes a request at a time and never keeps an upload."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._data = b""
        self._transport: asyncio.Transport
        self._head = ""
        self._skip = 0
        self._chunked = False
        self._start = b""
        self._to_send = 0
        self._full = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  # what create_server gives
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Pass over bodies, answer at their end."""
        if self._head:
            self._body(data)
            return
        self._data += data
        if (end := self._data.find(_HEAD_END)) < 0:
            return
        self._head, rest = self._data[:end].decode("latin-1"), self._data[end + 4 :]
        self._data = b""
        lower = self._head.lower()
        self._chunked = "transfer-encoding: chunked" in lower
        _, _, length = lower.partition("content-length: ")
        self._skip = int(length.partition("\r\n")[0]) if length else 0
        self._start = b""
        self._body(rest)

    def _body(self, data: bytes) -> None:
        if len(self._start) < 4096:
            self._start += data[:4096]
        self._skip -= len(data)
        if self._chunked:
            self._data = (self._data + data)[-5:]
            over = self._data == b"0\r\n\r\n"
        else:
            over = self._skip <= 0
        if over:
            head, self._head, self._data = self._head, "", b""
            self._respond(*head.split(" ", 2)[:2])

    def _respond(self, method: str, target: str) -> None:
        url = urlsplit(target)
        path = url.path.removeprefix("/v1").replace("/peers/v1/", "/peers/")
        path = path if path == "/peers/models" else path.removeprefix("/peers")
        if path.startswith("/slow"):
            ready = _READY[path.removeprefix("/slow").removeprefix("/v1")]
            asyncio.get_running_loop().call_later(SLOW_SECONDS, self._transport.write, ready)
        elif path in _STREAMS and (b'"stream":true' in self._start.replace(b" ", b"")):
            self._transport.write(_STREAMS[path])
        elif path.endswith("/content"):
            self._send_video()
        elif "/videos" in path:
            self._job(method, path)
        elif path == "/statistics":
            self._transport.write(self._jobs.statistics())
        else:
            self._transport.write(_READY[path])

    def _job(self, method: str, path: str) -> None:
        """Answer `/jobs/SHORTEST-LONGEST-HINT/v1/videos[/ID]`."""
        name = path.rpartition("/")[2]
        if method == "POST":
            shortest, longest, hint = path.split("/")[2].split("-")
            query = parse_qs(f"shortest={shortest}&longest={longest}&hint={hint}")
            self._transport.write(self._jobs.create(query))
        else:
            self._transport.write(self._jobs.look(name))

    def _send_video(self) -> None:
        head = b"HTTP/1.1 200 OK\r\ncontent-type: video/mp4\r\ncontent-length: %d\r\n\r\n"
        self._transport.write(head % payloads.VIDEO_BYTES)
        self._to_send = payloads.VIDEO_BYTES
        self._transport.set_write_buffer_limits(high=1024 * 1024)
        self.resume_writing()

    def pause_writing(self) -> None:
        """Note that the client reads more slowly than this can send."""
        self._full = True

    def resume_writing(self) -> None:
        """Send more of the video, until the client is behind again."""
        self._full = False
        while self._to_send > 0 and not self._full and not self._transport.is_closing():
            piece = _PIECE[: self._to_send]
            self._to_send -= len(piece)
            self._transport.write(piece)


async def serve() -> None:
    """Print the port, then serve until standard input closes."""
    loop, jobs = asyncio.get_running_loop(), Jobs()
    server = await loop.create_server(lambda: Connection(jobs), "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve())
