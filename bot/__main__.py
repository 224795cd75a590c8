"""`python -m bot`: run the desk, or one of the things a self-hoster needs beside it.

python -m bot            serve the platforms that `.env` configures
python -m bot demo       the same with a sample vendor, a page to play on and a clock that can be moved
python -m bot migrate    bring the database up to date (`--half before|after` for a deploy without standstill)
python -m bot invite ROLE [SCHOOL]    print a one-time invite
python -m bot calendar FILE    import the State Council's calendar of a year (a notice, JSON or CSV)
python -m bot roster FILE      enter rotations, shifts, leave, residents and school breaks (TOML)
python -m bot school FILE      enter rooms and systems of schools; print what each room's QR must contain (TOML)
python -m bot contract FILE    enter contracts: dates, deposit, limits (TOML, see agreement/contract_file.py)
python -m bot archive export|verify|import|erase …    case files with their chain, as one ZIP
python -m bot again      give what was set aside after failures another chance, once its cause is mended
python -m bot check      try the configured platforms and say what is wrong
"""

import argparse
import asyncio
import gc
import logging
import os
import secrets
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from agreement.words import Role
from bot import settings as reading
from bot.archive_place import ArchivePlace
from bot.arguments import parser
from bot.clock import MovedClock, RealClock
from bot.variables import SettingsError
from bot.waking import Waking
from storage.at_start import bring_up_to_date, stands_at
from storage.database import DatabaseError

if TYPE_CHECKING:
    from bot.entering_schools import AddressOf
    from bot.house import House

QUIET = ("httpx", "httpcore", "apscheduler", "alembic.runtime.plugins")  # httpx writes a bot's token at INFO


def main(arguments: Sequence[str]) -> int:
    """The exit code; 2 for wrong settings, each named."""
    wanted = parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    given = dict(os.environ)
    if wanted.command == "demo":
        given["YINGNUO_DEMO"] = "yes"
    try:
        settings = reading.read(reading.environment(given))
        return asyncio.run(COMMANDS[wanted.command](settings, wanted))
    except (SettingsError, DatabaseError) as error:
        print(f"yingnuo: {error}", file=sys.stderr)
        return 2


async def _migrate(settings: reading.Settings, wanted: argparse.Namespace) -> int:
    from storage.migrating import HALVES, migrate

    await migrate(settings.database_url, (wanted.half,) if wanted.half else HALVES)
    print("the database is up to date")
    return 0


async def _invite(settings: reading.Settings, wanted: argparse.Namespace) -> int:
    from bot.assembling import assemble
    from bot.inviting import InviteError, make_invite

    await bring_up_to_date(settings.database_url)
    code = secrets.token_urlsafe(12)
    try:
        others = await make_invite(settings.database_url, RealClock().now(), code, Role(wanted.role), wanted.school)
    except InviteError as error:
        print(f"yingnuo: {error}", file=sys.stderr)
        return 1
    if others:
        print(f"note   {wanted.school} is a new school; these are known: {', '.join(others)}")
    print(f"code   {code}")
    print(f"web    {settings.public_url}/web/invite/{code}")
    house = assemble(settings, RealClock())
    telegram = _telegram_address(house)
    if telegram is not None:
        print(f"telegram {await telegram(code)}")
    await house.stop()
    return 0


def _telegram_address(house: "House") -> "AddressOf | None":
    """What tells the address of a code at Telegram; None where no bot is configured."""
    from bot.telegram.channel import TelegramChannel

    channel = house.channels.get("telegram")
    return channel.start_link if isinstance(channel, TelegramChannel) else None


async def _calendar(settings: reading.Settings, wanted: argparse.Namespace) -> int:
    from bot.importing_calendar import Terminal, import_calendar

    await bring_up_to_date(settings.database_url)
    return await import_calendar(settings.database_url, RealClock().now(), wanted, Terminal(print, input))


async def _roster(settings: reading.Settings, wanted: argparse.Namespace) -> int:
    from bot.entering_roster import enter_roster

    url, now = settings.database_url, RealClock().now()
    return await _entered(url, wanted, lambda text: enter_roster(url, now, text, wanted.file.name))


async def _entered(url: str, wanted: argparse.Namespace, enter: Callable[[str], Awaitable[str]]) -> int:
    """What a file says is entered, and said; a mistake in it is named, and nothing of it is entered."""
    from agreement.toml_lines import PolicyError

    await bring_up_to_date(url)
    try:
        print(await enter(wanted.file.read_text(encoding="utf-8")))
    except (PolicyError, OSError, UnicodeDecodeError) as error:
        print(f"yingnuo: {error}", file=sys.stderr)
        return 1
    return 0


