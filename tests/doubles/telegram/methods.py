"""The methods of the Bot API that the desk uses, and no others."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from tests.doubles.telegram import rules
from tests.doubles.telegram.chats import Chats, Message
from tests.doubles.telegram.files import Files, Kept, medium
from tests.doubles.telegram.people import BOT, Person
from tests.doubles.telegram.pushing import Pushing, Webhook
from tests.doubles.telegram.taps import Taps
from tests.doubles.telegram.updates import Updates
from tests.doubles.telegram.wire import ApiError, Call, bad

Method = Callable[[Call], Awaitable[Any]]


class Methods:
    """One bot's. Each raises ApiError for what Telegram would not take."""

    def __init__(
        self,
        people: Mapping[int, Person],
        chats: Chats,
        files: Files,
        taps: Taps,
        updates: Updates,
        pushing: Pushing,
    ) -> None:
        self.commands: dict[str, list[dict[str, str]]] = {}  # language → list; "" for the others
        self._people = people
        self._chats = chats
        self._files = files
        self._taps = taps
        self._updates = updates
        self._pushing = pushing
        self.by_name: Mapping[str, Method] = {
            "getme": self._get_me,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._webhook_info,
            "getupdates": self._get_updates,
            "sendmessage": self._send_message,
            "editmessagetext": self._edit_text,
            "editmessagereplymarkup": self._edit_markup,
            "sendphoto": self._send_photo,
            "senddocument": self._send_document,
            "sendvoice": self._send_voice,
            "sendlocation": self._send_location,
            "answercallbackquery": self._answer_tap,
            "setmycommands": self._set_commands,
            "getfile": self._get_file,
            "sendmediagroup": self._send_media_group,
            "editmessagecaption": self._edit_caption,
        }

    async def _get_me(self, _call: Call) -> object:
        return {
            **BOT,
            "can_join_groups": False,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    async def _set_webhook(self, call: Call) -> bool:
        url, secret = call.fields.get("url", ""), call.fields.get("secret_token", "")
        if url and not rules.WEBHOOK.fullmatch(url):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if secret and not rules.SECRET.fullmatch(secret):
            raise bad("secret token contains unallowed characters")
        if (kinds := call.parsed("allowed_updates")) is not None:
            self._updates.kinds = kinds
        self._pushing.set(Webhook(url, secret) if url else None)
        return True

    async def _delete_webhook(self, call: Call) -> bool:
        self._pushing.set(None)
        if call.says("drop_pending_updates"):
            for one in list(self._updates.waiting):
                self._updates.confirm(one)
        return True

    async def _webhook_info(self, _call: Call) -> object:
        webhook = self._pushing.webhook
        info: dict[str, object] = {
            "url": webhook.url if webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.waiting),
        }
        if self._pushing.last_error:
            info |= {"last_error_date": self._chats.date, "last_error_message": self._pushing.last_error}
        return info

    async def _get_updates(self, call: Call) -> object:
        return await self._updates.get(call, has_webhook=self._pushing.webhook is not None)

    async def _send_message(self, call: Call) -> object:
        return self._sent(call, {"text": rules.text_of(call)}).as_json()

    async def _send_photo(self, call: Call) -> object:
        return self._sent_file(call, "photo")

    async def _send_document(self, call: Call) -> object:
        return self._sent_file(call, "document")

    async def _send_media_group(self, call: Call) -> object:
        """An album of documents: a message each, shown as one block with the last one's caption."""
        listed = call.parsed("media") or []
        if not 2 <= len(listed) <= 10 or any(one.get("type") != "document" for one in listed):
            raise bad("wrong number of media, or of different kinds")
        made = []
        for one in listed:
            fields = {**call.fields, "document": one["media"], "caption": one.get("caption", "")}
            single = Call(call.method, fields, call.parts)
            kept = self._files.sent(single, "document")
            made.append((kept, medium(kept) | rules.caption_of(single)))
        sent = self._chats.add_album(self.person(call), [(content, kept.name) for kept, content in made])
        return [one.as_json() for one in sent]

    async def _edit_caption(self, call: Call) -> object:
        number = call.number("message_id")
        caption = rules.caption_of(call)
        return self._chats.edit_caption(self.person(call), number, caption, rules.keyboard_of(call)).as_json()

    async def _send_voice(self, call: Call) -> object:
        return self._sent_file(call, "voice")

    def _sent_file(self, call: Call, kind: str) -> object:
        self.person(call)
        kept: Kept = self._files.sent(call, kind)
        seconds = call.number("duration") or 0
        return self._sent(
            call, medium(kept, seconds=seconds) | rules.caption_of(call), name=kept.name
        ).as_json()

    async def _send_location(self, call: Call) -> object:
        try:
            place = {name: float(call.fields[name]) for name in ("latitude", "longitude")}
        except (KeyError, ValueError):
            raise bad("invalid location specified") from None
        return self._sent(call, {"location": place}).as_json()

    def _sent(self, call: Call, content: dict[str, Any], name: str = "") -> Message:
        person, keyboard = self.person(call), rules.keyboard_of(call)
        replied = call.parsed("reply_parameters") or {}
        answered = self._chats.messages.get(int(replied.get("message_id", 0)))
        if replied and answered is None and not replied.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
        return self._chats.add(
            person,
            content,
            is_own=True,
            keyboard=keyboard,
            name=name,
            is_silent=call.says("disable_notification"),
        )

    async def _edit_text(self, call: Call) -> object:
        content = {"text": rules.text_of(call)}
        number = call.number("message_id")
        return self._chats.edit(self.person(call), number, content, rules.keyboard_of(call)).as_json()

    async def _edit_markup(self, call: Call) -> object:
        number = call.number("message_id")
        return self._chats.edit(self.person(call), number, None, rules.keyboard_of(call)).as_json()

    async def _answer_tap(self, call: Call) -> bool:
        text = call.fields.get("text", "")
        if rules.units(text) > rules.MOST_TOAST:
            raise bad("MESSAGE_TOO_LONG")
        tap = self._taps.answer(call.fields.get("callback_query_id", ""), self._chats.now)
        if text:
            self._chats.toast(tap.person, text)
        return True

    async def _set_commands(self, call: Call) -> bool:
        self.commands[call.fields.get("language_code", "")] = rules.commands_of(call)
        return True

    async def _get_file(self, call: Call) -> object:
        return self._files.answer(call.fields.get("file_id", ""))

    def person(self, call: Call) -> Person:
        """Whom it is for. Raises ApiError when the bot may not write to them."""
        person = self._people.get(call.number("chat_id") or 0)
        if person is None:
            raise bad("chat not found")
        if not person.has_started:
            raise ApiError(403, "bot can't initiate conversation with a user")
        return person
