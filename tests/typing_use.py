"""Code as people write it, without a cast and without a mark: both checkers accept it as it is.

`typing_api.py` says what is refused; this page says what must not be.
"""

# pyright: strict

from __future__ import annotations

import asyncio
import base64
import json
import math
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from aistats import AIStats, AsyncAIStats, MissingFieldError, request_id_of, usage_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aistats.types import (
        ChatCompletion,
        ChatCompletionMessage,
        ChatMessageParam,
        ChatToolCall,
        Embedding,
        Message,
        Model,
        ResponseResult,
        ResponsesInputItemParam,
        TextGenerateToolParam,
    )

MODEL = "openai/gpt-5-nano"


def weather(city: str = "Paris") -> dict[str, str]:
    """Pretend to know the weather."""
    return {"city": city, "sky": "clear"}


# --- chat ----------------------------------------------------------------------------------------


def chat(client: AIStats) -> str:
    """The first thing anybody writes."""
    r = client.chat.completions.create(
        model=MODEL, messages=[{"role": "user", "content": "Say hello"}]
    )
    print(r.choices[0].message.content)
    print(r.choices[0].message.content.upper(), len(r.choices[0].message.content))
    print(r.usage.total_tokens, r.usage.prompt_tokens + r.usage.completion_tokens)
    print(r.id, r.object, r.model.partition("/")[0], r.created + 1)
    if r.usage.prompt_tokens_details:
        print(r.usage.prompt_tokens_details.cached_tokens)
    for choice in r.choices:
        print(choice.index + 1, choice.finish_reason, choice.message.role)
        if choice.message.refusal:
            print("refused:", choice.message.refusal.strip())
        if choice.finish_reason == "length":
            print("cut")
    text: str = r.choices[0].message.content
    return text or r.output_text


def conversation(client: AIStats) -> None:
    """Answers go back into the next request as they came."""
    messages: list[ChatMessageParam] = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Name a lake."},
    ]
    for question in ("And a river?", "And a sea?"):
        reply = client.chat.completions.create(model=MODEL, messages=messages)
        messages.append(reply.choices[0].message)
        messages.append({"role": "user", "content": question})
    r = client.chat.completions.create(model=MODEL, messages=messages)
    client.chat.completions.create(
        model=MODEL,
        messages=[{"role": "user", "content": "Go on."}, r.choices[0].message],
    )
    client.chat.completions.create(
        model=MODEL, messages=[*messages, *(choice.message for choice in r.choices)]
    )


def tools(client: AIStats) -> str:
    """A loop over tool calls, until the model has no more."""
    messages: list[ChatMessageParam] = [{"role": "user", "content": "Weather in Paris?"}]
    offered: list[TextGenerateToolParam] = [
        {
            "type": "function",
            "function": {
                "name": "weather",
                "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
            },
        }
    ]
    while True:
        r = client.chat.completions.create(model=MODEL, messages=messages, tools=offered)
        message = r.choices[0].message
        messages.append(message)
        if not message.tool_calls:
            return message.content
        for call in message.tool_calls:
            answer = weather(**json.loads(call.function.arguments))
            messages.append(
                {"role": "tool", "tool_call_id": call.id, "content": json.dumps(answer)}
            )


def answered(calls: list[ChatToolCall]) -> dict[str, str]:
    """Types of results have public names."""
    return {call.id: call.function.name for call in calls}


def last_word(message: ChatCompletionMessage) -> str:
    """Helpers are annotated with them."""
    return message.content.split()[-1]


def logprobs(client: AIStats) -> list[tuple[str, float]]:
    """Log probabilities are there when they were asked for."""
    r = client.chat.completions.create(
        model=MODEL,
        messages=[{"role": "user", "content": "Yes or no?"}],
        logprobs=True,
        top_logprobs=2,
    )
    found = r.choices[0].logprobs
    if found is None or found.content is None:
        return []
    for entry in found.content:
        for other in entry.top_logprobs or []:
            print(other.token, other.logprob)
    return [(entry.token, math.exp(entry.logprob)) for entry in found.content]


