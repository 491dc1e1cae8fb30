"""What the types promise is what comes: in every recorded answer, and else with a good error."""

from __future__ import annotations

import copy
import json
import pickle
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from aistats import AIStats, MissingFieldError, ResponseDecodeError
from aistats_generated import models
from aistats_generated.operations import OPERATIONS
from scripts.spec import pipeline
from tests.colours import KEY
from tests.conftest import needs_shared
from tests.reading import read_all
from tests.test_described_wire import described, recorded_successes, twin

if TYPE_CHECKING:
    from aistats_generated.types import ApiModel

DOCUMENT = pipeline.read_document(str(pipeline.OPENAPI))
BY_ID = {spec.operation_id: spec for spec in OPERATIONS.values()}


def result_of(exchange: dict[str, Any]) -> ApiModel | None:
    """Read a recorded answer as its operation does; None for one that is no described object."""
    request, answer = exchange["request"], exchange["response"]
    operation = described(DOCUMENT, request["method"].lower(), twin(request["path"]))
    assert operation is not None
    name = BY_ID[operation["operationId"]].result
    if name is None or not isinstance(answer["body"], dict):
        return None
    found: ApiModel = getattr(models, name).from_dict(copy.deepcopy(answer["body"]))
    return found


def promises(result: ApiModel) -> list[tuple[ApiModel, str]]:
    """List every promise that the types make about a result, at every depth."""
    return [(one, name) for one in read_all(result) for name in type(one)._fields.promised]


@needs_shared
@pytest.mark.parametrize("exchange", recorded_successes())
def test_every_recorded_answer_keeps_every_promise(exchange: dict[str, Any]) -> None:
    """A field with a plain type is there and is not null."""
    result = result_of(exchange)
    for one, name in promises(result) if result is not None else ():
        assert getattr(one, name) is not None, (type(one).__name__, name)


@needs_shared
def test_the_recordings_speak_for_most_results() -> None:
    """The test above is not about a handful of fields."""
    results = [result_of(one.values[0]) for one in recorded_successes()]
    kept = {(type(one), name) for result in results if result for one, name in promises(result)}
    assert len(kept) > 300
    assert len({kind for kind, _ in kept}) > 60


ANSWER: dict[str, Any] = {
    "id": "G-01ARZ3NDEKTSV4RRFFQ69G5FAV",
    "choices": [{"index": 0, "message": {"role": "assistant"}}],
    "usage": {"prompt_tokens": 1},
}


def chat(answer: dict[str, Any]) -> Any:
    """Give what a call makes of an answer."""
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json=answer))
    with httpx.Client(transport=transport) as http:
        client = AIStats(KEY, base_url="https://api.test/v1", http_client=http)
        return client.chat.completions.create(model="m", messages=[])


@pytest.mark.parametrize(
    ("read", "owner", "field"),
    [
        (lambda r: r.created, "ChatCompletion", "created"),
        (lambda r: r.usage.total_tokens, "ChatUsage", "total_tokens"),
        (lambda r: r.choices[0].message.content, "ChatCompletionMessage", "content"),
        (lambda r: r.choices[0].finish_reason, "ChatChoice", "finish_reason"),
    ],
)
def test_a_broken_promise_names_operation_field_and_request(
    read: Any, owner: str, field: str
) -> None:
    """At every depth; it is an `AttributeError`, keeps the object, and survives pickling."""
    with pytest.raises(MissingFieldError) as caught:
        read(chat(ANSWER))
    error = caught.value
    assert isinstance(error, AttributeError)
    assert isinstance(error, ResponseDecodeError)
    assert (error.operation, error.field) == ("chat.completions.create", field)
    assert error.request_id == ANSWER["id"]
    assert str(error) == (
        f"the answer of chat.completions.create has no {owner}.{field}, which it always has "
        f"(request id {ANSWER['id']}); .body holds the object that lacks it"
    )
    assert field not in json.loads(error.body)
    twin_of_it = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (str(twin_of_it), twin_of_it.field) == (str(error), field)


def test_nothing_raises_before_the_field_is_read() -> None:
    """An answer that lacks everything can be parsed, printed, copied and searched."""
    result = chat({})
    assert repr(result) == "ChatCompletion()"
    assert result.to_dict() == dict(result) == copy.deepcopy(result).to_dict() == {}
    assert result.output_text == ""
    assert [hasattr(result, name) for name in ("choices", "usage", "system_fingerprint")] == [
        *(False, False),
        True,
    ]
