"""Wrong requests are refused as the gateway refuses them; what arrived can be asserted on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from aistats.sandbox import Sandbox
from tests.sandbox_client import CHAT, SORA, VEO, VIDEO, client, create

if TYPE_CHECKING:
    from collections.abc import Iterator

USER = {"role": "user", "content": "x"}
GPT = "openai/gpt-5-nano"
STREAMED = {"model": GPT, "input": "x", "stream": True}
DEBUG = {"x-gateway-debug": "1"}


@pytest.fixture
def gw() -> Iterator[Sandbox]:
    """A fresh sandbox."""
    with Sandbox(seed=7) as gateway:
        yield gateway


@pytest.fixture
def http(gw: Sandbox) -> Iterator[httpx.Client]:
    """A plain client with the sandbox's key."""
    with client(gw) as plain:
        yield plain


@pytest.mark.parametrize(
    ("path", "body", "details"),
    [
        ("chat/completions", {}, [("messages", "invalid_type"), ("model", "invalid_type")]),
        ("chat/completions", CHAT | {"temperature": 3}, [("temperature", "too_big")]),
        ("chat/completions", CHAT | {"n": 0}, [("n", "too_small")]),
        ("chat/completions", CHAT | {"stream": "yes"}, [("stream", "invalid_type")]),
        ("chat/completions", CHAT | {"messages": []}, [("messages", "too_small")]),
        ("chat/completions", CHAT | {"model": ""}, [("model", "too_small")]),
        ("chat/completions", CHAT | {"frob": 1}, [("frob", "unknown_param")]),
        (
            "chat/completions",
            CHAT | {"messages": [USER, {"role": "robot"}]},
            [("messages.1.role", "invalid_union")],
        ),
        (
            "chat/completions",
            CHAT | {"messages": [{"role": "user"}]},
            [("messages.0.content", "invalid_union")],
        ),
        ("responses", {"model": GPT}, [("input", "invalid_union")]),
        ("responses", {"model": GPT, "input": "x", "frob": 1}, [("frob", "unknown_param")]),
        ("messages", {"model": GPT, "messages": [USER]}, [("max_tokens", "invalid_type")]),
        ("videos", VIDEO | {"frob": 1}, [("", "unrecognized_keys")]),
        ("videos", VIDEO | {"duration": "6"}, [("duration", "invalid_type")]),
        ("videos", VIDEO | {"duration": 500}, [("duration", "too_big")]),
        ("videos", SORA | {"seconds": 4}, [("seconds", "invalid_value")]),
        ("videos", SORA | {"resolution": "720p"}, [("size", "custom")]),
        ("videos", {"model": "minimax/hailuo-2.3"}, [("prompt", "custom")]),
        (
            "videos",
            VIDEO | {"webhook": {"url": "https://x.invalid"}},
            [("webhook.endpoint_id", "invalid_type"), ("webhook", "unrecognized_keys")],
        ),
        ("embeddings", {"model": "openai/text-embedding-3-small"}, [("input", "invalid_union")]),
        ("images/generations", {"model": "openai/gpt-image-2"}, [("prompt", "invalid_type")]),
    ],
)
def test_a_wrong_body_is_refused_in_detail(
    http: httpx.Client, path: str, body: dict[str, Any], details: list[tuple[str, str]]
) -> None:
    """Each fault has its place and the gateway's keyword; the first is told in words."""
    answer = http.post(path, json=body)
    assert answer.status_code == 400, answer.text
    told = answer.json()
    assert told["error"] == "validation_error"
    found = [(".".join(map(str, d["path"])), d["keyword"]) for d in told["details"]]
    assert found == details
    assert told["description"].startswith(told["details"][0]["message"])


def test_an_unknown_parameter_is_named_with_its_model(http: httpx.Client) -> None:
    """The params of the detail say which."""
    told = http.post("chat/completions", json=CHAT | {"frob": 1}).json()["details"][0]
    assert told["params"] == {"param": "frob", "model": CHAT["model"]}


