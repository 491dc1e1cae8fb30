"""Namespaces and their methods: each method is one described operation, in its owner's colour."""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Any, ClassVar, Generic, ParamSpec, TypeVar, overload

from attrs import evolve

from aistats._core.call import perform
from aistats._core.colour import Async, Bound, Mode, Sync
from aistats._core.decode import decode
from aistats._core.request import arguments_of, build, extra_of
from aistats.resources.pages import Pages
from aistats_generated.operations import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from aistats._core.colour import Engine
    from aistats._core.request import Request
    from aistats._streams.text import Dialect, Stream
    from aistats.resources.pages import PageStyle
    from aistats_generated.operations import OperationSpec

P = ParamSpec("P")
F = TypeVar("F", bound="Callable[..., Any]")
T = TypeVar("T")
Item = TypeVar("Item")
Event = TypeVar("Event")
Result = TypeVar("Result")


class Resource(Bound[Mode]):
    """A namespace of a client; its methods are rows of a table, see `table`."""

    name: ClassVar[str] = ""
    """What the caller types after `client.`."""

    __slots__ = ("_engine",)

    def __init_subclass__(cls, name: str = "") -> None:
        cls.name = name or cls.name

    def __init__(self, engine: Engine[Mode]) -> None:
        self._engine = engine

    @property
    def engine(self) -> Engine[Mode]:
        """The settings and the transport of the client."""
        return self._engine


def request_for(
    spec: OperationSpec, args: tuple[object, ...], params: Mapping[str, Any], label: str
) -> Request:
    """Make the request of a described operation; raises `TypeError` and `ConfigurationError`."""
    values = arguments_of(spec, args, params, label)
    request = build(spec, values, label)
    if spec.body != "multipart":
        return request
    from aistats._files.upload import Form  # late: most processes never upload

    given = {name: values[name] for name in spec.body_fields if name in values}
    wire = {name: spec.wire.get(name, name) for name in given}
    files = {wire[name]: given.pop(name) for name in spec.file_fields if name in given}
    fields = {wire[name]: value for name, value in given.items()}
    return evolve(request, form=Form({**fields, **extra_of(values, "extra_body")}, files))


