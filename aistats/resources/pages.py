"""Going through lists page by page without ever going round in circles.

How each list pages: docs/gateway.md, "Lists".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from attrs import field, frozen

from aistats._core.colour import Async, Bound, Items, Mode, Sync, method
from aistats._json import list_of, pick

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping

    from aistats._core.colour import Engine, Flow

    Fetch = Callable[[dict[str, object]], Flow[object]]

Item = TypeVar("Item")


@frozen
class PageStyle:
    """How one list endpoint pages."""

    items: str
    """The envelope's field that holds the items."""
    step: Literal["offset", "cursor", "none"] = "none"
    """offset: count on; cursor: `after` the last id; none: there is one page."""
    limit: int | None = None
    """What to ask for when the caller does not say, where leaving it out gives an empty page."""
    largest: int = 250
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
        self, engine: Engine[Mode], fetch: Fetch, style: PageStyle, query: Mapping[str, object]
    ) -> None:
        self._engine, self._fetch, self._style = engine, fetch, style
        self._query = dict(query)
        if style.limit is not None and self._query.get("limit") is None:
            self._query["limit"] = style.limit

    @property
    def engine(self) -> Engine[Mode]:
        """The settings and the transport of the client."""
        return self._engine

    @method
    async def first_page(self) -> Page[Item]:
        """Fetch one page, from where `offset` or `after` say."""
        walk = self._walk()
        envelope = await self._fetch(walk.query)
        return Page(walk.take(envelope), envelope, walk.goes_on)

    def _walk(self) -> _Walk[Item, Mode]:
        return _Walk(self._engine, self._fetch, self._style, self._query)

    def __iter__(self: Pages[Item, Sync]) -> Iterator[Item]:
        return iter(self._walk())

    def __aiter__(self: Pages[Item, Async]) -> AsyncIterator[Item]:
        return aiter(self._walk())

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._style.items}, {self._query}>"


class _Walk(Items[Item, Mode], Generic[Item, Mode]):
    """One way through the pages: after each it decides whether to go on and what to ask for."""

    def __init__(
        self, engine: Engine[Mode], fetch: Fetch, style: PageStyle, query: dict[str, object]
    ) -> None:
        super().__init__(engine)
        self.query, self.goes_on = dict(query), True
        self._fetch, self._style = fetch, style
        self._seen: set[str] = set()

    async def _more(self) -> list[Item] | None:
        return self.take(await self._fetch(self.query)) if self.goes_on else None

    def take(self, envelope: object) -> list[Item]:
        """Take the items out of a page, none of one that was there before, and move on."""
        items: list[Item] = list_of(pick(envelope, self._style.items))
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

    def _move_cursor(self, envelope: object) -> None:
        cursor = pick(envelope, "last_id")
        if pick(envelope, "has_more") is not True or not isinstance(cursor, str) or not cursor:
            return
        self.goes_on = cursor != self.query.get("after") and not self._is_repeated(
            f"after {cursor}"
        )
        self.query = {**self.query, "after": cursor}

    def _move_offset(self, envelope: object, count: int) -> None:
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
            self.goes_on = count >= min(full, self._style.largest)


def _identity(item: object) -> str:
    """Tell one item from another; signed URLs in it may change from page to page."""
    own = pick(item, "id")
    return f"id {own}" if isinstance(own, str | int) else f"item {item!r}"


def _number(value: object) -> int | None:
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
