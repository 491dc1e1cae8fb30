"""Costs that must not creep up, counted without a clock: modules imported and memory allocated."""

from __future__ import annotations

import json
import subprocess
import sys

KEY = "phaseo_v1_sk_demo00000000_not-a-real-secret"
MODULES_BEYOND_HTTPX = 67
"""After `import aistats` and a client, besides Python's own, which differ from version to version.
Raise it only for something every process needs."""

NEEDLESS_AT_IMPORT = frozenset(
    {
        "anyio", "asyncio", "certifi", "dateutil", "h11", "httpcore", "tqdm",
        "pytest_httpserver",
        "pydantic", "trio", "werkzeug", "aistats._files.upload", "aistats._streams.speech",
        "aistats._streams.text", "aistats.resources.parse", "aistats.sandbox",
        "aistats.webhooks", "aistats_generated.api", "aistats_generated.params",
        "aistats_generated.request",
    }
)  # fmt: skip


def modules_after(script: str) -> set[str]:
    """Give the modules a fresh process has loaded after a script."""
    shown = subprocess.run(  # noqa: S603  # our own text
        [sys.executable, "-c", f"{script}\nimport sys, json; print(json.dumps(list(sys.modules)))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return set(json.loads(shown))


CLIENT = f"from aistats import AIStats, AsyncAIStats; AIStats({KEY!r}); AsyncAIStats({KEY!r})"


def test_importing_and_making_clients_loads_few_modules() -> None:
    more = modules_after(CLIENT) - modules_after("import httpx")
    more = {name for name in more if name.partition(".")[0] not in sys.stdlib_module_names}
    assert len(more) <= MODULES_BEYOND_HTTPX, sorted(more)


def test_importing_and_making_clients_loads_nothing_that_can_wait() -> None:
    loaded = modules_after(CLIENT) - modules_after("import httpx")
    assert not NEEDLESS_AT_IMPORT & loaded
    models = {name for name in loaded if name.startswith("aistats_generated.models.")}
    assert not models, "a model is loaded at the first result of its kind"


def test_a_first_chat_loads_only_the_models_of_its_answer() -> None:
    answer = {"id": "c1", "choices": [{"message": {"role": "assistant", "content": "Hi"}}]}
    call = (
        "import httpx\n"
        f"answer = httpx.MockTransport(lambda _: httpx.Response(200, json={answer!r}))\n"
        f"client = AIStats({KEY!r}, http_client=httpx.Client(transport=answer))\n"
        "reply = client.chat.completions.create(model='m', messages=[])\n"
        "assert reply.choices[0].message.content == 'Hi'"
    )
    loaded = modules_after(f"{CLIENT}\n{call}") - modules_after("import httpx")
    models = {name for name in loaded if name.startswith("aistats_generated.models.")}
    assert len(models) <= 20, sorted(models)
