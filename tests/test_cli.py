"""The command line against the sandbox: in process, and as a real program on broken streams."""

from __future__ import annotations

import io
import os
import pty
import re
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aistats import cli, errors
from aistats.sandbox import Sandbox
from tests.conftest import ROOT
from tests.loopback import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

    Printed = pytest.CaptureFixture[str]
    Patch = pytest.MonkeyPatch

VEO = "google/veo-3.1-lite"
ASK = ("ask", "openai/gpt-5-nano")
CREATE = ("video", "create", VEO, "a lake at dawn")
NO_TEXT = "caf\udce9"  # what Python makes of an argument that is no UTF-8
DOCUMENTED = {
    int(code)
    for code in re.findall(r"^\| (\d+) \|", (ROOT / "docs/cli.md").read_text("utf-8"), re.MULTILINE)
}


@pytest.fixture
def gateway(monkeypatch: Patch, tmp_path: Path) -> Iterator[Sandbox]:
    """A gateway whose jobs have ended when they are created, and an empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    with Sandbox(seed=0) as gateway:
        gateway.videos.plan(polls=0)
        for name, value in gateway.environment().items():
            monkeypatch.setenv(name, value)
        yield gateway


def run(*arguments: str) -> int:
    """Run the command line in this process."""
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    assert left.value.code in DOCUMENTED
    return int(left.value.code or 0)


def start(*arguments: Any, redirect: str = "", **options: Any) -> subprocess.Popen[bytes]:
    """Start the command line as a program, its streams where the shell's `redirect` puts them."""
    paths = os.pathsep.join((str(ROOT), str(ROOT / "generated")))
    program = (sys.executable, *(arguments if "-c" in arguments else ("-m", "aistats", *arguments)))
    return subprocess.Popen(  # noqa: S603 - our own program
        ["/bin/sh", "-c", f'exec "$@" {redirect}', "sh", *program],
        env={**os.environ, "PYTHONPATH": paths, "PYTHONUNBUFFERED": "", **options.pop("env", {})},
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options},
    )


def ends(*arguments: Any, **options: Any) -> tuple[int, str, str]:
    """Run it as a program; give exit code, stdout and stderr."""
    with start(*arguments, **options) as running:
        out, err = (text.decode() if text else "" for text in running.communicate(timeout=60))
    assert "Traceback" not in err
    assert "Exception ignored" not in err
    return running.returncode, out, err


def test_doctor_passes_a_working_set_up(gateway: Sandbox, capsys: Printed) -> None:
    """It looks at every part, spends nothing and shows no secret."""
    assert run("doctor") == 0
    out = capsys.readouterr().out
    assert [line[:4] for line in out.splitlines()] == ["ok  "] * 4
    assert gateway.base_url in out
    assert "1000.00 USD available" in out
    assert "not-a-real-secret" not in out
    gateway.requests.assert_operations("health.check", "key.retrieve", "credits.retrieve")


BLOCKED = {"data": {"status": "active", "soft_blocked": True, "expires_at": "2030-01-01T00:00:00Z"}}


@pytest.mark.parametrize(
    ("key", "url", "fault", "code", "told"),
    [
        ("", "", {}, 3, "set AI_STATS_API_KEY"),
        ("Bearer x", "", {}, 3, "leave out the word Bearer"),
        ("management", "", {}, 3, "management"),
        ("revoked", "", {}, 4, "FAIL  inference key: 401 unauthorised"),
        (None, "http://gateway.example/v1", {}, 3, "in clear"),
        (None, "http://127.0.0.1:9/v1", {}, 8, "FAIL  gateway: "),
        (None, "http://127.0.0.1:{port}", {}, 3, "FAIL  base URL: it does not end in /v1"),
        (None, "", {"on": "key.retrieve", "status": 200, "body": BLOCKED}, 4, "Z, soft_blocked"),
        (None, "", {"on": "credits.retrieve", "status": 403}, 0, "ok    management key: the gat"),
        (None, "", {"on": "credits.retrieve", "status": 200, "body": {}}, 0, "key: accepted"),
    ],
)
def test_doctor_finds_the_fault(
    gateway: Sandbox,
    capsys: Printed,
    monkeypatch: Patch,
    key: str | None,
    url: str,
    fault: dict[str, Any],
    code: int,
    told: str,
) -> None:
    """Each fault of the set-up is named and has its exit code."""
    if key is not None:
        monkeypatch.delenv("AI_STATS_MANAGEMENT_KEY")
        made = {"management": gateway.management_key, "revoked": gateway.add_key(state="revoked")}
        monkeypatch.setenv("AI_STATS_API_KEY", made.get(key, key))
    if url:
        monkeypatch.setenv("AI_STATS_BASE_URL", url.format(port=gateway.port))
    if fault:
        gateway.fail(**fault)
    assert run("doctor") == code
    printed = capsys.readouterr()
    assert told in printed.out + printed.err


