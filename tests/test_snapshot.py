"""Reading a job's JSON: whatever the gateway or its providers write, and nothing raises."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aistats import VideoJob
from aistats.jobs.handles import job_failed_error
from aistats.jobs.snapshot import moment_of
from tests.conftest import needs_shared
from tests.recorded import exchanges

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
UNIX = int(NOON.timestamp())
leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text()


def seen(raw):
    return VideoJob("G-1", raw)


anything = st.recursive(leaves, lambda x: st.lists(x) | st.dictionaries(st.text(), x))


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("completed", "completed"), ("complete", "completed"), ("success", "completed"),
        ("succeeded", "completed"), ("failed", "failed"), ("error", "failed"),
        ("cancelled", "cancelled"), ("canceled", "cancelled"), ("expired", "expired"),
        (" Completed ", "completed"), ("FAILED", "failed"),
        ("queued", None), ("pending", None), ("processing", None), ("in_progress", None),
        ("running", None), ("validating", None), ("finalizing", None), ("cancelling", None),
        ("submission_unknown", None), ("a word of tomorrow", None), ("", None),
        (None, None), (1, None), (["completed"], None),
    ],
)  # fmt: skip
def test_status_words(word, outcome):
    """In either field; an unknown word, or none, means "not yet"."""
    assert seen({"status": word}).outcome == outcome
    assert seen({"lifecycle_status": word}).outcome == outcome
    assert seen({"status": "of tomorrow", "lifecycle_status": word}).outcome == outcome
    assert seen({"status": word, "lifecycle_status": "running"}).outcome == outcome


def test_the_gateways_own_word_is_kept():
    """Also one that nobody knows."""
    assert seen({"status": "of tomorrow", "lifecycle_status": "running"}).status == "of tomorrow"
    assert seen({"status": None, "lifecycle_status": "running"}).status == "running"
    assert seen({}).status == "unknown"


@pytest.mark.parametrize(
    "written",
    [
        UNIX, float(UNIX), str(UNIX), UNIX * 1000, str(UNIX * 1000), f" {UNIX} ",
        "2026-11-20T12:00:00Z", "2026-11-20T12:00:00+00:00", "2026-11-20T12:00:00.000Z",
        "2026-11-20T07:00:00-05:00", "2026-11-20 12:00:00", "20261120T120000Z",
        "Fri, 20 Nov 2026 12:00:00 GMT", "Nov 20 2026 12:00 UTC",
    ],
)  # fmt: skip
def test_one_time_in_all_its_forms(written):
    """Unix seconds or milliseconds, numbers or digits, ISO-8601 and other dates: always aware."""
    assert moment_of(written) == NOON
    assert moment_of(written).utcoffset() is not None


@pytest.mark.parametrize(
    "unreadable",
    [
        None, True, "", " ", "soon", "2026-11", "12:00", "2026-13-45", math.nan, math.inf,
        1e18, -1e18, "9" * 30, "9" * 5000, "2026-11-20 12:00 EST", {}, [], "0" * 200,
    ],
    ids=lambda value: repr(value)[:24],
)  # fmt: skip
def test_what_is_no_date_is_none(unreadable):
    """A date that is only partly given is none, and a zone that means several is not guessed."""
    assert moment_of(unreadable) is None


def test_an_offset_is_kept():
    """The moment is the same, the wall clock the gateway's."""
    zone = timezone(timedelta(hours=-5))
    assert moment_of("2026-11-20T07:00:00-05:00") == datetime(2026, 11, 20, 7, tzinfo=zone)


@given(anything)
def test_any_value_is_read_without_an_error(value):
    """Garbage in any field gives a moment or None, a word or "unknown", never an error."""
    moment = moment_of(value)
    assert moment is None or moment.utcoffset() is not None
    raw = {"status": value, "progress": value, "error": value, "errors": value, "provider": value}
    assert isinstance(seen(raw).status, str)
    assert seen(raw).outcome in {None, "completed", "failed", "cancelled", "expired"}
    progress = seen(raw).progress
    assert progress is None or 0 <= progress <= 100
    reason = job_failed_error(seen(raw)).reason
    assert reason is None or (isinstance(reason, str) and reason.strip())


@given(st.text(st.sampled_from("0123456789-:+TZ. GMTUEC/,"), max_size=30))
def test_date_like_text_is_read_without_an_error(text):
    """The date parser's own failures stay inside."""
    moment = moment_of(text)
    assert moment is None or moment.utcoffset() is not None


@pytest.mark.parametrize(
    ("written", "progress"),
    [(0, 0.0), (66, 66.0), (100, 100.0), (12.5, 12.5), (None, None), (True, None), ("50", None),
     (-1, None), (101, None), (math.nan, None), (10**400, None)],
)  # fmt: skip
def test_progress(written, progress):
    """A percentage, or None."""
    assert seen({"progress": written}).progress == progress


@pytest.mark.parametrize(
    ("raw", "code", "reason", "provider"),
    [
        ({"error": {"code": "server_error", "message": "It broke."}}, "server_error", "It broke.",
         None),
        ({"error": "a  safety\nfilter", "provider": "google"}, None, "a safety filter", "google"),
        ({"error": ["first", "second"]}, None, "first", None),
        ({"error": {"type": "moderation"}}, "moderation", "moderation", None),
        ({"error": {"code": 2013, "message": "invalid params"}}, "2013", "invalid params", None),
        ({"error": None, "upstream_error": {"code": 1, "description": "why"}}, "1", "why", None),
        ({"errors": {"object": "list", "data": [{"code": "bad_line", "message": "line 3"}]}},
         "bad_line", "line 3", None),
        ({"errors": [{"message": "line 3"}]}, None, "line 3", None),
        ({"failure_sample": [{"upstream_error_code": "c", "upstream_error_message": "m"}]}, "c",
         "m", None),
        ({"provider_failure_diagnostics": {"hint": "add money"}}, None, "add money", None),
        ({"failure_reason": "quota"}, None, "quota", None),
        ({"error": {"code": "c"}, "failure_reason": "in words"}, "c", "in words", None),
        ({"error": True}, None, None, None),
        ({"provider": "minimax"}, None, None, "minimax"),
        ({}, None, None, None),
    ],
)  # fmt: skip
def test_failure_detail_in_every_shape(raw, code, reason, provider):
    """An object, a string, a list, or nothing at all."""
    error = job_failed_error(seen(raw))
    assert (error.code, error.reason, error.provider) == (code, reason, provider)


@needs_shared
def test_every_recorded_job_is_read():
    """Each object with a status in the recordings has an outcome as its own words say."""
    words = set()
    for name in ("video_minimax", "video_sora", "video_other", "batches_files"):
        for exchange in exchanges(name).values():
            raw = exchange["response"]["body"]
            if not isinstance(raw, dict) or exchange["response"]["status"] != 200:
                continue
            if raw.get("object") in ("video", "batch") and "status" in raw:
                done = {"completed", "failed", "expired", "cancelled"}
                assert seen(raw).outcome == (raw["status"] if raw["status"] in done else None)
                if raw.get("created_at") is not None:
                    assert moment_of(raw["created_at"]).year == 2026
                words.add(raw["status"])
    assert {"queued", "in_progress", "processing", "completed", "failed", "expired"} <= words
