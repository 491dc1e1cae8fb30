"""Iterating over lists: every page once, every trap of the gateway's lists, and never for ever."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aistats._core.colour import Awaiting, Blocking, Engine
from aistats._core.options import Options
from aistats._core.transport import AsyncTransport, SyncTransport
from aistats.resources.pages import Page, Pages, PageStyle
from aistats_generated.models import VideoListResponse
from tests.conftest import needs_shared
from tests.recorded import exchanges

pytestmark = pytest.mark.anyio

OFFSET = PageStyle("models", "offset", largest=250, max_offset=5000)
CURSOR = PageStyle("data", "cursor", limit=100)
SINGLE = PageStyle("data", limit=100)


OPTIONS = Options("https://gateway.invalid/v1", keys={})


def engine(*, is_async: bool) -> Engine[Any]:
    """Give the engine of a client of either colour; nothing is sent through it."""
    return Engine(OPTIONS, Awaiting(AsyncTransport()) if is_async else Blocking(SyncTransport()))


class Gateway:
    """Answers queries by a function and remembers them; gives up after 50."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.queries: list[dict[str, Any]] = []

    async def fetch(self, query: dict[str, Any]) -> Any:
        self.queries.append(query)
        assert len(self.queries) < 50, "this list never ends"
        return self.answer(query)

    def pages(self, style: PageStyle, *, is_async: bool = False, **query: Any):
        return Pages(engine(is_async=is_async), self.fetch, style, query)


async def items_of(gateway: Gateway, style: PageStyle, **query: Any) -> list[Any]:
    """Iterate in both colours, which must ask and give the same."""
    found = list(gateway.pages(style, **query))
    asked, gateway.queries = gateway.queries, []
    assert [item async for item in gateway.pages(style, is_async=True, **query)] == found
    assert gateway.queries == asked
    return found


def models(count: int, *, size: int = 50, **more: Any):
    """Give the answers of an offset list like /models."""

    def answer(query: dict[str, Any]) -> dict[str, Any]:
        start, limit = query.get("offset", 0), min(query.get("limit", size), 250)
        rows = [{"id": f"m{at}"} for at in range(count)][start : start + limit]
        return {"ok": True, "limit": limit, "offset": start, "models": rows, **more}

    return answer


def videos(count: int, *, has_more: Any = None):
    """Give the answers of a cursor list like /videos."""
    ids = [f"G-{at}" for at in range(count)]

    def answer(query: dict[str, Any]) -> dict[str, Any]:
        start = ids.index(query["after"]) + 1 if query.get("after") in ids else 0
        rows = ids[start : start + query.get("limit", 0)]
        last = rows[-1] if rows else None
        more = start + len(rows) < count if has_more is None else has_more
        return {"data": [{"id": one} for one in rows], "last_id": last, "has_more": more}

    return answer


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 100, 120])
async def test_offset_lists_with_a_total(count):
    """All items come once; no request is made for a page that the total excludes."""
    gateway = Gateway(models(count, total=count))
    assert [one["id"] for one in await items_of(gateway, OFFSET)] == [f"m{n}" for n in range(count)]
    assert gateway.queries == [{} if n == 0 else {"offset": n} for n in range(0, max(count, 1), 50)]


@pytest.mark.parametrize("count", [0, 1, 49, 51, 120])
async def test_offset_lists_without_a_total(count):
    """A page that is not full is the last one where nobody tells the total."""
    gateway = Gateway(models(count))
    assert len(await items_of(gateway, OFFSET)) == count
    assert len(gateway.queries) == count // 50 + 1


async def test_offset_lists_without_total_and_limit():
    """Where not even the page's size is known, an empty page ends the list."""

    def answer(query):
        start = query.get("offset", 0)
        return {"data": [{"id": n} for n in range(start, min(start + 2, 4))]}

    gateway = Gateway(answer)
    assert len(await items_of(gateway, PageStyle("data", "offset"))) == 4
    assert [query.get("offset") for query in gateway.queries] == [None, 2, 4]


async def test_a_limit_beyond_the_largest_page_is_no_sign_of_the_end():
    """Asked for 1000 a page, a gateway that gives 250 at most is still asked for the rest."""
    told = models(600)
    for answer in (told, lambda query: {**told(query), "limit": None}):
        assert len(await items_of(Gateway(answer), OFFSET, limit=1000)) == 600


