"""Results in other people's hands: dict, vars, copies, FastAPI, pydantic, IPython, a terminal."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.encoders import jsonable_encoder
from fastapi.testclient import TestClient
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from IPython.lib.pretty import pretty
from pydantic import BaseModel, TypeAdapter, ValidationError

from aistats import MissingFieldError
from aistats import types as public
from aistats.results import ChatCompletion
from aistats_generated import models
from aistats_generated.models import ChatMessage, EmbeddingsResponse, ImagesGenerationResponse

SECRET = "phaseo_v1_sk_demo00000000_not-a-real-secret"
REPLY: dict[str, Any] = {
    "id": "G-01",
    "object": "chat.completion",
    "created": 1_795_191_215,
    "model": "m",
    "nativeResponseId": None,
    "choices": [
        {
            "index": 0,
            "finish_reason": "paused",
            "message": {"role": "assistant", "content": "Hi", "x_new": {"deep": [None, 1.5]}},
        }
    ],
    "usage": {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3},
    "x_extra": [1, {"a": None}],
}


def reply() -> ChatCompletion:
    """A result as a call gives it."""
    return ChatCompletion.from_dict(copy.deepcopy(REPLY))


def read(result: ChatCompletion) -> ChatCompletion:
    """The same after somebody looked at it."""
    assert result.choices[0].message.content == "Hi"
    assert result.additional_properties["x_extra"]
    return result


either = pytest.mark.parametrize("look", [lambda result: result, read], ids=["fresh", "read"])


@either
def test_every_plain_way_gives_the_json(look: Any) -> None:
    """dict, vars, copies and pickles hold exactly what came, read or not."""
    result = look(reply())
    assert dict(result) == vars(result) == result.to_dict() == REPLY
    assert json.dumps(dict(result)) == json.dumps(REPLY)
    for twin in (copy.copy(result), copy.deepcopy(result), pickle.loads(pickle.dumps(result))):  # noqa: S301
        assert type(twin) is ChatCompletion
        assert twin == result
        assert twin.to_dict() == REPLY
    assert [name for name, _ in result] == list(REPLY)


def test_the_dict_given_away_is_nobody_elses() -> None:
    """Changing what `vars` or `dict` gave changes no result."""
    result = reply()
    vars(result)["choices"].clear()
    dict(result)["usage"]["total_tokens"] = 99
    assert result.to_dict() == REPLY


def test_fields_can_be_set_and_taken_away() -> None:
    """A field that is deleted is absent; one set to None is null."""
    result = read(reply())
    del result.created
    result.service_tier = None
    assert "created" not in result
    assert result.to_dict()["service_tier"] is None
    with pytest.raises(MissingFieldError):
        _ = result.created


# --- web services --------------------------------------------------------------------------------

app = FastAPI()


@app.get("/plain")
def plain():
    """A route without annotations."""
    return read(reply())


@app.get("/annotated")
def annotated() -> public.ChatCompletion:
    """A route that says what it returns."""
    return reply()


@app.get("/list")
def listed():
    """Several, in something else."""
    return {"items": [reply(), reply()]}


@app.get("/annotated-list")
def annotated_list() -> list[models.ChatCompletionsResponse]:
    """Several, and it says so."""
    return [reply(), reply()]


class Envelope(BaseModel):
    """Somebody's own model around ours."""

    note: str
    result: ChatCompletion
    others: list[ChatCompletion] = []


@app.post("/envelope")
def envelope(body: Envelope) -> Envelope:
    """Ours as part of a body and of an answer."""
    assert body.result.choices[0].message.content == "Hi"
    return body


@pytest.fixture(scope="module")
def web() -> TestClient:
    """The app, called in the process."""
    return TestClient(app)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/plain", REPLY),
        ("/annotated", REPLY),
        ("/list", {"items": [REPLY, REPLY]}),
        ("/annotated-list", [REPLY, REPLY]),
    ],
)
def test_routes_answer_what_the_gateway_sent(web: TestClient, path: str, expected: Any) -> None:
    """Whatever a route says about its result, the JSON is the gateway's, to the order of keys."""
    assert web.get(path).text == json.dumps(expected, separators=(",", ":"))


def test_results_travel_in_bodies_and_models(web: TestClient) -> None:
    """A pydantic model takes and gives them; what is no object is refused."""
    sent = {"note": "n", "result": REPLY, "others": [REPLY]}
    assert web.post("/envelope", json=sent).json() == sent
    assert web.post("/envelope", json=sent | {"result": [1]}).status_code == 422
    made = Envelope(note="n", result=reply())
    assert type(made.result) is ChatCompletion
    assert made.model_dump() == {"note": "n", "result": REPLY, "others": []}
    assert json.loads(made.model_dump_json())["result"] == REPLY
    adapter = TypeAdapter(models.Usage)
    assert adapter.dump_python(adapter.validate_python({"x": 1})) == {"x": 1}
    with pytest.raises(ValidationError, match="Usage needs a JSON object, not a str"):
        adapter.validate_python("text")


