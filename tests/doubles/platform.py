"""What every double of a platform offers to the player of stories: phones with screens.

A double speaks to the product only over HTTP, in the platform's own format, both ways. The player
types, taps and looks at screens; it never looks into the product through a double.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, kw_only=True)
class ShownButton:
    label: str
    data: str  # what the platform sends back on a tap; for a numbered fallback the text to type


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One change of a screen: a new message, or a new version of an old one, in order of `sequence`."""

    sequence: int  # counts over all screens of all doubles (see `Sequence`)
    account: str
    message_id: str
    text: str  # as the person reads it; a photo reads "<photo name>"
    buttons: tuple[ShownButton, ...] = ()
    is_edit: bool = False
    at: datetime | None = None


@dataclass
class Sequence:
    """One counter for all doubles of a story, so that the player can order what people see."""

    value: int = 0

    def next(self) -> int:
        self.value += 1
        return self.value


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a person does on the phone. Exactly one of the fields is filled.

    A photo may have a caption in `text`, a voice message the words that the platform recognised.
    """

    text: str = ""
    tap: ShownButton | None = None
    tap_message_id: str = ""
    media_kind: str = ""  # photo, voice, file, location, sticker
    media_name: str = ""
    seconds: int = 0
    latitude: float = 0.0
    longitude: float = 0.0
    scan: str = ""  # payload of a QR or deep link: room code, invite code
    edits: str = ""  # message id of the person's own earlier message that `text` replaces; "last": the newest
    replies_to: str = ""  # message id of a message of the desk that `text` answers


@dataclass
class Traffic:
    """HTTP requests each way; a story in which one is zero did not go over the wire."""

    to_house: int = 0
    from_house: int = 0


class Platform(Protocol):
    name: str
    traffic: Traffic

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def settings(self) -> Mapping[str, str]:
        """Environment variables that point the product at this double."""
        ...

    def connect(self, house_url: str) -> None:
        """Where the product listens, e.g. http://127.0.0.1:40123."""
        ...

    def set_clock(self, now: datetime) -> None: ...

    async def enrol(self, name: str) -> str:
        """A new person on this platform; returns the platform's account id."""
        ...

    async def say(self, account: str, said: Said) -> None:
        """Send it to the product and wait for the HTTP answer. Called concurrently for `! together`."""
        ...

    async def resend(self) -> None:
        """Send the last update once more, as a platform does when it saw no answer."""
        ...

    def screen(self, account: str) -> list[Shown]:
        """Everything this person saw, oldest first."""
        ...

    def refuse(self, account: str, reason: str) -> None:
        """From now on: blocked, window, quota, timeout or down for this person; "" accepts again."""
        ...


@runtime_checkable
class Looks(Protocol):
    """A double whose phones ask for what is new instead of being told: the player has them look."""

    async def look(self) -> None: ...


@dataclass
class Screens:
    """Kept screens, for doubles to use."""

    sequence: Sequence
    shown: list[Shown] = field(default_factory=list)

    def show(
        self,
        *,
        account: str,
        message_id: str,
        text: str,
        buttons: tuple[ShownButton, ...],
        is_edit: bool,
        at: datetime | None,
    ) -> Shown:
        one = Shown(
            sequence=self.sequence.next(),
            account=account,
            message_id=message_id,
            text=text,
            buttons=buttons,
            is_edit=is_edit,
            at=at,
        )
        self.shown.append(one)
        return one

    def of(self, account: str) -> list[Shown]:
        return [one for one in self.shown if one.account == account]
