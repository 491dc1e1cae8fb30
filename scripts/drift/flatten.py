"""Flatten a document to facts by operation and place, with everything that is assumed made plain."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from scripts.spec.facts import resolve
from scripts.spec.grammar import METHODS, Node, SpecError

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT: Final = "*"  # stands for the operation of what concerns the whole document
# Header parameters of these names are described elsewhere, says the specification.
IGNORED_HEADERS: Final = frozenset({"accept", "authorization", "content-type"})
STYLES: Final = {
    "path": "simple", "header": "simple", "query": "form", "cookie": "form", "querystring": "form"
}  # fmt: skip
BINARY_MEDIA: Final = re.compile(
    r"(audio|font|image|model|video)/.*|application/(octet-stream|pdf|zip|gzip)"
)
BINARY: Final = {"type": "string", "format": "binary"}  # how 3.0 says what needs no schema in 3.1


@frozen
class Fact:
    """What a document says in one place; the rule says how two such values are compared."""

    rule: str
    value: Any = None
    at: str = ""  # the place, for people
    side: str = ""  # "request" or "response": what a client sends or receives


Facts = dict[tuple[str, ...], Fact]


@frozen
class Operation:
    """One operation as a client meets it: its facts by place."""

    label: str
    method: str = ""
    name: str = ""
    facts: Facts = field(factory=dict)


@frozen
class Parameter:
    """A parameter or a header by itself."""

    label: str
    name: str
    required: bool


class Flattener:
    """Reads the facts of one document."""

    def __init__(self, document: Node) -> None:
        """Read from this document."""
        self._document = document
        self._flows: dict[str, dict[str, str]] = {}

    def operations(self) -> dict[str, Operation]:
        """Every operation by method and path, path parameters left unnamed; `*` is the document."""
        found: dict[str, Operation] = {}
        for section, prefix in (("paths", ""), ("webhooks", "webhook:")):
            for path, written in self._document.get(section, {}).items():
                item = self._follow(written)
                for method in METHODS:
                    if method not in item:
                        continue
                    label = f"{method.upper()} {prefix}{path}"
                    unnamed = re.sub(r"\{[^}]*\}", "{}", label)
                    facts = dict(self._operation(path, item, item[method], prefix))
                    name = item[method].get("operationId", "")
                    key = label if unnamed in found else unnamed
                    found[key] = Operation(label, prefix + method, name, facts)
        return found | {DOCUMENT: Operation(DOCUMENT, facts=self._whole())}

    def _whole(self) -> Facts:
        servers = Fact("servers", (self._servers(), False))
        flows = {
            ("security", scheme): Fact("flows", flows, scheme)
            for scheme, flows in sorted(self._flows.items())
        }
        version = Fact("openapi-version", self._document.get("openapi"), "openapi")
        return {("openapi",): version, ("servers",): servers, **flows}

    def _follow(self, node: Node) -> Node:
        for _ in range(20):
            if "$ref" not in node:
                return node
            node = resolve(self._document, node["$ref"])
        raise SpecError("a chain of references is too long or turns in a circle")

    def _operation(
        self, path: str, item: Node, node: Node, prefix: str
    ) -> Iterator[tuple[tuple[str, ...], Fact]]:
        yield ("id",), Fact("operation-id", node.get("operationId", ""), "operationId")
        yield ("deprecated",), Fact("deprecated", node.get("deprecated") is True, "deprecated")
        security = self._security(node.get("security", self._document.get("security")))
        yield ("security",), Fact("security", security, "security")
        own = any(owner.get("servers") for owner in (node, item))
        yield ("servers",), Fact("servers", (self._servers(node, item), not own))
        body = node.get("requestBody")
        body = None if body is None else self._follow(body)
        parameters = self._parameters(path, item, node)
        responses = {
            status if status == "default" else status.upper(): self._follow(answer)
            for status, answer in sorted(node.get("responses", {}).items())
        }
        if prefix:  # a webhook travels the other way: its body is what a client receives
            yield from self._fields("response", parameters, "webhook")
            yield from self._content("response", "webhook body", body or {})
            yield from self._answers("webhook-answers", "request", "webhook answer", responses)
            return
        yield from self._fields("request", parameters, "request")
        if body is not None:
            yield ("request body",), Fact("body", body.get("required") is True, "request body", "request")
            yield from self._content("request", "request body", body)
        yield from self._answers("statuses", "response", "response", responses)

    # --- parameters and headers -----------------------------------------------------------------

    def _parameters(self, path: str, item: Node, node: Node) -> dict[str, Node]:
        """The parameters of an operation; its own replace those of its path."""
        found: dict[str, Node] = {}
        for written in (*item.get("parameters", ()), *node.get("parameters", ())):
            parameter = self._follow(written)
            place, name = parameter.get("in"), str(parameter.get("name", ""))
            if place not in STYLES or not name:
                raise SpecError(f"{path} has a parameter without a name or a known place")
            if place == "header":
                name = name.lower()
            if place != "header" or name not in IGNORED_HEADERS:
                found[f"{place} {_key(place, name, path)}"] = parameter | {"name": name}
        return dict(sorted(found.items()))

    def _headers(self, node: Node) -> dict[str, Node]:
        named = {name.lower(): header for name, header in node.get("headers", {}).items()}
        return {
            name: {**self._follow(header), "in": "header", "name": name}
            for name, header in sorted(named.items())
            if name != "content-type"
        }

    def _fields(
        self, side: str, nodes: dict[str, Node], at: str
    ) -> Iterator[tuple[tuple[str, ...], Fact]]:
        """Facts of parameters, or of the headers of an answer."""
        labels = {key: f"{node['in']} {node['name']}" for key, node in nodes.items()}
        required = {
            key: node["in"] == "path" or node.get("required") is True for key, node in nodes.items()
        }
        rule = "parameters" if side == "request" else "headers"
        listed = {
            key: Parameter(labels[key], nodes[key]["name"], required[key]) for key in nodes
        }
        yield (at, rule), Fact(rule, listed, at, side)
        for key, node in nodes.items():
            here, place = (at, key), f"{at} {labels[key]}"
            yield here, Fact("gate")
            if node["in"] == "path":
                yield (*here, "name"), Fact("path-parameter", node["name"], place)
            yield (*here, "required"), Fact(f"required {rule[:-1]}", required[key], place, side)
            yield (*here, "deprecated"), Fact("deprecated", node.get("deprecated") is True, place)
            yield (*here, "style"), Fact(f"{rule[:-1]}-style", self._style(node), place, side)
            empty = node.get("allowEmptyValue") is True
            yield (*here, "empty"), Fact("permission", empty, f"{place} allowEmptyValue", side)
            media = [content for _, content in sorted(self._media(node).items())]
            schema = (media[0] if media else node).get("schema", True)
            yield (*here, "schema"), Fact("schema", schema, place, side)

    def _style(self, node: Node) -> tuple[str, bool, bool, Any]:
        """The style, whether it explodes, whether anything goes unescaped, and the schema."""
        style = next(iter(sorted(self._media(node))), node.get("style", STYLES[node["in"]]))
        explode = node.get("explode", style == "form") is True
        return style, explode, node.get("allowReserved") is True, node.get("schema", True)

    # --- bodies and answers ---------------------------------------------------------------------

    def _media(self, node: Node) -> dict[str, Node]:
        """The content by media type; a character set is no part of a name that stands alone."""
        content = {name.strip().lower(): media for name, media in node.get("content", {}).items()}
        plain = {name: re.sub(r"\s*;\s*charset=[^;]*", "", name) for name in content}
        names = list(plain.values())
        return {
            plain[name] if names.count(plain[name]) == 1 else name: self._follow(media)
            for name, media in sorted(content.items())
        }

    def _content(
        self, side: str, at: str, node: Node
    ) -> Iterator[tuple[tuple[str, ...], Fact]]:
        """Facts of a body: its media types, and for each its schema and how parts are encoded."""
        content = self._media(node)
        if side == "response" and at.startswith("webhook"):
            required = node.get("required") is True
            yield (at, "required"), Fact("required body", required, at, side)
        yield (at, "media"), Fact("media", sorted(content), at, side)
        for name, media in content.items():
            here, place = (at, name), f"{at} {name}"
            yield here, Fact("gate")
            encodings, fields = self._encodings(media)
            yield (*here, "encoding"), Fact("encoding", encodings, place, side)
            for part, headers in fields.items():
                for key, fact in self._fields(side, headers, f"{place} {part}"):
                    yield (*here, *key), fact
            schema = media.get("schema", True)
            binary = schema in (True, {}) and BINARY_MEDIA.fullmatch(name)
            yield (*here, "schema"), Fact("schema", BINARY if binary else schema, place, side)
            item = media.get("itemSchema", True)
            yield (*here, "item"), Fact("schema", item, f"{place} item", side)

    def _encodings(self, media: Node) -> tuple[str, dict[str, dict[str, Node]]]:
        """How the parts of a body are written, and the headers of each."""
        words, headers = {}, {}
        for part, encoding in sorted(media.get("encoding", {}).items()):
            headers[part] = self._headers(encoding)
            words[part] = {key: value for key, value in encoding.items() if key != "headers"}
        said = {part: one for part, one in words.items() if one}
        return json.dumps(said, sort_keys=True), headers

    def _answers(
        self, rule: str, side: str, at: str, responses: dict[str, Node]
    ) -> Iterator[tuple[tuple[str, ...], Fact]]:
        yield (at,), Fact(rule, sorted(responses), at)
        for status, answer in responses.items():
            place = f"{at} {status}"
            yield (place,), Fact("gate")
            for key, fact in self._content(side, place, answer):
                yield (place, *key), fact
            for key, fact in self._fields(side, self._headers(answer), place):
                yield (place, *key), fact

    # --- servers and security -------------------------------------------------------------------

    def _servers(self, *owners: Node) -> dict[str, Node]:
        """The addresses that apply, those of the nearest owner that names any; their variables."""
        named = next((owner["servers"] for owner in owners if owner.get("servers")), None)
        listed = named or self._document.get("servers") or [{"url": "/"}]
        return {_address(server): _choices(server) for server in listed}

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
        content = dict(
            self._follow(resolve(self._document, f"#/components/securitySchemes/{name}"))
        )
        aside = {key: content.pop(key, None) for key in ("flows", "deprecated")}
        if content.get("type") == "http":
            content["scheme"] = str(content.get("scheme", "")).lower()
        described = " ".join(f"{key}={content[key]}" for key in sorted(content))
        flows = self._flows.setdefault(described, {})
        for flow, words in (aside["flows"] or {}).items():
            flows |= {f"{flow} scope {scope}": scope for scope in words.get("scopes", {})}
            flows |= {f"{flow} {key}": url for key, url in words.items() if key != "scopes"}
        if aside["deprecated"] is True:
            flows["deprecated"] = "deprecated"
        return " ".join([described, *sorted(scopes)])


def _key(place: str, name: str, path: str) -> str:
    """Path parameters are known by their position, the others by their name."""
    if place != "path":
        return name
    names = re.findall(r"\{([^}]*)\}", path)
    if name not in names:
        raise SpecError(f"{path} has no place for its path parameter {name!r}")
    return str(names.index(name))


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


def _choices(server: Node) -> Node:
    """What the variables of an address may be; None is anything."""
    variables = (server.get("variables") or {}).items()
    return {name: sorted(map(str, v["enum"])) if "enum" in v else None for name, v in variables}
