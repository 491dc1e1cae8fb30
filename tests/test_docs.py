"""The documentation holds: its Python runs against the sandbox, passes mypy, and its links lead
somewhere."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import wave
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx
import pytest

from aistats import AIStatsError, ConnectionFailedError, RequestTimeoutError, Retry
from aistats._core.error_bodies import from_response
from aistats.sandbox import Sandbox
from aistats.sandbox.catalogue import MODELS
from tests.conftest import ROOT
from tests.recorded import exchanges

if TYPE_CHECKING:
    from pathlib import Path

    from aistats._core.retry import Repeat

PAGES = sorted((ROOT / "docs").glob("*.md"))
TEXTS = [
    *PAGES,
    *sorted((ROOT / "docs" / "reference").glob("*.md")),
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted(ROOT.glob(".github/**/*.md")),
]
PNG = b"\x89PNG\r\n\x1a\n"


class Block(NamedTuple):
    """A fenced block of Python."""

    page: str
    line: int
    code: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks_of(page: Path) -> list[Block]:
    """List the Python of a page."""
    text = page.read_text(encoding="utf-8")
    found = re.finditer(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [Block(page.name, text.count("\n", 0, m.start()) + 2, m[1]) for m in found]


# docs/sandbox.md is about pytest: test_sandbox_docs.py runs its blocks as tests.
BLOCKS = [block for page in PAGES if page.name != "sandbox.md" for block in blocks_of(page)]


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_a_block_runs(block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each block runs on its own, in a folder with the files that the pages speak of."""
    furnish(tmp_path)
    with Sandbox() as gateway:
        gateway.videos.plan(polls=0)  # ended when created: the waiter has nothing to sleep for
        gateway.batches.plan(polls=0)
        gateway.music.plan(polls=0)
        for name, value in gateway.environment().items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(tmp_path)
        code = compile("\n" * (block.line - 1) + block.code, block.page, "exec")
        exec(code, {"__name__": "__main__"})  # noqa: S102 - our own text
    named = re.findall(r"""(?:download|save)\([^()]*?["']([\w.-]+)["']""", block.code)
    assert [name for name in named if not (tmp_path / name).stat().st_size] == []


