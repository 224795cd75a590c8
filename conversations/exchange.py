"""One message and the answer that is being made to it: what every reading of a message is given, and writes to."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from conversations.buttons import Signer
from conversations.engine.heard import Heard
from conversations.engine.kept import Dialog
from conversations.engine.messages import Incoming, Media
from conversations.playing import HouseStage, refusing_first
from conversations.replies import Replies
from conversations.standing_school import SchoolStanding
from desk import scanned_rooms
from desk.sitting import Sitting
from storage.around import Around
from storage.shown import Shown, recently_shown


@dataclass(frozen=True)
class Remembered:
    """The dialog as stored, the ticket last talked about, and what was open as the message came (None: not looked)."""

    dialog: Dialog
    ticket_id: int | None
    ticket_at: datetime | None
    around: Around | None = None


@dataclass
class Turnout:
    """What one message comes to: the dialog to keep, what is said, and which ticket was talked about."""

    dialog: Dialog
    replies: Replies
    ticket_id: int | None = None


class Exchange:
    """One message of one person, inside its transaction. Only `turnout` changes while it is answered."""

    def __init__(self, sitting: Sitting, remembered: Remembered, incoming: Incoming, signer: Signer) -> None:
        self.sitting = sitting
        self.remembered = remembered
        self.incoming = incoming
        self.signer = signer
        self.stage = HouseStage(sitting, remembered.around)
        self.turnout = Turnout(remembered.dialog, Replies(sitting, signer))

    @property
    def dialog(self) -> Dialog:
        """As it is by now."""
        return self.turnout.dialog

    @property
    def replies(self) -> Replies:
        return self.turnout.replies

    @property
    def account_id(self) -> int:
        return self.sitting.actor.account_id or 0

    @cached_property
    def shown(self) -> Shown:
        """The last few messages with buttons as they stand in this chat, the newest first; looked for once."""
        return recently_shown(self.sitting.session, self.account_id)

    @cached_property
    def heard(self) -> Heard:
        """The message as a dialog hears it."""
        one = self.incoming
        return Heard(
            at=self.sitting.at, text=one.text, media=one.media, message=one.message_id or one.external_id
        )

    @cached_property
    def typed(self) -> str:
        """The words that are the whole message; empty where anything was sent along: then they are a caption.

        A voice whose words were recognised is its words.
        """
        one = self.incoming
        is_words = not one.media or (not one.text.strip() and all(sent.recognised for sent in one.media))
        return self.heard.words if is_words else ""

    @property
    def around(self) -> Around:
        """What is open around this person."""
        return self.stage.around

    @property
    def stands_elsewhere(self) -> bool:
        """Whether tickets are open and a room was scanned since that none of them is about."""
        own = [one.id for one in self.around.own]
        return bool(own) and scanned_rooms.stands_elsewhere(self.sitting, own)

    def add_to(self, ticket_id: int, words: str, media: tuple[Media, ...]) -> None:
        """Words and media become that ticket's, without a question."""
        self.turnout.ticket_id = ticket_id
        self.turnout.dialog = self.dialog.having_gone(self.heard.message, ticket_id)
        with refusing_first(self.sitting.session):
            SchoolStanding(self.sitting, str(ticket_id)).add_to("", words, media)
