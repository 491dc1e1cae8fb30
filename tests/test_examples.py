"""The examples run as they are."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import socket
import subprocess
import sys
import time

import httpx

from aistats import AIStats, Poll
from aistats.sandbox import Sandbox
from tests.conftest import ROOT
from tests.reading import GENERATED

SECRET = "whsec_demo-not-a-real-secret"


def event_about(job_id: str) -> tuple[bytes, dict[str, str]]:
    """Sign an event as the gateway does."""
    data = {"id": job_id, "object": "video", "kind": "video", "status": "completed"}
    body = json.dumps({"id": "evt_1", "type": "video.completed", "data": data}).encode()
    now = str(int(time.time()))
    signature = hmac.new(SECRET.encode(), now.encode() + b"." + body, hashlib.sha256).hexdigest()
    return body, {"x-phaseo-timestamp": now, "x-phaseo-signature": signature}


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def test_the_webhook_receiver(tmp_path):
    """It saves the video of a job that ended, once, and refuses what is not signed."""
    port, path = free_port(), os.pathsep.join((str(GENERATED), str(ROOT)))
    with Sandbox() as gateway, AIStats(gateway.api_key, base_url=gateway.base_url) as client:
        job = client.videos.create(model="google/veo-3.1-lite", prompt="a lake", duration=8)
        job.wait(poll=Poll(floor=0, ceiling=0))
        settings = {"PYTHONPATH": path, "PORT": str(port), "AI_STATS_WEBHOOK_SECRET": SECRET}
        receiver = subprocess.Popen(  # noqa: S603 - our own code
            [sys.executable, str(ROOT / "examples" / "webhook_receiver.py")],
            cwd=tmp_path,
            env=os.environ | gateway.environment() | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        body, headers = event_about(job.id)
        with httpx.Client(transport=httpx.HTTPTransport(), trust_env=False) as sender, receiver:
            assert receiver.stdout
            answer = _post(sender, f"http://127.0.0.1:{port}", body, headers)
            assert answer.status_code == 204
            assert receiver.stdout.readline() == f"saved {job.id}.mp4\n"
            again = _post(sender, f"http://127.0.0.1:{port}", body, headers)
            forged = _post(sender, f"http://127.0.0.1:{port}", body + b" ", headers)
            assert (again.status_code, forged.status_code) == (204, 400)
            receiver.terminate()
            assert receiver.stdout.read() == ""
        assert (tmp_path / f"{job.id}.mp4").stat().st_size > 100
        gateway.requests.assert_called("videos.content", times=1)


def _post(sender: httpx.Client, url: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
    """Send it as soon as somebody listens."""
    give_up = time.monotonic() + 60
    while True:
        try:
            return sender.post(url, content=body, headers=headers)
        except httpx.ConnectError:
            if time.monotonic() > give_up:
                raise
