"""`aistats.types`: every type of a parameter or result by its name, and cheap until it is used."""

from __future__ import annotations

import json
import typing

import pytest

from aistats import types
from aistats.results import ChatCompletion
from aistats_generated import models, params
from aistats_generated.operations import OPERATIONS
from tests.reading import python


def test_every_name_can_be_imported() -> None:
    """What `dir` lists is there, and is the generated thing itself."""
    names = dir(types)
    ours = {"ChatCompletion", "Message", "ResponseResult", "ChatChunk", "MessageEvent"}
    ours.add("ResponseEvent")
    assert {*models.__all__, *params.__all__} | ours == set(names)
    for name in ("ChatMessageParam", "CreateVideoParams", "RequestOptions", "FileInput"):
        assert getattr(types, name) is getattr(params, name)
    assert types.ChatCompletion is ChatCompletion
    assert types.Model is models.Model
    assert sum(getattr(types, name) is not None for name in names) == len(names)
    with pytest.raises(AttributeError, match=r"'aistats\.types' has no attribute 'NoSuch'"):
        _ = types.NoSuch


def test_importing_it_loads_nothing() -> None:
    """A name loads what it stands for; a type of parameters loads no model."""
    code = (
        "import json, sys\n"
        "import aistats.types\n"
        "first = [name for name in sys.modules if name.startswith('aistats_generated')]\n"
        "from aistats.types import ChatMessageParam\n"
        "more = [name for name in sys.modules if name.startswith('aistats_generated.models.')]\n"
        "print(json.dumps([first, more]))"
    )
    assert json.loads(python(code)) == [[], []]


def test_parameter_types_hold_what_they_say_at_run_time() -> None:
    """Annotations can be evaluated, alone and in unions."""
    hints = typing.get_type_hints(params.CreateChatCompletionParams)
    assert hints["model"] is str
    assert types.ChatMessageParam | None
    assert list[types.ChatMessageParam]
    fed_back = typing.get_type_hints(
        type("X", (), {"__annotations__": {"x": types.ChatMessageParam}}), vars(params)
    )
    assert set(typing.get_args(fed_back["x"])) == {
        params.ChatMessageDict,
        models.ChatMessage,
        models.ChatCompletionMessage,
    }


@pytest.mark.parametrize("spec", OPERATIONS.values(), ids=OPERATIONS)
def test_parameters_are_listed_as_a_signature_has_them(spec: typing.Any) -> None:
    """Those of the path, then what must be given, then the rest; none is forgotten or doubled."""
    listed = spec.parameters
    places = (spec.path_params, spec.body_fields, spec.query_params, spec.header_params)
    assert sorted(listed) == sorted(name for place in places for name in place)
    needed = [name in spec.required for name in listed]
    assert needed == sorted(needed, reverse=True)
    assert listed[: len(spec.path_params)] == spec.path_params
