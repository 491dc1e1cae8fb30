"""The models of the sandbox say the same every time, in the dialects the gateway has."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from aistats.sandbox import Sandbox
from tests.sandbox_client import CHAT, client
from tests.sandbox_replay import events

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

HAIKU = "anthropic/claude-haiku-4.5"
GPT = "openai/gpt-5-nano"
TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string"}, "days": {"type": "integer"}},
        },
    },
}


@pytest.fixture
def gw() -> Iterator[Sandbox]:
    """A fresh sandbox."""
    with Sandbox(seed=6) as gateway:
        yield gateway


@pytest.fixture
def http(gw: Sandbox) -> Iterator[httpx.Client]:
    """A plain client with the sandbox's key."""
    with client(gw) as plain:
        yield plain


def chat(http: httpx.Client, text: str = "hello there", **more: Any) -> dict[str, Any]:
    """Ask and return the whole answer."""
    body = {"model": GPT, "messages": [{"role": "user", "content": text}], **more}
    answer = http.post("chat/completions", json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def stream(http: httpx.Client, path: str, **body: Any) -> list[tuple[str, Any]]:
    """Ask for a stream and return its events."""
    answer = http.post(path, json={**body, "stream": True})
    assert answer.headers["Content-Type"] == "text/event-stream"
    return list(events(answer.text))


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("hello there", "You said: hello there"),
        ("Reply with: quickstart works", "quickstart works"),
        ("", "Hello."),
    ],
)
def test_the_answer_is_made_of_the_question(http: httpx.Client, prompt: str, text: str) -> None:
    """All three APIs say the same."""
    said = [{"role": "system", "content": "be brief"}, {"role": "user", "content": prompt}]
    whole = http.post("chat/completions", json={"model": GPT, "messages": said}).json()
    assert whole["choices"][0]["message"]["content"] == text
    response = http.post("responses", json={"model": GPT, "input": prompt}).json()
    assert response["output"][0]["content"][0]["text"] == text
    parts = [{"role": "user", "content": [{"type": "text", "text": prompt}]}]
    body = {"model": HAIKU, "max_tokens": 9, "messages": parts}
    message = http.post("messages", json=body).json()
    assert message["content"][0]["text"] == text


def test_a_reply_can_be_given_or_computed() -> None:
    """A text for all, or a function of the prompt."""
    with Sandbox(reply="fixed") as gw, client(gw) as http:
        assert chat(http)["choices"][0]["message"]["content"] == "fixed"
    with Sandbox(reply=str.upper) as gw, client(gw) as http:
        assert chat(http)["choices"][0]["message"]["content"] == "HELLO THERE"


def test_the_next_answers_can_be_planned(gw: Sandbox, http: httpx.Client) -> None:
    """One after the other, then as before."""
    gw.text.plan("first", next=1)
    gw.text.plan("second", next=1)
    texts = [chat(http)["choices"][0]["message"]["content"] for _ in range(3)]
    assert texts == ["first", "second", "You said: hello there"]


def test_a_tool_is_called_once(gw: Sandbox, http: httpx.Client) -> None:
    """With arguments that fit its schema; not when its result is there, nor when told not to."""
    choice = chat(http, tools=[TOOL])["choices"][0]
    assert choice["finish_reason"] == "tool_calls"
    call = choice["message"]["tool_calls"][0]["function"]
    assert (call["name"], json.loads(call["arguments"])) == (
        "get_weather",
        {"city": "sandbox", "days": 1},
    )
    said = [*CHAT["messages"], {"role": "tool", "tool_call_id": "x", "content": "sun"}]
    body = {"model": GPT, "messages": said, "tools": [TOOL]}
    answered = http.post("chat/completions", json=body).json()["choices"][0]
    assert answered["finish_reason"] == "stop"
    assert chat(http, tools=[TOOL], tool_choice="none")["choices"][0]["finish_reason"] == "stop"
    gw.text.plan(tool=("mine", '{"a":1}'), next=1)
    planned = http.post("responses", json={"model": GPT, "input": "x"}).json()["output"][0]
    assert (planned["name"], planned["arguments"]) == ("mine", '{"a":1}')


