"""The four published descriptions against each other; every row was looked up in the files."""

from __future__ import annotations

import itertools
import json
import time
from typing import Any

import pytest

from scripts import check_drift
from scripts.drift.compare import compare
from scripts.spec import pipeline
from tests.conftest import SHARED, needs_shared

pytestmark = needs_shared

MAY, JUNE, JULY, AUGUST = "2026-05-19", "2026-06-11", "2026-07-09", "2026-08-22"
BODY = "request body application/json"

# (older, newer, kind going forth, kind going back, operation, place, old value, new value)
LOOKED_UP: list[tuple[str, str, str, str, str, str, Any, Any]] = [
    (MAY, JUNE, "path-added", "path-removed", "GET /async/{kind}/{id}/ws", "path",
     None, "openAsyncJobWebSocket"),
    (MAY, JUNE, "operation-added", "operation-removed", "GET /batches", "path",
     None, "listBatches"),
    (MAY, JUNE, "request-enum-value-removed", "request-enum-value-added",
     "POST /chat/completions", f"{BODY}.service_tier", "auto", None),
    (MAY, JUNE, "response-first-success-added", "response-success-removed",
     "POST /videos/{video_id}/cancel", "response 200", None, "200"),
    (MAY, JUNE, "response-became-nullable", "response-became-not-nullable",
     "POST /batches", "response 200 application/json.billing.cost_nanos", None, None),
    (MAY, JUNE, "response-property-added", "response-property-removed",
     "GET /videos/{video_id}", "response 200 application/json.lifecycle_status",
     None, "lifecycle_status"),
    (JUNE, JULY, "operation-moved", "operation-moved", "GET /gateway/models", "path",
     "GET /gateway/models", "GET /models"),
    (JUNE, JULY, "operation-moved", "operation-moved", "GET /gateway/models/me", "path",
     "GET /gateway/models/me", "GET /models/me"),
    (JUNE, JULY, "path-removed", "path-added", "GET /responses/ws", "path",
     "openResponsesWebSocket", None),
    (JUNE, JULY, "server-changed", "server-changed", "*", "servers",
     "https://api.phaseo.app/v1", "https://api.phaseo.ai/v1"),
    (JUNE, JULY, "request-enum-value-removed", "request-enum-value-added",
     "GET /data/models", "request query organisation|string", "x-ai", None),
    (JUNE, JULY, "request-enum-value-added", "request-enum-value-removed",
     "GET /data/models", "request query organisation|string", None, "tencent"),
    (JULY, AUGUST, "server-changed", "server-changed", "*", "servers",
     "https://api.phaseo.ai/v1", "https://api.phaseo.app/v1"),
    (JULY, AUGUST, "request-required-property-added", "request-property-removed",
     "POST /videos", f"{BODY}.webhook.endpoint_id", None, "endpoint_id"),
    (JULY, AUGUST, "request-property-removed", "request-property-added",
     "POST /videos", f"{BODY}.webhook.secret", "secret", None),
    (JULY, AUGUST, "request-additional-properties-forbidden",
     "request-additional-properties-allowed", "POST /videos", f"{BODY}.webhook", True, False),
    (JULY, AUGUST, "request-constraint-tightened", "request-constraint-loosened",
     "POST /videos", f"{BODY}.sample_count maximum", None, 4),
    (JULY, AUGUST, "response-success-removed", "response-first-success-added",
     "POST /videos/{video_id}/cancel", "response 200", "200", None),
    (JULY, AUGUST, "response-property-removed", "response-property-added",
     "GET /models", "response 200 application/json.privacy_scope", "privacy_scope", None),
    (JULY, AUGUST, "request-property-added", "request-property-removed",
     "POST /chat/completions", f"{BODY}.reasoning_effort", None, "reasoning_effort"),
    (JULY, AUGUST, "request-enum-value-added", "request-enum-value-removed",
     "POST /chat/completions", f"{BODY}.service_tier", None, "fast"),
    (JULY, AUGUST, "path-added", "path-removed", "GET /batches/files", "path",
     None, "listBatchFiles"),
    (MAY, AUGUST, "operation-moved", "operation-moved", "GET /gateway/models", "path",
     "GET /gateway/models", "GET /models"),
]  # fmt: skip


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    """The facts of the published descriptions by date."""
    folder = SHARED / "upstream"
    return {
        date: pipeline.read_facts(str(folder / f"openapi-{date}.yaml"))
        for date in (MAY, JUNE, JULY, AUGUST)
    }


