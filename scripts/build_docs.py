"""Write the documentation as a site: the guide from docs/*.md, the reference from the docstrings.

python scripts/build_docs.py [FOLDER]    FOLDER: where the site goes (default: site)
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import shutil
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pdoc
from attrs import frozen
from pdoc.render_helpers import to_html

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that `python scripts/x.py` works

import aistats
from aistats._engine import Operation
from aistats._lists import ListOperation
from aistats._mode import FlowMethod, HandleMethod
from aistats._streams import StreamOperation
from aistats_generated import params

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
MODULES = (
    *("aistats", "aistats.client", "aistats.resources", "aistats.job_resources", "aistats.jobs"),
    *("aistats.streaming", "aistats.stream_events", "aistats.speech", "aistats.results"),
    *("aistats.errors", "aistats.keys", "aistats.sandbox"),
)
_ROWS = (Operation, StreamOperation, ListOperation)
_GUIDE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto }}
pre {{ background: #f6f8fa; padding: .8rem; overflow-x: auto }}
td, th {{ border: 1px solid #ccc; padding: .2rem .5rem; text-align: left; vertical-align: top }}
table {{ border-collapse: collapse }}
</style></head><body>
<p><a href="README.html">Documentation</a> · <a href="../aistats.html">Reference</a></p>
{body}
</body></html>
"""


@frozen(repr=False)
class Written:
    """An annotation that is shown as it is written, not evaluated."""

    text: str

    def __repr__(self) -> str:
        return self.text


def main(arguments: list[str]) -> int:
    """Build the site; a warning of any part of it is an error."""
    target = Path(arguments[0]) if arguments else ROOT / "site"
    warnings.simplefilter("error")
    shutil.rmtree(target, ignore_errors=True)
    modules = [importlib.import_module(name) for name in MODULES]
    for module in [m for name, m in sys.modules.items() if name.partition(".")[0] == "aistats"]:
        import_what_is_for_checkers(module)
    for module in modules:
        names = {*vars(module), *getattr(module, "__all__", ())}  # some are imported when asked
        for cls in [c for name in names if inspect.isclass(c := getattr(module, name))]:
            show_members(cls)
    aistats.AIStats.__doc__ = f"{aistats.AIStats.__doc__}\n{namespaces()}"
    pdoc.render.configure(docformat="markdown", footer_text=f"aistats {aistats.__version__}")
    pdoc.pdoc(*MODULES, output_directory=target)
    pages = write_guide(target / "guide")
    print(f"{target}: {len(MODULES)} modules, {pages} pages")
    return 0


def import_what_is_for_checkers(module: ModuleType) -> None:
    """Import what stands under TYPE_CHECKING, so that annotations can be read."""
    tree = ast.parse(inspect.getsource(module))
    for node in tree.body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for line in node.body:
                if isinstance(line, ast.Import | ast.ImportFrom):
                    exec(ast.unparse(line), vars(module))  # noqa: S102 - our own source


def show_members(cls: type) -> None:
    """Put plain functions in the place of our descriptors, which pdoc takes for values."""
    if not cls.__module__.startswith("aistats"):
        return
    for name, member in list(vars(cls).items()):
        if isinstance(member, _ROWS):
            setattr(cls, name, operation(cls, name, member))
        elif isinstance(member, FlowMethod | HandleMethod):
            setattr(cls, name, method(member))
    init = vars(cls).get("__init__")
    if init is not None and hasattr(cls, "__attrs_attrs__"):
        for name, annotation in init.__annotations__.items():
            if isinstance(annotation, str):
                init.__annotations__[name] = Written(annotation)


def method(member: FlowMethod[..., Any] | HandleMethod[...]) -> Callable[..., Any]:
    """Show a flow as the method that it is for the caller."""
    signature = inspect.signature(member.flow)
    returns = str(signature.return_annotation)
    inner = re.fullmatch(r"Flow\[(.*)\]", returns)
    result = "Self" if isinstance(member, HandleMethod) else inner[1] if inner else returns
    return stand_in(member.flow, list(signature.parameters.values()), result)


