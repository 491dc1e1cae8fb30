"""The sandbox as a program of its own, and as a pytest fixture."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import httpx
import pytest

from aistats import AIStats
from aistats.sandbox import Sandbox, scenarios
from aistats.sandbox.__main__ import main
from tests.sandbox_client import CHAT, VIDEO, client

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest_plugins = ["pytester"]


class Stop(threading.Event):
    """Tells when the program waits for it: then everything is printed."""

    def __init__(self) -> None:
        super().__init__()
        self.awaited = threading.Event()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait as any event does."""
        self.awaited.set()
        return super().wait(timeout)


class Running:
    """The program on a thread of its own, and what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *argv: str) -> None:
        self.stop = Stop()
        self.code: int | None = None
        self._argv = argv
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        assert self.stop.awaited.wait(60)
        # Not before: what is printed while the output is read may be lost.
        self.printed = capsys.readouterr().out

    def _run(self) -> None:
        self.code = main([*self._argv], stop=self.stop)

    @property
    def exports(self) -> dict[str, str]:
        """Return what a shell would know after reading the output."""
        lines = [line for line in self.printed.splitlines() if line.startswith("export ")]
        return dict(line.removeprefix("export ").split("=", 1) for line in lines)


@pytest.fixture
def running(
    capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> Iterator[Running]:
    """Run the program with the arguments of the parameter."""
    program = Running(capsys, "--port", "0", *request.param)
    yield program
    program.stop.set()
    program.thread.join(10)


@pytest.mark.parametrize("running", [[]], indirect=True)
def test_the_program_prints_what_a_shell_needs(running: Running) -> None:
    """Three export lines; with them any client reaches it."""
    names = ["AI_STATS_API_KEY", "AI_STATS_MANAGEMENT_KEY", "AI_STATS_BASE_URL"]
    assert list(running.exports)[:3] == names
    key, _, base_url = list(running.exports.values())[:3]
    headers = {"Authorization": f"Bearer {key}"}
    answer = httpx.post(f"{base_url}/chat/completions", json=CHAT, headers=headers)
    assert answer.status_code == 200
    running.stop.set()
    running.thread.join(10)
    assert running.code == 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{base_url}/health")


@pytest.mark.parametrize("running", [["--scenario", "outage"]], indirect=True)
def test_a_scenario_can_be_chosen(running: Running) -> None:
    """Here everything is down."""
    base_url = running.exports["AI_STATS_BASE_URL"]
    assert httpx.get(f"{base_url}/health").status_code == 503


@pytest.mark.parametrize("running", [["--no-quirks", "--off", "music"]], indirect=True)
def test_quirks_and_features_can_be_switched_off(running: Running) -> None:
    """By options."""
    key, _, base_url = list(running.exports.values())[:3]
    headers = {"Authorization": f"Bearer {key}"}
    assert httpx.post(f"{base_url}/videos", json=VIDEO, headers=headers).status_code == 202
    assert httpx.get(f"{base_url}/music/generate/x").status_code == 501


def test_a_port_that_is_taken_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """In one line, with exit code 1."""
    with Sandbox() as gw:
        assert main(["--port", str(gw.port)]) == 1
    assert f"cannot listen on port {gw.port}" in capsys.readouterr().err


def test_help_lists_the_scenarios(capsys: pytest.CaptureFixture[str]) -> None:
    """Each with a line that says what it does."""
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    assert all(name in told for name in scenarios.SCENARIOS)


def test_the_program_runs_as_a_module_and_stops_when_told() -> None:
    """A signal ends it in an orderly way."""
    with subprocess.Popen(
        [sys.executable, "-m", "aistats.sandbox", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline().startswith("export AI_STATS_API_KEY=")
        program.terminate()
        assert program.wait(60) == 0


@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("default", ["processing", "completed"]),
        ("quick", ["processing", "processing", "completed"]),
        ("slow-jobs", ["processing", "processing"]),
        ("failing-jobs", ["processing", "failed"]),
    ],
)
def test_a_scenario_says_how_jobs_go(name: str, statuses: list[str]) -> None:
    """The same names work in a test."""
    with Sandbox() as gw, client(gw) as http:
        scenarios.apply(gw, name)
        video_id = http.post("videos", json=VIDEO).json()["id"]
        looks = [http.get(f"videos/{video_id}").json()["status"] for _ in statuses]
    assert looks == statuses


def test_the_other_scenarios_make_trouble() -> None:
    """Flaky fails now and then, no-credit refuses what costs."""
    with Sandbox() as gw, client(gw) as http:
        scenarios.apply(gw, "no-credit")
        assert http.post("chat/completions", json=CHAT).status_code == 402
        with pytest.raises(ValueError, match="no scenario is called 'nope'"):
            scenarios.apply(gw, "nope")
    with Sandbox() as gw, client(gw) as http:
        scenarios.apply(gw, "flaky")
        seen: set[int | str] = set()
        for _ in range(60):
            try:
                seen.add(http.get("key").status_code)
            except httpx.NetworkError:
                seen.add("broken")
    assert seen == {200, 500, 502, "broken"}


def test_the_fixture_gives_a_sandbox_and_points_the_environment_at_it(
    pytester: pytest.Pytester,
) -> None:
    """One for each test; the environment is as before afterwards."""
    pytester.makepyfile(
        """
        import os, httpx

        def test_a_failing_job_is_noticed(aistats_sandbox):
            aistats_sandbox.videos.plan(polls=0, status="failed")
            key = {"Authorization": f"Bearer {os.environ['AI_STATS_API_KEY']}"}
            body = {"model": "minimax/hailuo-2.3", "prompt": "a cat", "duration": 6}
            url = os.environ["AI_STATS_BASE_URL"] + "/videos"
            assert httpx.post(url, json=body, headers=key).json()["status"] == "failed"
            aistats_sandbox.requests.assert_called("videos.create", times=1)

        def test_the_next_one_is_fresh(aistats_sandbox):
            assert len(aistats_sandbox.requests) == 0
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:cov")
    result.assert_outcomes(passed=2)


