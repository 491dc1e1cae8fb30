"""Errors: every envelope, every class through pickle, and messages without secrets."""

from __future__ import annotations

import copy
import json
import multiprocessing
import pickle
import string
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import aistats
from aistats import errors
from aistats._core.error_bodies import from_response, parse_retry_after
from aistats._core.transport import ClientClosedError
from tests.conftest import SHARED, needs_shared

SECRET = "phaseo_v1_sk_demo00000000_not-a-real-secret"
NOW = datetime(2026, 8, 22, 12, 0, tzinfo=UTC)

STATUS_CLASSES = {
    400: errors.BadRequestError,
    401: errors.AuthenticationError,
    402: errors.InsufficientFundsError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    409: errors.ConflictError,
    413: errors.BadRequestError,
    422: errors.BadRequestError,
    429: errors.RateLimitError,
    501: errors.NotImplementedByGatewayError,
    502: errors.UpstreamError,
}


def mapped(status: int, body: Any, **headers: str) -> errors.APIError:
    """Map a body: bytes as they are, anything else as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return from_response(status, named, content, now=NOW)


# --- recordings: what each body must give, by paths written down from docs/gateway.md ---

# The first path that leads to a value gives the field.
RECIPE: dict[str, list[str]] = {
    "code": ["error", "error.code", "error.type"],
    "message": [
        *("description", "message", "error.message", "error.reason", "reason"),
        *("error", "error.code", "error.type"),
    ],
    "reason": ["reason", "error.reason"],
    "request_id": ["generation_id", "request_id", "requestId"],
    "upstream_status": ["upstream_status", "failed_statuses.-1", "upstreamStatus"],
    "provider": ["provider", "failed_providers.-1", "provider_failure_diagnostics.provider"],
}
IDENTIFIER_SIGNS = frozenset(string.ascii_lowercase + string.digits + "_")


def at(body: Any, path: str) -> Any:
    for step in path.split("."):
        if isinstance(body, list) and body and step == "-1":
            body = body[-1]
        elif isinstance(body, dict):
            body = body.get(step)
        else:
            return None
    return None if isinstance(body, dict | list) or body in ("", "unknown") else body


def expected_fields(body: Any) -> dict[str, Any]:
    found = {
        name: next((v for path in paths if (v := at(body, path)) is not None), None)
        for name, paths in RECIPE.items()
    }
    described = at(body, "description")
    if found["reason"] is None and described and set(described) <= IDENTIFIER_SIGNS:
        found["reason"] = described
    return found


def expected_class(status: int, body: Any) -> type[errors.APIError]:
    if status == 502 and at(body, "error") == "provider_payment_required":
        samples = body.get("failure_sample") or []
        if any(sample["upstream_error_code"] == "insufficient_funds" for sample in samples):
            return errors.InsufficientFundsError
    if status in STATUS_CLASSES:
        return STATUS_CLASSES[status]
    return errors.ServerError if status >= 500 else errors.APIError


def recorded_failures() -> list[Any]:
    found = [
        pytest.param(exchange["response"], id=exchange["name"])
        for path in sorted((SHARED / "recordings").glob("*.json"))
        for exchange in json.loads(path.read_text())
        if exchange["response"]["status"] >= 400
    ]
    return found or [pytest.param(None, marks=needs_shared, id="no-recordings")]


@needs_shared
def test_there_are_recorded_failures() -> None:
    """The parametrised test below runs over more than a hundred bodies."""
    assert len(recorded_failures()) > 100


@pytest.mark.parametrize("answer", recorded_failures())
def test_every_recorded_failure_is_mapped(answer: dict[str, Any]) -> None:
    """Class and fields of a real body are those that the recipe gives."""
    status, body = answer["status"], answer["body"]
    content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    error = from_response(status, answer["headers"], content)
    assert type(error) is expected_class(status, body)
    assert error.status_code == status
    assert error.body == body
    assert error.headers["content-type"] == httpx.Headers(answer["headers"])["content-type"]
    expected = expected_fields(body)
    message = expected.pop("message") or httpx.codes.get_reason_phrase(status)
    if type(error) is errors.InsufficientFundsError and status == 502:
        message = "insufficient balance"
    assert error.message.startswith(" ".join(message.split())[:249])
    for cause in ("message", "code"):  # whatever the gateway's own words leave out
        told = at(body, f"upstream_error.{cause}")
        assert told is None or " ".join(str(told).split())[:180] in error.message
    assert {name: getattr(error, name) for name in expected} == expected
    assert "\n" not in str(error)
    assert str(error).startswith(f"{status}")
    for part in (error.code, error.request_id):
        assert part is None or part in str(error)


# --- our own vectors: every envelope of docs/gateway.md ---

VECTORS = json.loads((Path(__file__).parent / "vectors" / "errors.json").read_text("utf-8"))
FIELDS = ("code", "reason", "message", "request_id", "upstream_status", "provider")


@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)
def test_every_envelope_gives_its_fields(vector: dict[str, Any]) -> None:
    """Each field is filled where the body has it and None where it has not."""
    body = vector["text"].encode() if "text" in vector else vector["json"]
    error = mapped(vector["status"], body)
    found = {name: getattr(error, name) for name in FIELDS}
    assert found == dict.fromkeys(FIELDS) | vector["fields"]
    assert error.body == vector.get("text", vector.get("json"))


@pytest.mark.parametrize("status", [*range(400, 600), 600, 999])
def test_the_status_decides_the_class(status: int) -> None:
    """Listed statuses have a class of their own, others are `ServerError` or `APIError` itself."""
    default = errors.ServerError if status >= 500 else errors.APIError
    error = mapped(status, b"")
    assert type(error) is STATUS_CLASSES.get(status, default)
    assert error.status_code == status


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"failure_sample": [{"upstream_error_code": "insufficient_funds"}]}, "funds"),
        ({"failure_sample": [{}, {"upstream_error_code": "insufficient_funds"}]}, "funds"),
        ({"upstream_error": {"code": "insufficient_funds"}}, "funds"),
        ({"failure_sample": [{"upstream_error_code": "card_declined"}]}, "upstream"),
        ({"failure_sample": [{"upstream_error_code": ["insufficient_funds"]}]}, "upstream"),
        ({}, "upstream"),
        ({"error": "upstream_error", "upstream_error": {"code": "insufficient_funds"}}, "upstream"),
    ],
)
def test_a_wallet_that_cannot_pay_is_told_from_a_provider_that_was_not_paid(
    body: dict[str, Any], kind: str
) -> None:
    """Only the inner code of a 502 says which of the two it is; neither is retryable."""
    error = mapped(502, {"error": "provider_payment_required", **body})
    wanted = errors.InsufficientFundsError if kind == "funds" else errors.UpstreamError
    assert type(error) is wanted
    assert error.retryable is (body.get("error") == "upstream_error")


TROUBLE = ("db_error", "server_misconfig_missing_pepper", "oauth_jwks_unavailable")
LASTING = ("missing_video_uri", "video_generation_failed", "video_cancelled", "video_expired")


@pytest.mark.parametrize(
    ("status", "body", "retryable"),
    [
        *((status, {}, False) for status in (400, 401, 402, 403, 404, 408, 409, 413, 422, 425)),
        *((401, {"error": "unauthorised", "reason": reason}, True) for reason in TROUBLE),
        *((401, {"error": "unauthorised", "description": reason}, True) for reason in TROUBLE),
        (401, {"error": "unauthorised", "reason": "key_expired"}, False),
        *((502, {"error": "upstream_error", "reason": reason}, False) for reason in LASTING),
        (502, {"error": "google_missing_output"}, False),
        (503, {"error": "x", "reason": "missing_video_uri"}, True),
        (429, {"error": "rate_limited"}, True),
        (429, b"slow down", True),
        (429, {"error": "key_limit_exceeded"}, False),
        *((status, b"<html>", True) for status in (500, 502, 503, 504, 520, 529, 599)),
        (501, {}, False),
        (502, {"error": "upstream_error"}, True),
        *((502, {"upstream_status": s}, True) for s in (408, 409, 425, 429, 500, 503, 599)),
        *((502, {"upstream_status": s}, False) for s in (400, 401, 402, 403, 404, 422)),
        (502, {"failed_statuses": [400, 503, 400]}, True),
        (502, {"failed_statuses": [400, 404]}, False),
        (502, {"failed_statuses": [400], "failure_sample": [{"type": "retryable_error"}]}, True),
        (
            502,
            {"upstream_status": 400, "provider_failure_diagnostics": {"category": "rate_limited"}},
            True,
        ),
        (
            502,
            {"upstream_status": 400, "provider_failure_diagnostics": {"category": "server_error"}},
            True,
        ),
        (
            502,
            {"upstream_status": 400, "provider_failure_diagnostics": {"category": ["x"]}},
            False,
        ),
        (502, {"error": "provider_payment_required", "failed_statuses": [503]}, False),
    ],
)
def test_an_answer_says_whether_repeating_can_help(status: int, body: Any, retryable: bool) -> None:
    """`retryable` follows the table of the wire facts."""
    assert mapped(status, body).retryable is retryable


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        ("0", 0.0),
        (" 2.5 ", 2.5),
        (" \x1d0", 0.0),
        ("9" * 400, 1e9),
        ("Sat, 22 Aug 2026 12:00:30 GMT", 30.0),
        ("Sat, 22 Aug 2026 12:00:30", 30.0),
        ("Sat, 22 Aug 2026 11:00:00 GMT", 0.0),
        ("-3", None),
        ("1e3", None),
        ("nan", None),
        ("inf", None),
        ("soon", None),
        ("", None),
        ("Sat, 99 Aug 2026 12:00:30 GMT", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    """Whatever cannot be read counts as absent, and a date of the past as zero."""
    assert parse_retry_after(value, now=NOW) == seconds


def test_a_date_is_measured_from_now() -> None:
    """Without a given moment the clock of this machine decides."""
    moment = datetime.now(UTC) + timedelta(hours=2)
    seconds = parse_retry_after(moment.strftime("%a, %d %b %Y %H:%M:%S GMT"))
    assert seconds is not None
    assert 7000 < seconds <= 7200


def test_the_error_keeps_headers_and_retry_after() -> None:
    """Headers are looked up in any case, and Retry-After is given in seconds."""
    error = mapped(503, b"", retry_after="12", x_request_id="theirs")
    assert error.headers["X-Request-Id"] == "theirs"
    assert error.retry_after == 12.0


@pytest.mark.parametrize("body", [b"[" * 10**6, b'{"a":' * 10**6, b'{"error":' + b"9" * 10_000])
def test_json_that_cannot_be_read_is_text(body: bytes) -> None:
    """Nesting without end and numbers without end are no reason to fail."""
    error = mapped(500, body)
    assert error.body == body.decode()
    assert error.message == "Internal Server Error"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
NAMES = st.sampled_from(
    [
        *("error", "description", "message", "reason", "generation_id", "request_id", "requestId"),
        *("upstream_status", "failed_statuses", "upstreamStatus", "provider", "failed_providers"),
        *("provider_failure_diagnostics", "failure_sample", "upstream_error", "code", "type"),
        *("category", "upstream_error_code"),
    ]
)
BODIES = st.recursive(JSON, lambda inner: st.dictionaries(NAMES, inner), max_leaves=12)


@given(st.sampled_from([400, 429, 500, 502, 599]), BODIES | st.binary(), st.binary())
def test_any_body_gives_an_error_of_one_line(status: int, body: Any, header: bytes) -> None:
    """Whatever comes, the mapping gives an error that prints, pickles and copies."""
    error = from_response(
        status,
        httpx.Headers([(b"retry-after", header)]),
        body if isinstance(body, bytes) else json.dumps(body).encode(),
    )
    text = str(error)
    assert text.isprintable()
    assert text.encode()
    assert len(text) < 1000
    assert str(pickle.loads(pickle.dumps(error))) == text  # noqa: S301


# --- every class ---


def a_job() -> Any:
    return aistats.VideoJob(id="G-01J", raw={"id": "G-01J", "status": "failed"})


REQUEST = httpx.Request("POST", "https://api.example.com/v1/videos")
API_FIELDS: dict[str, Any] = {
    "status_code": 418,
    "code": "teapot",
    "reason": "short_and_stout",
    "request_id": "G-01E",
    "upstream_status": 503,
    "provider": "acme",
    "body": {"error": "teapot", "details": [1]},
    "headers": httpx.Headers({"X-A": "b"}),
    "retryable": True,
    "retry_after": 3.5,
}
STREAM_FIELDS: dict[str, Any] = {
    "partial_text": "half a",
    "code": "cut",
    "request_id": "G-01S",
    "body": {"type": "error"},
    "usage": aistats.Usage(input_tokens=1),
}
WINDOW = (NOW, NOW + timedelta(seconds=5))


def fields_of(kind: type[errors.AIStatsError]) -> dict[str, Any]:
    if issubclass(kind, errors.APIError):
        return API_FIELDS
    if issubclass(kind, errors.StreamError):
        return STREAM_FIELDS
    if issubclass(kind, errors.JobFailedError):
        return {"job": a_job(), "status": "failed", "code": "c", "reason": "r", "provider": "p"}
    if issubclass(kind, errors.JobError):
        return {"job": a_job()}
    if issubclass(kind, errors.ConnectionFailedError):
        return {"request": REQUEST, "may_have_run": True, "window": WINDOW}
    if kind is errors.MissingFieldError:
        named = {"field": "usage", "operation": "videos.create", "request_id": "G-1"}
        return {**named, "status_code": 200, "body": b"{}"}
    if kind is errors.ResponseDecodeError:
        return {"status_code": 200, "body": b"<html>", "headers": httpx.Headers({"X-A": "b"})}
    return {}


def all_kinds(kind: type[errors.AIStatsError] = errors.AIStatsError) -> list[Any]:
    below = [kind for sub in kind.__subclasses__() for kind in all_kinds(sub)]
    return list(dict.fromkeys([kind, *below]))


def example(kind: type[errors.AIStatsError]) -> Any:
    return kind("what happened", **fields_of(kind))


def facts(error: Any) -> dict[str, Any]:
    """List what an error carries, in a form that can be compared."""
    found = {"class": type(error), "text": str(error), "args": error.args, **vars(error)}
    for name, value in found.items():
        if isinstance(value, httpx.Request):
            found[name] = (value.method, str(value.url))
        elif isinstance(value, aistats.Job):
            found[name] = (type(value), value.id, value.raw)
    return found


def test_all_classes_are_covered() -> None:
    """The list of classes below is the tree of `errors`, and the tests run over all of it."""
    public = {kind for kind in vars(errors).values() if isinstance(kind, type)}
    tree = {kind for kind in public if issubclass(kind, errors.AIStatsError)}
    assert tree | {ClientClosedError} <= set(all_kinds())
    assert len(tree) == 25


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize(
    "twin",
    [copy.copy, copy.deepcopy, *(lambda e, p=p: pickle.loads(pickle.dumps(e, p)) for p in (2, 5))],  # noqa: S301
    ids=["copy", "deepcopy", "pickle 2", "pickle 5"],
)
def test_an_error_survives_copies(kind: type[errors.AIStatsError], twin: Any) -> None:
    """Class, message and every field come through."""
    error = example(kind)
    error.add_note("seen by a test")
    assert facts(twin(error)) == facts(error)


def in_another_process(error: Exception) -> Any:
    """Give an error back from a pool's process."""
    assert str(error)
    return error


