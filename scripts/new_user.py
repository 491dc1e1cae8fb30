"""A new user's first hour, in an environment that holds the installed package and nothing else.

python -I new_user.py [README.md]    with a page: runs each block of Python on it as well
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import re
import sys
import tempfile
from pathlib import Path

import aistats
from aistats import AIStats, JobFailedError, Poll
from aistats.sandbox import Sandbox

FAST = Poll(floor=0, ceiling=0)
MODEL = "google/veo-3.1-lite"


def main() -> None:
    """Make a first call, meet a first failure, resume a first job in another process."""
    if Path(aistats.__file__).is_relative_to(Path.cwd() / "aistats"):
        raise SystemExit("the checkout was imported, not the installed package")
    with Sandbox() as gateway, AIStats(gateway.api_key, base_url=gateway.base_url) as client:
        first_call(client)
        first_failure(gateway, client)
        first_resumed_job(gateway, client)
    print(f"aistats {aistats.__version__}: first call, first failure, first resumed job: all well")
    for page in map(Path, sys.argv[1:]):
        print(f"{page.name}: {follow(page)} blocks ran")


def first_call(client: AIStats) -> None:
    """Ask for two words."""
    result = client.responses.create(
        model="openai/gpt-5-nano", input="Reply with: quickstart works"
    )
    if result.output_text != "quickstart works":
        raise SystemExit(f"unexpected answer: {result.output_text!r}")


def first_failure(gateway: Sandbox, client: AIStats) -> None:
    """Wait for a job that fails."""
    gateway.videos.plan(status="failed", error={"code": "moderation", "message": "refused"}, next=1)
    try:
        client.videos.create(model=MODEL, prompt="anything").wait(poll=FAST)
    except JobFailedError as error:
        if error.code != "moderation":
            raise SystemExit(f"unexpected failure: {error}") from error
    else:
        raise SystemExit("the failed job was taken for a finished one")


def first_resumed_job(gateway: Sandbox, client: AIStats) -> None:
    """Create a job here, finish it in another process."""
    job = client.videos.create(model=MODEL, prompt="a lake at dawn")
    arguments = (gateway.api_key, gateway.base_url, job.to_json())
    process = multiprocessing.get_context("spawn").Process(target=finish, args=arguments)
    process.start()
    process.join()
    if process.exitcode or not Path("result.mp4").stat().st_size:
        raise SystemExit("the job was not finished in the other process")


def finish(api_key: str, base_url: str, text: str) -> None:
    """Wait for a job that another process created, and fetch its video."""
    with AIStats(api_key, base_url=base_url) as client:
        client.jobs.from_json(text).wait(poll=FAST)
        client.videos.download(client.jobs.from_json(text).id, "result.mp4")


def follow(page: Path) -> int:
    """Run each block of Python on a page as it stands there, in an empty folder; count them."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    if not blocks:
        raise SystemExit(f"{page} has no Python: was it the README?")
    for block in blocks:
        with Sandbox() as gateway, tempfile.TemporaryDirectory() as folder:
            gateway.videos.plan(polls=0)  # ended when created: the waiter has nothing to sleep for
            os.environ.update(gateway.environment())
            with contextlib.chdir(folder), contextlib.redirect_stdout(None):
                exec(compile(block, page.name, "exec"), {"__name__": "__main__"})  # noqa: S102 - our own text
    return len(blocks)


if __name__ == "__main__":
    main()
