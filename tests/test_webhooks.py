"""Webhooks: what is believed, what is not, and what a believed one says."""

from __future__ import annotations

import hashlib
import hmac
import json
import pickle
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aistats.errors import AIStatsError, ConfigurationError, WebhookVerificationError
from aistats.jobs import BatchJob, VideoJob
from aistats.webhooks import verify

VECTOR = json.loads((Path(__file__).parent / "vectors" / "webhook.json").read_text("utf-8"))
BODY = VECTOR["body"].encode()
SECRET = VECTOR["secret"]
TIME = int(VECTOR["timestamp"])
NOW = datetime.fromtimestamp(TIME, UTC)
HEADERS = {"x-phaseo-signature": VECTOR["signature"], "x-phaseo-timestamp": VECTOR["timestamp"]}


def signed(payload: object, secret: str = SECRET, timestamp: str = str(TIME)):
    """Sign a payload as the gateway does, by the standard library alone."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    message = timestamp.encode() + b"." + body
    signature = hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
    return body, {"x-phaseo-signature": signature, "x-phaseo-timestamp": timestamp}


def test_the_known_vector():
    """The published example is accepted and read."""
    event = verify(BODY, HEADERS, SECRET, now=NOW)
    assert event.id == "evt_video_G-01JZ0000000000000000000000_video_completed"
    assert event.type == "video.completed"
    assert event.created_at == NOW
    assert (event.attempt, event.max_attempts) == (1, 4)
    assert event.delivery_key == "video.completed"
    assert event.previous_status is None
    assert event.raw == json.loads(BODY)
    assert isinstance(event.job, VideoJob)
    assert event.job.id == "G-01JZ0000000000000000000000"
    assert event.job.succeeded


def test_the_vector_is_signed_as_described():
    """Our own signature of the example's body is the published one."""
    assert signed(BODY)[1] == HEADERS


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Phaseo-Signature": VECTOR["signature"], "X-PHASEO-TIMESTAMP": VECTOR["timestamp"]},
        {"x-ai-stats-signature": VECTOR["signature"], "x-ai-stats-timestamp": VECTOR["timestamp"]},
        {**HEADERS, "x-ai-stats-signature": VECTOR["signature"]},
        {**HEADERS, "X-Phaseo-Signature": VECTOR["signature"], "content-type": "application/json"},
        {name: f" {value} " for name, value in HEADERS.items()},
        list(HEADERS.items()),
        [(name.encode(), value.encode()) for name, value in HEADERS.items()],
        httpx.Headers(HEADERS),
    ],
    ids=["case", "old prefix", "both prefixes", "repeated", "blanks", "pairs", "bytes", "httpx"],
)
def test_headers_in_every_form(headers):
    """Case, prefix and kind of container do not matter."""
    assert verify(BODY, headers, SECRET, now=NOW).type == "video.completed"


@pytest.mark.parametrize("body", [bytearray(BODY), memoryview(BODY)])
def test_bodies_in_every_form_of_bytes(body):
    """Any buffer of bytes can be verified."""
    assert verify(body, HEADERS, SECRET, now=NOW).attempt == 1


def test_white_space_around_the_secret_is_ignored():
    """A secret read from a file may end with a line break."""
    assert verify(BODY, HEADERS, f" {SECRET}\n", now=NOW).attempt == 1


@pytest.mark.parametrize("at", range(0, len(BODY), 23))
def test_a_changed_body_is_refused(at):
    """One changed byte anywhere is noticed."""
    changed = BODY[:at] + bytes([BODY[at] ^ 1]) + BODY[at + 1 :]
    with pytest.raises(WebhookVerificationError, match="does not match"):
        verify(changed, HEADERS, SECRET, now=NOW)


def test_a_signature_wrong_in_one_place_is_refused():
    """Every digit counts."""
    right = VECTOR["signature"]
    for at in range(len(right)):
        wrong = right[:at] + ("0" if right[at] != "0" else "1") + right[at + 1 :]
        with pytest.raises(WebhookVerificationError, match="does not match"):
            verify(BODY, {**HEADERS, "x-phaseo-signature": wrong}, SECRET, now=NOW)