def test_a_tool_call_has_the_form_of_its_api(http: httpx.Client) -> None:
    """Whole and streamed: chat, responses, messages."""
    said = {"model": HAIKU, "max_tokens": 9, "messages": CHAT["messages"]}
    tool = {"name": "get_weather", "input_schema": TOOL["function"]["parameters"]}  # type: ignore[index]
    whole = http.post("messages", json=said | {"tools": [tool]}).json()
    assert whole["stop_reason"] == "tool_use"
    assert whole["content"][0]["input"] == {"city": "sandbox", "days": 1}
    found = stream(http, "messages", **said, tools=[tool])
    parts = [d["delta"]["partial_json"] for n, d in found if n == "content_block_delta"]
    assert json.loads("".join(parts)) == {"city": "sandbox", "days": 1}
    flat = {"type": "function", **TOOL["function"]}  # type: ignore[dict-item]
    found = stream(http, "responses", model=GPT, input="x", tools=[flat])
    assert found[-2][1]["item"]["type"] == "function_call"
    found = stream(http, "chat/completions", **CHAT, tools=[TOOL])
    calls = [d["choices"][0]["delta"].get("tool_calls") for _, d in found[:-2]]
    arguments = "".join(c[0]["function"]["arguments"] for c in calls if c)
    assert json.loads(arguments) == {"city": "sandbox", "days": 1}
    body = CHAT | {"model": HAIKU, "tools": [TOOL], "stream": True, "meta": True}
    last = list(events(http.post("chat/completions", json=body).text))[-1][1]
    assert last["choices"][0]["finish_reason"] == "tool_calls"
    assert last["meta"]["routing"]["selected_provider"] == "anthropic"


def test_any_object_will_do_when_no_schema_says_which(http: httpx.Client) -> None:
    """`json_object` gets an empty one, a nullable type its first kind."""
    text = chat(http, response_format={"type": "json_object"})["choices"][0]["message"]["content"]
    assert json.loads(text) == {}
    schema = {"type": ["object", "null"], "properties": {"a": {"type": "null"}, "b": True}}
    form = {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}
    text = chat(http, response_format=form)["choices"][0]["message"]["content"]
    assert json.loads(text) == {"a": None, "b": {}}


def test_a_response_may_have_no_text_in_its_input(http: httpx.Client) -> None:
    """Then there is nothing to repeat; and a tool's result is not answered by another call."""
    items = [{"type": "function_call_output", "call_id": "x", "output": "sun"}]
    answer = http.post("responses", json={"model": GPT, "input": items, "tools": [TOOL]}).json()
    assert answer["output"][0]["content"][0]["text"] == "Hello."


def test_structured_output_fits_its_schema(http: httpx.Client) -> None:
    """The text is JSON of the shape that was asked for, in both APIs."""
    schema = {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "tags": {"type": "array", "items": {"type": "number"}},
            "kind": {"enum": ["a", "b"]},
        },
    }
    wanted = {"name": "sandbox", "tags": [1.5], "kind": "a"}
    form = {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}
    text = chat(http, response_format=form)["choices"][0]["message"]["content"]
    assert json.loads(text) == wanted
    form = {"format": {"type": "json_schema", "name": "x", "schema": schema}}
    body = {"model": GPT, "input": "x", "text": form}
    output = http.post("responses", json=body).json()["output"][0]
    assert json.loads(output["content"][0]["text"]) == wanted


def test_an_openai_chat_stream_ends_with_usage_and_done(http: httpx.Client) -> None:
    """The usage chunk comes although nobody asked for it."""
    found = stream(http, "chat/completions", **CHAT)
    text = "".join(data["choices"][0]["delta"].get("content") or "" for _, data in found[:-2])
    assert text == "You said: hello there"
    assert found[-1][0] == "[DONE]"
    assert found[-2][1]["choices"] == []
    assert found[-2][1]["usage"]["total_tokens"] > 0
    assert found[-3][1]["choices"][0]["finish_reason"] == "stop"


def test_another_chat_stream_ends_with_a_whole_completion(http: httpx.Client) -> None:
    """No chunk says why it ended, and there is no [DONE]; the text is there twice."""
    body = CHAT | {"model": HAIKU}
    *chunks, (_, last) = stream(http, "chat/completions", **body)
    text = "".join(data["choices"][0]["delta"]["content"] for _, data in chunks)
    assert last["object"] == "chat.completion"
    assert last["choices"][0]["message"]["content"] == text == "You said: hello there"
    assert all(data["choices"][0]["finish_reason"] is None for _, data in chunks)


def test_the_two_dialects_of_responses_differ(http: httpx.Client) -> None:
    """The one has types and numbers, the other only the event's name."""
    full = stream(http, "responses", model=GPT, input="x")
    assert [data["sequence_number"] for _, data in full] == list(range(len(full)))
    assert all(name == data["type"] for name, data in full)
    assert full[-1][0] == "response.completed"
    reduced = stream(http, "responses", model=HAIKU, input="x")
    assert not any("type" in data or "sequence_number" in data for _, data in reduced)
    assert reduced[-1][0] == "response.completed"


def test_messages_stream_as_anthropic_does(http: httpx.Client) -> None:
    """Start, block, stop; the last usage has both counts."""
    found = stream(http, "messages", model=HAIKU, max_tokens=9, messages=CHAT["messages"])
    names = [name for name, _ in found]
    assert names[0] == "message_start"
    assert names[-3:] == ["content_block_stop", "message_delta", "message_stop"]
    assert found[-2][1]["usage"]["input_tokens"] == 2


