"""What people do with an entry: everybody tries everything in every state, and the deposit always adds up."""

import asyncio
from collections.abc import Callable, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from agreement.penalties import PenaltyAct
from agreement.words import PenaltyState
from bot.house import open_work
from bot.waking import Waking
from desk import ledger
from desk.ledger_view import contracts_seen, entry_seen
from desk.sitting import Sitting
from storage.tables import Confirmation, Contract, Event, Outbox, Penalty, PenaltyStep
from storage.work import do_last
from tests.ledger.ground import Ground, on, undone
from tests.lifecycle.cast import Cast
from texts.refused import Refused
from texts.say import LANGUAGES, render

S, A = PenaltyState, PenaltyAct
Deed = Callable[[Sitting, int], object]
DEEDS: Mapping[PenaltyAct, Deed] = {
    A.CLAIM: ledger.claim,
    A.LET_GO: ledger.let_go,
    A.CONFIRM: ledger.confirm,
    A.DISPUTE: lambda sitting, entry: ledger.dispute(sitting, entry, words="在路上"),
    A.EXPLAIN: lambda sitting, entry: ledger.explain(sitting, entry, words="没有人来"),
    A.DEDUCT: ledger.deduct,
}
# state → who brings an entry there by which acts
PATHS: Mapping[PenaltyState, tuple[tuple[str, PenaltyAct], ...]] = {
    S.CLAIMABLE: (),
    S.CLAIMED: (("representative", A.CLAIM),),
    S.AGREED: (("representative", A.CLAIM), ("manager", A.CONFIRM)),
    S.DISPUTED: (("representative", A.CLAIM), ("manager", A.DISPUTE)),
    S.DEDUCTED: (("representative", A.CLAIM), ("manager", A.CONFIRM), ("manager", A.DEDUCT)),
    S.LET_GO: (("representative", A.LET_GO),),
}
OPEN = (S.CLAIMABLE, S.CLAIMED, S.AGREED, S.DISPUTED)
# Written from the acts and the agreement: (act, person) → from which states, and where it leads.
EXPECTED: Mapping[tuple[PenaltyAct, str], tuple[tuple[PenaltyState, ...], PenaltyState]] = {
    (A.CLAIM, "representative"): ((S.CLAIMABLE,), S.CLAIMED),
    (A.LET_GO, "representative"): (OPEN, S.LET_GO),
    (A.CONFIRM, "manager"): ((S.CLAIMED, S.DISPUTED), S.AGREED),
    (A.DISPUTE, "manager"): ((S.CLAIMED,), S.DISPUTED),
    (A.EXPLAIN, "representative"): ((S.DISPUTED,), S.DISPUTED),
    (A.EXPLAIN, "manager"): ((S.DISPUTED,), S.DISPUTED),
    (A.DEDUCT, "manager"): ((S.AGREED, S.DISPUTED), S.DEDUCTED),
}


def walk(session: Session) -> list[str]:
    """What differs from what is expected, over every act, person and state."""
    ground = Ground(session)
    entry = ground.missed_dispatch().id
    wrong = []
    for state, path in PATHS.items():
        for act in DEEDS:
            for person in ground.cast.actors:
                with undone(session):
                    for who, earlier in path:
                        DEEDS[earlier](ground.sitting(who, 90), entry)
                    found = attempt(ground, act, person, entry)
                    sources, to = EXPECTED.get((act, person), ((), None))
                    if found != (to if state in sources else None):
                        wrong.append(f"{act} by {person} on {state}: {found}")
    return wrong


def attempt(ground: Ground, act: PenaltyAct, person: str, entry: int) -> str | None:
    """The state after it, or None after a proper refusal that changed nothing."""
    before = dump(ground.session, entry)
    try:
        DEEDS[act](ground.sitting(person, 91), entry)
    except Refused as no:
        said = [render(no.said, language) for language in LANGUAGES]
        poor = not all(len(one) > 5 and "{" not in one for one in said)
        return f"poor refusal {said}" if poor or dump(ground.session, entry) != before else None
    (state, _, after), (_, _, counted) = dump(ground.session, entry), before
    grown = [one > two for one, two in zip(after, counted, strict=True)]
    return state if all(grown) else f"left out an event, a step, evidence or a message: {grown}"


def dump(session: Session, entry: int) -> tuple[str, int, list[int]]:
    """State and sum of the entry, and how many events, steps, evidences and messages there are."""
    session.flush()
    do_last(session)
    row = session.get_one(Penalty, entry)
    tables = (Event, PenaltyStep, Confirmation, Outbox)
    return row.state, row.taken_fen, [_count(session, table) for table in tables]


def _count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


async def test_everybody_tries_everything_in_every_state(database_url: str) -> None:
    """Another school's representative, a teacher, an engineer: each is refused in words, and nothing changes."""
    assert await on(database_url, walk) == []


def two_sides_of_a_dispute(session: Session) -> None:
    """Reasons from both sides, in order, with who said them; the card of either shows them."""
    ground = Ground(session)
    entry = ground.missed_dispatch().id
    ledger.claim(ground.sitting("representative", 62), entry)
    ledger.dispute(ground.sitting("manager", 63), entry, words="路上堵车")
    ledger.explain(ground.sitting("representative", 64), entry, words="没有人出发")
    ledger.explain(ground.sitting("manager", 65), entry, words="已查，确实晚了")
    ledger.confirm(ground.sitting("manager", 66), entry)
    seen = entry_seen(ground.sitting("representative", 67), entry)
    assert seen is not None
    assert [(one.act, one.by, one.words, one.state.value) for one in seen.steps] == [
        ("book", "", "", "claimable"),
        ("claim", "representative", "", "claimed"),
        ("dispute", "manager", "路上堵车", "disputed"),
        ("explain", "representative", "没有人出发", "disputed"),
        ("explain", "manager", "已查，确实晚了", "disputed"),
        ("confirm", "manager", "", "agreed"),
    ]


