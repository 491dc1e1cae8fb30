"""The command line (extra `cli`): a set-up looked over, a question asked, a video never lost.

docs/cli.md says what it promises to scripts. Only what `aistats` exports is used here.
"""

from __future__ import annotations

import io
import json
import os
import re
import select
import shlex
import sys
import tempfile
import warnings
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

import aistats  # its names are loaded when they are used: --help needs no client

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # what a terminal would obey, not show
_PLAIN: dict[str, Any] = {"rich_markup_mode": None, "pretty_exceptions_enable": False}
app: typer.Typer = typer.Typer(
    help="The AI Stats Gateway from a terminal.", add_completion=False, **_PLAIN
)
video: typer.Typer = typer.Typer(help="Make a video, wait for one, list and fetch them.", **_PLAIN)
app.add_typer(video, name="video")


def _setting(text: str) -> tuple[str, object]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise typer.BadParameter(f"{text!r} is not of the form NAME=VALUE")
    try:
        return name, json.loads(value)
    except (ValueError, RecursionError):
        return name, value


Out = Annotated[str | None, typer.Option(metavar="FILE", help="Where the video goes.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace FILE if it exists.")]
NoWait = Annotated[bool, typer.Option("--no-wait", help="Print the id and stop.")]
Timeout = Annotated[int, typer.Option(min=0, help="Seconds to wait.")]
Pace = Annotated[int | None, typer.Option(min=0, help="Seconds between looks, else the gateway's.")]
Settings = Annotated[
    list[Any], typer.Option("--set", parser=_setting, metavar="NAME=VALUE", help="JSON, or text.")
]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; leave with its exit code through `SystemExit`, or give it."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # it may not know every sign of an answer
    try:
        app(argv, prog_name="aistats")
    except OSError as error:  # of --help, or of a complaint about arguments
        _note(f"aistats: {error}")
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):
                _put(stream, "", end="")  # Python's flush at the end finds nothing that can fail
    return 1


