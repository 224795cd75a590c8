"""The seal, against committed vectors of another library and against the double's own encryption."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wechat.crypto import ForgedError, Query, Seal, UndecryptableError
from bot.wechat.settings import Pair
from tests.doubles.wechat.pushes import passive, xml_of
from tests.doubles.wechat.sealing import Sealing

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
SEALING = Sealing("wx0123456789abcdef", "doubletoken1", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")
PAIR = Pair(SEALING.token, SEALING.aes_key)
VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))


def query(encrypt: str, now: datetime = NOW, sealing: Sealing = SEALING) -> Query:
    timestamp = str(int(now.timestamp()))
    return Query(timestamp=timestamp, nonce="n", msg_signature=sealing.signature(timestamp, "n", encrypt))


@pytest.mark.parametrize("vector", VECTORS["cases"], ids=lambda case: case["name"])
def test_what_another_library_sealed_is_opened(vector: dict[str, Any]) -> None:
    """Made once with npm wechat-crypto 0.0.2; signature and text must agree to the byte."""
    seal = Seal(VECTORS["app_id"], [Pair(VECTORS["token"], VECTORS["aes_key"])])
    asked = Query(timestamp=vector["timestamp"], nonce=vector["nonce"], msg_signature=vector["signature"])
    now = datetime.fromtimestamp(int(vector["timestamp"]), UTC)
    assert seal.open(asked, vector["encrypt"], now).text == vector["text"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_everything_sealed_by_the_platform_opens_to_itself(text: str) -> None:
    """Any text, empty and block edges included."""
    encrypt = SEALING.encrypt(text)
    assert Seal(SEALING.app_id, [PAIR]).open(query(encrypt), encrypt, NOW).text == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_everything_we_seal_is_opened_by_the_platform(text: str) -> None:
    """The double checks signature, receiver and padding by the specification, not by our library."""
    fields = {"ToUserName": "o", "FromUserName": "gh_0123456789ab", "MsgType": "text", "Content": text}
    found = passive(SEALING, Seal(SEALING.app_id, [PAIR]).close(xml_of(fields), PAIR, NOW))
    assert found is not None
    assert (found.account, found.text) == ("o", text)


def test_two_seals_of_one_text_differ() -> None:
    """The key brings its own IV, so the sixteen random bytes in front are all that hides equal texts."""
    seal = Seal(SEALING.app_id, [PAIR])
    sealed = {seal.close("<xml/>", PAIR, NOW).split("</Encrypt>")[0] for _ in range(3)}
    assert len(sealed) == 3


def test_an_empty_token_is_no_settings() -> None:
    """Anybody can sign for it."""
    with pytest.raises(ValueError, match="empty token"):
        Seal(SEALING.app_id, [Pair("", SEALING.aes_key)])
    with pytest.raises(ValueError, match="empty token"):
        Seal(SEALING.app_id, [])


@pytest.mark.parametrize(
    "other",
    [
        replace(SEALING, aes_key="Z" * 43),
        replace(SEALING, app_id="wxffffffffffffffff"),
    ],
    ids=["another key", "another account"],
)
def test_rightly_signed_is_not_rightly_sealed(other: Sealing) -> None:
    """Our token, but a text that is not for us: a fault to be kept, not a forgery."""
    encrypt = other.encrypt("<xml/>")
    with pytest.raises(UndecryptableError):
        Seal(SEALING.app_id, [PAIR]).open(query(encrypt), encrypt, NOW)


@pytest.mark.parametrize("encrypt", ["", "A", "====", "AAAA", "é", "A" * 44, "A" * 64, "A" * 88])
def test_signed_nonsense_raises_one_error(encrypt: str) -> None:
    """Whatever wechatpy raises for it: no base64, no whole blocks, no length, no receiver."""
    with pytest.raises(UndecryptableError):
        Seal(SEALING.app_id, [PAIR]).open(query(encrypt), encrypt, NOW)


def test_another_token_is_a_forgery() -> None:
    """Also with our key."""
    encrypt = SEALING.encrypt("<xml/>")
    with pytest.raises(ForgedError):
        Seal(SEALING.app_id, [PAIR]).open(query(encrypt, sealing=replace(SEALING, token="x")), encrypt, NOW)


@pytest.mark.parametrize(("seconds", "fresh"), [(-301, False), (-300, True), (300, True), (301, False)])
def test_freshness_is_three_hundred_seconds_either_way(seconds: int, fresh: bool) -> None:
    """On the edge it counts, a second beyond it is stale, whichever clock is behind."""
    encrypt = SEALING.encrypt("<xml/>")
    asked = query(encrypt, NOW + timedelta(seconds=seconds))
    seal = Seal(SEALING.app_id, [PAIR])
    if fresh:
        assert seal.open(asked, encrypt, NOW).text == "<xml/>"
    else:
        with pytest.raises(ForgedError, match="stale"):
            seal.open(asked, encrypt, NOW)
