"""Every operation of the description can be made from both clients, as the README's table says."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from aistats import APIError, Pages
from aistats.jobs import Job
from aistats.sandbox import Sandbox
from aistats_generated import models
from aistats_generated.operations import OPERATIONS, OperationSpec
from aistats_generated.types import File
from scripts import endpoint_table
from tests.call_examples import CALLS, PNG, WAV
from tests.colours import with_client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.colours import Colour

EXAMPLES = {call.name: call for call in reversed(CALLS)}  # the first of each is the simplest
METHODS = endpoint_table.methods()

# What the gateway refuses whatever is asked (docs/gateway.md).
REFUSED = {
    "cancel_video": 501,
    "list_files": 400,
    "list_batch_files": 400,
    "list_team_models": 501,
    "get_provider_derank_status": 403,
}


@pytest.fixture
def gateway() -> Iterator[Sandbox]:
    """A gateway that has one object of each kind."""
    with Sandbox(seed=1) as gateway:
        gateway.videos.plan(polls=0)
        gateway.music.plan(polls=0)
        gateway.switch("seed_paths", on=True)
        yield gateway


def test_the_readme_has_the_table() -> None:
    """The table of endpoints in the README is the one that the code gives."""
    text = endpoint_table.README.read_text(encoding="utf-8")
    assert endpoint_table.filled(text) == text
    assert all(f"`{spec.method} {spec.path}`" in text for spec in OPERATIONS.values())


@pytest.mark.parametrize("colour", ["sync", "asyncio"])
@pytest.mark.parametrize("name", OPERATIONS)
def test_the_method_of_the_table_reaches_the_operation(
    gateway: Sandbox, colour: Colour, name: str, tmp_path: Path
) -> None:
    """The method makes the operation, and the gateway accepts it but for what it never does."""
    spec = OPERATIONS[name]
    ids = Ids(gateway, colour)
    use = prepare(spec, ids, tmp_path)
    if name.startswith(("list_gateway", "get_management", "list_management")):
        gateway.fail(
            on=["GET /models", "GET /models/me"], status=404, next=1
        )  # the older path is asked then
    if name in REFUSED:
        with pytest.raises(APIError) as refused:
            with_client(colour, use, **ids.settings)
        assert refused.value.status_code == REFUSED[name]
    else:
        with_client(colour, use, **ids.settings)
    reached = [(seen.method, seen.path) for seen in gateway.requests]
    path = spec.path
    for parameter in spec.path_params:
        path = path.replace("{" + parameter + "}", ids.of(parameter, spec.path))
    assert (spec.method, path) in reached


class Ids:
    """The ids of objects made for one test, each when it is first asked for."""

    def __init__(self, gateway: Sandbox, colour: Colour) -> None:
        self.settings: dict[str, Any] = {
            "base_url": gateway.base_url,
            "api_key": gateway.api_key,
            "management_key": gateway.management_key,
        }
        self._colour = colour
        self._made: dict[str, str] = {}

    def of(self, parameter: str, path: str) -> str:
        """Give the value of a path parameter."""
        kind = path.split("/")[1] if parameter == "id" else parameter
        if kind not in self._made:
            self._made[kind] = self._make(kind)
        return self._made[kind]

    def _make(self, kind: str) -> str:
        fixed = {"author": "openai", "slug": "gpt-5-nano", "provider_id": "openai"}
        if kind in fixed:
            return fixed[kind]
        made = with_client("sync", MAKERS[kind], **self.settings)
        return str(made.id if isinstance(made, Job) else made.get("data", made)["id"])


BATCHED = {
    "custom_id": "1",
    "body": {"model": "openai/gpt-5-nano", "messages": [], "max_tokens": 9},
}

# Where the example names what only a real gateway has.
INSTEAD: dict[str, dict[str, Any]] = {
    "create_batch": {"input_file_id": None, "requests": [BATCHED]},
    "create_translation": {"file": WAV},
    "create_image_edit": {"image": PNG, "mask": None},
    "create_transcription": {"file": WAV},
    "create_rerank": {"model": "cohere/rerank-v3.5"},
    "calculate_pricing": {"model": "openai/gpt-5-nano", "endpoint": "text.generate"},
}


def example(name: str) -> dict[str, Any]:
    """Give the parameters of an example call."""
    params = {**EXAMPLES[name].params, **INSTEAD.get(name, {})}
    return {key: value for key, value in params.items() if value is not None}


MAKERS: dict[str, Callable[[Any], Any]] = {
    "video_id": lambda client: client.videos.create(model="google/veo-3.1-lite", prompt="a lake"),
    "music_id": lambda client: client.music.create(**example("generate_music")),
    "batch_id": lambda client: client.batches.create(
        requests=[BATCHED], endpoint="/v1/chat/completions"
    ),
    "file_id": lambda client: client.files.create(**example("upload_file")),
    "generation_id": lambda client: client.responses.create(**example("create_response")),
    "keys": lambda client: client.keys.create(name="one"),
    "management": lambda client: client.keys.create(name="two"),
    "workspaces": lambda client: client.workspaces.create(name="three"),
}


def prepare(spec: OperationSpec, ids: Ids, folder: Path) -> Callable[[Any], Any]:
    """Give what calls the method of the table and takes what it gives to its end."""
    method = METHODS[spec.name]
    args: list[Any] = [ids.of(parameter, spec.path) for parameter in spec.path_params]
    params = example(spec.name) if spec.name in EXAMPLES else {}
    if spec.name == "get_generation":
        answer = with_client(
            "sync",
            lambda client: client.responses.create(**example("create_response")),
            **ids.settings,
        )
        args = [answer["id"]]
    if method == endpoint_table.DOOR:
        return through_the_door(spec, args, params)
    if spec.name == "get_video_content":
        args.append(folder / "result.mp4")

    def use(client: Any) -> Any:
        target = client
        for step in method.split(".")[1:]:
            target = getattr(target, step)
        found = target(*args, **params)
        return found.first_page() if isinstance(found, Pages) else found

    return use


def through_the_door(
    spec: OperationSpec, args: list[Any], params: dict[str, Any]
) -> Callable[[Any], Any]:
    """Give what makes the operation with `client.call` and the generated request model."""
    module = import_module(f"aistats_generated.api.{spec.tag}.{spec.name}")
    bodies = {
        "upload_batch_file": lambda: models.FileUploadRequest(
            purpose=params["purpose"], file=File(b"{}\n", "batch.jsonl")
        ),
        "create_management_key": lambda: models.ApiKeyCreateRequest(name="four"),
        "update_management_key": lambda: models.ApiKeyUpdateRequest(name="five"),
    }
    body = {"body": bodies[spec.name]()} if spec.body else {}
    return lambda client: client.call(module, *args, **body)
