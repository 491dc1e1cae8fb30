"""What people do with generated models: build requests, change, compare, copy, print, subclass."""

from __future__ import annotations

import copy
import json
from collections import ChainMap
from typing import Any

import pytest

from aistats_generated import models
from aistats_generated.models import (
    ChatCompletionsResponse,
    ChatMessage,
    VideoGenerationRequest,
    VideoGenerationResponse,
)
from aistats_generated.types import UNSET
from tests.reading import pickled, read, read_all

CHOICE = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Hi"}}


def test_a_request_holds_what_was_set_and_nothing_else() -> None:
    """No default is sent, plain strings do for enums, and plain dicts do for models."""
    request = VideoGenerationRequest(model="m", prompt="p", output={"format": "mp4"})  # type: ignore[arg-type]
    assert request.to_dict() == {"model": "m", "prompt": "p", "output": {"format": "mp4"}}
    request["brand_new"] = 1
    request["prompt"] = "q"
    assert request.prompt == "q"
    assert request.additional_properties == {"brand_new": 1}
    del request["output"]
    with pytest.raises(KeyError):
        del request["output"]
    assert request.to_dict() == {"model": "m", "prompt": "q", "brand_new": 1}


def test_any_mapping_can_be_read() -> None:
    """A read-only view or a chain of dicts becomes plain JSON."""
    parsed = ChatMessage.from_dict(ChainMap({"role": "user"}, {"x": 1}))
    parsed.additional_properties["y"] = 2
    assert json.dumps(parsed.to_dict(), sort_keys=True) == '{"role": "user", "x": 1, "y": 2}'


def test_changes_of_a_reply_show_in_its_json() -> None:
    """Nested objects that were read may be changed; what was not touched stays as received."""
    reply = read(ChatCompletionsResponse, {"id": "a", "choices": [CHOICE], "x": 1, "y": 2})
    reply.choices[0].message.content = "Bye"
    del reply["id"]
    del reply.additional_properties["x"]
    changed = {"choices": [CHOICE | {"message": {"role": "assistant", "content": "Bye"}}], "y": 2}
    assert reply.to_dict() == changed


def test_the_json_given_back_is_the_callers_own() -> None:
    """Changing the result of `to_dict` changes nothing else."""
    reply = read(ChatCompletionsResponse, {"choices": [copy.deepcopy(CHOICE)], "x": [1]})
    given = reply.to_dict()
    given["choices"][0]["index"] = 99
    given["x"].append(2)
    assert reply.to_dict() == {"choices": [CHOICE], "x": [1]}


def test_fields_are_there_by_their_wire_names() -> None:
    """Square brackets, `in` and `get` take the name of the JSON field."""
    reply = read(ChatCompletionsResponse, {"object": "chat.completion", "choices": [CHOICE]})
    assert reply["object"] == "chat.completion"
    assert reply["choices"][0]["message"]["content"] == "Hi"
    assert "choices" in reply
    assert "usage" not in reply
    assert 3 not in reply
    assert reply.get("usage", "none") == "none"
    with pytest.raises(KeyError, match="usage"):
        _ = reply["usage"]
    with pytest.raises(
        AttributeError, match=r"'ChatCompletionsResponse' object has no .* 'chioces'"
    ):
        _ = reply.chioces
    assert list(reply) == [("object", "chat.completion"), ("choices", [CHOICE])]
    with pytest.raises(TypeError, match="unhashable"):
        hash(reply)


def test_equality_is_that_of_the_json_and_the_class() -> None:
    """Reading a field changes nothing; another class is another thing."""
    one, two = (read(ChatCompletionsResponse, {"choices": [CHOICE]}) for _ in range(2))
    list(read_all(one))
    assert one == two
    assert one != read(ChatCompletionsResponse, {"choices": []})
    assert read(ChatCompletionsResponse, {}) != read(ChatMessage, {})
    assert ChatMessage(role="user") == read(ChatMessage, {"role": "user"})


def test_a_subclass_written_by_hand_is_parsed_as_itself() -> None:
    """`aistats` adds helpers to results by subclassing."""
    reply = read(Friendly, {"choices": [CHOICE]})
    reply.note = "kept"
    assert reply.output_text == "Hi"
    twin = pickled(reply)
    assert type(twin) is Friendly
    assert (twin.note, twin.to_dict()) == ("kept", {"choices": [CHOICE]})


class Friendly(ChatCompletionsResponse):
    """A result with a helper."""

    note: str = ""

    @property
    def output_text(self) -> str:
        """Text of the first choice."""
        choices: Any = self.choices
        return str(choices[0].message.content)


def test_the_origin_of_a_reply_travels_with_it() -> None:
    """The engine keeps the request id beside the JSON; it is neither compared nor printed."""
    reply = read(ChatCompletionsResponse, {"id": "a"})
    assert reply._origin is None
    reply._origin = {"request_id": "req-1"}
    assert copy.deepcopy(reply)._origin == {"request_id": "req-1"}
    assert reply == read(ChatCompletionsResponse, {"id": "a"})
    assert "req-1" not in repr(reply)
    assert ChatMessage(role="user")._origin is None


def test_unset_is_one_object() -> None:
    """Copies and pickles of UNSET are UNSET, so that it is never sent."""
    assert copy.copy(UNSET) is copy.deepcopy(UNSET) is pickled(UNSET) is UNSET
    request = copy.deepcopy(VideoGenerationRequest(model="m", prompt="p"))
    assert request.seed is None
    assert request.to_dict() == {"model": "m", "prompt": "p"}


def test_printing_shows_names_and_hides_secrets() -> None:
    """A created key and a signed address are cut where they become secret."""
    reply = read(
        models.ApiKeyWithValue,
        {"name": "ci", "key": "phaseo_v1_sk_demo00000000_not-a-real-secret", "odd_field": [1]},
    )
    assert (
        repr(reply)
        == "ApiKeyWithValue(name='ci', key='phaseo_v1_sk_demo00000000_***', odd_field=[1])"
    )
    video = read(VideoGenerationResponse, {"download_url": "https://x.test/v.mp4?sig=abc&e=1"})
    assert repr(video) == "VideoGenerationResponse(download_url='https://x.test/v.mp4?***')"


def test_a_vector_that_came_as_base64_is_numbers_and_goes_back_as_it_came() -> None:
    """Until somebody changes it."""
    data = {"data": [{"index": 0, "object": "embedding", "embedding": "AACAPwAAIMA="}]}
    reply = read(models.EmbeddingsResponse, copy.deepcopy(data))
    assert reply.data[0].embedding == [1.0, -2.5]
    assert reply.to_dict() == data
    reply.data[0].embedding = [3.0]
    assert reply.to_dict()["data"][0]["embedding"] == [3.0]
