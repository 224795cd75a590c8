"""A talk that ended before anybody of the desk had taken it over: its words reach the desk once more, as a whole.

What they asked for must not be lost with it: 接入 under these words opens the talk again, which is the only way back to
a stranger, and whoever is known is in the desk's list of calls until somebody has called.
"""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from desk.calls import listed, open_call, withdraw
from desk.reporting import Sent, keep_sent
from desk.sitting import Sitting
from desk.talk_lines import tell_desk
from desk.talk_words import began_at
from storage.tables import Membership, Talk

BETWEEN = " / "
REASON = "talk_unheard"
WORDLESS = "left_behind"


def is_unheard(talk: Talk) -> bool:
    """Whether something was said and nobody of the desk had taken it over; who said nothing asked for nothing.

    What became a report is heard in the report.
    """
    return talk.desk_id is None and bool(talk.words) and talk.reported_at is None


def tell_what_was_said(sitting: Sitting, talk: Talk) -> None:
    """To everybody of the desk."""
    words = BETWEEN.join(str(one["words"]) for one in talk.words)
    tell_desk(sitting, talk, REASON, sitting.actor.name, words)
    listed_to_call(sitting, talk)


def left_behind(sitting: Sitting, words: Sequence[str], sent: Sequence[Sent]) -> None:
    """Photos that nobody said a word about: to the desk, as a talk that is over from the start. While it was open it
    would take whatever they report next.
    """
    lines = [_line(sitting, one) for one in words]
    talk = Talk(
        account_id=sitting.actor.account_id, person_id=sitting.actor.person_id,
        opened_at=sitting.at, ended_at=sitting.at, words=lines,
    )
    sitting.session.add(talk)
    sitting.session.flush()
    keep_sent(sitting, sent, facts={"talk": talk.id, "from_account": talk.account_id})
    tell_desk(sitting, talk, WORDLESS, sitting.actor.name, BETWEEN.join(words))
    listed_to_call(sitting, talk, WORDLESS)


def _line(sitting: Sitting, words: str) -> dict[str, object]:
    actor = sitting.actor
    return {
        "at": sitting.at.isoformat(), "by": actor.person_id, "account": actor.account_id, "words": words, "typed": "",
    }


def listed_to_call(sitting: Sitting, talk: Talk, reason: str = REASON) -> None:
    """Whoever asked stands in the desk's list of calls, where they belong to a school: a phone may be known."""
    if talk.person_id is None:
        return
    school = sitting.session.scalar(SCHOOL, {"person": talk.person_id})
    if school is not None:
        listed(sitting, person_id=talk.person_id, reason=reason, ticket_id=None, school_id=school)


def unlisted(sitting: Sitting, talk: Talk) -> None:
    """It was answered, or it became a report: nobody needs to call for it any more. A call that stood before it was
    asked for is owed for another talk.
    """
    call = open_call(sitting, talk.person_id, None) if talk.person_id is not None else None
    if call is not None and call.reason in {REASON, WORDLESS} and call.created_at >= began_at(talk):
        withdraw(sitting, call)


SCHOOL = (
    select(Membership.school_id)
    .where(
        Membership.person_id == bindparam("person"),
        Membership.school_id.is_not(None),
        Membership.until_at.is_(None),
    )
    .order_by(Membership.id)
    .limit(1)
)
