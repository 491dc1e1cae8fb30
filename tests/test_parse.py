"""Answers in a shape of the caller's: strict schema out, checked object in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pydantic
import pytest
from typing_extensions import TypedDict  # typing's from Python 3.12, says pydantic

from aistats import ConfigurationError, ResponseDecodeError
from tests.colours import Colour, Script, answer, colours

MESSAGES = [{"role": "user", "content": "How is the weather in Paris?"}]


class Wind(pydantic.BaseModel):
    """A part of a shape, referred to by its schema."""

    speed: float


class Weather(pydantic.BaseModel):
    """A pydantic model with a default and a part."""

    city: str
    celsius: float | None = None
    wind: Wind | None = None


@dataclass
class Place:
    """A dataclass."""

    city: str
    celsius: float | None = None


class Spot(TypedDict):
    """A TypedDict."""

    city: str


def chat_answer(text: str | None, finish: str = "stop", **message: Any) -> Any:
    said = {"role": "assistant", "content": text, **message}
    choice = {"index": 0, "message": said, "finish_reason": finish}
    return answer(200, {"id": "G-01", "object": "chat.completion", "choices": [choice]})


def response_answer(*parts: dict[str, Any], **facts: Any) -> Any:
    output = [{"type": "message", "role": "assistant", "content": list(parts)}]
    return answer(200, {"id": "G-01", "object": "response", "output": output, **facts})


def chat(client: Any, kind: Any, **params: Any) -> Any:
    params = {"model": "openai/gpt-5-nano", "messages": MESSAGES, **params}
    return client.chat.completions.parse(response_format=kind, **params)


def respond(client: Any, kind: Any, **params: Any) -> Any:
    return client.responses.parse(text_format=kind, model="m", input="x", **params)


@colours
@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Weather, Weather(city="Paris", celsius=7.5)),
        (Place, Place("Paris", 7.5)),
        (Spot, {"city": "Paris"}),
        (dict[str, Any], {"city": "Paris", "celsius": 7.5}),
    ],
)
def test_the_text_becomes_an_object(colour: Colour, kind: Any, expected: Any) -> None:
    """In both dialects; the rest of the result is as `create` gives it."""
    text = '{"city": "Paris", "celsius": 7.5}'
    script = Script(chat_answer(text), response_answer({"type": "output_text", "text": text}))
    made = script.call(colour, lambda client: chat(client, kind, temperature=0))
    assert made.output_parsed == expected
    assert made.choices[0].message.content == made.output_text == text
    assert "output_parsed" not in made.to_dict()
    assert script.call(colour, lambda client: respond(client, kind)).output_parsed == expected


def test_the_schema_is_strict() -> None:
    """Every object of it is closed, and asks for all its fields, parts included."""
    script = Script(chat_answer('{"city": "Paris"}'), response_answer())
    chat(script.client(), Weather, temperature=0)
    sent = json.loads(script.requests[0].content)
    assert sent["temperature"] == 0
    form = sent["response_format"]
    assert form["type"] == "json_schema"
    assert (form["json_schema"]["name"], form["json_schema"]["strict"]) == ("Weather", True)
    schema = form["json_schema"]["schema"]
    for part in (schema, schema["$defs"]["Wind"]):
        assert part["additionalProperties"] is False
        assert part["required"] == list(part["properties"])
    assert '"default":' not in json.dumps(schema)
    with pytest.raises(ResponseDecodeError):
        respond(script.client(), Weather, text={"verbosity": "low"})
    text = json.loads(script.requests[1].content)["text"]
    assert (text["verbosity"], text["format"]["schema"]) == ("low", schema)


@colours
@pytest.mark.parametrize(
    ("made", "says", "kept"),
    [
        (chat_answer(None, refusal="I must not"), "refused: I must not", "refused: I must not"),
        (chat_answer('{"city": "Pa', "length"), r"cut \(length\)", '{"city": "Pa'),
        (chat_answer("", "content_filter"), r"cut \(content_filter\)", "cut"),
        (chat_answer("It rains."), "another shape", "It rains."),
        (chat_answer('{"celsius": 1}'), "another shape.*city", '{"celsius": 1}'),
    ],
)
def test_what_is_no_such_object_is_an_error_that_keeps_the_text(
    colour: Colour, made: Any, says: str, kept: str
) -> None:
    """Refused, cut, or of another shape."""
    body = made.content
    script = Script(lambda _: answer(200, json.loads(body)))
    with pytest.raises(ResponseDecodeError, match=says) as caught:
        script.call(colour, lambda client: chat(client, Weather))
    assert kept in caught.value.body.decode()


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (response_answer({"type": "refusal", "refusal": "No."}), "refused: No"),
        (
            response_answer(
                {"type": "output_text", "text": "{"},
                status="incomplete",
                incomplete_details={"reason": "max_output_tokens"},
            ),
            r"cut \(max_output_tokens\)",
        ),
    ],
)
def test_responses_tell_the_same_in_their_own_words(made: Any, says: str) -> None:
    """Their refusals are parts, and a cut is a status."""
    with pytest.raises(ResponseDecodeError, match=says):
        respond(Script(made).client(), Weather)


def test_a_type_without_a_schema_is_refused_before_anything_is_sent() -> None:
    """The caller's mistake, in the words of pydantic."""
    with pytest.raises(ConfigurationError, match="has no JSON schema"):
        chat(Script().client(), object())
    with pytest.raises(TypeError, match="'temperatur': did you mean 'temperature'"):
        chat(Script().client(), Weather, temperatur=0)
