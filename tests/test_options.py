"""What a client refuses before anything is sent, and what it reads from the environment."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from aistats import (
    AIStats,
    APIKey,
    AsyncAIStats,
    ConfigurationError,
    InvalidKeyError,
    Limits,
    Retry,
)
from aistats._core.options import DEFAULT_BASE_URL, DEFAULT_TIMEOUT, Options
from tests.colours import KEY, MANAGEMENT_KEY, Colour, Script, answer, colours

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "not-a-real-secret"
VARIABLES = ("AI_STATS_API_KEY", "AI_STATS_MANAGEMENT_KEY", "AI_STATS_BASE_URL")


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start without any of our variables."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def nobody_calls() -> Iterator[str]:
    """Give the address of a server that must not see a connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/v1"
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()


def read(**settings: Any) -> Options:
    given = {"api_key": KEY, "management_key": None, "base_url": None}
    return Options.read(**{**given, **settings})


# --- keys ---


@pytest.mark.parametrize("kind", [AIStats, AsyncAIStats])
def test_a_client_without_a_key_is_refused(kind: Any, nobody_calls: str) -> None:
    """The message names both arguments and both variables."""
    with pytest.raises(ConfigurationError, match="no key") as caught:
        kind(base_url=nobody_calls)
    for hint in ("api_key=", "AI_STATS_API_KEY", "management_key=", "AI_STATS_MANAGEMENT_KEY"):
        assert hint in str(caught.value)


@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """`export AI_STATS_API_KEY=` is no key, and no malformed key either."""
    for name in VARIABLES:
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match="no key"):
        AIStats()
    assert read().base_url == DEFAULT_BASE_URL


@pytest.mark.parametrize("kind", [AIStats, AsyncAIStats])
@pytest.mark.parametrize("argument", ["api_key", "management_key"])
@pytest.mark.parametrize("key", ["", "sk-x", f"Bearer {KEY}", "YOUR_API_KEY", 5])
def test_a_malformed_key_is_refused(kind: Any, argument: str, key: Any, nobody_calls: str) -> None:
    """Whatever the kind of key, it is read when the client is made."""
    with pytest.raises(InvalidKeyError) as caught:
        kind(base_url=nobody_calls, **{argument: key})
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("argument", "key", "right"),
    [("api_key", MANAGEMENT_KEY, "management_key"), ("management_key", KEY, "api_key")],
)
def test_a_key_of_the_other_kind_is_refused(argument: str, key: str, right: str) -> None:
    """Mixed up keys would only fail at the gateway; the message names the right argument."""
    with pytest.raises(ConfigurationError, match=f"pass it as {right}") as caught:
        AIStats(**{argument: key})  # type: ignore[arg-type]
    assert SECRET not in str(caught.value)


def test_keys_and_base_url_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without arguments the three variables count."""
    monkeypatch.setenv("AI_STATS_API_KEY", f" {KEY}\n")
    monkeypatch.setenv("AI_STATS_MANAGEMENT_KEY", MANAGEMENT_KEY)
    monkeypatch.setenv("AI_STATS_BASE_URL", " https://gateway.example.com/v1/ ")
    options = AIStats().engine.options
    assert {kind: key.token for kind, key in options.keys.items()} == {
        "inference": KEY,
        "management": MANAGEMENT_KEY,
    }
    assert options.base_url == "https://gateway.example.com/v1"


def test_arguments_win_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also over a variable that is malformed."""
    for name in VARIABLES:
        monkeypatch.setenv(name, "garbage")
    options = AIStats(
        KEY, management_key=MANAGEMENT_KEY, base_url="https://example.com"
    ).engine.options
    assert options.key_for("inference", "x") == APIKey.parse(KEY)
    assert options.key_for("management", "x") == APIKey.parse(MANAGEMENT_KEY)
    assert options.base_url == "https://example.com"


