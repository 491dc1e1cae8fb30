"""What editors and notebooks show: signatures, completion of keywords and results, help."""

from __future__ import annotations

import inspect
import pydoc
from typing import Any

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

from aistats import AIStats, AsyncAIStats, raw_of
from tests.colours import KEY, Colour, Script, answer, colours

CLIENT = AIStats(KEY)


@pytest.fixture
def shell() -> Any:
    """A shell without its history, with a client in it."""
    made = InteractiveShell()
    made.history_manager.enabled = False
    made.user_ns["client"] = CLIENT
    yield made
    made.history_manager.end_session()
    InteractiveShell.clear_instance()


@pytest.mark.parametrize(
    ("typed", "completes"),
    [
        ("client.chat.completions.create(temp", "temperature="),
        ("client.chat.completions.parse(temp", "temperature="),
        ("client.videos.retr", "retrieve"),
        ("client.embeddings.create(enc", "encoding_format="),
    ],
)
def test_ipython_completes_methods_and_keywords(shell: Any, typed: str, completes: str) -> None:
    """As for any function with a real signature."""
    with provisionalcompleter():
        found = [one.text for one in shell.Completer.completions(typed, len(typed))]
    assert any(one.endswith(completes) for one in found), found


@pytest.mark.parametrize(
    ("method", "first", "returns"),
    [
        (CLIENT.chat.completions.create, ["messages", "model"], "ChatCompletion"),
        (CLIENT.responses.create, ["input", "model"], "ResponseResult"),
        (CLIENT.videos.retrieve, ["video_id"], "VideoGenerationResponse"),
        (CLIENT.chat.completions.stream, ["messages", "model"], "Stream"),
        (CLIENT.providers.list, [], "Pages"),
    ],
)
def test_signatures_are_real(method: Any, first: list[str], returns: str) -> None:
    """Required parameters first, with their types; the return type is the caller's class."""
    signature = inspect.signature(method)
    required = [p.name for p in signature.parameters.values() if p.default is p.empty]
    assert sorted(required) == sorted(first)
    assert list(signature.parameters)[: len(first)] == required
    assert "timeout" in signature.parameters
    assert signature.return_annotation == returns
    assert all(p.annotation is not p.empty for p in signature.parameters.values())
    assert "= ...)" in str(signature) or ", *" in str(signature) or "(*" in str(signature)


def test_help_reads_well() -> None:
    """The name that was typed, the parameters, and what the method does."""
    text = pydoc.plain(pydoc.render_doc(CLIENT.chat.completions.create))
    assert "create(*, " in text
    assert "Answer a conversation in the chat-completions form" in text


def test_methods_of_async_clients_are_coroutine_functions() -> None:
    """So that `create_task` and frameworks know what to do with them."""
    client = AsyncAIStats(KEY)
    for made in (client.videos.create, client.chat.completions.create, client.key.retrieve):
        assert inspect.iscoroutinefunction(made)
    assert not inspect.iscoroutinefunction(CLIENT.videos.create)


@colours
def test_the_call_behind_a_result_can_be_asked(colour: Colour) -> None:
    """Its status, headers, request id, time and attempts; of a job as well."""
    made = {"id": "G-01", "object": "list", "data": [], "requestId": "G-01R"}
    script = Script(answer(503), answer(200, made, headers={"x-a": "b"}))
    found = script.call(colour, lambda client: client.models.endpoints("a", "b"))
    raw = raw_of(found)
    assert raw is not None
    assert (raw.operation, raw.status_code, raw.request_id) == ("models.endpoints", 200, "G-01R")
    assert (raw.headers["x-a"], raw.attempts, raw.seconds) == ("b", 2, 0.5)
    script = Script(answer(202, {"id": "G-02", "status": "queued"}))
    job = script.call(colour, lambda client: client.videos.create(model="m", prompt="p"))
    of_job = raw_of(job)
    assert of_job is not None
    assert (of_job.operation, of_job.status_code) == ("videos.create", 202)
    assert raw_of({}) is None


@colours
def test_a_base_url_without_its_version_gets_a_hint(colour: Colour) -> None:
    """A bare 404 then says what is likely wrong."""
    from aistats import NotFoundError

    gone = lambda: answer(404, content=b"404 Not Found")  # noqa: E731
    with pytest.raises(NotFoundError, match=r"did you mean http://127\.0\.0\.1:9/v1\?"):
        Script(gone()).call(
            colour, lambda client: client.key.retrieve(), base_url="http://127.0.0.1:9"
        )
    with pytest.raises(NotFoundError) as caught:
        Script(gone()).call(colour, lambda client: client.key.retrieve())
    assert "did you mean" not in str(caught.value)