def stream_chat(client: AIStats) -> str:
    """Pieces of text as they come."""
    pieces: list[str] = []
    with client.chat.completions.stream(
        model=MODEL, messages=[{"role": "user", "content": "Tell a story"}]
    ) as stream:
        for chunk in stream:
            for choice in chunk.choices:
                print(choice.delta.content or "", end="", flush=True)
                pieces.append(choice.delta.content or "")
                for call in choice.delta.tool_calls or []:
                    print(call.index, call.function.name, call.function.arguments)
            if chunk.usage is not None:
                print(chunk.usage.total_tokens)
        final = stream.final()
    print(final.choices[0].message.content, stream.text.title())
    return "".join(pieces)


# --- responses -----------------------------------------------------------------------------------


def responses(client: AIStats) -> str:
    """Text, items, and what went wrong."""
    resp = client.responses.create(model=MODEL, input="Two words, please")
    print(resp.output_text.lower(), resp.output[0], resp.status, resp.id, resp.model)
    print(resp.usage.input_tokens + resp.usage.output_tokens, resp.usage.total_tokens)
    if resp.incomplete_details is not None:
        print(resp.incomplete_details.reason)
    if resp.error:
        print(resp.error.message)
    for item in resp.output:
        if item.type == "message":
            for part in item.content:
                if part.type == "output_text":
                    print(part.text.strip())
                elif part.type == "refusal":
                    print(part.refusal)
        elif item.type == "function_call":
            print(item.name, json.loads(item.arguments), item.call_id)
        elif item.type == "reasoning":
            print([piece.text for piece in item.summary or []])
    return resp.output_text


def response_tools(client: AIStats) -> ResponseResult:
    """Items of an output go back as input."""
    history: list[ResponsesInputItemParam] = [{"role": "user", "content": "Weather in Paris?"}]
    resp = client.responses.create(
        model=MODEL,
        input=history,
        tools=[{"type": "function", "name": "weather", "parameters": {"type": "object"}}],
    )
    history += resp.output
    for item in resp.output:
        if item.type == "function_call":
            answer = json.dumps(weather(**json.loads(item.arguments)))
            history.append(
                {"type": "function_call_output", "call_id": item.call_id, "output": answer}
            )
    return client.responses.create(model=MODEL, input=history)


def stream_responses(client: AIStats) -> str:
    """Events by their type."""
    text = ""
    with client.responses.stream(model=MODEL, input="Hello") as stream:
        for event in stream:
            if event.type == "response.output_text.delta":
                text += event.delta
            elif event.type == "response.output_item.done" and event.item.type == "function_call":
                print(event.item.name, event.item.arguments)
            elif event.type == "response.completed":
                print(event.response.usage.total_tokens, event.response.id)
    return text


# --- messages ------------------------------------------------------------------------------------


def messages(client: AIStats) -> Message:
    """Blocks by their type; what came goes back."""
    m = client.messages.create(
        model="anthropic/claude-haiku-4.5",
        max_tokens=64,
        messages=[{"role": "user", "content": "Hello"}],
    )
    print(m.content[0].type, m.stop_reason, m.usage.input_tokens + m.usage.output_tokens)
    for block in m.content:
        if block.type == "text":
            print(block.text.strip())
        elif block.type == "tool_use":
            print(block.name, block.input["city"], block.id)
        elif block.type == "thinking":
            print(block.thinking)
    return client.messages.create(
        model="anthropic/claude-haiku-4.5",
        max_tokens=64,
        messages=[
            {"role": "user", "content": "Hello"},
            {"role": "assistant", "content": m.content},
            {"role": "user", "content": "Go on."},
        ],
    )


