"""Namespaces and their methods: each method is one described operation, in its owner's colour."""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Any, ClassVar, Generic, ParamSpec, TypeVar, overload

from attrs import evolve

from aistats._core.call import operate, perform
from aistats._core.colour import Async, Bound, Mode, Sync
from aistats._core.decode import decode
from aistats._core.request import arguments_of, build, extra_of
from aistats.resources.pages import Pages
from aistats_generated.operations import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aistats._core.colour import AnyEngine, Engine, Flow
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
    spec: OperationSpec, args: tuple[object, ...], params: Mapping[str, object], label: str
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

    def __init__(
        self, signature: Callable[P, object], returns: Callable[[], str] | None = None
    ) -> None:
        annotations = signature.__annotations__
        self._name, self._annotation = signature.__name__, str(annotations.get("params", ""))
        self.__doc__ = signature.__doc__
        self._owner: type[Resource[Any]] = Resource
        self._attribute = self._name
        self.returns: Callable[[], str] = returns or (lambda: str(annotations.get("return", "")))
        """Names the class of what the caller gets."""
        self._signature = _LazySignature(self)

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

    def __get__(self, owner: Any, kind: object = None) -> Any:
        """Give a function with the name, the text and the signature of this method."""
        if owner is None:
            return self
        function = self._bound(owner.engine)
        function.__name__ = self._attribute
        function.__qualname__, function.__doc__ = self.label, self.__doc__
        function.__signature__ = self._signature  # type: ignore[attr-defined]  # `inspect`'s own
        return function

    def _bound(self, engine: AnyEngine) -> Callable[..., Any]:
        raise NotImplementedError

    def parameters(self) -> dict[str, inspect.Parameter]:
        """List the parameters, required ones first, with their types as the checkers read them."""
        spec, make = self.spec, inspect.Parameter
        from aistats_generated import params  # late: only who asks for help pays for it

        described = getattr(params, self._annotation[7:-1], params.RequestOptions).__annotations__
        types = {**params.RequestOptions.__annotations__, **described}
        positional = [
            make(name, make.POSITIONAL_OR_KEYWORD, annotation="str") for name in spec.path_params
        ]
        places = (spec.required, spec.query_params, spec.header_params, spec.body_fields, types)
        keywords = [
            make(
                name,
                make.KEYWORD_ONLY,
                default=make.empty if name in spec.required else _OMITTED,
                annotation=_shown(types[name]),
            )
            for name in dict.fromkeys(name for place in places for name in place)
            if name not in spec.path_params
        ]
        return {parameter.name: parameter for parameter in (*positional, *keywords)}


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
    def _parameters(self) -> dict[str, inspect.Parameter]:
        own = {parameter.name: parameter for parameter in self._own}
        return own | {n: p for n, p in self._described.parameters().items() if n not in own}

    @functools.cached_property
    def _return_annotation(self) -> str:
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
    def __init__(self, signature: Callable[P, object], result: Callable[[], type[T]]) -> None: ...
    def __init__(
        self, signature: Callable[P, object], result: Callable[[], type[T]] | None = None
    ) -> None:
        super().__init__(signature, result and (lambda: result().__name__))
        self._result = result

    if TYPE_CHECKING:

        @overload
        def __get__(self, owner: Bound[Sync], kind: object = None) -> Callable[P, T]: ...
        @overload
        def __get__(self, owner: Bound[Async], kind: object = None) -> Callable[P, Flow[T]]: ...
        def __get__(self, owner: Any, kind: object = None) -> Any: ...

    def _bound(self, engine: AnyEngine) -> Callable[..., Any]:
        spec, label = self.spec, self.label

        async def made(*args: object, **params: object) -> T:
            body = extra_of(params, "extra_body")
            if spec.streams and (params.get("stream") or body.get("stream")):
                raise TypeError(
                    f"{label}(stream=True) is not supported; use the method stream(...), which "
                    "yields typed events"
                )
            request = request_for(spec, args, params, label)
            result: T = await perform(
                engine, request, lambda a: decode(spec, a, self._result, operation=label)
            )
            return result

        return engine.world.bound(made)


class StreamOperation(_Described[P], Generic[P, Event, Result]):
    """A method that gives the stream of one described operation; entering it sends the request."""

    def __init__(
        self, signature: Callable[P, object], dialect: Callable[[], Dialect[Event, Result]]
    ) -> None:
        super().__init__(signature, lambda: "Stream")
        self._dialect = dialect

    if TYPE_CHECKING:

        def __get__(
            self, owner: Bound[Mode], kind: object = None
        ) -> Callable[P, Stream[Event, Result, Mode]]: ...

    def _bound(self, engine: Engine[Mode]) -> Callable[..., Stream[Event, Result, Mode]]:
        def opened(*args: object, **params: object) -> Stream[Event, Result, Mode]:
            from aistats._streams.text import Stream  # late: many processes never stream

            # Wrong arguments are refused now, not when it is entered.
            request = request_for(self.spec, args, {**params, "stream": True}, self.label)
            return Stream(engine, request, self._dialect())

        return opened


class ListOperation(_Described[P], Generic[P, Item]):
    """A method that gives the `Pages` of one described list operation; it sends nothing itself.

    `item` names the class of an item for type checkers; it is never called.
    """

    def __init__(
        self,
        signature: Callable[P, object],
        style: PageStyle,
        item: Callable[[], type[Item]],  # noqa: ARG002 - read by type checkers
    ) -> None:
        super().__init__(signature, lambda: "Pages")
        self._style = style

    if TYPE_CHECKING:

        def __get__(
            self, owner: Bound[Mode], kind: object = None
        ) -> Callable[P, Pages[Item, Mode]]: ...

    def _bound(self, engine: Engine[Mode]) -> Callable[..., Pages[Item, Mode]]:
        spec, label = self.spec, self.label

        def pages(*args: object, **params: object) -> Pages[Item, Mode]:
            request_for(spec, args, params, label)  # refuses wrong arguments now
            query = {name: params[name] for name in spec.query_params if name in params}
            return Pages(
                engine,
                lambda page: operate(engine, spec, args, {**params, **page}, label=label),
                self._style,
                query,
            )

        return pages


async def call_operation(
    engine: AnyEngine, module: Any, args: tuple[object, ...], kwargs: Mapping[str, object]
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
