"""Going through lists page by page without ever going round in circles (wire-facts §8)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, Literal, Self, TypeVar, cast

from attrs import field, frozen

from aistats._flow import Flow
from aistats._json import list_of, whole_number
from aistats._mode import Async, Bound, FlowMethod, Mode, Sync
from aistats.results import pick

if TYPE_CHECKING:
    from aistats._engine import Engine

Item = TypeVar("Item")
Fetch = Callable[[dict[str, Any]], Flow[Any]]
"""Asks for the page of a query and gives its envelope: a model or plain JSON."""


@frozen
class PageStyle:
    """How one list endpoint pages; facts of wire-facts §8."""

    items: str
    """The envelope's field that holds the items."""
    step: Literal["offset", "cursor", "none"] = "none"
    """offset: count on; cursor: `after` the last id; none: there is one page."""
    limit: int | None = None
    """What to ask for when the caller does not say, where leaving it out gives an empty page."""
    largest: int | None = None
    """The largest page that the gateway gives."""
    max_offset: int | None = None
    """The gateway refuses an offset beyond this one."""


@frozen
class Page(Generic[Item]):
    """One page of a list."""

    items: list[Item]
    raw: Any = field(repr=False)
    """The envelope as it came."""
    has_more: bool
    """Whether the gateway says, or its totals let expect, that another page follows."""

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


class Pages(Bound[Mode], Generic[Item, Mode]):
    """A list over all its pages: iterate over it (`async for` on an async client).

    Nothing is fetched before iteration, and each iteration starts again. `first_page()` fetches
    one page only.
    """

    def __init__(
        self,
        engine: Engine[Mode],
        fetch: Fetch,
        style: PageStyle,
        query: Mapping[str, Any],
        *,
        item: Callable[[Any], Item] | None = None,
    ) -> None:
        self._engine = engine
        self._fetch = fetch
        self._style = style
        self._query = dict(query)
        if style.limit is not None and self._query.get("limit") is None:
            self._query["limit"] = style.limit
        self._item = item

    @FlowMethod
    def first_page(self) -> Flow[Page[Item]]:
        """Fetch one page, from where `offset` or `after` say."""
        walk = _Walk(self._style, self._query)
        return (yield from self._page(walk))

    def __iter__(self: Pages[Item, Sync]) -> Iterator[Item]:
        walk = _Walk(self._style, self._query)
        while walk.goes_on:
            page: Page[Item] = self.engine.drive(self._page(walk))
            yield from page.items

    def __aiter__(self: Pages[Item, Async]) -> _AsyncItems[Item]:
        walk = _Walk(self._style, self._query)
        return _AsyncItems(walk, lambda: self.engine.drive(self._page(walk)))

    def _page(self, walk: _Walk) -> Flow[Page[Item]]:
        envelope = yield from self._fetch(walk.query)
        items = walk.take(envelope)
        if self._item is not None:
            items = [self._item(item) for item in items]
        return Page(cast("list[Item]", items), envelope, walk.goes_on)

    @property
    def engine(self) -> Engine[Mode]:
        """The settings and the transport of the client."""
        return self._engine

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._style.items}, {self._query}>"


class _AsyncItems(Generic[Item]):
    """Iterates for `async for`.

    Not an async generator: leaving the loop early must not leave one behind for the event loop.
    """

    def __init__(self, walk: _Walk, next_page: Callable[[], Awaitable[Page[Item]]]) -> None:
        self._walk = walk
        self._next_page = next_page
        self._ready: Iterator[Item] = iter(())

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Item:
        for item in self._ready:
            return item
        while self._walk.goes_on:
            self._ready = iter(await self._next_page())
            for item in self._ready:
                return item
        raise StopAsyncIteration


class _Walk:
    """Decides after each page whether there is a next one and what to ask for."""

    def __init__(self, style: PageStyle, query: dict[str, Any]) -> None:
        self.query: dict[str, Any] = dict(query)
        self.goes_on: bool = True
        self._style = style
        self._seen: set[str] = set()

    def take(self, envelope: Any) -> list[Any]:
        """Take the items out of a page, none of one that was there before, and move on."""
        items = list_of(pick(envelope, self._style.items))
        self.goes_on = False
        if not items or self._is_repeated(_identity(items[0])):
            return []
        if self._style.step == "cursor":
            self._move_cursor(envelope)
        elif self._style.step == "offset":
            self._move_offset(envelope, len(items))
        return items

    def _is_repeated(self, mark: str) -> bool:
        """Notice a server that ignores where we are, and so begins again."""
        if mark in self._seen:
            return True
        self._seen.add(mark)
        return False

    def _move_cursor(self, envelope: Any) -> None:
        cursor = pick(envelope, "last_id")
        if pick(envelope, "has_more") is not True or not isinstance(cursor, str) or not cursor:
            return
        self.goes_on = cursor != self.query.get("after") and not self._is_repeated(
            f"after {cursor}"
        )
        self.query = {**self.query, "after": cursor}

    def _move_offset(self, envelope: Any, count: int) -> None:
        offset = (_number(self.query.get("offset")) or 0) + count
        self.query = {**self.query, "offset": offset}
        if self._style.max_offset is not None and offset > self._style.max_offset:
            return
        total = _number(pick(envelope, "total"))
        if total is None:
            total = _number(pick(envelope, "total_count"))
        if total is not None:
            self.goes_on = offset < total
        else:
            # Nobody says how many there are: a page that is not full is the last one.
            full = _number(pick(envelope, "limit")) or _number(self.query.get("limit")) or 1
            self.goes_on = count >= min(full, self._style.largest or full)


def _identity(item: Any) -> str:
    """Tell one item from another; signed URLs in it may change from page to page."""
    own = pick(item, "id")
    return f"id {own}" if isinstance(own, str | int) else f"item {item!r}"


def _number(value: Any) -> int | None:
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value)
    return whole_number(value)
