"""The command line, in process and as a real program, against the sandbox."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from aistats import errors
from aistats._exit_codes import exit_code
from aistats._screen import Exit
from aistats.cli import main
from aistats.sandbox import Sandbox
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CREATE = ["video", "create", "google/veo-3.1-lite", "a lake at dawn"]
ASK = ["ask", "openai/gpt-5-nano"]


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Sandbox]:
    """A gateway whose jobs have ended when they are created, and an empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    with Sandbox(seed=0) as gateway:
        gateway.videos.plan(polls=0)
        for name, value in gateway.environment().items():
            monkeypatch.setenv(name, value)
        yield gateway


def run(*arguments: str) -> int:
    """Run the command line in this process; argparse leaves through `SystemExit`."""
    try:
        return main(arguments)
    except SystemExit as exit_:
        return int(exit_.code or 0)


def records(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What was printed to stdout, which must be JSON objects, one a line."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def program(*arguments: str, **options: Any) -> subprocess.Popen[str]:
    """Start the command line as a program."""
    command = [sys.executable, "-m", "aistats", *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, **options)  # noqa: S603 - our own program


def test_doctor_passes_a_working_set_up(
    gateway: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """Doctor looks at every part, says ok, spends nothing, and shows no secret."""
    assert run("doctor") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:2] for line in lines] == ["ok"] * 7
    assert gateway.base_url in lines[3]
    assert "USD available" in lines[6]
    for key in (gateway.api_key, gateway.management_key):
        assert key.rpartition("_")[2] not in "".join(lines)
    gateway.requests.assert_operations("health.check", "key.retrieve", "credits.retrieve")


