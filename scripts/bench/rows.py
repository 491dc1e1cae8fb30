"""The rows of the table: what each measures, how it is compared, and what this client promises."""

from __future__ import annotations

from typing import NamedTuple


class Task(NamedTuple):
    """What a worker is asked to do."""

    task: str
    size: int
    pace: str = ""
    """Of jobs: the least and the most seconds they take, and the hint when to look again."""


class Row(NamedTuple):
    """One line of the table: the median over the rounds of a measure of a task."""

    title: str
    """What is measured; {size} is that of the task."""
    task: Task
    measure: str
    limit: float
    """What this client promises to stay below; above, where more is better."""
    quick: Task | None = None
    """The smaller task of a quick run; None: the same. One of size 0 is left out."""
    unit: str = "x"
    against: str = "raw_httpx"
    """The client, in the same round, by which it is divided, or a task of the same client; nothing:
    the measure stands for itself, times `scale`."""
    scale: float = 1.0

    @property
    def name(self) -> str:
        """Give the title of the task that is done, which in a quick run is smaller."""
        return self.title.format(size=f"{self.task.size:,}")

    @property
    def is_speed(self) -> bool:
        """Whether more is better: times are then compared the other way round."""
        return self.unit == "x as fast"

    def keeps(self, value: float) -> bool:
        """Say whether the client keeps its promise."""
        return value >= self.limit if self.is_speed else value <= self.limit

    @property
    def target(self) -> str:
        """Give the promise in words."""
        return f"{'≥' if self.is_speed else '≤'} {self.shown(self.limit, '.4g')}"

    def shown(self, value: float, form: str = "") -> str:
        """Write a value with its unit."""
        form = form or (".0f" if abs(value) >= 100 else ".1f" if abs(value) >= 10 else ".2f")
        return f"{value:{form}}{'' if self.unit[:1] == 'x' else ' '}{self.unit}".rstrip()


_BURSTS, _BURSTS_QUICK = Task("chat_async", 1500), Task("chat_async", 200)
_GET, _PUT, _PUT_ASYNC = Task("download", 1), Task("upload", 1), Task("upload_async", 1)
_OFTEN, _OFTEN_QUICK = Task("jobs", 1_000, "4-12-1"), Task("jobs", 300, "2-6-1")
_USUAL, _MANY, _NONE = (
    Task("jobs", 1_000, "10-30-5"),
    Task("jobs", 10_000, "40-120-20"),
    Task("", 0),
)
ROWS = (
    Row("import, client, first call: CPU of the process", Task("first_call", 1), "cpu", 1.25),
    Row("small chat, sync, one after another: CPU", Task("chat", 400), "cpu", 1.3,
        Task("chat", 150)),
    Row("… with a meter, against without", Task("meter", 40), "ratio", 1.03, Task("meter", 12),
        against=""),
    Row("small chat, async, 100 at once: CPU", _BURSTS, "cpu", 0.45, _BURSTS_QUICK),
    Row("… against `openai`", _BURSTS, "cpu", 0.4, _BURSTS_QUICK, against="openai"),
    Row("{size} calls, server takes 1 s", Task("slow", 100), "wall", 1.5, None, "s", ""),
    Row("{size} calls, server takes 1 s", Task("slow", 1000), "wall", 3, None, "s", ""),
    Row("SSE, 20,000 events, sync: CPU", Task("stream", 1), "cpu", 1.5),
    Row("SSE, 20,000 events, async: CPU", Task("stream_async", 1), "cpu", 1.6),
    Row("embeddings 100x1536: CPU", Task("embeddings", 10), "cpu", 1.05, Task("embeddings", 3)),
    Row("models, list of 250: CPU", Task("models", 30), "cpu", 1.5, Task("models", 10)),
    Row("200 MiB download to a file", _GET, "wall", 0.95, None, "x as fast"),
    Row("… peak growth of RSS", _GET, "growth_mb", 4, None, "MB", ""),
    Row("150 MB upload, sync", _PUT, "wall", 0.95, None, "x as fast"),
    Row("… peak growth of RSS", _PUT, "growth_mb", 8, None, "MB", ""),
    Row("150 MB upload, async", _PUT_ASYNC, "wall", 0.95, None, "x as fast"),
    Row("… peak growth of RSS", _PUT_ASYNC, "growth_mb", 8, None, "MB", ""),
    Row("{size} jobs at once, hint 5 s: late, p50", _USUAL, "p50", 0.56, _NONE, "hints", "", 0.2),
    Row("… late, p95", _USUAL, "p95", 1.1, _NONE, "hints", "", 0.2),
    Row("… CPU of a look, against a small async call", _USUAL, "cpu", 1.3, _NONE,
        against="chat_async"),
    Row("{size} jobs at once, hint 1 s: late, p95", _OFTEN, "p95", 1.7, _OFTEN_QUICK, "s", ""),
    Row("… jobs lost", _OFTEN, "lost", 0, _OFTEN_QUICK, "", ""),
    Row("{size} jobs at once, hint 20 s: late, p95", _MANY, "p95", 22, _NONE, "s", ""),
    Row("… RSS at the end", _MANY, "rss_mb", 130, _NONE, "MB", ""),
    Row("… jobs lost", _MANY, "lost", 0, _NONE, "", ""),
)  # fmt: skip