def the_last_entry_is_cut(session: Session) -> None:
    """￥1,200 for three: 500, 500, 200; the rest, and the one that was not even claimed, end as used up."""
    ground = Ground(session)
    entries = [ground.missed_dispatch(one * 100).id for one in range(4)]
    for entry in entries[:3]:
        ledger.claim(ground.sitting("representative", 500), entry)
        ledger.confirm(ground.sitting("manager", 501), entry)
        ledger.deduct(ground.sitting("manager", 502), entry)
    rows = [(one.state, one.taken_fen) for one in ground.entries()]
    assert rows == [("deducted", 50_000), ("deducted", 50_000), ("deducted", 20_000), ("exhausted", 0)]
    books = contracts_seen(ground.sitting("representative", 600))[0].books
    assert (books.left_fen, books.sums[S.EXHAUSTED].fen, ground.wrongs()) == (0, 80_000, [])


def without_a_deposit(session: Session) -> None:
    """Nothing to deduct from: the right is booked, claimed and confirmed, and ends at 已扣."""
    ground = Ground(session, deposit_fen=0)
    first, second = ground.missed_dispatch().id, ground.missed_dispatch(100).id
    ledger.claim(ground.sitting("representative", 200), first)
    ledger.confirm(ground.sitting("manager", 201), first)
    ledger.deduct(ground.sitting("manager", 202), first)
    assert [(one.id, one.state) for one in ground.entries()] == [(first, "exhausted"), (second, "exhausted")]


def another_school_sees_nothing(session: Session) -> None:
    """Neither the entry nor the books; nor does a teacher or an engineer."""
    ground = Ground(session)
    entry = ground.missed_dispatch().id
    for person in ("other_representative", "stranger", "colleague", "engineer"):
        assert entry_seen(ground.sitting(person, 62), entry) is None
        assert contracts_seen(ground.sitting(person, 62)) == []
    for person in ("representative", "manager", "lead", "desk"):
        assert entry_seen(ground.sitting(person, 62), entry) is not None
        assert len(contracts_seen(ground.sitting(person, 62))) == 1


@pytest.mark.parametrize(
    "scene",
    [two_sides_of_a_dispute, the_last_entry_is_cut, without_a_deposit, another_school_sees_nothing],
    ids=lambda scene: scene.__name__,
)
async def test_scene(scene: Callable[[Session], None], database_url: str) -> None:
    """Each on both databases."""
    await on(database_url, scene)


PEOPLE = ("representative", "manager")
TRIES = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(list(DEEDS)), st.sampled_from(PEOPLE)), max_size=25
)


async def test_the_books_add_up_on_real_tables(sqlite_url: str) -> None:
    """Whatever two people try, in whatever order: the sums hold, and each entry stands where its last step left it."""
    work = open_work(sqlite_url, Waking())
    try:
        await work.run(_try_everything)
    finally:
        await work.close()


def _try_everything(session: Session) -> None:
    ground = Ground(session)
    entries = [ground.missed_dispatch(one * 100).id for one in range(4)]

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(deposit=st.integers(0, 220_000), tries=TRIES)
    def attempts(deposit: int, tries: list[tuple[int, PenaltyAct, str]]) -> None:
        with undone(session):
            session.get_one(Contract, ground.contract_id).deposit_fen = deposit
            session.flush()
            for number, act, person in tries:
                _try(ground, entries[number], act, person)
                assert ground.wrongs() == []
            assert ground.states() == [_last_state(session, one) for one in entries]

    attempts()


def _try(ground: Ground, entry: int, act: PenaltyAct, person: str) -> None:
    savepoint = ground.session.begin_nested()
    try:
        DEEDS[act](ground.sitting(person, 600), entry)
        ground.session.flush()
    except Refused:
        savepoint.rollback()
    else:
        savepoint.commit()


def _last_state(session: Session, entry: int) -> str:
    steps = select(PenaltyStep.state).where(PenaltyStep.penalty_id == entry).order_by(PenaltyStep.id.desc())
    return session.scalars(steps.limit(1)).one()


async def test_two_deductions_at_once_take_no_fen_twice(postgres_url: str) -> None:
    """Four managers' taps in four transactions: the deposit covers two and a part, whoever comes first."""
    work = open_work(postgres_url, Waking())
    made: list[Ground] = []

    def prepare(session: Session) -> list[int]:
        ground = Ground(session)
        made.append(ground)
        ids = [ground.missed_dispatch(one * 100).id for one in range(4)]
        for one in ids:
            ledger.claim(ground.sitting("representative", 500), one)
            ledger.confirm(ground.sitting("manager", 501), one)
        return ids

    def deducting(cast: Cast, entry: int) -> Callable[[Session], str]:
        def body(session: Session) -> str:
            sitting = cast.sitting("manager")
            fresh = Sitting(
                session=session,
                rulebook=sitting.rulebook,
                actor=sitting.actor,
                at=sitting.at,
                now=sitting.now,
            )
            try:
                return ledger.deduct(fresh, entry).state
            except Refused:
                return "refused"

        return body

    try:
        ids = await work.run(prepare)
        await asyncio.gather(*(work.run(deducting(made[0].cast, one)) for one in ids))
        rows = await work.run(
            lambda session: sorted((one.state, one.taken_fen) for one in session.scalars(select(Penalty)))
        )
    finally:
        await work.close()
    assert rows == [("deducted", 20_000), ("deducted", 50_000), ("deducted", 50_000), ("exhausted", 0)]
