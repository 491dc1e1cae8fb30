"""The watch over secrets is not blind: each way out of which one could get is seen."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from aistats import AIStats, AIStatsError, APIKey, ConfigurationError, ConnectionFailedError
from aistats import errors as some_module_of_ours
from tests.trust import leaks
from tests.trust.leaks import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECRET = "not-a-real-secret-to-watch"
KEY = f"phaseo_v1_sk_demo00000000_{SECRET}"


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Give a watch that knows the key; the suite's own is not to see what these tests leak."""
    fresh = Watch()
    fresh.learn(APIKey.parse(KEY))
    yield fresh
    leaks.watch.leaks()


def test_nothing_is_found_where_nothing_is(watch: Watch) -> None:
    """Texts without the secret are no leaks, nor is the key's own repr."""
    watch.saw("a log", repr(APIKey.parse(KEY)))
    watch.saw("a repr", repr(AIStats(KEY)))
    watch.errors.append(ConnectionFailedError("the connection failed"))
    assert watch.leaks() == []


def test_a_text_with_the_secret_is_found_once(watch: Watch) -> None:
    """What was found is forgotten with the test."""
    watch.saw("a log", f"sent {KEY}")
    watch.saw("a log", f"again {SECRET}")
    assert watch.leaks() == ["a log"]
    assert watch.leaks() == []


def made(note: str = "", cause: BaseException | None = None, **facts: Any) -> AIStatsError:
    """Make an error that holds a secret somewhere."""
    error = ConnectionFailedError("failed")
    error.__cause__ = cause
    vars(error).update(facts)
    if note:
        error.add_note(note)
    return error


def because_of(fact: object) -> httpx.ReadError:
    """Make an error of another library that another one led to."""
    error = httpx.ReadError("reset")
    error.__context__ = ValueError(fact)
    return error


@pytest.mark.parametrize(
    ("make", "where"),
    [
        (lambda: AIStatsError(f"refused {KEY}"), "the text of a AIStatsError"),
        (lambda: AIStatsError(f"refused {KEY}"), "the pickle of a AIStatsError"),
        (lambda: made(note=KEY), "the text of a ConnectionFailedError"),
        (lambda: made(window=KEY), "the pickle of a ConnectionFailedError"),
        (  # what a library that pickles causes as well would take along
            lambda: made(
                cause=httpx.ReadError(
                    "reset", request=httpx.Request("GET", "https://x.example", headers={"k": KEY})
                )
            ),
            "the request of a ReadError behind a ConnectionFailedError",
        ),
        (  # some keep what was sent in their arguments, which only their repr shows
            lambda: made(cause=because_of({"authorization": KEY})),
            "the text or the facts of a ValueError behind a ConnectionFailedError",
        ),
    ],
    ids=["text", "text in pickle", "note", "fact", "request", "cause"],
)
def test_an_error_with_the_secret_is_found(
    watch: Watch, make: Callable[[], AIStatsError], where: str
) -> None:
    """In its text, its notes, what only a pickle shows, or in what led to it."""
    watch.errors.append(make())
    assert where in watch.leaks()


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        (
            ConnectionFailedError,
            ["the variable 'header' of errors.py:send in a traceback of ConnectionFailedError"],
        ),
        (ConfigurationError, []),
    ],
)
def test_a_variable_with_the_secret_is_found(
    watch: Watch, kind: type[AIStatsError], found: list[str]
) -> None:
    """A frame of ours in a traceback, but not the caller's own, and not for the caller's faults."""
    program = f"def send(error):\n    header = 'Bearer {KEY}'\n    raise error('x')\n"
    scope: dict[str, Any] = {}
    exec(compile(program, str(some_module_of_ours.__file__), "exec"), scope)  # noqa: S102
    with pytest.raises(kind) as caught:
        scope["send"](kind)
    watch.errors.append(caught.value)
    assert watch.leaks() == found


def test_short_secrets_are_not_looked_for(watch: Watch) -> None:
    """They would be found by chance."""
    watch.learn(APIKey.parse("phaseo_v1_sk_demo00000000_x"))
    watch.saw("a log", "an x in a text")
    assert watch.leaks() == []


def test_the_suite_is_watched(request: pytest.FixtureRequest) -> None:
    """The plugin is at work in this very run: it learned the key and heard the log."""
    assert request.config.pluginmanager.has_plugin("tests.trust.leaks")
    AIStats(KEY)
    logging.getLogger("aistats").warning("heard")
    assert SECRET in leaks.watch.secrets
    assert ("the log of aistats", "heard") in leaks.watch.texts