@pytest.mark.parametrize("content", [None, "x", [{"type": "text", "text": "x"}]])
def test_what_the_gateway_takes_is_taken(http: httpx.Client, content: Any) -> None:
    """An assistant's empty content, parts, and options of several kinds."""
    said = [USER, {"role": "assistant", "content": content}, USER]
    more = {"stop": ["a"], "logit_bias": {"1": 2}, "tools": [], "provider": {"order": ["openai"]}}
    answer = http.post("chat/completions", json={"model": GPT, "messages": said, **more})
    assert answer.status_code == 200, answer.text


def test_a_body_that_is_no_json_is_refused(http: httpx.Client) -> None:
    """In the shape of the route."""
    told = http.post("chat/completions", content=b"{").json()
    assert (told["error"], told["description"]) == ("invalid_json", "invalid_json")
    told = http.post("batches", content=b"{").json()
    assert (told["error"], told["request_id"]) == ("invalid_json", told["generation_id"])


def test_a_form_is_read_as_the_json_it_stands_for(http: httpx.Client) -> None:
    """Numbers are numbers, JSON is JSON, repeated names are lists; videos take strings only."""
    sound = {"file": ("a.wav", b"RIFF", "audio/wav")}
    fields: dict[str, Any] = {"model": "openai/whisper-1", "temperature": "0.5"}
    fields |= {"timestamp_granularities[]": ["word"], "provider": '{"order": ["openai"]}'}
    assert http.post("audio/transcriptions", data=fields, files=sound).status_code == 200
    fields["temperature"] = "warm"
    told = http.post("audio/transcriptions", data=fields, files=sound).json()
    assert told["details"][0]["path"] == ["temperature"]
    picture = {"input_reference": ("a.png", b"PNG", "image/png")}
    refused = http.post("videos", data=VEO, files=picture)
    assert refused.json()["details"][0]["path"] == ["duration"]


@pytest.mark.parametrize(
    ("path", "name", "part", "told"),
    [
        ("audio/transcriptions", "file", (None, b"RIFF", "audio/wav"), "has no file name"),
        ("audio/transcriptions", "file", ("", b"RIFF", "audio/wav"), "has no file name"),
        ("audio/transcriptions", "file", ("upload", b"RIFF"), "Not a sound: 'upload'"),
        ("audio/translations", "file", ("a.txt", b"RIFF", "text/plain"), "Not a sound: 'a.txt'"),
        ("audio/transcriptions", "file", ("a.MP3", b"ID3", "application/octet-stream"), None),
        ("audio/translations", "file", ("upload", b"ID3", "audio/mpeg"), None),
        ("audio/transcriptions", "file", ("upload", b"", "video/webm"), None),
        ("images/edits", "image", (None, b"PNG", "image/png"), "has no file name"),
        ("images/edits", "image[]", ("a.png", b"PNG", "image/png"), None),
        ("files", "file", (None, b"{}"), "a part called 'file'"),
        ("files", "file", ("x.jsonl", b"{}"), None),
    ],
)
def test_an_upload_has_a_name_and_a_fitting_type(
    http: httpx.Client, path: str, name: str, part: Any, told: str | None
) -> None:
    """A part without a file name is text to the gateway; a sound shows that it is one."""
    model = "openai/gpt-image-2" if path == "images/edits" else "openai/whisper-1"
    fields = {"purpose": "batch"} if path == "files" else {"model": model, "prompt": "x"}
    answer = http.post(path, data=fields, files={name: part})
    assert (answer.status_code, told or "") == (400 if told else 200, told or "")
    assert (told or "") in answer.text


@pytest.mark.parametrize(
    ("model", "status", "code"),
    [
        ("openai/nope", 400, "unsupported_model_or_endpoint"),
        ("openai/text-embedding-3-small", 400, "unsupported_model_or_endpoint"),
        ("@preset", 500, "gateway_error"),
    ],
)
def test_a_model_that_is_not_there_is_refused(
    http: httpx.Client, model: str, status: int, code: str
) -> None:
    """So is one that does other work."""
    answer = http.post("chat/completions", json=CHAT | {"model": model})
    assert (answer.status_code, answer.json()["error"]) == (status, code)