def operation(cls: type, name: str, row: Any) -> Callable[..., Any]:
    """Show a row of a namespace as the method that it is for the caller."""
    source = row._signature  # noqa: SLF001 - there is no public use for it
    signature = inspect.signature(source)
    owner = inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    result = str(signature.return_annotation)
    more = ""
    if isinstance(row, ListOperation):
        result, more = f"Pages of {result}", "; iterates over all pages"
    if isinstance(row, StreamOperation):
        result, more = "Stream", "; a context manager that iterates over typed events"
    shown = stand_in(source, [owner, *signature.parameters.values()], result, more)
    shown.__qualname__, shown.__module__ = f"{cls.__qualname__}.{name}", cls.__module__
    return shown


def stand_in(
    source: Callable[..., Any], parameters: list[inspect.Parameter], result: str, more: str = ""
) -> Callable[..., Any]:
    """Make the function that pdoc documents; its keywords stand in a table below the text."""

    def shown() -> None: ...

    annotations = [str(parameter.annotation) for parameter in parameters]
    written = [
        p if p.annotation is p.empty else p.replace(annotation=Written(text))
        for p, text in zip(parameters, annotations, strict=True)
    ]
    keywords = [
        found[1] for text in annotations if (found := re.fullmatch(r"Unpack\[(\w+)\]", text))
    ]
    doc = [inspect.cleandoc(source.__doc__ or "") + more, *map(arguments_of, keywords)]
    shown.__name__, shown.__qualname__ = source.__name__, source.__qualname__
    shown.__module__, shown.__doc__ = source.__module__, "\n\n".join(doc)
    signature = inspect.Signature(written, return_annotation=Written(result))
    shown.__signature__ = signature  # type: ignore[attr-defined]  # what inspect.signature reads
    return shown


def arguments_of(name: str) -> str:
    """List the fields of a parameter type as a Markdown table, required ones first."""
    options = params.RequestOptions.__annotations__
    rows = []
    for field, annotation in vars(params)[name].__annotations__.items():
        if field in options:
            continue
        text = getattr(annotation, "__forward_arg__", str(annotation))
        required = re.fullmatch(r"Required\[(.*)\]", text)
        kind = (required[1] if required else text).replace("|", "\\|")
        rows.append((not required, f"| `{field}` | `{kind}` | {'required' if required else ''} |"))
    table = ["| keyword | type | |", "|---|---|---|", *(row for _, row in sorted(rows))]
    common = f"Options of every call: {', '.join(f'`{option}`' for option in options)}."
    return "\n".join([*(table if rows else []), "", common])


def namespaces() -> str:
    """List the namespaces of a client as a Markdown table."""
    client = aistats.AIStats("phaseo_v1_sk_demo00000000_not-a-real-secret")
    rooms = {n: type(v) for n, v in vars(client).items() if not n.startswith("_")}
    rows = [
        f"| `{name}` | `{kind.__module__}.{kind.__name__}` | {inspect.getdoc(kind) or ''} |"
        for name, kind in sorted(rooms.items())
    ]
    return "\n".join(["| namespace | class | |", "|---|---|---|", *rows])


def write_guide(target: Path) -> int:
    """Turn docs/*.md into pages beside the reference."""
    target.mkdir(parents=True)
    pages = sorted((ROOT / "docs").glob("*.md"))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        body = re.sub(r'href="([\w-]+)\.md', r'href="\1.html', str(to_html(text)))
        body = re.sub(r'<a href="\.\./[^"]*">(.*?)</a>', r"\1", body)  # not part of the site
        title = text.partition("\n")[0].lstrip("# ")
        html = _GUIDE.format(title=title, body=body)
        (target / f"{page.stem}.html").write_text(html, encoding="utf-8")
    return len(pages)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