@pytest.mark.parametrize(
    ("older", "newer", "forth", "back", "operation", "at", "old", "new"), LOOKED_UP
)
def test_a_real_change_is_judged_in_both_directions(
    published: dict[str, Any],
    older: str,
    newer: str,
    forth: str,
    back: str,
    operation: str,
    at: str,
    old: Any,
    new: Any,
) -> None:
    """The change is found once forth, and once with its values swapped back."""
    found = [
        change
        for change in compare(published[older], published[newer])
        if (change.kind, change.operation, change.at) == (forth, operation, at)
    ]
    assert (old, new) in [(change.old, change.new) for change in found]
    moved = forth == "operation-moved"
    where = (new, at) if moved else (operation, at)
    returned = [
        (change.old, change.new)
        for change in compare(published[newer], published[older])
        if (change.kind, change.operation, change.at) == (back, *where)
    ]
    assert (new, old) in returned


# (older, newer): how many changes of each severity, and the operations that break
COUNTS = {
    (JUNE, JULY): ({"breaking": 10, "additive": 18}, {
        "*", "GET /data/models", "GET /gateway/models", "GET /gateway/models/me", "GET /models",
        "GET /models/me", "GET /responses/ws",
    }),
    (MAY, JUNE): ({"breaking": 24, "additive": 366}, {
        "GET /batch/{id}", "GET /batches/{batch_id}", "POST /batch", "POST /batches",
        "POST /chat/completions", "POST /responses",
    }),
    (JULY, AUGUST): (None, {
        "*", "GET /models", "GET /models/me", "POST /batch", "POST /batches",
        "POST /video/generations", "POST /video/generations/{video_id}/cancel", "POST /videos",
        "POST /videos/{video_id}/cancel",
    }),
}  # fmt: skip


@pytest.mark.parametrize("pair", COUNTS, ids=" to ".join)
def test_a_real_pair_breaks_these_operations_and_no_others(
    published: dict[str, Any], pair: tuple[str, str]
) -> None:
    """No false alarm: whoever calls another operation loses nothing."""
    counts, operations = COUNTS[pair]
    changes = compare(published[pair[0]], published[pair[1]])
    assert {c.operation for c in changes if c.severity == "breaking"} == operations
    if counts:
        found = [change.severity for change in changes]
        assert {severity: found.count(severity) for severity in set(found)} == counts


@pytest.mark.parametrize("pair", list(itertools.permutations((MAY, JUNE, JULY, AUGUST), 2)))
def test_every_change_of_a_real_pair_is_found_back(
    published: dict[str, Any], pair: tuple[str, str]
) -> None:
    """What is there on the way forth is there on the way back."""
    forth = compare(published[pair[0]], published[pair[1]])
    back = compare(published[pair[1]], published[pair[0]])
    assert forth
    assert len(forth) == len(back)


def test_the_recorded_upstream_is_no_drift(capsys: pytest.CaptureFixture[str]) -> None:
    """What the overlay does on purpose is not drift, and nothing else differs."""
    upstream = str(SHARED / "upstream" / f"openapi-{AUGUST}.yaml")
    assert check_drift.main(["--upstream", upstream, "--strict"]) == 0
    assert "no drift" in capsys.readouterr().out


@pytest.mark.parametrize("date", [MAY, JUNE, JULY])
def test_an_upstream_that_the_overlay_does_not_fit_is_judged_all_the_same(
    date: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Stale actions are findings of their own, beside the verdicts."""
    upstream = str(SHARED / "upstream" / f"openapi-{date}.yaml")
    assert check_drift.main(["--upstream", upstream, "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    kinds = {change["kind"] for change in report["changes"]}
    assert {"overlay-action-stale", "path-removed"} <= kinds
    assert report["breaking"]


def test_without_the_overlay_the_documents_are_compared_as_they_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`--overlay none` shows the distance that the overlay makes up for."""
    upstream = str(SHARED / "upstream" / f"openapi-{AUGUST}.yaml")
    arguments = ["--upstream", upstream, "--overlay", "none", "--format", "json"]
    assert check_drift.main(arguments) == 1
    changes = json.loads(capsys.readouterr().out)["changes"]
    found = {(change["kind"], change["operation"]) for change in changes}
    assert ("path-added", "GET /batch") in found
    assert ("path-removed", "GET /gateway/models") in found


def test_a_full_comparison_takes_less_than_five_seconds() -> None:
    """Counted in processor time, which other programs on the machine do not stretch."""
    upstream = SHARED / "upstream" / f"openapi-{JULY}.yaml"
    started = time.process_time()
    assert check_drift.main(["--upstream", str(upstream)]) == 1
    assert time.process_time() - started < 5
