"""Every recorded exchange goes through the public methods, and nothing of it is lost."""

from __future__ import annotations

import email.parser
import email.policy
import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from aistats import APIError, BinaryContent, Job, Page, Retry, request_id_of
from aistats.errors import ConfigurationError
from aistats_generated.operations import OPERATIONS
from aistats_generated.types import ApiModel
from tests.colours import Script, colours
from tests.conftest import needs_shared
from tests.recorded import exchanges

RECORDINGS = ("text", "embeddings_moderations_images_audio", "platform", "batches_files")

# The method of each operation; the others are asked through `client.request`.
METHODS = {
    "create_chat_completion": "chat.completions.create",
    "create_response": "responses.create",
    "create_anthropic_message": "messages.create",
    "create_embedding": "embeddings.create",
    "create_moderation": "moderations.create",
    "create_rerank": "rerank.create",
    "create_ocr": "ocr.create",
    "create_image": "images.generate",
    "create_speech": "audio.speech.create",
    "create_transcription": "audio.transcriptions.create",
    "list_models": "models.list",
    "list_model_endpoints": "models.endpoints",
    "list_providers": "providers.list",
    "list_organisations": "organisations.list",
    "list_endpoints": "endpoints.list",
    "list_pricing_models": "pricing.models",
    "calculate_pricing": "pricing.calculate",
    "get_generation": "generations.retrieve",
    "get_current_api_key": "key.retrieve",
    "list_api_keys": "keys.list",
    "list_workspaces": "workspaces.list",
    "get_credits": "credits.retrieve",
    "get_activity": "activity.list",
    "get_health": "health.check",
    "create_batch": "batches.create",
    "retrieve_batch": "batches.retrieve",
    "cancel_batch": "batches.cancel",
    "list_batches": "batches.list",
    "list_batch_requests": "batches.requests",
    "list_batch_models": "batches.models",
    "list_batch_capabilities": "batches.capabilities",
    "upload_file": "files.create",
    "list_files": "files.list",
    "retrieve_file": "files.retrieve",
    "retrieve_file_content": "files.content",
}
PATTERNS = {
    name: re.compile(re.sub(r"\\\{\w+\\\}", "([^/]+)", re.escape(OPERATIONS[name].path)) + r"\Z")
    for name in METHODS
}


def cases() -> list[Any]:
    return [
        pytest.param(exchange, id=f"{recording}-{name}")
        for recording in RECORDINGS
        for name, exchange in exchanges(recording).items()
        if "text/event-stream" not in exchange["response"]["headers"].get("Content-Type", "")
    ]


def operation_of(
    method: str, path: str, query: dict[str, str]
) -> tuple[str, tuple[str, ...]] | None:
    """Find the operation that makes a request; the one with the fewest placeholders."""
    for name in sorted(PATTERNS, key=lambda name: OPERATIONS[name].path.count("{")):
        spec = OPERATIONS[name]
        found = PATTERNS[name].match(path)
        known = {spec.wire.get(one, one) for one in spec.query_params}
        if found and spec.method == method and query.keys() <= known:
            return name, found.groups()
    return None


def form(request: dict[str, Any]) -> dict[str, Any]:
    """Read the recorded multipart body as the arguments of a call."""
    head = f"Content-Type: {request['headers']['Content-Type']}\r\n\r\n"
    message = email.parser.Parser(policy=email.policy.HTTP).parsestr(head + request["body"])
    found: dict[str, Any] = {}
    for part in message.iter_parts():
        content, filename = part.get_payload(decode=True), part.get_filename()
        name = part.get_param("name", header="content-disposition")
        found[name] = (filename, content) if filename else content.decode()
    return found


