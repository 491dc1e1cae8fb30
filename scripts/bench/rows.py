"""The rows of the table: what each measures, how it is compared, and what this client promises."""

from __future__ import annotations

from typing import Literal, NamedTuple

from scripts.bench.payloads import EVENTS

Compare = Literal["ratio", "faster", "difference", "absolute"]
"""ratio: measure / that of raw httpx in the same round. faster: the inverse, so more is better.
difference: measure - that of raw httpx. absolute: the measure itself."""


class Row(NamedTuple):
    """One line of the table."""

    name: str
    task: str
    measure: str
    compare: Compare
    limit: float
    size: int = 1
    quick_size: int = 1
    unit: str = "x"
    against: str = "raw_httpx"
    pace: str = ""
    scale: float = 1.0

    def met(self, value: float) -> bool:
        """Say whether the client keeps its promise."""
        return value >= self.limit if self.compare == "faster" else value <= self.limit

    @property
    def target(self) -> str:
        """Give the promise in words."""
        sign = "≥" if self.compare == "faster" else "≤"
        plus = "+" if self.compare == "difference" else ""
        return f"{sign} {plus}{self.limit:g} {self.unit}".replace(" x", "x").rstrip()


def _jobs(name: str, measure: str, limit: float, unit: str, scale: float, *, many: bool) -> Row:
    """Make a row about waiting; the rows of one crowd share its one run."""
    size, pace = (10_000, "40-120-20") if many else (1_000, "4-12-1")
    quick = 0 if many else 1_000
    return Row(name, "jobs", measure, "absolute", limit, size, quick, unit, "", pace, scale)


ROWS = (
    Row("import, client, first call: CPU of the process", "first_call", "cpu", "ratio", 1.25),
    Row("RSS after import and client", "resident", "rss_mb", "difference", 5, unit="MB"),
    Row("small chat, sync, one after another: CPU", "chat_sync", "cpu", "ratio", 1.25, 400, 150),
    Row("small chat, async, 100 at once: calls/s", "chat_async", "wall", "faster", 5, 1500, 200),
    Row("… against httpx with its default limits", "chat_async", "wall", "faster", 5, 1500, 200,
        against="raw_httpx_default"),
    Row("… always 100 under way, default limits", "chat_steady", "wall", "faster", 4, 1500, 0,
        against="raw_httpx_default"),
    Row("100 calls, server takes 1 s", "slow", "wall", "absolute", 1.5, 100, 100, "s"),
    Row("1,000 calls, server takes 1 s", "slow", "wall", "absolute", 3, 1000, 1000, "s"),
    Row("SSE, 20,000 events, sync: CPU", "stream_sync", "cpu", "ratio", 1.5, EVENTS, EVENTS),
    Row("SSE, 20,000 events, async: CPU", "stream_async", "cpu", "ratio", 1.6, EVENTS, EVENTS),
    Row("embeddings 100x1536, parse against json.loads", "parse", "ratio", "absolute", 1.05, 10, 5,
        unit="x"),
    Row("embeddings 100x1536, whole call: CPU", "embeddings", "cpu", "ratio", 1.25, 10, 3),
    Row("models, list of 250: CPU", "models", "cpu", "ratio", 2.0, 30, 10),
    Row("200 MiB download to a file: MB/s", "download", "wall", "faster", 0.95, 1, 1),
    Row("… peak growth of RSS", "download", "growth_mb", "absolute", 4, 1, 1, "MB"),
    Row("150 MB upload, sync: MB/s", "upload_sync", "wall", "faster", 0.95, 1, 1),
    Row("… peak growth of RSS", "upload_sync", "growth_mb", "absolute", 8, 1, 1, "MB"),
    Row("150 MB upload, async: MB/s", "upload_async", "wall", "faster", 0.95, 1, 1),
    Row("… peak growth of RSS", "upload_async", "growth_mb", "absolute", 8, 1, 1, "MB"),
    _jobs("1,000 jobs at once, hint 1 s: late, p50", "p50", 0.6, "s", 1, many=False),
    _jobs("… late, p95", "p95", 1.1, "s", 1, many=False),
    _jobs("… CPU per poll", "cpu_per_poll", 400, "µs", 1e6, many=False),
    _jobs("10,000 jobs at once, hint 20 s: late, p95", "p95", 21, "s", 1, many=True),
    _jobs("… RSS at the end", "rss_mb", 150, "MB", 1, many=True),
    _jobs("… jobs lost", "lost", 0, "", 1, many=True),
)  # fmt: skip
