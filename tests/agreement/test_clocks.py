"""The life of a promise from its segments: both sides of every edge, and a minute-by-minute oracle."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement.calendar import UNPUBLISHED
from agreement.clocks import Life, Segment, SegmentKind, derive, segments_from_json, segments_to_json
from agreement.policy_file import DEFAULT
from agreement.promises import Keeping, Undoing
from agreement.terms import Term
from agreement.words import PromiseState
from tests.agreement import oracle
from tests.dues import published_workdays

ZONE = DEFAULT.zone
START = datetime(2026, 11, 23, 14, tzinfo=ZONE)
JUST = timedelta(microseconds=1)
TWO_HOURS = Term.parse("2 hours")
DUE = START + timedelta(hours=2)
S = SegmentKind
STARTED = Segment(S.STARTED, START)


def minute(n: float) -> datetime:
    """So many minutes after the start."""
    return START + timedelta(minutes=n)


def life(*segments: Segment, now: datetime, term: Term | None = TWO_HOURS) -> Life:
    """The life of a promise of two hours that started at 14:00."""
    return derive([STARTED, *segments], term, published_workdays(), ZONE, now)


def kept(at: float, by: Keeping = Keeping.RESOLVED) -> Segment:
    """A keeping at that minute."""
    return Segment(S.KEPT, minute(at), by=by)


def undone(at: float, by: Undoing = Undoing.NOT_SOLVED) -> Segment:
    """An un-keeping at that minute."""
    return Segment(S.UNKEPT, minute(at), by=by)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (START, PromiseState.RUNNING),
        (DUE - JUST, PromiseState.RUNNING),
        (DUE, PromiseState.RUNNING),
        (DUE + JUST, PromiseState.BROKEN),
    ],
)
def test_left_alone_it_breaks_one_microsecond_after(now: datetime, state: PromiseState) -> None:
    """The due instant itself is still in time."""
    assert life(now=now).state is state


@pytest.mark.parametrize(
    ("at", "state"),
    [(DUE - JUST, PromiseState.KEPT), (DUE, PromiseState.KEPT), (DUE + JUST, PromiseState.BROKEN)],
)
def test_kept_at_the_very_due_instant_is_kept(at: datetime, state: PromiseState) -> None:
    """Kept before and on it; after it, broken as of the due time and fulfilled late."""
    found = life(Segment(S.KEPT, at), now=minute(500))
    assert found.state is state
    if state is PromiseState.BROKEN:
        assert (found.broken_at, found.fulfilled_at, found.kept_at) == (DUE, at, None)
    else:
        assert (found.broken_at, found.fulfilled_at, found.kept_at) == (None, None, at)


def test_not_solved_after_the_due_time_breaks_it_as_of_then() -> None:
    """Done at 1:50, not solved at 3:00: the two hours were not kept, and the break bears the due time."""
    found = life(kept(110), undone(180), now=minute(180))
    assert (found.state, found.broken_at, found.due_at) == (PromiseState.BROKEN, DUE, DUE)


def test_not_solved_before_the_due_time_lets_it_run_again() -> None:
    """The time it stood as kept is not given back."""
    found = life(kept(30), undone(60), now=minute(60))
    assert (found.state, found.due_at) == (PromiseState.RUNNING, DUE)
    assert life(kept(30), undone(60), now=DUE + JUST).broken_at == DUE
    assert life(kept(30), undone(60), kept(119), now=minute(999)).state is PromiseState.KEPT


def test_undone_at_the_very_due_instant_runs_for_that_instant() -> None:
    """An un-keeping on the edge can still be answered on the edge."""
    assert life(kept(30), undone(120), now=DUE).state is PromiseState.RUNNING
    assert life(kept(30), undone(120), kept(120), now=minute(999)).state is PromiseState.KEPT
    assert life(kept(30), undone(120), kept(121), now=minute(999)).state is PromiseState.BROKEN


def test_broken_stays_broken_when_fulfilled_undone_and_fulfilled_again() -> None:
    """The books keep the break; only when it was fulfilled changes."""
    late = life(kept(130), now=minute(131))
    assert (late.state, late.fulfilled_at) == (PromiseState.BROKEN, minute(130))
    undone_again = life(kept(130), undone(140), now=minute(141))
    assert (undone_again.state, undone_again.fulfilled_at) == (PromiseState.BROKEN, None)
    again = life(kept(130), undone(140), kept(150), now=minute(151))
    assert (again.state, again.fulfilled_at) == (PromiseState.BROKEN, minute(150))


def test_a_confirmed_plan_goes_on_keeping_when_the_work_is_not_solved() -> None:
    """没解决 undoes the work, not the plan that kept the promise."""
    plan = kept(60, Keeping.PLAN_HANDED_OVER)
    assert life(plan, kept(100), undone(180), now=minute(200)).state is PromiseState.KEPT
    assert life(plan, kept(100), undone(180, Undoing.REJECTED), now=minute(200)).state is PromiseState.KEPT


def test_a_refused_plan_undoes_what_it_kept_and_nothing_else() -> None:
    """商议 takes the plan away; an answer that had kept the same promise still does."""
    plan, answer = kept(60, Keeping.PLAN_HANDED_OVER), kept(70, Keeping.ANSWERED)
    discussed = undone(130, Undoing.DISCUSSED)
    assert life(plan, discussed, now=minute(131)).broken_at == DUE
    assert life(plan, answer, discussed, now=minute(131)).kept_at == minute(70)


def test_an_objection_undoes_the_receipt() -> None:
    """有异议: what the receipt kept runs again."""
    receipt = kept(60, Keeping.DECLINED)
    assert life(receipt, undone(90, Undoing.OBJECTED), now=minute(91)).state is PromiseState.RUNNING


def test_an_undoing_without_a_name_undoes_everything() -> None:
    """A plain un-keeping leaves nothing that keeps."""
    assert life(kept(60), Segment(S.UNKEPT, minute(61)), now=minute(62)).state is PromiseState.RUNNING


def test_a_keeping_heard_late_counts_at_its_own_time() -> None:
    """The platform's time rules: the tap of 15:59 that arrives after the break and a move overturns it."""
    moved = Segment(S.MOVED, minute(125), due_at=minute(500))
    assert life(moved, now=minute(126)).state is PromiseState.BROKEN
    assert life(moved, kept(119), now=minute(126)).state is PromiseState.KEPT


