"""Repeating calls: the whole table of kinds and outcomes, the naps between, and the budget."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from attrs import field, frozen
from hypothesis import given
from hypothesis import strategies as st

from aistats import APIError, ConfigurationError, Retry, errors
from aistats._core.retry import repeat_of
from tests.colours import Colour, Script, Step, answer, colours


def OK() -> httpx.Response:
    return answer(json={"id": "G-01OK"})


@frozen
class Call:
    """A call through `client.request`."""

    method: str = "GET"
    path: str = "/models"
    retry: Retry = field(factory=Retry)
    json: Any = None


call = Call


def play(script: Script, wanted: Call, colour: Colour = "sync") -> Any:
    """Make the call; jitter takes the most it may."""
    script.steps = type(script.steps)(step() if step is OK else step for step in script.steps)
    body = {} if wanted.method in ("POST", "PUT", "PATCH") and wanted.json is None else wanted.json
    return script.call(
        colour,
        lambda client: client.request(
            wanted.method, wanted.path, json=body, params={"token": "hidden"}, retry=wanted.retry
        ),
    )


KINDS = {
    "safe": call("GET", "/models"),
    "text": call("POST", "/chat/completions"),
    "once": call("POST", "/embeddings"),
    "job": call("POST", "/videos"),
    "billed": call("POST", "/videos", retry=Retry(retry_billed=True)),
}


def upstream(*statuses: int, **facts: Any) -> httpx.Response:
    return answer(502, {"error": "upstream_error", "failed_statuses": list(statuses), **facts})


# What happens at the first try, and for which kinds of call it is tried again (docs/gateway.md).
TABLE: dict[str, tuple[Any, str]] = {
    "refused": (lambda: httpx.ConnectError("refused"), "safe text once job billed"),
    # A transport that tells no steps may call anything a connection: it proves nothing.
    "not connected in time": (lambda: httpx.ConnectTimeout(""), "safe billed"),
    "no connection free": (lambda: httpx.PoolTimeout(""), "safe text once job billed"),
    "no tunnel": (lambda: httpx.ProxyError("407"), "safe billed"),
    "no answer in time": (lambda: httpx.ReadTimeout(""), "safe billed"),
    "not written in time": (lambda: httpx.WriteTimeout(""), "safe billed"),
    "reset": (lambda: httpx.ReadError("reset"), "safe billed"),
    "broken pipe": (lambda: httpx.WriteError("pipe"), "safe billed"),
    "cut": (lambda: httpx.RemoteProtocolError("cut"), "safe billed"),
    "429": (lambda: answer(429, {"error": "busy"}), "safe text once job billed"),
    "429 of the key": (lambda: answer(429, {"error": "key_limit_exceeded"}), ""),
    "500": (lambda: answer(500, {"error": "gateway_error"}), "safe text billed"),
    "500 text": (lambda: answer(500, text="Internal Server Error"), "safe text billed"),
    "501": (lambda: answer(501), ""),
    "502 of nobody": (lambda: answer(502, {"error": "upstream_error"}), "safe text billed"),
    "502 page": (lambda: answer(502, text="<html>"), "safe text billed"),
    "502 of a 503": (lambda: upstream(503), "safe text once billed"),
    "502 of a 400 and a 429": (lambda: upstream(429, 400), "safe text once billed"),
    "502 of a 400": (lambda: upstream(400), ""),
    "502 of a 404 direct": (lambda: answer(502, {"upstream_status": 404}), ""),
    "502 lost upstream": (
        lambda: upstream(failure_sample=[{"type": "retryable_error"}]),
        "safe text billed",
    ),
    "502 unpaid": (
        lambda: upstream(402, error="provider_payment_required"),
        "",
    ),
    "503": (lambda: answer(503), "safe text billed"),
    "504": (lambda: answer(504), "safe text billed"),
    "520": (lambda: answer(520, text="<html>"), "safe text billed"),
    **{
        str(status): (lambda status=status: answer(status), "")
        for status in (400, 401, 402, 403, 404, 405, 408, 409, 413, 418, 422, 425, 426)
    },
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("outcome", TABLE)
def test_the_table(outcome: str, kind: str) -> None:
    """A failed first try is repeated for exactly the kinds of call that the table names."""
    make, repeated = TABLE[outcome]
    script = Script(make(), OK)
    if kind in repeated.split():
        assert play(script, KINDS[kind]) == {"id": "G-01OK"}
        assert (len(script.requests), script.naps) == (2, [0.5])
    else:
        with pytest.raises(errors.AIStatsError):
            play(script, KINDS[kind])
        assert (len(script.requests), script.naps) == (1, [])


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("GET", "/videos", "safe"),
        ("HEAD", "/videos", "safe"),
        ("DELETE", "/videos/G-01", "safe"),
        ("POST", "/videos/G-01/download_url", "safe"),
        ("POST", "/videos/G-01/cancel", "safe"),
        ("POST", "/batches/b/cancel", "safe"),
        ("POST", "/pricing/calculate", "safe"),
        ("POST", "/chat/completions", "text"),
        ("POST", "/responses", "text"),
        ("POST", "/messages", "text"),
        ("POST", "/videos", "job"),
        ("POST", "/video/generations", "job"),
        ("POST", "/music/generate", "job"),
        ("POST", "/music/generations", "job"),
        ("POST", "/batches", "job"),
        ("POST", "/batch", "job"),
        ("POST", "/images/generations", "once"),
        ("POST", "/audio/speech", "once"),
        ("POST", "/files", "once"),
        ("POST", "/keys", "once"),
        ("PATCH", "/keys/k", "once"),
        ("PUT", "/keys/k", "once"),
    ],
)
def test_calls_are_classified(method: str, path: str, kind: str) -> None:
    """Whether a call bills, creates or only reads follows from its method and path."""
    assert repeat_of(method, path) == kind


@colours
def test_naps_grow_up_to_the_cap(colour: Colour) -> None:
    """Each nap may be twice the one before, up to the cap; the last error is raised."""
    script = Script(*[answer(503, {"error": f"e{n}"}) for n in range(7)])
    with pytest.raises(errors.ServerError, match="e6"):
        play(script, call(retry=Retry(attempts=7, base=0.5, cap=3.0)), colour)
    assert script.naps == [0.5, 1.0, 2.0, 3.0, 3.0, 3.0]


@colours
def test_one_attempt_means_no_repeat(colour: Colour) -> None:
    """`Retry(attempts=1)` switches repeating off."""
    script = Script(answer(503))
    with pytest.raises(errors.ServerError):
        play(script, call(retry=Retry(attempts=1)), colour)
    assert len(script.requests) == 1


def test_the_attempts_of_a_call_are_the_same_request() -> None:
    """Method, URL, headers and body go out again as they were."""
    script = Script(httpx.ReadError("reset"), answer(500), OK)
    play(script, call("DELETE", "/videos/G-01", json={"a": 1}))
    seen = {(r.method, str(r.url), r.headers["authorization"], r.read()) for r in script.requests}
    assert len(seen) == 1
    assert len(script.requests) == 3


@given(st.integers(1, 2000), st.floats(0, 1e9), st.floats(0, 1e9), st.floats(0, 1))
def test_jitter_stays_between_nothing_and_the_cap(
    failures: int, base: float, cap: float, share: float
) -> None:
    """Whatever the numbers, a nap is finite, not negative and never above the cap."""
    nap = Retry(base=base, cap=cap).backoff(failures, lambda low, high: low + share * (high - low))
    assert 0.0 <= nap <= cap
    most = Retry(base=base, cap=cap).backoff(failures, lambda _, high: high)
    assert most == min(cap, base * 2.0 ** min(failures - 1, 1000))


def test_jitter_is_random_by_default() -> None:
    """Two clients that failed together do not come back together."""
    error = APIError("m", status_code=503, retryable=True)
    naps = {Retry().pause(error, repeat="safe", attempt=1) for _ in range(20)}
    assert len(naps) > 10
    assert all(nap is not None and 0 <= nap <= 0.5 for nap in naps)


@pytest.mark.parametrize(("value", "nap"), [("7", 7.0), ("0", 0.0), ("60", 60.0)])
def test_retry_after_replaces_the_backoff(value: str, nap: float) -> None:
    """A server that names a time is believed, up to the cap."""
    script = Script(answer(429, headers={"Retry-After": value}), OK)
    play(script, call())
    assert script.naps == [nap]


def test_retry_after_may_be_a_date() -> None:
    """A date is as good as a number of seconds."""
    date = (datetime.now(UTC) + timedelta(seconds=30)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    script = Script(answer(503, headers={"Retry-After": date}), OK)
    play(script, call())
    assert len(script.naps) == 1
    assert 25 < script.naps[0] <= 30


@pytest.mark.parametrize("value", ["61", "86400", "9" * 300])
def test_a_long_retry_after_is_raised_at_once(value: str) -> None:
    """Above the cap the caller decides, and finds the time on the error."""
    script = Script(answer(503, headers={"Retry-After": value}))
    with pytest.raises(errors.ServerError) as caught:
        play(script, call())
    assert caught.value.retry_after == min(float(value), 1e9)
    assert script.naps == []


def test_an_unreadable_retry_after_is_ignored() -> None:
    """Then the backoff counts as if there were none."""
    script = Script(answer(503, headers={"Retry-After": "soon"}), OK)
    play(script, call())
    assert script.naps == [0.5]


# --- the budget ---


@colours
def test_no_nap_goes_over_the_budget(colour: Colour) -> None:
    """A nap that would end after the budget is not begun: the last error is raised."""
    script = Script(*[answer(503, {"error": f"e{n}"}) for n in range(9)])
    retry = Retry(attempts=9, base=2.0, cap=8.0, budget=10.0)
    with pytest.raises(errors.ServerError, match="e2"):
        play(script, call(retry=retry), colour)
    assert script.naps == [2.0, 4.0]


def test_timeouts_shrink_to_what_is_left() -> None:
    """Every phase of a later attempt gets at most the rest of the budget."""
    seen: list[dict[str, float | None]] = []

    def looks(request: httpx.Request) -> httpx.Response:
        seen.append(dict(request.extensions["timeout"]))
        script.now += 3.0
        return answer(503)

    script = Script(looks, looks)
    with pytest.raises(errors.ServerError):
        play(script, call(retry=Retry(budget=9.0, base=1.0)))
    assert seen == [
        dict.fromkeys(("connect", "read", "write", "pool"), left) for left in (5.0, 5.0)
    ]


class Drips(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body whose every byte takes a second of the script's clock."""

    def __init__(self, script: Script, error: Exception | None = None) -> None:
        self.script = script
        self.error = error
        self.closed = 0

    def __iter__(self) -> Any:
        for _ in range(10):
            if self.closed:
                raise httpx.ReadError("closed")
            self.script.now += 1.0
            yield b"x"
        if self.error:
            raise self.error

    async def __aiter__(self) -> Any:
        for part in self:
            yield part

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.closed += 1