async def test_total_count_counts_as_total():
    """The key list names its total differently."""
    gateway = Gateway(models(60, total_count=60))
    assert len(await items_of(gateway, OFFSET)) == 60
    assert len(gateway.queries) == 2


async def test_the_callers_offset_is_where_it_starts():
    """Iteration begins at the caller's offset and keeps the other parameters."""
    gateway = Gateway(models(120, total=120))
    found = await items_of(gateway, OFFSET, offset=30, limit=60, status="active")
    assert found[0] == {"id": "m30"}
    assert gateway.queries == [
        {"offset": 30, "limit": 60, "status": "active"},
        {"offset": 90, "limit": 60, "status": "active"},
    ]


async def test_no_offset_is_asked_that_the_gateway_refuses():
    """Beyond the largest offset the list ends instead of failing."""
    gateway = Gateway(models(6000, size=250, total=6000))
    await items_of(gateway, OFFSET)
    assert max(query.get("offset", 0) for query in gateway.queries) == 5000


async def test_a_server_that_ignores_the_offset_ends_the_list():
    """The same first item again ends it, and is not given twice."""
    gateway = Gateway(lambda query: {"models": [{"id": "a"}, {"id": "b"}], "total": 1000})
    assert await items_of(gateway, OFFSET) == [{"id": "a"}, {"id": "b"}]
    assert len(gateway.queries) == 2