def test_doctor_as_json(gateway: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    """With --json it prints one object that names each check and its result."""
    assert run("doctor", "--json") == 0
    (report,) = records(capsys)
    assert report["ok"] is True
    assert report["exit_code"] == 0
    assert {check["result"] for check in report["checks"]} == {"ok"}


def test_doctor_without_a_management_key_is_content(
    gateway: Sandbox, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing management key is told, and is no fault."""
    monkeypatch.delenv("AI_STATS_MANAGEMENT_KEY")
    assert run("doctor") == 0
    assert "-     AI_STATS_MANAGEMENT_KEY" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("key", "url", "code", "told"),
    [
        ("", None, Exit.CONFIGURATION, "no key is set"),
        ("Bearer x", None, Exit.CONFIGURATION, "leave out the word Bearer"),
        ("management", None, Exit.CONFIGURATION, "of kind management, not inference"),
        ("revoked", None, Exit.AUTHENTICATION, "key_not_found_or_revoked"),
        (None, "http://gateway.example/v1", Exit.CONFIGURATION, "send the key in clear"),
        (None, "http://127.0.0.1:9/v1", Exit.NETWORK, "connection failed"),
    ],
)
def test_doctor_finds_the_fault(
    gateway: Sandbox,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    key: str | None,
    url: str | None,
    code: Exit,
    told: str,
) -> None:
    """Each fault of the set-up is named and has its exit code; no key is repeated."""
    monkeypatch.delenv("AI_STATS_MANAGEMENT_KEY")
    if key == "revoked":
        key = gateway.add_key(state="revoked")
    elif key == "management":
        key = gateway.management_key
    if key is not None:
        monkeypatch.setenv("AI_STATS_API_KEY", key)
    if url is not None:
        monkeypatch.setenv("AI_STATS_BASE_URL", url)
    assert run("doctor") == code
    printed = capsys.readouterr().out
    assert told in printed
    assert (key or "none").rpartition("_")[2] not in printed or key in ("", "Bearer x", None)


def test_doctor_warns_of_a_retired_key(
    gateway: Sandbox, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key whose prefix is retired is told beside the key, not as a Python warning."""
    monkeypatch.setattr("aistats.keys._LEGACY_RETIRED", datetime(2026, 1, 1, tzinfo=UTC))
    monkeypatch.setenv("AI_STATS_API_KEY", gateway.api_key.replace("phaseo_", "aistats_", 1))
    run("doctor")
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "AI_STATS_API_KEY" in line]
    assert "retired" in line


def test_doctor_tells_that_a_key_is_blocked(
    gateway: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """A blocked key is accepted where nothing is billed, so its state is told as well."""
    state = {"status": "active", "soft_blocked": True, "expires_at": "2030-01-01T00:00:00Z"}
    gateway.fail(on="key.retrieve", status=200, body={"data": state})
    assert run("doctor") == 0
    assert "active, soft_blocked, expires 2030-01-01" in capsys.readouterr().out


def test_doctor_accepts_a_key_without_scopes(
    gateway: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """A management key that may not see the wallet is a working key."""
    gateway.fail(on="credits.retrieve", status=403, code="insufficient_scope")
    assert run("doctor") == 0
    assert "may not see the wallet" in capsys.readouterr().out


def test_doctor_reads_any_wallet(gateway: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    """An answer without a balance is still a welcome."""
    gateway.fail(on="credits.retrieve", status=200, body={"credits": None})
    assert run("doctor") == 0
    assert "management key            accepted (" in capsys.readouterr().out


def test_models_are_listed_and_filtered(
    gateway: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """The filter looks into ids and names, in any case; --json gives the whole objects."""
    assert run("models") == 0
    everything = capsys.readouterr().out.splitlines()
    assert run("models", "--filter", "VEO") == 0
    some = capsys.readouterr().out.splitlines()
    assert 0 < len(some) < len(everything)
    assert all("veo" in line.lower() for line in some)
    assert run("models", "--filter", "veo", "--json") == 0
    assert [model["id"] for model in records(capsys)] == [line.split()[0] for line in some]


def test_ask_prints_the_answer(
    gateway: Sandbox, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The prompt comes from the arguments or, as -, from stdin."""
    assert run(*ASK, "Reply with: two words") == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("Reply with: from a pipe"))
    assert run(*ASK, "-") == 0
    assert capsys.readouterr().out == "two words\nfrom a pipe\n"


def test_ask_refuses_bytes_that_are_no_text(
    gateway: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A prompt in another encoding is refused before it is sent."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"caf\xe9"), encoding="utf-8"))
    assert run(*ASK, "-") == Exit.CONFIGURATION
    gateway.requests.assert_not_called("chat.completions.create")


@pytest.mark.parametrize("stream", [[], ["--stream"]])
def test_ask_as_json(
    gateway: Sandbox, capsys: pytest.CaptureFixture[str], stream: list[str]
) -> None:
    """The last line has text, usage and request id; a stream prints its pieces before it."""
    assert run(*ASK, "Reply with: one two three", "--json", *stream) == 0
    *pieces, last = records(capsys)
    assert last["text"] == "one two three"
    assert last["usage"]["output_tokens"] > 0
    assert last["request_id"].startswith("G-")
    assert "".join(piece["delta"] for piece in pieces) == ("one two three" if stream else "")


def test_a_cut_stream_keeps_what_came(gateway: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    """The text so far is on stdout with a line end, the failure on stderr, the code is 7."""
    gateway.text.plan(end="cut")
    assert run(*ASK, "Reply with: one two three four", "--stream") == Exit.GATEWAY
    printed = capsys.readouterr()
    assert printed.out.startswith("one")
    assert printed.out.endswith("\n")
    assert "aistats:" in printed.err


def test_video_create_prints_the_id_first_and_writes_the_file(
    gateway: Sandbox, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Stdout holds the id and nothing else, so that $(...) gives it."""
    assert run(*CREATE, "--out", "lake.mp4", "--duration", "8", "--aspect-ratio", "16:9") == 0
    assert capsys.readouterr().out.split() == list(gateway.videos.ids)
    assert b"ftyp" in (tmp_path / "lake.mp4").read_bytes()[:12]
    sent = gateway.requests.to("videos.create").last.json
    assert (sent["duration"], sent["aspect_ratio"]) == (8, "16:9")


def test_video_create_as_json_tells_each_step(
    gateway: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """Created, updates and finished are one JSON object a line; created says how to resume."""
    gateway.videos.plan(polls=3)
    assert run(*CREATE, "--out", "my lake.mp4", "--poll", "0", "--json") == 0
    first, *updates, last = records(capsys)
    assert first["event"] == "created"
    assert first["resume"] == f"aistats video wait {first['id']} --out 'my lake.mp4'"
    assert [update["event"] for update in updates] == ["update"] * len(updates)
    assert updates
    assert (last["event"], last["status"]) == ("finished", "completed")
    assert last["path"] == "my lake.mp4"


def test_other_parameters_reach_the_gateway(gateway: Sandbox) -> None:
    """--set passes JSON where it is JSON and text where it is not."""
    options = ["--set", "seed=7", "--set", "negative_prompt=rain", "--no-wait"]
    assert run(*CREATE, *options) == 0
    sent = gateway.requests.to("videos.create").last.json
    assert (sent["seed"], sent["negative_prompt"]) == (7, "rain")


def test_no_wait_prints_the_id_and_wait_fetches_the_video(
    gateway: Sandbox, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """An id from one call is what the other one needs; the first look is at once."""
    gateway.videos.plan(polls=2)  # one look at once, and the one that a deadline always gets
    assert run(*CREATE, "--no-wait") == 0
    (job_id,) = capsys.readouterr().out.split()
    assert run("video", "wait", job_id, "--out", "lake.mp4", "--timeout", "0") == 0
    assert (tmp_path / "lake.mp4").stat().st_size > 0
    gateway.requests.assert_called("videos.create", times=1)


def test_wait_goes_on_after_a_look_that_failed(gateway: Sandbox, tmp_path: Path) -> None:
    """A provider that is in trouble at the first look does not end the waiting."""
    gateway.videos.plan(polls=1)
    run(*CREATE, "--no-wait")
    gateway.fail(on="videos.retrieve", next=1, status=502, upstream_status=404)
    (job_id,) = gateway.videos.ids
    assert run("video", "wait", job_id, "--out", "lake.mp4", "--poll", "0") == 0
    assert (tmp_path / "lake.mp4").exists()


def test_recent_finds_a_job_whose_id_was_lost(
    gateway: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """Recent lists id and status, of one model if asked."""
    run(*CREATE, "--no-wait")
    capsys.readouterr()
    assert run("video", "recent", "--model", "google/veo-3.1-lite", "--json") == 0
    assert [job["id"] for job in records(capsys)] == list(gateway.videos.ids)
    assert run("video", "recent", "--model", "minimax/hailuo-2.3") == 0
    assert capsys.readouterr().out == ""


def test_a_lost_answer_to_create_points_at_recent(
    gateway: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """When nobody knows whether a job was made, nothing is sent again and help is named."""
    gateway.fail(on="videos.create", drop="answer")
    assert run(*CREATE, "--out", "lake.mp4") == Exit.NETWORK
    assert "aistats video recent" in capsys.readouterr().err
    gateway.requests.assert_called("videos.create", times=1)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "--out FILE is missing"),
        (["--out", "nowhere/lake.mp4"], "does not exist"),
        (["--out", "."], "is a folder"),
        (["--out", "there.mp4"], "pass --overwrite"),
        (["--out", "x.mp4", "--timeout", "-1"], "not a number >= 0"),
        (["--out", "x.mp4", "--timeout", "nan"], "not a number >= 0"),
        (["--out", "x.mp4", "--set", "seed"], "NAME=VALUE"),
        (["--out", "x.mp4", "--duration", "long"], "invalid int"),
    ],
)
def test_wrong_arguments_are_found_before_anything_is_billed(
    gateway: Sandbox,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    arguments: list[str],
    told: str,
) -> None:
    """Wrong arguments give 2 and a reason, and no job."""
    (tmp_path / "there.mp4").touch()
    assert run(*CREATE, *arguments) == Exit.USAGE
    assert told in capsys.readouterr().err
    gateway.requests.assert_not_called("videos.create")


def test_a_failed_job_has_its_own_code_and_nothing_to_resume(
    gateway: Sandbox, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """9, the provider's reason, no file, and no advice that would not help."""
    gateway.videos.plan(polls=0, status="failed", error={"code": "moderation", "message": "no"})
    assert run(*CREATE, "--out", "lake.mp4", "--json") == Exit.JOB_FAILED
    printed = capsys.readouterr()
    assert json.loads(printed.out.splitlines()[-1])["error"]["type"] == "JobFailedError"
    assert "resume" not in printed.err
    assert list(tmp_path.iterdir()) == []


def test_the_deadline_says_how_to_resume(
    gateway: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """10, and the very command that goes on."""
    gateway.videos.plan(polls=100)
    assert run(*CREATE, "--out", "lake.mp4", "--timeout", "0") == Exit.JOB_TIMEOUT
    command = f"aistats video wait {gateway.videos.ids[0]} --out lake.mp4"
    assert f"resume with: {command}\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"status": 401}, Exit.AUTHENTICATION),
        ({"status": 402}, Exit.CREDIT),
        ({"status": 403}, Exit.AUTHENTICATION),
        ({"status": 404}, Exit.REFUSED),
        ({"status": 429, "code": "key_limit_exceeded"}, Exit.CREDIT),
        ({"status": 501}, Exit.REFUSED),
        ({"status": 502, "upstream_status": 400}, Exit.GATEWAY),
        ({"body": "<html>", "status": 200}, Exit.GATEWAY),
        ({"status": 599, "retry_after": 3600}, Exit.GATEWAY),
    ],
)
def test_each_kind_of_answer_has_its_code(
    gateway: Sandbox, capsys: pytest.CaptureFixture[str], fault: dict[str, Any], code: Exit
) -> None:
    """Scripts can tell failures apart; stderr has one line that says what happened."""
    gateway.fail(on="models.list", next=None, **fault)
    assert run("models", "--json") == code
    printed = capsys.readouterr()
    assert json.loads(printed.out)["error"]["exit_code"] == code
    assert printed.err.startswith("aistats: ")


def test_every_error_class_has_a_code() -> None:
    """An error that is not in the table would be taken for a fault of this machine."""
    kinds = [
        k for k in vars(errors).values() if isinstance(k, type) and k.__module__ == "aistats.errors"
    ]
    general = {errors.AIStatsError, errors.JobError, errors.WebhookVerificationError}
    without = {
        kind
        for kind in kinds
        if issubclass(kind, BaseException) and exit_code(kind.__new__(kind)) is Exit.LOCAL
    }
    assert without == general


def test_help_starts_at_once() -> None:
    """`aistats --help` starts without the client, the HTTP library and the generated models."""
    script = (
        "import sys\nfrom aistats.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = ('aistats_generated', 'aistats.client', 'aistats.sandbox', 'httpx', 'attr')\n"
        "sys.exit(any(name.startswith(heavy) for name in sys.modules))"
    )
    done = subprocess.run(  # noqa: S603 - the script above
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "doctor" in done.stdout


def test_control_signs_do_not_reach_a_terminal(
    gateway: Sandbox, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer cannot steer the terminal it is shown on; a pipe gets it as it came."""
    run(*ASK, "Reply with: red\x1b[31m")
    assert "\x1b" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    run(*ASK, "Reply with: red\x1b[31m")
    assert "\x1b" not in capsys.readouterr().out


def test_the_program_runs(gateway: Sandbox) -> None:
    """`python -m aistats` is the same command line, with its exit codes."""
    with program("models", "--filter", "veo", "--json") as good:
        out, err = good.communicate()
    assert (good.returncode, err) == (0, "")
    assert "veo" in json.loads(out.splitlines()[0])["id"]
    environment = {**os.environ, "AI_STATS_API_KEY": "sk-of-another-vendor"}
    with program("models", env=environment) as bad:
        out, err = bad.communicate()
    assert (bad.returncode, out) == (Exit.CONFIGURATION, "")
    assert "another vendor" in err
    assert "Traceback" not in err


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_ctrl_c_says_how_to_resume_and_leaves_nothing(gateway: Sandbox, tmp_path: Path) -> None:
    """The id is out before the waiting begins; Ctrl-C ends with 130 and the command to go on."""
    gateway.videos.plan(polls=1000)
    with program(*CREATE, "--out", "lake.mp4", "--poll", "60", "--timeout", "30") as waiting:
        assert waiting.stdout is not None
        job_id = waiting.stdout.readline().strip()
        waiting.send_signal(signal.SIGINT)
        _, err = waiting.communicate()
    assert waiting.returncode == Exit.INTERRUPTED
    assert f"aistats video wait {job_id} --out lake.mp4" in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_while_creating_points_at_recent(
    gateway: Sandbox, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the id is known nobody can resume, but the job may be there."""

    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("aistats.job_resources.Videos.create", interrupted)
    assert run(*CREATE, "--out", "lake.mp4") == Exit.INTERRUPTED
    assert "aistats video recent" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX terminal")
def test_a_terminal_shows_a_bar(gateway: Sandbox) -> None:
    """With the extra `progress`, stderr on a terminal has a bar; stdout has the id alone."""
    import pty
    import termios

    gateway.videos.plan(polls=3)
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 100))
    command = [sys.executable, "-m", "aistats", *CREATE, "--out", "lake.mp4", "--poll", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, text=True) as running:  # noqa: S603 - our own program
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # what Linux says at the end of a terminal
            while piece := os.read(ours, 65536):
                shown += piece
        out, _ = running.communicate()
    os.close(ours)
    assert (running.returncode, out.split()) == (0, list(gateway.videos.ids))
    assert b"completed" in shown
    assert b"100%" in shown


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX pipes")
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_reader_that_goes_away_is_no_error(gateway: Sandbox, options: list[str]) -> None:
    """As in `aistats models | head -1`: no traceback, and the code a shell expects."""
    with program("models", *options) as writing:
        assert writing.stdout is not None
        writing.stdout.close()
        assert writing.stderr is not None
        err = writing.stderr.read()
    assert (writing.returncode, err) == (Exit.BROKEN_PIPE, "")


def test_a_key_that_is_revoked_while_waiting_loses_no_job(
    gateway: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """The waiting ends with 4, and the advice how to go on with another key."""
    gateway.videos.plan(polls=5)
    gateway.fail(on="videos.retrieve", skip=1, status=401)
    assert run(*CREATE, "--out", "lake.mp4", "--poll", "0") == Exit.AUTHENTICATION
    printed = capsys.readouterr().err
    assert "resume with" in printed
    assert len([line for line in printed.splitlines() if line.startswith("aistats: ")]) > 1


@pytest.mark.parametrize("model", ["openai/gpt-5-nano", "openai/no-such-model"])
def test_a_closed_stdout_ends_quietly_in_process(
    gateway: Sandbox, monkeypatch: pytest.MonkeyPatch, model: str
) -> None:
    """Whether a result or an error was to be written, nobody is there to read it."""

    class Closed(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr("sys.stdout", Closed())
    code = run("ask", model, "Reply with: nobody", "--json")
    assert code == (Exit.BROKEN_PIPE if model.endswith("nano") else Exit.REFUSED)


def test_the_documentation_has_the_same_codes() -> None:
    """The table in docs/cli.md lists every exit code, and no other."""
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)} == {
        *map(int, Exit)
    }


def test_verbose_logs_requests_without_secrets(gateway: Sandbox) -> None:
    """--verbose shows method, path and status, never a header."""
    with program("models", "--verbose") as chatty:
        _, err = chatty.communicate()
    assert "GET /models" in err
    assert gateway.api_key.rpartition("_")[2] not in err
    assert "httpx" not in err