@colours
def test_a_body_that_drips_ends_with_the_budget(colour: Colour) -> None:
    """A server that sends a byte a second cannot make a call longer than its budget."""
    script = Script()
    body = Drips(script)
    script.steps.append(answer(stream=body))
    with pytest.raises(errors.RequestTimeoutError, match="budget"):
        play(script, call(retry=Retry(budget=5.0)), colour)
    assert script.now == 1005.0
    assert body.closed


@colours
def test_a_failure_that_drips_is_still_told_by_its_status(colour: Colour) -> None:
    """The status of an answer is known before its body; so much is raised."""
    script = Script()
    script.steps.append(answer(403, stream=Drips(script)))
    with pytest.raises(errors.PermissionDeniedError) as caught:
        play(script, call(retry=Retry(budget=5.0)), colour)
    assert caught.value.body == "xxxxx"


@colours
def test_a_failure_whose_body_breaks_off_is_told_by_its_status(colour: Colour) -> None:
    """A connection lost inside an error body does not hide the error."""
    script = Script()
    broken = Drips(script, httpx.ReadError("reset"))
    script.steps.append(answer(400, stream=broken))
    with pytest.raises(errors.BadRequestError) as caught:
        play(script, call("POST", "/videos"), colour)
    assert caught.value.body == "x" * 10
    assert broken.closed


