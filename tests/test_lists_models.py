"""Lists as methods, and the catalogue that moved: which path is asked, and what is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anyio
import pytest

from aistats import (
    ConfigurationError,
    NotFoundError,
    NotImplementedByGatewayError,
    Pages,
    PermissionDeniedError,
    Retry,
)
from aistats.resources.operation import ListOperation
from aistats.resources.table import Providers
from tests.colours import KEY, MANAGEMENT_KEY, Colour, Script, answer, colours, result_of

if TYPE_CHECKING:
    import httpx


def gone() -> httpx.Response:
    """Make what the gateway says of a path it does not have."""
    return answer(404, content=b"404 Not Found", headers={"content-type": "text/plain"})


def page(*ids: str, total: int | None = None, offset: int = 0) -> httpx.Response:
    found = [{"model_id": one} for one in ids]
    count = len(ids) if total is None else total
    return answer(json={"ok": True, "models": found, "total": count, "offset": offset})


async def all_of(pages: Any) -> list[Any]:
    if not pages.engine.world.is_async:
        return list(pages)
    return [item async for item in pages]


def listed(client: Any, colour: Colour, **params: Any) -> list[str]:
    backend = "asyncio" if colour == "sync" else colour
    found = anyio.run(all_of, client.models.list(**params), backend=backend)
    return [item["model_id"] for item in found]


def paths(script: Script) -> list[str]:
    return [request.url.path.removeprefix("/v1") for request in script.requests]


# --- the catalogue ---


@colours
def test_the_catalogue_is_asked_at_its_new_place(colour: Colour) -> None:
    """All pages of `/models`, each with what was asked for and its offset."""
    script = Script(page("a", "b", total=3), page("c", total=3, offset=2))
    client = script.client(colour)
    assert listed(client, colour, limit=2, status=["active", "beta"]) == ["a", "b", "c"]
    assert paths(script) == ["/models", "/models"]
    queries = [request.url.params for request in script.requests]
    assert [query.get_list("status") for query in queries] == [["active", "beta"]] * 2
    assert [query.get("offset") for query in queries] == [None, "2"]


@colours
def test_an_older_gateway_is_asked_at_the_older_place(colour: Colour) -> None:
    """404 leads to `/gateway/models`, and the client remembers it, its copies as well."""
    script = Script(gone(), page("a", total=2), page("b", total=2), page("c"), page("d"))
    client = script.client(colour)
    assert listed(client, colour, limit=1, provider_status="active") == ["a", "b"]
    assert paths(script) == ["/models", "/gateway/models", "/gateway/models"]
    assert script.requests[1].url.params["provider_status"] == "active"
    assert listed(client, colour) == ["c"]
    assert listed(client.with_options(timeout=5), colour) == ["d"]
    assert paths(script)[3:] == ["/gateway/models", "/gateway/models"]


@colours
def test_a_gateway_that_was_renewed_is_found_again(colour: Colour) -> None:
    """What was remembered is not believed for ever: a 404 makes us look at the other place."""
    script = Script(gone(), page("a"), gone(), page("b"), page("c"))
    client = script.client(colour)
    assert [listed(client, colour) for _ in range(3)] == [["a"], ["b"], ["c"]]
    assert paths(script) == [
        *("/models", "/gateway/models", "/gateway/models", "/models", "/models"),
    ]


@colours
def test_two_404_are_the_first_error(colour: Colour) -> None:
    """The path of the description is the one to speak of; nothing is remembered."""
    first = answer(404, {"error": "not_found", "request_id": "G-01FIRST"})
    script = Script(first, gone(), page("a"))
    client = script.client(colour)
    with pytest.raises(NotFoundError, match="G-01FIRST") as caught:
        listed(client, colour)
    assert caught.value.__suppress_context__
    assert listed(client, colour) == ["a"]
    assert paths(script)[2:] == ["/models"]


@colours
def test_only_a_404_means_that_the_path_moved(colour: Colour) -> None:
    """Any other failure is raised as it is."""
    script = Script(answer(403))
    with pytest.raises(PermissionDeniedError):
        listed(script.client(colour), colour)
    assert paths(script) == ["/models"]


@colours
def test_the_older_place_takes_filters_it_does_not_describe(colour: Colour) -> None:
    """They travel as they are, beside the caller's extra ones; options stay options."""
    script = Script(gone(), page("a"))
    listed(
        script.client(colour),
        colour,
        model_routing_status="active",
        input_modalities=["text", "image"],
        extra_query={"new": "1"},
        timeout=7,
        retry=Retry(attempts=1),
    )
    second = script.requests[1]
    assert second.url.params.multi_items() == [
        ("model_routing_status", "active"),
        ("input_modalities", "text"),
        ("input_modalities", "image"),
        ("new", "1"),
    ]
    assert second.extensions["timeout"]["read"] == 7


