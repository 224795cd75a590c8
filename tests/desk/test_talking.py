"""Talks with a human: which one a 结束 means, and words of both sides at the same moment."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from desk import talking
from storage.tables import Talk
from tests.lifecycle.cast import NOW, Cast
from tests.lifecycle.undone import on
from texts.refused import Refused


async def test_a_button_ends_the_talk_it_was_shown_for(sqlite_url: str) -> None:
    """The clerk's first talk is over, the second open: the button left over from the first ends nothing."""

    def body(people: Cast) -> object:
        desk = people.sitting("desk")
        first = talking.take_over(desk, talking.ask_human(people.sitting("reporter")).id)
        talking.end(people.sitting("reporter"), first)
        second = talking.take_over(desk, talking.ask_human(people.sitting("stranger")).id)
        people.session.flush()
        assert talking.to_end(desk, first.id) is None
        assert talking.to_end(people.sitting("reporter"), second.id) is None
        return talking.to_end(desk, second.id) is second and talking.to_end(desk, 0) is second

    assert await on(sqlite_url, body) is True


async def test_words_of_both_sides_at_once_are_both_kept(database_url: str) -> None:
    """Read before the other side wrote, written after: the row is read again under its lock."""

    def body(people: Cast) -> object:
        desk = people.sitting("desk")
        talk = talking.take_over(desk, talking.ask_human(people.sitting("reporter")).id)
        people.session.flush()
        other = {"at": NOW.isoformat(), "by": people.id_of("reporter"), "words": "theirs"}
        behind = update(Talk).values(words=[other]).execution_options(synchronize_session=False)
        people.session.execute(behind)
        talking.relay(desk, talk, "ours")
        talking.relay(desk, talk, "and more")  # a second one of the same message
        return [one["words"] for one in talk.words]

    assert await on(database_url, body) == ["theirs", "ours", "and more"]


async def test_words_after_the_other_side_ended_go_nowhere(sqlite_url: str) -> None:
    """The other side ended the talk while these words were on their way: they are not added to it."""

    def body(people: Cast) -> object:
        desk = people.sitting("desk")
        talk = talking.take_over(desk, talking.ask_human(people.sitting("reporter")).id)
        people.session.flush()
        ended = update(Talk).values(ended_at=NOW + timedelta(minutes=1))
        people.session.execute(ended.execution_options(synchronize_session=False))
        with pytest.raises(Refused):
            talking.relay(desk, talk, "too late")
        return talk.words

    assert await on(sqlite_url, body) == []
