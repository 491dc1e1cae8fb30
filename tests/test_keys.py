"""Keys: which texts are one, what is said of those that are not, and that no secret is shown."""

from __future__ import annotations

import copy
import pickle
import re
import warnings
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aistats import AIStatsError, APIKey, ConfigurationError, InvalidKeyError
from aistats.keys import LegacyKeyWarning

SECRET = "not-a-real-secret"
KEY = f"phaseo_v1_sk_demo00000000_{SECRET}"
BEFORE = datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)
RETIRED = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("namespace", ["aistats", "phaseo"])
@pytest.mark.parametrize(("tag", "kind"), [("sk", "inference"), ("mk", "management")])
def test_a_key_is_read_into_its_parts(namespace: str, tag: str, kind: str) -> None:
    """Namespace, kind, kid and secret come out, and the token is the text that went in."""
    text = f"{namespace}_v1_{tag}_abc123DEF_a_secret_with_underscores"
    key = APIKey.parse(text, now=BEFORE)
    assert (key.namespace, key.kind, key.kid) == (namespace, kind, "abc123DEF")
    assert key.secret == "a_secret_with_underscores"
    assert key.token == text


def test_white_space_around_a_key_is_trimmed() -> None:
    """A key read from a file with its line end is the same key."""
    assert APIKey.parse(f"  {KEY}\r\n") == APIKey.parse(KEY)


@pytest.mark.parametrize("kid", ["a", "0" * 200])
def test_the_length_of_a_kid_is_the_gateways_business(kid: str) -> None:
    """Short and long kids pass."""
    assert APIKey.parse(f"phaseo_v1_sk_{kid}_s").kid == kid


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("   ", "empty"),
        (f"Bearer {KEY}", "leave out the word Bearer"),
        (f"bearer {KEY}", "leave out the word Bearer"),
        (f"'{KEY}'", "remove the quotes"),
        (f'"{KEY}"', "remove the quotes"),
        (f"“{KEY}”", "remove the quotes"),
        ("YOUR_API_KEY", "placeholder"),
        ("your-api-key", "placeholder"),
        ("<your key>", "placeholder"),
        ("phaseo_v1_sk_<kid>_<secret>", "placeholder"),
        ("$AI_STATS_API_KEY", "name of a variable"),
        ("${AI_STATS_API_KEY}", "name of a variable"),
        (f"aistats_v1_k_ab_{SECRET}", "no longer valid"),
        (f"sk-{SECRET}", "another vendor"),
        (f"phaseo_v2_sk_demo00000000_{SECRET}", "not a gateway key"),
        (f"other_v1_sk_demo00000000_{SECRET}", "not a gateway key"),
        (f"PHASEO_v1_sk_demo00000000_{SECRET}", "not a gateway key"),
        (f"phaseo_v1_sk_{SECRET}", "not a gateway key"),
        (f"phaseo_v1_xk_demo00000000_{SECRET}", "must be sk or mk"),
        (f"phaseo_v1_sk__{SECRET}", "letters and digits only"),
        (f"phaseo_v1_sk_de-mo_{SECRET}", "letters and digits only"),
        (f"phaseo_v1_sk_démo_{SECRET}", "letters and digits only"),
        ("phaseo_v1_sk_demo00000000_", "secret is empty"),
        (f"phaseo_v1_sk_demo00000000_two words {SECRET}", "secret is empty or holds white space"),
        (f"phaseo_v1_sk_demo00000000_line\n{SECRET}", "secret is empty or holds white space"),
        (f"phaseo_v1_sk_demo00000000_ü{SECRET}", "outside ASCII"),
    ],
)
def test_a_malformed_key_is_refused_with_a_hint(text: str, says: str) -> None:
    """The message names the fault, and repeats nothing of the key."""
    with pytest.raises(InvalidKeyError, match=says) as caught:
        APIKey.parse(text)
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, ConfigurationError)
    assert isinstance(caught.value, AIStatsError)
    assert SECRET not in f"{caught.value!s}{caught.value!r}"
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("value", [None, 5, b"phaseo_v1_sk_demo00000000_x"])
def test_what_is_no_text_is_no_key(value: object) -> None:
    """Another type is named in the error, not shown."""
    with pytest.raises(InvalidKeyError, match=type(value).__name__):
        APIKey.parse(value)  # type: ignore[arg-type]  # that is the point


def test_the_secret_is_never_shown() -> None:
    """`repr`, `str` and formats show namespace, kind and kid only."""
    key = APIKey.parse(KEY)
    for shown in (repr(key), str(key), f"{key}", f"{[key]}", "%s" % key):  # noqa: UP031
        assert SECRET not in shown
        assert "phaseo_v1_sk_demo00000000_***" in shown


def test_a_key_survives_pickle_and_copy() -> None:
    """A key sent to another process is the same key."""
    key = APIKey.parse(KEY)
    assert pickle.loads(pickle.dumps(key)) == copy.deepcopy(key) == copy.copy(key) == key  # noqa: S301


@pytest.mark.parametrize(
    ("prefix", "now", "warned"),
    [
        ("aistats", BEFORE, 0),
        ("aistats", RETIRED, 1),
        ("aistats", RETIRED + timedelta(days=900), 1),
        ("phaseo", RETIRED, 0),
    ],
)
def test_the_old_prefix_warns_from_2027_on(prefix: str, now: datetime, warned: int) -> None:
    """The key still passes; one deprecation warning says that the gateway retired it."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        key = APIKey.parse(f"{prefix}_v1_sk_demo00000000_{SECRET}", now=now)
    assert key.secret == SECRET
    assert [w.category for w in caught] == [LegacyKeyWarning] * warned
    assert issubclass(LegacyKeyWarning, DeprecationWarning)
    assert all("retired" in str(w.message) and SECRET not in str(w.message) for w in caught)


@given(
    st.sampled_from(["aistats", "phaseo"]),
    st.sampled_from(["sk", "mk"]),
    st.from_regex(r"[A-Za-z0-9]{1,70}", fullmatch=True),
    st.from_regex(r"[\x21-\x7e]{1,70}", fullmatch=True),
)
def test_every_well_formed_key_passes_unchanged(
    namespace: str, tag: str, kid: str, secret: str
) -> None:
    """What the format allows is read and written back exactly."""
    text = f"{namespace}_v1_{tag}_{kid}_{secret}"
    assume(not re.match(r"[^<]*<[a-zA-Z][\w -]*>(_|$)", secret))  # taken for a placeholder
    key = APIKey.parse(text, now=BEFORE)
    assert (key.token, key.kid, key.secret) == (text, kid, secret)
    assert f"_{kid}_***" in str(key)


@given(st.text())
def test_any_text_is_a_key_or_an_invalid_key_error(text: str) -> None:
    """Nothing but `InvalidKeyError` comes out of parsing."""
    try:
        key = APIKey.parse(text, now=BEFORE)
    except InvalidKeyError as error:
        assert "\n" not in str(error)  # noqa: PT017 - most texts raise, some may not
    else:
        assert key.token == text.strip()
