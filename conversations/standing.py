"""The `me` of flows, over a sitting at the desk: reads as plain values, acts as calls of `desk`."""

from conversations.ledger_standing import LedgerStanding
from conversations.on_duty import OnDuty
from conversations.standing_desk import DeskStanding
from conversations.standing_papers import PapersStanding
from conversations.standing_reporting import ReportingStanding
from conversations.standing_school import SchoolStanding
from conversations.standing_vendor import VendorStanding


class Standing(ReportingStanding, SchoolStanding, VendorStanding, DeskStanding, PapersStanding):
    """One person in one frame, whoever it is: the acts themselves say who may do what."""

    @property
    def ledger(self) -> LedgerStanding:
        """The entries of this ticket; the button's `extra` is the entry's id."""
        return LedgerStanding(self._sitting, self._ticket, self._extra)

    @property
    def duty(self) -> OnDuty:
        """Shifts, leave, 签到."""
        return OnDuty(self._sitting)

    @property
    def privacy_link(self) -> str:
        """Where the notice about personal data stands."""
        return f"{self._sitting.rulebook.public_url}/privacy"
