"""`python -m bot calendar FILE`: show what a published calendar changes, ask, take it in, count by it.

A desk that runs beside it counts as well; whoever comes first does each page once.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from agreement.announced import WEEKDAYS, Announced, AnnouncedError, Change, changes, taken
from agreement.calendar import Workdays
from agreement.day_files import read_days
from bot.house import open_work
from bot.waking import Waking
from bot.workdays import load_calendar
from desk import calendar_editions, calendars
from desk.alerting import sitting
from desk.calendar_editions import Day, EditionError
from desk.rulebook import Rulebook
from storage.work import Work


@dataclass(frozen=True)
class Terminal:
    """Whoever sits before it: what is told them, and what they answer."""

    tell: Callable[[str], None]
    ask: Callable[[str], str]


async def import_calendar(
    database_url: str, now: datetime, wanted: argparse.Namespace, terminal: Terminal
) -> int:
    """The exit code: 0 also where there is nothing to do yet, 1 where the file or the moment is wrong."""
    work = open_work(database_url, Waking())
    try:
        return await _import(work, now, wanted, terminal)
    except (AnnouncedError, EditionError, OSError, UnicodeDecodeError) as error:
        terminal.tell(f"yingnuo: {wanted.file}: {error}")
        return 1
    finally:
        await work.close()


async def _import(work: Work, now: datetime, wanted: argparse.Namespace, terminal: Terminal) -> int:
    announced = read_days(wanted.file.read_text(encoding="utf-8"), wanted.year)
    if announced.is_empty:
        terminal.tell(f"{wanted.file} holds no notice yet: {announced.year} stays as it is")
        return 0
    house = Rulebook()
    await work.run(lambda session: _as_at_the_first_start(session, house, now))
    old = (await work.read(calendars.read)).newest
    found = changes(announced, old)
    if announced.year in old.years and not found:
        terminal.tell(f"{announced.year} is here already, and nothing in it changes")
        return 0
    edition = wanted.edition or announced.number or f"{announced.year}"
    terminal.tell("\n".join(_difference(announced, old, found)))
    if not wanted.yes and not _agrees(terminal, edition):
        terminal.tell("nothing was changed")
        return 1
    days = {day: Day(works, announced.name(day)) for day, works in taken(announced, old).items()}
    source = wanted.file.name

    def take(session: Session) -> None:
        by = sitting(session, house, now)
        calendar_editions.take_in(by, days, edition=edition, source=source, imported_by=wanted.by)

    await work.run(take)
    terminal.tell(f"taken in; promises of {await _count(work, house, now)} tickets were counted by it")
    return 0


def _agrees(terminal: Terminal, edition: str) -> bool:
    try:
        answer = terminal.ask(f'Take it in as edition "{edition}"? [y/N] ')
    except EOFError:  # called by a program: nobody sits there
        terminal.tell("nobody answers; --yes takes it in without asking")
        return False
    return answer.strip().lower() in {"y", "yes"}


def _as_at_the_first_start(session: Session, house: Rulebook, now: datetime) -> None:
    """An installation that was never started has not even the years that its library knows."""
    if calendar_editions.nothing_to_count(session):
        load_calendar(session, house, now)


async def _count(work: Work, house: Rulebook, now: datetime) -> int:
    """Page by page, until nothing is left for now."""
    done = 0
    while count := await work.run(lambda session: calendar_editions.count_anew(sitting(session, house, now))):
        done += count
    return done


def _difference(announced: Announced, old: Workdays, found: list[Change]) -> list[str]:
    here = "published before" if announced.year in old.years else "plain weekends so far"
    return [f"{announced.year} ({here}), {len(found)} days change:", *(_line(one) for one in found)]


def _line(one: Change) -> str:
    before, after = ("休", "班") if one.works else ("班", "休")
    return f"  {one.day} 周{WEEKDAYS[one.day.weekday()]}  {before} → {after}  {one.name}"
