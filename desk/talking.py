"""转人工: a chat is handed to a human; until either side ends it, words are kept and relayed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, union_all

from agreement.words import Role
from desk.reporting import Sent, keep_sent
from desk.sitting import Sitting
from desk.talk_lines import line_of, lines_across, lines_of, tell, tell_desk
from desk.talk_unheard import is_unheard, listed_to_call, tell_what_was_said, unlisted
from desk.talk_untaken import watch
from desk.talk_words import began_at
from storage.tables import Attachment, Person, Talk
from texts.refused import Refused
from texts.say import say


def open_talk(sitting: Sitting) -> Talk | None:
    """The talk that the actor is in, on either side."""
    mine = {"account": sitting.actor.account_id, "person": sitting.actor.person_id}
    return sitting.session.scalar(OPEN_TALK, mine)


# Each side by its own index. Somebody without a person has nothing equal to NULL: only their own account counts.
SIDES = (Talk.account_id == bindparam("account"), Talk.desk_id == bindparam("person"))
THEIRS = union_all(*[select(Talk.id).where(side, Talk.ended_at.is_(None)) for side in SIDES])
OPEN_TALK = select(Talk).where(Talk.id.in_(THEIRS)).order_by(Talk.id.desc()).limit(1)


def in_hand(sitting: Sitting) -> Talk | None:
    """The talk that the actor has taken over."""
    talk = open_talk(sitting)
    return talk if talk is not None and talk.desk_id == sitting.actor.person_id else None


def was_opened_in(sitting: Sitting, talk: Talk, opened_at: datetime) -> bool:
    """Whether a question that the actor's dialog opened then came up in the talk: it takes its own answer.

    A report that lay open when somebody asked for a human does not: their words are for the human.
    """
    if talk.account_id != sitting.actor.account_id:
        return talk.taken_at is not None and opened_at >= talk.taken_at
    return opened_at > talk.opened_at


def ask_human(sitting: Sitting) -> Talk:
    """The desk is asked to take over; asking twice is one talk."""
    found = open_talk(sitting)
    if found is not None and found.account_id == sitting.actor.account_id:
        return found
    _in_no_other(sitting, found)
    talk = Talk(
        account_id=sitting.actor.account_id, person_id=sitting.actor.person_id, opened_at=sitting.at, words=[]
    )
    sitting.session.add(talk)
    sitting.session.flush()
    watch(sitting, talk)
    tell_desk(sitting, talk, "talk_wanted", sitting.actor.name)
    return talk


# Whoever hears of a talk that waits may take it over.
TAKERS = frozenset({Role.DESK, Role.LEAD, Role.MANAGER})


def take_over(sitting: Sitting, talk_id: int) -> Talk:
    """接入: the first of the desk has it; what was said so far is shown. One that ended unheard is open again by it."""
    if not TAKERS & set(sitting.actor.roles):
        raise Refused("refused.talk_desk_only")
    talk = sitting.session.scalar(select(Talk).where(Talk.id == talk_id).with_for_update())
    if talk is None or (talk.ended_at is not None and not _may_reopen(sitting, talk)):
        raise Refused("refused.talk_over")
    if talk.desk_id not in {None, sitting.actor.person_id}:
        raise Refused("refused.talk_taken")
    # Two taps of one clerk, on two devices, must not both find them free.
    sitting.session.execute(select(Person.id).where(Person.id == sitting.actor.person_id).with_for_update())
    sitting.session.flush()
    found = open_talk(sitting)
    _in_no_other(sitting, found if found is not None and found.id != talk_id else None)
    talk.desk_id = sitting.actor.person_id
    talk.taken_at = sitting.at
    if talk.ended_at is not None:
        talk.opened_at = sitting.at  # what was asked while it was over is not asked in it
    talk.ended_at = talk.next_at = None
    tell(sitting, talk, [line_of(sitting.session, talk.account_id)], "talk_begun", {"by": sitting.actor.name})
    return talk


def _may_reopen(sitting: Sitting, talk: Talk) -> bool:
    """Nobody had answered it, and whoever asked has not asked anew: then the desk's answer goes there."""
    asked_anew = select(Talk.id).where(Talk.account_id == talk.account_id, Talk.ended_at.is_(None)).limit(1)
    return is_unheard(talk) and sitting.session.scalar(asked_anew) is None


def _in_no_other(sitting: Sitting, found: Talk | None) -> None:
    """One talk at a time: plain words carry no address, with two open they would reach the wrong one."""
    if found is not None:
        other = _name_of(sitting, found.desk_id if _asked(sitting, found) else found.person_id)
        raise Refused("refused.talk_open", name=other or say("talk.somebody"))


