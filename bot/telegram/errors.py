"""What Telegram's refusals and silences mean to a message: the error table of the fact sheet (§3) as data.

Only what surely did not arrive is tried again; every other silence is `unsure`, and the class of the message
decides (bot/delivering.py). `BadRequest` is a `NetworkError` in this library, so it stands before it.
"""

from dataclasses import dataclass

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from conversations.engine.messages import Fate, Outcome, Scope

DOWN_SECONDS = 15.0
CONFLICT_SECONDS = 30.0
MISCONFIGURED_SECONDS = 60.0
# Nothing has left: no connection was made, or none was free.
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
# The message that was to be edited is gone: the new version goes as a message of its own.
EDIT_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
# A message with a file has a caption in place of a text.
NO_TEXT = ("no text in the message to edit",)
# A file known by reference is uploaded once more; what is no photo to Telegram goes as a file.
FILE_UNKNOWN = ("wrong file", "wrong remote file", "can't use file of type")
NO_PHOTO = ("image_process_failed", "photo_invalid_dimensions", "too big for a photo")


@dataclass(frozen=True)
class Meaning:
    """Part of Telegram's own words, lower case, and what they mean. The library lower-cases what follows the
    kind."""

    words: str
    outcome: Outcome


def _refused(reason: str) -> Outcome:
    return Outcome(fate=Fate.REFUSED, reason=reason)


BAD_REQUESTS: tuple[Meaning, ...] = (
    Meaning("message is not modified", Outcome(fate=Fate.SENT)),
    Meaning("chat not found", _refused("not_found")),
    Meaning("not enough rights", _refused("configuration")),
    Meaning("too long", _refused("too_large")),
    Meaning("too big", _refused("too_large")),
    Meaning("button_data_invalid", _refused("configuration")),
    Meaning("can't parse", _refused("configuration")),
)
NETWORK: tuple[Meaning, ...] = (
    Meaning("(413)", _refused("too_large")),
    # A server that says it is busy has not begun; 500, 502 and 504 may have.
    Meaning("(503)", Outcome(fate=Fate.LATER, reason="down", after_seconds=DOWN_SECONDS)),
)
KINDS: tuple[tuple[type[TelegramError], Outcome], ...] = (
    (Forbidden, _refused("blocked")),
    (ChatMigrated, _refused("not_found")),
    # A wrong token is the house's fault: nothing of what waits is used up meanwhile.
    (
        InvalidToken,
        Outcome(
            fate=Fate.LATER, reason="configuration", after_seconds=MISCONFIGURED_SECONDS, scope=Scope.BOT
        ),
    ),
    (Conflict, Outcome(fate=Fate.LATER, reason="down", after_seconds=CONFLICT_SECONDS)),
)


def meaning(error: TelegramError) -> Outcome:
    """What became of the message."""
    words = str(error).lower()
    if isinstance(error, RetryAfter):
        return _waits(error)
    for kind, outcome in KINDS:
        if isinstance(error, kind):
            return outcome
    if isinstance(error, BadRequest):
        return _among(BAD_REQUESTS, words) or Outcome(fate=Fate.REFUSED, reason="refused", detail=words[:200])
    if isinstance(error.__cause__, NOT_SENT):
        return Outcome(fate=Fate.LATER, reason="down", after_seconds=DOWN_SECONDS)
    if isinstance(error, NetworkError):
        cause = type(error.__cause__ or error).__name__
        return _among(NETWORK, words) or Outcome(fate=Fate.UNSURE, reason="timeout", detail=cause)
    return Outcome(fate=Fate.UNSURE, reason="timeout", detail=type(error).__name__)


def _waits(error: RetryAfter) -> Outcome:
    """Held exactly as long as asked, and only this chat."""
    given = error.retry_after
    seconds = float(given if isinstance(given, int) else given.total_seconds())
    return Outcome(fate=Fate.LATER, reason="rate", after_seconds=seconds, scope=Scope.CHAT)


def _among(table: tuple[Meaning, ...], words: str) -> Outcome | None:
    return next((one.outcome for one in table if one.words in words), None)


def is_about(error: TelegramError, words: tuple[str, ...]) -> bool:
    """Whether Telegram's words are among these."""
    said = str(error).lower()
    return any(one in said for one in words)