async def _school(settings: reading.Settings, wanted: argparse.Namespace) -> int:
    from agreement.toml_lines import PolicyError
    from bot.assembling import assemble
    from bot.entering_schools import enter_schools, print_codes
    from bot.wechat.channel import WechatChannel
    from bot.wechat.client import CallError

    await bring_up_to_date(settings.database_url)
    try:
        text = wanted.file.read_text(encoding="utf-8")
        codes = await enter_schools(settings.database_url, RealClock().now(), text, wanted.file.name)
    except (PolicyError, OSError, UnicodeDecodeError) as error:
        print(f"yingnuo: {error}", file=sys.stderr)
        return 1
    house = assemble(settings, RealClock())
    channel = house.channels.get("wechat")
    wechat = channel.scan_address if isinstance(channel, WechatChannel) else None
    try:
        await print_codes(codes, settings.public_url, print, telegram=_telegram_address(house), wechat=wechat)
    except CallError as error:
        print(f"yingnuo: the rooms are entered, but WeChat gives no codes: {error}", file=sys.stderr)
        return 1
    finally:
        await house.stop()
    return 0


async def _contract(settings: reading.Settings, wanted: argparse.Namespace) -> int:
    from bot.entering_contracts import enter_contracts

    url, now = settings.database_url, RealClock().now()
    return await _entered(url, wanted, lambda text: enter_contracts(url, now, text, wanted.file))


async def _archive(settings: reading.Settings, wanted: argparse.Namespace) -> int:
    from bot.archive_command import archive
    from bot.house import open_work

    await bring_up_to_date(settings.database_url)
    work = open_work(settings.database_url, Waking())
    place = ArchivePlace(settings.media_dir, settings.vendor_name, settings.fonts_dir)
    try:
        return await archive(work, place, RealClock().now(), wanted, print)
    finally:
        await work.close()


async def _again(settings: reading.Settings, _wanted: argparse.Namespace) -> int:
    from bot.trying_again import try_again

    await bring_up_to_date(settings.database_url)
    return await try_again(settings.database_url, RealClock().now(), print)


async def _check(settings: reading.Settings, _wanted: argparse.Namespace) -> int:
    from bot.assembling import assemble

    house = assemble(settings, RealClock())
    wrong = [f"{name}: {one}" for name, channel in house.channels.items() for one in await channel.check()]
    await house.stop()
    try:
        await stands_at(settings.database_url)
    except DatabaseError as error:
        wrong.append(f"database: {error}")
    for one in wrong:
        print(one)
    print(f"web chat: {settings.public_url}/web/… ; paths and message format (docs/web-chat.md):\n")
    print((Path(__file__).parent.parent / "docs" / "web-chat.md").read_text(encoding="utf-8"))
    print(f"{len(wrong)} things to mend" if wrong else "the database and all configured platforms answer")
    return 1 if wrong else 0


async def _run(settings: reading.Settings, wanted: argparse.Namespace) -> int:
    gc.disable()  # what a start makes stays to the end: looking through it again and again took a sixth of the start
    from bot.assembling import assemble, open_demo, pages, prepare
    from bot.house import ListeningError
    from bot.running import Running

    await bring_up_to_date(settings.database_url)
    clock = MovedClock(RealClock()) if settings.demo else RealClock()
    house = assemble(settings, clock)
    await prepare(house, clock)
    demo = await open_demo(house, settings, clock) if isinstance(clock, MovedClock) else []
    try:
        await house.start(settings.host, settings.port, [*pages(house, settings, clock), *demo])
    except ListeningError as error:
        print(f"yingnuo: {error}", file=sys.stderr)
        return 2
    running = Running(house, settings.dead_man_url)
    await running.start()
    print(f"Yingnuo is up: {settings.public_url}/", flush=True)
    gc.freeze()
    gc.enable()
    await _until_told_to_stop()
    await running.stop()
    await house.stop()
    return 0


async def _until_told_to_stop() -> None:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, told.set)
    await told.wait()


COMMANDS = {
    "run": _run,
    "demo": _run,
    "migrate": _migrate,
    "invite": _invite,
    "calendar": _calendar,
    "roster": _roster,
    "school": _school,
    "contract": _contract,
    "archive": _archive,
    "again": _again,
    "check": _check,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
