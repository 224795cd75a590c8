"""The error table, row by row: the platform answers with a code, and the outcome is what the fact sheet
says."""

import pytest
from aiohttp import web

from bot.clock import SetClock
from bot.wechat.channel import WechatChannel
from bot.wechat.errors import MEANINGS, Alarm, Remedy, meaning_of
from bot.wechat.settings import WechatSettings
from conversations.engine.messages import Fate, Outcome, Scope
from tests.doubles.desk import BUTTONS, outgoing
from tests.doubles.wechat import WechatPlatform

REFUSED, LATER, SENT = Fate.REFUSED, Fate.LATER, Fate.SENT

# (codes, fate, reason) as the fact sheet's table has them.
TABLE: list[tuple[tuple[int, ...], Fate, str]] = [
    ((-1,), LATER, "down"),
    ((40001, 40014, 42001), REFUSED, "configuration"),
    ((40164,), REFUSED, "configuration"),
    ((40013, 40125, 40243), REFUSED, "configuration"),
    ((40003,), REFUSED, "not_found"),
    ((40007, *range(40004, 40013)), REFUSED, "too_large"),
    ((40037, 47003, 40033), REFUSED, "configuration"),
    ((43004, 50005), REFUSED, "blocked"),
    ((43101,), REFUSED, "window"),
    ((40200,), REFUSED, "configuration"),
    ((45098,), REFUSED, "too_large"),
    ((*range(44002, 44005), *range(45002, 45009)), REFUSED, "too_large"),
    ((45009,), REFUSED, "quota"),
    ((45011,), LATER, "quota"),
    ((45015,), REFUSED, "window"),
    ((45047,), REFUSED, "quota"),
    ((48001, 48004, 48008), REFUSED, "configuration"),
    ((48002,), REFUSED, "blocked"),
    ((50002,), REFUSED, "configuration"),
    ((45065,), SENT, ""),
    ((45066,), LATER, "quota"),
    ((12345, 99999), REFUSED, "configuration"),  # explained nowhere: answered, so not sent
]
ROWS = [(code, fate, reason) for codes, fate, reason in TABLE for code in codes]


@pytest.mark.parametrize(("code", "fate", "reason"), ROWS)
async def test_the_outcome_of_each_code(
    channel: WechatChannel, platform: WechatPlatform, wang: str, code: int, fate: Fate, reason: str
) -> None:
    """Over the wire; the person sees nothing, and one code is at most asked twice."""
    platform.api.order("custom/send", code, times=100)
    outcome = await channel.send(outgoing(wang, "您好"))
    assert (outcome.fate, outcome.reason) == (fate, reason)
    assert platform.screen(wang) == []
    most = 2 if meaning_of(code).remedy is Remedy.RENEW_TOKEN else 1
    assert platform.api.calls["message/custom/send"] == most


def test_every_row_of_the_code_is_a_row_of_the_sheet() -> None:
    """Neither has one that the other lacks."""
    assert {code for code, *_ in ROWS} - {12345, 99999} == set(MEANINGS)


def test_what_the_operator_must_mend_is_an_alarm() -> None:
    """And what a person does is none."""
    for code, row in MEANINGS.items():
        assert (row.alarm is Alarm.YES) == (row.reason == "configuration" or code == 45009), code


@pytest.mark.parametrize(("code", "scope"), [(45011, Scope.BOT), (-1, Scope.CHAT), (45066, Scope.CHAT)])
async def test_later_says_when_and_for_whom(
    channel: WechatChannel, platform: WechatPlatform, wang: str, code: int, scope: Scope
) -> None:
    """A limit of the account holds everybody back, a busy moment only this chat."""
    platform.api.order("custom/send", code)
    outcome = await channel.send(outgoing(wang, "您好"))
    assert outcome.scope is scope
    assert 0 < outcome.after_seconds <= 60


@pytest.mark.parametrize("code", [40200, 45098])
async def test_choices_that_may_not_be_sent_go_as_a_list(
    channel: WechatChannel, platform: WechatPlatform, wang: str, code: int
) -> None:
    """The same words with numbers to type, in the same attempt."""
    platform.api.order("custom/send", code)
    outcome = await channel.send(outgoing(wang, "选", buttons=BUTTONS))
    assert outcome.fate is Fate.SENT
    assert [one.data for one in platform.screen(wang)[0].buttons] == ["1", "2"]


async def test_an_account_without_menus_is_not_asked_again(
    channel: WechatChannel, platform: WechatPlatform, wang: str
) -> None:
    """A test account answers 40200 for ever; 45098 is about one list only."""
    for code, calls in ((45098, 3), (40200, 6)):
        platform.api.order("custom/send", code)
        for key in ("1", "2"):
            await channel.send(outgoing(wang, "选", key=f"{code}{key}", buttons=BUTTONS))
        assert platform.api.calls["message/custom/send"] == calls
    await channel.send(outgoing(wang, "选", key="last", buttons=BUTTONS))
    assert [body["msgtype"] for body in platform.api.sent] == ["text", "msgmenu", "text", "text", "text"]