async def test_a_server_that_goes_round_in_circles_ends_the_list():
    """Coming back to any page seen before ends it, not only to the last one; ids are not needed."""

    def answer(query):
        at = query.get("offset", 0) % 3
        return {"models": [{"name": f"n{at}", "signed": "x"}], "total": 1000}

    gateway = Gateway(answer)
    assert len(await items_of(gateway, OFFSET)) == 3


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 250])
async def test_cursor_lists(count):
    """All items come once, `limit` is always sent, `after` is the last id."""
    gateway = Gateway(videos(count))
    assert [one["id"] for one in await items_of(gateway, CURSOR)] == [
        f"G-{n}" for n in range(count)
    ]
    assert all(query["limit"] == 100 for query in gateway.queries)
    assert len(gateway.queries) == max(1, -(-count // 100))


async def test_the_callers_limit_wins():
    """A limit of the caller replaces our own, which only keeps the page from being empty."""
    gateway = Gateway(videos(5))
    await items_of(gateway, CURSOR, limit=2, order="asc")
    assert gateway.queries[0] == {"limit": 2, "order": "asc"}
    gateway = Gateway(videos(5))
    await items_of(gateway, CURSOR, limit=None)
    assert gateway.queries == [{"limit": 100}]


async def test_has_more_with_an_empty_page_ends_the_list():
    """The empty page that promises more is what the gateway sends without a limit."""
    gateway = Gateway(lambda query: {"data": [], "last_id": "G-9", "has_more": True})
    assert await items_of(gateway, CURSOR) == []
    assert len(gateway.queries) == 1


@pytest.mark.parametrize("last_id", [None, "", 7, ["G-1"]])
async def test_a_cursor_that_is_none_ends_the_list(last_id):
    """Without a usable last id there is nothing to ask for."""
    page = {"data": [{"id": "G-1"}], "last_id": last_id, "has_more": True}
    gateway = Gateway(lambda query: page)
    assert await items_of(gateway, CURSOR) == [{"id": "G-1"}]
    assert len(gateway.queries) == 1


async def test_a_repeated_cursor_ends_the_list():
    """The same last id again would ask the same again."""
    fresh = iter(range(1000))
    gateway = Gateway(
        lambda query: {"data": [{"id": next(fresh)}], "last_id": "G-1", "has_more": True}
    )
    assert len(list(gateway.pages(CURSOR))) == 2
    assert len(gateway.queries) == 2


async def test_a_forgotten_cursor_ends_the_list():
    """A gateway that does not know the cursor any more begins again; its page is not repeated."""
    gateway = Gateway(lambda query: {"data": [{"id": "a"}, {"id": "b"}], **next(cursors)})
    cursors = iter([{"last_id": f"c{n}", "has_more": True} for n in range(10)])
    assert list(gateway.pages(CURSOR)) == [{"id": "a"}, {"id": "b"}]
    assert len(gateway.queries) == 2


@pytest.mark.parametrize("has_more", [False, None, "true", 1])
async def test_only_a_true_has_more_goes_on(has_more):
    """Anything but true ends the list."""
    page = {"data": [{"id": "a"}], "last_id": "a", "has_more": has_more}
    gateway = Gateway(lambda query: page)
    assert await items_of(gateway, CURSOR) == [{"id": "a"}]
    assert len(gateway.queries) == 1


async def test_single_page_lists_are_asked_once():
    """A list without cursor is asked once, with its limit, whatever it promises."""
    gateway = Gateway(lambda query: {"data": [{"id": "a"}], "last_id": "a", "has_more": True})
    assert await items_of(gateway, SINGLE) == [{"id": "a"}]
    assert gateway.queries == [{"limit": 100}]


async def test_the_first_page():
    """It holds the items, the envelope, and whether there is more; one request is made."""
    gateway = Gateway(models(120, total=120))
    page = gateway.pages(OFFSET).first_page()
    assert len(gateway.queries) == 1
    assert isinstance(page, Page)
    assert len(page) == 50
    assert [*page] == page.items
    assert page.raw["total"] == 120
    assert page.has_more
    assert await gateway.pages(OFFSET, is_async=True).first_page() == page
    assert not Gateway(models(2, total=2)).pages(OFFSET).first_page().has_more


async def test_each_iteration_starts_again():
    """A list can be iterated over more than once."""
    gateway = Gateway(videos(3))
    pages = gateway.pages(CURSOR)
    assert list(pages) == list(pages) != []


async def test_leaving_early_asks_no_more():
    """A page is fetched only when an item of it is wanted, and a loop may be left at any time."""
    gateway = Gateway(models(500, total=500))
    for _ in gateway.pages(OFFSET):
        break
    async for _ in gateway.pages(OFFSET, is_async=True):
        break
    assert len(gateway.queries) == 2


async def test_models_as_envelopes():
    """An envelope that was decoded gives decoded items."""
    gateway = Gateway(lambda query: VideoListResponse.from_dict(videos(2)(query)))
    found = list(gateway.pages(CURSOR))
    assert [one.id for one in found] == ["G-0", "G-1"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 6000) | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)
ENVELOPE = JSON | st.fixed_dictionaries(
    {},
    optional={
        **{name: st.lists(JSON, max_size=3) | JSON for name in ("data", "models")},
        **dict.fromkeys(("total", "total_count", "limit", "last_id"), JSON),
        "has_more": st.booleans() | JSON,
    },
)


@given(st.lists(ENVELOPE, min_size=1, max_size=3), st.sampled_from([OFFSET, CURSOR, SINGLE]))
def test_no_answer_makes_iteration_fail_or_last_for_ever(envelopes, style):
    """Whatever comes, over and over, the iteration ends."""
    gateway = Gateway(lambda query: envelopes[len(gateway.queries) % len(envelopes)])
    for _ in gateway.pages(style):
        pass
    assert len(gateway.queries) <= 10


@needs_shared
@pytest.mark.parametrize(
    ("recording", "name", "style"),
    [
        ("platform", "models_list", OFFSET),
        ("platform", "models_list_limit_offset", OFFSET),
        ("platform", "providers", PageStyle("providers", "offset")),
        ("platform", "organisations", PageStyle("organisations", "offset")),
        ("platform", "activity_mgmt", PageStyle("activity", "offset")),
        ("platform", "keys_list_mgmt", PageStyle("data", "offset")),
        ("batches_files", "batches_list", SINGLE),
        ("batches_files", "batches_requests_completed", PageStyle("data", "offset")),
    ],
)
async def test_recorded_envelopes(recording, name, style):
    """The items of recorded pages are found, and a gateway that repeats them is not believed."""
    body = exchanges(recording)[name]["response"]["body"]
    gateway = Gateway(lambda query: body)
    assert list(gateway.pages(style)) == body[style.items] != []
    assert len(gateway.queries) <= 2


def test_repr_names_the_list():
    """The text of a list says what it asks for."""
    assert repr(Gateway(None).pages(CURSOR)) == "<Pages of data, {'limit': 100}>"
