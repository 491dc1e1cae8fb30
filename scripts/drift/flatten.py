"""Flatten a document to facts by operation and place, with everything that is assumed made plain."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from scripts.drift.verdicts import DOCUMENT
from scripts.spec.facts import resolve
from scripts.spec.grammar import METHODS, Node, SpecError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.drift.schema import SchemaReader

    Found = Iterator[tuple[tuple[str, ...], "Fact"]]

# Header parameters of these names are described elsewhere, says the specification.
IGNORED_HEADERS: Final = frozenset({"accept", "authorization", "content-type"})
STYLES: Final = {"path": "simple", "header": "simple"}  # elsewhere: form
FIELDS: Final = {"request": "request-parameter", "response": "response-header"}
PLACES: Final = frozenset({"path", "query", "header", "cookie", "querystring"})
BINARY_MEDIA: Final = re.compile(
    r"(audio|font|image|model|video)/.*|application/(octet-stream|pdf|zip|gzip)"
)
BINARY: Final = {"type": "string", "format": "binary"}  # how 3.0 says what needs no schema in 3.1


@frozen
class Fact:
    """What a document says in one place; the rule says how two such values are compared."""

    rule: str
    value: Any
    at: str  # the place, for people
    kind: str = ""  # of a change, or how it begins
    shown: bool = True  # whether a report shows the values
    needed: bool = False  # whether a client must send what is new

    @property
    def side(self) -> str:
        """Whether a client sends or receives it."""
        return self.kind.partition("-")[0]


Facts = dict[tuple[str, ...], Fact]


@frozen
class Operation:
    """One operation as a client meets it: its facts by place."""

    label: str
    method: str = ""
    name: str = ""
    facts: Facts = field(factory=dict)

    @property
    def shown(self) -> str:
        """How a report names it."""
        return self.name or self.label


class Flattener:
    """Reads the facts of one document."""

    def __init__(self, document: Node, schemas: SchemaReader) -> None:
        """Read from this document, whose schemas are read by that."""
        self._document = document
        self._schemas = schemas
        self._flows: dict[str, dict[str, str]] = {}

    def operations(self) -> dict[str, Operation]:
        """Every operation by method and path, path parameters left unnamed; `*` is the document."""
        found: dict[str, Operation] = {}
        for section, prefix in (("paths", ""), ("webhooks", "webhook:")):
            for path, written in self._document.get(section, {}).items():
                item = self._follow(written)
                for method in (method for method in METHODS if method in item):
                    label, node = f"{method.upper()} {prefix}{path}", item[method]
                    key = label if unnamed(label) in found else unnamed(label)
                    secured = {"security": self._document.get("security")} if not prefix else {}
                    facts = dict(self._whose(item, secured | node))
                    facts |= dict(
                        self._webhook(item, node) if prefix else self._call(path, item, node)
                    )
                    found[key] = Operation(
                        label, prefix + method, node.get("operationId", ""), facts
                    )
        return found | {DOCUMENT: Operation(DOCUMENT, facts=dict(self._whole()))}

    def _whole(self) -> Found:
        version = self._document.get("openapi")
        yield ("openapi",), Fact("value", version, "openapi", "openapi-version-changed")
        yield ("servers",), Fact("servers", (self._servers(), False), "servers")
        for scheme, flows in sorted(self._flows.items()):
            yield (scheme,), Fact("gate", True, "")
            for word, url in sorted(flows.items()):
                at, key = f"security {word}", (scheme, word)
                yield key, Fact("presence", url, at, "security-flow")
                yield (*key, "url"), Fact("value", url, at, "security-flow-changed")

    def _follow(self, node: Node) -> Node:
        for _ in range(20):
            if "$ref" not in node:
                return node
            node = resolve(self._document, node["$ref"])
        raise SpecError("a chain of references is too long or turns in a circle")

    def _whose(self, item: Node, node: Node) -> Found:
        name, deprecated = node.get("operationId", ""), node.get("deprecated") is True
        yield ("id",), Fact("value", name, "operationId", "operation-id-changed")
        yield ("deprecated",), Fact("value", deprecated, "deprecated", "deprecated-changed")
        yield ("security",), Fact("security", self._security(node.get("security")), "security")
        own = any(owner.get("servers") for owner in (node, item))
        yield ("servers",), Fact("servers", (self._servers(node, item), not own), "servers")

    def _call(self, path: str, item: Node, node: Node) -> Found:
        yield from self._fields("request-parameter", "request", self._parameters(path, item, node))
        if "requestBody" in node:
            body = self._follow(node["requestBody"])
            needed = body.get("required") is True
            at = "request body"
            yield ("body",), Fact("presence", True, at, "request-body", shown=False, needed=needed)
            yield ("body", "required"), Fact("flag", needed, at, "request-body", shown=False)
            yield from _under(("body",), self._content("request", "request body", body))
        yield from self._answers("response", "response", node)

    def _webhook(self, item: Node, node: Node) -> Found:
        """A webhook travels the other way: a client receives its body and gives the answer."""
        yield from self._fields("response-header", "webhook", self._parameters("", item, node))
        body = self._follow(node.get("requestBody", {}))
        needed = body.get("required") is True
        yield ("required",), Fact("flag", needed, "webhook body", "response-body", shown=False)
        yield from self._content("response", "webhook body", body)
        yield from self._answers("request", "webhook answer", node)

    def _answers(self, side: str, at: str, node: Node) -> Found:
        for written, answer in sorted(node.get("responses", {}).items()):
            status, followed = written.replace("x", "X"), self._follow(answer)
            kind = "response-success" if status.startswith("2") else "response-status"
            kind = "webhook-answer" if side == "request" else kind
            place = f"{at} {status}"
            yield (place,), Fact("presence", status, place, kind)
            yield from _under((place,), self._content(side, place, followed))
            yield from _under((place,), self._fields(FIELDS[side], place, self._headers(followed)))

    # --- parameters and headers -----------------------------------------------------------------

    def _parameters(self, path: str, item: Node, node: Node) -> dict[str, Node]:
        """The parameters of an operation; its own replace those of its path."""
        found: dict[str, Node] = {}
        for written in (*item.get("parameters", ()), *node.get("parameters", ())):
            parameter = self._follow(written)
            place, name = parameter.get("in"), str(parameter.get("name", ""))
            if place not in PLACES or not name:
                raise SpecError(f"{path} has a parameter without a name or a known place")
            name = name.lower() if place == "header" else name
            if place != "header" or name not in IGNORED_HEADERS:
                found[f"{place} {_key(place, name, path)}"] = parameter | {"name": name}
        return found

    def _headers(self, node: Node) -> dict[str, Node]:
        named = {name.lower(): self._follow(one) for name, one in node.get("headers", {}).items()}
        named.pop("content-type", None)
        return {
            f"header {name}": one | {"in": "header", "name": name} for name, one in named.items()
        }

    def _fields(self, kind: str, at: str, nodes: dict[str, Node]) -> Found:
        """Facts of parameters, or of the headers of an answer."""
        for key, node in sorted(nodes.items()):
            label = f"{node['in']} {node['name']}"
            place, needed = f"{at} {label}", node["in"] == "path" or node.get("required") is True
            media = sorted(self._media(node).items())
            schema = (media[0][1] if media else node).get("schema", True)
            style = ", ".join(name for name, _ in media) or self._style(node, schema)
            deprecated, empty = (node.get(w) is True for w in ("deprecated", "allowEmptyValue"))
            sent = kind == "request-parameter"
            yield (key,), Fact("presence", label, place, kind, shown=sent, needed=sent and needed)
            if node["in"] == "path":
                name = node["name"]
                yield (key, "name"), Fact("value", name, place, "path-parameter-renamed")
            yield (key, "required"), Fact("flag", needed, place, kind, shown=False)
            yield (key, "deprecated"), Fact("value", deprecated, place, "deprecated-changed")
            yield (key, "style"), Fact("value", style, place, f"{kind}-style-changed")
            yield (key, "empty"), Fact("value", empty, place, f"{kind}-emptiness-changed")
            yield (key, "schema"), Fact("schema", schema, place, kind)

    def _style(self, node: Node, schema: Any) -> str:
        """Exploding or not is all the same for a parameter that is a single value."""
        style = node.get("style", STYLES.get(node["in"], "form"))
        plains = self._schemas.read(schema).alternatives
        single = not any(plain.types & {"array", "object"} for plain in plains)
        explode = style == "form" if single else node.get("explode", style == "form") is True
        words = [style, "exploded" if explode else "not exploded"]
        return ", ".join(words + ["reserved characters"] * (node.get("allowReserved") is True))

    # --- bodies ---------------------------------------------------------------------------------

    def _media(self, node: Node) -> dict[str, Node]:
        """The content by media type; a character set is no part of a name that stands alone."""
        content = {name.strip().lower(): media for name, media in node.get("content", {}).items()}
        plain = {name: re.sub(r"\s*;\s*charset=[^;]*", "", name) for name in content}
        names = list(plain.values())
        return {
            plain[name] if names.count(plain[name]) == 1 else name: self._follow(media)
            for name, media in sorted(content.items())
        }

    def _content(self, side: str, at: str, node: Node) -> Found:
        """Facts of a body: its media types, and for each its schema and how parts are encoded."""
        content = self._media(node)
        if side == "response" and content:
            yield ("content",), Fact("presence", list(content), at, "response-body")
        for name, media in content.items():
            place, key = f"{at} {name}", ("content", name)
            yield key, Fact("presence", name, at, f"{side}-media-type")
            schema, item = media.get("schema", True), media.get("itemSchema", True)
            binary = schema in (True, {}) and BINARY_MEDIA.fullmatch(name)
            yield (*key, "schema"), Fact("schema", BINARY if binary else schema, place, side)
            yield (*key, "item"), Fact("schema", item, f"{place} item", side)
            encodings = {part: dict(one) for part, one in sorted(media.get("encoding", {}).items())}
            for part, one in encodings.items():
                headers = self._headers({"headers": one.pop("headers", {})})
                fields = self._fields(FIELDS[side], f"{place} {part}", headers)
                yield from _under((*key, part), fields)
            said = json.dumps({part: one for part, one in encodings.items() if one}, sort_keys=True)
            yield (
                (*key, "encoding"),
                Fact("value", said, place, f"{side}-encoding-changed", shown=False),
            )

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
        node = self._follow(resolve(self._document, f"#/components/securitySchemes/{name}"))
        content = {key: node[key] for key in sorted(node) if key not in ("flows", "deprecated")}
        if content.get("type") == "http":
            content["scheme"] = str(content.get("scheme", "")).lower()
        described = " ".join(f"{key}={value}" for key, value in content.items())
        flows = self._flows.setdefault(described, {})
        for flow, words in node.get("flows", {}).items():
            flows |= {f"{flow} scope {scope}": scope for scope in words.get("scopes", {})}
            flows |= {f"{flow} {key}": url for key, url in words.items() if key != "scopes"}
        flows |= {"deprecated": "deprecated"} if node.get("deprecated") is True else {}
        return " ".join([described, *sorted(scopes)])


def _under(key: tuple[str, ...], facts: Found) -> Found:
    return ((key + inner, fact) for inner, fact in facts)


def unnamed(path: str) -> str:
    """A path whose parameters have no names."""
    return re.sub(r"\{[^}]*\}", "{}", path)


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
    for name, variable in server.get("variables", {}).items():
        url = url.replace("{" + name + "}", str(variable.get("default", "")))
    scheme, mark, rest = url.partition("://")
    if mark:
        host, slash, path = rest.partition("/")
        url = f"{scheme.lower()}://{host.lower()}{slash}{path}"
    return url.rstrip("/") or "/"


def _choices(server: Node) -> Node:
    """What the variables of an address may be; None is anything."""
    variables = server.get("variables", {}).items()
    return {name: sorted(map(str, v["enum"])) if "enum" in v else None for name, v in variables}