@app.command()
def doctor() -> None:
    """Look over keys, base URL and gateway; costs nothing."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")  # the prefix of a key may be retired
        with _client(timeout=15.0, retry=aistats.Retry(attempts=1)) as client:
            rows = [("warning", str(each.message), 0) for each in told]
            rows.append(_checked("gateway", client.health.check))
            if os.environ.get("AI_STATS_API_KEY"):
                rows.append(_checked("inference key", client.key.retrieve))
            if os.environ.get("AI_STATS_MANAGEMENT_KEY"):
                rows.append(_checked("management key", client.credits.retrieve))
            if not re.search(r"/v\d+/*\s*$", os.environ.get("AI_STATS_BASE_URL") or "/v1"):
                failed = any(code for *_, code in rows)
                rows.insert(0, ("base URL", "it does not end in /v1", 3 if failed else 0))
            rows.insert(0, ("set-up", f"aistats-client {aistats.__version__}, {client!r}", 0))
            for name, detail, code in rows:
                _put(sys.stdout, f"{'FAIL' if code else 'ok':4}  {name}: {detail}")
            raise typer.Exit(next((code for *_, code in rows if code), 0))


def _checked(name: str, call: Any) -> tuple[str, str, int]:
    """Make a call that changes nothing; give its name, what was found, and an exit code."""
    try:
        answer = call().to_dict()
    except aistats.PermissionDeniedError as error:  # a management key without that scope
        return name, f"the gateway knows it, but it may not look here: {error}", 0
    except aistats.AIStatsError as error:
        return name, str(error), _exit_code(error)
    parts = (answer, answer.get("data"), answer.get("credits"))
    facts = {key: value for part in parts if isinstance(part, dict) for key, value in part.items()}
    words = [f"{key} {facts[key]}" for key in ("status", "expires_at") if facts.get(key)]
    if isinstance(nanos := facts.get("available_nanos"), int | float):
        words.append(f"{nanos / 1e9:.2f} USD available")
    # A blocked key is welcome at this call: it is refused where something is billed.
    blocked = [key for key in ("disabled", "soft_blocked") if facts.get(key) is True]
    return name, ", ".join(words + blocked) or "accepted", 4 if blocked else 0


@app.command()
def models() -> None:
    """List the models: id and name."""
    with _client() as client:
        for model in client.models.list():
            _put(sys.stdout, f"{model.get('id')}  {model.get('name') or ''}".rstrip())


@app.command()
def ask(model: str, prompt: str) -> None:
    """Send one prompt and print the answer; - reads the prompt from stdin."""
    with _client() as client:
        if prompt == "-":
            if sys.stdin is None:
                raise OSError("stdin is closed; nothing was sent")
            prompt = sys.stdin.read()
        question: Any = {"model": model, "messages": [{"role": "user", "content": prompt}]}
        _check_before_billing(question)
        if trouble := _deliver(client.chat.completions.create(**question).output_text):
            raise trouble


@video.command()
def create(
    model: str,
    prompt: str,
    out: Out = None,
    overwrite: Overwrite = False,
    no_wait: NoWait = False,
    duration: Annotated[int | None, typer.Option(help="In seconds.")] = None,
    aspect_ratio: Annotated[str | None, typer.Option(help="Such as 16:9.")] = None,
    resolution: Annotated[str | None, typer.Option(help="Such as 720p.")] = None,
    settings: Settings = [],  # noqa: B006 - typer's way to say none
    timeout: Timeout = 1800,
    poll: Pace = None,
) -> None:
    """Create a video job, print its id at once, wait for it and fetch the video."""
    wishes = {"duration": duration, "aspect_ratio": aspect_ratio, "resolution": resolution}
    more = {name: value for name, value in wishes.items() if value is not None} | dict(settings)
    if not no_wait:
        _check_target(out, overwrite)
    with _client() as client:
        _check_before_billing([model, prompt, more])
        with _advised(ids := [], out, overwrite):
            job = client.videos.create(model=model, prompt=prompt, extra_body=more)
            ids.append(job.id)
            trouble = _deliver(job.id)
            if not no_wait:
                _finish(job, out, overwrite, timeout, poll)
        if trouble:
            raise trouble


@video.command()
def wait(
    job_id: str,
    out: Out = None,
    overwrite: Overwrite = False,
    timeout: Timeout = 1800,
    poll: Pace = None,
) -> None:
    """Wait for a job that any process created; fetch its video where FILE is given."""
    if out is not None:
        _check_target(out, overwrite)
    with _client() as client:
        job = client.videos.job(job_id)
        with _advised([job_id], out, overwrite):
            # The waiter would sleep before its first look, and bears what is trouble for a while.
            with suppress(
                aistats.ConnectionFailedError, aistats.RateLimitError, aistats.ServerError
            ):
                job = job.refresh()
            _finish(job, out, overwrite, timeout, poll)


@video.command("list")
def list_jobs() -> None:
    """List the newest jobs: id, state, time of creation, model."""
    with _client() as client:
        for job in client.videos.find_recent(since=datetime.fromtimestamp(0, UTC)):
            words = (job.id, job.status, job.created_at or "-", job.raw.get("model") or "-")
            _put(sys.stdout, "  ".join(map(str, words)))


@video.command()
def download(job_id: str, out: Out = None, overwrite: Overwrite = False) -> None:
    """Fetch the video of a finished job."""
    target = _check_target(out, overwrite)
    with _client() as client:
        _note(f"wrote {client.videos.download(job_id, target, overwrite=overwrite)}")


def _finish(job: Any, out: str | None, overwrite: bool, timeout: int, poll: int | None) -> None:
    """Wait for the end of a job, telling its states, and write the file."""
    pace = None if poll is None else aistats.Poll(default=poll, floor=poll, ceiling=poll)
    done = job.wait(timeout, poll=pace, on_update=lambda now: _note(repr(now)))
    if out is not None:
        _note(f"wrote {done.download(out, overwrite=overwrite)}")


def _check_target(out: str | None, overwrite: bool) -> str:
    """Refuse a file that could not be written, by making one there for a moment."""
    if out is None:
        raise typer.BadParameter("--out FILE is missing: where should the video go?")
    try:
        if not os.path.lexists(out):
            os.close(os.open(out, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            Path(out).unlink()
        elif not overwrite:
            raise typer.BadParameter(f"--out {out} exists: pass --overwrite to replace it")
        elif not Path(out).is_file():
            raise typer.BadParameter(f"--out {out} is not a regular file")
        else:
            tempfile.TemporaryFile(dir=Path(out).resolve().parent).close()
    except OSError as error:
        raise typer.BadParameter(f"--out {out}: {error.strerror}") from None
    return out


def _check_before_billing(request: object) -> None:
    """Refuse text that is not Unicode, and to pay for what could be told to nobody."""
    json.dumps(request, ensure_ascii=False).encode()
    if not any(map(_takes_text, (sys.stdout, sys.stderr))):
        raise OSError("neither stdout nor stderr can be written to; nothing was sent")


def _takes_text(stream: TextIO) -> bool:
    """Say whether a stream can be written to, as far as it shows before anything is written."""
    try:
        os.write(stream.fileno() if stream else -1, b"")  # not even that is taken by a full device
        (poll := select.poll()).register(stream, select.POLLOUT)
        return all(event == select.POLLOUT for _, event in poll.poll(0))  # else nobody reads
    except (io.UnsupportedOperation, AttributeError):
        return True  # a stream that Python made, or a system without `poll`
    except OSError:
        return False


def _put(stream: TextIO, text: str, end: str = "\n") -> None:
    """Write and flush; raises `OSError`, after which nothing is left that would fail again."""
    try:
        stream.write((_CONTROL.sub("\ufffd", text) if stream.isatty() else text) + end)
        stream.flush()
    except (OSError, AttributeError) as error:  # there is no stream where it was closed before us
        with suppress(OSError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise error if isinstance(error, OSError) else OSError("stdout is closed") from error


def _note(text: str) -> None:
    """Tell people what happens, beside the results; nothing fails where nobody listens."""
    with suppress(OSError):
        _put(sys.stderr, text)


def _deliver(text: str) -> OSError | None:
    """Print what was paid for to stdout, or else to stderr; give what is wrong with stdout."""
    try:
        _put(sys.stdout, text)
    except OSError as error:
        _note(text)
        return error
    return None


@contextmanager
def _advised(ids: list[str], out: str | None, overwrite: bool) -> Generator[None]:
    """Whatever ends the work on a job, say how to go on, or that there may be a job."""
    try:
        yield
    except BaseException as error:
        unsure = isinstance(error, KeyboardInterrupt | aistats.ResponseDecodeError)
        if ids and not isinstance(error, aistats.JobFailedError | aistats.NotFoundError):
            file = ["--out", out, *(["--overwrite"] if overwrite else [])] if out else []
            command = shlex.join(["aistats", "video", "wait", *ids, *file])
            _note(f"the job goes on without us; resume with: {command}")
        elif not ids and (unsure or getattr(error, "may_have_run", False)):
            _note("a job may have been created and billed; see: aistats video list")
        raise


@contextmanager
def _client(**settings: Any) -> Generator[aistats.AIStats]:
    """Make the client; an error ends the program with a line on stderr and its exit code."""
    try:
        with aistats.AIStats(**settings) as client:
            yield client
    except (aistats.AIStatsError, OSError, UnicodeError, KeyboardInterrupt) as error:
        if not isinstance(error, BrokenPipeError):  # whose reader has all it wanted
            what = "not valid Unicode: " if isinstance(error, UnicodeError) else ""
            for line in (f"{what}{error}" or "interrupted", *getattr(error, "__notes__", ())):
                _note(f"aistats: {line}")
        raise typer.Exit(_exit_code(error)) from None


def _exit_code(error: BaseException) -> int:
    """Give the code that docs/cli.md promises; the first row that fits decides."""
    rows: tuple[tuple[Any, int], ...] = (
        (KeyboardInterrupt, 130),
        (BrokenPipeError, 141),
        ((aistats.ConfigurationError, UnicodeError), 3),
        (aistats.JobFailedError, 9),
        (aistats.JobTimeoutError, 10),
        (aistats.ConnectionFailedError, 8),
        ((aistats.AuthenticationError, aistats.PermissionDeniedError), 4),
        ((aistats.InsufficientFundsError, aistats.RateLimitError), 5),
        ((aistats.ServerError, aistats.ResponseDecodeError, aistats.StreamError), 7),
        (aistats.APIError, 6),
    )
    return next((code for kinds, code in rows if isinstance(error, kinds)), 1)
