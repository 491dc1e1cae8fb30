"""The command: exit statuses, bad input, the baseline, the three outputs, the methods touched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import aistats
from aistats import jobs
from scripts import check_drift
from scripts.drift.touches import BESIDES, public_methods, python_name
from scripts.spec import load, pipeline
from scripts.spec.grammar import operations

BASE = Path(__file__).parent / "vectors" / "drift" / "base.yaml"


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    """A newer upstream: a status more in answers, an operation more, a field less in requests."""
    document = load.parse(load.read_file(BASE), "base")
    thing = document["components"]["schemas"]["Thing"]["properties"]
    thing["status"]["enum"].append("late|`@everyone` <b>")
    document["paths"]["/new"] = {"get": {"operationId": "new", "responses": {"200": {}}}}
    path = tmp_path / "upstream.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def run(upstream: Path | str, *more: str) -> int:
    """Compare base.yaml with another document."""
    fixed = ["--vendored", str(BASE), "--overlay", "none", "--baseline", "none"]
    return check_drift.main([*fixed, "--upstream", str(upstream), *more])


def baseline(tmp_path: Path, *entries: dict[str, Any]) -> str:
    """Write a baseline file and give its path."""
    path = tmp_path / "baseline.yaml"
    path.write_text(json.dumps({"acknowledged": entries}), encoding="utf-8")
    return str(path)


NEW_PATH = {"kind": "path-added", "operation": "GET /new", "reason": "not for this client"}
LATE = {
    "operation": "* /things*",
    "new": "late|`@everyone` <b>",
    "reason": "the waiter treats unknown words as running",
}


def late(direction: str) -> dict[str, str]:
    """An entry for the new status in one direction."""
    return LATE | {"kind": f"{direction}-enum-value-added"}


def test_our_own_description_is_not_upstream(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By whatever path it is named; it would be the same as itself, or look like a drift."""
    monkeypatch.chdir(pipeline.ROOT)
    for path in ("openapi.yaml", str(pipeline.ROOT / "scripts" / ".." / "openapi.yaml")):
        assert check_drift.main(["--upstream", path]) == 2
        assert f"{path} is our own description" in capsys.readouterr().err


def test_no_drift_is_status_0(capsys: pytest.CaptureFixture[str]) -> None:
    """One line says that nothing differs."""
    assert run(BASE) == 0
    assert capsys.readouterr().out.strip().endswith("no drift")


def test_drift_is_status_1_and_is_grouped_breaking_first(
    upstream: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first group breaks callers, says what softens it, and the summary counts."""
    assert run(upstream) == 1
    summary, _, group, first, *rest = capsys.readouterr().out.splitlines()
    assert "3 breaking, 2 additive" in summary
    assert group == "GET /things, GET /things/{id}, POST /things"
    assert first.split()[:2] == ["breaking", "response-enum-value-added"]
    assert any("at run time: an unknown value is kept as plain text" in line for line in rest)
    assert any("additive  path-added" in line for line in rest)


def test_json_has_one_entry_for_each_operation(
    upstream: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Programs get every operation that a change reaches, with the values as data."""
    assert run(upstream, "--format", "json") == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["drift"], report["breaking"]) == (True, True)
    assert {
        "kind": "response-enum-value-added",
        "severity": "breaking",
        "operation": "GET /things/{id}",
        "at": "response 200 application/json.status",
        "old": None,
        "new": "late|`@everyone` <b>",
        "acknowledged": False,
    }.items() <= next(
        change.items() for change in report["changes"] if change["operation"] == "GET /things/{id}"
    )


