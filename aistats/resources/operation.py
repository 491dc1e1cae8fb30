"""The descriptor of a list: one described operation, iterated over all its pages."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, overload

from aistats._pages import Pages
from aistats._parameters import build
from aistats_generated.operations import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from aistats._flow import Flow
    from aistats._mode import Bound, Mode
    from aistats._pages import PageStyle
    from aistats_generated.operations import OperationSpec

P = ParamSpec("P")
Item = TypeVar("Item")


class ListOperation(Generic[P, Item]):
    """A method that gives the `Pages` of one described list operation; it sends nothing itself.

    `item` names the class of an item for type checkers; it is never called.
    """

    def __init__(
        self,
        signature: Callable[P, Any],
        style: PageStyle,
        item: Callable[[], type[Item]],  # noqa: ARG002 - read by type checkers
    ) -> None:
        self._signature = signature
        self._style = style
        self.__doc__ = signature.__doc__

    @overload
    def __get__(self, owner: Bound[Mode], kind: Any = None) -> Callable[P, Pages[Item, Mode]]: ...
    @overload
    def __get__(self, owner: None, kind: Any = None) -> ListOperation[P, Item]: ...
    def __get__(self, owner: Any, kind: Any = None) -> Any:
        if owner is None:
            return self

        @functools.wraps(self._signature)
        def method(*args: Any, **params: Any) -> Pages[Item, Any]:
            return pages_of(owner, OPERATIONS[self._signature.__name__], self._style, args, params)

        return method


def pages_of(
    owner: Bound[Mode],
    spec: OperationSpec,
    style: PageStyle,
    args: tuple[Any, ...],
    params: dict[str, Any],
) -> Pages[Any, Mode]:
    """Give the pages of a described list, for the arguments of the call.

    Raises `TypeError` and `ConfigurationError` for arguments that are wrong, before iteration.
    """
    query = check_arguments(spec, args, params)
    others = {name: value for name, value in params.items() if name not in query}

    def fetch(query: dict[str, Any]) -> Flow[Any]:
        return owner.engine.operate(spec, args, {**others, **query})

    return Pages(owner.engine, fetch, style, query)


def check_arguments(
    spec: OperationSpec, args: tuple[Any, ...], params: dict[str, Any]
) -> dict[str, Any]:
    """Refuse wrong arguments now, not at the first iteration; give those of the query."""
    build(spec, args, dict(params))
    return {name: params[name] for name in spec.query_params if name in params}