@pytest.mark.parametrize("path", ["chat/completions", "responses", "messages"])
@pytest.mark.parametrize("model", [GPT, HAIKU])
@pytest.mark.parametrize("end", ["cut", "error"])
def test_a_stream_can_end_badly(
    gw: Sandbox, http: httpx.Client, path: str, model: str, end: Any
) -> None:
    """Without its last event, or with an error event; in every dialect."""
    gw.text.plan(end=end)
    body = {"model": model, "max_tokens": 9, "messages": CHAT["messages"]}
    if path == "responses":
        body = {"model": model, "input": "x"}
    found = stream(http, path, **body)
    last = json.dumps(found[-1])
    assert ("error" in last) is (end == "error")
    assert not any(word in last for word in ("[DONE]", "completed", "message_stop", '"stop"'))


def test_a_response_can_fail_or_be_incomplete(gw: Sandbox, http: httpx.Client) -> None:
    """As an answer and as a stream."""
    gw.text.plan(end="incomplete")
    whole = http.post("responses", json={"model": GPT, "input": "x"}).json()
    assert whole["incomplete_details"] == {"reason": "max_output_tokens"}
    assert chat(http)["choices"][0]["finish_reason"] == "length"
    assert stream(http, "responses", model=GPT, input="x")[-1][0] == "response.incomplete"
    gw.text.plan(end="failed")
    assert http.post("responses", json={"model": GPT, "input": "x"}).status_code == 502
    assert stream(http, "responses", model=GPT, input="x")[-1][0] == "response.failed"


def test_a_long_answer_can_come_in_few_pieces(gw: Sandbox, http: httpx.Client) -> None:
    """The number of pieces is the test's choice."""
    gw.text.plan("a b c d e f", pieces=2)
    found = stream(http, "chat/completions", **(CHAT | {"model": HAIKU}))
    assert len(found) == 3


def test_the_cost_is_the_tokens_times_the_price(http: httpx.Client) -> None:
    """In nanos, the same in the usage and at the top level."""
    answer = chat(http, "one two three")
    usage = answer["usage"]
    expected = usage["prompt_tokens"] * 50 + usage["completion_tokens"] * 400
    assert answer["cost_nanos"] == usage["pricing"]["total_nanos"] == expected
    assert usage["pricing"]["lines"] == answer["pricing_lines"]


def test_tiny_amounts_are_written_with_an_exponent(http: httpx.Client) -> None:
    """As the gateway does below a millionth of a dollar."""
    body = {"model": "openai/text-embedding-3-small", "input": "a b c d e"}
    answer = http.post("embeddings", json=body).json()
    assert answer["usage"]["pricing_breakdown"]["total_usd_str"] == "1e-7"


def test_vectors_are_stable_and_of_length_one(http: httpx.Client) -> None:
    """The same text gives the same vector, another one another; sizes and packing as asked."""

    def vectors(**more: Any) -> list[Any]:
        body = {"model": "openai/text-embedding-3-small", "input": ["a", "b", "a"], **more}
        return [row["embedding"] for row in http.post("embeddings", json=body).json()["data"]]

    first, second, third = vectors()
    assert first == third != second
    assert (len(first), round(sum(x * x for x in first), 4)) == (1536, 1.0)
    assert [len(v) for v in vectors(dimensions=3)] == [3, 3, 3]
    assert isinstance(vectors(encoding_format="base64", dimensions=3)[0], str)


def test_moderation_and_rerank_look_at_the_words(http: httpx.Client) -> None:
    """A handful of words is flagged; documents that share words come first."""
    verdicts = http.post("moderations", json={"input": "I hate this"}).json()["results"]
    assert verdicts[0]["flagged"] is True
    assert verdicts[0]["categories"]["hate"] is True
    body = {"model": "cohere/rerank-v3.5", "query": "red car", "top_n": 2}
    body |= {"documents": ["blue boat", "red car", "red hat"], "return_documents": True}
    results = http.post("rerank", json=body).json()["results"]
    assert [row["index"] for row in results] == [1, 2]
    assert results[0]["document"] == "red car"


def test_a_generation_can_be_looked_up(gw: Sandbox, http: httpx.Client) -> None:
    """By the id of the answer; the account's lists show it too."""
    made = chat(http)
    record = http.get("generations", params={"id": made["id"]}).json()
    assert (record["model_id"], record["cost_nanos"]) == (GPT, made["cost_nanos"])
    with client(gw, gw.management_key) as manager:
        rows = manager.get("activity").json()["activity"]
    assert [row["request_id"] for row in rows] == [made["id"]]
    assert http.get("analytics").json()["data"][0]["requests"] == 1
