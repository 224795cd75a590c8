"""An entry of the ledger as a card: rendered when it leaves, with the buttons that its reader has then.

The buttons are ticket cards' taps with the entry's id beside them. They carry no round: an entry of the first
round is claimed in the second one too.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from agreement.penalties import PenaltyAct
from agreement.words import PenaltyState
from conversations.buttons import CardTap, Signer
from conversations.cards import WHY, Card
from conversations.engine.messages import Button
from conversations.ledger_standing import described
from desk.ledger_view import EntryView, Step
from texts.formats import money
from texts.say import Say, from_json, render, say

STYLES = {PenaltyAct.CLAIM: "primary", PenaltyAct.CONFIRM: "primary", PenaltyAct.DEDUCT: "primary"}
ORDER = (
    PenaltyAct.CLAIM,
    PenaltyAct.CONFIRM,
    PenaltyAct.DEDUCT,
    PenaltyAct.DISPUTE,
    PenaltyAct.EXPLAIN,
    PenaltyAct.LET_GO,
)
MOST_WORDS = 4  # of a long dispute the last ones; the evidence sheet has all


def entry_in(values: Mapping[str, object]) -> int | None:
    """The entry that a notice's values are about; None for one about a ticket."""
    entry = values.get("entry")
    return entry if isinstance(entry, int) else None


def notice(
    body: Mapping[str, object],
    entry: EntryView,
    language: str,
    now: datetime,
    signer: Signer,
    account_id: int,
    *,
    again: str = "no",
) -> Card:
    """The message for one outbox row about an entry. `again` yes marks a second sending."""
    values = from_json(body.get("values") or {})  # type: ignore[arg-type]  # an outbox body is JSON
    named = values if isinstance(values, Mapping) else {}
    news = Say(f"notice.{body['notice']}", {**named, "number": entry.ordinal})
    lines = [render(one, language, now) for one in (news, *_lines(entry))]
    if again == "yes":
        lines[0] = render(say("card.again"), language) + lines[0]
    return Card("\n".join(lines), buttons(entry, language, signer, account_id))


def card(entry: EntryView, language: str, now: datetime, signer: Signer, account_id: int) -> Card:
    """The entry itself, as 账本 shows it."""
    lines = [say("ledger.head", entry=described(entry)), *_lines(entry)]
    text = "\n".join(render(one, language, now) for one in lines)
    return Card(text, buttons(entry, language, signer, account_id))


def _lines(entry: EntryView) -> list[Say]:
    lines = [
        say(
            "ledger.state",
            state=say(f"penalty_state.{entry.state.value}"),
            due_at=entry.broken_at,
            round=entry.round,
        )
    ]
    spoken = [one for one in entry.steps if one.words]
    lines += [_words(one) for one in spoken[-MOST_WORDS:]]
    if entry.state is PenaltyState.DEDUCTED and entry.taken_fen < entry.amount_fen:
        cut = entry.amount_fen - entry.taken_fen
        lines.append(say("ledger.cut", taken=money(entry.taken_fen), cut=money(cut)))
    return [*lines, say("ledger.left", left=money(entry.left_fen))]


def _words(step: Step) -> Say:
    key = "ledger.disputes" if step.act == PenaltyAct.DISPUTE else "ledger.explains"
    return say(key, by=step.by, words=step.words)


def buttons(entry: EntryView, language: str, signer: Signer, account_id: int) -> tuple[Button, ...]:
    """What this person can do with the entry now; 证据 and 为什么 for whoever may read it."""
    acts = [(act.value, str(entry.id), STYLES.get(act, "")) for act in ORDER if act in entry.acts]
    return (*_made(acts, entry, language, signer, account_id), *to_read(entry, language, signer, account_id))


def to_read(entry: EntryView, language: str, signer: Signer, account_id: int) -> tuple[Button, ...]:
    """证据 and 为什么."""
    about = str(entry.promise_id)
    acts = [("evidence", about, ""), (WHY, about, "")] if entry.promise_id is not None else []
    return _made(acts, entry, language, signer, account_id)


def _made(
    acts: Sequence[tuple[str, str, str]], entry: EntryView, language: str, signer: Signer, account_id: int
) -> tuple[Button, ...]:
    return tuple(
        Button(
            label=render(say(f"label.{name}"), language),
            data=signer.card(CardTap(name, entry.ticket_id, 0, extra), account_id),
            style=style,
        )
        for name, extra, style in acts
    )
