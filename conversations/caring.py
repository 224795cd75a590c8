"""The `me.care` of flows over a sitting at the desk. `subject` is a letter and an id: "f12", "c3", "d7"."""

from datetime import datetime

from agreement.following_up import Missed
from conversations.flows.care import Care
from conversations.why_words import why_of_list
from desk import calling, digests, followed_up, reading
from desk.sitting import Sitting
from texts.refused import Refused
from texts.say import Say, say

FOLLOW_UP, CALL, DIGEST = "f", "c", "d"
NAMED = {Missed.TO_DESK: "call.to_desk", Missed.UNREACHED: "call.given_up"}


class Caring(Care):
    """One person before one follow-up, call or report."""

    def __init__(self, sitting: Sitting, subject: str) -> None:
        self._sitting = sitting
        self._subject = subject

    def _id(self, letter: str) -> int:
        number = self._subject[1:]
        if self._subject[:1] != letter or not number.isdigit():
            raise Refused("refused.bad_tap")
        return int(number)

    def all_well(self) -> None:
        followed_up.all_well(self._sitting, self._id(FOLLOW_UP))

    def call_me(self) -> None:
        followed_up.call_me(self._sitting, self._id(FOLLOW_UP))

    def undisturbed(self) -> None:
        followed_up.undisturbed(self._sitting, self._id(FOLLOW_UP))

    def may_file(self) -> None:
        """Refused, before anything is filed, where a report begins with a 有问题 that is not this person's."""
        if self._subject[:1] == FOLLOW_UP:
            followed_up.may_file(self._sitting, self._id(FOLLOW_UP))

    def asked_about(self) -> int | None:
        """The ticket that a report which began with 有问题 goes on from; None for any other report."""
        if self._subject[:1] != FOLLOW_UP:
            return None
        asked = followed_up.asked_about(self._sitting, self._id(FOLLOW_UP))
        return asked.ticket_id if asked is not None else None

    def filed(self, ticket: int) -> None:
        """A report that began with 有问题 became this ticket; any other report is none of ours."""
        if self._subject[:1] == FOLLOW_UP:
            followed_up.filed(self._sitting, self._id(FOLLOW_UP), ticket)

    def may_record(self) -> None:
        calling.may_record(self._sitting, self._id(CALL))

    def question(self) -> str:
        return calling.question(self._sitting, self._id(CALL))

    def reached_answered(self, words: str) -> None:
        calling.answered(self._sitting, self._id(CALL), words=words)

    def wants_opinion(self) -> bool:
        return calling.wants_opinion(self._sitting, self._id(CALL))

    def reached_solved(self, mark: int) -> None:
        calling.solved(self._sitting, self._id(CALL), mark=mark)

    def reached_not_solved(self, words: str) -> None:
        calling.not_solved(self._sitting, self._id(CALL), words=words)

    def reached_well(self) -> None:
        calling.well(self._sitting, self._id(CALL))

    def reached_wrong(self, words: str) -> int:
        return calling.wrong(self._sitting, self._id(CALL), words=words).ordinal

    def reached_other(self, words: str) -> None:
        calling.other(self._sitting, self._id(CALL), words=words)

    def missed(self) -> Say:
        follows, again_at = calling.missed(self._sitting, self._id(CALL))
        return say(NAMED[follows]) if follows in NAMED else say("call.again", at=again_at)

    def seen(self) -> None:
        reading.confirm(self._sitting, self._id(DIGEST))

    def why_listed(self) -> Say:
        found = digests.show(self._sitting, self._id(DIGEST))
        if found is None:
            raise Refused("refused.bad_tap")
        return why_of_list(self._sitting, found.said)

    def put_off(self, until: datetime) -> None:
        calling.put_off(self._sitting, self._id(CALL), at=until)
