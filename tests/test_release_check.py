"""`make release-check` lets a good release pass and finds each fault of a bad one."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from scripts import release_check
from scripts.release_check import Refused

if TYPE_CHECKING:
    from pathlib import Path

PYPROJECT = '[project]\ndynamic = ["version"]\n[tool.hatch.version]\npath = "aistats/_version.py"\n'
CHANGELOG = "# Changelog\n\n## Unreleased\n\n## 1.2.0 - 2026-11-20\n\n### Added\n- All of it.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository that can be released as 1.2.0."""
    (tmp_path / "aistats").mkdir()
    write(tmp_path, "pyproject.toml", PYPROJECT)
    write(tmp_path, "aistats/_version.py", '__version__ = "1.2.0"\n')
    write(tmp_path, "CHANGELOG.md", CHANGELOG)
    write(tmp_path, "openapi.yaml", "one: 1\n")
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    """Write a file of the repository."""
    (root / name).write_text(text, encoding="utf-8")


def git(root: Path, *arguments: str) -> None:
    """Run git without the settings of whoever runs the tests."""
    settings = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *settings, *arguments], cwd=root, check=True)  # noqa: S603, S607


def commit(root: Path) -> None:
    """Commit everything."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "All")


def test_a_good_release_passes(root: Path) -> None:
    """Version, changelog, tag and tree are as they should be, before and after tagging."""
    assert release_check.version_of(root) == "1.2.0"
    assert release_check.check_changelog(root, "1.2.0") == "1.2.0 - 2026-11-20, Added"
    assert release_check.check_tag(root, "1.2.0", None) == "v1.2.0 is free"
    git(root, "tag", "v1.2.0")
    assert release_check.check_tag(root, "1.2.0", "v1.2.0") == "v1.2.0 is on this commit"
    assert release_check.check_tree(root) == "clean"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("pyproject.toml", PYPROJECT.replace("dyn", 'version = "1"\ndyn'), "version of its own"),
        ("aistats/other.py", '__version__ = "1.2.0"\n', "other.py"),
        ("aistats/_version.py", "", "not just in"),
        ("aistats/_version.py", '__version__ = "next"\n', "not a version"),
        ("aistats/_version.py", '__version__ = "1.02.0"\n', "1.2.0"),
    ],
)
def test_the_version_stands_in_one_place(root: Path, name: str, text: str, told: str) -> None:
    """A second, a missing and an unusual version are refused."""
    write(root, name, text)
    with pytest.raises(Refused, match=told):
        release_check.version_of(root)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Unreleased\n", "Unreleased\n- more\n", 'turn "Unreleased" into "1.2.0'),
        ("1.2.0 -", "1.1.0 -", 'must be "## 1.2.0'),
        ("1.2.0 - 2026-11-20", "1.2.0", 'must be "## 1.2.0'),
        ("2026-11-20", "2026-13-20", "not a date"),
        ("### Added", "### News", "News"),
        ("### Added", "", "headings none"),
        (CHANGELOG, "# Changelog\n", "first entry"),
    ],
)
def test_the_changelog_has_the_version_on_top(root: Path, old: str, new: str, told: str) -> None:
    """An entry that is missing, undated, or without the usual headings is refused."""
    write(root, "CHANGELOG.md", CHANGELOG.replace(old, new))
    with pytest.raises(Refused, match=told):
        release_check.check_changelog(root, "1.2.0")


def test_a_changed_description_is_told(root: Path) -> None:
    """When openapi.yaml changed since the last tag, the entry has the heading Description."""
    git(root, "tag", "v1.1.0")
    write(root, "openapi.yaml", "two: 2\n")
    commit(root)
    with pytest.raises(Refused, match="Description"):
        release_check.check_changelog(root, "1.2.0")
    write(root, "CHANGELOG.md", f"{CHANGELOG}\n### Description\n- Two.\n")
    assert "Description" in release_check.check_changelog(root, "1.2.0")


def test_a_tag_belongs_to_one_commit_and_one_version(root: Path) -> None:
    """A tag of another version, of another commit, and one that is not there are refused."""
    with pytest.raises(Refused, match=r"must be v1\.2\.0"):
        release_check.check_tag(root, "1.2.0", "v1.2.1")
    with pytest.raises(Refused, match="does not exist"):
        release_check.check_tag(root, "1.2.0", "v1.2.0")
    git(root, "tag", "v1.2.0")
    commit(root)
    with pytest.raises(Refused, match="another commit"):
        release_check.check_tag(root, "1.2.0", None)


def test_uncommitted_work_is_found(root: Path) -> None:
    """A file that is not committed would be missing from the release."""
    write(root, "new.py", "")
    with pytest.raises(Refused, match=r"new\.py"):
        release_check.check_tree(root)


def test_a_stale_file_is_told_in_the_words_of_its_check(root: Path) -> None:
    """What the check of a generated file prints is what the release check says."""
    write(root, "stale.py", "raise SystemExit('generated/ is stale: run make generate')")
    with pytest.raises(Refused, match="run make generate"):
        release_check.check_fresh(root, "stale.py")
    write(root, "fresh.py", "print('as it should be')")
    assert release_check.check_fresh(root, "fresh.py") == "as it should be"


def test_all_faults_are_told_at_once(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One run names every fault and exits with 1; in CI the tag comes from the environment."""
    monkeypatch.setenv("GITHUB_REF_TYPE", "tag")
    monkeypatch.setenv("GITHUB_REF_NAME", "v9.9.9")
    write(root, "CHANGELOG.md", "")
    assert release_check.main([], root) == 1
    failed = [line.split()[1] for line in capsys.readouterr().out.splitlines() if "FAIL" in line]
    assert failed == ["changelog", "tag", "description", "generated", "tree"]
    (root / "scripts").mkdir()
    for name in ("sync_spec", "generate"):
        write(root, f"scripts/{name}.py", "")
    write(root, "CHANGELOG.md", CHANGELOG)
    commit(root)
    git(root, "tag", "v1.2.0")
    assert release_check.main(["--tag", "v1.2.0"], root) == 0