def test_a_provider_filter_that_leaves_nobody_is_refused(http: httpx.Client) -> None:
    """The detail's keyword says what happened."""
    answer = http.post("chat/completions", json=CHAT | {"provider": {"only": ["groq"]}})
    assert answer.json()["error_operational_kind"] == "request_provider_filter_no_match"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("limit=abc", 200),
        ("limit=0", 200),
        ("offset=5000", 200),
        ("offset=5001", 400),
        ("availability=foo", 400),
        ("format=openai", 400),
        ("format=rss", 200),
        ("feed=atom", 200),
    ],
)
def test_queries_are_read_as_the_gateway_reads_them(
    http: httpx.Client, query: str, status: int
) -> None:
    """Junk is mostly a default; a few values are refused."""
    answer = http.get(f"models?{query}")
    assert answer.status_code == status
    if status == 400:
        assert answer.json()["error"] == "invalid_request"


def test_models_can_be_filtered(http: httpx.Client) -> None:
    """By the exact ids of endpoints, not by short names."""
    total = http.get("models?endpoints=video.generation").json()["total"]
    assert 0 < total < http.get("models").json()["total"]
    assert http.get("models?endpoints=video").json()["models"] == []


def test_headers_with_an_effect_have_it(http: httpx.Client) -> None:
    """Debugging adds a member, the testing mode is for insiders; the others do nothing."""
    debugged = http.post("responses", json={"model": GPT, "input": "x"}, headers=DEBUG)
    assert debugged.json()["routing_diagnostics"]["finalCandidateCount"] == 1
    streamed = http.post("responses", json=STREAMED, headers=DEBUG)
    assert "routing_diagnostics" not in streamed.text
    internal = http.post("chat/completions", json=CHAT, headers={"x-phaseo-testing-mode": "1"})
    assert internal.json()["description"] == "requires_internal_token"
    same = {"Idempotency-Key": "1"}
    ids = {http.post("videos", json=VIDEO, headers=same).json()["id"] for _ in range(2)}
    assert len(ids) == 2


def test_the_keys_of_the_wrong_kind_are_refused(gw: Sandbox) -> None:
    """With 401 in both directions, each with its reason."""
    with client(gw) as http, client(gw, gw.management_key) as manager:
        assert http.get("credits").json()["reason"] == "management_key_required"
        told = manager.get("models").json()
        assert told["reason"] == "management_key_not_valid_for_gateway"


@pytest.mark.parametrize(
    ("state", "status", "word"),
    [
        ("revoked", 401, "key_not_found_or_revoked"),
        ("expired", 401, "key_expired"),
        ("broken", 401, "db_error"),
        ("soft_blocked", 429, "key_limit_exceeded"),
        ("over_budget", 429, "key_limit_exceeded"),
    ],
)
def test_a_key_can_be_in_any_state(gw: Sandbox, state: Any, status: int, word: str) -> None:
    """Blocked keys are stopped where something is generated, and nowhere else."""
    with client(gw, gw.add_key(state=state)) as http:
        answer = http.post("chat/completions", json=CHAT)
        assert answer.status_code == status
        assert word in (answer.json()["error"], answer.json()["description"])
        assert http.get("models").status_code == (401 if status == 401 else 200)


def test_the_old_prefix_passes_until_it_is_retired() -> None:
    """The kid and the secret are looked up, not the prefix, up to the end of 2026."""
    with Sandbox(now=1_790_000_000) as gw:
        old = gw.api_key.replace("phaseo_", "aistats_")
        with client(gw, old) as http:
            assert http.get("key").status_code == 200
            gw.advance(10_000_000)
            assert http.get("key").json()["reason"] == "legacy_key_prefix_retired"


def test_a_switched_off_feature_answers_as_on_the_gateway() -> None:
    """Music and videos before the key is looked at; access to them, and batches, after."""
    with Sandbox(off=("music", "batches")) as gw, client(gw, "nonsense") as nobody:
        assert nobody.post("music/generate", json={}).json()["feature"] == "music"
        assert nobody.post("batches", json={}).status_code == 401
        with client(gw) as http:
            told = http.get("files/x").json()
            assert (told["reason"], told["feature_gate"]) == (
                "batch_api_feature_flag_disabled",
                "gateway_batch_api",
            )
            gw.switch("videos", on=False)
            assert nobody.get("videos/x").json()["reason"] == "video_api_temporarily_disabled"
            gw.switch("videos", on=True)
            gw.switch("video_access", on=False)
            assert http.post("videos", json=VIDEO).status_code == 501
            assert http.get("videos/x").status_code == 404
            with pytest.raises(ValueError, match="no switch is called 'films'"):
                gw.switch("films", on=True)