def _asked(sitting: Sitting, talk: Talk) -> bool:
    return talk.account_id == sitting.actor.account_id


def _name_of(sitting: Sitting, person_id: int | None) -> str:
    return sitting.session.scalar(select(Person.name).where(Person.id == person_id)) or ""


def to_end(sitting: Sitting, talk_id: int) -> Talk | None:
    """The talk that a 结束 means: the one it was shown for (0: typed), as long as the actor is in it."""
    talk = open_talk(sitting) if not talk_id else sitting.session.get(Talk, talk_id)
    if talk is None or talk.ended_at is not None:
        return None
    is_theirs = sitting.actor.person_id is not None and talk.desk_id == sitting.actor.person_id
    return talk if is_theirs or _asked(sitting, talk) else None


def _hold(sitting: Sitting, talk: Talk) -> None:
    """The row as it is now, locked: the other side writes at the same moment, and no word may be overwritten."""
    sitting.session.flush()  # what this message itself has written is not to be read away
    sitting.session.refresh(talk, with_for_update=True)
    if talk.ended_at is not None:
        raise Refused("refused.talk_over")


def relay(sitting: Sitting, talk: Talk, words: str, sent: Sequence[Sent] = (), *, typed: str | None = None) -> None:
    """Words of one side reach the other, what was sent along once it is fetched (desk/relaying.py).

    `typed` is what of `words` was really said, where they also name what was sent.
    """
    _hold(sitting, talk)
    keep_sent(sitting, sent, facts={"talk": talk.id, "from_account": sitting.actor.account_id})
    line = {
        "at": sitting.at.isoformat(),
        "by": sitting.actor.person_id,
        "account": sitting.actor.account_id,
        "words": words,
        "typed": words if typed is None else typed,
    }
    talk.words = [*talk.words, line]
    if not _asked(sitting, talk):
        unlisted(sitting, talk)
    values: dict[str, object] = {"by": sitting.actor.name, "words": words}
    tell(sitting, talk, lines_across(sitting.session, talk, sitting.actor.account_id), "talk_words", values)


def end(sitting: Sitting, talk: Talk) -> None:
    """结束, by either side; the other side is told: the whole desk, where nobody had taken it over."""
    _hold(sitting, talk)
    _over(sitting, talk)
    if is_unheard(talk):
        tell_what_was_said(sitting, talk)


def end_for_report(sitting: Sitting, talk: Talk) -> None:
    """Whoever asked for a human and was not heard reports a fault instead: what they said is to become the report.

    Until it is filed they stand in the list of calls: whoever gives the report up is not forgotten.
    """
    _hold(sitting, talk)
    if talk.desk_id is not None:
        raise Refused("refused.talk_taken")
    _over(sitting, talk)
    tell_desk(sitting, talk, "talk_reported", sitting.actor.name)
    if is_unheard(talk):
        listed_to_call(sitting, talk)


def became_report(sitting: Sitting, talk_id: int) -> None:
    """It is filed: the talk is heard in the report."""
    talk = sitting.session.get(Talk, talk_id, with_for_update=True)
    if talk is not None and talk.account_id == sitting.actor.account_id:
        talk.reported_at = sitting.at
        unlisted(sitting, talk)


def sent_by_asker(sitting: Sitting, talk: Talk) -> list[Sent]:
    """What they sent along in it: it goes with the report as well."""
    of_no_case = select(Attachment).where(Attachment.ticket_id.is_(None), Attachment.created_at >= began_at(talk))
    theirs = {"talk": talk.id, "from_account": talk.account_id}
    return [
        Sent(
            channel=one.channel,
            kind=one.kind,
            reference=one.reference,
            name=one.name,
            media_type=one.media_type,
            facts={key: value for key, value in one.facts.items() if key not in theirs},
        )
        for one in sitting.session.scalars(of_no_case.order_by(Attachment.id))
        if theirs.items() <= one.facts.items()
    ]


def _over(sitting: Sitting, talk: Talk) -> None:
    talk.ended_at, talk.next_at = sitting.at, None
    if talk.desk_id is None:
        return
    is_asker = talk.account_id == sitting.actor.account_id
    other = lines_of(sitting.session, talk.desk_id) if is_asker else [line_of(sitting.session, talk.account_id)]
    tell(sitting, talk, other, "talk_over", {"by": sitting.actor.name})
