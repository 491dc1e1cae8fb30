"""Reading a stranger's document: YAML 1.2, bounded, refused in one line when it is no use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scripts.spec import layout, load
from scripts.spec.grammar import SpecError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"), ("off", "off"), ("yes", "yes"), ("No", "No"), ("2026-08-22", "2026-08-22"),
        ("1:30", "1:30"), ("0777", 777), ("0o17", 15), ("0x1F", 31), ("1_000", "1_000"),
        ("1e3", 1000.0), (".5", 0.5), ("true", True), ("True", True), ("~", None), ("", None),
        ("null", None), ("'null'", "null"), ("-7", -7), ("<<", "<<"), ("=", "="),
    ],
)  # fmt: skip
def test_plain_words_mean_what_yaml_1_2_says(text: str, value: object) -> None:
    """Truth values, dates and numbers of YAML 1.1 are texts in YAML 1.2."""
    read = load.parse(f"a: {text}\n", "t")["a"]
    assert (read, type(read)) == (value, type(value))


def test_keys_are_texts() -> None:
    """A status code or the word `on` as a key is its text."""
    assert load.parse("{200: a, on: b, null: c, 1.0: d}", "t") == {
        "200": "a", "on": "b", "null": "c", "1.0": "d"
    }  # fmt: skip


BOMB = "a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n" + "\n".join(
    f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)
)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: [", "not valid YAML"),
        ("<!doctype html><p>Not here", "is a web page"),
        (BOMB, "aliases expand to more than"),
        ("a: &a [*a]", "recursive node"),
        ("a: &a {b: *a}", "recursive node"),
        ("{a: 1, a: 2}", "key 'a' stands twice"),
        ('{"a": 1, "a": 2}', "key 'a' stands twice"),
        ("? [a]\n: b", "a key is not plain text"),
        ("a: .inf", "is not a JSON number"),
        ("a: !!python/object:os.system x", "not valid YAML"),
        ("[" * 5000, "t "),
    ],
)
def test_text_that_could_hurt_is_refused_in_one_line(text: str, fault: str) -> None:
    """No fault of a stranger's document becomes a traceback or a long wait."""
    with pytest.raises(SpecError) as caught:
        load.parse(text, "t")
    assert fault in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ([], "holds a list"),
        ({"swagger": "2.0", "paths": {}}, "is Swagger 2.0"),
        ({"paths": {"/a": {}}}, "not an OpenAPI 3 document"),
        ({"openapi": "3.0.3"}, "describes no paths"),
        ({"openapi": "3.0.3", "paths": {}}, "looks truncated"),
        ({"openapi": "3.0.3", "paths": {"x-a": {}}}, "looks truncated"),
    ],
)
def test_only_an_openapi_3_document_with_paths_is_taken(data: object, fault: str) -> None:
    """A truncated or foreign document must not read as 'everything removed'."""
    with pytest.raises(SpecError, match=fault):
        load.require_openapi(data, "t")


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b" \n", id="blank"),
        pytest.param(b"\xff\xfe\x00", id="binary"),
        pytest.param(b"x" * (load.MAX_BYTES + 1), id="oversized"),
    ],
)
def test_bytes_that_are_no_document_are_refused(raw: bytes, tmp_path: Path) -> None:
    """Empty, oversized and non-UTF-8 files are refused when they are read."""
    path = tmp_path / "upstream.yaml"
    path.write_bytes(raw)
    with pytest.raises(SpecError, match=str(path)):
        load.read_file(path)


def test_a_json_document_with_tabs_is_read() -> None:
    """JSON allows tabs where YAML does not."""
    assert load.parse('{\n\t"a": [1, "b"]\n}', "t") == {"a": [1, "b"]}


scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(codec="utf-8"))
    | st.sampled_from(["on", "2026-08-22", "0o17", "1e3", "~", "null", "yes", "=", "0777", ".inf"])
)


@given(value=scalars, key=st.text(st.characters(codec="utf-8")))
def test_what_is_written_reads_back(value: object, key: str) -> None:
    """Words that either version of YAML would misread are quoted."""
    document = {"paths": {key: [value]}}
    text = layout.dump(document)
    assert load.parse(text, "t") == document
    if isinstance(value, str):
        assert yaml.safe_load(text)["paths"][key] == [value]
