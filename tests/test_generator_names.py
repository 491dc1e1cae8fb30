"""The description is a stranger's text: only what looks like a name may become one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scripts import generate
from scripts.generator.names import NameRefusedError, check_names
from scripts.spec.load import parse, read_file
from tests.tiny_description import schemas, tiny, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EVIL = [
    'a"]; import os; os.system("x")  #',
    "a\nimport os",
    "a'''",
    'a"""',
    "a\\",
    "{{ ''.__class__ }}",
    "{% include 'x' %}",
    "__import__('os')",
    "a\u2028b",
    "a\x00b",
    "\u202eevil",
    "naïve",
    "${HOME}",
    "`id`",
]


def operation(document: dict[str, Any]) -> dict[str, Any]:
    """Give the operation that the tests change."""
    found: dict[str, Any] = document["paths"]["/things/{thing_id}"]["get"]
    return found


def set_path(document: dict[str, Any], text: str) -> None:
    """Name a path."""
    document["paths"][f"/{text}"] = {}


def set_media_type(document: dict[str, Any], text: str) -> None:
    """Name a media type of a reply."""
    operation(document)["responses"]["200"]["content"] = {text: {}}


PLACES: dict[str, Callable[[dict[str, Any], str], None]] = {
    "path": set_path,
    "media type": set_media_type,
    "operation id": lambda document, text: operation(document).update(operationId=text),
    "tag": lambda document, text: operation(document).update(tags=[text]),
    "status": lambda document, text: operation(document)["responses"].update({text: {}}),
    "parameter": lambda document, text: operation(document)["parameters"][1].update(name=text),
    "schema": lambda document, text: schemas(document).update({text: {"type": "object"}}),
    "field": lambda document, text: schemas(document)["Thing"]["properties"].update({text: {}}),
    "required field": lambda document, text: schemas(document)["Thing"].update(required=[text]),
    "enum value": lambda document, text: schemas(document)["Part"].update(enum=["a", text]),
    "constant": lambda document, text: schemas(document)["Part"].update(const=text),
    "default": lambda document, text: schemas(document)["Part"].update(default=text),
    "reference": lambda document, text: schemas(document)["Shape"].update({"$ref": text}),
    "inner field": lambda document, text: schemas(document)["Shape"]["oneOf"][0].update(
        properties={text: {}}
    ),
}
PROSE: dict[str, Callable[[dict[str, Any], str], None]] = {
    "summary": lambda document, text: operation(document).update(summary=text),
    "description": lambda document, text: schemas(document)["Part"].update(description=text),
    "title": lambda document, text: schemas(document)["Part"].update(title=text),
}


@pytest.mark.parametrize("text", EVIL)
@pytest.mark.parametrize("place", PLACES)
def test_a_name_that_could_be_code_is_refused(place: str, text: str) -> None:
    """Quotes, line ends, braces, controls and letters of other alphabets are not names."""
    document = tiny()
    PLACES[place](document, text)
    with pytest.raises(NameRefusedError, match="is not what belongs there"):
        check_names(document)


@pytest.mark.parametrize(
    "text", ['ends """ the docstring', "a\\u0022", "a\x00b", "a\u2028b", "'''"]
)
@pytest.mark.parametrize("place", PROSE)
def test_prose_that_could_end_a_docstring_is_refused(place: str, text: str) -> None:
    """Prose is free, but for what Python reads in it."""
    document = tiny()
    PROSE[place](document, text)
    with pytest.raises(NameRefusedError, match="is not what belongs there"):
        check_names(document)


@pytest.mark.parametrize("text", ["Führt das aus: “ja” (50 %), it's\nfine.", ""])
@pytest.mark.parametrize("place", PROSE)
def test_prose_of_people_is_accepted(place: str, text: str) -> None:
    """Letters of any language, quotes and line ends are prose."""
    document = tiny()
    PROSE[place](document, text)
    assert check_names(document) > 10


def test_our_own_description_passes() -> None:
    """Every name that openapi.yaml has today is of the alphabet, and thousands were looked at."""
    assert check_names(parse(read_file(generate.SOURCE), "openapi.yaml")) > 3000


def test_nothing_runs_before_the_names_are_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The generator never sees a refused description, and the message tells what to do."""
    monkeypatch.setattr("scripts.generator.tools._run", lambda _: pytest.fail("a tool was run"))
    document = tiny()
    operation(document)["operationId"] = EVIL[0]
    with pytest.raises(
        NameRefusedError, match=r"paths//things/\{thing_id\}/get/operationId: .*widen"
    ):
        generate.generate(write(document, tmp_path), tmp_path / "generated")
    assert not (tmp_path / "generated").exists()


def test_a_keyword_is_known_by_its_place() -> None:
    """A field that is called `enum` or `operationId` is a field."""
    document = tiny()
    schemas(document)["Part"]["properties"] |= {"enum": {}, "operationId": {}, "default": {}}
    assert check_names(document) > 10
