"""The pages for those who come from other packages: every row runs as it stands, on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from operator import attrgetter
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import httpx
import openai
import phaseo
import pydantic
import pytest

import aistats
from aistats.sandbox import Sandbox
from aistats.sandbox.keyring import API_KEY
from tests.conftest import ROOT
from tests.test_docs import furnish

if TYPE_CHECKING:
    from collections.abc import Mapping

MODEL = "openai/gpt-5-nano"
PROMPT = "Reply with: it works"


class Weather(pydantic.BaseModel):
    """What `parse` is asked for."""

    city: str


def rows(page: str, heading: str) -> list[tuple[str, ...]]:
    """Give the cells of the first table below a heading."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2]
    lines = [line for line in text.partition("\n## ")[0].splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in line[1:-1].split(" |")) for line in lines[2:]]


def code(cell: str) -> str:
    """Give the code of a cell, "" for words."""
    found = re.fullmatch(r"`([^`]+)`", cell)
    return found[1] if found else ""


@pytest.fixture
def gateway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A gateway that ends jobs at once, found by both packages, in a folder with files to send."""
    furnish(tmp_path)
    monkeypatch.chdir(tmp_path)
    with Sandbox(seed=1) as gateway:
        gateway.videos.plan(polls=0)
        gateway.batches.plan(polls=2)
        ours = gateway.environment()
        theirs = {"OPENAI_API_KEY": gateway.api_key, "OPENAI_BASE_URL": gateway.base_url}
        for name, value in {**ours, **theirs}.items():
            monkeypatch.setenv(name, value)
        yield gateway


def names(gateway: Sandbox) -> dict[str, Any]:
    """Give what the rows speak of."""
    upload = {"file": Path("requests.jsonl").read_bytes(), "purpose": "batch"}
    with aistats.AIStats() as client:
        video = client.videos.create(
            model="openai/sora-2", prompt="a lake", seconds="4", size="1280x720"
        )
        sent = client.files.create(**upload)
        batch = client.batches.create(
            input_file_id=sent.id, endpoint="/v1/chat/completions", completion_window="24h"
        )
    made = {"video": video, "upload": sent, "batch": batch, "key": API_KEY}
    said = {"text": PROMPT, "messages": [{"role": "user", "content": PROMPT}], "model": MODEL}
    packages = {"openai": openai, "httpx": httpx, "Weather": Weather, "url": gateway.base_url}
    exported = {name: getattr(aistats, name) for name in aistats.__all__}
    return {**exported, "OpenAI": openai.OpenAI, **packages, **made, **said}


def asked(gateway: Sandbox, scope: Mapping[str, Any], text: str) -> tuple[Any, list[str]]:
    """Run the code of a cell; give its result, and which operations it made."""
    before = len(gateway.requests)
    result = eval(text, dict(scope))  # noqa: S307 - our own text
    if hasattr(result, "final"):
        with result as stream:
            result = stream.final()
    return result, [str(request.operation) for request in list(gateway.requests)[before:]]


@pytest.mark.parametrize("row", rows("migrate-from-openai.md", "Set-up"))
def test_the_set_up(gateway: Sandbox, row: tuple[str, ...]) -> None:
    """Both clients work as they are made there."""
    scope, answers = names(gateway), []
    with ExitStack() as given:  # a client that the caller gave is the caller's to close
        scope["httpx"] = SimpleNamespace(Client=lambda: given.enter_context(httpx.Client()))
        for cell in row[:2]:
            with closing(eval(code(cell), scope)) as client:  # noqa: S307 - our own text
                answers.append(client.responses.create(model=MODEL, input=PROMPT).output_text)
    assert answers == ["it works", "it works"]


@pytest.mark.parametrize("row", rows("migrate-from-openai.md", "Calls"))
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # theirs take open files
@pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning")  # theirs, at every call
def test_the_calls(gateway: Sandbox, row: tuple[str, ...]) -> None:
    """Both reach the same operations; ours needs none besides where the row tells a difference."""
    calls: list[set[str]] = []
    for cell, kind in zip(row[:2], (openai.OpenAI, aistats.AIStats), strict=True):
        with kind() as client:
            _, made = asked(gateway, {**names(gateway), "client": client}, code(cell))
        calls.append(set(made))
    assert calls[1]
    assert calls[1] <= calls[0] if row[2] else calls[1] == calls[0]


@pytest.mark.parametrize("row", rows("migrate-from-openai.md", "Results"))
def test_the_results(gateway: Sandbox, row: tuple[str, ...]) -> None:
    """Both read the same, except that they know no request id."""
    values = []
    for cell, kind in zip(row[:2], (openai.OpenAI, aistats.AIStats), strict=True):
        with kind() as client:
            scope = {**names(gateway), "client": client}
            scope["result"] = client.chat.completions.create(
                model=MODEL, messages=scope["messages"]
            )
            scope["response"] = client.responses.create(model=MODEL, input=PROMPT)
            values.append(asked(gateway, scope, code(cell))[0])
    if "_request_id" in row[0]:
        assert values[0] is None
        assert values[1].startswith("G-")
    else:
        assert values[0] == values[1]


@pytest.mark.parametrize("row", rows("migrate-from-openai.md", "Errors"))
def test_the_errors(gateway: Sandbox, row: tuple[str, ...]) -> None:
    """A status is the error that the row names, exactly."""
    gateway.fail(next=None, status=int(row[0]), upstream_status=500 if row[0] == "502" else None)
    with (
        openai.OpenAI(max_retries=0) as theirs,
        pytest.raises(openai.APIStatusError) as their_error,
    ):
        theirs.embeddings.create(model=MODEL, input="a")
    once = aistats.Retry(attempts=1)
    with aistats.AIStats(retry=once) as ours, pytest.raises(aistats.APIError) as our_error:
        ours.embeddings.create(model=MODEL, input="a")
    raised = type(their_error.value).__name__, type(our_error.value).__name__
    assert raised == (code(row[1]), code(row[2]))


@pytest.mark.parametrize("row", rows("migrate-from-phaseo.md", "Calls"))
def test_what_takes_the_place_of_phaseo(gateway: Sandbox, row: tuple[str, ...]) -> None:
    """Each row has a call of ours that works, or says that there is none."""
    if not code(row[1]):
        assert row[1].startswith("no ")
        return
    with aistats.AIStats() as client:
        result, made = asked(gateway, {**names(gateway), "client": client}, code(row[1]))
    assert made or result.is_terminal  # a job that has ended is waited for without a look


class Noted:
    """A client that notes the arguments of each call."""

    def __init__(self, real: Any, calls: list[tuple[tuple[Any, ...], dict[str, Any]]]) -> None:
        self._real, self._calls = real, calls

    def __getattr__(self, name: str) -> Noted:
        return Noted(getattr(self._real, name), self._calls)

    def __call__(self, *args: Any, **params: Any) -> Any:
        self._calls.append((args, params))
        return self._real(*args, **params)


PHASEO = [
    pytest.param(name, row, id=name)
    for row in rows("migrate-from-phaseo.md", "Calls")
    for name in re.findall(r"`([a-z_.]+)[`(]", row[0])
    if code(row[1]) and not name.startswith("client.")
]


@pytest.mark.parametrize(("name", "row"), PHASEO)
def test_the_calls_of_phaseo(gateway: Sandbox, name: str, row: tuple[str, ...]) -> None:
    """Given the arguments of ours, theirs ask for the same, or the row says what they ask for."""
    scope, calls = names(gateway), [((), {})]
    with aistats.AIStats() as client:
        _, ours = asked(gateway, {**scope, "client": Noted(client, calls)}, code(row[1]))
    args, params = calls[-1]
    if row[1] == "`video.wait(timeout=900)`":
        args, ours = (scope["video"].id,), ["videos.retrieve"]
    theirs = phaseo.Phaseo(gateway.api_key, gateway.base_url)
    before = len(gateway.requests)
    with suppress(OSError, httpx.HTTPStatusError):  # one key for all, and JSON for files
        call = attrgetter(name)(theirs)
        if name == "upload_file":
            call(**params)
        elif isinstance(answer := call(*args[:1], *([params] if params else [])), Iterator):
            list(answer)
    made = [str(request.operation) for request in list(gateway.requests)[before:]]
    assert (ours[-1] in made) is ("which is not there" not in row[2])
