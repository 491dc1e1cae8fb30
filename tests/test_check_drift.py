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
from scripts.spec import load, overlay, pipeline
from scripts.spec.grammar import operations

BASE = Path(__file__).parent / "vectors" / "drift" / "base.yaml"
LATE = "late|`@everyone` <b>"


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    """A newer upstream: a status more in answers and requests, and an operation more."""
    document = load.parse(load.read_file(BASE), "base")
    document["components"]["schemas"]["Thing"]["properties"]["status"]["enum"].append(LATE)
    document["paths"]["/new"] = {"get": {"operationId": "new", "responses": {"200": {}}}}
    path = tmp_path / "upstream.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def run(upstream: Path | str, *more: str) -> int:
    """Compare base.yaml with another document."""
    fixed = ["--vendored", str(BASE), "--overlay", "none", "--baseline", "none"]
    return check_drift.main([*fixed, "--upstream", str(upstream), *more])


def only_line(capsys: pytest.CaptureFixture[str]) -> str:
    """What a refusal printed: one line on stderr, nothing on stdout."""
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("drift: could not tell: ")
    assert captured.err.count("\n") == 1
    return captured.err


# --- what is printed ------------------------------------------------------------------------------


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
    assert capsys.readouterr().out == f"{BASE.relative_to(pipeline.ROOT)} against " + (
        f"{BASE.relative_to(pipeline.ROOT)}: no drift\n"
    )