def test_a_keeping_never_counts_from_before_it_was_undone() -> None:
    """An old message cannot keep again what the customer has meanwhile undone."""
    assert life(kept(30), undone(130), kept(40), now=minute(131)).state is PromiseState.BROKEN


def test_withdrawn_from_running_kept_or_paused_but_never_from_broken() -> None:
    """Cancelling a ticket ends its clocks; a breach of before stays in the books."""
    gone = Segment(S.WITHDRAWN, minute(60))
    pause = Segment(S.PAUSED, minute(10))
    for before in ([], [kept(10)], [pause]):
        assert life(*before, gone, now=minute(999)).state is PromiseState.WITHDRAWN
    late = Segment(S.WITHDRAWN, DUE + JUST)
    assert life(late, now=minute(999)).state is PromiseState.BROKEN
    assert life(Segment(S.WITHDRAWN, DUE), now=minute(999)).state is PromiseState.WITHDRAWN


def test_withdrawn_ends_it_until_it_is_started_again() -> None:
    """Not urgent, then urgent once more: the clock runs from the new word."""
    gone, again = Segment(S.WITHDRAWN, minute(60)), Segment(S.STARTED, minute(90))
    assert life(gone, kept(70), undone(80), now=minute(999)).state is PromiseState.WITHDRAWN
    assert life(gone, again, now=minute(100)).due_at == minute(210)
    assert (
        life(late_gone := Segment(S.WITHDRAWN, minute(130)), again, kept(131), now=minute(132)).broken_at
        == DUE
    )
    assert late_gone.at > DUE


def test_merging_counts_from_the_earlier_report() -> None:
    """A start written later moves the same clock, and what kept it is weighed against the new due time."""
    earlier = Segment(S.STARTED, minute(-60))
    assert life(earlier, now=minute(30)).due_at == minute(60)
    assert life(kept(50), earlier, now=minute(999)).state is PromiseState.KEPT
    assert life(kept(70), earlier, now=minute(999)).broken_at == minute(60)


@pytest.mark.parametrize(("now", "due"), [(20, 130), (30, 140), (999, 150)])
def test_a_pause_moves_the_due_time_on_by_its_length(now: float, due: float) -> None:
    """While it lasts the due time moves with the clock; half an hour of waiting is half an hour more."""
    found = life(Segment(S.PAUSED, minute(10)), Segment(S.RESUMED, minute(40)), now=minute(999))
    assert (found.due_at, found.broken_at) == (minute(150), minute(150))
    paused = life(Segment(S.PAUSED, minute(10)), now=minute(now))
    assert paused.state is PromiseState.PAUSED
    if now < 999:
        assert paused.due_at == minute(due)


def test_a_pause_of_a_day_term_shifts_its_start() -> None:
    """Paused over midnight a working-day term is counted from the day after, and still ends at a 24:00."""
    term = Term.parse("1 working day")
    pause = [Segment(S.PAUSED, minute(60)), Segment(S.RESUMED, minute(60 + 24 * 60))]
    assert life(now=START, term=term).due_at == datetime(2026, 11, 25, tzinfo=ZONE)
    assert life(*pause, now=minute(60 + 24 * 60), term=term).due_at == datetime(2026, 11, 26, tzinfo=ZONE)