def furnish(folder: Path) -> None:
    """Make the files that the pages read."""
    with wave.open(str(folder / "question.wav"), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(1600))
    (folder / "photo.png").write_bytes(PNG)
    message = {"role": "user", "content": "hello"}
    body = {"model": "openai/gpt-5-nano", "messages": [message], "max_tokens": 100}
    line = {"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": body}
    (folder / "requests.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def files_of_blocks(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Every block of the pages and of the README as a file of its own."""
    folder, paths = tmp_path_factory.mktemp("blocks"), []
    for block in [*BLOCKS, *blocks_of(ROOT / "README.md")]:
        path = folder / f"{block.page[:-3].replace('-', '_')}_{block.line}.py"
        path.write_text(f"# pyright: strict\n{block.code}", encoding="utf-8")
        paths.append(str(path))
    return paths


def checked(*arguments: str) -> str:
    """Run a tool of ours at the root; give what it wrote."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "generated")])
    done = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env={**os.environ, "MYPYPATH": paths, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return done.stdout


def test_mypy_accepts_the_blocks(files_of_blocks: list[str]) -> None:
    """Each of them, strictly, as it stands."""
    found = checked("mypy", "--strict", *files_of_blocks)
    assert found == f"Success: no issues found in {len(files_of_blocks)} source files\n"


def test_pyright_accepts_the_blocks(files_of_blocks: list[str]) -> None:
    """Each of them, strictly, as it stands."""
    summary = json.loads(checked("pyright", "--outputjson", *files_of_blocks))["summary"]
    assert summary["filesAnalyzed"] == len(files_of_blocks)


def test_the_loop_of_tools_calls_the_tool(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The model asks for the call that is planned, gets its result, and answers."""
    (loop,) = [block for block in BLOCKS if "tool_calls" in block.code]
    assert len(loop.code.partition("    while True:\n")[2].splitlines()) <= 15
    with Sandbox() as gateway:
        gateway.text.plan("Take an umbrella.")
        gateway.text.plan(tool=("weather", {"city": "Bergen"}), next=1)
        for name, value in gateway.environment().items():
            monkeypatch.setenv(name, value)
        exec(loop.code, {"__name__": "__main__"})  # noqa: S102 - our own text
        first, second = gateway.requests.assert_called("chat.completions.create", times=2)
    assert len(first.json["messages"]) == 1
    _, call, result = second.json["messages"]
    assert call["tool_calls"][0]["function"]["name"] == "weather"
    assert result["tool_call_id"] == call["tool_calls"][0]["id"]
    assert result["content"] == "It rains in Bergen."
    assert capsys.readouterr().out == "Take an umbrella.\n"


NO_MODELS = {"openai/no-such-model"}
MAKERS = "anthropic|cohere|elevenlabs|google|minimax|mistral|openai|suno"


@pytest.mark.parametrize("page", TEXTS, ids=lambda page: page.name)
def test_the_models_that_are_named_exist(page: Path) -> None:
    """The catalogue of the sandbox has them, and where the recorded one tells, it has them too."""
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(rf"\b(?:{MAKERS})/[a-z][a-z0-9.-]*[a-z0-9]", text)) - NO_MODELS
    assert named <= {model.id for model in MODELS}
    if models := exchanges("platform").get("models_list", {}):
        recorded = {model["id"] for model in models["response"]["body"]["models"]}
        kinds = {maker_and_family(model) for model in recorded}
        assert {name for name in named if maker_and_family(name) in kinds} <= recorded


def maker_and_family(model: str) -> str:
    """Give the part of an id that versions of one model share."""
    return re.split(r"[-.\d]", model)[0]


class Links(HTMLParser):
    """The links and the anchors of a page of the site."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.anchors: set[str] = set()
        self.loaded: set[str] = set()
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag leads to, what can lead to it, and what it loads."""
        found = {name: value for name, value in attrs if value}
        self.anchors |= {found[name] for name in ("id", "name") if name in found}
        if tag == "a" and "href" in found:
            self.links.add(found["href"])
        elif tag in {"link", "script", "img", "iframe"}:
            self.loaded |= {found[name] for name in ("href", "src") if name in found}


def test_the_site_is_whole(tmp_path: Path) -> None:
    """`make docs` warns of nothing; nothing on the site is dead or loaded from elsewhere."""
    assert checked("mkdocs", "build", "--strict", "--quiet", "-d", str(tmp_path)) == ""
    found = {path: Links(path) for path in tmp_path.rglob("*.html")}
    dead = [
        (path.name, link)
        for path, page in found.items()
        for link in page.links
        if not re.match(r"https?:|mailto:", link) and path.name != "404.html"
        if not leads_somewhere(path, link, found)
    ]
    assert dead == []
    assert [link for page in found.values() for link in page.loaded if "//" in link] == []
    index = json.loads((tmp_path / "search" / "search_index.json").read_text(encoding="utf-8"))
    places = {entry["location"] for entry in index["docs"]}
    assert {"jobs.html#pace-and-deadline", "reference/jobs.html#aistats.Poll"} <= places
    calls = (tmp_path / "reference" / "calls.html").read_text(encoding="utf-8")
    listed = shown(calls, "aistats.resources.table.Keys.list")
    assert all(word in listed for word in ("Pages", "ApiKey", "include_disabled", "bool"))
    created = shown(calls, "aistats.resources.table.Embeddings.create")
    assert all(word in created for word in ("EmbeddingsResponse", "model", "required", "str"))
    results = (tmp_path / "reference" / "results.html").read_text(encoding="utf-8")
    assert "b64_json" in shown(results, "aistats_generated.models.Image")
    assert "reference/jobs.html#aistats.Poll" in found[tmp_path / "jobs.html"].links
    assert "../jobs.html" in found[tmp_path / "reference" / "jobs.html"].links


