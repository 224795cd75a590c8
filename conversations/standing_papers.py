"""The part of `Standing` that hands over papers: the urgent plans, a strict test, a finding, a written request."""

from collections.abc import Sequence

from agreement.words import Act, Record
from conversations import why_words
from conversations.engine.gathering import Content
from conversations.engine.messages import Media, MediaKind
from conversations.engine.questions import Option
from desk import expiring, findings, handing_out, paper_returns, requests, strict_testing, urgent_plans
from desk.access import locked
from desk.page_links import LASTS, Pass
from desk.reporting import Sent
from desk.sitting import Sitting
from texts.refused import Refused
from texts.say import Say, say


class AtTheTicket:
    """One person before one ticket."""

    _sitting: Sitting
    _ticket: int
    _extra: str

    @property
    def _carried(self) -> int:
        """The number that the button carried besides the ticket; 0 for none."""
        return int(self._extra) if self._extra.isdigit() else 0

    def hand_in(self, act: str, content: Content) -> None:
        urgent_plans.hand_in(
            self._sitting,
            self._ticket,
            act=Act(act),
            words=content.words,
            sent=sent_along(self._sitting.actor.channel, content.media),
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
            sent=sent_along(self._sitting.actor.channel, pages.media),
        )

    def aware(self) -> None:
        expiring.aware(self._sitting, self._ticket)

    def why(self) -> Say:
        clock = int(self._extra) if self._extra.isdigit() else 0
        return why_words.why(self._sitting, self._ticket, clock)


def sent_along(channel: str, media: Sequence[Media]) -> tuple[Sent, ...]:
    """What was sent along, as the desk keeps it."""
    return tuple(
        Sent(
            channel=channel,
            kind=one.kind.value,
            reference=one.reference,
            name=one.name,
            media_type=one.media_type,
            facts=_facts(one),
        )
        for one in media
    )


def _facts(one: Media) -> dict[str, object]:
    facts: dict[str, object] = {"seconds": one.seconds, "recognised": one.recognised, "unique": one.unique}
    if one.kind is MediaKind.LOCATION:
        facts |= {"latitude": one.latitude, "longitude": one.longitude}
    return {name: value for name, value in facts.items() if value}
