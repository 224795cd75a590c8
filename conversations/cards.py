"""A ticket as a card, a notice as a message: rendered when it leaves, in the reader's language.

The first line is the news with the ticket's number; below it stands the ticket as it is now, and the buttons
are what this person can do now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from agreement.lifecycle import UNRESOLVED
from agreement.words import Act, Promise, PromiseState, State
from conversations.buttons import CardTap, Signer
from conversations.engine.messages import Button
from desk.due_words import due_said, promise_said
from desk.showing import VENDOR, TicketView
from texts.say import Say, from_json, render, say

MOST_WORDS = 400
STYLES = {
    Act.ACKNOWLEDGE: "success",
    Act.SOLVED: "success",
    Act.AGREE: "success",
    Act.CONFIRM_REQUEST: "success",
    Act.ACCEPT: "success",
    Act.DONE: "primary",
    Act.CLOSE: "primary",
    Act.ARCHIVE: "primary",
    Act.NOT_SOLVED: "danger",
    Act.REJECT: "danger",
    Act.URGENT: "danger",
}
# The order in which a card offers what its reader can do: the likeliest first, for one thumb.
ORDER = (
    Act.ACKNOWLEDGE,
    Act.SETTLE_SCHOOL,
    Act.AGREE,
    Act.DISCUSS,
    Act.CONFIRM_REQUEST,
    Act.DISCUSS_REQUEST,
    Act.REVISE_REQUEST,
    Act.SOLVED,
    Act.NOT_SOLVED,
    Act.NO_OBJECTION,
    Act.OBJECT,
    Act.ACCEPT,
    Act.REJECT,
    Act.AWARE,
    Act.CLOSE,
    Act.ARCHIVE,
    Act.DONE,
    Act.PROPOSE,
    Act.START,
    Act.TEST,
    Act.FINDING,
    Act.ASK,
    Act.ANSWER,
    Act.DEPART,
    Act.ARRIVE,
    Act.CONTINGENCY,
    Act.FIX_PLAN,
    Act.ADD,
    Act.NUDGE,
    Act.URGENT,
    Act.NOT_URGENT,
    Act.STATE_URGENCY,
    Act.WITHDRAW,
    Act.HAND_OVER,
    Act.ASSIGN,
    Act.NOTE,
    Act.DECLINE,
    Act.RESORT,
    Act.RESORT_URGENCY,
    Act.MERGE,
)
# What a card calls its reader to do: whoever was called must learn that somebody else has done it.
CALLS = frozenset({Act.ACKNOWLEDGE, Act.AGREE, Act.ACCEPT, Act.CLOSE, Act.ARCHIVE, Act.NO_OBJECTION})
SAID = frozenset({PromiseState.BROKEN, PromiseState.PAUSED})
LIVE = frozenset({PromiseState.RUNNING, PromiseState.BROKEN, PromiseState.PAUSED})
# After the work is done, and in a round that is not urgent, offered only while it is still owed.
OWED = {Act.CONTINGENCY: Promise.URGENT_CONTINGENCY, Act.FIX_PLAN: Promise.URGENT_FIX_PLAN}
OVER = frozenset({State.CLOSED, State.ARCHIVED, State.DECLINED, State.CANCELLED, State.MERGED})
WHY = "why"  # stands last, wherever a due time is shown; a question, so its coming and going is no news
ANY_ROUND = frozenset({"records", WHY})  # both are there in every round


@dataclass(frozen=True)
class Card:
    """A message as it will be shown."""

    text: str
    buttons: tuple[Button, ...]


def notice(
    body: Mapping[str, object],
    view: TicketView,
    language: str,
    now: datetime,
    signer: Signer,
    account_id: int,
    *,
    again: str = "no",
    place_of: Mapping[str, object] | None = None,
) -> Card:
    """The message for one outbox row about a ticket. `again` yes marks a second sending.

    `place_of` is the body of the message whose place it takes: the number of a confirmation stays where it was given.
    """
    name = str(body["notice"])
    news = _head(view) if name == "card" else _news(body, view)
    lines = [render(news, language, now)]
    if again == "yes":
        lines[0] = render(say("card.again"), language) + lines[0]
    lines += [render(line, language, now) for line in _lines(view, with_head=name != "card")]
    lines += [render(one, language, now) for one in view.asked_for if one != news]
    if place_of is not None and "confirmed" in _values(place_of):
        lines.append(render(_news(place_of, view), language, now))
    return Card(
        "\n".join(line for line in lines if line.strip()), buttons(view, language, signer, account_id)
    )


def as_it_asked(view: TicketView, stood: str) -> TicketView:
    """For a card shown anew in the place of a message with that text: what that asked for, it asks for again.

    A card that asked for nothing is left so: the message that does is on its way.
    """
    return replace(view, asked_for=tuple(one for one in view.asked_for if str(one.values["digest"]) in stood))


def _news(body: Mapping[str, object], view: TicketView) -> Say:
    """What the event told; a message that waited asks for what its button confirms by now."""
    key = f"notice.{body['notice']}"
    values = {name: from_json(value) for name, value in _values(body).items()}  # type: ignore[arg-type]
    told = Say(key, {"number": view.ordinal, **values})
    return next((one for one in view.asked_for if one.key == key), told)


def _values(body: Mapping[str, object]) -> Mapping[str, object]:
    values = body.get("values", {})
    return values if isinstance(values, Mapping) else {}


def card(view: TicketView, language: str, now: datetime, signer: Signer, account_id: int) -> Card:
    """The ticket itself, as 进度 shows it."""
    lines = [render(line, language, now) for line in (_head(view), *_lines(view, with_head=False))]
    lines += [render(one, language, now) for one in view.asked_for]
    return Card(
        "\n".join(line for line in lines if line.strip()), buttons(view, language, signer, account_id)
    )


def _head(view: TicketView) -> Say:
    return say(
        "card.head",
        number=view.ordinal,
        state=say(f"state.{view.state.value}"),
        urgent=say("card.urgent_mark") if view.is_urgent else "",
        complaint=say("card.complaint_mark") if view.is_complaint else "",
        unconfirmed=say("card.unconfirmed_mark") if view.is_unconfirmed else "",
    )


def _lines(view: TicketView, *, with_head: bool) -> list[Say]:
    lines = [say("card.state", state=_state(view))] if with_head else []
    lines.append(say("card.text", text=view.text[:MOST_WORDS]))
    where = " ".join(one for one in (view.school, view.place, view.system) if one)
    if where:
        lines.append(say("card.where", where=where))
    if view.relations & VENDOR and view.reporter:
        who = " ".join(one for one in (view.reporter, view.reporter_phone) if one)
        lines.append(say("card.reporter", reporter=who, reported_at=view.reported_at))
    if view.routed:
        lines.append(view.routed)
    if view.assignee:
        lines.append(say("card.assignee", assignee=view.assignee))
    if view.waiting:
        lines.append(say("card.waiting", waiting=view.waiting))
    if view.request:
        state = say(f"request.{view.request}")
        lines.append(say("card.request", version=view.request_version, state=state))
    if view.photos:
        lines.append(say("card.photos", count=view.photos))
    return lines + _clocks(view)


def _state(view: TicketView) -> Say:
    return say(
        "card.state_words",
        state=say(f"state.{view.state.value}"),
        urgent=say("card.urgent_mark") if view.is_urgent else "",
        complaint=say("card.complaint_mark") if view.is_complaint else "",
        unconfirmed=say("card.unconfirmed_mark") if view.is_unconfirmed else "",
    )


def _clocks(view: TicketView) -> list[Say]:
    if view.state in OVER:
        return []
    return [
        say(
            "card.clock",
            promise=promise_said(one.promise.value, one.step),
            due_at=due_said(one.due_at, provisional=one.is_provisional),
            state=say(f"promise_state.{one.state.value}") if one.state in SAID else "",
        )
        for one in view.clocks
        if one.state in LIVE
    ]


def buttons(view: TicketView, language: str, signer: Signer, account_id: int) -> tuple[Button, ...]:
    """What this person can do now, the likeliest first."""
    wanted = [act for act in _ordered(view) if act in view.acts and _offered(act, view)]
    made = [
        _button(
            act.value,
            render(say(f"label.{act.value}"), language),
            STYLES.get(act, ""),
            view,
            signer,
            account_id,
        )
        for act in wanted
    ]
    if view.asks:
        made = [
            _button(name, render(say(f"label.{name}"), language), "", view, signer, account_id)
            for name in ("consent", "dissent")
        ] + made
    if view.has_papers:
        made.append(_button("records", render(say("label.records"), language), "", view, signer, account_id))
    if _clocks(view):
        made.append(_button(WHY, render(say(f"label.{WHY}"), language), "", view, signer, account_id))
    return tuple(made)


def _ordered(view: TicketView) -> Iterable[Act]:
    """While nobody has it the two answers stand side by side: I do, and somebody else should."""
    if Act.ACKNOWLEDGE not in view.acts:
        return ORDER
    return sorted(ORDER, key=lambda act: act not in {Act.ACKNOWLEDGE, Act.HAND_OVER})


def _offered(act: Act, view: TicketView) -> bool:
    """What the table allows but nobody would tap now is not put under a thumb."""
    if act is Act.SOLVED:
        return not view.has_opinion
    if act is Act.AWARE:
        return any(one.state is PromiseState.BROKEN and one.is_unmet for one in view.clocks)
    if act is Act.START:
        return view.state is State.IN_PROGRESS or not view.is_deep
    if act is Act.DEPART and view.state not in UNRESOLVED:  # 到场 stays: whoever set out arrives
        return any(one.promise is Promise.URGENT_DISPATCH and one.is_unmet for one in view.clocks)
    if act in OWED and not (view.is_urgent and view.state in UNRESOLVED):
        return OWED[act] in view.owed
    return True


def _button(act: str, label: str, style: str, view: TicketView, signer: Signer, account_id: int) -> Button:
    extra = str(view.plan_version) if view.plan_version and act in {"agree", "discuss"} else ""
    extra = str(view.request_version) if act in {"confirm_request", "discuss_request"} else extra
    extra = str(view.finding) if view.finding and act in {"no_objection", "object"} else extra
    extra = view.asks if act in {"consent", "dissent"} else extra
    of_round = 0 if act in ANY_ROUND else view.round
    return Button(
        label=label, data=signer.card(CardTap(act, view.id, of_round, extra), account_id), style=style
    )
