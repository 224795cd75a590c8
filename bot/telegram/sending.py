"""An `Outgoing` to a person: edited in place or sent, part by part, with one outcome.

Telegram has no key that would make a sending exactly-once: after a silence the message may have arrived, so the
outcome is `unsure` and nothing is tried again here. Edits may be repeated freely: they say the same twice.
"""

import logging
from collections import OrderedDict
from pathlib import Path

from telegram import Bot, InputFile, InputMediaDocument, Message, ReplyParameters
from telegram.error import BadRequest, TelegramError

from bot.telegram.errors import EDIT_GONE, FILE_UNKNOWN, NO_PHOTO, NO_TEXT, is_about, meaning
from bot.telegram.layout import MOST_CAPTION, Part, laid_out, units
from conversations.engine.messages import Fate, File, MediaKind, Outcome, Outgoing

log = logging.getLogger(__name__)

REMEMBERED = 1000  # messages of which a part was sent and another waits
EDIT_AGAIN_SECONDS = 3.0


class Sender:
    """Sends one message at a time to each chat; delivery keeps the order."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._sent_parts: OrderedDict[str, tuple[Part, ...]] = OrderedDict()

    async def send(self, message: Outgoing) -> Outcome:
        """One attempt; never raises for what Telegram may answer."""
        parts = laid_out(message)
        if message.edits and len(parts) == 1 and parts[0].file is None:
            edited = await self._edit(message, parts[0])
            if edited is not None:
                return edited
        return await self._send_parts(message, parts)

    async def _edit(self, message: Outgoing, part: Part) -> Outcome | None:
        """None: there is nothing left to edit, so it must be sent."""
        try:
            await self._bot.edit_message_text(
                text=part.text,
                chat_id=message.chat,
                message_id=int(message.edits),
                reply_markup=part.keyboard,
            )
        except BadRequest as error:
            if is_about(error, NO_TEXT):
                return await self._edit_caption(message, part)
            if is_about(error, EDIT_GONE):
                return None
            outcome = meaning(error)
            return Outcome(fate=Fate.SENT, message_id=message.edits) if outcome.fate is Fate.SENT else outcome
        except TelegramError as error:
            outcome = meaning(error)
            if outcome.fate is Fate.UNSURE:
                return Outcome(fate=Fate.LATER, reason="down", after_seconds=EDIT_AGAIN_SECONDS)
            return outcome
        return Outcome(fate=Fate.SENT, message_id=message.edits)

    async def _edit_caption(self, message: Outgoing, part: Part) -> Outcome | None:
        """The message to be edited has a file: its words are a caption. Longer ones go as a message of their own."""
        if units(part.text) > MOST_CAPTION:
            return None
        try:
            await self._bot.edit_message_caption(
                chat_id=message.chat,
                message_id=int(message.edits),
                caption=part.text,
                reply_markup=part.keyboard,
            )
        except TelegramError as error:
            outcome = meaning(error)
            return Outcome(fate=Fate.SENT, message_id=message.edits) if outcome.fate is Fate.SENT else outcome
        return Outcome(fate=Fate.SENT, message_id=message.edits)

    async def _send_parts(self, message: Outgoing, parts: tuple[Part, ...]) -> Outcome:
        sent: Message | None = None
        before = self._sent_parts.pop(message.key, ())
        start = len(before) if parts[: len(before)] == before else 0  # it may be rendered otherwise by now
        for number, part in enumerate(parts[start:], start=start):
            try:
                sent = await (self._album(message, part) if part.album else self._part(message, part))
            except TelegramError as error:
                self._remember(message.key, parts[:number])
                return meaning(error)
            except OSError as error:
                log.error(
                    "telegram: the file of outbox %s cannot be read: %s", message.key, type(error).__name__
                )
                return Outcome(fate=Fate.REFUSED, reason="configuration", detail=type(error).__name__)
        return Outcome(fate=Fate.SENT, message_id=str(sent.message_id) if sent else "")

    def _remember(self, key: str, parts: tuple[Part, ...]) -> None:
        """A later attempt goes on where this one ended, so that a photo is not shown twice."""
        if parts:
            self._sent_parts[key] = parts
        while len(self._sent_parts) > REMEMBERED:
            self._sent_parts.popitem(last=False)

    async def _part(self, message: Outgoing, part: Part) -> Message:
        if part.file is not None:
            return await self._file(message, part, part.file)
        return await self._bot.send_message(
            chat_id=message.chat,
            text=part.text,
            reply_markup=part.keyboard,
            disable_notification=message.quiet,
            reply_parameters=_reply(message),
        )

    async def _album(self, message: Outgoing, part: Part) -> Message:
        """Several documents as one: one sound, one block in the chat, the words under the last."""
        contents = [Path(one.path).read_bytes() for one in part.album]  # noqa: ASYNC240 - local, and small
        *others, last = zip(part.album, contents, strict=True)
        media = [InputMediaDocument(content, filename=one.name) for one, content in others]
        media.append(InputMediaDocument(last[1], filename=last[0].name, caption=part.text))
        sent = await self._bot.send_media_group(
            message.chat, media, disable_notification=message.quiet, reply_parameters=_reply(message)
        )
        return sent[-1]

    async def _file(self, message: Outgoing, part: Part, file: File) -> Message:
        if file.kind is MediaKind.LOCATION:
            return await self._location(message, part, file)
        if file.reference:
            try:
                return await self._medium(message, part, file, file.reference)
            except BadRequest as error:
                if not file.path or not is_about(error, FILE_UNKNOWN):
                    raise
        content = Path(file.path).read_bytes()  # noqa: ASYNC240 - local, and at most 20 MiB
        return await self._medium(message, part, file, InputFile(content, filename=file.name))

    async def _location(self, message: Outgoing, part: Part, file: File) -> Message:
        return await self._bot.send_location(
            message.chat,
            file.latitude or 0.0,
            file.longitude or 0.0,
            reply_markup=part.keyboard,
            disable_notification=message.quiet,
        )

    async def _medium(self, message: Outgoing, part: Part, file: File, source: str | InputFile) -> Message:
        chat, quiet, reply = message.chat, message.quiet, _reply(message)
        if file.kind is MediaKind.VOICE:
            return await self._bot.send_voice(
                chat,
                source,
                caption=part.text,
                disable_notification=quiet,
                reply_markup=part.keyboard,
                reply_parameters=reply,
            )
        if file.kind is MediaKind.PHOTO:
            try:
                return await self._bot.send_photo(
                    chat, source, part.text, quiet, reply_markup=part.keyboard, reply_parameters=reply
                )
            except BadRequest as error:
                if not is_about(error, NO_PHOTO):
                    raise
        return await self._bot.send_document(
            chat, source, part.text, quiet, reply_markup=part.keyboard, reply_parameters=reply
        )


def _reply(message: Outgoing) -> ReplyParameters | None:
    if not message.replies_to:
        return None
    return ReplyParameters(message_id=int(message.replies_to), allow_sending_without_reply=True)
