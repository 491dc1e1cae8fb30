"""Fetching upstream: https or loopback, bounded, retried, and an error page is no document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from werkzeug import Response

from scripts import check_drift
from scripts.spec import fetch, load, pipeline
from scripts.spec.grammar import SpecError

if TYPE_CHECKING:
    from pytest_httpserver import HTTPServer


def test_a_document_is_read_from_an_address(httpserver: HTTPServer) -> None:
    """The text is that of the answer, through a redirect as well."""
    httpserver.expect_request("/new.yaml").respond_with_data("openapi: 3.0.3")
    moved = Response(status=302, headers={"Location": httpserver.url_for("/new.yaml")})
    httpserver.expect_request("/old.yaml").respond_with_response(moved)
    assert fetch.read_source(httpserver.url_for("/old.yaml")) == "openapi: 3.0.3"


@pytest.mark.parametrize("status", [404, 500])
def test_an_error_answer_is_no_document(status: int, httpserver: HTTPServer) -> None:
    """Whatever its body says."""
    httpserver.expect_request("/x").respond_with_data("openapi: 3.0.3", status=status)
    with pytest.raises(SpecError, match=f"answered {status}"):
        fetch.read_source(httpserver.url_for("/x"))


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<!doctype html><title>Sign in</title>", "is a web page"),
        ('{"message": "Not Found"}', "not an OpenAPI 3 document"),
        ("", "is empty"),
        ("x" * (load.MAX_BYTES + 1), "is larger than"),
    ],
    ids=["page", "error", "empty", "large"],
)
def test_a_success_that_is_no_description_cannot_be_told(
    body: str, fault: str, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """A failed download must never read as 'everything removed'."""
    httpserver.expect_request("/x").respond_with_data(body)
    assert check_drift.main(["--upstream", httpserver.url_for("/x")]) == 2
    captured = capsys.readouterr()
    assert fault in captured.err
    assert captured.out == ""


def test_a_redirect_to_an_unsafe_address_is_refused(httpserver: HTTPServer) -> None:
    """The document would come from a place that anybody on the way can write to."""
    moved = Response(status=302, headers={"Location": "http://example.test/x"})
    httpserver.expect_request("/x").respond_with_response(moved)
    with pytest.raises(SpecError, match="neither a path"):
        fetch.read_source(httpserver.url_for("/x"))


def test_a_lost_connection_is_tried_again() -> None:
    """Three tries with a pause between them, then one line."""
    pauses: list[float] = []
    with pytest.raises(SpecError, match="cannot be fetched"):
        fetch.read_source("http://127.0.0.1:9/openapi.yaml", pause=pauses.append)
    assert pauses == [1, 2]


def test_the_next_address_is_tried_when_one_fails(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The repository has moved before; what worked is said."""
    httpserver.expect_request("/old").respond_with_data("gone", status=404)
    text = pipeline.OPENAPI.read_text(encoding="utf-8")
    httpserver.expect_request("/new").respond_with_data(text)
    urls = [httpserver.url_for("/old"), httpserver.url_for("/new")]
    monkeypatch.setattr(pipeline, "upstream_addresses", lambda: urls)
    assert pipeline.read_first(None)[0] == urls[1]
    monkeypatch.setattr(pipeline, "upstream_addresses", lambda: urls[:1])
    with pytest.raises(SpecError, match="answered 404"):
        pipeline.read_first(None)


def test_the_default_address_is_upstreams() -> None:
    """Where the description is published today."""
    assert pipeline.upstream_addresses()[0] == (
        "https://raw.githubusercontent.com/phaseoteam/Phaseo/main/apps/docs/openapi/v1/openapi.yaml"
    )
