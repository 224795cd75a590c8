"""One kind of row that fails stops none of the others, and each is a job whose state is kept and shown."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import insert, update

from bot.web.health import health_routes
from desk.sitting import Sitting
from scheduler.due_rows import DueRows
from scheduler.jobs import longest_silence
from scheduler.runner import Runner
from storage import daily, falling_due, jobs
from storage.set_aside import try_again
from storage.tables import Call, FollowUp, Outbox, PromiseRow, Reminder
from tests.lifecycle.cast import NOW
from tests.scheduler.desk import MINUTE, Desk


class Sick:
    """A kind whose tick fails until it is mended."""

    def __init__(self) -> None:
        self.problems: list[Exception] = [LookupError("a bug")]

    def tick(self, _sitting: Sitting) -> int:
        if self.problems:
            raise self.problems.pop()
        return 0


def runner(desk: Desk, first: Sequence[DueRows]) -> Runner:
    """A worker with these kinds before the house's own."""
    return Runner(desk.work, desk.people.rulebook, first)


async def health(desk: Desk, worker: Runner, now: datetime) -> tuple[int, dict[str, Any]]:
    """What `/healthz` answers then, to whoever watches the kinds of row."""
    moments = [NOW, now]
    watched = {name: most for name, most in longest_silence(worker.names).items() if name in worker.names}
    app = web.Application()
    app.add_routes(health_routes(desk.work, lambda: moments.pop(0) if len(moments) > 1 else now, watched))
    async with TestClient(TestServer(app)) as client:
        answer = await client.get("/healthz")
        return answer.status, await answer.json()


async def test_the_monitor_reads_what_the_night_found(desk: Desk) -> None:
    """0 differences is green; one is red, by its name."""
    worker = runner(desk, [])
    await worker.run(NOW)
    await desk.work.run(lambda session: daily.begin(session, {"audit": NOW.date()}, NOW))
    status, body = await health(desk, worker, NOW)
    assert status == 200
    assert body["audit"] == {"night": NOW.date().isoformat(), "differences": 0}
    await desk.work.run(lambda session: daily.note_found(session, "audit", NOW.date(), 1))
    status, body = await health(desk, worker, NOW)
    assert (status, body["stuck"]) == (503, ["audit_differences"])


async def test_a_kind_that_fails_stops_no_later_one(desk: Desk) -> None:
    """The alarms behind it ring; its error stands in the table until it has run well."""
    await desk.report()
    sick = Sick()
    worker = runner(desk, [DueRows("sick", sick.tick, falling_due.PROMISES)])
    await worker.run(NOW + 5 * MINUTE)
    assert await desk.told()
    states = {one.name: one for one in await desk.work.read(jobs.states)}
    assert states["sick"].error == "LookupError"
    assert states["alarms"].error == ""
    assert set(worker.names) <= states.keys()
    status, body = await health(desk, worker, NOW + 5 * MINUTE)
    assert (status, body["sick"]) == (503, ["sick"])
    await worker.run(NOW + 5 * MINUTE + timedelta(seconds=1))
    assert (await health(desk, worker, NOW + 5 * MINUTE))[1]["sick"] == []


async def test_a_job_that_has_not_run_for_long_is_red(desk: Desk) -> None:
    """Each kind by its name, three minutes after its last run."""
    worker = runner(desk, [])
    await worker.run(NOW)
    assert (await health(desk, worker, NOW + 2 * MINUTE))[0] == 200
    status, body = await health(desk, worker, NOW + 4 * MINUTE)
    assert status == 503
    assert set(body["stale"]) == set(worker.names)


SET_ASIDE = {
    "promises": update(PromiseRow).where(PromiseRow.promise == "fault-response").values(failures=5),
    "reminders": insert(Reminder).values(ticket_id=1, round=1, name="x", due_at=NOW, failures=5),
    "follow_ups": insert(FollowUp).values(
        person_id=1, occasion="quarter", about="2026Q4:1", due_at=NOW, failures=5, created_at=NOW
    ),
    "calls": insert(Call).values(person_id=1, reason="asked", next_at=NOW, failures=5, created_at=NOW),
    "outbox": update(Outbox).where(Outbox.id == 1).values(state="set_aside"),
}


@pytest.mark.parametrize("kind", SET_ASIDE)
async def test_what_was_set_aside_is_red_until_it_is_tried_again(desk: Desk, kind: str) -> None:
    """Named by its kind and how many; a desk that stays green over it would be believed."""
    await desk.report()
    worker = runner(desk, [])
    await desk.work.run(lambda session: session.execute(SET_ASIDE[kind]))
    await worker.run(NOW)
    status, body = await health(desk, worker, NOW)
    assert (status, body["stuck"], body["trouble"]["set_aside"]) == (503, [f"set_aside_{kind}"], {kind: 1})
    assert await desk.work.run(lambda session: try_again(session, NOW)) == {kind: 1}
    assert (await health(desk, worker, NOW))[0] == 200


async def test_what_a_kind_could_not_do_is_its_backlog(desk: Desk) -> None:
    """A row that is due and stays is counted beside the job's last run."""
    await desk.report()
    worker = Runner(desk.work, desk.people.rulebook, [DueRows("stuck", lambda _: 0, falling_due.PROMISES)])
    worker._kinds = worker._kinds[:1]
    await worker.run(NOW + 5 * MINUTE)
    [state] = await desk.work.read(jobs.states)
    assert (state.name, state.backlog) == ("stuck", 1)
    assert await worker.next_of_rows() is not None