def test_the_fixture_works_where_a_proxy_is_set(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No client goes through it, whatever else is kept away from it already."""
    with socket.create_server(("127.0.0.1", 0)) as trap:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{trap.getsockname()[1]}")
        monkeypatch.setenv("no_proxy", "own.example")
        pytester.makepyfile(
            """
            import os, urllib.request, httpx
            from aistats import AIStats

            def test_reached(aistats_sandbox):
                url = os.environ["AI_STATS_BASE_URL"] + "/health"
                assert httpx.get(url, timeout=5).json() == {"status": "ok"}
                local = url.replace("127.0.0.1", "localhost")
                assert urllib.request.urlopen(local, timeout=5).status == 200
                assert os.environ["NO_PROXY"].startswith("own.example,")
                with AIStats() as ours:
                    assert ours.health.check().status == "ok"
                    aistats_sandbox.music.plan(polls=0)
                    made = ours.music.create(model="suno/v5", prompt="x")
                    assert made.save("x.wav").stat().st_size > 1000
            """
        )
        result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:cov")
        result.assert_outcomes(passed=1)


def test_the_fixture_works_here_too(aistats_sandbox: Sandbox) -> None:
    """A client without arguments finds it."""
    with AIStats() as ours:
        assert ours.health.check().status == "ok"
    aistats_sandbox.requests.assert_called("health.check", times=1)


def test_the_plugin_loads_no_sandbox_by_itself() -> None:
    """Every pytest run of an environment pays for the import of a plugin."""
    code = (
        "import sys, aistats.sandbox.pytest_plugin;"
        "print([m for m in ('aistats.sandbox.gateway', 'jsonschema') if m in sys.modules])"
    )
    told = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"
