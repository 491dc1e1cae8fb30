"""How generated models read what was not promised: the table of surprises, one test per row."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from aistats import MissingFieldError
from aistats_generated.api.chat import create_chat_completion
from aistats_generated.api.files import retrieve_file_content
from aistats_generated.models import (
    ApiKey,
    ChatCompletionsResponse,
    ChatMessage,
    TextContentPart,
    VideoGenerationRequest,
    VideoGenerationResponse,
)
from aistats_generated.types import OtherObject
from tests.conftest import ROOT
from tests.reading import read

DOCUMENT = json.loads(
    (ROOT / "generated" / "aistats_generated" / "openapi.json").read_text(encoding="utf-8")
)


CHOICE = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Hi"}}


def test_an_unknown_enum_value_stays_its_string() -> None:
    """Servers add words; the word is the value."""
    reply = read(
        ChatCompletionsResponse, {"choices": [CHOICE | {"finish_reason": "paused_by_operator"}]}
    )
    assert reply.choices[0].finish_reason == "paused_by_operator"
    video = read(VideoGenerationResponse, {"id": "v", "status": "dreaming"})
    assert video.status == "dreaming"


@pytest.mark.parametrize("field", ["choices", "usage", "id", "created", "object"])
def test_null_where_it_was_not_promised_is_none(field: str) -> None:
    """Null for a list, an object, a string, a number or an enum reads as None."""
    assert read(ChatCompletionsResponse, {field: None}).get(field, "absent") is None


def test_a_null_date_is_none() -> None:
    """Null for a time reads as None and goes back as null."""
    key = read(ApiKey, {"created_at": None})
    assert key.created_at is None
    assert key.to_dict() == {"created_at": None}


def test_what_is_absent_reads_as_none_and_is_not_sent_back() -> None:
    """Null and absent read alike; `in` tells them apart, and neither becomes the other."""
    absent, null = (read(ChatCompletionsResponse, data) for data in ({}, {"service_tier": None}))
    assert absent.service_tier is null.service_tier is None
    assert "service_tier" not in absent
    assert "service_tier" in null
    assert absent.to_dict() == {}
    assert null.to_dict() == {"service_tier": None}


def test_a_promised_field_that_is_absent_raises_when_it_is_read() -> None:
    """The error says which field of what is missing; `hasattr`, `get` and `in` do not raise."""
    reply = read(ChatCompletionsResponse, {"usage": {}})
    with pytest.raises(MissingFieldError, match=r"no ChatCompletionsResponse\.choices, which it"):
        _ = reply.choices
    with pytest.raises(MissingFieldError, match=r"no ChatUsage\.total_tokens") as caught:
        _ = reply.usage.total_tokens
    assert caught.value.field == "total_tokens"
    assert isinstance(caught.value, AttributeError)
    assert not hasattr(reply, "choices")
    assert reply.get("choices") is None
    assert "choices" not in reply
    assert read(ChatCompletionsResponse, {"choices": None}).choices is None
    assert "ChatCompletionsResponse(usage=ChatUsage())" in repr(reply)


def test_an_extra_field_is_kept_at_every_level() -> None:
    """Fields that the description does not know are there by name and go back."""
    data = {"choices": [CHOICE | {"x_score": 0.5}], "x_trace": {"id": "t"}}
    reply = read(ChatCompletionsResponse, data)
    assert reply.additional_properties == {"x_trace": {"id": "t"}}
    assert reply["x_trace"] == {"id": "t"}
    assert reply.choices[0]["x_score"] == 0.5
    assert reply.to_dict() == data


def test_extras_are_kept_where_the_description_forbids_them() -> None:
    """`additionalProperties: false` binds the one who sends, not the one who reads."""
    assert (
        DOCUMENT["components"]["schemas"]["VideoGenerationRequest"]["additionalProperties"] is False
    )
    data = {"model": "m", "brand_new": 1}
    assert read(VideoGenerationRequest, dict(data)).to_dict() == data


@pytest.mark.parametrize("wrong", [{"a": 1}, "text", 5, True])
def test_a_wrong_container_is_kept_raw(wrong: Any) -> None:
    """Anything else where a list of objects was due reads as that thing."""
    reply = read(ChatCompletionsResponse, {"choices": wrong, "id": "still here"})
    assert reply.choices == wrong
    assert reply.id == "still here"
    assert reply.to_dict() == {"choices": wrong, "id": "still here"}


@pytest.mark.parametrize("wrong", [[1], "text", 5])
def test_something_else_for_an_object_is_kept_raw(wrong: Any) -> None:
    """Anything else where an object was due reads as that thing."""
    assert read(ChatCompletionsResponse, {"usage": wrong}).usage == wrong


def test_a_wrong_item_harms_no_other_item() -> None:
    """A list with a stranger in it is a list of models and a stranger."""
    reply = read(ChatCompletionsResponse, {"choices": [CHOICE, "stranger", None]})
    assert reply.choices[0].message.content == "Hi"
    assert reply.choices[1:] == ["stranger", None]


@pytest.mark.parametrize(
    "text", ["Sun, 01 Mar 2026 12:00:00 GMT", "", "yesterday", "2026-02-30", "2026-03-01T24:01:00Z"]
)
def test_an_unreadable_date_stays_text(text: str) -> None:
    """RFC 1123, nothing, words and days that do not exist are kept as written."""
    key = read(ApiKey, {"created_at": text})
    assert key.created_at == text
    assert key.to_dict() == {"created_at": text}


@pytest.mark.parametrize("number", [1772366400, 1772366400.5, True])
def test_a_number_for_a_date_stays_a_number(number: float) -> None:
    """Unix seconds where ISO 8601 was promised are kept."""
    assert read(ApiKey, {"created_at": number}).created_at == number


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01T12:30:00Z",
        "2026-03-01T12:30:00.120Z",
        "20260301T123000Z",
        "2026-03-01 12:30:00+02",
        "2026-03-01T12:30:00.123456789Z",
    ],
)
def test_a_date_goes_back_as_it_was_spelt(text: str) -> None:
    """A time is read as a time, and what is sent back is the received text, not our spelling."""
    key = read(ApiKey, {"created_at": text})
    assert isinstance(key.created_at, datetime.datetime)
    assert key.to_dict() == {"created_at": text}


def test_a_date_that_was_changed_goes_out_as_iso_8601() -> None:
    """A new time is written in the standard form."""
    key = read(ApiKey, {"created_at": "2026-03-01T12:30:00Z"})
    key.created_at = datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC)
    assert key.to_dict() == {"created_at": "2027-01-01T00:00:00+00:00"}


def test_a_union_member_is_chosen_by_its_tag() -> None:
    """The tag decides, even if a required key is missing."""
    message = read(
        ChatMessage, {"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "text"}]}
    )
    assert isinstance(message.content, list)
    assert [type(part) for part in message.content] == [TextContentPart, TextContentPart]
    assert message.content[1]["type"] == "text"


@pytest.mark.parametrize(
    "part", [{"type": "hologram", "text": "a"}, {"text": "a"}, {}, {"type": 3}]
)
def test_a_union_member_with_another_tag_is_no_guess(part: dict[str, Any]) -> None:
    """An object without a known tag is an open one: what it has are its attributes."""
    message = read(ChatMessage, {"role": "user", "content": [part]})
    (found,) = message.content
    assert type(found) is OtherObject
    assert {name: getattr(found, name) for name in part} == found.to_dict() == part
    assert part.keys() <= set(dir(found))
    with pytest.raises(AttributeError, match="no attribute 'colour'"):
        _ = found.colour
    assert message.to_dict()["content"] == [part]


def test_a_union_of_text_and_list_keeps_the_text() -> None:
    """The plain variant of a union is left alone."""
    assert read(ChatMessage, {"role": "user", "content": "Hi"}).content == "Hi"


@pytest.mark.parametrize("data", [[], "html", None, 5, [{"choices": []}]])
def test_a_reply_of_another_shape_does_not_raise(data: Any) -> None:
    """The parse half hands back what it cannot read."""
    assert create_chat_completion._parse_response(data) == data


def test_binary_replies_are_bytes() -> None:
    """A download is handed through."""
    assert retrieve_file_content._parse_response(b"\x00\x01") == b"\x00\x01"


def test_only_an_object_can_become_a_model() -> None:
    """Handing `from_dict` a list is a mistake of the program, and is named as one."""
    with pytest.raises(TypeError, match="ChatMessage needs a JSON object, not a list"):
        ChatMessage.from_dict([1])  # type: ignore[arg-type]


def test_depth_is_no_danger() -> None:
    """JSON nested deeper than Python can call is read, copied and compared."""
    deep: Any = "bottom"
    for _ in range(50_000):
        deep = [deep]
    copied = read(ChatMessage, {"role": "user", "x": deep}).to_dict()["x"]
    assert copied is not deep
    while isinstance(copied, list):
        deep, copied = deep[0], copied[0]
    assert copied == "bottom"
