"""The streams of the sandbox's models, and what a test can tell them to say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox_client import opened
from tests.sandbox_replay import events

if TYPE_CHECKING:
    import httpx

HAIKU = "anthropic/claude-haiku-4.5"
GPT = "openai/gpt-5-nano"
SURFACES = ("chat/completions", "responses", "messages")
CALLS = [("get_weather", {"city": "Oslo"}), ("get_time", '{"zone":"CET"}')]
WANTED = [("get_weather", {"city": "Oslo"}), ("get_time", {"zone": "CET"})]


def ask(http: httpx.Client, path: str, model: str, text: str = "hello there", **more: Any) -> Any:
    """Ask on one of the surfaces: the whole answer, or the list of its events."""
    said = [{"role": "user", "content": text}]
    body: dict[str, Any] = {"model": model, "messages": said, "max_tokens": 9, **more}
    if path == "responses":
        body = {"model": model, "input": text, **more}
    answer = http.post(path, json=body)
    assert answer.status_code == 200, answer.text
    return list(events(answer.text)) if more.get("stream") else answer.json()


def chat(http: httpx.Client, model: str = GPT, **more: Any) -> Any:
    """Ask for a chat completion."""
    return ask(http, "chat/completions", model, **more)


def test_the_reply_can_be_a_function_of_the_prompt() -> None:
    """A function gets the last words of the user."""
    with opened(reply=str.upper) as (_gw, http):
        assert chat(http)["choices"][0]["message"]["content"] == "HELLO THERE"


def test_an_openai_chat_stream_ends_with_usage_and_done() -> None:
    """The usage chunk comes although nobody asked for it."""
    with opened() as (_gw, http):
        found = chat(http, stream=True, meta=True)
    text = "".join(data["choices"][0]["delta"].get("content") or "" for _, data in found[:-2])
    assert text == "You said: hello there"
    assert found[-1][0] == "[DONE]"
    assert found[-2][1]["choices"] == []
    assert found[-2][1]["usage"]["pricing"]["total_nanos"] == 1700
    assert found[-2][1]["meta"].keys() == {"routing"}
    assert found[-3][1]["choices"][0]["finish_reason"] == "stop"


def test_another_chat_stream_ends_with_a_whole_completion() -> None:
    """No chunk says why it ended, and there is no [DONE]; the text is there twice."""
    with opened() as (_gw, http):
        *chunks, (_, last) = chat(http, HAIKU, stream=True, meta=True)
    text = "".join(data["choices"][0]["delta"]["content"] for _, data in chunks)
    assert last["object"] == "chat.completion"
    assert last["choices"][0]["message"]["content"] == text == "You said: hello there"
    assert last["meta"]["routing"]["selected_provider"] == "anthropic"
    assert all(data["choices"][0]["finish_reason"] is None for _, data in chunks)


def test_the_two_dialects_of_responses_differ() -> None:
    """The one has types and numbers, the other only the event's name."""
    with opened() as (_gw, http):
        full = ask(http, "responses", GPT, stream=True)
        reduced = ask(http, "responses", HAIKU, stream=True)
    assert [data["sequence_number"] for _, data in full] == list(range(len(full)))
    assert all(name == data["type"] for name, data in full)
    assert not any("type" in data or "sequence_number" in data for _, data in reduced)
    assert full[-1][0] == reduced[-1][0] == "response.completed"


def test_messages_stream_as_anthropic_does() -> None:
    """Start, block, stop; the last usage has both counts, and no price."""
    with opened() as (_gw, http):
        found = ask(http, "messages", HAIKU, stream=True)
    names = [name for name, _ in found]
    assert names[0] == "message_start"
    assert names[-3:] == ["content_block_stop", "message_delta", "message_stop"]
    assert found[-2][1]["usage"]["input_tokens"] == 2
    assert "pric" not in json.dumps(found)


@pytest.mark.parametrize("path", SURFACES)
@pytest.mark.parametrize("model", [GPT, HAIKU])
@pytest.mark.parametrize("end", ["cut", "error", "failed"])
@pytest.mark.parametrize("tool", [None, ("f", {})])
def test_a_stream_can_end_badly(path: str, model: str, end: Any, tool: Any) -> None:
    """Without its last event, or with an error event; in every dialect."""
    with opened() as (gw, http):
        gw.text.plan(end=end, tool=tool)
        found = ask(http, path, model, stream=True)
    last = json.dumps(found[-1])
    assert ("error" in last) is (end != "cut")
    good = ("[DONE]", "response.completed", "message_stop", '"finish_reason": "')
    assert not any(word in last for word in good)


def test_a_stream_can_be_incomplete() -> None:
    """Then the last event has another name."""
    with opened() as (gw, http):
        gw.text.plan(end="incomplete")
        assert ask(http, "responses", GPT, stream=True)[-1][0] == "response.incomplete"


def test_a_long_answer_can_come_in_few_pieces() -> None:
    """The number of pieces is the test's choice; what is no JSON stays in its letters."""
    with opened() as (gw, http):
        gw.text.plan("a b c d e \u2028", pieces=2)
        found = chat(http, HAIKU, stream=True)
    assert len(found) == 3
    assert found[-1][1]["choices"][0]["message"]["content"] == "a b c d e \u2028"


