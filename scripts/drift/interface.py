"""Read the operations of a document with everything that OpenAPI inherits or assumes made plain."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from scripts.spec.facts import resolve
from scripts.spec.grammar import METHODS, Node, SpecError

if TYPE_CHECKING:
    from collections.abc import Iterator

# Header parameters of these names are described elsewhere, says the specification.
IGNORED_HEADERS: Final = frozenset({"accept", "authorization", "content-type"})
STYLES: Final = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}


@frozen(kw_only=True)
class Parameter:
    """One parameter with its assumed values filled in."""

    place: str
    name: str
    required: bool
    style: tuple[str, bool]
    deprecated: bool
    schema: Any

    @property
    def label(self) -> str:
        """Where it stands, for people."""
        return f"{self.place} {self.name}"


@frozen(kw_only=True)
class Body:
    """A request body or the content of a response: schemas and encodings by media type."""

    required: bool = False
    media: dict[str, Any] = field(factory=dict)
    encodings: dict[str, str] = field(factory=dict)


@frozen(kw_only=True)
class Response:
    """One answer of an operation."""

    body: Body
    headers: dict[str, Parameter]


@frozen(kw_only=True)
class Interface:
    """One operation as a client meets it."""

    method: str
    path: str
    operation_id: str
    deprecated: bool
    parameters: dict[tuple[str, str], Parameter]
    body: Body | None
    responses: dict[str, Response]
    security: frozenset[tuple[str, ...]]
    servers: frozenset[str]

    @property
    def label(self) -> str:
        """Method and path, for people."""
        return f"{self.method.upper()} {self.path}"

    @property
    def place(self) -> tuple[str, str]:
        """Method and path with the path parameters' names left out."""
        return self.method, re.sub(r"\{[^}]*\}", "{}", self.path)


class InterfaceReader:
    """Reads the operations of one document."""

    def __init__(self, document: Node) -> None:
        """Read from this document."""
        self._document = document

    def operations(self) -> Iterator[Interface]:
        """Yield every operation of the document."""
        for path, written in self._document.get("paths", {}).items():
            item = self._follow(written)
            for method in METHODS:
                if method in item:
                    yield self._operation(method, path, item, item[method])

    def servers(self, *owners: Node) -> frozenset[str]:
        """The addresses that apply: those of the nearest owner that names any."""
        named = next((owner["servers"] for owner in owners if owner.get("servers")), None)
        listed = named or self._document.get("servers") or [{"url": "/"}]
        return frozenset(_address(server) for server in listed)

    def _follow(self, node: Node) -> Node:
        for _ in range(20):
            if "$ref" not in node:
                return node
            node = resolve(self._document, node["$ref"])
        raise SpecError("a chain of references is too long or turns in a circle")

    def _operation(self, method: str, path: str, item: Node, node: Node) -> Interface:
        body = node.get("requestBody")
        return Interface(
            method=method,
            path=path,
            operation_id=node.get("operationId", ""),
            deprecated=node.get("deprecated") is True,
            parameters=self._parameters(path, item, node),
            body=None if body is None else self._body(self._follow(body)),
            responses={
                _status(status): self._response(self._follow(answer))
                for status, answer in node.get("responses", {}).items()
            },
            security=self._security(node.get("security", self._document.get("security"))),
            servers=self.servers(node, item),
        )

    # --- parameters -----------------------------------------------------------------------------

    def _parameters(self, path: str, item: Node, node: Node) -> dict[tuple[str, str], Parameter]:
        """The parameters of an operation; its own replace those of its path."""
        found: dict[tuple[str, str], Parameter] = {}
        for written in (*item.get("parameters", ()), *node.get("parameters", ())):
            parameter = self._parameter(self._follow(written), path)
            if not (parameter.place == "header" and parameter.name in IGNORED_HEADERS):
                found[(parameter.place, _key(parameter, path))] = parameter
        return found

    def _parameter(self, node: Node, path: str) -> Parameter:
        if "name" not in node or node.get("in") not in STYLES:
            raise SpecError(f"{path} has a parameter without a name or a known place")
        place, name = node["in"], str(node["name"])
        return _described(node, place, name.lower() if place == "header" else name, self._media)

    def _media(self, content: Node) -> dict[str, Node]:
        return {_media_name(name): self._follow(media) for name, media in content.items()}

    # --- bodies and answers ---------------------------------------------------------------------

    def _body(self, node: Node) -> Body:
        media = self._media(node.get("content", {}))
        return Body(
            required=node.get("required") is True,
            media={name: described.get("schema", True) for name, described in media.items()},
            encodings={
                name: json.dumps(described["encoding"], sort_keys=True)
                for name, described in media.items()
                if described.get("encoding")
            },
        )

    def _response(self, node: Node) -> Response:
        headers = {
            name.lower(): _described(self._follow(header), "header", name.lower(), self._media)
            for name, header in node.get("headers", {}).items()
            if name.lower() != "content-type"
        }
        return Response(body=self._body(node), headers=headers)

    # --- security -------------------------------------------------------------------------------

    def _security(self, alternatives: Any) -> frozenset[tuple[str, ...]]:
        """What a caller must show: any one of the alternatives, each the sorted schemes it wants.

        No alternative at all means the same as the empty one: nothing is asked for.
        """
        read = frozenset(
            tuple(sorted(self._scheme(name, scopes) for name, scopes in alternative.items()))
            for alternative in alternatives or ()
        )
        return read or frozenset({()})

    def _scheme(self, name: str, scopes: list[str]) -> str:
        """Describe a scheme by what it is: its name is no part of the interface."""
        reference = f"#/components/securitySchemes/{name}"
        content = dict(self._follow(resolve(self._document, reference)))
        content.pop("flows", None)
        if content.get("type") == "http":
            content["scheme"] = str(content.get("scheme", "")).lower()
        described = " ".join(f"{key}={content[key]}" for key in sorted(content))
        return " ".join([described, *sorted(scopes)])


def _described(node: Node, place: str, name: str, media_of: Any) -> Parameter:
    """Read a parameter or a header."""
    style = node.get("style", STYLES[place])
    content = media_of(node.get("content", {}))
    schema = node.get("schema", True)
    if content:
        style, described = next(iter(sorted(content.items())))
        schema = described.get("schema", True)
    return Parameter(
        place=place,
        name=name,
        required=place == "path" or node.get("required") is True,
        style=(style, node.get("explode", style == "form") is True),
        deprecated=node.get("deprecated") is True,
        schema=schema,
    )


def _key(parameter: Parameter, path: str) -> str:
    """Path parameters are known by their position, the others by their name."""
    if parameter.place != "path":
        return parameter.name
    names = re.findall(r"\{([^}]*)\}", path)
    if parameter.name not in names:
        raise SpecError(f"{path} has no place for its path parameter {parameter.name!r}")
    return str(names.index(parameter.name))


def _media_name(name: str) -> str:
    """A media type without the parameters that a client does not see."""
    return name.partition(";")[0].strip().lower()


def _status(status: str) -> str:
    return status.upper() if status != "default" else status


def _address(server: Node) -> str:
    """An address with its default variables, host in lower case, no slash at the end."""
    url = str(server.get("url", "/"))
    for name, variable in (server.get("variables") or {}).items():
        url = url.replace("{" + name + "}", str(variable.get("default", "")))
    scheme, mark, rest = url.partition("://")
    if mark:
        host, slash, path = rest.partition("/")
        url = f"{scheme.lower()}://{host.lower()}{slash}{path}"
    return url.rstrip("/") or "/"
