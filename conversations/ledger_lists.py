"""账本: the books of each deposit as a message, and the open entries as cards."""

from agreement.books import Sum
from agreement.words import PenaltyState
from conversations import ledger_cards
from conversations.buttons import Signer
from conversations.replies import Reply
from desk.ledger_view import Breach, ContractBooks, contracts_seen, open_entries, reads_ledgers
from desk.sitting import Sitting
from desk.telling import entry_question
from texts.formats import money
from texts.refused import Refused
from texts.say import Say, render, say

CARDS = 5  # of the newest open entries; the sums tell of all


def ledger(sitting: Sitting, signer: Signer) -> list[Reply]:
    """What 账本 answers. Raises Refused for whoever has no part in the money."""
    if not reads_ledgers(sitting.actor):
        raise Refused("refused.ledger_readers")
    books = contracts_seen(sitting)
    said = [_text(one, sitting) for one in books] or [render(say("ledger.nothing"), sitting.actor.language)]
    return [*(Reply(text=one) for one in said), *_cards(sitting, signer)]


def _cards(sitting: Sitting, signer: Signer) -> list[Reply]:
    language, account = sitting.actor.language, sitting.actor.account_id or 0
    replies = []
    for entry in reversed(open_entries(sitting, limit=CARDS)):
        card = ledger_cards.card(entry, language, sitting.now, signer, account)
        replies.append(
            Reply(
                text=card.text,
                buttons=card.buttons,
                ticket_id=entry.ticket_id,
                question=entry_question(entry.id),
            )
        )
    return replies


def _text(one: ContractBooks, sitting: Sitting) -> str:
    books = one.books
    lines = [
        say("ledger.title", school=one.school, number=one.number),
        say(
            "ledger.deposit",
            deposit=money(books.deposit_fen),
            taken=money(books.taken_fen),
            left=money(books.left_fen),
        ),
        *_sums(one),
    ]
    if one.liable_count:
        lines.append(say("ledger.liable", count=one.liable_count))
        lines += [_liability(liability) for liability in one.liabilities]
        lines.append(say("ledger.how_evidence", number=one.liabilities[0].ordinal))
    return "\n".join(render(line, sitting.actor.language, sitting.now) for line in lines)


def _sums(one: ContractBooks) -> list[Say]:
    """Only states in which something lies, in the order of the vocabulary."""
    sums = [(state, one.books.sums[state]) for state in PenaltyState]
    return [_sum(state, found) for state, found in sums if found.count or found.fen]


def _sum(state: PenaltyState, found: Sum) -> Say:
    """A sum without an entry is what the deposit did not cover of an entry that was deducted."""
    if not found.count:
        return say("ledger.uncovered", sum=money(found.fen))
    return say("ledger.sum", state=say(f"penalty_state.{state.value}"), count=found.count, sum=money(found.fen))


def _liability(one: Breach) -> Say:
    promise = say(f"promise.{one.promise.value}")
    return say("ledger.breach", number=one.ordinal, promise=promise, due_at=one.broken_at)
