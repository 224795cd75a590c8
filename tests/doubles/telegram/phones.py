"""What a thumb does, as the update that it becomes."""

from dataclasses import dataclass
from typing import Any

from tests.doubles.files import bytes_of
from tests.doubles.platform import Said
from tests.doubles.telegram.chats import Chats, Message
from tests.doubles.telegram.files import Files, medium
from tests.doubles.telegram.people import Person
from tests.doubles.telegram.rules import PAYLOAD
from tests.doubles.telegram.taps import Taps

JPEG = b"\xff\xd8\xff\xe0"  # every photo is pressed anew
OGG = b"OggS"
KINDS = {"photo": "photo", "voice": "voice", "file": "document", "sticker": "sticker"}


@dataclass
class Phones:
    """All phones. Each deed gives (kind of update, content)."""

    chats: Chats
    files: Files
    taps: Taps

    def does(self, person: Person, said: Said) -> tuple[str, dict[str, Any]]:
        """One deed."""
        if said.tap is not None:
            return "callback_query", self._tap(person, said)
        if said.edits:
            return "edited_message", self._edit(person, said)
        content = self._medium(said) if said.media_kind else self._words(said)
        message = self.chats.add(person, content, is_own=False, name=said.media_name)
        whole = message.as_json()
        if said.replies_to:
            answered = self.chats.messages[int(said.replies_to)].as_json()
            whole["reply_to_message"] = answered
        return "message", whole

    def _words(self, said: Said) -> dict[str, Any]:
        text = said.text
        if said.scan:
            assert PAYLOAD.fullmatch(said.scan), "no deep link can carry this"
            text = f"/start {said.scan}"
        content: dict[str, Any] = {"text": text}
        if text.startswith("/"):
            command = text.split(" ")[0]
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(command)}]
        return content

    def _medium(self, said: Said) -> dict[str, Any]:
        if said.media_kind == "location":
            return {"location": {"latitude": said.latitude, "longitude": said.longitude}}
        kind = KINDS[said.media_kind]
        name = said.media_name or f"{kind}.dat"
        content = {"photo": JPEG, "voice": OGG}.get(kind, b"") + bytes_of(name)
        caption = {"caption": said.text} if said.text else {}
        return medium(self.files.keep(kind, name, content), seconds=said.seconds) | caption

    def _edit(self, person: Person, said: Said) -> dict[str, Any]:
        message = self._own(person, said.edits)
        self.chats.correct(message, said.text)
        return message.as_json()

    def _own(self, person: Person, which: str) -> Message:
        if which != "last":
            return self.chats.messages[int(which)]
        return next(
            one for one in reversed(self.chats.messages.values()) if one.person is person and not one.is_own
        )

    def _tap(self, person: Person, said: Said) -> dict[str, Any]:
        assert said.tap is not None
        query = self.taps.make(person, self.chats.now)
        message = self.chats.messages[int(said.tap_message_id)]
        return {
            "id": query.id,
            "from": person.user(),
            "message": message.as_json(),
            "chat_instance": f"-{person.id}77",
            "data": said.tap.data,
        }
