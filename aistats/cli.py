"""The command line `aistats`: look over a set-up, ask, and make a video whose id is never lost."""

from __future__ import annotations

import argparse
import io
import json
import logging
import math
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aistats._screen import Exit, Screen
from aistats._version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aistats.errors import AIStatsError

_KEYS = "The key is read from AI_STATS_API_KEY, never from an argument: other users see arguments."


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code; `argv` is without the program's name.

    Raises `SystemExit` as argparse does: 2 for wrong arguments, 0 after `--help`.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a sign of an answer
    parser = _parser()
    options = parser.parse_args(argv)

    from aistats import _commands as commands  # late: --help and wrong arguments need no client
    from aistats.errors import AIStatsError

    if problem := commands.problem_of(options):
        parser.error(problem)
    if options.verbose:
        logging.basicConfig(format="%(name)s: %(message)s")
        logging.getLogger("aistats").setLevel(logging.DEBUG)
    screen = Screen(json=options.json)
    try:
        code: int = getattr(commands, options.run)(options, screen)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
        return Exit.BROKEN_PIPE
    except KeyboardInterrupt:
        screen.note("aistats: interrupted")
        return Exit.INTERRUPTED
    except (AIStatsError, OSError) as error:
        return _failed(error, screen)
    return code


def _failed(error: AIStatsError | OSError, screen: Screen) -> int:
    from aistats._exit_codes import exit_code
    from aistats.errors import one_line

    code = exit_code(error)
    message = one_line(str(error) or type(error).__name__)
    screen.note(f"aistats: {message}")
    for note in getattr(error, "__notes__", ()):
        screen.note(f"aistats: {one_line(note)}")
    if screen.json:
        request_id = getattr(error, "request_id", None)
        facts = {"type": type(error).__name__, "message": message, "request_id": request_id}
        try:
            screen.record({"error": {**facts, "exit_code": int(code)}})
        except BrokenPipeError:
            _forget_stdout()
    return code


def _forget_stdout() -> None:
    """Let nobody notice, when Python ends and flushes, that the reader has gone."""
    with suppress(OSError, ValueError):  # not a real file while tests capture it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aistats",
        description="The AI Stats Gateway from a terminal.",
        epilog=f"{_KEYS} Exit codes: {', '.join(f'{code:d} {code.told}' for code in Exit)}.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"aistats-client {__version__}")
    rooms = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _command(rooms, "doctor", "doctor", "look over keys, base URL and gateway")
    models = _command(rooms, "models", "models", "list the models")
    models.add_argument("--filter", metavar="TEXT", default="", help="only ids and names with TEXT")
    ask = _command(rooms, "ask", "ask", "send a prompt and print the answer")
    ask.add_argument("model", metavar="MODEL")
    ask.add_argument("prompt", metavar="PROMPT", help="the prompt; - reads it from stdin")
    ask.add_argument("--stream", action="store_true", help="print the answer as it is made")
    video = rooms.add_parser("video", help="make a video, wait for one, find recent ones")
    _video(video.add_subparsers(title="commands", required=True, metavar="COMMAND"))
    return parser


def _command(rooms: Any, name: str, run: str, told: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = rooms.add_parser(
        name, help=told, description=f"{told[0].upper()}{told[1:]}.", allow_abbrev=False
    )
    parser.add_argument("--json", action="store_true", help="print JSON objects, one a line")
    parser.add_argument("--verbose", action="store_true", help="log every request to stderr")
    parser.set_defaults(run=run)
    return parser


def _video(rooms: Any) -> None:
    create = _command(rooms, "create", "create_video", "create a video job and fetch it")
    create.add_argument("model", metavar="MODEL")
    create.add_argument("prompt", metavar="PROMPT")
    create.add_argument("--duration", type=int, metavar="N", help="seconds, as a number")
    create.add_argument("--seconds", metavar="N", help="seconds, for the models that want a text")
    create.add_argument("--aspect-ratio", metavar="W:H", help="such as 16:9")
    create.add_argument("--resolution", metavar="TEXT", help="such as 720p")
    create.add_argument("--size", metavar="WxH", help="instead of the two above")
    create.add_argument(
        "--set",
        action="append",
        default=[],
        type=_assignment,
        metavar="NAME=VALUE",
        help="any other parameter; VALUE is JSON, or else text",
    )
    create.add_argument("--no-wait", action="store_true", help="print the id and stop")
    _waiting(create)
    wait = _command(rooms, "wait", "wait_video", "wait for a video job and fetch it")
    wait.add_argument("id", metavar="ID")
    _waiting(wait)
    recent = _command(rooms, "recent", "recent_videos", "list the video jobs made lately")
    recent.add_argument("--minutes", type=_seconds, default=60.0, metavar="N", help="default 60")
    recent.add_argument("--model", metavar="MODEL", help="only those of this model")


def _waiting(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the video goes")
    parser.add_argument("--overwrite", action="store_true", help="replace FILE if it exists")
    parser.add_argument(
        "--timeout",
        type=_seconds,
        default=1800.0,
        metavar="S",
        help="seconds to wait, default 1800",
    )
    parser.add_argument(
        "--poll", type=_seconds, metavar="S", help="look every S seconds, not at the gateway's pace"
    )


def _seconds(text: str) -> float:
    value = float(text)
    if not (value >= 0 and math.isfinite(value)):
        raise argparse.ArgumentTypeError(f"{text} is not a number >= 0")
    return value


def _assignment(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form NAME=VALUE")
    try:
        return name, json.loads(value)
    except (ValueError, RecursionError):
        return name, value
