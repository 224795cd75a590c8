"""The `me.ledger` of flows: entries of the ledger as plain values, acts as calls of `desk.ledger`."""

from collections.abc import Sequence

from agreement.penalties import PenaltyAct
from conversations.engine.questions import Option
from desk import ledger
from desk.ledger_view import Breach, EntryView, breaches_of, entry_seen, open_entries
from desk.page_links import LASTS, Pass
from desk.sitting import Sitting
from texts.formats import money
from texts.refused import Refused
from texts.say import Say, say


class LedgerStanding:
    """One person before the entries of one ticket. `entry` is the id that the button carried, or empty."""

    def __init__(self, sitting: Sitting, ticket_id: int, entry: str) -> None:
        self._sitting = sitting
        self._ticket = ticket_id
        self._entry = entry

    def may(self, act: str) -> None:
        if self._entry:
            ledger.may(self._sitting, int(self._entry), PenaltyAct(act))
        elif not self.entries(act):
            raise Refused("refused.no_entry")

    def entries(self, act: str) -> Sequence[Option]:
        if self._entry:
            return [Option(self._entry, self.described(self._entry))]
        found = open_entries(self._sitting, ticket_id=self._ticket)
        return [Option(str(one.id), described(one)) for one in found if PenaltyAct(act) in one.acts]

    def described(self, entry: str) -> Say:
        seen = entry_seen(self._sitting, int(entry))
        if seen is None:
            raise Refused("refused.no_ticket")
        return described(seen)

    def breaches(self) -> Sequence[Option]:
        found = breaches_of(self._sitting, self._ticket)
        return [Option(str(one.id), _breach(one)) for one in found if self._entry in {"", str(one.id)}]

    def evidence(self, breach: str) -> Say:
        one = next((one for one in breaches_of(self._sitting, self._ticket) if str(one.id) == breach), None)
        person = self._sitting.actor.person_id
        if one is None or person is None:
            raise Refused("refused.no_ticket")
        language = self._sitting.actor.language
        link = self._sitting.rulebook.links.make(
            Pass("evidence", breach, person, language), self._sitting.now
        )
        promise = say(f"promise.{one.promise.value}")
        return say("evidence.link", number=one.ordinal, promise=promise, days=LASTS.days, link=link)

    def claim(self, entry: str) -> None:
        ledger.claim(self._sitting, int(entry))

    def let_go(self, entry: str) -> None:
        ledger.let_go(self._sitting, int(entry))

    def confirm(self, entry: str) -> None:
        ledger.confirm(self._sitting, int(entry))

    def dispute(self, entry: str, words: str) -> None:
        ledger.dispute(self._sitting, int(entry), words=words)

    def explain(self, entry: str, words: str) -> None:
        ledger.explain(self._sitting, int(entry), words=words)

    def deduct(self, entry: str) -> None:
        ledger.deduct(self._sitting, int(entry))


def described(entry: EntryView) -> Say:
    """The entry in a few words: whose breach, which round, how much."""
    return say(
        "ledger.entry",
        number=entry.ordinal,
        promise=say(f"promise.{entry.promise.value}"),
        round=entry.round,
        sum=money(entry.amount_fen),
    )


def _breach(one: Breach) -> Say:
    promise = say(f"promise.{one.promise.value}")
    return say("ledger.breach", number=one.ordinal, promise=promise, due_at=one.broken_at)
