"""The generated models: thin views that keep every reply exactly and never stumble over one."""

from __future__ import annotations

import copy
import importlib
import json
import random
import sys
import threading
from typing import Any

import attrs
import pytest

from aistats_generated import models
from aistats_generated.models import (
    ChatCompletionsResponse,
    GatewayModelsResponse,
    VideoGenerationResponse,
)
from aistats_generated.types import ApiModel
from scripts.spec.grammar import operations
from tests.conftest import ROOT, SHARED, needs_shared
from tests.reading import pickled, python, read, read_all
from tests.schema_samples import Samples

PACKAGE = ROOT / "generated" / "aistats_generated"
DOCUMENT = json.loads((PACKAGE / "openapi.json").read_text(encoding="utf-8"))
NAMES = [
    name
    for name in models.__all__
    if isinstance(getattr(models, name), type) and issubclass(getattr(models, name), ApiModel)
]


def described_schemas() -> dict[str, dict[str, Any]]:
    """Find every schema that has a class: by the name of the class, in small letters."""
    found = {
        name.replace("_", "").lower(): schema
        for name, schema in DOCUMENT["components"]["schemas"].items()
    }
    for _, _, operation in operations(DOCUMENT):
        name = operation["operationId"].lower()
        body = operation.get("requestBody", {}).get("content", {})
        replies = operation["responses"].items()
        reply = next(one for code, one in replies if code.startswith("2")).get("content", {})
        for suffix, media in (("body", body), ("response2xx", reply)):
            schema = media.get("application/json", {}).get("schema", {"$ref": ""})
            if "$ref" not in schema:
                found[name + suffix] = schema
    return found


SCHEMAS = described_schemas()
NAMED = [name for name in NAMES if name.lower() in SCHEMAS]
HOSTILE: list[Any] = [
    None, True, 0, -1.5, "", "unheard-of", "2026-13-45", [], [None], [[]], ["x", 1], {},
    {"type": "unheard-of"}, {"type": None, "role": 3, "kind": []}, [{"type": "text"}, "x", None],
    {"": {"": {}}}, "\u2028\ud800", 10**30,
]  # fmt: skip


def model(name: str) -> type[ApiModel]:
    """Find a model class by its name."""
    found: type[ApiModel] = getattr(models, name)
    return found


# --- every model ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMED)
def test_a_reply_comes_back_exactly(name: str) -> None:
    """What a schema allows, and fields it does not know, survive parsing, reading and copying."""
    for seed in range(4):
        data = Samples(DOCUMENT, seed).of(SCHEMAS[name.lower()] | {"nullable": False})
        data |= {"x_new": {"deep": [None, {"er": 1}]}, "x_null": None}
        text = json.dumps(data)
        parsed = model(name).from_dict(json.loads(text))
        assert json.dumps(parsed.to_dict()) == text  # the same order of keys, too
        assert all(isinstance(one, ApiModel) for one in read_all(parsed))
        assert json.dumps(parsed.to_dict()) == text
        for twin in (copy.deepcopy(parsed), copy.copy(parsed), pickled(parsed)):
            assert twin == parsed
            assert twin.to_dict() == data


@pytest.mark.parametrize("name", NAMED)
def test_a_surprise_in_any_field_is_kept_and_not_raised(name: str) -> None:
    """Null, another type, another container, an unknown tag: read without an error, kept as is."""
    fields = [*model(name)._fields.by_wire, "x_unknown"]
    for number, value in enumerate(HOSTILE):
        data = dict.fromkeys(fields, value)
        parsed = model(name).from_dict(copy.deepcopy(data))
        list(read_all(parsed))
        assert parsed.to_dict() == data, number
        assert isinstance(repr(parsed), str)


def test_surprises_deep_inside_are_kept_too() -> None:
    """One hostile value anywhere in a large reply harms nothing else."""
    chance = random.Random(7)
    for name in NAMED:
        data = Samples(DOCUMENT, 11).of(SCHEMAS[name.lower()] | {"nullable": False})
        for _ in range(5):
            plant(data, chance)
        parsed = model(name).from_dict(copy.deepcopy(data))
        list(read_all(parsed))
        assert parsed.to_dict() == data


