"""Taps and words about follow-ups, calls and reports: which flow they open, and about what."""

from collections.abc import Mapping

from conversations.buttons import CardTap
from conversations.caring import CALL, DIGEST, FOLLOW_UP
from conversations.engine.conversation import open_frame
from conversations.engine.flow import Stage
from conversations.engine.heard import Heard
from conversations.engine.kept import Dialog
from conversations.engine.turn import Turn
from desk import followed_up
from desk.sitting import Sitting
from texts.say import Json

ON_FOLLOW_UP = ("all_well", "something_wrong", "call_me", "undisturbed")
ON_CALL = ("reached", "missed", "put_off")
ON_DIGEST = ("seen", "why_listed")
# What the id in such a button is an id of; every other button of a card is about a ticket.
SUBJECT: Mapping[str, str] = (
    dict.fromkeys(ON_FOLLOW_UP, FOLLOW_UP) | dict.fromkeys(ON_CALL, CALL) | dict.fromkeys(ON_DIGEST, DIGEST)
)


def opened(dialog: Dialog, tap: CardTap, heard: Heard, stage: Stage, sitting: Sitting) -> Turn:
    """The flow of this button. 有问题 is booked at the tap, then it is a report like any other."""
    prefilled: dict[str, Json] = {}
    if tap.act == "something_wrong":
        school = followed_up.something_wrong(sitting, tap.ticket_id)
        prefilled = {"school": str(school)} if school is not None else {}
    subject = f"{SUBJECT[tap.act]}{tap.ticket_id}"
    return open_frame(_thought_better(dialog, tap.act, subject), tap.act, subject, heard, stage, prefilled)


def _thought_better(dialog: Dialog, act: str, subject: str) -> Dialog:
    """Another answer to the same follow-up puts away the question what is wrong, as long as nothing was said."""
    for frame in dialog.frames:
        same = (frame.flow, frame.subject) == ("something_wrong", subject)
        if same and act != frame.flow and not frame.stated:
            return dialog.without(frame, None)
    return dialog
