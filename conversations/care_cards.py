"""Follow-ups and calls as messages: the question with its answers, the call with what its caller needs."""

from collections.abc import Iterable

from conversations.buttons import CardTap, Signer
from conversations.cards import Card
from conversations.care_taps import ON_CALL, ON_FOLLOW_UP
from conversations.engine.messages import Button
from conversations.why_words import shows_due_time
from desk import call_showing, digests
from desk.call_showing import CallView
from desk.digests import DigestKind
from desk.sitting import Sitting
from texts.say import Say, render, say

STYLES = {"all_well": "success", "something_wrong": "danger", "reached": "success", "seen": "success"}
MOST_CARDS = 5  # more calls than these are listed in one line each


def buttons(acts: Iterable[str], about: int, sitting: Sitting, signer: Signer) -> tuple[Button, ...]:
    """The labels of these acts, each bound to what the message is about."""
    return tuple(
        Button(
            label=render(say(f"label.{act}"), sitting.actor.language),
            data=signer.card(CardTap(act, about, 0), sitting.actor.account_id or 0),
            style=STYLES.get(act, ""),
        )
        for act in acts
    )


def follow_up(text: str, about: int, sitting: Sitting, signer: Signer) -> Card:
    """The question as it is asked, with its answers."""
    return Card(text, buttons(ON_FOLLOW_UP, about, sitting, signer))


def call(sitting: Sitting, call_id: int, signer: Signer) -> Card | None:
    """The call as it is now; None for somebody who has nothing to do with it."""
    view = call_showing.show(sitting, call_id)
    if view is None:
        return None
    said = [render(one, sitting.actor.language, sitting.now) for one in _lines(view)]
    offered = () if view.outcome else buttons(ON_CALL, view.id, sitting, signer)
    return Card("\n".join(said), offered)


def _lines(view: CallView) -> list[Say]:
    head = say(
        "call.head",
        person=view.person,
        phone=view.phone or say("call.no_phone"),
        school=view.school,
    )
    if view.outcome:
        over = say(
            "call.over", outcome=say(f"call_outcome.{view.outcome}"), by=view.done_by, at=view.done_at
        )
        return [head, over]
    tries = [say("call.tried", count=view.tries)] if view.tries else []
    return [head, say("call.why", reason=view.reason), *tries, *view.untold, *view.history, view.script]


def digest(sitting: Sitting, digest_id: int, signer: Signer) -> Card | None:
    """The digest as it was frozen; a month's report with its 已阅 until it is confirmed, lists with 为什么."""
    view = digests.show(sitting, digest_id)
    if view is None:
        return None
    text = "\n".join(render(one, sitting.actor.language, sitting.now) for one in view.said)
    offered = ["seen"] if view.kind is DigestKind.MONTHLY and not view.is_confirmed else []
    offered += ["why_listed"] if any(map(shows_due_time, view.said)) else []
    return Card(text, buttons(offered, digest_id, sitting, signer))


def list_of_calls(sitting: Sitting, signer: Signer) -> list[Card]:
    """回访: the calls that wait for this person, or one sentence that none does."""
    found = call_showing.open_calls(sitting)
    language = sitting.actor.language
    if not found:
        return [Card(render(say("call.none"), language), ())]
    cards = [call(sitting, one, signer) for one in found[:MOST_CARDS]]
    more = len(found) - MOST_CARDS
    rest = [Card(render(say("call.more", count=more), language), ())] if more > 0 else []
    return [*rest, *(one for one in reversed(cards) if one is not None)]