def test_another_secret_or_timestamp_is_refused():
    """The signature covers the timestamp, and the whole secret is the key."""
    for secret in ("whsec_other", SECRET.removeprefix("whsec_")):
        with pytest.raises(WebhookVerificationError, match="does not match"):
            verify(BODY, HEADERS, secret, now=NOW)
    with pytest.raises(WebhookVerificationError, match="does not match"):
        verify(BODY, {**HEADERS, "x-phaseo-timestamp": str(TIME + 1)}, SECRET, now=NOW)


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({}, "timestamp is missing"),
        ({"x-phaseo-signature": "a" * 64}, "timestamp is missing"),
        ({"x-phaseo-timestamp": "1"}, "signature is missing"),
        ({**HEADERS, "x-phaseo-signature": "xyz"}, "malformed"),
        ({**HEADERS, "x-phaseo-signature": VECTOR["signature"].upper()}, "malformed"),
        ({**HEADERS, "x-phaseo-signature": "sha256=" + VECTOR["signature"]}, "malformed"),
        ({**HEADERS, "x-phaseo-signature": "é" * 64}, "malformed"),
        ({**HEADERS, "x-phaseo-timestamp": "now"}, "malformed"),
        ({**HEADERS, "x-phaseo-timestamp": "-1781166600"}, "malformed"),
        ({**HEADERS, "x-phaseo-timestamp": "1781166600.0"}, "malformed"),
        ({**HEADERS, "x-phaseo-timestamp": "١٧٨١"}, "malformed"),
        ({**HEADERS, "x-phaseo-timestamp": "9" * 400}, "malformed"),
        ({**HEADERS, "x-ai-stats-signature": "0" * 64}, "several values"),
        ({**HEADERS, "x-ai-stats-timestamp": "1"}, "several values"),
        ([*HEADERS.items(), ("x-phaseo-signature", "0" * 64)], "several values"),
        (httpx.Headers([*HEADERS.items(), ("x-phaseo-signature", "0" * 64)]), "several values"),
    ],
)
def test_missing_malformed_and_conflicting_headers(headers, words):
    """Nothing but one well-formed signature and one timestamp is looked at."""
    with pytest.raises(WebhookVerificationError, match=words):
        verify(BODY, headers, SECRET, now=NOW)


@pytest.mark.parametrize("seconds", [0, 299, 300, -300])
def test_within_the_tolerance(seconds):
    """Five minutes either way are allowed, the ends included."""
    assert verify(BODY, HEADERS, SECRET, now=TIME + seconds).attempt == 1


@pytest.mark.parametrize(("seconds", "words"), [(301, "301 s old"), (-301, "301 s ahead")])
def test_beyond_the_tolerance(seconds, words):
    """An old webhook may be a replayed one; one from the future is no better."""
    with pytest.raises(WebhookVerificationError, match=words):
        verify(BODY, HEADERS, SECRET, now=TIME + seconds)


def test_the_tolerance_can_be_chosen():
    """A longer one lets a queue verify late; not a number lets nothing pass."""
    assert verify(BODY, HEADERS, SECRET, tolerance=4000, now=TIME + 3600).attempt == 1
    with pytest.raises(WebhookVerificationError):
        verify(BODY, HEADERS, SECRET, tolerance=10, now=TIME + 11)
    with pytest.raises(WebhookVerificationError):
        verify(BODY, HEADERS, SECRET, tolerance=float("nan"), now=TIME)


def test_now_is_this_moment_unless_given():
    """Without `now` the clock decides: the example is of another time, a fresh one is accepted."""
    with pytest.raises(WebhookVerificationError, match=r"s old|ahead"):
        verify(BODY, HEADERS, SECRET)
    body, headers = signed({"type": "x"}, timestamp=str(int(datetime.now(UTC).timestamp())))
    assert verify(body, headers, SECRET).type == "x"


