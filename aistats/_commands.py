"""What the commands of the command line do; `cli` reads their arguments."""

from __future__ import annotations

import importlib.util
import os
import shlex
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from attrs import asdict

from aistats._pace import Poll
from aistats._screen import Exit
from aistats._waiting import is_transient
from aistats.client import AIStats
from aistats.errors import (
    AIStatsError,
    ConfigurationError,
    ConnectionFailedError,
    JobFailedError,
    NotFoundError,
    one_line,
)
from aistats.results import request_id_of, usage_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Generator

    from aistats._screen import Screen
    from aistats.jobs import VideoJob

_VIDEO_OPTIONS = ("duration", "seconds", "aspect_ratio", "resolution", "size")


def doctor(_options: Namespace, screen: Screen) -> int:
    """Look over the set-up and say what is wrong with it."""
    from aistats import _doctor

    checks = list(_doctor.examine())
    for check in checks:
        screen.text(f"{check.mark:4}  {check.name:24}  {one_line(check.detail)}")
    code = next((check.code for check in checks if check.code), Exit.OK)
    told = [{"name": c.name, "result": c.mark, "detail": one_line(c.detail)} for c in checks]
    screen.record({"ok": not code, "exit_code": int(code), "checks": told})
    return code


def models(options: Namespace, screen: Screen) -> int:
    """List the models whose id or name has the wanted text in it."""
    wanted = options.filter.casefold()
    with AIStats() as client:
        for model in client.models.list():
            own_id, name = (str(model.get(field) or "") for field in ("id", "name"))
            if wanted in own_id.casefold() or wanted in name.casefold():
                screen.text(f"{one_line(own_id):48}  {one_line(name)}".rstrip())
                screen.record(model.to_dict())
    return Exit.OK


def ask(options: Namespace, screen: Screen) -> int:
    """Send one prompt and print the answer."""
    prompt = _stdin() if options.prompt == "-" else options.prompt
    question: Any = {
        "model": options.model,
        "messages": [{"role": "user", "content": prompt}],
    }
    with AIStats() as client:
        if options.stream:
            text, result = _streamed(client, question, screen)
        else:
            result = client.chat.completions.create(**question)
            text = result.output_text
            screen.text(text)
    usage = usage_of(result)
    facts = {"text": text, "usage": asdict(usage) if usage else None}
    screen.record({"model": options.model, **facts, "request_id": request_id_of(result)})
    return Exit.OK


def _stdin() -> str:
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"the prompt on stdin is not text: {error}") from None


def _streamed(client: AIStats, question: Any, screen: Screen) -> tuple[str, Any]:
    stream = client.chat.completions.stream(**question)
    with stream:
        try:
            for chunk in stream:
                if piece := chunk.text_delta:
                    screen.text(piece, end="")
                    screen.record({"delta": piece})
        finally:
            screen.text("")  # what was printed so far ends with a line end, also before an error
    return stream.text, stream


def create_video(options: Namespace, screen: Screen) -> int:
    """Create a video job, print its id at once, wait for it and fetch the video."""
    wishes: dict[str, Any] = {name: getattr(options, name) for name in _VIDEO_OPTIONS}
    given = {name: value for name, value in wishes.items() if value is not None}
    with AIStats() as client:
        try:
            job = client.videos.create(
                model=options.model, prompt=options.prompt, extra_body=dict(options.set), **given
            )
        except (KeyboardInterrupt, ConnectionFailedError) as error:
            if getattr(error, "may_have_run", True):
                screen.note("a job may have been created and billed; see: aistats video recent")
            raise
        if options.no_wait:
            _tell_created(job, screen, "aistats video wait ID --out FILE")
            return Exit.OK
        with _resumable(job, options, screen) as command:
            _tell_created(job, screen, command)
            _finish(job, options, screen)
    return Exit.OK


def wait_video(options: Namespace, screen: Screen) -> int:
    """Wait for a job that was created earlier and fetch its video."""
    with AIStats() as client:
        job = client.videos.job(options.id)
        with _resumable(job, options, screen):
            try:
                job = job.refresh()  # the waiter would sleep before its first look
            except AIStatsError as error:
                if not is_transient(error):
                    raise
            _finish(job, options, screen)
    return Exit.OK


def recent_videos(options: Namespace, screen: Screen) -> int:
    """List the video jobs of the last minutes, newest first, for an id that was lost."""
    since = datetime.now(UTC) - timedelta(minutes=options.minutes)
    with AIStats() as client:
        for job in client.videos.find_recent(since=since, model=options.model):
            facts = _facts(job)
            screen.text("  ".join(one_line(str(value)) for value in facts.values()))
            screen.record(facts)
    return Exit.OK


def problem_of(options: Namespace) -> str | None:
    """Say what is wrong with the file that a video is to go to, before anything is billed."""
    if "out" not in options or getattr(options, "no_wait", False):
        return None
    if options.out is None:
        return "--out FILE is missing: where should the video go?"
    folder = options.out.parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return f"--out {options.out}: the folder {folder} does not exist or cannot be written to"
    if options.out.is_dir():
        return f"--out {options.out} is a folder: name a file in it"
    if options.out.exists() and not options.overwrite:
        return f"--out {options.out} exists: pass --overwrite to replace it"
    return None


@contextmanager
def _resumable(job: VideoJob, options: Namespace, screen: Screen) -> Generator[str]:
    """Whatever stops the waiting, say how to go on with it."""
    words = ["aistats", "video", "wait", one_line(job.id), "--out", str(options.out)]
    command = shlex.join([*words, "--overwrite"] if options.overwrite else words)
    try:
        yield command
    except (JobFailedError, NotFoundError):
        raise  # it would end in the same way again
    except (KeyboardInterrupt, AIStatsError, OSError):
        screen.note(f"the job goes on without us; resume with: {command}")
        raise


def _tell_created(job: VideoJob, screen: Screen, command: str) -> None:
    screen.text(one_line(job.id))
    screen.record({"event": "created", **_facts(job), "resume": command})


def _finish(job: VideoJob, options: Namespace, screen: Screen) -> None:
    """Wait for the end, showing progress, then write the file."""
    bar = sys.stderr.isatty() and importlib.util.find_spec("tqdm") is not None
    pace = options.poll
    poll = None if pace is None else Poll(default=pace, floor=pace, ceiling=pace)
    seen = ""

    def tell(now: VideoJob) -> None:
        nonlocal seen
        before, seen = seen, repr(now)
        if seen != before:
            screen.record({"event": "update", **_facts(now)})
            if not bar:
                screen.note(one_line(repr(now)))

    done = job.wait(options.timeout, poll=poll, on_update=tell, progress=bar)
    path = done.download(options.out, overwrite=options.overwrite, progress=bar)
    screen.note(f"wrote {path} ({path.stat().st_size} bytes)")
    screen.record({"event": "finished", **_facts(done), "path": str(path)})


def _facts(job: VideoJob) -> dict[str, Any]:
    created = job.created_at
    return {
        "id": job.id,
        "status": job.status,
        "progress": job.progress,
        "created_at": created.isoformat() if created else None,
    }
