"""The error table, row by row: Telegram answers so, over the wire, and the outcome is what the fact sheet says."""

import pytest
from aiohttp import web

from bot.clock import SetClock
from bot.telegram.channel import TelegramChannel
from bot.telegram.settings import TelegramSettings
from conversations.engine.messages import Fate, Scope
from tests.doubles.desk import BUTTONS, outgoing
from tests.doubles.telegram import TelegramPlatform
from tests.doubles.telegram.api import CLOSE, HANG, TEAR
from tests.doubles.telegram.wire import ApiError, bad, page
from tests.telegram.conftest import PUBLIC_URL

SENT, REFUSED, LATER, UNSURE = Fate.SENT, Fate.REFUSED, Fate.LATER, Fate.UNSURE

# (what Telegram does, fate, reason) for a message that is sent
SENDING: list[tuple[str, ApiError | web.Response | str, Fate, str]] = [
    ("blocked", ApiError(403, "bot was blocked by the user"), REFUSED, "blocked"),
    ("deactivated", ApiError(403, "user is deactivated"), REFUSED, "blocked"),
    ("never started", ApiError(403, "bot can't initiate conversation with a user"), REFUSED, "blocked"),
    ("kicked", ApiError(403, "bot was kicked from the group chat"), REFUSED, "blocked"),
    ("no chat", bad("chat not found"), REFUSED, "not_found"),
    (
        "moved",
        ApiError(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100),
        REFUSED,
        "not_found",
    ),
    ("too long", bad("message is too long"), REFUSED, "too_large"),
    ("caption too long", bad("message caption is too long"), REFUSED, "too_large"),
    ("button", bad("BUTTON_DATA_INVALID"), REFUSED, "configuration"),
    ("keyboard", bad("reply markup is too long"), REFUSED, "too_large"),
    ("entities", bad("can't parse entities: unexpected end tag"), REFUSED, "configuration"),
    ("rights", bad("not enough rights to send text messages to the chat"), REFUSED, "configuration"),
    ("unknown refusal", bad("something new in 2027"), REFUSED, "refused"),
    ("wrong token", ApiError(401), LATER, "configuration"),
    ("wrong address", ApiError(404), LATER, "configuration"),
    ("a proxy's 404", page(404, "Not Found"), LATER, "configuration"),
    ("conflict", ApiError(409, "terminated by other getUpdates request"), LATER, "down"),
    ("too many", ApiError(429, "retry after 21", retry_after=21), LATER, "rate"),
    ("413", page(413, "Request Entity Too Large"), REFUSED, "too_large"),
    ("500", ApiError(500), UNSURE, "timeout"),
    ("502", page(502, "Bad Gateway"), UNSURE, "timeout"),
    ("503", page(503, "Service Temporarily Unavailable"), LATER, "down"),
    ("504", page(504, "Gateway Time-out"), UNSURE, "timeout"),
    ("a page that says all is well", page(200, "OK"), UNSURE, "timeout"),
    ("delivered, then silent", HANG, UNSURE, "timeout"),
    ("delivered, then closed", CLOSE, UNSURE, "timeout"),
    ("closed before", TEAR, UNSURE, "timeout"),
]
SHOWN = frozenset({"delivered, then silent", "delivered, then closed"})


@pytest.mark.parametrize(("name", "does", "fate", "reason"), SENDING, ids=[row[0] for row in SENDING])
async def test_what_becomes_of_a_message(
    channel: TelegramChannel,
    platform: TelegramPlatform,
    wang: str,
    name: str,
    does: ApiError | web.Response | str,
    fate: Fate,
    reason: str,
) -> None:
    """One request, one outcome; nothing is tried again behind delivery's back."""
    platform.api.order("sendMessage", does)
    outcome = await channel.send(outgoing(wang, "您好"))
    assert (outcome.fate, outcome.reason) == (fate, reason)
    assert platform.api.counts["sendmessage"] == 1
    assert len(platform.screen(wang)) == (name in SHOWN)


async def test_too_many_messages_wait_exactly_as_long_as_asked(
    channel: TelegramChannel, platform: TelegramPlatform, wang: str
) -> None:
    """And only this chat waits."""
    platform.api.order("sendMessage", ApiError(429, "retry after 21", retry_after=21))
    outcome = await channel.send(outgoing(wang, "您好"))
    assert (outcome.after_seconds, outcome.scope) == (21.0, Scope.CHAT)


async def test_a_wrong_token_holds_the_whole_bot(
    channel: TelegramChannel, platform: TelegramPlatform, wang: str
) -> None:
    """Nothing of what waits is used up while somebody mends the settings."""
    platform.api.order("sendMessage", ApiError(401))
    assert (await channel.send(outgoing(wang, "您好"))).scope is Scope.BOT


async def test_no_telegram_at_all_is_certainly_not_sent(settings: TelegramSettings, clock: SetClock) -> None:
    """Refused connections are the one silence that may be tried again."""
    nowhere = TelegramSettings(
        token=settings.token,
        secret=settings.secret,
        base_url="http://127.0.0.1:9/bot",
        proxy="",
        mode=settings.mode,
    )
    channel = TelegramChannel(nowhere, clock.now, PUBLIC_URL)
    outcome = await channel.send(outgoing("5", "您好"))
    await channel.stop()
    assert (outcome.fate, outcome.reason) == (LATER, "down")


async def shown_card(channel: TelegramChannel, wang: str) -> str:
    """A card on the screen; its id."""
    return (await channel.send(outgoing(wang, "#1 已登记", buttons=BUTTONS))).message_id


# (what Telegram does to the edit, fate, how many messages the person has then)
EDITING: list[tuple[str, ApiError | web.Response | str, Fate, int]] = [
    ("not modified", bad("message is not modified: specified new message content is the same"), SENT, 1),
    ("gone", bad("message to edit not found"), SENT, 2),
    ("not ours any more", bad("message can't be edited"), SENT, 2),
    ("unknown id", bad("MESSAGE_ID_INVALID"), SENT, 2),
    ("silent", HANG, LATER, 1),
    ("closed", CLOSE, LATER, 1),
    ("torn", TEAR, LATER, 1),
    ("502", page(502, "Bad Gateway"), LATER, 1),
    ("too many", ApiError(429, "retry after 5", retry_after=5), LATER, 1),
    ("blocked", ApiError(403, "bot was blocked by the user"), REFUSED, 1),
]


@pytest.mark.parametrize(("name", "does", "fate", "messages"), EDITING, ids=[row[0] for row in EDITING])
async def test_what_becomes_of_an_edit(
    channel: TelegramChannel,
    platform: TelegramPlatform,
    wang: str,
    name: str,
    does: ApiError | web.Response | str,
    fate: Fate,
    messages: int,
) -> None:
    """An edit says the same twice, so silence is no doubt: it is simply made again. A card that is gone is sent."""
    card = await shown_card(channel, wang)
    platform.api.order("editMessageText", does)
    edit = outgoing(wang, "#1 已响应", key="2", buttons=BUTTONS[:1], edits=card)
    outcome = await channel.send(edit)
    assert outcome.fate is fate
    assert len({one.message_id for one in platform.screen(wang)}) == messages
    if outcome.fate is LATER:
        again = await channel.send(edit)
        assert (again.fate, again.message_id) == (SENT, card)
        assert platform.screen(wang)[-1].text == "#1 已响应"
    elif messages == 2:
        assert outcome.message_id != card