def test_wrong_arguments_are_named():
    """A decoded body, an empty secret and a naive time are mistakes of the caller."""
    with pytest.raises(TypeError, match="raw bytes of the request"):
        verify(BODY.decode(), HEADERS, SECRET, now=NOW)
    for secret in ("", " ", None, b"x"):
        with pytest.raises(ConfigurationError, match="secret is empty"):
            verify(BODY, HEADERS, secret, now=NOW)
    with pytest.raises(ConfigurationError, match="aware"):
        verify(BODY, HEADERS, SECRET, now=NOW.replace(tzinfo=None))
    with pytest.raises(ConfigurationError, match="not a time"):
        verify(BODY, HEADERS, SECRET, now=float("inf"))


def test_a_change_of_status_tells_the_status_before():
    """The event of a change holds both ends of it; times may be ISO text."""
    body, headers = signed(
        {
            "type": "batch.status_changed",
            "created_at": "2026-06-11T08:30:00Z",
            "data": {"id": "batch_1", "kind": "batch", "status": "in_progress"},
            "status_change": {"previous_status": "validating", "status": "in_progress"},
        }
    )
    event = verify(body, headers, SECRET, now=NOW)
    assert event.previous_status == "validating"
    assert event.created_at == datetime(2026, 6, 11, 8, 30, tzinfo=UTC)
    assert isinstance(event.job, BatchJob)
    assert not event.job.is_terminal


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"id": "x"},
        {"id": "", "kind": "video"},
        {"id": 7, "kind": "video"},
        {"kind": "x"},
        [],
    ],
)
def test_an_event_without_a_job(data):
    """An event about something else can be read, but has no job."""
    event = verify(*signed({"type": "balance.low", "data": data}), SECRET, now=NOW)
    with pytest.raises(WebhookVerificationError, match="not about a known job"):
        _ = event.job


def test_the_kind_of_job_may_be_told_by_the_events_type_alone():
    """Without `kind` in the data, `video.completed` is about a video."""
    event = verify(*signed({"type": "video.failed", "data": {"id": "G-1"}}), SECRET, now=NOW)
    assert isinstance(event.job, VideoJob)


@pytest.mark.parametrize("body", [b"", b"not json", b"[1]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_signed_but_not_an_event(body):
    """A correct signature does not make a body an event."""
    with pytest.raises(WebhookVerificationError, match="not a JSON object"):
        verify(*signed(body), SECRET, now=NOW)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from(["id", "type", "created_at", "delivery", "data", "status_change"]),
        st.none()
        | st.booleans()
        | st.integers()
        | st.text(max_size=5)
        | st.dictionaries(
            st.sampled_from(["id", "kind", "attempt", "key"]), st.integers() | st.text(max_size=3)
        ),
    )
)
def test_any_signed_object_is_read(payload):
    """Fields of any type, and missing ones, are no error."""
    event = verify(*signed(payload), SECRET, now=NOW)
    assert event.raw == payload
    try:
        assert event.job.id == payload["data"]["id"]
    except AIStatsError as error:
        assert "not about a known job" in str(error)  # noqa: PT017 - either outcome is right


@given(st.binary(max_size=50), st.text(max_size=80), st.text(max_size=20))
def test_nothing_unsigned_is_believed(body, signature, timestamp):
    """Whatever somebody sends, only this package's error comes out."""
    headers = {"x-phaseo-signature": signature, "x-phaseo-timestamp": timestamp}
    with pytest.raises(WebhookVerificationError):
        verify(body, headers, SECRET, now=NOW)


def test_the_secret_stays_secret():
    """Neither the event nor any error repeats the secret, and the payload is not in the repr."""
    event = verify(BODY, HEADERS, SECRET, now=NOW)
    assert SECRET not in repr(event)
    assert "G-01JZ0000000000000000000000'" not in repr(event)
    assert SECRET.encode() not in pickle.dumps(event)
    with pytest.raises(WebhookVerificationError) as caught:
        verify(BODY + b" ", HEADERS, SECRET, now=NOW)
    assert SECRET not in str(caught.value)
    assert VECTOR["signature"] not in str(caught.value)