def test_doctor_warns_of_a_retired_key(
    gateway: Sandbox, capsys: Printed, monkeypatch: Patch
) -> None:
    """A key whose prefix is retired is told in the report, not as a Python warning."""
    monkeypatch.setattr("aistats.keys._LEGACY_RETIRED", datetime(2026, 1, 1, tzinfo=UTC))
    monkeypatch.setenv("AI_STATS_API_KEY", gateway.api_key.replace("phaseo_", "aistats_", 1))
    run("doctor")
    assert "ok    warning: the gateway retired" in capsys.readouterr().out


def test_what_is_printed(gateway: Sandbox, capsys: Printed, monkeypatch: Patch) -> None:
    """Stdout holds results and nothing else, so that $(...) gives them."""
    assert run("models") == 0
    assert VEO in {line.split()[0] for line in capsys.readouterr().out.splitlines()}
    monkeypatch.setattr("sys.stdin", io.StringIO("Reply with: from a pipe"))
    assert run(*ASK, "Reply with: two words") == 0
    assert run(*ASK, "-") == 0
    assert capsys.readouterr().out == "two words\nfrom a pipe\n"
    options = ["--duration", "8", "--aspect-ratio", "16:9"]
    options += ["--set", "seed=7", "--set", "negative_prompt=a=1"]
    assert run(*CREATE, "--out", "lake.mp4", *options) == 0
    (job_id,) = gateway.videos.ids
    assert capsys.readouterr().out == f"{job_id}\n"
    assert b"ftyp" in Path("lake.mp4").read_bytes()[:12]
    sent = gateway.requests.to("videos.create").last.json
    assert (sent["duration"], sent["aspect_ratio"]) == (8, "16:9")
    assert (sent["seed"], sent["negative_prompt"]) == (7, "a=1")
    assert run("video", "list") == 0
    assert capsys.readouterr().out.startswith(f"{job_id}  completed  20")
    assert [run("video", "download", job_id, "--out", "again.mp4") for _ in "12"] == [0, 2]
    assert run("video", "wait", job_id, "--out", "again.mp4", "--overwrite") == 0
    assert Path("again.mp4").read_bytes() == Path("lake.mp4").read_bytes()
    assert capsys.readouterr().out == ""
    gateway.requests.assert_called("videos.create", times=1)


def test_wait_looks_at_once_and_bears_a_failed_look(gateway: Sandbox) -> None:
    """The first look is not slept for; a provider in trouble does not end the waiting."""
    gateway.videos.plan(polls=2)
    assert run(*CREATE, "--no-wait") == 0
    assert run("video", "wait", *gateway.videos.ids, "--timeout", "0") == 0  # and one last look
    gateway.videos.plan(polls=1)
    assert run(*CREATE, "--no-wait") == 0
    gateway.fail(on="videos.retrieve", next=1, status=502, upstream_status=422)
    assert run("video", "wait", gateway.videos.ids[-1], "--out", "lake.mp4", "--poll", "0") == 0
    assert Path("lake.mp4").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ((), 2, "--out FILE is missing"),
        (("--out", "nowhere/lake.mp4"), 2, "No such file or directory"),
        (("--out", "/proc/lake.mp4"), 2, "--out /proc/lake.mp4: "),
        (("--out", "/proc/version", "--overwrite"), 2, "--out /proc/version: "),
        (("--out", "\u6e56" * 86), 2, "File name too long"),
        (("--out", "new/"), 2, "Is a directory"),
        (("--out", ""), 2, "No such file or directory"),
        (("--out", "there.mp4"), 2, "pass --overwrite"),
        (("--out", "dangling"), 2, "pass --overwrite"),
        (("--out", "dangling", "--overwrite"), 2, "not a regular file"),
        (("--out", "fifo", "--overwrite"), 2, "not a regular file"),
        (("--out", ".", "--overwrite"), 2, "not a regular file"),
        (("--out", "x.mp4", "--timeout", "-1"), 2, "--timeout"),
        (("--out", "x.mp4", "--timeout", "nan"), 2, "--timeout"),
        (("--out", "x.mp4", "--set", "seed"), 2, "NAME=VALUE"),
        (("--out", "x.mp4", "--duration", "long"), 2, "--duration"),
        (("--out", "x.mp4", "--resolution", NO_TEXT), 3, "not valid Unicode"),
        (("--out", "x.mp4", "--set", 'user="\\ud800"'), 3, "not valid Unicode"),
    ],
)
def test_what_is_refused_before_anything_is_billed(
    gateway: Sandbox, capsys: Printed, arguments: tuple[str, ...], code: int, told: str
) -> None:
    """A reason, no request, and the folder as it was."""
    Path("there.mp4").touch()
    Path("dangling").symlink_to("gone")
    os.mkfifo("fifo")
    assert run(*CREATE, *arguments) == code
    assert told in capsys.readouterr().err
    assert len(gateway.requests) == 0
    assert {path.name for path in Path().iterdir()} == {"there.mp4", "dangling", "fifo"}


