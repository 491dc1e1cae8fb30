"""The watch over secrets is not blind: each way out of which one could get is seen."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import httpx
import pytest

from aistats import AIStats, AIStatsError, APIKey, ConfigurationError, ConnectionFailedError
from aistats import _quiet as some_module_of_ours
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


def raised_inside(function: Callable[[], None], error: type[AIStatsError]) -> AIStatsError:
    """Give the error that a function raises, with its frames."""
    with pytest.raises(error) as caught:
        function()
    return caught.value


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


def test_an_error_with_the_secret_is_found(watch: Watch) -> None:
    """In its text, in its notes, or in what only a pickle shows."""
    watch.errors.append(AIStatsError(f"refused {KEY}"))
    assert watch.leaks() == ["the pickle of a AIStatsError", "the text of a AIStatsError"]
    watch.learn(APIKey.parse(KEY))
    error = ConnectionFailedError("failed")
    error.add_note(KEY)
    watch.errors.append(error)
    assert "the text of a ConnectionFailedError" in watch.leaks()
    watch.learn(APIKey.parse(KEY))
    hidden = ConnectionFailedError("failed")
    hidden.window = KEY  # type: ignore[assignment]
    watch.errors.append(hidden)
    assert watch.leaks() == ["the pickle of a ConnectionFailedError"]


def test_a_variable_with_the_secret_is_found(watch: Watch) -> None:
    """A frame of ours in a traceback, but not the caller's own, and not for the caller's faults."""
    program = f"def send(error):\n    header = 'Bearer {KEY}'\n    raise error('x')\n"
    scope: dict[str, Callable[[type[AIStatsError]], None]] = {}
    exec(compile(program, str(some_module_of_ours.__file__), "exec"), scope)  # noqa: S102
    watch.errors.append(
        raised_inside(lambda: scope["send"](ConnectionFailedError), ConnectionFailedError)
    )
    assert watch.leaks() == [
        "the variable 'header' of _quiet.py:send in a traceback of ConnectionFailedError"
    ]
    watch.learn(APIKey.parse(KEY))
    watch.errors.append(
        raised_inside(lambda: scope["send"](ConfigurationError), ConfigurationError)
    )
    assert watch.leaks() == []


def test_a_request_with_the_secret_behind_an_error_is_found(watch: Watch) -> None:
    """What a library that pickles causes as well would take along."""
    error = ConnectionFailedError("failed")
    request = httpx.Request("GET", "https://x.example", headers={"authorization": KEY})
    error.__cause__ = httpx.ReadError("reset", request=request)
    watch.errors.append(error)
    # Where another library taught causes to be pickled, the pickle is found as well.
    assert "the request of a ReadError behind a ConnectionFailedError" in watch.leaks()


def test_an_error_of_another_library_behind_an_error_is_found(watch: Watch) -> None:
    """Some keep what was sent in their arguments, which only their repr shows."""
    error = ConnectionFailedError("failed")
    error.__cause__ = httpx.ReadError("reset")
    error.__cause__.__context__ = ValueError({"authorization": KEY})
    watch.errors.append(error)
    assert "the text or the facts of a ValueError behind a ConnectionFailedError" in watch.leaks()


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
