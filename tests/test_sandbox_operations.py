"""Every operation of the description answers, and with what the description promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from aistats.sandbox.description import document, faults_at, operations
from tests.sandbox_client import CHAT, LINE, SORA, VEO, client, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

TEXT = {"model": "openai/gpt-5-nano", "input": "hi"}
SOUND = {"data": {"model": "openai/whisper-1"}, "files": {"file": ("a.wav", b"RIFF", "audio/wav")}}
PICTURE = {"model": "openai/gpt-image-2", "prompt": "x"}
EDIT = {"data": PICTURE, "files": {"image": ("a.png", b"PNG", "image/png")}}
PRICED = {"provider": "openai", "model": "openai/gpt-5-nano", "endpoint": "text.generate"}
MESSAGE = {"model": "anthropic/claude-haiku-4.5", "max_tokens": 9, "messages": CHAT["messages"]}
RERANK = {"model": "cohere/rerank-v3.5", "query": "a b", "documents": ["c", "a"]}
OCR = {"model": "mistral/mistral-ocr", "image": "https://x.invalid/a.png"}
SPEECH = {"model": "openai/gpt-4o-mini-tts", "input": "hi", "voice": "alloy"}
EMBED = {"model": "openai/text-embedding-3-small", "input": ["a", "b"]}
UPLOAD = {"data": {"purpose": "batch"}, "files": {"file": ("x.jsonl", b"{}", "text/plain")}}
MUSIC = {"model": "suno/v5"}
NAMED = {"name": "another"}
Call = tuple[str, dict[str, Any]]
CALLS: dict[str, Call] = {
    "createChatCompletion": ("POST chat/completions", {"json": CHAT}),
    "createResponse": ("POST responses", {"json": TEXT}),
    "createAnthropicMessage": ("POST messages", {"json": MESSAGE}),
    "createEmbedding": ("POST embeddings", {"json": EMBED}),
    "createModeration": ("POST moderations", {"json": {"input": "I hate it"}}),
    "createRerank": ("POST rerank", {"json": RERANK}),
    "createOcr": ("POST ocr", {"json": OCR}),
    "createSpeech": ("POST audio/speech", {"json": SPEECH}),
    "createTranscription": ("POST audio/transcriptions", SOUND),
    "createTranslation": ("POST audio/translations", SOUND),
    "createImage": ("POST images/generations", {"json": PICTURE | {"n": 2}}),
    "createImageEdit": ("POST images/edits", EDIT),
    "createVideo": ("POST videos", {"json": VEO}),
    "listVideos": ("GET videos?limit=5", {}),
    "listVideoModels": ("GET videos/models", {}),
    "getVideo": ("GET videos/{video}", {}),
    "getVideoContent": ("GET videos/{video}/content", {}),
    "createVideoDownloadUrl": ("POST videos/{video}/download_url", {}),
    "deleteVideo": ("DELETE videos/{doomed}", {}),
    "generateMusic": ("POST music/generate", {"json": MUSIC}),
    "getMusicGeneration": ("GET music/generate/{music}", {}),
    "uploadFile": ("POST files", UPLOAD),
    "retrieveFile": ("GET files/{file}", {}),
    "retrieveFileContent": ("GET files/{file}/content", {}),
    "uploadBatchFile": ("POST batches/files", UPLOAD),
    "retrieveBatchFile": ("GET batches/files/{file}", {}),
    "retrieveBatchFileContent": ("GET batches/files/{file}/content", {}),
    "createBatch": ("POST batches", {"json": {"requests": [LINE]}}),
    "listBatches": ("GET batches?limit=5", {}),
    "listBatchModels": ("GET batches/models", {}),
    "listBatchCapabilities": ("GET batches/capabilities", {}),
    "retrieveBatch": ("GET batches/{batch}", {}),
    "cancelBatch": ("POST batches/{batch}/cancel", {}),
    "listBatchRequests": ("GET batches/{batch}/requests", {}),
    "listModels": ("GET models?limit=250", {}),
    "listModelEndpoints": ("GET models/openai/gpt-5-nano/endpoints", {}),
    "listProviders": ("GET providers", {}),
    "listOrganisations": ("GET organisations", {}),
    "listEndpoints": ("GET endpoints", {}),
    "listPricingModels": ("GET pricing/models", {}),
    "calculatePricing": ("POST pricing/calculate", {"json": PRICED | {"usage": {"a": 1000}}}),
    "getGeneration": ("GET generations?id={generation}", {}),
    "getCurrentApiKey": ("GET key", {}),
    "listAnalytics": ("GET analytics", {}),
    "getHealth": ("GET health", {}),
    "getCredits": ("GET credits", {}),
    "getActivity": ("GET activity", {}),
    "listApiKeys": ("GET keys", {}),
    "createApiKey": ("POST keys", {"json": NAMED}),
    "getApiKey": ("GET keys/{key}", {}),
    "updateApiKey": ("PATCH keys/{key}", {"json": NAMED}),
    "deleteApiKey": ("DELETE keys/{doomed_key}", {}),
    "listWorkspaces": ("GET workspaces", {}),
    "createWorkspace": ("POST workspaces", {"json": NAMED}),
    "getWorkspace": ("GET workspaces/{workspace}", {}),
    "updateWorkspace": ("PATCH workspaces/{workspace}", {"json": NAMED}),
    "deleteWorkspace": ("DELETE workspaces/{doomed_workspace}", {}),
    "listGatewayModels": ("GET gateway/models", {}),
    "listGatewayTeamModels": ("GET gateway/models/me", {}),
    "listDataModels": ("GET data/models?model_id=openai/gpt-5-nano", {}),
    "listManagementKeys": ("GET management/keys", {}),
    "createManagementKey": ("POST management/keys", {"json": NAMED}),
    "getManagementKey": ("GET management/keys/{key}", {}),
    "updateManagementKey": ("PATCH management/keys/{key}", {"json": {"limit": 5}}),
    "deleteManagementKey": ("DELETE management/keys/{doomed_key_too}", {}),
}
REFUSED: dict[str, tuple[int, str]] = {
    "cancelVideo": (501, "POST videos/{video}/cancel"),
    "listFiles": (400, "GET files"),
    "listBatchFiles": (400, "GET batches/files"),
    "listTeamModels": (501, "GET models/me"),
    "getProviderDerankStatus": (403, "GET health/providers/openai/derank"),
}
"""What the gateway refuses to everybody, and so does the sandbox."""
MANAGED = ("credits", "activity", "keys", "workspaces", "management/")
PLACES = {
    operation["operationId"]: ("paths", path, method.lower())
    for method, path, operation in operations(document())
}


class Prepared:
    """A sandbox in which there is one of everything."""

    def __init__(self, gw: Any, http: httpx.Client, boss: httpx.Client) -> None:
        self._gw, self._http, self._boss = gw, http, boss
        for control in (gw.videos, gw.batches, gw.music):
            control.plan(polls=0)
        made = {
            "generation": ("POST chat/completions", {"json": CHAT}),
            "video": ("POST videos", {"json": VEO}),
            "doomed": ("POST videos", {"json": SORA}),
            "batch": ("POST batches", {"json": {"requests": [LINE]}}),
            "file": ("POST files", UPLOAD),
            "music": ("POST music/generate", {"json": MUSIC}),
        }
        named = ("key", "doomed_key", "doomed_key_too", "workspace", "doomed_workspace")
        self._ids: dict[str, str] = {}
        for name, call in made.items():
            self._ids[name] = self.make(*call).json()["id"]
        for name in named:
            kind = "keys" if "key" in name else "workspaces"
            self._ids[name] = self.make(f"POST {kind}", {"json": NAMED}).json()["data"]["id"]

    def make(self, where: str, options: dict[str, Any]) -> httpx.Response:
        """Make a call with the key it wants, in the era in which its path was there."""
        method, path = where.format(**getattr(self, "_ids", {})).split(" ")
        self._gw.switch("seed_paths", on=path.startswith(("gateway/", "data/", "management/")))
        http = self._boss if path.startswith(MANAGED) else self._http
        return http.request(method, path, **options)


@pytest.fixture(scope="module")
def prepared() -> Iterator[Prepared]:
    """Make one of everything."""
    with opened() as (gw, http), client(gw, gw.management_key) as boss:
        yield Prepared(gw, http, boss)


def test_no_operation_of_the_description_is_forgotten() -> None:
    """Each one has a call in this file."""
    assert PLACES.keys() == CALLS.keys() | REFUSED.keys()


@pytest.mark.parametrize("name", sorted(CALLS))
def test_an_operation_answers_as_described(name: str, prepared: Prepared) -> None:
    """The status is a success, and the body is what the description says."""
    answer = prepared.make(*CALLS[name])
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


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_the_gateway_refuses_to_everybody_is_refused(name: str, prepared: Prepared) -> None:
    """The refusal has the gateway's status and is JSON."""
    status, call = REFUSED[name]
    answer = prepared.make(call, {})
    assert (answer.status_code, bool(answer.json()["error"])) == (status, True)


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
    first, second = (prepared.make(f"GET {where}", {}) for where in (alias, path))
    assert first.status_code == second.status_code == 200
    assert first.json().keys() == second.json().keys()