def test_drift_is_status_1_and_the_headline_counts_the_list(
    upstream: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first group breaks callers; what softens that and which calls it touches stand below."""
    assert run(upstream) == 1
    headline, *lines = capsys.readouterr().out.splitlines()
    assert headline.endswith(": 1 breaking, 2 additive")
    assert lines == [
        "",
        "GET /things, GET /things/{id}, POST /things",
        "  breaking  response-enum-value-added  response 200 application/json.data[].status  "
        f"— → {LATE}",
        "            touches client.call",
        "            at run time: an unknown value is kept as plain text",
        "",
        "GET /new",
        "  additive  path-added  path  — → new",
        "",
        "POST /things",
        f"  additive  request-enum-value-added  request body application/json.status  — → {LATE}",
    ]


def test_json_has_one_entry_for_each_operation(
    upstream: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Programs get every operation that a change reaches, and its summary counts those."""
    assert run(upstream, "--format", "json") == 1
    report = json.loads(capsys.readouterr().out)
    changes = report.pop("changes")
    shown = str(BASE.relative_to(pipeline.ROOT))
    assert report == {
        "drift": True, "breaking": True, "old": shown, "new": str(upstream), "notice": None,
        "summary": "3 breaking, 2 additive", "stale_baseline": [],
    }  # fmt: skip
    assert changes[1] == {
        "kind": "response-enum-value-added", "severity": "breaking",
        "operation": "GET /things/{id}", "at": "response 200 application/json.status",
        "old": None, "new": LATE, "acknowledged": False, "reason": None,
        "methods": ["client.call"], "softened": "an unknown value is kept as plain text",
    }  # fmt: skip
    assert [change["severity"] for change in changes] == ["breaking"] * 3 + ["additive"] * 2


def test_markdown_quotes_what_upstream_wrote(
    upstream: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A value of upstream's can neither mention anybody nor break out of its cell."""
    assert run(upstream, "--format", "markdown") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("**1 breaking, 2 additive**, `")
    assert [line for line in lines if line[:3] == "###"] == ["### Breaking (1)", "### Additive (2)"]
    row = next(line for line in lines if "@everyone" in line)
    assert row == (
        "| `GET /things, GET /things/{id}, POST /things` | response-enum-value-added "
        "| `response 200 application/json.data[].status` | `— → late\\|'@everyone' <b>` "
        "| `client.call` | an unknown value is kept as plain text |"
    )


def test_a_long_report_says_what_it_leaves_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pull request holds a limited text; long values and long lists are cut, and say so."""
    document = load.parse(load.read_file(BASE), "base")
    answers = {"responses": {"200": {}}}
    document["paths"] |= {f"/new{n}": {"get": answers} for n in range(203)}
    document["servers"][0]["url"] = f"https://{'x' * 90}.test"
    path = tmp_path / "upstream.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert run(path, "--format", "markdown") == 1
    text = capsys.readouterr().out
    assert "### Additive (203)" in text
    assert "\n…and 3 more; `make drift` lists them all." in text
    assert f"`https://api.example.test/v1 → https://{'x' * 61}…`" in text
    assert "| `The whole document` | server-changed |" in text


def openapi_after(change: Any, tmp_path: Path) -> str:
    """Our own description, changed."""
    document = load.parse(load.read_file(pipeline.OPENAPI), "ours")
    change(document)
    path = tmp_path / "newer.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def test_other_words_are_no_drift_but_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sync would write the file anew, although nothing differs for a caller."""

    def rename(document: dict[str, Any]) -> None:
        named = document["components"]["schemas"]
        named["Again"] = named.pop("DeletedResponse")
        named["DeletedResponse"] = {"$ref": "#/components/schemas/Again"}

    path = openapi_after(rename, tmp_path)
    for output in ("text", "markdown"):
        assert check_drift.main(["--upstream", path, "--overlay", "none", "--format", output]) == 0
        assert "no drift" in (text := capsys.readouterr().out)
        assert text.rstrip().endswith(check_drift.REWRITTEN)


def test_a_breaking_change_names_the_public_methods(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The report says which calls of users a change reaches; a change of all is every method."""

    def change(document: dict[str, Any]) -> None:
        del document["components"]["schemas"]["VideoGenerationResponse"]["properties"]["outputs"]
        document["servers"][0]["url"] = "https://other.test"
        document["paths"]["/videos"]["post"]["deprecated"] = True

    arguments = ["--upstream", openapi_after(change, tmp_path), "--overlay", "none"]
    assert check_drift.main([*arguments, "--format", "json"]) == 1
    touched = {
        (change["operation"], change["severity"]): change["methods"]
        for change in json.loads(capsys.readouterr().out)["changes"]
    }
    assert touched["POST /videos", "breaking"] == ["client.videos.create"]
    assert touched["GET /videos/{video_id}", "breaking"] == [
        "VideoJob.refresh", "VideoJob.wait", "client.videos.retrieve"
    ]  # fmt: skip
    assert touched["*", "breaking"] == ["every method"]
    assert touched["POST /videos", "info"] == []


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
    assert python_name("createVideoDownloadUrl") == "create_video_download_url"


# --- the overlay ----------------------------------------------------------------------------------


def test_a_sync_that_would_be_refused_is_drift(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The facts are the same, but upstream is invalid where no fact is, or has no words of ours."""
    folder = tmp_path / "overlay"
    folder.mkdir()
    words = {"target": "$", "x-reason": "r", "update": {"info": {"title": "t", "version": "1"}}}
    text = json.dumps({"overlay": "1.0.0", "actions": [words]})
    (folder / "words.yaml").write_text(text, encoding="utf-8")
    assert run(BASE, "--overlay", str(folder), "--format", "json") == 1
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert (change["kind"], change["at"]) == ("sync-refused", "make sync")
    assert "has no summary and no tags" in change["new"]


def test_a_description_without_components_is_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Our corrections no longer fit; that is said, and everything else is judged."""
    path = tmp_path / "upstream.yaml"
    path.write_text(
        "openapi: 3.1.0\npaths: {/a: {get: {operationId: a, responses: {'200': {}}}}}", "utf-8"
    )
    assert check_drift.main(["--upstream", str(path), "--format", "json"]) == 1
    changes = json.loads(capsys.readouterr().out)["changes"]
    found = {(change["kind"], change["at"]) for change in changes}
    assert ("path-removed", "path") in found
    assert ("overlay-action-stale", "15-seed-era.yaml: $.components.schemas") in found
    stale = [change["at"] for change in changes if change["kind"] == "overlay-action-stale"]
    dropped = [a for a in overlay.read_overlays(pipeline.OVERLAYS) if a.file == "50-words.yaml"]
    assert not {f"{action.file}: {action.target}" for action in dropped} & {*stale}


# --- the baseline ---------------------------------------------------------------------------------


def baseline(tmp_path: Path, *entries: Any) -> str:
    """Write a baseline file and give its path."""
    path = tmp_path / "baseline.yaml"
    path.write_text(json.dumps({"acknowledged": entries}), encoding="utf-8")
    return str(path)


NEW_PATH = {"kind": "path-added", "operation": "GET /new", "reason": "not for\n  this client"}
BY_VALUE = [
    {"kind": f"{side}-enum-value-added", "operation": "* /things*", "new": LATE, "reason": "r"}
    for side in ("request", "response")
]
BY_SCHEMA = [
    {"kind": f"{side}-enum-value-added", "at": "Thing.status", "reason": "r"}
    for side in ("request", "response")
]


@pytest.mark.parametrize("entries", [BY_VALUE, BY_SCHEMA])
def test_acknowledged_changes_are_shown_and_do_not_count(
    entries: list[Any], upstream: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With every difference acknowledged the check passes; each is listed with its reason."""
    file = baseline(tmp_path, NEW_PATH, *entries)
    assert run(upstream, "--baseline", file, "--strict", "--format", "json") == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["drift"], report["breaking"]) == (False, False)
    assert {change["reason"] for change in report["changes"]} == {"not for this client", "r"}
    assert report["summary"] == "no drift (5 acknowledged)"
    assert run(upstream, "--baseline", file) == 0
    text = capsys.readouterr().out
    assert "no drift (3 acknowledged)" in text
    assert "  known     path-added  path  — → new\n            acknowledged: not for" in text
    assert "at run time" not in text
    assert run(upstream, "--baseline", file, "--format", "markdown") == 0
    assert "### Acknowledged (3)" in capsys.readouterr().out


@pytest.mark.parametrize(
    "other", [{"new": "another"}, {"old": "x"}, {"at": "Thing.note"}, {"operation": "GET /else"}]
)
def test_what_the_entry_does_not_cover_stays_drift(
    other: dict[str, str], upstream: Path, tmp_path: Path
) -> None:
    """Acknowledging one new value does not wave the next one through."""
    entries = [NEW_PATH, BY_VALUE[0] | other, BY_VALUE[1]]
    assert run(upstream, "--baseline", baseline(tmp_path, *entries)) == 1


def test_a_stale_entry_is_reported_and_fails_when_strict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An acknowledged difference that is gone should leave the baseline."""
    file = baseline(tmp_path, NEW_PATH)
    said = "path-added at GET /new * (not for this client)"
    assert run(BASE, "--baseline", file) == 0
    assert capsys.readouterr().out.endswith(f"\nstale baseline entry: {said}\n")
    assert run(BASE, "--baseline", file, "--format", "markdown") == 0
    assert capsys.readouterr().out.endswith(f"### Stale baseline entries\n\n- `{said}`\n")
    assert run(BASE, "--baseline", file, "--strict", "--format", "json") == 1
    assert json.loads(capsys.readouterr().out)["stale_baseline"] == [said]


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
    assert run(BASE, "--baseline", baseline(tmp_path, NEW_PATH, NEW_PATH | entry)) == 2
    line = only_line(capsys)
    assert ", entry 2 " in line
    assert fault in line


@pytest.mark.parametrize("text", ["[]", "acknowledged: {}", "acknowledged: [1]", "x: ["])
def test_a_file_that_is_no_baseline_is_status_2(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mistyped file must not read as an empty baseline."""
    path = tmp_path / "baseline.yaml"
    path.write_text(text, encoding="utf-8")
    assert run(BASE, "--baseline", str(path)) == 2
    assert str(path) in only_line(capsys)


# --- bad input: status 2 and one line, never a traceback or a wrong verdict -------------------------

BOMB = "a: &a [1,1,1,1,1,1,1,1,1,1]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{chr(ord(name) - 1)}'] * 10)}]\n" for name in "bcdefghi"
)
HEAD = "openapi: 3.0.3\n"
CALL = "get: {responses: {}}"
BAD = {
    "not YAML": ("a: [", "not valid YAML"),
    "a YAML bomb": (BOMB, "aliases expand"),
    "a web page": ("<!doctype html><html></html>", "is a web page"),
    "a JSON error": ('{"message": "Not Found"}', "not an OpenAPI 3 document"),
    "OpenAPI 2": ("swagger: '2.0'\npaths: {/a: {get: {}}}", "is Swagger 2.0"),
    "an empty file": ("", "is empty"),
    "no paths": (HEAD + "paths: {}", "looks truncated"),
    "paths without operations": (HEAD + "paths: {/a: {}}", "looks truncated"),
    "a reference to a file": (
        HEAD + "paths: {/a: {get: {responses: {'200': {$ref: other.yaml#/x}}}}}",
        "only references within",
    ),
    "a mapping to a file": (
        HEAD + "paths: {/a: {%s}}\ncomponents: {schemas: {A: {discriminator: {propertyName: k,"
        " mapping: {a: other.yaml#/x}}}}}" % CALL,
        "only references within",
    ),
    "a dangling reference": (
        HEAD + "paths: {/a: {get: {responses: {'200': {$ref: '#/components/x'}}}}}",
        "leads nowhere",
    ),
    "a dangling mapping": (
        HEAD + "paths: {/a: {%s}}\ncomponents: {schemas: {A: {discriminator: {propertyName: k,"
        " mapping: {a: Gone}}}}}" % CALL,
        "leads nowhere",
    ),
    "a missing scheme": (HEAD + "security: [{nope: []}]\npaths: {/a: {%s}}" % CALL, "leads nowhere"),
    "references in a circle": (
        HEAD + "paths: {/a: {$ref: '#/paths/~1b'}, /b: {$ref: '#/paths/~1a'}, /c: {%s}}" % CALL,
        "turns in a circle",
    ),
    "a schema made of itself": (
        HEAD + "paths: {/a: {%s}}\ncomponents: {schemas: {A: {allOf: ["
        "{$ref: '#/components/schemas/A'}]}}}" % CALL,
        "made of itself",
    ),
    "a parameter from nowhere": (
        HEAD + "paths: {'/a': {get: {parameters: [{name: x, in: path}]}}}",
        "no place for its path parameter",
    ),
    "a parameter at no place": (
        HEAD + "paths: {'/a': {get: {parameters: [{name: x, in: body}]}}}",
        "without a name or a known place",
    ),
    "a 3.0 bound in a 3.1 document": (
        "openapi: 3.1.0\npaths: {/a: {%s}}\ncomponents: {schemas: {A: {minimum: 1,"
        " exclusiveMinimum: true}}}" % CALL,
        "exclusive bound in the words of OpenAPI 3.0",
    ),
    "a list for an object": (HEAD + "paths: {/a: {get: []}}", "where an object is due"),
    "nesting without end": (HEAD + "paths: " + "[" * 3000, "drift"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("side", ["--upstream", "--vendored"])
def test_bad_input_is_status_2_and_one_line(
    name: str, side: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A document that cannot be used is never 'everything removed' and never a traceback."""
    text, fault = BAD[name]
    path = tmp_path / "document.yaml"
    path.write_text(text, encoding="utf-8")
    assert run(BASE, side, str(path)) == 2
    assert fault in only_line(capsys)


@pytest.mark.parametrize(
    "source", ["no/such/file.yaml", ".", "ftp://example.test/x", "http://example.test/x"]
)
def test_a_place_that_cannot_be_read_is_status_2(
    source: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing file, a folder, and an address that is not https, before any request."""
    assert run(source) == 2
    assert source in only_line(capsys)


def test_a_folder_without_overlays_is_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mistyped --overlay must not read as 'no corrections'."""
    assert run(BASE, "--overlay", str(tmp_path)) == 2
    assert "holds no overlay" in only_line(capsys)


def test_a_defect_of_the_check_is_status_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Python's own status for a crash is 1, which would read as drift."""
    monkeypatch.setattr(check_drift, "compare", lambda old, new: 1 / 0)
    assert run(BASE) == 2
    assert "ZeroDivisionError" in only_line(capsys)