async def test_a_long_text_with_choices_that_may_not_be_sent(
    channel: WechatChannel, platform: WechatPlatform, wang: str
) -> None:
    """Nothing of it is lost or shown twice when the menu in its last part is refused."""
    platform.api.takes_menus = False
    text = "\n".join("字" * 99 for _ in range(11))
    for key in ("menu refused", "list at once"):
        platform.api.screens.shown.clear()
        assert (await channel.send(outgoing(wang, text, key=key, buttons=BUTTONS))).fate is Fate.SENT
        shown = platform.screen(wang)
        assert "\n".join(one.text for one in shown) == text
        assert (len(shown), [one.data for one in shown[-1].buttons]) == (2, ["1", "2"])


ODD: list[tuple[str, web.Response | None, Fate, str]] = [
    (
        "a proxy's page",
        web.Response(text="<html>ok</html>", content_type="text/html"),
        Fate.UNSURE,
        "timeout",
    ),
    ("a list", web.json_response([0]), Fate.UNSURE, "timeout"),
    ("an empty body", web.Response(text=""), Fate.UNSURE, "timeout"),
    ("an object that says nothing", web.json_response({"ok": 1}), Fate.UNSURE, "timeout"),
    ("a code that is no number", web.json_response({"errcode": "0"}), Fate.UNSURE, "timeout"),
    ("a code that is true", web.json_response({"errcode": True}), Fate.UNSURE, "timeout"),
    ("no UTF-8", web.Response(body=b'{"errcode":0,"errmsg":"\xc4\xe3"}'), Fate.UNSURE, "timeout"),
    ("nested deeply", web.Response(text="[" * 100_000), Fate.UNSURE, "timeout"),
    ("two megabytes", web.Response(text='{"errcode":0,"x":"' + "x" * 2**21 + '"}'), Fate.UNSURE, "timeout"),
    ("500", web.Response(status=500), Fate.UNSURE, "timeout"),
    ("502", web.Response(status=502), Fate.UNSURE, "timeout"),
    ("504", web.Response(status=504), Fate.UNSURE, "timeout"),
    ("404", web.Response(status=404), Fate.UNSURE, "timeout"),
    (
        "a redirection",
        web.Response(status=302, headers={"Location": "http://127.0.0.1:1/"}),
        Fate.UNSURE,
        "timeout",
    ),
    ("503", web.Response(status=503), Fate.LATER, "down"),
    ("429", web.Response(status=429), Fate.LATER, "down"),
]


@pytest.mark.parametrize(("name", "odd", "fate", "reason"), ODD, ids=[row[0] for row in ODD])
async def test_an_answer_that_is_none(
    channel: WechatChannel,
    platform: WechatPlatform,
    wang: str,
    name: str,
    odd: web.Response,
    fate: Fate,
    reason: str,
) -> None:
    """What cannot be read may have been sent: never tried again here, never taken for success."""
    platform.api.odd_answers["custom/send"] = lambda: odd
    outcome = await channel.send(outgoing(wang, "您好"))
    assert (outcome.fate, outcome.reason) == (fate, reason)
    assert platform.api.calls["message/custom/send"] == 1


@pytest.mark.parametrize(
    ("refusal", "fate", "reason"),
    [
        ("blocked", REFUSED, "blocked"),
        ("window", REFUSED, "window"),
        ("quota", REFUSED, "quota"),
        ("timeout", Fate.UNSURE, "timeout"),
        ("down", LATER, "down"),
    ],
)
async def test_the_refusals_of_stories(
    channel: WechatChannel, platform: WechatPlatform, wang: str, refusal: str, fate: Fate, reason: str
) -> None:
    """Each word of a story is a way in which the real platform refuses; accepted again, messages arrive."""
    platform.refuse(wang, refusal)
    outcome = await channel.send(outgoing(wang, "您好"))
    assert (outcome.fate, outcome.reason) == (fate, reason)
    assert platform.screen(wang) == []
    platform.refuse(wang, "")
    assert (await channel.send(outgoing(wang, "又来了", key="2"))).fate is Fate.SENT
    assert [one.text for one in platform.screen(wang)] == ["又来了"]


async def test_a_platform_that_is_not_there(
    settings: WechatSettings, clock: SetClock, wang: str, platform: WechatPlatform
) -> None:
    """No connection: certainly not sent. The desk starts and stops all the same."""
    await platform.stop()
    channel = WechatChannel(settings, clock.now)
    outcome: Outcome = await channel.send(outgoing(wang, "您好"))
    assert (outcome.fate, outcome.reason) == (Fate.LATER, "down")
    await channel.stop()
    await platform.start()


async def test_a_code_not_an_escape(channel: WechatChannel, platform: WechatPlatform, wang: str) -> None:
    """Chinese and emoji leave as UTF-8: the platform refuses escapes."""
    assert (await channel.send(outgoing(wang, "投影😀"))).fate is Fate.SENT
    assert platform.screen(wang)[0].text == "投影😀"
