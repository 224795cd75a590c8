"""One person before one ticket: what every part of `Standing` begins with."""

from collections.abc import Sequence

from agreement.words import Act
from conversations.engine.messages import Media
from conversations.sent_along import sent_along
from desk import asking_first
from desk.reporting import Sent
from desk.sitting import Sitting


class AtTheTicket:
    """`subject` is the ticket's id and what the button carried besides: "12", "12:2"; or what is no ticket's: "f12"."""

    def __init__(self, sitting: Sitting, subject: str) -> None:
        self._sitting = sitting
        head, _, self._extra = subject.partition(":")
        self._ticket = int(head) if head.isdigit() else 0

    @property
    def _carried(self) -> int:
        """The number that the button carried besides the ticket; 0 for none."""
        return int(self._extra) if self._extra.isdigit() else 0

    @property
    def is_bound(self) -> bool:
        return self._sitting.actor.person_id is not None

    def may(self, act: str) -> None:
        asking_first.may(self._sitting, self._ticket, Act(act))

    def _sent(self, media: Sequence[Media]) -> tuple[Sent, ...]:
        return sent_along(self._sitting.actor.channel, media)