@colours
@pytest.mark.parametrize(
    ("missing", "use", "variable"),
    [
        ("api_key", lambda client: client.key.retrieve(), "AI_STATS_API_KEY"),
        ("management_key", lambda client: client.credits.retrieve(), "AI_STATS_MANAGEMENT_KEY"),
        ("api_key", lambda client: client.request("GET", "/models"), "AI_STATS_API_KEY"),
        (
            "management_key",
            lambda client: client.request("GET", "/settings"),
            "AI_STATS_MANAGEMENT_KEY",
        ),
    ],
)
def test_a_missing_credential_is_reported_before_any_request(
    colour: Colour, missing: str, use: Any, variable: str
) -> None:
    """The operation, the argument and the variable are named; nothing is sent."""
    script = Script()
    with pytest.raises(ConfigurationError, match=variable) as caught:
        script.call(colour, use, **{missing: None})
    assert f"{missing}=" in str(caught.value)
    assert str(caught.value).startswith("GET /")


# --- base URL ---


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("https://example.com", "https://example.com"),
        ("https://example.com/", "https://example.com"),
        ("https://example.com/v1/", "https://example.com/v1"),
        ("https://example.com:8443/a/b", "https://example.com:8443/a/b"),
        ("  https://example.com/v1\n", "https://example.com/v1"),
        ("HTTPS://Example.com/v1", "HTTPS://Example.com/v1"),
        ("https://[2001:db8::1]:8443/v1", "https://[2001:db8::1]:8443/v1"),
        ("https://192.0.2.1/v1", "https://192.0.2.1/v1"),
        ("https://bücher.example/v1", "https://bücher.example/v1"),
        ("http://localhost:8787/v1", "http://localhost:8787/v1"),
        ("http://LOCALHOST/v1", "http://LOCALHOST/v1"),
        ("http://127.0.0.1:8787", "http://127.0.0.1:8787"),
        ("http://127.9.9.9", "http://127.9.9.9"),
        ("http://[::1]:8787/v1", "http://[::1]:8787/v1"),
    ],
)
def test_a_base_url_is_used_as_given(given: str, used: str) -> None:
    """Only white space around it and a trailing slash go away."""
    assert read(base_url=given).base_url == used


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("", "must start with https://"),
        ("example.com/v1", "must start with https://"),
        ("//example.com/v1", "must start with https://"),
        ("/v1", "must start with https://"),
        ("ftp://example.com", "must start with https://"),
        ("file:///etc/passwd", "must start with https://"),
        ("https://", "must start with https://"),
        ("https:///v1", "must start with https://"),
        ("https://:443/v1", "must start with https://"),
        ("https://example.com:99999/v1", "cannot be read"),
        ("https://example.com:port/v1", "cannot be read"),
        ("https://[::1/v1", "cannot be read"),
        ("https://exa mple.com/v1", "spaces"),
        ("https://exa\nmple.com/v1", "control characters"),
        ("https://example.com\\v1", "backslashes"),
        ("https://me:hidden@example.com/v1", "user name or password"),
        ("https://hidden@example.com:99999/v1", "user name or password"),
        ("https://example.com/v1?a=b", "query or a fragment"),
        ("https://example.com/v1?", "query or a fragment"),
        ("https://example.com/v1#a", "query or a fragment"),
        ("http://example.com/v1", "in clear: use https://"),
        ("http://10.0.0.1/v1", "in clear: use https://"),
        ("http://127.0.0.1.example.com/v1", "in clear: use https://"),
        ("http://localhost.example.com/v1", "in clear: use https://"),
        ("http://0.0.0.0/v1", "in clear: use https://"),
        ("http://[2001:db8::1]/v1", "in clear: use https://"),
        (KEY, "must start with https://"),
        (5, "int"),
        (b"https://example.com", "bytes"),
    ],
)
def test_a_base_url_that_cannot_be_right_is_refused(given: Any, says: str) -> None:
    """The message says what to do, and shows neither a password nor a key."""
    with pytest.raises(ConfigurationError, match=says) as caught:
        read(base_url=given)
    assert "hidden" not in str(caught.value)
    assert SECRET not in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_bad_base_url_in_the_environment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable is checked like the argument."""
    monkeypatch.setenv("AI_STATS_BASE_URL", "http://example.com/v1")
    with pytest.raises(ConfigurationError, match="in clear"):
        AIStats(KEY)


# --- timeout, retry, headers, limits ---


def test_the_default_timeout_waits_for_a_model_that_thinks() -> None:
    """Connecting 10 s, reading and writing 600 s, no limit for a free connection."""
    expected = {"connect": 10.0, "read": 600.0, "write": 600.0, "pool": None}
    assert DEFAULT_TIMEOUT.as_dict() == expected
    assert read().timeout is None  # not said, so that a given client's own holds


@pytest.mark.parametrize(("seconds", "connect"), [(5, 5), (0.25, 0.25), (3600, 10.0)])
def test_a_timeout_in_seconds_counts_for_each_phase(seconds: float, connect: float) -> None:
    """A long one does not make connecting slower to give up."""
    found = read(timeout=seconds).timeout.as_dict()
    assert found == {"connect": connect, "read": seconds, "write": seconds, "pool": None}


@pytest.mark.parametrize("given", [httpx.Timeout(None), httpx.Timeout(5, read=60, pool=None)])
def test_an_httpx_timeout_is_used_as_given(given: httpx.Timeout) -> None:
    """Each phase is what the caller wrote, None included."""
    assert read(timeout=given).timeout == given


BAD_TIMEOUTS = [
    *(0, -1, float("nan"), float("inf"), 1e10, True, "5"),
    *(httpx.Timeout(0), httpx.Timeout(5, read=-1), httpx.Timeout(5, connect=1e300)),
    httpx.Timeout(5, pool=float("nan")),
]


@pytest.mark.parametrize("value", BAD_TIMEOUTS, ids=str)
def test_a_timeout_that_sockets_cannot_take_is_refused(value: Any) -> None:
    """Zero, negative, not a number, or so long that the system's clock overflows."""
    with pytest.raises(ConfigurationError, match="number of seconds > 0"):
        read(timeout=value)


