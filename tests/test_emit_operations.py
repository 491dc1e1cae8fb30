"""The rows and signatures that are emitted for an operation, rule by rule."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
import typing
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.described import (
    FILE,
    TEXT,
    Emitted,
    answering,
    describe,
    listing,
    one_of,
    query,
    ref,
    taking,
    thing,
)

if typing.TYPE_CHECKING:
    from pathlib import Path

SHAPE = thing({"id": TEXT})


@pytest.fixture
def emitted(tmp_path: Path) -> typing.Callable[..., Emitted]:
    return lambda **parts: Emitted(describe(**parts), tmp_path)


def test_every_parameter_is_listed_at_its_place(emitted: Any) -> None:
    """Path, query, header and body keep apart, and what is needed is known."""
    spec = emitted(
        path="/things/{thing_id}",
        parameters=[
            query("limit", required=True),
            {"name": "x-wanted-by", "in": "header", "schema": TEXT},
            {"name": "thing_id", "in": "path", "required": True, "schema": TEXT},
        ],
        requestBody=taking({"name": TEXT, "size": TEXT}, required=["name"]),
    ).spec
    assert spec.path_params == ("thing_id",)
    assert spec.query_params == ("limit",)
    assert spec.header_params == ("x_wanted_by",)
    assert spec.body_fields == ("name", "size")
    assert spec.required == ("thing_id", "limit", "name")
    assert (spec.method, spec.path, spec.tag) == ("POST", "/things/{thing_id}", "things")
    assert (spec.body, spec.body_required, spec.free_body) == ("json", True, False)


@pytest.mark.parametrize(
    ("wire", "python"),
    [("from", "from_"), ("x-wanted-by", "x_wanted_by"), ("tags[]", "tags"), ("input", "input")],
)
def test_a_name_python_cannot_write_keeps_its_wire_name(
    emitted: Any, wire: str, python: str
) -> None:
    """A keyword that differs from the wire is mapped; one that does not has no entry."""
    spec = emitted(requestBody=taking({wire: TEXT})).spec
    assert spec.body_fields == (python,)
    assert spec.wire == ({} if wire == python else {python: wire})


def test_path_level_parameters_and_references_count(tmp_path: Path) -> None:
    """A parameter may stand at the path and behind a reference; so may body and answer."""
    document = describe(path="/things/{id}", requestBody={"$ref": "#/components/requestBodies/B"})
    document["paths"]["/things/{id}"]["parameters"] = [{"$ref": "#/components/parameters/Id"}]
    document["paths"]["/things/{id}"]["post"]["responses"] = {
        "200": {"$ref": "#/components/responses/Done"}
    }
    document["components"] |= {
        "parameters": {"Id": {"name": "id", "in": "path", "required": True, "schema": TEXT}},
        "requestBodies": {"B": taking({"name": TEXT})},
        "responses": {"Done": {}},
    }
    spec = Emitted(document, tmp_path).spec
    assert (spec.path_params, spec.body_fields, spec.reply) == (("id",), ("name",), "none")


def test_only_an_unexploded_query_list_is_joined_with_commas(emitted: Any) -> None:
    """The default repeats the name."""
    texts = listing(TEXT)
    several = [query("a", texts), query("b", texts, explode=False), query("c", texts, explode=True)]
    assert emitted(parameters=several).spec.comma_joined == ("b",)


@pytest.mark.parametrize(
    ("security", "credential"),
    [
        (None, "inference"),
        ([{"ManagementKey": []}], "management"),
        ([{"InferenceKey": []}, {}], "inference"),
        ([], "none"),
    ],
)
def test_the_credential_comes_from_the_security_of_the_operation(
    emitted: Any, security: Any, credential: str
) -> None:
    """Its own word wins over the description's; an optional key is sent, an empty list is none."""
    own = {} if security is None else {"security": security}
    assert emitted(**own).spec.credential == credential


@pytest.mark.parametrize(
    ("responses", "reply", "result", "annotation"),
    [
        (
            answering(ref("thing_made")),
            "json",
            "ThingMade",
            "ThingMade",
        ),
        (answering(SHAPE), "json", "MakeThingResponse2XX", None),
        (answering({"type": "object"}), "json", None, "dict[str, Any]"),
        (answering(FILE, "audio/mpeg"), "bytes", None, "bytes"),
        (answering(TEXT, "text/plain"), "text", None, "str"),
        ({"204": {"description": "Gone"}}, "none", None, "None"),
    ],
)
def test_the_answer_gives_the_result_type(
    emitted: Any, responses: Any, reply: str, result: str | None, annotation: str | None
) -> None:
    """A described object has the generator's class, anything else a plain Python type."""
    got = emitted(responses=responses, schemas={"thing_made": SHAPE})
    assert (got.spec.reply, got.spec.result) == (reply, result)
    assert got.operations.make_thing.__annotations__["return"] == (annotation or result)


