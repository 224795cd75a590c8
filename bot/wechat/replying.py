"""The passive reply: a text in the answer to the push itself. It costs no quota and needs no window."""

from datetime import datetime
from typing import cast

from wechatpy.replies import TextReply

from bot.wechat.choices import fits, with_list
from bot.wechat.layout import links
from conversations.engine.messages import Outgoing


def passive_text(message: Outgoing) -> str | None:
    """The message as one text, choices numbered, for a passive reply cannot be a msgmenu; None when it cannot
    be."""
    if any(not file.link for file in message.files):
        return None
    text = with_list("\n".join([message.text, *links(message.files)]), message.buttons)
    return text if text.strip() and fits(text) else None


def rendered(text: str, *, to: str, sender: str, now: datetime) -> str:
    """The reply's XML, to be sealed."""
    reply = TextReply(content=safe(text), target=safe(to), source=safe(sender), time=int(now.timestamp()))
    return cast(str, reply.render())


def safe(text: str) -> str:
    """Fit for the CDATA that wechatpy pastes it into: `]]>` would end it and let words become elements.

    The section is closed and opened again inside it, so the text comes back whole; what XML 1.0 forbids goes.
    """
    allowed = "".join(char for char in text if _is_allowed(ord(char)))
    return allowed.replace("]]>", "]]]]><![CDATA[>")


def _is_allowed(code: int) -> bool:
    return code in {0x9, 0xA, 0xD} or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