@colours
def test_an_open_stream_may_last_longer_than_the_budget(colour: Colour) -> None:
    """The budget is that of the call; who iterates over its body takes the time it takes."""
    script = Script(answer(200, content=b"data: [DONE]\n\n"))

    def use(client: Any) -> Any:
        limits = {"timeout": 600.0, "retry": Retry(budget=5.0)}
        stream = client.chat.completions.stream(model="m", messages=[], **limits)
        if colour == "sync":
            with stream:
                return script.requests[0].extensions["timeout"]["read"]

        async def entered() -> float:
            async with stream:
                return script.requests[0].extensions["timeout"]["read"]

        return entered()

    assert script.call(colour, use) == 600.0


# --- calls that create a billed job ---


@colours
@pytest.mark.parametrize(
    "lost", [httpx.ReadError("reset"), httpx.ReadTimeout(""), lambda _: answer(500)]
)
def test_a_billed_call_is_never_sent_twice(colour: Colour, lost: Step) -> None:
    """An answer that was lost may have been a job: another would be paid as well."""
    script = Script(lost)
    with pytest.raises(errors.AIStatsError):
        play(script, call("POST", "/videos"), colour)
    assert len(script.requests) == 1


@pytest.mark.parametrize("path", ["/videos", "/music/generate", "/batches"])
def test_a_lost_billed_call_says_where_to_look(path: str) -> None:
    """The error says that the job may exist, and between which times it was created."""
    before = datetime.now(UTC)
    with pytest.raises(errors.ConnectionFailedError, match="may exist and be billed") as caught:
        play(Script(httpx.ReadError("reset")), call("POST", path))
    error = caught.value
    assert error.may_have_run
    assert error.window
    assert before <= error.window[0] <= error.window[1] <= datetime.now(UTC)
    assert f"{error.window[0]:%H:%M:%S}" in str(error)