def test_the_description_of_such_an_app_works(web: TestClient) -> None:
    """`/openapi.json` names the class and its fields."""
    described = web.get("/openapi.json").json()
    content = described["paths"]["/annotated"]["get"]["responses"]["200"]["content"]
    assert content["application/json"]["schema"] == {"$ref": "#/components/schemas/ChatCompletion"}
    schema = described["components"]["schemas"]["ChatCompletion"]
    assert schema["title"] == "ChatCompletion"
    assert {"choices", "usage", "nativeResponseId"} <= schema["properties"].keys()
    assert {"choices", "usage"} <= set(schema["required"])


def test_fastapis_encoder_gives_the_json() -> None:
    """Alone, in lists, in dicts, read before or not."""
    assert jsonable_encoder(read(reply())) == REPLY
    assert jsonable_encoder({"all": [reply(), None]}) == {"all": [REPLY, None]}


def test_pydantic_is_not_imported_for_it() -> None:
    """Whoever does not have pydantic does not need it."""
    code = (
        "import sys, aistats.types as t\n"
        "t.ChatCompletion.from_dict({'id': 'G-1'}).id\n"
        "print('pydantic' in sys.modules, 'pydantic_core' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.split() == ["False", "False"]


# --- editors, notebooks, terminals ---------------------------------------------------------------


def completions(shell: InteractiveShell, text: str) -> set[str]:
    """What the TAB key offers after `text`."""
    completer: Any = shell.Completer
    with provisionalcompleter():
        return {one.text.lstrip(".") for one in completer.completions(text, len(text))}


def test_fields_complete_in_ipython() -> None:
    """Before anything was read; what the gateway sent beyond the description stays out."""
    shell = InteractiveShell(user_ns={"r": reply(), "m": reply().choices[0].message})
    assert completions(shell, "r.cho") == {"choices"}
    assert completions(shell, "r.choices[0].mess") == {"message"}
    found = completions(shell, "m.")
    assert {"content", "role", "tool_calls", "to_dict", "additional_properties"} <= found
    assert "x_extra" not in dir(reply())
    assert {"choices", "native_response_id"} <= set(dir(reply()))


LONG = "It was a dark and stormy night. " * 500
VECTOR = [number / 7 for number in range(1536)]
BASE64 = "iVBORw0KGgo" + "A" * 40_000


@pytest.mark.parametrize(
    "result",
    [
        reply(),
        ChatMessage(role="user", content=LONG),
        EmbeddingsResponse.from_dict(
            {"data": [{"index": n, "embedding": VECTOR} for n in range(100)], "model": "m"}
        ),
        ImagesGenerationResponse.from_dict({"data": [{"b64_json": BASE64}] * 4}),
        models.GatewayModelsResponse.from_dict({"models": [{"id": LONG, "offers": [{}] * 90}] * 9}),
        models.ChatCompletionsResponse.from_dict({f"field_{n}": LONG for n in range(300)}),
        models.ResponsesResponse.from_dict(
            {"output": [{"type": "new\nkind", "x": {"y": [[1]] * 9}}]}
        ),
    ],
    ids=lambda result: type(result).__name__,
)
def test_a_result_prints_as_one_readable_line(result: Any) -> None:
    """Whatever it holds: long texts, vectors, pictures, hundreds of fields."""
    for text in (repr(result), str(result), f"{[result]}"):
        assert "\n" not in text
        assert len(text) <= 410
    assert repr(result).startswith(f"{type(result).__name__}(")
    assert max(map(len, pretty(result).split("\n"))) <= 410


def test_what_matters_comes_first_and_the_rest_is_counted() -> None:
    """Id, then content; lengths instead of contents."""
    assert repr(reply()).startswith(
        "ChatCompletion(id='G-01', model='m', choices=[ChatChoice(finish_reason='paused', "
        "message=ChatCompletionMessage(role='assistant', content='Hi'"
    )
    picture = ImagesGenerationResponse.from_dict({"data": [{"b64_json": BASE64}]})
    assert "b64_json=<base64, 30,008 bytes>" in repr(picture)
    vectors = EmbeddingsResponse.from_dict({"data": [{"embedding": VECTOR}]})
    assert "embedding=[0.0, 0.14285714285714285, 0.2857142857142857, … 1,536 in all]" in repr(
        vectors
    )
    assert f"… ({len(LONG):,} characters)" in repr(ChatMessage(role="user", content=LONG))


def test_a_notebook_shows_a_field_on_each_line() -> None:
    """Where one line would be too long."""
    shown = pretty(read(reply())).splitlines()
    assert shown[:3] == ["ChatCompletion(", "    id='G-01',", "    model='m',"]
    assert (
        pretty(ChatMessage(role="user", content="Hi")) == "ChatMessage(role='user', content='Hi')"
    )


@pytest.mark.parametrize(
    "secret",
    [
        SECRET,
        f"Bearer {SECRET}",
        "whsec_not-a-real-secret",
        "https://cdn.example/v.mp4?sig=not-a-real-secret",
        "x" * 50 + SECRET,
    ],
)
def test_no_secret_is_shown(secret: str) -> None:
    """In a field, an unknown field, deep inside, plain and pretty."""
    data = {"content": secret, "x": {"y": [secret]}, "role": "user", secret: 1}
    for text in (repr(ChatMessage.from_dict(data)), pretty(ChatMessage.from_dict(data))):
        assert "not-a-real" not in text