def stream_messages(client: AIStats) -> str:
    """Deltas by their type."""
    text = ""
    with client.messages.stream(
        model="anthropic/claude-haiku-4.5",
        max_tokens=64,
        messages=[{"role": "user", "content": "Hello"}],
    ) as stream:
        for event in stream:
            if event.type == "content_block_delta" and event.delta.type == "text_delta":
                text += event.delta.text
            elif event.type == "content_block_start" and event.content_block.type == "tool_use":
                print(event.content_block.name)
            elif event.type == "message_delta":
                print(event.delta.stop_reason)
                if event.usage:
                    print(event.usage.output_tokens)
    return text


# --- vectors, judgements, order ------------------------------------------------------------------


def cosine(left: Embedding, right: Embedding) -> float:
    """Compare two vectors."""
    dot = sum(a * b for a, b in zip(left.embedding, right.embedding, strict=True))
    return dot / math.hypot(*left.embedding) / math.hypot(*right.embedding)


def embeddings(client: AIStats) -> list[list[float]]:
    """Vectors of several texts."""
    e = client.embeddings.create(model="openai/text-embedding-3-small", input=["a", "b"])
    vector: list[float] = e.data[0].embedding
    print(len(vector), e.data[0].embedding[0] * 2, e.usage.total_tokens, e.model)
    print(cosine(e.data[0], e.data[1]))
    return [one.embedding for one in sorted(e.data, key=lambda one: one.index)]


def moderations(client: AIStats) -> bool:
    """Is it harmful?"""
    m = client.moderations.create(input="text")
    for result in m.results:
        print(result.flagged, result.categories.violence, result.category_scores.hate)
    return m.results[0].flagged


def rerank(client: AIStats) -> list[int]:
    """Order documents."""
    r = client.rerank.create(model="cohere/rerank", query="q", documents=["a", "b"])
    best = max(r.results, key=lambda result: result.relevance_score)
    print(best.index, f"{best.relevance_score:.2f}")
    return [result.index for result in r.results]


# --- pictures, sound, video ----------------------------------------------------------------------


def images(client: AIStats, path: Path) -> None:
    """Make a picture and edit it."""
    img = client.images.generate(model="openai/gpt-image-2", prompt="a lake")
    path.write_bytes(base64.b64decode(img.data[0].b64_json))
    print(img.created, img.data[0].revised_prompt)
    edited = client.images.edit(model="openai/gpt-image-2", prompt="at night", image=path)
    print(edited.data[0].b64_json[:10])


def audio(client: AIStats, path: Path) -> str:
    """Speak, and listen."""
    speech = client.audio.speech.create(model="openai/gpt-4o-mini-tts", input="Hi", voice="alloy")
    spoken = speech.save(path.with_suffix(".mp3"))
    heard = client.audio.transcriptions.create(model="openai/whisper-1", file=spoken)
    print(heard.text.strip())
    return client.audio.translations.create(model="openai/whisper-1", file=spoken).text.lower()


def videos(client: AIStats, path: Path) -> None:
    """Make a video, look at others."""
    job = client.videos.create(model="google/veo-3.1-lite", prompt="A lake", duration=8)
    done = job.wait(timeout=1800)
    done.download(path, overwrite=True)
    video = client.videos.retrieve(job.id)
    print(video.id.lower(), video.status == "completed", video.progress, video.model)
    print(video.usage.cost, video.usage.pricing_breakdown.total_nanos / 1e9)
    for output in video.outputs or []:
        print(output.index, output.mime_type.partition("/")[2])
    for listed in client.videos.list(limit=5):
        print(listed.id, listed.status.upper(), listed.provider)
    for model in client.videos.models().data:
        print(model.model, [provider.id for provider in model.providers])
    print(client.videos.download_url(job.id).download_url.partition("?")[0])


# --- catalogue and account -----------------------------------------------------------------------


def window(model: Model) -> int:
    """How much fits into a model."""
    return model.limits.input_tokens or 0


