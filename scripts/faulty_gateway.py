"""A fast local gateway for video jobs that misbehaves: the other side of `soak`.

Which request meets which fault follows from a seed and the job, not from timing, so that a run can
be repeated. What a job's end ought to be follows from its prompt (`fate`).
"""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import json
import sys
import time
from collections import Counter
from typing import Any, cast

RATE = 0.15
_MOST_IN_A_ROW = 3  # faults that one job meets, so that a patient waiter always gets through
_PAGE = 100  # the newest jobs, which is all that the list shows
_BROKEN = 40  # one job in so many can never be looked at, only found in the list

_UPSTREAM = {"error": "upstream_error", "error_type": "system", "error_origin": "upstream"}
BODIES_OF_502: tuple[Any, ...] = (
    {**_UPSTREAM, "generation_id": "G-F", "status_code": 502, "description": "It failed.",
     "reason": "all_candidates_failed", "failed_statuses": [500], "failed_providers": ["openai"]},
    {**_UPSTREAM, "reason": "video_provider_upstream_error", "upstream_status": 429},
    {**_UPSTREAM, "reason": "minimax_api_error", "upstream_error": {"code": 2013, "message": "x"}},
    {"error": {"type": "upstream_error", "message": "It failed."}},
    {"requestId": "G-F", "error": "normalization_failed", "upstreamStatus": 200},
    ["not", "an", "object"],
    "<html><title>502 Bad Gateway</title></html>",
    "",
)  # fmt: skip
_EVERY_502 = itertools.cycle(BODIES_OF_502)
LOOK_FAULTS = (
    *("reset", "late reset", "429", "502", "503", "520", "html", "truncated", "cut", "slow"),
    *("unknown status", "no hint", "garbage hint", "no status"),
)
HARMLESS = frozenset({"slow", "unknown status", "no hint", "garbage hint", "no status"})
CREATE_FAULTS = (
    *("reset", "created, reset", "created, cut", "created, html", "created, truncated"),
    *("429", "502", "500", "created, 504", "slow"),
)
_FATES = ("completed",) * 12 + ("succeeded", "complete", "failed", "error", "cancelled",
                                "canceled", "expired")  # fmt: skip
_ENDS = {"succeeded": "completed", "complete": "completed", "error": "failed",
         "canceled": "cancelled"}  # fmt: skip
_FAILURES: tuple[Any, ...] = ({"code": "server_error", "message": "It broke."}, "It broke.", None)


