"""The documentation holds: its Python runs against the sandbox, passes mypy, and its links lead
somewhere."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import wave
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx
import pytest

from aistats import AIStatsError, ConnectionFailedError, RequestTimeoutError, Retry
from aistats._core.error_bodies import from_response
from aistats.sandbox import Sandbox
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from aistats._core.retry import Repeat

PAGES = sorted((ROOT / "docs").glob("*.md"))
TEXTS = [*PAGES, ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(ROOT.glob(".github/**/*.md"))]
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


def test_the_blocks_are_typed(tmp_path: Path) -> None:
    """mypy --strict accepts every block of the pages and of the README as it stands."""
    for number, block in enumerate([*BLOCKS, *blocks_of(ROOT / "README.md")]):
        name = f"{block.page[:-3]}_{block.line}_{number}.py".replace("-", "_")
        (tmp_path / name).write_text(block.code, encoding="utf-8")
    paths = os.pathsep.join([str(ROOT), str(ROOT / "generated")])
    done = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-m", "mypy", "--strict", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "MYPYPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    """`make docs` makes the guide and the reference; methods have their keywords and results."""
    target = tmp_path / "site"
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(ROOT / "scripts" / "build_docs.py"), str(target)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    guide = {page.stem for page in (target / "guide").glob("*.html")}
    assert guide == {page.stem for page in PAGES}
    videos = shown(target / "aistats" / "job_resources.html", "Videos.create")
    for expected in ("VideoJob [ Mode ]", "aspect_ratio", "int", "required", "may have started"):
        assert expected in videos
    assert "Pages of" in shown(target / "aistats" / "job_resources.html", "Videos.list")
    assert "aistats.resources.Responses" in shown(target / "aistats.html", "AIStats")


def shown(page: Path, name: str) -> str:
    """Give the text of one entry of the reference."""
    html = page.read_text(encoding="utf-8")
    entry = html.partition(f'id="{name}"')[2].partition("</section>")[0]
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
