"""The sandbox answers every recorded request as the gateway did."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING

import pytest

from tests import sandbox_replay
from tests.conftest import SHARED, needs_shared
from tests.sandbox_replay import Reply, compare, differences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RECORDINGS = sandbox_replay.load(SHARED / "recordings")

ACCEPTED = {
    "speech_ok": (r".", "the recorded workspace had speech switched off; the sandbox speaks"),
    "ocr_bad": (
        r"^\$\.details: 1 recorded, 2 ours",
        "the description also wants an image, which the recorded server does not miss",
    ),
    "generations_ok": (
        r"^\$\.detail_metadata\.",
        "an undocumented dump of the server's inner state, of use to nobody's tests",
    ),
    "upstream_badjson": (
        r"^\$\.failure_sample\[\]\.type",
        "a provider's unreadable answer is played as a lost connection to it",
    ),
}
"""The differences that stay: by recording, a pattern of what differs, and the reason."""


@pytest.fixture(scope="module")
def replies() -> Mapping[str, Reply]:
    """Replay everything once."""
    return dict(sandbox_replay.replay(RECORDINGS))


@needs_shared
@pytest.mark.parametrize("name", sorted(RECORDINGS))
def test_the_sandbox_answers_as_the_gateway_did(name: str, replies: Mapping[str, Reply]) -> None:
    """Status, code, reason, keys, types, media type and headers are those of the recording."""
    found = differences(RECORDINGS[name], replies[name])
    accepted = re.compile(ACCEPTED.get(name, ("(?!)", ""))[0])
    assert [told for told in found if not accepted.search(told)] == []


@needs_shared
@pytest.mark.parametrize("name", sorted(ACCEPTED))
def test_every_accepted_difference_is_still_there(name: str, replies: Mapping[str, Reply]) -> None:
    """An exception that no longer applies is taken off the list."""
    found = differences(RECORDINGS[name], replies[name])
    assert any(re.search(ACCEPTED[name][0], told) for told in found)


@needs_shared
def test_everything_was_replayed(replies: Mapping[str, Reply]) -> None:
    """No recording is left out."""
    assert replies.keys() == RECORDINGS.keys()


def _job() -> dict[str, object]:
    return {
        "status": "completed",
        "error": "x",
        "reason": "y",
        "outputs": [{"index": 0}],
        "progress": 100,
        "completed_at": None,
    }


def _changed() -> Iterator[tuple[str, dict[str, object]]]:
    for change, told in (
        ({"status": "failed"}, "$.status"),
        ({"reason": "z"}, "$.reason"),
        ({"progress": "100"}, "$.progress"),
        ({"completed_at": 1}, "$.completed_at"),
        ({"outputs": [{"index": "0"}]}, "$.outputs[].index"),
        ({"outputs": [{}]}, "$.outputs[].index"),
        ({"more": 1}, "$.more"),
    ):
        yield told, _job() | change


@pytest.mark.parametrize(("told", "changed"), list(_changed()))
def test_the_comparison_sees_a_difference(told: str, changed: dict[str, object]) -> None:
    """A changed word, a changed type, a missing and an added key are all told."""
    assert [line.split(":")[0] for line in compare(_job(), changed, "$")] == [told]


def test_the_comparison_lets_texts_and_numbers_differ() -> None:
    """What is said, and how much of it, is the sandbox's own."""
    ours = copy.deepcopy(_job()) | {"progress": 3}
    assert list(compare(_job(), ours, "$")) == []
