"""What Telegram takes and what it refuses to take: lengths, keyboards, commands, each in its own words."""

import re
from collections.abc import Mapping
from typing import Any

from tests.doubles.telegram.chats import Keyboard
from tests.doubles.telegram.wire import Call, bad

MOST_TEXT, MOST_CAPTION, MOST_TOAST = 4096, 1024, 200  # UTF-16 units
MOST_DATA_BYTES = 64
MOST_BUTTONS, MOST_IN_ROW = 100, 8
STYLES = frozenset({"primary", "success", "danger"})
ACTIONS = frozenset(
    {"callback_data", "url", "copy_text", "web_app", "login_url", "switch_inline_query", "pay"}
)
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
WEBHOOK = re.compile(r"https://[^/:]+(:(443|80|88|8443))?(/.*)?")


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def text_of(call: Call) -> str:
    """The text of a message. Raises ApiError."""
    text = call.fields.get("text", "").strip()
    if not text:
        raise bad("message text is empty")
    if units(text) > MOST_TEXT:
        raise bad("message is too long")
    return text


def caption_of(call: Call) -> dict[str, str]:
    """The caption, if any. Raises ApiError."""
    caption = call.fields.get("caption", "").strip()
    if units(caption) > MOST_CAPTION:
        raise bad("message caption is too long")
    return {"caption": caption} if caption else {}


def keyboard_of(call: Call) -> Keyboard:
    """The buttons; none when absent. Raises ApiError."""
    markup = call.parsed("reply_markup")
    if markup is None:
        return []
    if not isinstance(markup, dict) or not isinstance(markup.get("inline_keyboard"), list):
        raise bad("object expected as reply markup")
    rows: Keyboard = markup["inline_keyboard"]
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_ROW for row in rows):
        raise bad("reply markup is too long")
    for row in rows:
        for button in row:
            _check_button(button)
    return [row for row in rows if row]


def _check_button(button: Mapping[str, Any]) -> None:
    if not str(button.get("text", "")).strip():
        raise bad('can\'t parse inline keyboard button: Field "text" must be non-empty')
    if len(ACTIONS & button.keys()) != 1:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= MOST_DATA_BYTES:
        raise bad("BUTTON_DATA_INVALID")
    if "style" in button and button["style"] not in STYLES:
        raise bad("can't parse inline keyboard button: invalid button style specified")


def commands_of(call: Call) -> list[dict[str, str]]:
    """The list of commands. Raises ApiError."""
    commands: list[dict[str, str]] = call.parsed("commands") or []
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for one in commands:
        if not COMMAND.fullmatch(one.get("command", "")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(one.get("description", "")) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return commands
