"""Words that are longer than one message of Telegram's arrive whole: what is confirmed below them was read."""

import pytest

from bot.telegram.channel import TelegramChannel
from bot.telegram.layout import MOST_TEXT, laid_out, units
from conversations.engine.messages import Button, Fate, File, MediaKind, Outgoing
from tests.doubles.desk import BUTTONS, outgoing
from tests.doubles.telegram import TelegramPlatform
from tests.doubles.telegram.wire import ApiError

STEPS = [f"{number}. 编写并在测试环境验证新的成绩汇总存储过程，逐项核对{'总分' * 80}" for number in range(1, 31)]
PLAN = "\n".join([*STEPS, "登记编号 ZXFK-2026-000001，内容摘要 7f3a9c21"])
RECORD = File(kind=MediaKind.FILE, name="回执.pdf", media_type="application/pdf", path="/回执.pdf")
AGREE = (Button(label="同意方案", data="x"),)


@pytest.mark.parametrize("files", [(), (RECORD,)])
def test_a_long_plan_comes_whole_with_its_digits_above_the_button(files: tuple[File, ...]) -> None:
    parts = laid_out(Outgoing(key="1", chat="2", account="3", text=PLAN, files=files, buttons=AGREE))
    words = [one for one in parts if one.text]
    assert "\n".join(one.text for one in words) == PLAN
    assert all(units(one.text) <= MOST_TEXT for one in words)
    assert [one.keyboard is not None for one in parts] == [False] * (len(parts) - 1) + [True]
    assert words[-1].text.endswith("7f3a9c21")


@pytest.mark.parametrize("sign", ["字", "𠮷", "😀"])
def test_words_without_a_line_break_lose_nothing(sign: str) -> None:
    text = "x" + sign * 10_000
    parts = laid_out(Outgoing(key="1", chat="2", account="3", text=text))
    assert "".join(one.text for one in parts) == text
    assert all(units(one.text) <= MOST_TEXT for one in parts)


def test_no_message_is_made_of_line_breaks_alone() -> None:
    """Telegram refuses it, and the button with it."""
    parts = laid_out(Outgoing(key="1", chat="2", account="3", text="字" * MOST_TEXT + "\n" * 5_000, buttons=AGREE))
    assert [one.text.strip() != "" for one in parts] == [True]
    assert parts[-1].keyboard is not None


async def after_its_first_part(channel: TelegramChannel, platform: TelegramPlatform, wang: str) -> None:
    """A long card of which one part was sent when Telegram asked to wait."""
    platform.api.order("sendMessage", "")
    platform.api.order("sendMessage", ApiError(429, "retry after 3", retry_after=3))
    outcome = await channel.send(outgoing(wang, PLAN, buttons=BUTTONS))
    assert outcome.fate is Fate.LATER


async def test_a_later_attempt_goes_on_behind_what_was_sent(
    channel: TelegramChannel, platform: TelegramPlatform, wang: str
) -> None:
    await after_its_first_part(channel, platform, wang)
    await channel.send(outgoing(wang, PLAN, buttons=BUTTONS))
    assert "\n".join(one.text for one in platform.screen(wang)) == PLAN


async def test_a_card_that_is_another_one_meanwhile_is_sent_whole(
    channel: TelegramChannel, platform: TelegramPlatform, wang: str
) -> None:
    """It is rendered anew for each attempt: a short one had no second part, and was booked as sent without a word."""
    await after_its_first_part(channel, platform, wang)
    outcome = await channel.send(outgoing(wang, "#1 已撤回", buttons=BUTTONS))
    assert outcome.message_id
    assert platform.screen(wang)[-1].text == "#1 已撤回"
    assert platform.screen(wang)[-1].buttons
