"""An outbox row as the message that leaves: rendered in its reader's language with the ticket as it is now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from conversations import cards, care_cards, duty_taps, ledger_cards
from conversations.buttons import CardTap, Signer
from conversations.engine.messages import Button, File, MediaKind, Outgoing
from desk.joining import actor_of
from desk.ledger_view import EntryView, entry_seen
from desk.rulebook import Rulebook
from desk.showing import show
from desk.sitting import Sitting
from desk.talk_lines import is_in
from storage import media, talk
from storage.leasing import Claimed
from storage.shown import first_told, live_message
from texts.say import Say, from_json, render, say

CARE = frozenset({"follow_up", "call", "digest"})  # what a message about no ticket may be about
IN_A_TALK = frozenset(
    {"talk_wanted", "talk_begun", "talk_words", "talk_unheard", "talk_untaken", "talk_untaken_silent", "left_behind"}
)
WAITS_IN_A_TALK: Mapping[str, tuple[str, ...]] = {
    "talk_waits": ("report_instead", "end"),
    "talk_waits_long": ("report_instead", "end"),
    "talk_waits_only": ("end",),
    "talk_waits_long_only": ("end",),
}
# Where nothing can be edited a card that is shown anew is one of the few messages of the person's window.
WITHOUT_EDITS = frozenset({"wechat"})


@dataclass(frozen=True)
class Nothing:
    """Nothing needs to leave: what would be shown is shown already, or the reader may not see it any more."""

    reason: str
    state: str = "dropped"


def rendered(
    session: Session, row: Claimed, *, rulebook: Rulebook, signer: Signer, now: datetime
) -> Outgoing | Nothing:
    """The message to send, or why none."""
    if "text" in row.body:
        return _reply(session, row)
    if "file" in row.body:
        return _file(session, row)
    if "notice" not in row.body and "papers" in row.body:
        return _out(row, "", ())  # the records that were asked for: named where they are set (bot/papers.py)
    if row.ticket_id is None and CARE & row.body.keys():
        return _care(session, row, rulebook, signer, now)
    if row.ticket_id is None:
        return _plain(session, row, signer, now)
    return _notice(session, row, rulebook, signer, now)


def _reply(session: Session, row: Claimed) -> Outgoing:
    edits = ""
    if row.body.get("edits"):
        live = live_message(session, row.account_id, question=row.question)
        edits = live[0] if live else ""
    buttons = tuple(Button(label=label, data=data, style=style) for label, data, style in row.body["buttons"])
    return _out(row, str(row.body["text"]), buttons, edits=edits)


def _notice(
    session: Session, row: Claimed, rulebook: Rulebook, signer: Signer, now: datetime
) -> Outgoing | Nothing:
    sitting = _reader(session, row, rulebook, now)
    again = "yes" if _again(row) else "no"
    entry_id = ledger_cards.entry_in(row.body.get("values", {}))
    if entry_id is not None:
        entry = entry_seen(sitting, entry_id)
        if entry is None:
            return Nothing("not theirs to see")
        if row.body["how"] == "card":
            return _of_an_entry(session, row, entry, signer)
        card = ledger_cards.notice(row.body, entry, row.language, now, signer, row.account_id, again=again)
        return _out(row, card.text, card.buttons, quiet=row.body["how"] == "quiet")
    view = show(sitting, row.ticket_id or 0)
    if view is None:
        return Nothing("not theirs to see")
    if row.body["how"] != "card":
        card = cards.notice(row.body, view, row.language, now, signer, row.account_id, again=again)
        return _out(row, card.text, card.buttons, quiet=row.body["how"] == "quiet")
    live = live_message(session, row.account_id, ticket_id=row.ticket_id)
    if live is None:
        return Nothing("nothing new to show")
    anew = cards.as_it_asked(view, str(live[1].get("text", "")))
    told = first_told(session, row.account_id, live[0]) if row.channel not in WITHOUT_EDITS else None
    card = cards.notice(row.body, anew, row.language, now, signer, row.account_id, again=again, place_of=told)
    if not _is_worth_showing(live[1].get("buttons", []), card.buttons, row):
        return Nothing("nothing new to show")
    return _out(row, card.text, card.buttons, edits=live[0], quiet=True)


def _of_an_entry(session: Session, row: Claimed, entry: EntryView, signer: Signer) -> Outgoing | Nothing:
    """What was told of it last, without the acts that are out of date."""
    live = live_message(session, row.account_id, question=row.question)
    if live is None or row.channel in WITHOUT_EDITS:
        return Nothing("nothing new to show")
    left = ledger_cards.to_read(entry, row.language, signer, row.account_id)
    return _out(row, str(live[1].get("text", "")), left, edits=live[0], quiet=True)


def _reader(session: Session, row: Claimed, rulebook: Rulebook, now: datetime) -> Sitting:
    who = talk.who_is(session, row.account_id)
    actor = actor_of(who, now)
    return Sitting(session=session, rulebook=rulebook, actor=actor, at=now, now=now)


def _care(
    session: Session, row: Claimed, rulebook: Rulebook, signer: Signer, now: datetime
) -> Outgoing | Nothing:
    """A follow-up, a call to be made, or a digest."""
    sitting = _reader(session, row, rulebook, now)
    card: cards.Card | None
    if "call" in row.body:
        card = care_cards.call(sitting, int(row.body["call"]), signer)
    elif "digest" in row.body:
        card = care_cards.digest(sitting, int(row.body["digest"]), signer)
    else:
        card = care_cards.follow_up(_news(row, now), int(row.body["follow_up"]), sitting, signer)
    if card is None:
        return Nothing("not theirs to see")
    again = render(say("card.again"), row.language) if _again(row) else ""
    return _out(row, again + card.text, card.buttons)


def _news(row: Claimed, now: datetime) -> str:
    values = {name: from_json(value) for name, value in row.body.get("values", {}).items()}
    return render(Say(f"notice.{row.body['notice']}", values), row.language, now)


def _is_worth_showing(before: list[list[str]], now: Sequence[Button], row: Claimed) -> bool:
    """Whether the card has changed: in place any difference counts, as a message only a call that is over."""
    if row.channel not in WITHOUT_EDITS:
        why = render(say(f"label.{cards.WHY}"), row.language)
        after = [[one.label, one.data, one.style] for one in now]
        return [one for one in before if one[0] != why] != [one for one in after if one[0] != why]
    calls = {render(say(f"label.{act.value}"), row.language) for act in cards.CALLS}
    return bool(calls & {label for label, *_ in before} - {one.label for one in now})


def _again(row: Claimed) -> bool:
    return row.was_sending or bool(row.body.get("again"))


def _plain(session: Session, row: Claimed, signer: Signer, now: datetime) -> Outgoing:
    """A notice about no ticket: a talk that waits, a message that failed, a person to be called."""
    name = str(row.body["notice"])
    text = _news(row, now)
    buttons: tuple[Button, ...] = ()
    if name in duty_taps.UNDER:
        about = int(row.body["about"])
        buttons = duty_taps.under(name, about, row.language, signer, row.account_id)
    if name in IN_A_TALK:
        buttons = (_of_a_talk(session, row, signer),)
    if name in WAITS_IN_A_TALK:
        buttons = tuple(_talk_button(act, row, signer) for act in WAITS_IN_A_TALK[name])
    live = (
        live_message(session, row.account_id, question=row.question) if row.body.get("edits") else None
    )
    return _out(row, text, buttons, edits=live[0] if live else "")


def _of_a_talk(session: Session, row: Claimed, signer: Signer) -> Button:
    """结束 for both who are in it; 接入 for the desk under every word until one of them is."""
    talk_id = int(row.body["talk"])
    is_theirs = is_in(session, talk_id, account_id=row.account_id, person_id=row.person_id)
    return _talk_button("end" if is_theirs else "take_over", row, signer)


def _talk_button(act: str, row: Claimed, signer: Signer) -> Button:
    data = signer.card(CardTap(act, int(row.body["talk"]), 0), row.account_id)
    style = "" if act == "end" else "primary"
    return Button(label=render(say(f"label.{act}"), row.language), data=data, style=style)


def _file(session: Session, row: Claimed) -> Outgoing | Nothing:
    stored = media.stored(session, int(row.body["file"]))
    if stored is None:
        return Nothing("the file is not there")
    file = File(
        kind=MediaKind(stored.kind),
        name=stored.name,
        media_type=stored.media_type,
        path=stored.path,
        reference=stored.reference if stored.channel == row.channel else "",
        latitude=stored.facts.get("latitude"),
        longitude=stored.facts.get("longitude"),
    )
    about = say("card.file", number=stored.ordinal) if stored.ordinal else say("talk.file")
    text = render(about, row.language)
    return Outgoing(key=str(row.id), chat=row.chat, account=row.account, text=text, files=(file,), quiet=True)


def _out(
    row: Claimed, text: str, buttons: tuple[Button, ...], *, edits: str = "", quiet: bool = False
) -> Outgoing:
    return Outgoing(
        key=str(row.id),
        chat=row.chat,
        account=row.account,
        text=text,
        buttons=buttons,
        edits=edits,
        quiet=quiet,
        again=_again(row),
    )


def evidence(out: Outgoing) -> dict[str, object]:
    """What was really sent, to be kept."""
    return {
        "text": out.text,
        "buttons": [[one.label, one.data, one.style] for one in out.buttons],
        "edits": out.edits,
        "files": [[one.kind.value, one.name, one.media_type, one.path] for one in out.files],
    }
