"""The part of `Standing` that the school's people have on a ticket: from 补充 and 催办 to their opinion of the work."""

from agreement.words import Cause, Harm
from conversations import complaints
from conversations.at_the_ticket import AtTheTicket
from conversations.engine.messages import Media
from desk import agreeing, customers, opinions, resorting


class SchoolStanding(AtTheTicket):
    """Whoever reported or follows the ticket, or represents the school."""

    def add_to(self, ticket: str, words: str, media: tuple[Media, ...]) -> None:
        added = customers.add(
            self._sitting,
            int(ticket) if ticket else self._ticket,
            words=words,
            sent=self._sent(media),
        )
        complaints.note(self._sitting, added.id, words)

    def nudge(self) -> None:
        customers.nudge(self._sitting, self._ticket)

    def withdraw(self) -> None:
        customers.withdraw(self._sitting, self._ticket)

    def declare_urgent(self) -> None:
        customers.declare_urgent(self._sitting, self._ticket)

    def state_urgency(self, cause: str, harm: str) -> None:
        customers.state_urgency(self._sitting, self._ticket, cause=Cause(cause), harm=Harm(harm))

    def take_back_urgency(self) -> None:
        customers.take_back_urgency(self._sitting, self._ticket)

    def agree(self) -> None:
        agreeing.agree(self._sitting, self._ticket, version=self._carried)

    def discuss(self, words: str) -> None:
        agreeing.discuss(self._sitting, self._ticket, words=words, version=self._carried)

    def solved(self) -> None:
        opinions.solved(self._sitting, self._ticket)

    def rate(self, mark: int) -> None:
        opinions.rate(self._sitting, self._ticket, mark=mark)

    def opinion_words(self, words: str) -> None:
        opinions.add_words(self._sitting, self._ticket, words=words)

    def not_solved(self) -> None:
        opinions.not_solved(self._sitting, self._ticket)

    def object_to(self, words: str) -> None:
        customers.object_to(self._sitting, self._ticket, words=words, finding=self._carried)

    def do_not_object(self) -> None:
        customers.do_not_object(self._sitting, self._ticket, finding=self._carried)

    def consent(self) -> None:
        resorting.consent(self._sitting, self._ticket, question=self._carried)

    def dissent(self) -> None:
        resorting.refuse(self._sitting, self._ticket, question=self._carried)