@pytest.mark.parametrize("locale", ["C.UTF-8", "en_US.UTF-8"])
def test_bytes_that_are_no_text_are_not_sent(gateway: Sandbox, locale: str) -> None:
    """From stdin, from the arguments, as an id: 3, whatever the locale makes of them."""
    Path("latin1").write_bytes(b"caf\xe9")
    with Path("latin1").open("rb") as latin1:
        found = [ends(*ASK, "-", stdin=latin1, env={"LC_ALL": locale})]
    commands = ((*ASK, b"caf\xe9"), ("video", "wait", b"caf\xe9"))
    found += [ends(*command, env={"LC_ALL": locale}) for command in commands]
    assert [(code, out) for code, out, _ in found] == [(3, "")] * 3
    assert ends(*ASK, "-", redirect="<&-") == (
        1,
        "",
        "aistats: stdin is closed; nothing was sent\n",
    )
    assert len(gateway.requests) == 0


BROKEN = ("/dev/full", "&-", "&0")  # the last is stdin: a pipe that nobody reads


@pytest.fixture
def pipe() -> Iterator[int]:
    """A pipe whose reader has gone."""
    reader, writer = os.pipe()
    os.close(reader)
    yield writer
    os.close(writer)


@pytest.mark.parametrize("kind", BROKEN)
def test_nothing_paid_is_lost_on_broken_streams(gateway: Sandbox, pipe: int, kind: str) -> None:
    """What stdout does not take is on stderr, the work goes on; with neither, nothing is sent."""
    lost: dict[str, Any] = {"redirect": f">{kind}", "stdin": pipe}
    failed = 141 if kind == "&0" else 1
    for number, more in enumerate((["--no-wait"], ["--out", "lake.mp4"])):
        code, _, err = ends(*CREATE, *more, **lost)
        assert (code, err.split()[0]) == (failed, gateway.videos.ids[number])
    assert Path("lake.mp4").stat().st_size > 0
    code, _, err = ends(*ASK, "Reply with: 42", **lost)
    assert (code, err.split()[0]) == (failed, "42")
    code, _, err = ends("models", **lost)
    assert (code, err.count("\n")) == (failed, 0 if failed == 141 else 1)
    assert ends("--help", **lost)[0] in {0, 1}
    lost["redirect"] = f"2>{kind}"
    code, out, _ = ends(*CREATE, "--no-wait", **lost)
    assert (code, out.split()) == (0, gateway.videos.ids[2:])
    assert ends("--no-such-option", **lost)[0] in {1, 2}
    before = len(gateway.requests)
    lost["redirect"] = f">{kind} 2>{kind}"
    assert [ends(*command, **lost)[0] for command in ((*CREATE, "--no-wait"), (*ASK, "x"))] == [
        1,
        1,
    ]
    assert len(gateway.requests) == before


def test_ctrl_c_says_how_to_resume_and_leaves_nothing(gateway: Sandbox) -> None:
    """The id is out before the waiting begins; 130, the command that goes on, no file."""
    gateway.videos.plan(polls=1000)
    with start(*CREATE, "--out", "my lake.mp4", "--poll", "60") as waiting:
        assert waiting.stdout is not None
        job_id = waiting.stdout.readline().decode().strip()
        waiting.send_signal(signal.SIGINT)
        _, err = waiting.communicate(timeout=60)
    assert waiting.returncode == 130
    command = f"aistats video wait {job_id} --out 'my lake.mp4'\n"
    assert f"resume with: {command}" in err.decode()
    assert "Traceback" not in err.decode()
    assert list(Path().iterdir()) == []


def test_ctrl_c_while_creating_says_that_there_may_be_a_job(gateway: Sandbox) -> None:
    """Nobody knows the id yet: the list is named."""
    arrived = threading.Event()
    with (
        Server(lambda *_: arrived.set()) as silent,
        start(*CREATE, "--no-wait", env={"AI_STATS_BASE_URL": f"{silent.url}/v1"}) as creating,
    ):
        assert arrived.wait(60)
        creating.send_signal(signal.SIGINT)
        _, err = creating.communicate(timeout=60)
    assert creating.returncode == 130
    assert err.decode().startswith(
        "a job may have been created and billed; see: aistats video list"
    )


