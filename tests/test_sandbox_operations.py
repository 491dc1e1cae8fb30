"""Every operation of the description answers, and with what the description promises."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import attrs
import httpx
import pytest

from aistats.sandbox import Sandbox
from aistats.sandbox.description import document, faults_at, operations
from tests.sandbox_client import CHAT, SORA, VEO, client, manager

FORM = "multipart/form-data"
LINE = {"custom_id": "a", "method": "POST", "url": "/v1/chat/completions"}
LINE |= {"body": CHAT | {"max_tokens": 16}}  # type: ignore[dict-item]


PLACES = {
    operation["operationId"]: ("paths", path, method.lower())
    for method, path, operation in operations(document())
}


@attrs.frozen(kw_only=True)
class Prepared:
    """A sandbox in which there is one of everything."""

    http: httpx.Client
    manager: httpx.Client
    old: httpx.Client
    old_manager: httpx.Client
    generation: str
    video: str
    doomed: str
    batch: str
    file: str
    key: str
    workspace: str
    music: str


@pytest.fixture(scope="module")
def prepared() -> Iterator[Prepared]:
    """Make one of everything; a second sandbox plays the seed era."""
    with Sandbox(seed=1) as gw, Sandbox(seed=2) as old:
        old.switch("seed_paths", on=True)
        for control in (gw.videos, gw.batches, gw.music):
            control.plan(polls=0)
        with client(gw) as http, manager(gw) as boss, client(old) as past, manager(old) as past_m:
            files = {"file": ("in.jsonl", json.dumps(LINE).encode(), "application/jsonl")}
            yield Prepared(
                http=http,
                manager=boss,
                old=past,
                old_manager=past_m,
                generation=_id(http.post("chat/completions", json=CHAT)),
                video=_id(http.post("videos", json=VEO)),
                doomed=_id(http.post("videos", json=SORA)),
                batch=_id(http.post("batches", json={"requests": [LINE]})),
                file=_id(http.post("files", data={"purpose": "batch"}, files=files)),
                key=boss.post("keys", json={"name": "k"}).json()["data"]["id"],
                workspace=boss.post("workspaces", json={"name": "w"}).json()["data"]["id"],
                music=_id(http.post("music/generate", json={"model": "suno/v5"})),
            )


def _id(answer: httpx.Response) -> str:
    assert answer.is_success, answer.text
    return str(answer.json()["id"])


TEXT = {"model": "openai/gpt-5-nano", "input": "hi"}
SOUND = {"file": ("a.wav", b"RIFF", "audio/wav")}
PICTURE = {"image": ("a.png", b"PNG", "image/png")}
PRICED = {"provider": "openai", "model": "openai/gpt-5-nano", "endpoint": "text.generate"}
MESSAGE = {"model": "anthropic/claude-haiku-4.5", "max_tokens": 9, "messages": CHAT["messages"]}
Caller = Callable[[Prepared], httpx.Response]
CALLS: dict[str, Caller] = {
    "createChatCompletion": lambda p: p.http.post("chat/completions", json=CHAT),
    "createResponse": lambda p: p.http.post("responses", json=TEXT),
    "createAnthropicMessage": lambda p: p.http.post("messages", json=MESSAGE),
    "createEmbedding": lambda p: p.http.post(
        "embeddings", json={"model": "openai/text-embedding-3-small", "input": ["a", "b"]}
    ),
    "createModeration": lambda p: p.http.post("moderations", json={"input": "I hate it"}),
    "createRerank": lambda p: p.http.post(
        "rerank", json={"model": "cohere/rerank-v3.5", "query": "a b", "documents": ["c", "a"]}
    ),
    "createOcr": lambda p: p.http.post(
        "ocr", json={"model": "mistral/mistral-ocr", "image": "https://x.invalid/a.png"}
    ),
    "createSpeech": lambda p: p.http.post(
        "audio/speech", json={"model": "openai/gpt-4o-mini-tts", "input": "hi", "voice": "alloy"}
    ),
    "createTranscription": lambda p: p.http.post(
        "audio/transcriptions", data={"model": "openai/whisper-1"}, files=SOUND
    ),
    "createTranslation": lambda p: p.http.post(
        "audio/translations", data={"model": "openai/whisper-1"}, files=SOUND
    ),
    "createImage": lambda p: p.http.post(
        "images/generations", json={"model": "openai/gpt-image-2", "prompt": "x", "n": 2}
    ),
    "createImageEdit": lambda p: p.http.post(
        "images/edits", data={"model": "openai/gpt-image-2", "prompt": "x"}, files=PICTURE
    ),
    "createVideo": lambda p: p.http.post("videos", json=VEO),
    "listVideos": lambda p: p.http.get("videos", params={"limit": 5}),
    "listVideoModels": lambda p: p.http.get("videos/models"),
    "getVideo": lambda p: p.http.get(f"videos/{p.video}"),
    "getVideoContent": lambda p: p.http.get(f"videos/{p.video}/content"),
    "createVideoDownloadUrl": lambda p: p.http.post(f"videos/{p.video}/download_url"),
    "deleteVideo": lambda p: p.http.delete(f"videos/{p.doomed}"),
    "generateMusic": lambda p: p.http.post("music/generate", json={"model": "suno/v5"}),
    "getMusicGeneration": lambda p: p.http.get(f"music/generate/{p.music}"),
    "uploadFile": lambda p: p.http.post(
        "files", data={"purpose": "batch"}, files={"file": ("x.jsonl", b"{}", "text/plain")}
    ),
    "retrieveFile": lambda p: p.http.get(f"files/{p.file}"),
    "retrieveFileContent": lambda p: p.http.get(f"files/{p.file}/content"),
    "uploadBatchFile": lambda p: p.http.post(
        "batches/files", data={"purpose": "batch"}, files={"file": ("x.jsonl", b"{}", "text/plain")}
    ),
    "retrieveBatchFile": lambda p: p.http.get(f"batches/files/{p.file}"),
    "retrieveBatchFileContent": lambda p: p.http.get(f"batches/files/{p.file}/content"),
    "createBatch": lambda p: p.http.post("batches", json={"requests": [LINE]}),
    "listBatches": lambda p: p.http.get("batches", params={"limit": 5}),
    "listBatchModels": lambda p: p.http.get("batches/models"),
    "listBatchCapabilities": lambda p: p.http.get("batches/capabilities"),
    "retrieveBatch": lambda p: p.http.get(f"batches/{p.batch}"),
    "cancelBatch": lambda p: p.http.post(f"batches/{p.batch}/cancel"),
    "listBatchRequests": lambda p: p.http.get(f"batches/{p.batch}/requests"),
    "listModels": lambda p: p.http.get("models", params={"limit": 250}),
    "listModelEndpoints": lambda p: p.http.get("models/openai/gpt-5-nano/endpoints"),
    "listProviders": lambda p: p.http.get("providers"),
    "listOrganisations": lambda p: p.http.get("organisations"),
    "listEndpoints": lambda p: p.http.get("endpoints"),
    "listPricingModels": lambda p: p.http.get("pricing/models"),
    "calculatePricing": lambda p: p.http.post(
        "pricing/calculate", json=PRICED | {"usage": {"input_text_tokens": 1000}}
    ),
    "getGeneration": lambda p: p.http.get("generations", params={"id": p.generation}),
    "getCurrentApiKey": lambda p: p.http.get("key"),
    "listAnalytics": lambda p: p.http.get("analytics"),
    "getHealth": lambda p: p.http.get("health"),
    "getCredits": lambda p: p.manager.get("credits"),
    "getActivity": lambda p: p.manager.get("activity"),
    "listApiKeys": lambda p: p.manager.get("keys"),
    "createApiKey": lambda p: p.manager.post("keys", json={"name": "another"}),
    "getApiKey": lambda p: p.manager.get(f"keys/{p.key}"),
    "updateApiKey": lambda p: p.manager.patch(f"keys/{p.key}", json={"name": "renamed"}),
    "deleteApiKey": lambda p: p.manager.delete(f"keys/{_new_key(p.manager)}"),
    "listWorkspaces": lambda p: p.manager.get("workspaces"),
    "createWorkspace": lambda p: p.manager.post("workspaces", json={"name": "another"}),
    "getWorkspace": lambda p: p.manager.get(f"workspaces/{p.workspace}"),
    "updateWorkspace": lambda p: p.manager.patch(f"workspaces/{p.workspace}", json={"name": "z"}),
    "deleteWorkspace": lambda p: p.manager.delete(f"workspaces/{_new_workspace(p.manager)}"),
    "listGatewayModels": lambda p: p.old.get("gateway/models"),
    "listGatewayTeamModels": lambda p: p.old.get("gateway/models/me"),
    "listDataModels": lambda p: p.old.get("data/models"),
    "listManagementKeys": lambda p: p.old_manager.get("management/keys"),
    "createManagementKey": lambda p: p.old_manager.post("management/keys", json={"name": "k"}),
    "getManagementKey": lambda p: p.old_manager.get(f"management/keys/{_new_key(p.old_manager)}"),
    "updateManagementKey": lambda p: p.old_manager.patch(
        f"management/keys/{_new_key(p.old_manager)}", json={"limit": 5}
    ),
    "deleteManagementKey": lambda p: p.old_manager.delete(
        f"management/keys/{_new_key(p.old_manager)}"
    ),
}
REFUSALS: dict[str, tuple[int, Caller]] = {
    "cancelVideo": (501, lambda p: p.http.post(f"videos/{p.video}/cancel")),
    "listFiles": (400, lambda p: p.http.get("files")),
    "listBatchFiles": (400, lambda p: p.http.get("batches/files")),
    "listTeamModels": (501, lambda p: p.http.get("models/me")),
    "getProviderDerankStatus": (403, lambda p: p.http.get("health/providers/openai/derank")),
}
"""What the gateway refuses to everybody, and so does the sandbox."""


def _new_key(http: httpx.Client) -> str:
    return str(http.post("keys", json={"name": "temporary"}).json()["data"]["id"])


def _new_workspace(http: httpx.Client) -> str:
    return str(http.post("workspaces", json={"name": "temporary"}).json()["data"]["id"])


def test_no_operation_of_the_description_is_forgotten() -> None:
    """Each one has a call in this file."""
    assert PLACES.keys() == CALLS.keys() | REFUSALS.keys()


@pytest.mark.parametrize("name", sorted(CALLS))
def test_an_operation_answers_as_described(name: str, prepared: Prepared) -> None:
    """The status is a success, and the body is what the description says."""
    answer = CALLS[name](prepared)
    assert answer.is_success, answer.text
    kind = answer.headers["Content-Type"].split(";")[0]
    place = (*PLACES[name], "responses", str(answer.status_code), "content")
    described = document()
    for part in place:
        described = described[part]
    assert kind in described
    if kind == "application/json":
        faults = faults_at((*place, kind, "schema"), answer.json())
        assert [f"{fault.json_path}: {fault.message[:150]}" for fault in faults] == []


@pytest.mark.parametrize("name", sorted(REFUSALS))
def test_what_the_gateway_refuses_to_everybody_is_refused(name: str, prepared: Prepared) -> None:
    """The refusal has the gateway's status and is JSON."""
    status, call = REFUSALS[name]
    answer = call(prepared)
    assert answer.status_code == status
    assert answer.json()["error"]


@pytest.mark.parametrize(
    ("alias", "path"),
    [
        ("video/generations?limit=5", "videos?limit=5"),
        ("video/generations/models", "videos/models"),
        ("batch/models", "batches/models"),
        ("batch/capabilities", "batches/capabilities"),
    ],
)
def test_an_alias_answers_like_the_path_it_stands_for(
    alias: str, path: str, prepared: Prepared
) -> None:
    """The gateway has several operations at two places."""
    first, second = prepared.http.get(alias), prepared.http.get(path)
    assert first.status_code == second.status_code == 200
    assert first.json().keys() == second.json().keys()
