"""A question that comes back in the message that files a ticket: the ticket has no number before the commit."""

from conversations.standing import Standing
from desk.numbers import no_numbers_yet
from storage.around import OwnTicket
from storage.work import Work
from tests.lifecycle.cast import cast
from texts.say import render


async def test_what_has_no_number_yet_is_told_by_its_words(work: Work) -> None:
    """A button read [补充 #-2960080099749417803 304教室投影打不开]."""
    people = await work.run(cast)
    placeholder, _ = no_numbers_yet()
    own = (
        OwnTicket(2, placeholder, "304教室投影打不开", "", is_solved=False),
        OwnTicket(1, 1, "302空调坏了", "", is_solved=False),
    )
    offered = await work.run(
        lambda session: Standing(people.sitting("reporter", session=session), "", [], lambda: own).open_tickets()
    )
    labels = [one.label if isinstance(one.label, str) else render(one.label, "zh") for one in offered]
    assert labels == ["补充 304教室投影打不开", "补充 #1 302空调坏了"]