@colours
@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"timeout": -1}, "seconds > 0"),
        ({"retry": 3}, r"pass aistats\.Retry"),
        ({"extra_headers": {"Authorization": "mine"}}, "set by the client"),
    ],
)
def test_options_of_a_call_are_checked_before_it_is_sent(
    colour: Colour, options: dict[str, Any], says: str
) -> None:
    """A call with an option that cannot work sends nothing."""
    with pytest.raises(ConfigurationError, match=says):
        Script().call(colour, lambda client: client.key.retrieve(**options))


@pytest.mark.parametrize("value", [3, True, {"attempts": 3}])
def test_retry_must_be_a_retry(value: Any) -> None:
    """A number would be ambiguous: tries or repeats?"""
    with pytest.raises(ConfigurationError, match=r"aistats\.Retry"):
        read(retry=value)


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        ({"a b": "c"}, "not a header name"),
        ({"": "c"}, "not a header name"),
        ({"a:": "c"}, "not a header name"),
        ({"a\r\nb": "c"}, "not a header name"),
        ({"ä": "c"}, "not a header name"),
        ({5: "c"}, "not a header name"),
        ({"a": "b\r\nX-Evil: 1"}, "visible ASCII"),
        ({"a": "b\n"}, "visible ASCII"),
        ({"a": "b\0"}, "visible ASCII"),
        ({"a": "ä"}, "visible ASCII"),
        ({"a": 5}, "visible ASCII"),
        ({"a": b"c"}, "visible ASCII"),
        ({"Authorization": "Bearer hidden"}, "set by the client"),
        ({"authorization": "Bearer hidden"}, "set by the client"),
        ({"Host": "hidden"}, "set by the client"),
        ({"Content-Length": "5"}, "set by the client"),
        ({"Transfer-Encoding": "chunked"}, "set by the client"),
        ([("a", "b")], "list: pass a dict"),
        ("a: b", "str: pass a dict"),
    ],
)
def test_headers_that_cannot_be_sent_are_refused(headers: Any, says: str) -> None:
    """No second header can be smuggled in, and none of ours replaced; values are not shown."""
    with pytest.raises(ConfigurationError, match=says) as caught:
        read(headers=headers)
    assert "hidden" not in str(caught.value)


