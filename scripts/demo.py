"""The main job end to end: a response, a streamed chat, and a video from prompt to file.

Runs against the local sandbox; with LIVE=1 and AI_STATS_API_KEY set, against the real gateway.
"""

from __future__ import annotations

import os
import time
from contextlib import ExitStack
from pathlib import Path

from aistats import AIStats, Poll, VideoJob, usage_of
from aistats.sandbox import Sandbox

TEXT_MODEL = "openai/gpt-5-nano"
VIDEO_MODEL = "google/veo-3.1-lite"


def main() -> None:
    """Run the three steps and say what happens."""
    target = Path(os.environ.get("OUT", "result.mp4"))
    with ExitStack() as stack:
        client = stack.enter_context(_client(stack))
        print(f"client: {client!r}\n")
        _response(client)
        _chat(client)
        _video(client, target)


def _client(stack: ExitStack) -> AIStats:
    if os.environ.get("LIVE") == "1":
        return AIStats()
    gateway = stack.enter_context(Sandbox())
    gateway.videos.plan(polls=3, poll_after_seconds=[1, 1, 2])
    return AIStats(gateway.api_key, base_url=gateway.base_url)


def _response(client: AIStats) -> None:
    result = client.responses.create(
        model=TEXT_MODEL, input="Reply with: quickstart works", temperature=0
    )
    print(f"1. response:  {result.output_text!r}  {usage_of(result)}")


def _chat(client: AIStats) -> None:
    print("2. chat:      ", end="", flush=True)
    stream = client.chat.completions.stream(
        model=TEXT_MODEL,
        messages=[{"role": "user", "content": "Reply with: a streamed answer, piece by piece"}],
    )
    with stream:
        for chunk in stream:
            if chunk.choices and (piece := chunk.choices[0].delta.content):
                print(piece, end="|", flush=True)
    print(f"  {stream.usage}")


def _video(client: AIStats, target: Path) -> None:
    job = client.videos.create(
        model=VIDEO_MODEL, prompt="A lake at dawn, mist rising", duration=8, aspect_ratio="16:9"
    )
    print(f"3. video:     created {job.id} (keep this id), {job.status}")
    seen = time.monotonic()

    def report(now: VideoJob) -> None:
        nonlocal seen
        before, seen = seen, time.monotonic()
        hint = now.raw.get("poll_after_seconds")
        print(f"   slept {seen - before:5.2f} s, then {now.status}, next look in {hint} s")

    video = job.wait(timeout=1800, poll=Poll(default=1.0), on_update=report)
    path = video.download(target, overwrite=True)
    print(f"   downloaded {path} ({path.stat().st_size} bytes)")


if __name__ == "__main__":
    main()