@pytest.mark.parametrize(
    ("plan", "fault", "code", "told"),
    [
        ({"polls": 100}, {}, 10, "--out lake.mp4 --overwrite\n"),
        ({"polls": 0, "status": "failed", "error": {"message": "moderated"}}, {}, 9, "moderated"),
        ({"polls": 5}, {"on": "videos.retrieve", "status": 401}, 4, "resume with: aistats video"),
        ({}, {"on": "videos.create", "drop": "answer"}, 8, "see: aistats video list"),
        ({}, {"on": "videos.create", "status": 200, "body": "<html>"}, 7, "aistats video list"),
        ({}, {"on": "videos.create", "status": 400}, 6, "aistats: 400"),
    ],
)
def test_how_a_video_can_end(
    gateway: Sandbox,
    capsys: Printed,
    plan: dict[str, Any],
    fault: dict[str, Any],
    code: int,
    told: str,
) -> None:
    """Each end has its code and its advice, an old file stays, and nothing is created twice."""
    Path("lake.mp4").write_text("old", encoding="utf-8")
    gateway.videos.plan(**plan)
    if fault:
        gateway.fail(**fault)
    options = ("--out", "lake.mp4", "--overwrite", "--poll", "0", "--timeout", "0")
    assert run(*CREATE, *options) == code
    err = capsys.readouterr().err
    assert told in err
    assert ("resume with" in err) == (code in {4, 10})
    assert Path("lake.mp4").read_text("utf-8") == "old"
    gateway.requests.assert_called("videos.create", times=1)


@pytest.mark.parametrize(
    ("status", "code"),
    [(401, 4), (402, 5), (403, 4), (404, 6), (429, 5), (501, 6), (502, 7), (599, 7)],
)
def test_each_kind_of_answer_has_its_code(
    gateway: Sandbox, capsys: Printed, status: int, code: int
) -> None:
    """Scripts can tell failures apart; stderr has a line that says what happened."""
    gateway.fail(on="models.list", next=None, status=status, retry_after=3600)
    assert run("models") == code
    assert capsys.readouterr().err.startswith(f"aistats: {status}")


def test_the_exit_codes_are_the_documented_ones() -> None:
    """Every error class has one that the documentation knows, all but the general ones."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    codes = {
        kind: cli._exit_code(kind.__new__(kind))
        for kind in (*kinds, KeyboardInterrupt, BrokenPipeError)
        if issubclass(kind, BaseException)
    }
    assert {0, 2, *codes.values()} == DOCUMENTED
    general = {errors.AIStatsError, errors.JobError, errors.WebhookVerificationError}
    assert {kind for kind, code in codes.items() if code == 1} == general


def test_a_terminal_is_not_steered(gateway: Sandbox) -> None:
    """An answer's control signs reach a pipe, not the screen; no sign is too much for a stream."""
    ask = (*ASK, "Reply with: r\xe9d\x1b[31m")
    assert ends(*ask, env={"FORCE_COLOR": "1"})[1] == "r\xe9d\x1b[31m\n"
    assert ends(*ask, env={"PYTHONIOENCODING": "ascii"}) == (0, "r?d\x1b[31m\n", "")
    ours, theirs = pty.openpty()
    assert ends(*ask, stdout=theirs)[0] == 0
    assert os.read(ours, 1000).decode() == "r\xe9d\ufffd[31m\r\n"
    os.close(ours)
    os.close(theirs)


@pytest.mark.parametrize("arguments", [["--help"], ["video", "create", "--help"], []])
def test_help_needs_neither_client_nor_colours(arguments: list[str]) -> None:
    """It is plain text, made without the HTTP library, the generated models and rich."""
    script = (
        "import sys\nfrom aistats.__main__ import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = ('aistats_generated', 'aistats.client', 'aistats.sandbox', 'httpx', 'rich')\n"
        "sys.exit(','.join(name for name in sys.modules if name.startswith(heavy)) or 0)"
    )
    code, out, err = ends("-c", script, *arguments)
    assert code == 0, err
    assert "\x1b" not in out + err
    assert "Usage: aistats" in out + err


def test_without_typer_it_says_what_to_install(pipe: int) -> None:
    """And ends with 2, without a traceback, whether or not there is anybody to tell."""
    script = (
        "import sys, runpy\nsys.modules['typer'] = None\n"
        "runpy.run_module('aistats', run_name='__main__')"
    )
    told = "the command line needs typer: pip install 'aistats-client[cli]'\n"
    assert ends("-c", script, "doctor") == (2, "", told)
    for kind in BROKEN:
        assert ends("-c", script, "doctor", redirect=f"2>{kind}", stdin=pipe) == (2, "", "")
