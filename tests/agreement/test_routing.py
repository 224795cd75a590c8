"""Who is rung first, and the reason a person may read."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from agreement.routing import Candidate, next_after, ranked

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
NAMED_BUSY = Candidate(1, is_named=True, open_load=9, rung_at=NOON)
IDLE = Candidate(2, is_named=False, open_load=0, rung_at=NOON)
IDLE_LONG_NOT_RUNG = Candidate(3, is_named=False, open_load=0, rung_at=NOON - timedelta(hours=1))
NEVER_RUNG = Candidate(4, is_named=False, open_load=0, rung_at=None)
BUSY = Candidate(5, is_named=False, open_load=3, rung_at=None)
SHIFT = [BUSY, IDLE, NAMED_BUSY, NEVER_RUNG, IDLE_LONG_NOT_RUNG]


def test_the_whole_order_with_its_reasons() -> None:
    """Named first, then the lowest load, then who was not rung for longest; the last is who is left."""
    order: list[tuple[int, str]] = []
    while choice := next_after([person for person, _ in order], SHIFT):
        order.append((choice.person_id, choice.reason_key))
    assert order == [
        (1, "routing.named"),
        (4, "routing.longest_not_rung"),
        (3, "routing.longest_not_rung"),
        (2, "routing.lowest_load"),
        (5, "routing.last_left"),
    ]
    alone = next_after([], [BUSY])
    assert alone is not None
    assert alone.reason_key == "routing.only_one"


def test_the_reason_carries_its_values() -> None:
    """The load and the last ring are told, so that a card can say them."""
    choice = next_after([], [IDLE, BUSY])
    assert choice is not None
    assert (choice.reason_key, choice.values) == ("routing.lowest_load", {"load": 0, "rung_at": NOON})


def test_an_empty_shift_has_no_choice() -> None:
    """Nobody on duty is an answer, not an error."""
    assert next_after([], []) is None
    assert next_after([1], [NAMED_BUSY]) is None


CANDIDATES = st.lists(
    st.builds(
        Candidate,
        person_id=st.integers(1, 9),
        is_named=st.booleans(),
        open_load=st.integers(0, 3),
        rung_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    ),
    unique_by=lambda one: one.person_id,
)


@given(shift=CANDIDATES, data=st.data())
def test_the_order_of_asking_changes_nothing(shift: list[Candidate], data: st.DataObject) -> None:
    """The same shift in any order gives the same choice, and nobody is rung twice."""
    shuffled = data.draw(st.permutations(shift))
    assert next_after([], shift) == next_after([], shuffled)
    chosen: list[int] = []
    while choice := next_after(chosen, shift):
        assert choice.person_id not in chosen
        chosen.append(choice.person_id)
    assert sorted(chosen) == sorted(one.person_id for one in shift)


@given(shift=CANDIDATES, chosen=st.sets(st.integers(1, 9)))
def test_a_list_of_whom_to_ask_begins_with_whoever_would_be_rung(
    shift: list[Candidate], chosen: set[int]
) -> None:
    """Nobody is missing from it, and whoever was rung already stands behind all who were not."""
    asked = ranked(chosen, shift)
    assert sorted(asked) == sorted(one.person_id for one in shift)
    if (choice := next_after(chosen, shift)) is not None:
        assert asked[0] == choice.person_id
    assert [one in chosen for one in asked] == sorted(one in chosen for one in asked)