@pytest.mark.parametrize("text", [None, "Let me see."])
@pytest.mark.parametrize("model", [GPT, HAIKU])
@pytest.mark.parametrize("path", SURFACES)
def test_tools_are_called_as_planned_whole_and_streamed(
    path: str, model: str, text: str | None
) -> None:
    """One or several, alone or after some words, in the form of each API."""
    with opened() as (gw, http):
        gw.text.plan(text, tool=CALLS)
        whole, found = ask(http, path, model), ask(http, path, model, stream=True)
    assert _calls_of(whole) == (text or "", WANTED)
    assert _streamed(path, found) == (text or "", WANTED)


def _calls_of(answer: Any) -> tuple[str, list[tuple[str, Any]]]:
    """Return the text and the calls of a whole answer of any of the three APIs."""
    if "choices" in answer:
        message = answer["choices"][0]["message"]
        assert answer["choices"][0]["finish_reason"] == "tool_calls"
        calls = [call["function"] for call in message["tool_calls"]]
        return message["content"], [(c["name"], json.loads(c["arguments"])) for c in calls]
    if answer.get("object") == "response":
        output = answer["output"]
        text = "".join(p["text"] for item in output for p in item.get("content", ()))
        calls = [item for item in output if item["type"] == "function_call"]
        return text, [(c["name"], json.loads(c["arguments"])) for c in calls]
    assert answer["stop_reason"] == "tool_use"
    text = "".join(b["text"] for b in answer["content"] if b["type"] == "text")
    used = [b for b in answer["content"] if b["type"] == "tool_use"]
    return text, [(b["name"], b["input"]) for b in used]


def _streamed(path: str, found: list[tuple[str, Any]]) -> tuple[str, list[tuple[str, Any]]]:
    """Return the text and the calls that the deltas of a stream make up."""
    text, calls = "", dict[int, list[str]]()
    for name, data in found:
        delta = data.get("delta", {}) if data else {}
        if path == "chat/completions" and data and data["object"] == "chat.completion.chunk":
            delta = data["choices"][0]["delta"] if data["choices"] else {}
            text += delta.get("content") or ""
            for part in delta.get("tool_calls", ()):
                call = calls.setdefault(part["index"], [part["function"].get("name", ""), ""])
                call[1] += part["function"]["arguments"]
        elif name == "response.output_text.delta":
            text += delta
        elif name == "response.output_item.added" and data["item"]["type"] == "function_call":
            calls[data["output_index"]] = [data["item"]["name"], ""]
        elif name == "response.function_call_arguments.delta":
            calls[data["output_index"]][1] += delta
        elif name == "content_block_start" and data["content_block"]["type"] == "tool_use":
            calls[data["index"]] = [data["content_block"]["name"], ""]
        elif name == "content_block_delta":
            text += delta.get("text", "")
            if "partial_json" in delta:
                calls[data["index"]][1] += delta["partial_json"]
    return text, [(name, json.loads(arguments)) for name, arguments in calls.values()]


def test_arguments_need_not_be_json() -> None:
    """A client has to live with what a model says; Anthropic's form has it as text."""
    with opened() as (gw, http):
        gw.text.plan(tool=("f", "{no json"))
        assert chat(http)["choices"][0]["message"]["tool_calls"][0]["function"] == {
            "name": "f",
            "arguments": "{no json",
        }
        assert ask(http, "messages", HAIKU)["content"][0]["input"] == "{no json"


def test_logprobs_are_sent_when_asked_for_or_planned() -> None:
    """One entry for each piece, with so many alternatives; nothing without a wish."""
    wish = {"include": ["message.output_text.logprobs"]}
    with opened() as (gw, http):
        asked = chat(http, logprobs=True, top_logprobs=2)["choices"][0]["logprobs"]
        part = ask(http, "responses", GPT, **wish)["output"][0]["content"][0]
        assert chat(http, HAIKU, logprobs=True)["choices"][0].get("logprobs") is None
        gw.text.plan(logprobs=3)
        chunks = chat(http, stream=True)[:-2]
        other = chat(http, HAIKU, stream=True)
        steps = ask(http, "responses", GPT, stream=True)
    words = ["You", " said:", " hello", " there"]
    assert [entry["token"] for entry in asked["content"]] == words
    assert all(bytes(e["bytes"]).decode() == e["token"] for e in asked["content"])
    assert [len(entry["top_logprobs"]) for entry in asked["content"]] == [2] * 4
    first = asked["content"][0]
    assert first["top_logprobs"][0] == {k: first[k] for k in ("token", "logprob", "bytes")}
    assert first["logprob"] > first["top_logprobs"][1]["logprob"]
    assert [(e["token"], e["top_logprobs"]) for e in part["logprobs"]] == [(w, []) for w in words]
    streamed = [c["choices"][0]["logprobs"] for _, c in chunks]
    assert [odds["content"][0]["token"] for odds in streamed if odds] == words
    assert [len(odds["content"][0]["top_logprobs"]) for odds in streamed if odds] == [3] * 4
    assert other[-1][1]["choices"][0]["logprobs"]["content"][1]["token"] == " said:"
    deltas = [d["logprobs"][0]["token"] for n, d in steps if n == "response.output_text.delta"]
    done = next(d for n, d in steps if n == "response.output_text.done")
    assert deltas == [entry["token"] for entry in done["logprobs"]] == words