class _Described(Generic[P]):
    """A method described by a function of `aistats_generated.operations`, which gives its types."""

    def __init__(self, signature: Callable[P, object]) -> None:
        self._name = signature.__name__
        self._annotation = str(signature.__annotations__.get("params", ""))
        self._returns = str(signature.__annotations__.get("return", ""))
        self.__doc__ = signature.__doc__
        self._owner: type[Resource[Any]] = Resource
        self._attribute = self._name

    def __set_name__(self, owner: type[Resource[Any]], name: str) -> None:
        self._owner, self._attribute = owner, name

    @property
    def label(self) -> str:
        """What the caller types after `client.`."""
        return f"{self._owner.name}.{self._attribute}"

    @property
    def spec(self) -> OperationSpec:
        """The facts of the operation."""
        return OPERATIONS[self._name]

    def named(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Give a function the name, the text and the signature of this method."""
        function.__name__ = self._attribute
        function.__qualname__, function.__doc__ = self.label, self.__doc__
        function.__signature__ = self._signature  # type: ignore[attr-defined]  # `inspect`'s own
        return function

    @functools.cached_property
    def _signature(self) -> inspect.Signature:
        return _LazySignature(self)

    def parameters(self) -> dict[str, inspect.Parameter]:
        """List the parameters, required ones first, with their types as the checkers read them."""
        spec = self.spec
        from aistats_generated import params  # late: only who asks for help pays for it

        described = getattr(params, self._annotation[7:-1], params.RequestOptions)
        types = {**params.RequestOptions.__annotations__, **described.__annotations__}
        positional = [
            inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation="str")
            for name in spec.path_params
        ]
        places = (spec.required, spec.query_params, spec.header_params, spec.body_fields, types)
        names = dict.fromkeys(name for place in places for name in place)
        keywords = [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if name in spec.required else _OMITTED,
                annotation=_shown(types[name]),
            )
            for name in names
            if name in types and name not in spec.path_params
        ]
        return {parameter.name: parameter for parameter in (*positional, *keywords)}

    def returns(self) -> str:
        """Name the class of what the caller gets."""
        return self._returns


def _shown(annotation: Any) -> Any:
    """Give the text of a type, without the mark of what is required."""
    text = getattr(annotation, "__forward_arg__", annotation)
    return text[len("Required[") : -1] if str(text).startswith("Required[") else text


class _Omitted:
    """The default of a parameter: it is not sent."""

    def __repr__(self) -> str:
        return "..."


_OMITTED = _Omitted()


class _LazySignature(inspect.Signature):
    """A signature that is put together when somebody looks at it."""

    def __init__(
        self, described: _Described[...], own: tuple[inspect.Parameter, ...] = (), returns: str = ""
    ) -> None:
        self._described, self._own, self._class = described, own, returns

    @functools.cached_property
    def _parameters(self) -> Any:
        own = {parameter.name: parameter for parameter in self._own}
        return own | {n: p for n, p in self._described.parameters().items() if n not in own}

    @functools.cached_property
    def _return_annotation(self) -> Any:
        return self._class or self._described.returns()

    def replace(self, **changes: Any) -> inspect.Signature:  # type: ignore[override]
        """Give a plain one with other parts, as `inspect` asks for of a bound method."""
        parameters = list(self.parameters.values())
        plain = inspect.Signature(parameters, return_annotation=self.return_annotation)
        return plain.replace(**changes)


def takes_what(described: _Described[...], keyword: str, returns: str) -> Callable[[F], F]:
    """Show a method as taking what another takes, and a keyword of its own for a class."""
    of = inspect.Parameter
    own = of("self", of.POSITIONAL_ONLY), of(keyword, of.KEYWORD_ONLY, annotation="type")

    def shown(function: F) -> F:
        function.__signature__ = _LazySignature(described, own, returns)  # type: ignore[attr-defined]
        return function

    return shown


class Operation(_Described[P], Generic[P, T]):
    """A method that is one described operation; `result` makes the answer one of our classes."""

    @overload
    def __init__(self, signature: Callable[P, T]) -> None: ...
    @overload
    def __init__(self, signature: Callable[P, Any], result: Callable[[], type[T]]) -> None: ...
    def __init__(
        self, signature: Callable[P, Any], result: Callable[[], Any] | None = None
    ) -> None:
        super().__init__(signature)
        self._result = result

    def returns(self) -> str:
        """Name the class of what the caller gets."""
        return self._result().__name__ if self._result else self._returns

    @overload
    def __get__(self, owner: Bound[Sync], kind: object = None) -> Callable[P, T]: ...
    @overload
    def __get__(
        self, owner: Bound[Async], kind: object = None
    ) -> Callable[P, Coroutine[Any, Any, T]]: ...
    @overload
    def __get__(self, owner: None, kind: object = None) -> Operation[P, T]: ...
    def __get__(self, owner: Any, kind: object = None) -> Any:
        if owner is None:
            return self
        engine = owner.engine

        async def made(*args: object, **params: Any) -> Any:
            return await self.flow(engine, args, params)

        if engine.world.is_async:
            return self.named(made)
        return self.named(lambda *args, **params: engine.world.drive(made(*args, **params)))

    async def flow(
        self, engine: Engine[Any], args: tuple[object, ...], params: dict[str, Any]
    ) -> T:
        """Make the call; streams have a method of their own."""
        spec = self.spec
        if spec.streams and (params.get("stream") or extra_of(params, "extra_body").get("stream")):
            raise TypeError(
                f"{self.label}(stream=True) is not supported; use the method stream(...), which "
                "yields typed events"
            )
        request = request_for(spec, args, params, self.label)
        result: T = await perform(
            engine, request, lambda a: decode(spec, a, self._result, operation=self.label)
        )
        return result


class StreamOperation(_Described[P], Generic[P, Event, Result]):
    """A method that gives the stream of one described operation; entering it sends the request."""

    def __init__(
        self, signature: Callable[P, Any], dialect: Callable[[], Dialect[Event, Result]]
    ) -> None:
        super().__init__(signature)
        self._dialect = dialect

    def returns(self) -> str:
        """Name the class of what the caller gets."""
        return "Stream"

    @overload
    def __get__(
        self, owner: Bound[Mode], kind: object = None
    ) -> Callable[P, Stream[Event, Result, Mode]]: ...
    @overload
    def __get__(self, owner: None, kind: object = None) -> StreamOperation[P, Event, Result]: ...
    def __get__(self, owner: Any, kind: object = None) -> Any:
        if owner is None:
            return self

        def opened(*args: object, **params: Any) -> Any:
            from aistats._streams.text import Stream  # late: many processes never stream

            request = stream_request(self.spec, args, {**params, "stream": True}, self.label)
            return Stream(owner.engine, request, self._dialect())

        return self.named(opened)


def stream_request(
    spec: OperationSpec, args: tuple[object, ...], params: Mapping[str, Any], label: str
) -> Request:
    """Make the request of a stream, and refuse wrong arguments now, not when it is entered."""
    return evolve(request_for(spec, args, params, label), accept="text/event-stream")


class ListOperation(_Described[P], Generic[P, Item]):
    """A method that gives the `Pages` of one described list operation; it sends nothing itself.

    `item` names the class of an item for type checkers; it is never called.
    """

    def __init__(
        self,
        signature: Callable[P, Any],
        style: PageStyle,
        item: Callable[[], type[Item]],  # noqa: ARG002 - read by type checkers
    ) -> None:
        super().__init__(signature)
        self._style = style

    def returns(self) -> str:
        """Name the class of what the caller gets."""
        return "Pages"

    @overload
    def __get__(
        self, owner: Bound[Mode], kind: object = None
    ) -> Callable[P, Pages[Item, Mode]]: ...
    @overload
    def __get__(self, owner: None, kind: object = None) -> ListOperation[P, Item]: ...
    def __get__(self, owner: Any, kind: object = None) -> Any:
        if owner is None:
            return self

        def pages(*args: object, **params: Any) -> Pages[Item, Any]:
            return self.pages(owner.engine, args, params)

        return self.named(pages)

    def pages(
        self, engine: Engine[Mode], args: tuple[object, ...], params: Mapping[str, Any]
    ) -> Pages[Any, Mode]:
        """Give the pages for the arguments of a call, refusing wrong ones before iteration."""
        spec = self.spec
        request_for(spec, args, params, self.label)
        query = {name: params[name] for name in spec.query_params if name in params}
        others = {name: value for name, value in params.items() if name not in query}

        async def fetch(page: dict[str, Any]) -> Any:
            request = request_for(spec, args, {**others, **page}, self.label)
            return await perform(
                engine, request, lambda answer: decode(spec, answer, operation=self.label)
            )

        return Pages(engine, fetch, self._style, query)


async def call_operation(
    engine: Engine[Any], module: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> Any:
    """Run an operation given as its generated module, by the one builder of requests."""
    spec = OPERATIONS.get(str(getattr(module, "OPERATION", None)))
    if spec is None:
        raise TypeError(
            f"{module!r} is not a module of aistats_generated.api, such as "
            "aistats_generated.api.videos.get_video"
        )
    keywords = module._get_kwargs(*args, **kwargs)  # noqa: SLF001 - what types its arguments
    if spec.streams and keywords.get("stream"):
        raise TypeError(f"{spec.name}: call() gives no stream; use the method stream(...)")
    request = request_for(spec, (), keywords, spec.name)
    return await perform(engine, request, lambda answer: decode(spec, answer))
