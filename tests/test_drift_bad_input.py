"""Bad input of the drift check: status 2 and one line, never a traceback or a wrong verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts import check_drift
from tests.test_check_drift import BASE, only_line, run

if TYPE_CHECKING:
    from pathlib import Path

BOMB = "a: &a [1,1,1,1,1,1,1,1,1,1]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{chr(ord(name) - 1)}'] * 10)}]\n" for name in "bcdefghi"
)
BAD = {
    "not YAML": ("a: [", "not valid YAML"),
    "a YAML bomb": (BOMB, "aliases expand"),
    "a web page": ("<!doctype html><html></html>", "is a web page"),
    "a JSON error": ('{"message": "Not Found"}', "not an OpenAPI 3 document"),
    "OpenAPI 2": ("swagger: '2.0'\npaths: {/a: {get: {}}}", "is Swagger 2.0"),
    "an empty file": ("", "is empty"),
    "no paths": ("openapi: 3.0.3\npaths: {}", "looks truncated"),
    "paths without operations": ("openapi: 3.0.3\npaths: {/a: {}}", "looks truncated"),
    "a reference to a file": (
        "openapi: 3.0.3\npaths: {/a: {get: {responses: {'200': {$ref: other.yaml#/x}}}}}",
        "only references within",
    ),
    "a reference to an address": (
        "openapi: 3.0.3\npaths: {/a: {$ref: 'https://example.test/x'}}",
        "only references within",
    ),
    "a dangling reference": (
        "openapi: 3.0.3\npaths: {/a: {get: {responses: {'200': {$ref: '#/components/x'}}}}}",
        "leads nowhere",
    ),
    "a missing scheme": (
        "openapi: 3.0.3\nsecurity: [{nope: []}]\npaths: {/a: {get: {responses: {}}}}",
        "leads nowhere",
    ),
    "references in a circle": (
        (
            "openapi: 3.0.3\npaths: {/a: {$ref: '#/paths/~1b'}, /b: {$ref: '#/paths/~1a'},"
            " /c: {get: {responses: {}}}}"
        ),
        "turns in a circle",
    ),
    "a schema made of itself": (
        (
            "openapi: 3.0.3\npaths: {/a: {get: {parameters: [{name: q, in: query,"
            " schema: {$ref: '#/components/schemas/A'}}]}}}\n"
            "components: {schemas: {A: {allOf: [{$ref: '#/components/schemas/A'}]}}}"
        ),
        "made of itself",
    ),
    "a parameter from nowhere": (
        "openapi: 3.0.3\npaths: {'/a': {get: {parameters: [{name: x, in: path}]}}}",
        "no place for its path parameter",
    ),
    "a list for an object": ("openapi: 3.0.3\npaths: {/a: {get: []}}", "where an object is due"),
    "nesting without end": ("openapi: 3.0.3\npaths: " + "[" * 3000, "drift"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("side", ["--upstream", "--vendored"])
def test_bad_input_is_status_2_and_one_line(
    name: str, side: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A document that cannot be used is never 'everything removed' and never a traceback."""
    text, fault = BAD[name]
    path = tmp_path / "document.yaml"
    path.write_text(text, encoding="utf-8")
    assert run(BASE, side, str(path)) == 2
    assert fault in only_line(capsys)


def test_a_file_of_50_megabytes_is_refused_unread(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No description is that large; only the first bytes are read."""
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert run(path) == 2
    assert "is larger than 10 MB" in only_line(capsys)


@pytest.mark.parametrize(
    "source", ["no/such/file.yaml", ".", "ftp://example.test/x", "http://example.test/x"]
)
def test_a_place_that_cannot_be_read_is_status_2(
    source: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing file, a folder, and an address that is not https, before any request."""
    assert run(source) == 2
    assert source in only_line(capsys)


def test_a_folder_without_overlays_is_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mistyped --overlay must not read as 'no corrections'."""
    assert run(BASE, "--overlay", str(tmp_path)) == 2
    assert "holds no overlay" in only_line(capsys)


def test_a_defect_of_the_check_is_status_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Python's own status for a crash is 1, which would read as drift."""
    monkeypatch.setattr(check_drift, "compare", lambda old, new: 1 / 0)
    assert run(BASE) == 2
    assert "ZeroDivisionError" in only_line(capsys)
