"""Hostile replies, a small seeded set of them: a result or an `AIStatsError`, whatever comes.

`make fuzz` runs the same checks at length.
"""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from attrs import evolve

from aistats import AIStatsError
from tests.trust.parsers import PARSERS, check_error, check_result, hunt, stage

CASES = 40


@pytest.mark.parametrize("name", PARSERS)
def test_whatever_comes(name: str) -> None:
    """A parser keeps its promise, for every case and every one that is made of it."""
    parser, tried = PARSERS[name], []

    def check(case: Any) -> None:
        tried.append(case)
        parser.check(case)

    hunt(evolve(parser, check=check), CASES)()
    assert len(tried) >= CASES


def test_a_broken_promise_is_found() -> None:
    """The hunt is not blind, and neither are its checks."""

    def check(reply: Any) -> None:
        raise KeyError(reply[0])

    with pytest.raises(KeyError):
        hunt(evolve(PARSERS["error bodies"], check=check), 20)()
    with pytest.raises(AssertionError, match="not one printable line"):
        check_error(AIStatsError("two\nlines"))


# What longer hunts found once: a bare error that must not come back.
FOUND: dict[str, tuple[str, Any]] = {
    "a content type that cannot be printed": (
        "models",
        (1, (200, [(b"Content-Type", b"\x80")], [b"\x80"])),
    ),
    "JSON of 800 levels": (
        "models",
        (1, (200, [], [b'{"data":[' * 400 + b"null" + b"]}" * 400])),
    ),
    "a redirect to what is no address": ("models", (1, (301, [(b"Location", b"a:,")], [b"{}"]))),
    "a length beyond all digits": ("models", (1, (200, [], [b'{"data":' + b"9" * 5000 + b"}"]))),
    "an address of lone surrogates": ("downloads", (1, (200, [], [b"{}"]), "\ud800")),
    "a deep description": ("descriptions", b"[" * 100_000),
    "a deep description that ends": ("descriptions", b"[" * 30_000 + b"]" * 30_000),
    "a deep description in lines": ("descriptions", b"- " * 20_000),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_stays_fixed(name: str) -> None:
    """Earlier findings, word by word."""
    parser, case = FOUND[name]
    PARSERS[parser].check(case)


def test_a_good_answer_is_not_refused() -> None:
    """The checks accept what is good, and the stage is what the client talks to."""
    client = stage().plays((200, [], [b'{"id":"v1","status":"completed","', b'seconds":"4"}']))
    result = client.videos.retrieve("v1")
    check_result(result)
    assert result["seconds"] == "4"
    assert [each.url for each in stage().asked] == [
        httpx.URL("https://gateway.example/v1/videos/v1")
    ]
