"""The bot's own account at Telegram: commands in two languages, the webhook, and what is wrong with them."""

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.telegram.reading import COMMANDS, KINDS
from bot.telegram.settings import Mode, TelegramSettings

PATH = "/telegram/webhook"
ENGLISH = {
    "report": "Report a fault",
    "progress": "Progress",
    "human": "Talk to a human",
    "help": "Help",
    "onduty": "Who is on duty",
    "signin": "Sign in (engineers)",
    "swap": "Swap a shift (engineers)",
    "leave": "Ask for leave (engineers)",
    "ledger": "Ledger (representatives)",
    "cancel": "Cancel",
}


async def listen(bot: Bot, settings: TelegramSettings, public_url: str) -> None:
    """Have Telegram call us, or have it stop: a bot with a webhook may not ask. Raises TelegramError."""
    if settings.mode is Mode.WEBHOOK:
        await bot.set_webhook(public_url + PATH, secret_token=settings.secret, allowed_updates=list(KINDS))
    else:
        await bot.delete_webhook()


async def show_commands(bot: Bot) -> None:
    """The menu beside the writing line: Chinese for who reads it, English for all others. Raises
    TelegramError."""
    await bot.set_my_commands([BotCommand(name, COMMANDS[name]) for name in ENGLISH], language_code="zh")
    await bot.set_my_commands([BotCommand(name, words) for name, words in ENGLISH.items()])


async def start_link(bot: Bot, code: str) -> str:
    """The address that opens the bot with this code. Where Telegram is silent the name is left to fill in."""
    try:
        name = (await bot.get_me()).username
    except TelegramError:
        name = "(the bot's name; Telegram does not answer now)"
    return f"https://t.me/{name}?start={code}"


async def check(bot: Bot, settings: TelegramSettings, public_url: str) -> list[str]:
    """What is wrong, tried against Telegram; one sentence each."""
    try:
        await bot.get_me()
        info = await bot.get_webhook_info()
    except TelegramError as error:
        return [
            f"Telegram does not answer ({type(error).__name__}): check YINGNUO_TELEGRAM_TOKEN, "
            "YINGNUO_TELEGRAM_BASE_URL and YINGNUO_TELEGRAM_PROXY"
        ]
    wrong = []
    should_be = public_url + PATH if settings.mode is Mode.WEBHOOK else ""
    if info.url != should_be:
        wrong.append(
            f"the webhook is {info.url or 'not set'}, it should be {should_be or 'absent'}: "
            "the next start sets it"
        )
    if info.last_error_message:
        wrong.append(f"Telegram's last delivery failed: {info.last_error_message}")
    return wrong
