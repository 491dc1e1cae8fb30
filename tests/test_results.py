"""Usage, cost, request ids and texts of results, wherever the surfaces put them."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aistats import results
from aistats.errors import NotFoundError, StreamError
from aistats.results import (
    ChatCompletion,
    Message,
    ResponseResult,
    Usage,
    request_id_of,
    usage_of,
)
from aistats_generated.models import EmbeddingsResponse, VideoGenerationResponse
from tests.conftest import needs_shared
from tests.recorded import exchanges

PRICE = {"total_nanos": 100, "total_usd_str": "1e-7", "total_cents": 0, "currency": "USD"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            {
                "usage": {
                    "prompt_tokens": 9,
                    "completion_tokens": 4,
                    "total_tokens": 13,
                    "pricing": PRICE,
                }
            },
            Usage(9, 4, 13, Decimal("1e-7")),
        ),
        (
            {"usage": {"input_tokens": 5, "output_tokens": 0, "pricing_breakdown": PRICE}},
            Usage(5, 0, 5, Decimal("0.0000001")),
        ),
        ({"usage": {"input_tokens": 5}}, Usage(5, None, None, None)),
        ({"usage": {"total_tokens": 5.0}}, Usage(None, None, 5, None)),
        ({"cost_nanos": 1_500_000_000, "currency": "usd"}, Usage(cost=Decimal("1.5"))),
        ({"usage": {"cost_nanos": 10_000, "cost_usd": 9.9}}, Usage(cost=Decimal("0.00001"))),
        (
            {"usage": {"pricing": {"total_usd_str": "2.5e-8", "currency": "EUR"}}},
            Usage(cost=Decimal("0.000000025"), currency="EUR"),
        ),
        ({"usage": {"cost": 0.28, "is_byok": False}}, Usage(cost=Decimal("0.28"))),
        ({"usage": {"costUsd": 0.4}}, Usage(cost=Decimal("0.4"))),
        ({"billing": {"total_nanos": 0, "currency": "usd"}}, Usage(cost=Decimal(0))),
        ({"billing": {"cost_nanos": 7}}, Usage(cost=Decimal("7e-9"))),
        (
            {"usage": {"pricing": {"total_usd_str": "NaN"}, "cost_usd": "0.1"}},
            Usage(cost=Decimal("0.1")),
        ),
        ({"usage": {"pricing": {"total_usd_str": "much"}}}, None),
        ({"usage": {"input_tokens": True, "cost": True, "output_tokens": "4"}}, None),
        ({"usage": None}, None),
        ({"usage": []}, None),
        ({"usage": "free"}, None),
        ({}, None),
        (None, None),
        ("text", None),
        ([1, 2], None),
    ],
)
def test_usage(body, expected):
    """Tokens and cost are found in every shape; where nothing is told there is no usage."""
    assert usage_of(body) == expected


def test_cost_is_exact():
    """A cost is a sum of whole nanos, without the noise of floats."""
    usage = usage_of({"usage": {"pricing": {"total_nanos": 123_456_789_012_345_678}}})
    assert usage is not None
    assert str(usage.cost) == "123456789.012345678"


def test_usage_of_models_jobs_streams_and_errors():
    """The same question works on everything that a call may give."""
    body = {"usage": {"input_tokens": 5, "pricing_breakdown": PRICE}}
    expected = Usage(5, None, None, Decimal("1e-7"))
    assert usage_of(EmbeddingsResponse.from_dict(body)) == expected
    assert usage_of(type("Job", (), {"raw": body})()) == expected
    assert usage_of(StreamError("x", usage=expected)) is expected
    assert usage_of(expected) is None
    assert usage_of(StreamError("x")) is None
    video = VideoGenerationResponse.from_dict(
        {"usage": {"cost_usd": 0.4, "pricing_breakdown": PRICE}}
    )
    assert usage_of(video) == Usage(cost=Decimal("1e-7"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"generation_id": "G-1", "request_id": "G-2"}, "G-1"),
        ({"generation_id": "unknown", "request_id": "G-2", "id": "G-3"}, "G-2"),
        ({"requestId": "G-2", "id": "G-3"}, "G-2"),
        ({"request_id": "G-2", "id": "batch_1"}, "G-2"),
        ({"id": "G-3"}, "G-3"),
        ({"id": "resp_1", "metadata": {"phaseo_request_id": "G-4"}}, "G-4"),
        ({"id": "resp_1", "metadata": {"phaseo_request_id": 4}}, None),
        ({"id": "file-1"}, None),
        ({"id": 7, "requestId": None, "request_id": ["G-1"]}, None),
        ({}, None),
        (None, None),
        (b"audio", None),
    ],
)
def test_request_ids(body, expected):
    """The gateway's id is found under each of its names, and no other id is taken for it."""
    assert request_id_of(body) == expected


def test_request_ids_of_models_errors_and_jobs():
    """The same question works on everything that a call may give."""
    assert request_id_of(EmbeddingsResponse.from_dict({"requestId": "G-1"})) == "G-1"
    assert request_id_of(NotFoundError("x", status_code=404, request_id="G-2")) == "G-2"
    assert request_id_of(NotFoundError("x", status_code=404)) is None
    assert request_id_of(type("Job", (), {"request_id": "G-3", "raw": {}})()) == "G-3"


JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
NAMES = st.sampled_from(
    [
        *("usage", "pricing", "total_nanos", "total_usd_str", "cost_nanos", "cost", "billing"),
        *("input_tokens", "prompt_tokens", "total_tokens", "currency", "id", "metadata", "choices"),
        *("message", "content", "output", "text", "type", "generation_id", "request_id"),
    ]
)
BODY = st.recursive(
    JSON | st.sampled_from(["1e9999999", "-Infinity", "message", "output_text", "text", "G-1"]),
    lambda inner: st.dictionaries(NAMES, inner, max_size=4) | st.lists(inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(NAMES, BODY))
def test_no_body_makes_the_questions_fail(body):
    """Whatever a body holds, the answers are of their types."""
    for result in (body, ChatCompletion.from_dict(dict(body))):
        usage = usage_of(result)
        assert usage is None or isinstance(usage.currency, str)
        assert isinstance(request_id_of(result), str | None)
    for kind in (ChatCompletion, ResponseResult, Message):
        assert isinstance(kind.from_dict(dict(body)).output_text, str)


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        (
            ChatCompletion,
            {"choices": [{"message": {"content": "Hi"}}, {"message": {"content": "No"}}]},
            "Hi",
        ),
        (ChatCompletion, {"choices": [{"message": {"content": None}}]}, ""),
        (
            ChatCompletion,
            {
                "choices": [
                    {"message": {"content": [{"type": "text", "text": "a"}, {"type": "image"}]}}
                ]
            },
            "a",
        ),
        (ChatCompletion, {"choices": []}, ""),
        (ChatCompletion, {}, ""),
        (
            ResponseResult,
            {
                "output": [
                    {"type": "reasoning", "content": [{"type": "output_text", "text": "hm"}]},
                    {
                        "type": "message",
                        "content": [
                            {"type": "output_text", "text": "one "},
                            {"type": "refusal", "refusal": "no"},
                            {"type": "output_text", "text": "two"},
                        ],
                    },
                    {"type": "function_call", "arguments": "{}"},
                    {"type": "message", "content": [{"type": "output_text", "text": " three"}]},
                ]
            },
            "one two three",
        ),
        (ResponseResult, {"output": None}, ""),
        (
            Message,
            {
                "content": [
                    {"type": "thinking", "thinking": "hm"},
                    {"type": "text", "text": "a"},
                    {"type": "tool_use", "input": {}},
                    {"type": "text", "text": "b"},
                ]
            },
            "ab",
        ),
        (Message, {"content": "x"}, ""),
    ],
)
def test_output_text(kind, body, text):
    """The text of an answer is one attribute, without reasoning, refusals and tools."""
    assert kind.from_dict(body).output_text == text


def test_text_results_behave_like_their_generated_models():
    """They keep the JSON, compare, copy and travel through pickle as what they are."""
    body = {"id": "G-1", "choices": [{"message": {"content": "Hi"}}], "new_field": 1}
    result = ChatCompletion.from_dict(body)
    assert result.to_dict() == body
    assert result["new_field"] == 1
    assert result.choices[0].message.content == "Hi"
    travelled = pickle.loads(pickle.dumps(result))  # noqa: S301 - our own bytes
    for twin in (travelled, copy.copy(result), copy.deepcopy(result)):
        assert type(twin) is ChatCompletion
        assert twin == result
        assert twin.output_text == "Hi"


def test_the_module_knows_only_its_names():
    """The lazily imported names are there, others are not."""
    assert results.ChatCompletion is ChatCompletion
    with pytest.raises(AttributeError, match="no attribute 'Completion'"):
        _ = results.Completion


@needs_shared
@pytest.mark.parametrize(
    ("recording", "name", "usage", "request_id"),
    [
        ("text", "chat_ok", Usage(9, 4, 13, Decimal("0.00001")), "G-01M7WVR4PGV38SAZR79V0N5YQH"),
        (
            "text",
            "responses_ok",
            Usage(9, 4, 13, Decimal("0.00000205")),
            "G-01M7WVRA65D0G6A1W2GHX3T5GE",
        ),
        (
            "text",
            "messages_ok",
            Usage(9, 4, 13, Decimal("0.000029")),
            "G-01M7WVRDA72DRYR5AHPST2V297",
        ),
        (
            *("embeddings_moderations_images_audio", "embeddings_base64"),
            *(Usage(5, 0, 5, Decimal("1e-7")), None),
        ),
        (
            "embeddings_moderations_images_audio",
            "images_ok",
            Usage(10, 20, 30, Decimal("0.00069")),
            None,
        ),
        (
            "embeddings_moderations_images_audio",
            "transcription_ok",
            Usage(1, 3, 4, Decimal("0.0000025")),
            None,
        ),
        ("batches_files", "batches_cancel_completed", Usage(18, 8, 26, Decimal("0.00001")), None),
        ("video_sora", "video_sora_3_poll_1", Usage(cost=Decimal("0.4")), None),
        ("video_minimax", "video_minimax_fail_3_poll_1", Usage(cost=Decimal(0)), None),
        (
            "platform",
            "generations_ok",
            Usage(9, 4, 13, Decimal("0.00001")),
            "G-01M7WVREHA973CR7TKNQNSNZEP",
        ),
    ],
)
def test_recorded_usage_and_ids(recording, name, usage, request_id):
    """Real bodies of every surface give their tokens, their exact cost and their request id."""
    body = exchanges(recording)[name]["response"]["body"]
    assert usage_of(body) == usage
    found = request_id_of(body)
    assert found is not None
    assert found.startswith("G-")
    assert request_id in (None, found)
