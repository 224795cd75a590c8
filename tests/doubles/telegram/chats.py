"""What lies in the private chats: messages of both sides, edited in place, and the person's view of them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.doubles.platform import Screens, ShownButton
from tests.doubles.telegram.people import BOT, Person
from tests.doubles.telegram.wire import ApiError, bad

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
Keyboard = list[list[dict[str, Any]]]


@dataclass
class Message:
    """One message. `content` holds what it is: text, or a medium and its caption."""

    message_id: int
    person: Person
    date: int
    content: dict[str, Any]
    is_own: bool  # the bot's
    keyboard: Keyboard = field(default_factory=list)
    name: str = ""  # of the medium, as its sender called it
    is_silent: bool = False
    edited_at: int = 0

    def as_json(self) -> dict[str, Any]:
        """As it stands in answers and updates."""
        whole: dict[str, Any] = {
            "message_id": self.message_id,
            "from": BOT if self.is_own else self.person.user(),
            "chat": self.person.chat(),
            "date": self.date,
            **self.content,
        }
        if self.edited_at:
            whole["edit_date"] = self.edited_at
        if self.keyboard:
            whole["reply_markup"] = {"inline_keyboard": self.keyboard}
        return whole

    def text(self) -> str:
        """As the person reads it."""
        words = str(self.content.get("text") or self.content.get("caption") or "")
        kind = next((one for one in ("photo", "document", "voice", "location") if one in self.content), "")
        shown = {"document": "file"}.get(kind, kind)
        return "\n".join([f"<{shown} {self.name}>".replace(" >", ">"), words]) if kind else words

    def buttons(self) -> tuple[ShownButton, ...]:
        return tuple(
            ShownButton(label=one["text"], data=one.get("callback_data", ""))
            for row in self.keyboard
            for one in row
        )


@dataclass
class Chats:
    """All private chats of the bot; one counter for their messages."""

    screens: Screens
    now: datetime
    messages: dict[int, Message] = field(default_factory=dict)
    toasts: int = 0

    @property
    def date(self) -> int:
        """Whole seconds, never after the clock."""
        return int(self.now.timestamp())

    def add(self, person: Person, content: dict[str, Any], *, is_own: bool, is_shown: bool = True,
            **more: Any) -> Message:
        """A new message; the bot's own are shown."""
        one = Message(len(self.messages) + 1, person, self.date, content, is_own, **more)
        self.messages[one.message_id] = one
        if is_own and is_shown:
            self._show(one)
        return one

    def edit(
        self, person: Person, message_id: int | None, content: dict[str, Any] | None, keyboard: Keyboard
    ) -> Message:
        """Replace in place. Raises ApiError."""
        one = self.messages.get(message_id or 0)
        if one is None or one.person is not person:
            raise bad("message to edit not found")
        if not one.is_own:
            raise bad("message can't be edited")
        if content is not None and "text" not in one.content:
            raise bad("there is no text in the message to edit")
        changed = content if content is not None else one.content
        if (changed, keyboard) == (one.content, one.keyboard):
            raise ApiError(400, NOT_MODIFIED)
        one.content, one.keyboard, one.edited_at = changed, keyboard, self.date
        self._show(one, is_edit=True)
        return one

    def add_album(self, person: Person, contents: list[tuple[dict[str, Any], str]]) -> list[Message]:
        """Several messages at once, one block on the screen."""
        made = [self.add(person, content, is_own=True, name=name, is_shown=False) for content, name in contents]
        text = "\n".join(part for one in made for part in one.text().split("\n") if part)
        self.screens.show(account=person.account, message_id=str(made[-1].message_id), text=text, buttons=(),
                          is_edit=False, at=self.now)
        return made

    def edit_caption(self, person: Person, message_id: int | None, caption: dict[str, Any],
                     keyboard: Keyboard) -> Message:
        """Replace the words under a file. Raises ApiError."""
        one = self.messages.get(message_id or 0)
        if one is None or one.person is not person:
            raise bad("message to edit not found")
        if "text" in one.content:
            raise bad("there is no caption in the message to edit")
        changed = {**one.content, **caption}
        if (changed, keyboard) == (one.content, one.keyboard):
            raise ApiError(400, NOT_MODIFIED)
        one.content, one.keyboard, one.edited_at = changed, keyboard, self.date
        self._show(one, is_edit=True)
        return one

    def correct(self, message: Message, text: str) -> None:
        """The person changes a message of their own."""
        message.content = {**message.content, ("text" if "text" in message.content else "caption"): text}
        message.edited_at = self.date

    def toast(self, person: Person, text: str) -> None:
        """The answer to a tap pops up and is gone."""
        self.toasts += 1
        self.screens.show(
            account=person.account,
            message_id=f"toast-{self.toasts}",
            text=text,
            buttons=(),
            is_edit=False,
            at=self.now,
        )

    def _show(self, one: Message, *, is_edit: bool = False) -> None:
        self.screens.show(
            account=one.person.account,
            message_id=str(one.message_id),
            text=one.text(),
            buttons=one.buttons(),
            is_edit=is_edit,
            at=self.now,
        )