def models(client: AIStats) -> dict[str, int]:
    """Look through the catalogue."""
    sizes: dict[str, int] = {}
    for model in client.models.list(limit=50):
        print(model.id, model.name, model.limits, model.lifecycle.status)
        print(model.modalities.input[0], model.capabilities.parameters, model.availability.status)
        for offer in model.offers:
            print(offer.provider.id, offer.pricing.meters)
        if model.limits.input_tokens is not None and model.limits.input_tokens > 100_000:
            print("large")
        sizes[model.id] = window(model)
    for provider in client.providers.list():
        print(provider.api_provider_id.title())
    for maker in client.organisations.list():
        print(maker.organisation_id, maker.name)
    return sizes


def account(client: AIStats) -> int:
    """Credits, keys, workspaces, what was spent."""
    c = client.credits.retrieve()
    print(c.credits.available_nanos / 1e9, c.credits.balance_nanos - c.credits.reserved_nanos)
    soon = datetime.now(UTC) + timedelta(days=30)
    made = client.keys.create(name="ci", expires_at=soon)
    print(made.data.id, made.data.disabled)
    for key in client.keys.list():
        print(key.id, key.name, key.disabled, key.created_at)
    client.keys.update(made.data.id, name="build", limit=None)
    print(client.keys.delete(made.data.id).deleted)
    print(client.key.retrieve().data.prefix)
    for space in client.workspaces.list():
        print(space.id, space.name)
    for entry in client.activity.list(days=7):
        print(entry.request_id, entry.cost_cents / 100)
    print(client.health.check().status.upper())
    print([price.model for price in client.pricing.models().models])
    return client.credits.retrieve().credits.available_nanos


def batches(client: AIStats, path: Path) -> str:
    """Many requests in one job."""
    file = client.files.create(file=path, purpose="batch")
    print(file.id, file.bytes / 1024, file.filename, file.status)
    job = client.batches.create(input_file_id=file.id, endpoint="/v1/chat/completions")
    batch = client.batches.retrieve(job.id)
    print(batch.status, batch.request_counts.completed, "/", batch.request_counts.total)
    for row in client.batches.requests(job.id):
        print(row.custom_id, row.status)
    if batch.output_file_id:
        return client.files.content(batch.output_file_id).read().decode()
    return batch.id


# --- what any result can do ----------------------------------------------------------------------


def any_result(completion: ChatCompletion) -> str:
    """Usage, ids, plain JSON, unknown fields, missing ones."""
    usage = usage_of(completion)
    if usage is not None and usage.cost is not None:
        print(f"{usage.cost:.6f} {usage.currency}")
    print(request_id_of(completion), "usage" in completion, completion["id"])
    print(json.dumps(completion.to_dict()), dict(completion).keys())
    try:
        print(completion.choices[0].message.content)
    except MissingFieldError as error:
        print(error.operation, error.field, error.request_id)
    return str(completion.additional_properties.get("new"))


def texts(completions: list[ChatCompletion]) -> Iterator[str]:
    """Lists of results."""
    for completion in completions:
        yield completion.output_text


async def many(client: AsyncAIStats, prompts: list[str]) -> list[str]:
    """The same on the other client, many at once."""

    async def one(prompt: str) -> str:
        r = await client.chat.completions.create(
            model=MODEL, messages=[{"role": "user", "content": prompt}]
        )
        print(r.usage.total_tokens)
        return r.choices[0].message.content

    async with client.responses.stream(model=MODEL, input="Hello") as stream:
        async for event in stream:
            if event.type == "response.output_text.delta":
                print(event.delta, end="")
    async for model in client.models.list():
        print(model.limits.input_tokens)
    e = await client.embeddings.create(model="openai/text-embedding-3-small", input="text")
    print(e.data[0].embedding[0])
    return list(await asyncio.gather(*map(one, prompts)))