def test_a_pause_after_the_due_time_saves_nothing() -> None:
    """What is broken is broken."""
    assert life(Segment(S.PAUSED, minute(121)), now=minute(122)).broken_at == DUE


def test_a_confirmed_schedule_moves_the_due_time_both_ways() -> None:
    """The new date counts from the move on; a promise already broken is not saved by it."""
    moved = Segment(S.MOVED, minute(60), due_at=minute(600))
    assert life(moved, now=minute(600)).state is PromiseState.RUNNING
    assert life(moved, now=minute(600) + JUST).broken_at == minute(600)
    assert life(Segment(S.MOVED, minute(60), due_at=minute(90)), now=minute(91)).broken_at == minute(90)
    assert life(Segment(S.MOVED, minute(121), due_at=minute(600)), now=minute(130)).broken_at == DUE


def test_a_plan_step_is_due_at_its_own_date() -> None:
    """Without a term the start brings the due time; a missing one is refused."""
    step = Segment(S.STARTED, START, due_at=datetime(2026, 11, 25, 18, tzinfo=ZONE))
    found = derive([step], None, UNPUBLISHED, ZONE, START)
    assert (found.due_at, found.provisional) == (datetime(2026, 11, 25, 18, tzinfo=ZONE), False)
    with pytest.raises(ValueError, match="its own due time"):
        derive([STARTED], None, UNPUBLISHED, ZONE, START)


def test_a_promise_that_crosses_into_an_unpublished_year_says_so() -> None:
    """Provisional breaks are told apart, so that none is booked before the edition is there."""
    new_year = Segment(S.STARTED, datetime(2026, 12, 31, 10, tzinfo=ZONE))
    term = Term.parse("1 working day")
    found = derive([new_year], term, published_workdays(), ZONE, datetime(2027, 1, 5, tzinfo=ZONE))
    assert (found.state, found.provisional) == (PromiseState.BROKEN, True)


@pytest.mark.parametrize("segments", [[], [kept(1)]])
def test_no_life_without_a_start(segments: list[Segment]) -> None:
    """The first segment is the start."""
    with pytest.raises(ValueError, match="start"):
        derive(segments, TWO_HOURS, UNPUBLISHED, ZONE, START)


def test_a_move_names_its_due_time() -> None:
    """A move to nowhere is refused."""
    with pytest.raises(ValueError, match="new due time"):
        life(Segment(S.MOVED, minute(1)), now=minute(2))


def test_the_life_is_told_in_utc() -> None:
    """Whatever zone the segments come in."""
    found = life(kept(10), now=minute(20))
    assert {at.tzinfo for at in (found.started_at, found.due_at, found.kept_at) if at} == {UTC}


HAPPENINGS = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from(["kept", "unkept", "paused", "resumed", "withdrawn"])),
    max_size=8,
).map(lambda rows: sorted(rows, key=lambda row: row[0]))


@given(budget=st.integers(1, 40), happenings=HAPPENINGS, now=st.integers(60, 120))
def test_every_life_agrees_with_the_minute_by_minute_oracle(
    budget: int, happenings: list[tuple[int, str]], now: int
) -> None:
    """A budget of minutes used up one by one comes to the same state and the same break."""
    segments = [Segment(SegmentKind(what), minute(at)) for at, what in happenings]
    found = life(*segments, now=minute(now), term=Term.parse(f"{budget} minutes"))
    state, broke = oracle.life(budget, happenings, now)
    assert found.state == state
    assert found.broken_at == (None if broke is None else minute(broke))


ANY_SEGMENT = st.builds(
    Segment,
    kind=st.sampled_from(SegmentKind),
    at=st.datetimes(timezones=st.just(UTC)),
    due_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    reason=st.text(),
    event=st.none() | st.integers(0),
    by=st.text(),
)


@given(segments=st.lists(ANY_SEGMENT).map(tuple))
def test_stored_segments_come_back_the_same(segments: tuple[Segment, ...]) -> None:
    """Nothing of the evidence is lost in the table."""
    assert segments_from_json(segments_to_json(segments)) == segments


def test_a_month_may_start_on_29_february() -> None:
    """29 February starts a month like any day; its 24:00 of 29 March reads 00:00 of the 30th."""
    leap = Segment(S.STARTED, datetime(2024, 2, 29, 9, tzinfo=ZONE))
    found = derive([leap], Term.parse("1 month"), published_workdays(), ZONE, leap.at)
    assert found.due_at.astimezone(ZONE).date() == date(2024, 3, 30)