def test_markdown_quotes_what_upstream_wrote(
    upstream: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A value of upstream's can neither mention anybody nor break out of its cell."""
    assert run(upstream, "--format", "markdown") == 1
    text = capsys.readouterr().out
    assert "### Breaking (1)" in text
    row = next(line for line in text.splitlines() if "@everyone" in line)
    assert "`— → late\\|'@everyone' <b>`" in row
    assert row.replace("\\|", "").count("|") == 7


def test_acknowledged_changes_are_shown_and_do_not_count(
    upstream: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With every difference acknowledged the check passes; each is listed with its reason."""
    file = baseline(tmp_path, NEW_PATH, late("response"), late("request"))
    assert run(upstream, "--baseline", file, "--format", "json") == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["drift"], report["breaking"]) == (False, False)
    assert all(change["acknowledged"] for change in report["changes"])
    assert run(upstream, "--baseline", file) == 0
    text = capsys.readouterr().out
    assert "no drift (5 acknowledged)" in text
    assert "acknowledged: not for this client" in text


def test_a_value_that_the_entry_does_not_cover_stays_drift(upstream: Path, tmp_path: Path) -> None:
    """Acknowledging one new value does not wave the next one through."""
    other = late("response") | {"new": "another"}
    assert run(upstream, "--baseline", baseline(tmp_path, NEW_PATH, other, late("request"))) == 1


def test_an_entry_may_name_the_schema_instead_of_the_operations(
    upstream: Path, tmp_path: Path
) -> None:
    """One entry covers a change of a shared schema wherever it reaches."""
    shared = {"kind": "response-enum-value-added", "at": "Thing.status", "reason": "r"}
    file = baseline(tmp_path, NEW_PATH, shared, shared | {"kind": "request-enum-value-added"})
    assert run(upstream, "--baseline", file, "--strict") == 0
    file = baseline(tmp_path, NEW_PATH, shared | {"at": "Thing.note"}, late("request"))
    assert run(upstream, "--baseline", file) == 1


def test_a_stale_entry_is_reported_and_fails_when_strict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An acknowledged difference that is gone should leave the baseline."""
    file = baseline(tmp_path, NEW_PATH)
    assert run(BASE, "--baseline", file) == 0
    assert "stale baseline entry: path-added at GET /new" in capsys.readouterr().out
    assert run(BASE, "--baseline", file, "--strict") == 1


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"reason": ""}, "has no reason"),
        ({"reason": None}, "has no reason"),
        ({"kind": None}, "has no kind"),
        ({"kind": "path-adde"}, "unknown kind of change 'path-adde'"),
        ({"kind": "*"}, "unknown kind"),
        ({"operation": "* *"}, "would acknowledge all"),
        ({"operation": "**", "at": "*"}, "would acknowledge all"),
        ({"because": "x"}, "unknown key 'because'"),
    ],
)
def test_a_bad_baseline_entry_is_status_2(
    entry: dict[str, Any], fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a reason, or wide enough to hide anything, an entry is refused."""
    assert run(BASE, "--baseline", baseline(tmp_path, NEW_PATH | entry)) == 2
    assert fault in only_line(capsys)


@pytest.mark.parametrize("text", ["[]", "acknowledged: {}", "acknowledged: [1]", "x: ["])
def test_a_file_that_is_no_baseline_is_status_2(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mistyped file must not read as an empty baseline."""
    path = tmp_path / "baseline.yaml"
    path.write_text(text, encoding="utf-8")
    assert run(BASE, "--baseline", str(path)) == 2
    assert str(path) in only_line(capsys)


def only_line(capsys: pytest.CaptureFixture[str]) -> str:
    """What a refusal printed: one line on stderr, nothing on stdout."""
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("drift: could not tell: ")
    assert captured.err.count("\n") == 1
    return captured.err


# --- methods ------------------------------------------------------------------------------------


def test_a_breaking_change_names_the_public_methods(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The report says which calls of users a change reaches."""
    document = load.parse(load.read_file(pipeline.OPENAPI), "ours")
    del document["components"]["schemas"]["VideoGenerationResponse"]["properties"]["outputs"]
    path = tmp_path / "newer.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    arguments = ["--upstream", str(path), "--overlay", "none", "--format", "json"]
    assert check_drift.main(arguments) == 1
    touched = {
        change["operation"]: change["methods"]
        for change in json.loads(capsys.readouterr().out)["changes"]
    }
    assert touched["POST /videos"] == ["client.videos.create"]
    assert touched["GET /videos/{video_id}"] == [
        "VideoJob.refresh", "VideoJob.wait", "client.videos.retrieve"
    ]  # fmt: skip


def test_every_method_named_exists() -> None:
    """A name that the package does not have raises here."""
    document = pipeline.read_document(str(pipeline.OPENAPI))
    ids = frozenset(str(operation["operationId"]) for _, _, operation in operations(document))
    assert ids >= BESIDES.keys()
    found = public_methods(pipeline.ROOT / "aistats", ids)
    named = {name for names in found.values() for name in names}
    client = aistats.AIStats(api_key="phaseo_v1_sk_demo00000000_not-a-real-secret")
    for name in named:
        root, *steps = name.split(".")
        thing: Any = client if root == "client" else getattr(jobs, root)
        for step in steps:
            thing = getattr(thing, step)
    assert len(named) >= 50
    assert "client.chat.completions.create" in found["createChatCompletion"]


def test_names_are_written_as_the_generator_does() -> None:
    """operationIds become names of functions."""
    assert python_name("createVideoDownloadUrl") == "create_video_download_url"
    assert python_name("listVideos") == "list_videos"
