"""Where a play stands: how far each screen is read, which ticket is which, what waits for the desk."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tests.doubles.platform import Platform
from tests.storyline.screens import Seen, seen_by
from tests.storyline.script import Story
from tests.storyline.stage import Phone, Stage, TicketFacts

Send = Callable[[], Awaitable[None]]


class UnmetError(Exception):
    """A line did not hold; the text says what was expected."""


@dataclass(frozen=True)
class Held:
    """What a platform could not bring while the desk was down: when it was sent, and the sending."""

    sent_at: datetime
    send: Send


@dataclass
class Play:
    """One story on one stage. `read` is how many changes of a person's screen are matched or passed."""

    story: Story
    stage: Stage
    read: dict[str, int] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    refused: dict[str, list[Phone]] = field(default_factory=dict)
    last_platform: Platform | None = None
    last_words: dict[str, Phone] = field(default_factory=dict)
    is_up: bool = True

    def seen(self, person: str) -> list[Seen]:
        return seen_by(self.stage, person)

    def unread(self, person: str) -> list[Seen]:
        return self.seen(person)[self.read.get(person, 0) :]

    async def learn_numbers(self, order: Sequence[str] = ()) -> list[TicketFacts]:
        """All tickets. New ones get their place in the story: by filing, or by their filer's in `order`."""
        tickets = list(await self.stage.facts.tickets())
        new = [ticket for ticket in tickets if ticket.shown not in self.numbers]
        places = {person: index for index, person in reversed(list(enumerate(order)))}
        new.sort(key=lambda ticket: (places.get(ticket.filed_by, len(places)), ticket.shown))
        self.numbers.extend(ticket.shown for ticket in new)
        return tickets

    async def ticket(self, place: int) -> TicketFacts:
        """The ticket that the story calls by this number. Raises UnmetError if there is none yet."""
        tickets = await self.learn_numbers()
        if place > len(self.numbers):
            raise UnmetError(f"a ticket {place}; there are {len(self.numbers)}")
        return next(ticket for ticket in tickets if ticket.shown == self.numbers[place - 1])

    async def shown_number(self, place: int | None) -> int | None:
        """The number on the cards of the ticket that the story calls so; None for no ticket."""
        return None if place is None else (await self.ticket(place)).shown