def test_the_seed_era_is_another_place(gw: Sandbox, http: httpx.Client) -> None:
    """Either today's paths are there, or the old ones."""
    assert http.get("gateway/models").text == "404 Not Found"
    gw.switch("seed_paths", on=True)
    assert http.get("models").text == "404 Not Found"
    assert http.get("gateway/models").json()["models"][0]["model_id"]


def test_the_log_has_what_arrived(gw: Sandbox, http: httpx.Client) -> None:
    """Method, path, JSON, query, status; by operation, room or path."""
    video_id = create(http)
    http.get(f"videos/{video_id}", headers={"X-Own": "1"})
    http.get("videos?limit=3&limit=4")
    assert gw.requests.summary() == [
        "POST /videos -> 200",
        f"GET /videos/{video_id} -> 200",
        "GET /videos -> 200",
    ]
    assert gw.requests[0].json == VIDEO
    assert gw.requests[1].headers["x-own"] == "1"
    assert gw.requests.last.query == {"limit": ["3", "4"]}
    assert gw.requests.last.json is None
    assert len(gw.requests.to("videos.*")) == 3
    assert len(gw.requests.to("GET /videos/*")) == 1
    assert [entry.idempotent for entry in gw.requests[:2]] == [False, True]
    gw.requests.clear()
    assert list(gw.requests) == []


def test_the_log_asserts(gw: Sandbox, http: httpx.Client) -> None:
    """What was called, how often, in which order; the failure lists what arrived."""
    create(http)
    http.get("key")
    assert len(gw.requests.assert_called("videos.create", times=1)) == 1
    gw.requests.assert_not_called("chat.*")
    gw.requests.assert_operations("videos.create", "key.retrieve")
    with pytest.raises(AssertionError, match=r"expected 2 request\(s\).*POST /videos -> 200"):
        gw.requests.assert_called("videos.create", times=2)
    with pytest.raises(AssertionError, match="got 1"):
        gw.requests.assert_not_called("key.retrieve")
    with pytest.raises(AssertionError, match="expected"):
        gw.requests.assert_operations("key.retrieve")
    gw.requests.clear()
    with pytest.raises(AssertionError, match="no request"):
        assert gw.requests.last


def test_the_log_knows_no_secret(gw: Sandbox, http: httpx.Client) -> None:
    """Keys and signatures are masked wherever they were."""
    gw.videos.plan(polls=0)
    url = http.post(f"videos/{create(http)}/download_url").json()["download_url"]
    httpx.get(url)
    httpx.get(f"{gw.base_url}/key", headers={"Authorization": "Basic c2VjcmV0", "Cookie": "a=b"})
    seen = repr([(e.headers, e.query, e.query_string, e) for e in gw.requests])
    for secret in ("not-a-real-secret", "c2VjcmV0", "a=b", url.split("download_sig=")[1][:64]):
        assert secret not in seen
    assert "phaseo_v1_sk_sandbo***" in seen


def test_what_the_gateway_overlooks_the_log_tells(gw: Sandbox, http: httpx.Client) -> None:
    """The description is stricter than the server; a request can be held against it."""
    http.get("videos", params={"limit": 5})
    create(http)
    gw.requests.assert_valid()
    http.get("videos?limit=zzz&frob=1")
    http.get("nowhere")
    not_described, no_number = gw.requests[2].problems
    assert not_described == "query frob: not described"
    assert no_number.startswith("query limit: 'zzz' is not of type")
    assert gw.requests[3].problems == ["there is no such operation"]
    with pytest.raises(AssertionError, match="frob"):
        gw.requests.assert_valid()


def test_the_log_keeps_no_large_body(gw: Sandbox, http: httpx.Client) -> None:
    """An upload of megabytes is noted, not stored."""
    http.post("files", data={"purpose": "batch"}, files={"file": ("x", b"a" * 300_000)})
    assert len(gw.requests.last.body) == 64 * 1024
