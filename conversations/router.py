"""Where a message goes: a tap, a command, an answer to the open question, or words of their own.

The order of the rows of `words` is the rule: a human talk first, then commands as whole messages, then the open
question, then what words can mean without one. Nothing here writes a ticket; flows act, the desk decides.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from agreement.policy import DEFAULT
from agreement.words import Role
from conversations import care_taps, commanding, duty_taps, lists, naming
from conversations.buttons import CardTap, Signer
from conversations.engine import commands
from conversations.engine.conversation import converse, correct, keep_in_pocket, open_frame
from conversations.engine.flow import Silence
from conversations.engine.gathering import Spot
from conversations.engine.heard import DialogTap, Heard
from conversations.engine.kept import Dialog, How
from conversations.engine.messages import Button, Contact, Incoming, Media, MediaKind
from conversations.engine.turn import Ended, Turn
from conversations.following import follow, named
from conversations.playing import FLOWS, HouseStage
from conversations.replies import Replies, Reply
from conversations.standing import Standing
from conversations.standing_papers import sent_along
from conversations.understanding import IsReport, Surroundings, understand
from desk import customers, joining, knowing, opinions, talking
from desk.access import facts_of
from desk.showing import TicketView, open_for, viewer
from desk.sitting import Sitting
from storage import outbox, sight
from texts.refused import Refused
from texts.say import LANGUAGES, Say, render, say

PHOTO_JOINS = timedelta(minutes=DEFAULT.photo_joins_minutes)
TYPED_ACT = re.compile(r"^(?P<label>\D+?)\s*#?(?P<ticket>\d+|ZXFK-\d{4}-\d{6})$", re.IGNORECASE)

CONTRARY: Final = {"not_solved": "solved"}  # a tap → the flow that it ends


@dataclass
class Turnout:
    """What one message comes to: the dialog to keep, what is said, and which ticket was talked about."""

    dialog: Dialog
    replies: Replies
    ticket_id: int | None = None


@dataclass(frozen=True)
class Remembered:
    """The dialog as stored, and the ticket last talked about."""

    dialog: Dialog
    ticket_id: int | None
    ticket_at: datetime | None


class Router:
    """One message of one person, inside its transaction."""

    def __init__(self, sitting: Sitting, remembered: Remembered, incoming: Incoming, signer: Signer) -> None:
        self.sitting = sitting
        self.incoming = incoming
        self.remembered = remembered
        self.dialog = remembered.dialog
        self.stage = HouseStage(sitting)
        self.replies = Replies(sitting, signer)
        self.signer = signer
        self.ticket_id: int | None = None
        self._around: sight.Around | None = None

    def route(self) -> Turnout:
        """Answer the message."""
        try:
            self._route()
        except Refused as no:
            self._refused(no.said)
        return Turnout(self.dialog, self.replies, self.ticket_id)

    def _route(self) -> None:
        one = self.incoming
        if one.contact in {Contact.IGNORED, Contact.RECEIPT, Contact.LEFT}:
            return
        if one.scan:
            self.scanned(one.scan)
        elif one.tap:
            self._tapped(one.tap)
        elif one.edits:
            self._corrected()
        elif one.text.strip() or one.media:
            self._words()
        elif one.contact is Contact.FOLLOWED:
            self._hello()

    def _refused(self, said: Say) -> None:
        self.replies.add(Reply(text=self.replies.worded(said)))

    # --- taps

    def _tapped(self, data: str) -> None:
        tap = self.signer.read(data, self.sitting.actor.account_id or 0)
        if tap is None:
            raise Refused("refused.bad_tap")
        if isinstance(tap, DialogTap):
            self.take(converse(self.dialog, replace(self.heard(), tap=tap, text=""), self.stage))
        elif tap.act == "end":
            self._end_talk(tap.ticket_id)
        elif tap.act == "take_over":
            self.say_with_end("talk.taken", talking.take_over(self.sitting, tap.ticket_id).id)
        elif tap.act in duty_taps.ANSWERS:
            duty_taps.ANSWERS[tap.act](self.sitting, tap.ticket_id)
        elif tap.act == "archive_all":
            commanding.archive_all(self)
        elif tap.act in duty_taps.MENU:
            self.from_menu(tap.act)
        elif tap.act in care_taps.SUBJECT:
            heard = replace(self.heard(), text="", media=())
            self.take(care_taps.opened(self.dialog, tap, heard, self.stage, self.sitting))
        else:
            self._act(tap)

    def _act(self, tap: CardTap) -> None:
        """A card's button: its flow is opened for this ticket, if the round is still the one it was shown for."""
        ticket = sight.ticket_seen(self.sitting.session, viewer(self.sitting.actor), ticket_id=tap.ticket_id)
        if ticket is None:
            raise Refused("refused.no_ticket")
        if tap.round and tap.round != ticket.round:
            raise Refused("refused.old_round", number=ticket.ordinal, state=say(f"state.{ticket.state}"))
        if tap.act not in FLOWS or tap.act in care_taps.SUBJECT:
            raise Refused("refused.bad_tap")
        if tap.act == "not_solved" and opinions.is_past_reopening(self.sitting, ticket):
            self._report_again(ticket.id, say("report.again", text=ticket.text, number=ticket.ordinal))
            return
        self.ticket_id = ticket.id
        subject = f"{ticket.id}:{tap.extra}" if tap.extra else str(ticket.id)
        self._put_away(CONTRARY.get(tap.act, ""), subject)
        self.take(
            open_frame(self.dialog, tap.act, subject, replace(self.heard(), text="", media=()), self.stage)
        )

    def _put_away(self, flow: str, subject: str) -> None:
        """已解决 waits for words long after it was said; 没解决 ends that, so that the next 已解决 is a new one."""
        for frame in self.dialog.frames:
            said = any(one.how is How.ACTED for one in frame.answers.values())
            if (frame.flow, frame.subject) == (flow, subject) and said:
                self.dialog = self.dialog.without(frame, None)

    def _report_again(self, ticket_id: int, what: Say) -> None:
        """What comes back too late to be reopened is a new ticket that names the old one (acts, 没解决)."""
        heard = replace(self.heard(), text="", media=())
        prefilled = {"what": self.replies.worded(what)}
        self.take(open_frame(self.dialog, "report", str(ticket_id), heard, self.stage, prefilled))

    # --- words

    def _words(self) -> None:
        if self._talks():
            return
        if self._command() or self._typed_act():
            return
        rules: tuple[Callable[[], bool], ...] = (
            lambda: naming.invite_alone(self),
            self._open_question,
            self._replied,
            self._number_of_card,
            self._label_of_card,
            self._stranger,
            lambda: naming.number_alone(self),
            lambda: naming.label_alone(self),
            lambda: naming.nothing_to_leave(self),
            self._asked_for,
            self._why,
            self._location,
            self._late_photo,
            self._vendor,
            self._while_open,
        )
        if not any(rule() for rule in rules):
            self._new_words()

    def _talks(self) -> bool:
        """Between a person and the desk's human, words are relayed and mean nothing else.

        But a question that was opened in the talk takes its answer, and the desk keeps its commands.
        """
        if self.what_is_open().talk_id is None:
            return False
        talk = talking.open_talk(self.sitting)
        if talk is None:
            return False
        words = self.heard().words
        if commands.fold(words) in _labels("end"):
            self._end_talk()
            return True
        is_desk = talk.account_id != self.sitting.actor.account_id
        if is_desk and (commands.fold(words) in COMMANDS or self._typed() is not None):
            return False
        top = self.dialog.top
        if top is not None and talking.was_opened_in(self.sitting, talk, top.opened_at):
            return False
        media = self.incoming.media
        said = " ".join((*((words,) if words else ()), *(named(one) for one in media)))
        if said:
            talking.relay(self.sitting, talk, said, sent_along(self.sitting.actor.channel, media))
        return bool(said)

    def _command(self) -> bool:
        name = COMMANDS.get(commands.fold(self.incoming.text)) if not self.incoming.media else None
        if name is None:
            return False
        commanding.RULES[name](self)
        return True

    def _typed_act(self) -> bool:
        """`接单 1` typed is the tap on that ticket."""
        typed = self._typed()
        if typed is None:
            return False
        acts, key = typed
        ticket = naming.ticket_of(self, key)
        if acts is PROGRESS:
            naming.show_card(self, ticket)
        else:
            self.take_for_tap(acts, ticket)
        return True

    def take_for_tap(self, acts: Sequence[str], ticket: TicketView) -> None:
        """A label typed, on this ticket: of the acts that bear it the offered one, else the one to be refused."""
        offered = ticket.offered if len(acts) > 1 else acts
        theirs = acts[-1] if lists.is_vendor(self.sitting.actor) else acts[0]
        act = next((one for one in acts if one in offered), theirs)
        self._act(CardTap(act, ticket.id, ticket.round))

    def acts_of(self, words: str) -> Sequence[str]:
        """The acts of a ticket that bear this label, none for other words; 为什么 asks about any ticket."""
        folded = commands.fold(words)
        return () if folded in WHY else ACTS.get(folded, ())

    def _typed(self) -> tuple[Sequence[str], str] | None:
        """(the acts of that label, number of the ticket) where the whole message names both."""
        found = TYPED_ACT.match(self.incoming.text.strip()) if not self.incoming.media else None
        acts = ACTS.get(commands.fold(found["label"])) if found else None
        return (acts, found["ticket"]) if found is not None and acts is not None else None

    def _open_question(self) -> bool:
        """The open question takes it; what it cannot read after all is done goes on as free words."""
        top = self.dialog.top
        if top is None:
            return False
        done = top.flow in FLOWS and FLOWS[top.flow].silence is Silence.ENDS
        if done and self._sounds_new(top.flow):
            return False
        turn = converse(self.dialog, self.heard(), self.stage)
        if done and not turn.understood:
            return False
        self.take(turn)
        return True

    def _sounds_new(self, flow: str) -> bool:
        """Words after a mark that state another fault are a report, not an opinion."""
        words = self.heard().words
        return flow == "solved" and bool(words) and understand(words, NOWHERE).is_report is IsReport.YES

    def _replied(self) -> bool:
        """A reply to a card decides without asking."""
        if not self.incoming.shown_id:
            return False
        ticket_id = outbox.ticket_of_message(
            self.sitting.session, self.sitting.actor.account_id or 0, self.incoming.shown_id
        )
        if ticket_id is None:
            return False
        act = "answer" if Role.ENGINEER in self.sitting.actor.roles else "add"
        if act == "add" and lists.is_vendor(self.sitting.actor):
            act = "note"
        self._open_with_words(act, ticket_id)
        return True

    def _open_with_words(self, act: str, ticket_id: int) -> None:
        self.ticket_id = ticket_id
        heard = self.heard()
        self.take(
            open_frame(self.dialog, act, str(ticket_id), replace(heard, text="", media=()), self.stage)
        )
        if self.dialog.top is not None and self.dialog.top.flow == act:
            self.replies.said.clear()
            self.take(converse(self.dialog, heard, self.stage))

    def _number_of_card(self) -> bool:
        """A number means the list as it was shown: without an open question that of the newest card."""
        number = commands.number(self.incoming.text) if not self.incoming.media else None
        shown = (
            outbox.newest_shown(self.sitting.session, self.sitting.actor.account_id or 0) if number else None
        )
        buttons = shown["buttons"] if shown else []
        if number is None or not 1 <= number <= len(buttons):
            return False
        self._tapped(str(buttons[number - 1][1]))
        return True

    def _label_of_card(self) -> bool:
        """A label typed as the whole message is the tap on the newest card that shows it."""
        folded = commands.fold(self.incoming.text)
        if self.incoming.media or folded not in ACTS.keys() | ANSWERS:
            return False
        shown = outbox.newest_shown(self.sitting.session, self.sitting.actor.account_id or 0)
        for label, data, *_ in shown["buttons"] if shown else []:
            if commands.fold(label) == folded:
                self._tapped(str(data))
                return True
        return False

    def _stranger(self) -> bool:
        """Somebody the desk does not know and who scanned no room: asked for an invite, which may be typed."""
        if self.sitting.actor.person_id is not None or knowing.scanned_room(self.sitting) is not None:
            return False
        words = self.incoming.text.strip()
        if 8 <= len(words) <= 64 and words.isascii() and " " not in words:
            self.scanned(words)
        else:
            self.replies.say("join.stranger")
        return True

    def _asked_for(self) -> bool:
        """An unanswered 提问 takes the next words."""
        waiting = [one for one in self.what_is_open().own if one.waiting]
        if not waiting:
            return False
        self._add(waiting[0].id, self.heard().words, self.incoming.media)
        return True

    def what_is_open(self) -> sight.Around:
        """Around this person; read once per message."""
        if self._around is None:
            self._around = sight.around(self.sitting.session, viewer(self.sitting.actor), lists.OPEN)
        return self._around

    def _why(self) -> bool:
        """为什么 typed: the due times of the ticket last talked about, else of the first that waits."""
        if self.incoming.media or commands.fold(self.incoming.text) not in WHY:
            return False
        remembered = self.remembered.ticket_id
        waiting = [one.id for one in (self.what_is_open().own or open_for(self.sitting))]
        if not waiting and remembered is None:
            self.replies.say("explained.nothing_open")
            return True
        self._act(CardTap("why", remembered if remembered is not None else waiting[0], 0))
        return True

    def _location(self) -> bool:
        """A location that an engineer sends after 到场 belongs to that visit."""
        place = next((one for one in self.incoming.media if one.kind is MediaKind.LOCATION), None)
        if place is None or place.latitude is None or place.longitude is None:
            return False
        if Role.ENGINEER not in self.sitting.actor.roles or self.remembered.ticket_id is None:
            return False
        Standing(self.sitting, str(self.remembered.ticket_id)).arrived_at(
            Spot(place.latitude, place.longitude)
        )
        self.replies.say("list.location_kept")
        return True

    def _late_photo(self) -> bool:
        """A photo within 10 minutes of the last word on a ticket is that ticket's."""
        if not self.incoming.media or self.heard().words:
            return False
        return self._to_last_ticket(self.incoming.media)

    def _to_last_ticket(self, media: tuple[Media, ...]) -> bool:
        at = self.remembered.ticket_at
        if self.remembered.ticket_id is None or at is None or self.sitting.at - at > PHOTO_JOINS:
            return False
        ticket = sight.ticket_seen(
            self.sitting.session, viewer(self.sitting.actor), ticket_id=self.remembered.ticket_id
        )
        if ticket is None or ticket.state not in lists.OPEN or lists.is_vendor(self.sitting.actor):
            return False
        self._add(ticket.id, "", media)
        return True

    def _add(self, ticket_id: int, words: str, media: tuple[Media, ...]) -> None:
        self.ticket_id = ticket_id
        Standing(self.sitting, str(ticket_id)).add_to("", words, media)

    def _vendor(self) -> bool:
        """The vendor's people do not report by free words; they are told how to answer."""
        actor = self.sitting.actor
        if not lists.is_vendor(actor) or actor.schools():
            return False
        self.replies.say("list.vendor_words")
        return True

    def _while_open(self) -> bool:
        """Free words while tickets are open: 补充 or 新报修."""
        if not self.heard().words:
            return False
        if not self.what_is_open().own:
            return False
        self._start("free_words")
        return True

    def _new_words(self) -> None:
        words = self.heard().words
        reading = understand(words, NOWHERE).is_report if words else IsReport.YES
        if reading is IsReport.NO and not self.incoming.media:
            if len(words) <= 6:
                self.replies.say("list.hello")
            else:
                self._start("unclear")
            return
        self._start("report")

    def _start(self, flow: str) -> None:
        heard = self.heard()
        prefilled = {"what": heard.words} if heard.words else {}
        self.take(open_frame(self.dialog, flow, "", heard, self.stage, prefilled))

    # --- joining, editing, greeting

    def scanned(self, code: str) -> None:
        """A room's QR lets anybody report at once; anything else is an invite."""
        room = joining.room_of(self.sitting, code)
        if room is None:
            self.take(
                open_frame(self.dialog, "join", code[:80], self.heard(), self.stage, {"code": code[:80]})
            )
            return
        joining.scanned(self.sitting, code)
        school = next((one.name for one in knowing.all_schools(self.sitting) if one.id == room.school_id), "")
        self.replies.say("join.room", school=school, room=room.name)

    def _corrected(self) -> None:
        """An edited message: words of a ticket gain a line, words of an open draft replace what they were."""
        words = self.heard().words
        turn = correct(self.dialog, self.incoming.edits, self.heard(), self.stage)
        if turn is not None:
            self.take(turn)
            return
        last = self.remembered.ticket_id
        ticket = (
            sight.ticket_seen(self.sitting.session, viewer(self.sitting.actor), ticket_id=last)
            if last
            else None
        )
        if ticket is not None and words and facts_of(ticket).state.value in lists.OPEN:
            customers.correct(self.sitting, ticket.id, words=words)

    def _hello(self) -> None:
        known = self.sitting.actor.person_id is not None
        self.replies.say("list.hello" if known else "join.stranger")

    # --- talks and menus, by words or by taps

    def _end_talk(self, talk_id: int = 0) -> None:
        """The talk that the button was shown for; 结束 typed ends the one that is open."""
        talk = talking.to_end(self.sitting, talk_id)
        if talk is None:
            self.replies.say("talk.nobody")
            return
        talking.end(self.sitting, talk)
        self.replies.say("talk.ended")

    def say_with_end(self, key: str, talk_id: int) -> None:
        """With 结束 at hand: a talk is never a trap."""
        data = self.signer.card(CardTap("end", talk_id, 0), self.sitting.actor.account_id or 0)
        end = Button(label=self.replies.worded(say("label.end")), data=data)
        self.replies.add(Reply(text=self.replies.worded(say(key)), buttons=(end,)))

    def from_menu(self, flow: str) -> None:
        """签到, 换班, 请假: typed, or tapped under 谁在值班."""
        duty_taps.may_begin(self.sitting.actor, flow)
        heard = replace(self.heard(), text="", media=())
        self.take(open_frame(self.dialog, flow, "", heard, self.stage))

    # --- what follows from a turn

    def heard(self) -> Heard:
        one = self.incoming
        return Heard(
            at=self.sitting.at, text=one.text, media=one.media, message=one.message_id or one.external_id
        )

    def take(self, turn: Turn) -> None:
        self.dialog = turn.dialog
        follow(turn, self.sitting, self.replies)
        for ended in turn.ended:
            self.ticket_id = self._talked_about(ended) or self.ticket_id
        if turn.unused and not self._to_last_ticket(turn.unused):
            self.dialog, _ = keep_in_pocket(self.dialog, turn.unused, self.sitting.now)

    def _talked_about(self, ended: Ended) -> int | None:
        """The ticket that a flow was about, or that it filed: a photo sent soon after belongs to it."""
        head = ended.subject.partition(":")[0]
        if "filed" not in ended.acted:
            return int(head) if head.isdigit() else None
        if self.stage.filed:
            return self.stage.filed[-1]
        filed = ended.acted["filed"]
        if not isinstance(filed, int):
            return None
        ticket = sight.ticket_seen(self.sitting.session, viewer(self.sitting.actor), ordinal=filed)
        return ticket.id if ticket is not None else None


NOWHERE = Surroundings((), ())


def _labels(name: str) -> frozenset[str]:
    return frozenset(commands.fold(render(say(f"label.{name}"), language)) for language in LANGUAGES)


COMMANDS = {label: name for name in commanding.RULES for label in _labels(name)}
# 为什么 under a list is another flow than under a ticket, and nobody types it with a number.
NOT_ON_A_TICKET = {"report", "free_words", "unclear", "join", "register", "why_listed", *duty_taps.MENU}


def _acts() -> dict[str, tuple[str, ...]]:
    """Label → flows, the customer's first: 紧急 is the customer's word and the vendor's question, 有异议 the
    school's on a receipt and the manager's on a claim."""
    found: dict[str, tuple[str, ...]] = {}
    for name in FLOWS:
        for label in _labels(name) if name not in NOT_ON_A_TICKET else ():
            found[label] = (*found.get(label, ()), name)
    return found


PROGRESS: Final = ("progress",)  # 进度 1: that ticket's card
ACTS = _acts() | dict.fromkeys(_labels("progress"), PROGRESS)
WHY = _labels("why")
ANSWERS = frozenset(folded for label in duty_taps.LABEL.values() for folded in _labels(label))