def test_errors_travel_between_processes() -> None:
    """A pool of processes takes every error there and back."""
    every = [example(kind) for kind in all_kinds()]
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        back = pool.map(in_another_process, every)
    assert [facts(error) for error in back] == [facts(error) for error in every]


@pytest.mark.parametrize(
    ("kind", "builtin"),
    [
        (errors.InvalidKeyError, ValueError),
        (errors.RequestTimeoutError, TimeoutError),
        (errors.JobTimeoutError, TimeoutError),
    ],
)
def test_some_errors_are_builtin_ones_as_well(
    kind: type[errors.AIStatsError], builtin: type[Exception]
) -> None:
    """`except TimeoutError` and `except ValueError` catch what they should."""
    assert isinstance(example(kind), builtin)


def test_the_message_is_one_line_with_all_that_matters() -> None:
    """Status, code, message and request id are in it, also when the message is very long."""
    error = mapped(500, {"error": "e", "message": "a\nb " * 500, "generation_id": "G-01"})
    assert str(error).startswith("500 e: a b a b")
    assert str(error).endswith("… (request id G-01)")
    assert len(str(error)) < 600


def test_hostile_fields_do_not_reach_the_terminal() -> None:
    """Escape codes, lone surrogates and endless codes are replaced or cut in the message."""
    error = mapped(500, b'{"error":"\\u001b[31m' + b"x" * 999 + b'","message":"\\ud800\\u0000"}')
    assert str(error).isprintable()
    assert str(error).encode()
    assert len(str(error)) < 200


@pytest.mark.parametrize(
    "body",
    [
        {"error": {"message": f"Incorrect API key provided: {SECRET}."}},
        {"error": SECRET},
        {"error": "e", "description": f"got 'Bearer {SECRET}'", "request_id": SECRET},
    ],
)
def test_a_server_that_echoes_the_key_does_not_make_us_show_it(body: dict[str, Any]) -> None:
    """Neither `str` nor `repr` of the error shows the secret."""
    error = mapped(401, body)
    assert "not-a-real-secret" not in f"{error} {error!r}"
    assert "phaseo_v1_sk_demo00000000_***" in str(error)


def test_a_deeply_nested_body_travels_as_text() -> None:
    """`pickle` cannot follow what JSON allows."""
    content = b'{"error": "x", "deep": ' + b"[" * 900 + b"]" * 900 + b"}"
    error = from_response(400, {}, content)
    assert pickle.loads(pickle.dumps(error)).body == error.body == content.decode()  # noqa: S301
    assert error.code == "x"
