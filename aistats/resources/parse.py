"""Answers in a shape of the caller's: a strict JSON schema goes out, a checked object comes back.

Needs pydantic (extra `parse`), which knows its own models, dataclasses and TypedDicts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from aistats._core.call import perform
from aistats._core.decode import decode
from aistats._json import pick
from aistats.errors import ConfigurationError, ResponseDecodeError
from aistats.resources.operation import request_for
from aistats.results import ChatCompletion, ResponseResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from aistats._core.answer import Answer
    from aistats._core.colour import AnyEngine
    from aistats_generated.operations import OperationSpec

S = TypeVar("S")


class ParsedChatCompletion(ChatCompletion, Generic[S]):
    """What `chat.completions.parse` gives: the completion, and its text as an object."""

    output_parsed: S


class ParsedResponse(ResponseResult, Generic[S]):
    """What `responses.parse` gives: the response, and its text as an object."""

    output_parsed: S


def schema_of(kind: Any) -> tuple[str, dict[str, Any], Callable[[str], Any]]:
    """Give a name, the strict JSON schema and the reader of a type."""
    try:
        from pydantic import PydanticUserError, TypeAdapter
    except ImportError:
        raise ConfigurationError(
            "parse(...) needs pydantic: pip install 'aistats-client[parse]'"
        ) from None
    try:
        adapter: Any = TypeAdapter(kind)
        schema = adapter.json_schema()
    except (PydanticUserError, TypeError) as error:
        raise ConfigurationError(f"{kind!r} has no JSON schema: {error}") from None
    return getattr(kind, "__name__", "answer"), _strict(schema), adapter.validate_json


def _strict(schema: Any) -> Any:
    """Make every object of a schema closed and complete, as providers demand of strict ones."""
    if isinstance(schema, list):
        return [_strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _strict(value) for name, value in schema.items() if name != "default"}
    if isinstance(made.get("properties"), dict):
        made |= {"required": list(made["properties"]), "additionalProperties": False}
    return made


async def parsed(
    engine: AnyEngine,
    spec: OperationSpec,
    params: dict[str, Any],
    label: str,
    read: Callable[[str], Any],
    result: type[Any],
) -> Any:
    """Make the call and read its text; raises `ResponseDecodeError`, whose `body` keeps the text.

    A refusal, an answer that was cut, and text of another shape are such errors.
    """

    def read_answer(answer: Answer) -> Any:
        made = decode(spec, answer, lambda: result, operation=label)
        fault = _fault_of(made)
        if fault is None:
            try:
                made.output_parsed = read(made.output_text)
            except ValueError as error:
                fault = f"the answer has another shape: {error}"
        if fault is not None:
            body, headers = (made.output_text or fault).encode(), answer.headers
            raise ResponseDecodeError(fault, status_code=answer.status, body=body, headers=headers)
        return made

    return await perform(engine, request_for(spec, (), params, label), read_answer)


def _fault_of(made: Any) -> str | None:
    """Say why an answer's text is not what was asked for: refused, or cut."""
    choice = pick(made, "choices", 0)
    parts = [part for item in pick(made, "output") or () for part in pick(item, "content") or ()]
    refusals = [pick(choice, "message", "refusal"), *(pick(part, "refusal") for part in parts)]
    if refusal := next((text for text in refusals if isinstance(text, str) and text), None):
        return f"the model refused: {refusal}"
    why = pick(choice, "finish_reason") or pick(made, "incomplete_details", "reason")
    if why in ("length", "content_filter") or pick(made, "status") == "incomplete":
        return f"the answer was cut ({why})"
    return None