def test_event_streams_are_marked_and_do_not_decide_the_result(emitted: Any) -> None:
    """A streaming operation still has the answer that it gives without a stream."""
    both = {"application/json": {"schema": SHAPE}, "text/event-stream": {"schema": TEXT}}
    spec = emitted(responses={"200": {"content": both}}).spec
    assert (spec.streams, spec.reply, spec.result) == (True, "json", "MakeThingResponse2XX")
    assert not emitted().spec.streams


def test_files_are_the_binary_fields_of_a_form(emitted: Any) -> None:
    """One file, several files and either of both are told apart; text is no file."""
    got = emitted(
        requestBody=taking(
            {
                "one": FILE,
                "many": listing(FILE),
                "either": {"oneOf": [FILE, listing(FILE)]},
                "texts": listing(TEXT),
            },
            "multipart/form-data",
        )
    )
    assert got.spec.body == "multipart"
    assert got.spec.file_fields == ("one", "many", "either")
    assert got.spec.repeated_files == ("many", "either")
    several = "FileInput | Sequence[FileInput]"
    written = {"one": "FileInput", "many": several, "either": several, "texts": "Sequence[str]"}
    assert got.types() == written


def test_a_body_without_described_fields_is_one_keyword(emitted: Any) -> None:
    """The keyword `body` then carries the whole document."""
    body = {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}
    got = emitted(requestBody=body)
    assert (got.spec.free_body, got.spec.body_fields) == (True, ("body",))
    assert got.spec.required == ("body",)
    assert got.types() == {"body": "Required[Mapping[str, Any]]"}


def test_calling_a_signature_says_how_to_call_instead(emitted: Any) -> None:
    """The function exists for its types; it never pretends to send."""
    operations = emitted().operations
    with pytest.raises(TypeError, match=r"make_thing\(\).*through a client"):
        operations.make_thing()
    assert operations.OPERATIONS[operations.make_thing.__name__].operation_id == "makeThing"


@pytest.mark.parametrize(
    "summary", ['Say "hi\\', '"""', "\\N{x} {0} %s", "Ends with a backslash \\"]
)
def test_a_hostile_summary_stays_text(emitted: Any, summary: str) -> None:
    """Nothing in the words of the description can end the docstring."""
    assert emitted(summary=summary).operations.make_thing.__doc__ == summary.strip()


def test_hostile_names_and_values_stay_text(emitted: Any) -> None:
    """Quotes and line breaks in wire names and enum values are escaped, not executed."""
    evil = "a'\"\n)]; raise SystemExit #"
    got = emitted(requestBody=taking({evil: one_of(evil)}))
    assert list(got.spec.wire.values()) == [evil]
    assert list(got.types().values()) == [f"Literal[{evil!r}]"]


def test_deprecation_is_told(emitted: Any) -> None:
    """Both the row and the docstring say so."""
    got = emitted(deprecated=True)
    assert got.spec.deprecated
    assert got.operations.make_thing.__doc__ == "Make a thing (Deprecated.)"


def test_the_output_does_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    """Two processes with different seeds write the same bytes."""
    properties = {name: ref(name) for name in "zyxab"}
    schemas = dict.fromkeys("zyxab", SHAPE)
    document = describe(requestBody=taking(properties), schemas=schemas)
    document["paths"]["/others"] = copy.deepcopy(document["paths"]["/things"])
    document["paths"]["/others"]["post"]["operationId"] = "makeOther"
    code = (
        "import json, pathlib, sys; from scripts.emit_operations import emit\n"
        "emit(json.loads(sys.argv[1]), pathlib.Path(sys.argv[2]))"
    )
    written = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        command = [sys.executable, "-c", code, json.dumps(document), str(folder)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        # The command is ours: this interpreter and a constant.
        subprocess.run(command, check=True, cwd=ROOT, env=environment)  # noqa: S603
        written.append([(folder / n).read_bytes() for n in ("params.py", "operations.py")])
    assert written[0] == written[1]
    assert b"class MakeOtherParams" in written[0][0]