def test_header_names_are_taken_in_any_case() -> None:
    """The last of two spellings wins, as one header."""
    options = read(headers={"X-Team": "a", "x-team": " b\t"})
    assert options.headers == {"x-team": "b"}


@pytest.mark.parametrize("value", [0, -1, 1.5, True, None, "9"])
@pytest.mark.parametrize("name", ["body", "error_body", "event"])
def test_limits_are_whole_numbers_of_bytes(name: str, value: Any) -> None:
    """A limit that would let everything or nothing through is refused."""
    with pytest.raises(ConfigurationError, match=f"{name}.*whole number of bytes"):
        Limits(**{name: value})


def test_limits_must_be_limits() -> None:
    """Not a number."""
    with pytest.raises(ConfigurationError, match=r"aistats\.Limits"):
        read(limits=5)


# --- copies ---


def test_with_options_changes_a_copy_that_shares_everything_else() -> None:
    """Connections and what was learned are shared; headers are added; the first is unchanged."""
    first = AIStats(KEY, headers={"X-A": "1", "X-B": "1"}, timeout=5)
    retry, limits = Retry(attempts=1), Limits(body=7)
    second = first.with_options(timeout=9, retry=retry, headers={"x-b": "2"}, limits=limits)
    assert type(second) is AIStats
    assert second.engine.world is first.engine.world
    assert second.engine.memory is first.engine.memory
    assert second.engine.options.headers == {"x-a": "1", "x-b": "2"}
    assert second.engine.options.timeout.read == 9
    assert (second.engine.options.retry, second.engine.options.limits) == (retry, limits)
    assert first.engine.options.headers == {"x-a": "1", "x-b": "1"}
    assert first.engine.options.timeout.read == 5
    assert second.responses.engine is second.engine
    same = second.with_options()
    assert same.engine.options == second.engine.options


@pytest.mark.parametrize(
    "change", [{"timeout": 0}, {"retry": 1}, {"headers": {"Host": "x"}}, {"limits": 1}]
)
def test_with_options_checks_like_the_client_itself(change: dict[str, Any]) -> None:
    """What a client refuses, its copy refuses."""
    with pytest.raises(ConfigurationError):
        AIStats(KEY).with_options(**change)


@colours
def test_headers_of_client_and_call_are_sent(colour: Colour) -> None:
    """A call's own headers win over the client's, those over ours; none replaces the key."""
    script = Script(answer(), answer())
    settings = {"headers": {"X-A": "client", "X-B": "client", "User-Agent": "mine"}}
    script.call(
        colour, lambda client: client.key.retrieve(extra_headers={"x-b": "call"}), **settings
    )
    sent = script.requests[0].headers
    assert (sent["x-a"], sent["x-b"], sent["user-agent"]) == ("client", "call", "mine")
    assert sent["authorization"] == f"Bearer {KEY}"
    assert sent["accept"] == "application/json"
    assert sent["accept-encoding"] == "gzip"
    script.call(colour, lambda client: client.key.retrieve())
    assert script.requests[1].headers["user-agent"].startswith("aistats-client/")


@colours
def test_timeout_and_retry_of_a_call_win_over_the_clients(colour: Colour) -> None:
    """They count for that call; the next has the client's again."""
    script = Script(answer(503), answer(), answer(503))

    def use(client: Any) -> Any:
        return client.key.retrieve(timeout=3, retry=Retry(attempts=2))

    settings = {"timeout": 50, "retry": Retry(attempts=1)}
    script.call(colour, use, **settings)
    assert [r.extensions["timeout"]["read"] for r in script.requests] == [3, 3]
    with pytest.raises(Exception, match="503"):
        script.call(colour, lambda client: client.key.retrieve(), **settings)
    assert script.requests[2].extensions["timeout"]["read"] == 50


def test_nothing_of_the_settings_shows_a_secret() -> None:
    """Options show the kid of a key and the names of headers only."""
    options = read(headers={"X-Team": "hidden"}, management_key=MANAGEMENT_KEY)
    shown = f"{options!r} {options}"
    assert SECRET not in shown
    assert "hidden" not in shown
    assert "x-team" in shown
