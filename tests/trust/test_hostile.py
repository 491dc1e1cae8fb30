"""Hostile replies, a small seeded set of them: a result or an `AIStatsError`, whatever comes.

`make fuzz` runs the same checks at length.
"""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from aistats import AIStatsError
from tests.trust.hunt import hunt
from tests.trust.parsers import PARSERS, Parser, check_model
from tests.trust.promises import check_error, check_result, stage

CASES = 40


@pytest.mark.parametrize("name", PARSERS)
def test_whatever_comes(name: str) -> None:
    """A parser keeps its promise, for every case and every one that is made of it."""
    parser, tried = PARSERS[name], []

    def check(case: Any) -> None:
        tried.append(case)
        parser.check(case)

    hunt(Parser(parser.cases, check), CASES)()
    assert len(tried) >= CASES


def test_a_broken_promise_is_found() -> None:
    """The hunt is not blind: a check that fails for one kind of case finds that kind."""

    def check(reply: Any) -> None:
        assert b"deep" not in b"".join(reply[2]) or reply[0] < 400

    def always(reply: Any) -> None:
        raise KeyError(reply[0])

    hunt(Parser(PARSERS["error bodies"].cases, check), 20)()
    with pytest.raises(KeyError):
        hunt(Parser(PARSERS["error bodies"].cases, always), 20)()


def test_an_error_of_many_lines_is_found() -> None:
    """What an error must not be is refused by the check of errors."""
    with pytest.raises(AssertionError, match="not one printable line"):
        check_error(AIStatsError("two\nlines"))


# What longer hunts found once: a bare error that must not come back.
FOUND: dict[str, tuple[int, list[tuple[bytes, bytes]], list[bytes]]] = {
    "a content type that cannot be printed": (200, [(b"Content-Type", b"\x80")], [b"\x80"]),
    "JSON of 800 levels": (200, [], [b'{"data":[' * 400 + b"null" + b"]}" * 400]),
    "a redirect to what is no address": (301, [(b"Location", b"a:,")], [b"{}"]),
    "a length beyond all digits": (200, [], [b'{"data":' + b"9" * 5000 + b"}"]),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_stays_fixed(name: str) -> None:
    """Earlier findings, word by word."""
    check_model((1, FOUND[name]))


def test_an_address_of_lone_surrogates_is_refused() -> None:
    """Once it was a bare UnicodeEncodeError."""
    PARSERS["downloads"].check((1, (200, [], [b"{}"]), "\ud800"))


def test_a_deep_description_is_refused() -> None:
    """Once it took the whole process with it."""
    for text in (b"[" * 100_000, b"[" * 30_000 + b"]" * 30_000, b"- " * 20_000):
        PARSERS["descriptions"].check(text)


def test_a_good_answer_is_not_refused() -> None:
    """The checks accept what is good, and the stage is what the client talks to."""
    client = stage().plays((200, [], [b'{"id":"v1","status":"completed","', b'seconds":"4"}']))
    result = client.videos.retrieve("v1")
    check_result(result)
    assert result["seconds"] == "4"
    assert [each.url for each in stage().asked] == [
        httpx.URL("https://gateway.example/v1/videos/v1")
    ]