def test_a_refused_billed_call_is_known_not_to_have_run() -> None:
    """No connection, no job: nothing has to be looked for."""
    script = Script(*[httpx.ConnectError("refused")] * 3)
    with pytest.raises(errors.ConnectionFailedError, match="refused") as caught:
        play(script, call("POST", "/videos"))
    assert (caught.value.may_have_run, caught.value.window) == (False, None)
    assert len(script.requests) == 3


def test_other_calls_have_no_window() -> None:
    """Only a billed job is worth looking for."""
    with pytest.raises(errors.RequestTimeoutError) as caught:
        play(Script(httpx.ReadTimeout("")), call("POST", "/embeddings"))
    assert (caught.value.may_have_run, caught.value.window) == (True, None)
    assert "billed" not in str(caught.value)


# --- what a failed connection is told as ---


@pytest.mark.parametrize(
    ("lost", "kind"),
    [
        (httpx.ConnectError("no such host"), errors.ConnectionFailedError),
        (httpx.ConnectTimeout("too slow"), errors.RequestTimeoutError),
        (httpx.ReadTimeout(""), errors.RequestTimeoutError),
        (httpx.RemoteProtocolError("bad\nline \x1b[31m"), errors.ConnectionFailedError),
    ],
)
def test_a_failed_connection_is_told_without_secrets(
    lost: httpx.TransportError, kind: type[errors.ConnectionFailedError]
) -> None:
    """Method, path, host and cause are in the message; the query, headers and body are nowhere."""
    wanted = call("POST", "/embeddings", retry=Retry(attempts=1), json={"input": "hidden"})
    with pytest.raises(errors.ConnectionFailedError) as caught:
        play(Script(lost), wanted)
    error = caught.value
    assert type(error) is kind
    assert error.__cause__ is lost
    for part in ("POST /embeddings", "127.0.0.1", type(lost).__name__):
        assert part in str(error)
    assert str(error).isprintable()
    assert error.request is not None
    assert str(error.request.url) == "http://127.0.0.1:9/v1/embeddings"
    told = f"{error}{error!r}{vars(error)}{error.request.headers}{error.request.content!r}"
    assert "hidden" not in told