def plant(data: Any, chance: random.Random) -> None:
    """Put a hostile value somewhere into a JSON value, in place."""
    while isinstance(data, dict | list) and data:
        key: Any = chance.choice(list(data) if isinstance(data, dict) else range(len(data)))
        if chance.random() < 0.4 or not isinstance(data[key], dict | list):
            data[key] = copy.deepcopy(chance.choice(HOSTILE))
            return
        data = data[key]


def test_samples_reach_every_model() -> None:
    """No class of the package is left out of the round trips above."""
    reached = {
        type(one).__name__
        for name in NAMED
        for seed in range(40)
        for one in read_all(
            model(name).from_dict(
                Samples(DOCUMENT, seed, depth=12).of(SCHEMAS[name.lower()] | {"nullable": False})
            )
        )
    }
    assert reached - {"OtherObject"} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_model_is_an_attrs_class_with_a_row_for_each_field(name: str) -> None:
    """attrs knows the fields, and the table knows the same ones."""
    kind: Any = model(name)
    rows = list(kind._fields.by_attribute)
    assert attrs.has(kind)
    assert [one.name for one in attrs.fields(kind)] == rows


@needs_shared
def test_recorded_replies_come_back_exactly() -> None:
    """Real exchanges with the gateway survive as every model that could be asked to read them."""
    bodies = [
        exchange["response"]["body"]
        for path in sorted((SHARED / "recordings").glob("*.json"))
        for exchange in json.loads(path.read_text(encoding="utf-8"))
    ]
    objects = [body for body in bodies if isinstance(body, dict)]
    assert len(objects) > 100
    for body in objects:
        for kind in (VideoGenerationResponse, ChatCompletionsResponse, GatewayModelsResponse):
            parsed = kind.from_dict(copy.deepcopy(body))
            list(read_all(parsed))
            assert json.dumps(parsed.to_dict()) == json.dumps(body)


# --- importing -----------------------------------------------------------------------------------


def test_models_are_imported_when_they_are_asked_for() -> None:
    """One operation imports no model and no attrs; one reply imports the models it holds."""
    code = (
        "import json, sys\n"
        "from aistats_generated.api.chat import create_chat_completion as operation\n"
        "before = [name for name in sys.modules if name.startswith('aistats_generated')]\n"
        "early = 'attr' in sys.modules or 'httpx' in sys.modules\n"
        "operation._parse_response({'choices': [{'index': 0}]}).choices[0].index\n"
        "after = [name for name in sys.modules if name.startswith('aistats_generated.models.')]\n"
        "print(json.dumps([before, early, sorted(after)]))"
    )
    before, early, after = json.loads(python(code))
    assert not early
    assert not [name for name in before if ".models" in name]
    assert len(before) <= 8
    assert after == [
        "aistats_generated.models.chat_choice",
        "aistats_generated.models.chat_completions_response",
    ]


def test_the_lazy_package_knows_its_names() -> None:
    """`__all__`, `dir` and a misspelt name behave as in any other package."""
    assert set(models.__all__) <= set(dir(models))
    files = {path.stem for path in (PACKAGE / "models").glob("*.py")} - {"__init__"}
    assert {models._MODULES[name] for name in models.__all__} == files
    with pytest.raises(AttributeError, match="has no attribute 'NoSuchModel'"):
        _ = models.NoSuchModel


def test_the_first_use_by_many_threads() -> None:
    """Lazy imports need no locks of ours: every thread gets the same class and a whole reply."""
    code = "from tests.test_generated_models import race; print(*race())"
    assert python(code).split() == ["16", "ChatCompletionMessage"]


def race() -> list[Any]:
    """Let sixteen threads be the first to import and parse; give their number and their classes."""
    for name in [name for name in sys.modules if name.startswith("aistats_generated")]:
        del sys.modules[name]
    gate, seen = threading.Barrier(16), []

    def work() -> None:
        gate.wait()
        module = importlib.import_module("aistats_generated.api.chat.create_chat_completion")
        seen.append(type(module._parse_response({"choices": [{"message": {}}]}).choices[0].message))

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [len(seen), *(kind.__name__ for kind in set(seen))]


def test_parsing_costs_little_more_than_reading_the_json() -> None:
    """A reply is not walked when it is parsed: the work does not grow with it."""
    calls = 0

    def count(frame: Any, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event == "call"

    data = {"models": [{"id": str(number)} for number in range(250)]}
    sys.setprofile(count)
    try:
        reply = read(GatewayModelsResponse, data)
    finally:
        sys.setprofile(None)
    assert calls <= 2
    assert len(reply.models) == 250
