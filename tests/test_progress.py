"""The bars: what a terminal shows, silence elsewhere, and a clear word where tqdm is missing."""

from __future__ import annotations

import io
import sys
import threading

import pytest
from tqdm import auto

from aistats import ConfigurationError, ConnectionFailedError, JobFailedError, Poll
from aistats._files.progress import ByteBar
from aistats.jobs.progress import JobBar
from tests.job_world import JobWorld, carry, colours
from tests.test_wait import DONE, RESET, busy


class Terminal(io.StringIO):
    """Standard error as a terminal."""

    def isatty(self):
        return True

    @property
    def shown(self):
        """What was drawn, one entry per drawing."""
        lines = self.getvalue().replace("\n", "\r").split("\r")
        return [line.strip() for line in lines if line.strip()]


def a_terminal(monkeypatch):
    """Let a terminal be there; pytest puts its own in place between a fixture and its test."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    return terminal


@colours
def test_a_wait_shows_its_job(monkeypatch, colour):
    """Status, percent, elapsed time and when it looks next; the last line stays."""
    terminal = a_terminal(monkeypatch)
    world = JobWorld([{**busy(20), "progress": 66}, DONE])
    job = carry(colour, lambda: world.video(colour, status="queued").wait(progress=True))
    assert job.succeeded
    assert all(line.startswith("G-1 ") for line in terminal.shown)
    queued = [line for line in terminal.shown if line.startswith("G-1 queued   0%|")]
    assert "next look" in queued[-1]
    assert any(line.startswith("G-1 processing  66%|") for line in terminal.shown)
    last = terminal.shown[-1]
    assert last.startswith("G-1 completed 100%|")
    assert "next look" not in last
    assert "00:00" in last
    assert terminal.getvalue().endswith("\n")


def test_the_callers_callback_is_called_as_well(monkeypatch):
    """A bar takes nobody's place."""
    terminal = a_terminal(monkeypatch)
    seen = []
    JobWorld([DONE]).video().wait(progress=True, on_update=seen.append)
    assert [job.status for job in seen] == ["completed"]
    assert terminal.shown


@pytest.mark.parametrize(
    ("answers", "error"),
    [([{"status": "failed"}], JobFailedError), ([RESET], ConnectionFailedError)],
)
def test_a_bar_is_closed_whatever_happens(monkeypatch, answers, error):
    """The next line of the terminal is free."""
    terminal = a_terminal(monkeypatch)
    with pytest.raises(error):
        JobWorld(answers).video().wait(progress=True, poll=Poll(patience=1))
    assert terminal.getvalue().endswith("\n")


def test_the_next_look_is_at_the_callers_pace(monkeypatch):
    """A time of day, which does not become wrong while it stands there."""
    terminal = a_terminal(monkeypatch)
    job = JobWorld().video(**busy(20))
    shown = []
    for poll in (Poll(floor=0, ceiling=0), Poll(floor=120)):
        bar = JobBar(job, poll)
        shown.append(terminal.shown[-1].rpartition("next look ")[2])
        bar.close()
    hours, minutes, seconds = shown[0].split(":")
    assert len(hours) == len(minutes) == len(seconds) == 2
    assert shown[0] != shown[1]


def test_no_bar_starts_a_thread(monkeypatch):
    """Not even tqdm's own."""
    a_terminal(monkeypatch)
    before = threading.active_count()
    bars = [JobBar(JobWorld().video(), Poll()), ByteBar()]
    assert threading.active_count() == before
    bars[0].close()
    with bars[1]:
        pass


@colours
def test_a_download_shows_its_bytes(monkeypatch, colour, tmp_path):
    """With the whole size, where the server tells it."""
    terminal = a_terminal(monkeypatch)
    world = JobWorld([(200, b"x" * 5000)])
    carry(colour, lambda: world.video(colour).download(tmp_path / "a.mp4", progress=True))
    assert (tmp_path / "a.mp4").stat().st_size == 5000
    assert "4.88k" in terminal.shown[-1]


def test_bytes_with_and_without_a_total(monkeypatch):
    """From 0 again when a download begins anew."""
    terminal = a_terminal(monkeypatch)
    with ByteBar() as bar:
        for received, total in ((1024, None), (2048, 4096), (512, 4096), (4096, 4096)):
            bar.update(received, total)
    assert "4.00k/4.00k" in terminal.shown[-1]
    assert "100%" in terminal.shown[-1]


@colours
def test_silence_where_there_is_no_terminal(capsys, colour, tmp_path):
    """A log file does not want bars."""
    world = JobWorld([busy(1), DONE])
    carry(colour, lambda: world.video(colour).wait(progress=True))
    world = JobWorld([(200, b"x")])
    carry(colour, lambda: world.video(colour).download(tmp_path / "a", progress=True))
    assert capsys.readouterr() == ("", "")


def test_without_tqdm_the_extra_is_named(monkeypatch, tmp_path):
    """Before anything is sent; without progress=True it is not needed."""
    monkeypatch.setitem(sys.modules, "tqdm", None)
    world = JobWorld([DONE])
    job = world.video()
    for wish in (job.wait, lambda progress: job.download(tmp_path / "a", progress=progress)):
        with pytest.raises(ConfigurationError, match=r"aistats-client\[progress\]"):
            wish(progress=True)
    assert not world.requests
    assert job.wait().succeeded


def test_a_notebook_shows_its_bar(monkeypatch):
    """`tqdm.auto` knows which bar fits the place; the one for notebooks takes None for False."""
    made = []

    class Chosen(auto.tqdm):
        def __init__(self, **options):
            made.append(options)
            super().__init__(**options)

    monkeypatch.setattr(auto, "tqdm", Chosen)
    JobBar(JobWorld().video(), Poll()).close()
    assert [options["disable"] for options in made] == [None]
