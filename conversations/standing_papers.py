"""The part of `Standing` that hands over papers: the urgent plans, a strict test, a finding, a written request."""

from collections.abc import Sequence

from agreement.words import Act, Record
from conversations import why_words
from conversations.at_the_ticket import AtTheTicket
from conversations.engine.gathering import Content
from conversations.engine.questions import Option
from desk import expiring, findings, handing_out, paper_returns, requests, strict_testing, urgent_plans
from desk.access import locked
from desk.page_links import LASTS, Pass
from texts.refused import Refused
from texts.say import Say, say


class PapersStanding(AtTheTicket):
    """What is handed in, handed out and taken back."""

    def hand_in(self, act: str, content: Content) -> None:
        urgent_plans.hand_in(
            self._sitting,
            self._ticket,
            act=Act(act),
            words=content.words,
            sent=self._sent(content.media),
        )

    def record_test(self, environment: str, cases: str, result: str) -> None:
        strict_testing.record(
            self._sitting, self._ticket, environment=environment, cases=cases, result=result
        )

    def confirm_request(self) -> None:
        requests.confirm_request(self._sitting, self._ticket, version=self._carried)

    def discuss_request(self, words: str) -> None:
        requests.discuss_request(self._sitting, self._ticket, words=words, version=self._carried)

    def revise_request(self, text: str) -> None:
        requests.revise(self._sitting, self._ticket, text=text)

    def find(self, is_software: str, words: str) -> None:
        findings.find(self._sitting, self._ticket, is_software=is_software == "yes", words=words)

    def hand_out_records(self) -> None:
        handing_out.hand_out(self._sitting, self._ticket)

    def returnable(self) -> Sequence[Option]:
        found = paper_returns.returnable(self._sitting, self._ticket)
        return [
            Option(f"{record.value}:{attempt}", say("record.named", record=record.value, number=number))
            for record, attempt, number in found
        ]

    def case_link(self) -> Say:
        """Raises Refused for whoever may have none of its records."""
        paper_returns.returnable(self._sitting, self._ticket)
        actor, ticket = self._sitting.actor, locked(self._sitting, self._ticket)
        if actor.person_id is None:
            raise Refused("refused.unbound")
        one = Pass("case", str(ticket.id), actor.person_id, actor.language)
        link = self._sitting.rulebook.links.make(one, self._sitting.now)
        return say("case.link", number=ticket.ordinal, days=LASTS.days, link=link)

    def take_back(self, which: str, pages: Content) -> None:
        record, _, attempt = which.rpartition(":")
        paper_returns.take_back(
            self._sitting,
            self._ticket,
            record=Record(record),
            attempt=int(attempt),
            sent=self._sent(pages.media),
        )

    def aware(self) -> None:
        expiring.aware(self._sitting, self._ticket)

    def why(self) -> Say:
        return why_words.why(self._sitting, self._ticket, self._carried)