def leads_somewhere(path: Path, link: str, found: dict[Path, Links]) -> bool:
    """Say whether a link of a page leads to a page or a file, and to an anchor in it."""
    name, _, anchor = link.partition("#")
    target = (path.parent / name).resolve() if name else path
    return target.exists() and (not anchor or anchor in found[target].anchors)


def shown(page: str, name: str) -> str:
    """Give the text of one entry of the reference."""
    entry = page.partition(f'id="{name}"')[2].partition('class="doc doc-object ')[0]
    return re.sub(r"[\s&;]+", " ", re.sub(r"<[^>]+>", " ", entry))


@pytest.mark.parametrize("page", TEXTS, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Relative links of a page name files that are there, and headings in them."""
    links = re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", page.read_text(encoding="utf-8"))
    for path, heading in links:
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name} links to {path}"
        assert not heading or heading in anchors(target), f"{page.name} links to #{heading}"


def anchors(page: Path) -> set[str]:
    """List the anchors that a page's headings get."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {
        re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings
    }


def test_every_page_is_in_the_index() -> None:
    """The index of the documentation names each page."""
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in PAGES if f"({page.name})" not in index] == ["README.md"]


def test_the_guide_covers_its_subjects() -> None:
    """The pages of the guide are there, and have examples to run."""
    with_examples = {block.page for block in BLOCKS}
    guide = {"jobs", "streaming", "errors", "webhooks", "scaling", "files"}
    moves = {"migrate-from-openai", "migrate-from-phaseo"}
    assert {f"{name}.md" for name in guide | moves} <= with_examples


def test_the_table_of_errors_is_whole() -> None:
    """The page about errors names every error class."""
    from aistats import errors

    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    classes = [
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, errors.AIStatsError)
    ]
    assert [name for name in classes if not re.search(rf"\b{name}\b", text)] == []


def answered(status: int, **body: Any) -> list[AIStatsError]:
    """Make the error of an answer."""
    return [from_response(status, httpx.Headers(), json.dumps(body).encode())]


# The rows of the table "What is repeated", in its order, with errors that fit each of them.
REPEATS: tuple[list[AIStatsError], ...] = (
    [ConnectionFailedError("refused", may_have_run=False)],
    [
        ConnectionFailedError("reset", may_have_run=True),
        RequestTimeoutError("slow", may_have_run=True),
    ],
    [error for status in (500, 502, 503, 504, 522) for error in answered(status)],
    [
        error
        for status in (408, 409, 425, 429, 500)
        for error in answered(502, error="upstream_error", failed_statuses=[status])
    ],
    answered(502, error="upstream_error", failed_statuses=[400]),
    [error for status in (400, 402, 404, 501) for error in answered(status, error="x")],
    answered(429, error="rate_limited"),
)
COLUMNS: tuple[Repeat, ...] = ("safe", "text", "job", "once")


def test_the_table_of_repeats_is_true() -> None:
    """Each cell of the table says what the retry policy does, and so does the line on limits."""
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    table = text.partition("| what happened |")[2].partition("\n\n")[0].splitlines()[2:]
    assert len(table) == len(REPEATS)
    for line, fitting in zip(table, REPEATS, strict=True):
        for error in fitting:
            pauses = [
                Retry().pause(error, repeat=kind, attempt=1, uniform=lambda low, _: low)
                for kind in COLUMNS
            ]
            told = ["no" if pause is None else "repeated" for pause in pauses]
            assert [cell.strip() for cell in line.split("|")[2:-1]] == told, (line, error)
    (limited,) = answered(429, error="key_limit_exceeded")
    assert Retry().pause(limited, repeat="safe", attempt=1, uniform=lambda low, _: low) is None
