"""The decoders of the generated package on shapes of our own: how a union chooses, or does not."""

from __future__ import annotations

import base64
import datetime
import struct
from typing import Any

import pytest

from aistats_generated.codec import DATE, DATE_TIME, FLOATS, ListOf, OneOf, Ref, Variant
from aistats_generated.types import UNSET

PART, TOOL = Ref("TextContentPart"), Ref("ToolCall")
CAT = Variant(PART, {"type": ("cat", "kitten")}, ("type", "name"))
DOG = Variant(TOOL, {"type": ("dog",)}, ("type", "name"))
HOUND = Variant(PART, {"type": ("dog",)}, ("type", "name", "nose"))
SHAPELESS = Variant(TOOL, {}, ())
NAMED = Variant(PART, {}, ("name",))
NAMED_TOO = Variant(TOOL, {}, ("name",))
TWICE_NAMED = Variant(TOOL, {}, ("name", "nick"))


@pytest.mark.parametrize(
    ("variants", "data", "chosen"),
    [
        ((CAT, DOG), {"type": "dog"}, "ToolCall"),
        ((CAT, DOG), {"type": "kitten", "name": "x"}, "TextContentPart"),
        ((CAT, DOG), {"type": "cow", "name": "x"}, None),
        ((CAT, DOG), {"name": "x"}, None),
        ((CAT, DOG), {"type": ["dog"]}, None),
        ((DOG, HOUND), {"type": "dog", "name": "x", "nose": 1}, "TextContentPart"),
        ((DOG, HOUND), {"type": "dog", "name": "x"}, "ToolCall"),
        ((DOG, HOUND), {"type": "dog"}, None),
        ((DOG, NAMED), {"type": "dog", "name": "x"}, "ToolCall"),
        ((DOG, NAMED), {"type": "cow", "name": "x"}, "TextContentPart"),
        ((DOG, SHAPELESS), {"type": "cow"}, None),
        ((SHAPELESS,), {}, "ToolCall"),
        ((CAT,), {"type": "cat"}, "TextContentPart"),
        ((CAT,), {"type": "cow", "name": "x"}, None),
        ((NAMED, NAMED_TOO), {"name": "x"}, None),
        ((NAMED, TWICE_NAMED), {"name": "x"}, "TextContentPart"),
        ((NAMED, TWICE_NAMED), {"name": "x", "nick": "y"}, "ToolCall"),
    ],
)
def test_a_union_chooses_by_tag_then_by_required_keys_or_not_at_all(
    variants: tuple[Variant, ...], data: dict[str, Any], chosen: str | None
) -> None:
    """One tagged variant is taken; of several, that with most keys complete; a tie is open."""
    result = OneOf(*variants)(data)
    assert type(result).__name__ == (chosen or "OtherObject")
    assert result.to_dict() == data
    if chosen is None:
        assert OneOf(*variants, free=True)(data) is data


def test_a_union_may_hold_lists_and_times_beside_objects() -> None:
    """Each kind of JSON goes to the variant of its kind."""
    union = OneOf(DOG, items=PART, text=DATE)
    assert type(union({"type": "dog"})).__name__ == "ToolCall"
    assert [type(one).__name__ for one in union([{}, 1])] == ["TextContentPart", "int"]
    assert union("2026-03-01") == datetime.date(2026, 3, 1)
    assert union("soon") == "soon"
    assert union(5) == 5
    bare = OneOf(DOG)
    assert bare([{"type": "dog"}]) == [{"type": "dog"}]
    assert type(bare([{"type": "dog"}])[0]) is dict
    assert bare("2026-03-01") == "2026-03-01"


@pytest.mark.parametrize(
    "decoder", [PART, ListOf(PART), OneOf(CAT, items=PART), DATE, DATE_TIME, FLOATS]
)
@pytest.mark.parametrize("raw", [None, UNSET, True, 3, 2.5, "text", b"bytes", (1,), object()])
def test_a_decoder_hands_back_what_it_does_not_know(decoder: Any, raw: Any) -> None:
    """Whatever is not the JSON it was made for comes back as the same object."""
    assert decoder(raw) is raw


def test_a_vector_may_come_as_base64() -> None:
    """Little-endian 32-bit numbers, as embeddings use them; a list is itself."""
    numbers = [0.0, 1.0, -2.5]
    assert FLOATS(base64.b64encode(struct.pack("<3f", *numbers)).decode()) == numbers
    assert FLOATS(numbers) is numbers
    for odd in ("AAA", "AAAA", "not base64"):
        assert FLOATS(odd) == odd


def test_times_are_read_as_python_reads_them() -> None:
    """A day is no moment."""
    assert DATE_TIME("2026-03-01T10:00:00Z") == datetime.datetime(
        2026, 3, 1, 10, tzinfo=datetime.UTC
    )
    assert DATE("2026-03-01T10:00:00Z") == "2026-03-01T10:00:00Z"