@colours
def test_the_models_of_the_workspace_have_two_places_too(colour: Colour) -> None:
    """`/models/me` and `/gateway/models/me`, remembered apart from the catalogue."""
    script = Script(gone(), page("mine"), page("all"), answer(501))
    client = script.client(colour)
    found = result_of(colour, lambda client: client.models.me(), client)
    assert found["models"][0].to_dict() == {"model_id": "mine"}
    assert listed(client, colour) == ["all"]
    with pytest.raises(NotImplementedByGatewayError):
        result_of(colour, lambda client: client.models.me(), client)
    assert paths(script) == ["/models/me", "/gateway/models/me", "/models", "/gateway/models/me"]


# --- lists in general ---


@pytest.mark.parametrize(
    ("use", "kind"),
    [
        (lambda client: client.models.list(nonsense=1), TypeError),
        (lambda client: client.models.list(limit={}), ConfigurationError),
        (lambda client: client.providers.list(nonsense=1), TypeError),
        (lambda client: client.providers.list(limit=float("nan")), ConfigurationError),
        (lambda client: client.providers.list("x"), TypeError),
        (lambda client: client.keys.list(extra_headers={"Host": "x"}), ConfigurationError),
    ],
)
@colours
def test_wrong_arguments_are_refused_before_the_first_page(
    colour: Colour, use: Any, kind: type[Exception]
) -> None:
    """At the call, not somewhere in a loop; on an async client without await."""
    with pytest.raises(kind):
        use(Script().client(colour))


@colours
def test_a_list_sends_nothing_until_it_is_iterated(colour: Colour) -> None:
    """Then each page is a call with its options; `first_page()` is one."""
    found = {"ok": True, "providers": [{"id": "acme"}], "total": 2}
    script = Script(*(answer(json=found) for _ in range(2)))
    client = script.client(colour)
    pages = client.providers.list(limit=1, extra_headers={"X-A": "b"})
    assert isinstance(pages, Pages)
    assert script.requests == []
    first = result_of(colour, lambda _: pages.first_page(), client)
    assert [item["id"] for item in first.items] == ["acme"]
    assert first.has_more
    assert script.requests[0].headers["x-a"] == "b"
    assert script.requests[0].url.query == b"limit=1"


@colours
def test_each_list_has_the_credential_of_its_operation(colour: Colour) -> None:
    """Keys want the management key, endpoints the inference key."""
    script = Script(answer(json={"data": []}), answer(json={"data": []}))
    client = script.client(colour)
    result_of(colour, lambda client: client.keys.list().first_page(), client)
    result_of(colour, lambda client: client.endpoints.list().first_page(), client)
    sent = [request.headers["authorization"] for request in script.requests]
    assert sent == [f"Bearer {MANAGEMENT_KEY}", f"Bearer {KEY}"]


def test_a_list_on_the_class_is_its_descriptor() -> None:
    """With the documentation of its operation, for those who look."""
    assert isinstance(Providers.list, ListOperation)
    assert Providers.list.__doc__