def arguments(request: dict[str, Any], name: str, query: dict[str, str]) -> dict[str, Any]:
    """Give the keywords that say the same as the recorded request."""
    spec = OPERATIONS[name]
    body = form(request) if isinstance(request["body"], str) else request["body"] or {}
    known = {field: value for field, value in body.items() if field in spec.body_fields}
    others = {field: value for field, value in body.items() if field not in spec.body_fields}
    if spec.body is not None:
        # What a request leaves out on purpose is passed as what our own check lets through.
        others |= {
            field: None for field in spec.required if field not in {*body, *spec.path_params}
        }
    return {**known, **query, **({"extra_body": others} if others else {})}


def call_of(request: dict[str, Any]) -> Any:
    """Make the public call that says the same as a recorded request."""
    if request["path"].startswith("//"):
        return lambda client: client.request(request["method"], request["path"])
    split = urlsplit(request["path"].removeprefix("/v1"))
    query = dict(parse_qsl(split.query))
    found = operation_of(request["method"], split.path, query)
    is_form_or_object = not isinstance(request["body"], str) or "multipart" in str(
        request["headers"]
    )
    if found is None or not is_form_or_object:
        return lambda client: client.request(
            request["method"], split.path, json=request["body"], params=query
        )
    name, args = found
    if name == "get_generation" and not query:
        return lambda client: client.request("GET", "/generations")
    keywords = arguments(request, name, query)

    def call(client: Any) -> Any:
        method = client
        for part in METHODS[name].split("."):
            method = getattr(method, part)
        result = method(*args, **keywords)
        return result.first_page() if hasattr(result, "first_page") else result

    return call


def json_of(result: Any) -> Any:
    """Give the JSON of whatever a method gave."""
    if isinstance(result, Page):
        lists = [value for value in json_of(result.raw).values() if isinstance(value, list)]
        assert [json_of(item) for item in result] in lists
        return json_of(result.raw)
    if isinstance(result, Job):
        return dict(result.raw)
    return result.to_dict() if isinstance(result, ApiModel) else result


@needs_shared
@colours
@pytest.mark.parametrize("exchange", cases())
def test_recorded_exchanges(exchange, colour):
    """A success gives the recorded body back; an error becomes an error that holds it."""
    request, response = exchange["request"], exchange["response"]
    status, body = response["status"], response["body"]
    content = body if isinstance(body, str) else json.dumps(body)
    headers = {
        name: value
        for name, value in response["headers"].items()
        if name.lower() not in ("content-length", "transfer-encoding", "content-encoding")
    }
    script = Script(httpx.Response(status, headers=headers, content=content.encode()))
    call, once = call_of(request), {"retry": Retry(attempts=1)}
    if request["path"].startswith("//"):
        with pytest.raises(ConfigurationError, match="not a path"):
            script.call(colour, call, **once)
        return
    if status >= 400:
        with pytest.raises(APIError) as caught:
            script.call(colour, call, **once)
        assert caught.value.status_code == status
        assert caught.value.body == body
        return
    result = script.call(colour, lambda client: read(call(client), colour), **once)
    assert [sent.method for sent in script.requests] == [request["method"]]
    if isinstance(body, str):
        assert result == body.encode()
        return
    assert json_of(result) == body
    if request["path"].endswith(("/completions", "/responses", "/messages", "/batches")):
        assert (request_id_of(result) or "G-").startswith("G-")


def read(result: Any, colour: str) -> Any:
    """Read binary content, in either colour."""
    if colour == "sync":
        return result.read() if isinstance(result, BinaryContent) else result

    async def later() -> Any:
        found = await result
        return await found.read() if isinstance(found, BinaryContent) else found

    return later()


@needs_shared
def test_every_method_of_the_table_is_asked():
    """Each method of the table has at least one recorded exchange, so none is listed in vain."""
    asked = set()
    for param in cases():
        request = param.values[0]["request"]
        split = urlsplit(request["path"].removeprefix("/v1"))
        found = operation_of(request["method"], split.path, dict(parse_qsl(split.query)))
        if found:
            asked.add(found[0])
    assert asked == METHODS.keys()