def chance(*what: object) -> float:
    """Give a number in [0, 1) that follows from `what`."""
    digest = hashlib.blake2b(repr(what).encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") / 2**32


def fate(prompt: str) -> str:
    """Give how the job of this prompt ends: completed, failed, cancelled or expired."""
    word = _word(prompt)
    return _ENDS.get(word, word)


def _word(prompt: str) -> str:
    return _FATES[int(chance("fate", prompt) * len(_FATES))]


class Job:
    """One job, as far as it is."""

    def __init__(self, number: int, prompt: str) -> None:
        self.id = f"G-{number:026d}"
        self.prompt = prompt
        self.created_at = time.time()
        self.looks = 0
        self.faults_in_a_row = 0
        self.ends_at_look = 2 + int(chance("length", prompt) * 4)
        self.broken = chance("broken", prompt) * _BROKEN < 1

    def snapshot(self, *, ended: bool) -> dict[str, Any]:
        """Give the job's JSON."""
        raw: dict[str, Any] = {
            "id": self.id,
            "object": "video",
            "status": _word(self.prompt) if ended else "processing",
            "lifecycle_status": "running",
            "poll_after_seconds": round(0.1 + chance(self.id, self.looks) * 0.5, 3),
            "created_at": int(self.created_at),
            "model": "sora-2",
            "prompt": self.prompt,
            "outputs": [],
        }
        if ended:
            del raw["lifecycle_status"]
            error = _FAILURES[int(chance("error", self.prompt) * len(_FAILURES))]
            raw |= {"error": error} if fate(self.prompt) == "failed" and error else {}
        return raw


class Gateway:
    """All jobs, and the counts that the soak test asks for."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.jobs: dict[str, Job] = {}
        self.created: Counter[str] = Counter()
        self.asked: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.requests = 0
        self.connections = 0
        self.looks_under_way = self.most_looks = 0

    def stats(self) -> dict[str, Any]:
        """Give what happened so far."""
        return {
            "created": self.created,
            "faults": self.faults,
            "requests": self.requests,
            "connections": self.connections - 1,  # but for the one that asks
            "most_looks": self.most_looks,
        }

    def answer(self, method: str, path: str, body: bytes) -> tuple[str, Any]:
        """Give a fault (or "") and the JSON of one request."""
        self.requests += 1
        where, _, _ = path.partition("?")
        if where == "/stats":
            return "", self.stats()
        if method == "POST":
            return self._create(json.loads(body)["prompt"])
        if where == "/v1/videos":
            return self._list()
        return self._look(where.rpartition("/")[2])

    def _fault(self, faults: tuple[str, ...], *what: object) -> str:
        if chance(self.seed, "whether", *what) >= RATE:
            return ""
        fault = faults[int(chance(self.seed, "which", *what) * len(faults))]
        self.faults[fault] += 1
        return fault

    def _create(self, prompt: str) -> tuple[str, Any]:
        self.asked[prompt] += 1
        fault = self._fault(CREATE_FAULTS, "create", prompt, self.asked[prompt])
        if fault not in ("", "slow") and not fault.startswith("created"):
            return fault, {}
        self.created[prompt] += 1
        job = Job(len(self.jobs), prompt)
        self.jobs[job.id] = job
        raw = job.snapshot(ended=False)
        return fault.removeprefix("created, "), {**raw, "status": "queued", "requestId": job.id}

    def _list(self) -> tuple[str, Any]:
        self.asked["list"] += 1
        fault = self._fault(("reset", "502", "503", "slow"), "list", self.asked["list"])
        newest = list(self.jobs.values())[: -_PAGE - 1 : -1]
        # The stored state is brought up to date by the clock, not by looks.
        items = [job.snapshot(ended=time.time() > job.created_at + 3) for job in newest]
        return fault, {"object": "list", "data": items, "has_more": False}

    def _look(self, job_id: str) -> tuple[str, Any]:
        job = self.jobs.get(job_id)
        if job is None:
            return "404", {"error": "not_found", "reason": "video_not_found_or_not_owned"}
        if job.broken and len(self.jobs) - int(job_id[2:]) <= _PAGE:
            self.faults["never answered"] += 1
            return "502", {}
        job.looks += 1
        fault = self._fault(LOOK_FAULTS, "look", job.prompt, job.looks)
        job.faults_in_a_row += 1
        if not fault or fault in HARMLESS:
            job.faults_in_a_row = 0
        elif job.faults_in_a_row > _MOST_IN_A_ROW:
            fault, job.faults_in_a_row = "", 0
        ended = job.looks >= job.ends_at_look and fault not in ("unknown status", "no status")
        return fault, _disguised(fault, job.snapshot(ended=ended))


def _disguised(fault: str, raw: dict[str, Any]) -> dict[str, Any]:
    if fault == "unknown status":
        raw |= {"status": "contemplating"}
    elif fault == "no status":
        raw.pop("status")
    elif fault == "no hint":
        raw.pop("poll_after_seconds")
    elif fault == "garbage hint":
        garbage = (True, -1, "x", None, 10**400)
        raw["poll_after_seconds"] = garbage[int(chance(raw["id"]) * len(garbage))]
    return raw


class Connection(asyncio.Protocol):
    """One connection: reads whole requests, answers in order, breaks off where a fault wants it."""

    transport: asyncio.Transport

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count it."""
        self.transport = cast("asyncio.Transport", transport)
        self._gateway.connections += 1

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's name
        """Count it out."""
        self._gateway.connections -= 1

    def data_received(self, data: bytes) -> None:
        """Answer once a request is whole; a client never sends a second one before."""
        self._data += data
        head, separator, body = self._data.partition(b"\r\n\r\n")
        if not separator or len(body) < _length(head):
            return
        self._data = b""
        method, path, _ = head.split(b" ", 2)
        fault, answer = self._gateway.answer(method.decode(), path.decode(), body)
        gateway = self._gateway
        gateway.looks_under_way += 1
        gateway.most_looks = max(gateway.most_looks, gateway.looks_under_way)
        delay = 0.5 if fault in ("slow", "late reset") else 0.02
        asyncio.get_running_loop().call_later(delay, self._finish, fault, answer)

    def _finish(self, fault: str, answer: Any) -> None:
        self._gateway.looks_under_way -= 1
        if fault in ("reset", "late reset"):
            self.transport.abort()
            return
        status, kind, body = _rendered(fault, answer)
        length = len(body) + (40 if fault == "cut" else 0)
        after = "retry-after: 0\r\n" if fault == "429" else ""
        head = f"HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n{after}"
        self.transport.write(head.encode() + b"\r\n" + body)
        if fault == "cut":
            self.transport.close()


_BETWEEN = "text/html", b"<html>a page of somebody in between</html>"
_PAGES: dict[str, tuple[int, str, bytes]] = {
    "html": (200, *_BETWEEN),
    **{str(status): (status, *_BETWEEN) for status in (503, 504, 520)},
    "500": (500, "text/plain", b"Internal Server Error"),
    "429": (429, "application/json", b'{"error": "rate_limited"}'),
}


def _rendered(fault: str, answer: Any) -> tuple[int, str, bytes]:
    if fault in _PAGES:
        return _PAGES[fault]
    if fault == "502":
        body = next(_EVERY_502)
        text = body if isinstance(body, str) else json.dumps(body)
        return 502, "text/html" if isinstance(body, str) else "application/json", text.encode()
    text = json.dumps(answer)
    if fault == "truncated":
        text = text[: len(text) // 2]
    return 404 if fault == "404" else 200, "application/json", text.encode()


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


async def serve(seed: int) -> None:
    """Listen on a free port, print it, and go on until the process is ended."""
    gateway = Gateway(seed)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(gateway), "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