# --- the log ---


def test_every_attempt_and_every_repeat_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    """One DEBUG line an attempt, one WARNING a repeat: no query, header, key or body in them."""
    script = Script(
        answer(503, {"error": "bad\nluck", "generation_id": "G-01E", "x": "hidden"}),
        httpx.ReadError("hidden"),
        answer(200, {"id": "G-01OK", "text": "hidden"}),
    )
    with caplog.at_level(logging.DEBUG, logger="aistats"):
        play(script, call("DELETE", "/videos/G-01", json={"a": "hidden"}))
    levels = [record.levelname for record in caplog.records]
    assert levels == ["DEBUG", "WARNING", "DEBUG", "WARNING", "DEBUG"]
    lines = [record.getMessage() for record in caplog.records]
    assert lines == [
        "DELETE /videos/G-01: attempt 1: 503 in 0 ms, request id G-01E",
        "DELETE /videos/G-01: 503 bad luck G-01E; trying again in 0.50 s",
        "DELETE /videos/G-01: attempt 2: ReadError in 0 ms, request id -",
        "DELETE /videos/G-01: ReadError; trying again in 1.00 s",
        "DELETE /videos/G-01: attempt 3: 200 in 0 ms, request id G-01OK",
    ]


@pytest.mark.parametrize(
    ("body", "request_id"),
    [
        ({"requestId": "G-01R", "id": "x"}, "G-01R"),
        ({"id": "G-01I"}, "G-01I"),
        ({"id": "resp_1"}, "-"),
        ({"id": 7}, "-"),
        ([1], "-"),
    ],
)
def test_the_log_finds_the_request_id_of_a_success(
    body: Any, request_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The gateway has no header for it, so the body is looked at, whatever it is."""
    with caplog.at_level(logging.DEBUG, logger="aistats"):
        play(Script(answer(200, body)), call())
        with pytest.raises(errors.ResponseDecodeError):
            play(Script(answer(200, content=b"RIFF")), call())
    assert caplog.messages[0].endswith(f"request id {request_id}")
    assert caplog.messages[1].endswith("request id -")


# --- settings ---


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        *(({"attempts": n}, "attempts.*whole number >= 1") for n in (0, -1, 1.5, True, "3", None)),
        *(
            ({name: value}, f"{name}.*seconds >= 0")
            for name in ("base", "cap", "respect_retry_after_up_to")
            for value in (-1, float("nan"), float("inf"), 1e300, True, "1", None)
        ),
        *(
            ({"budget": value}, "budget.*seconds > 0")
            for value in (0, -1, float("nan"), float("inf"), 1e300, True, "1")
        ),
        *(({"retry_billed": value}, "retry_billed.*True or False") for value in (1, "yes", None)),
    ],
)
def test_values_out_of_range_are_refused(settings: dict[str, Any], says: str) -> None:
    """What could never work, or would overflow a clock, is refused when it is written down."""
    with pytest.raises(ConfigurationError, match=says):
        Retry(**settings)


def test_the_defaults_are_those_of_the_contract() -> None:
    """Three attempts, half a second, eight, sixty, no budget, billed calls once."""
    assert Retry() == Retry(3, 0.5, 8.0, 60.0, None, False)
