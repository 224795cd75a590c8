"""The words that follow `python -m bot`: its commands and what each takes."""

import argparse
from pathlib import Path

from agreement.words import Role
from bot.archive_place import archive_arguments


def parser() -> argparse.ArgumentParser:
    """Without a command it is `run`."""
    bot = argparse.ArgumentParser(
        prog="python -m bot", description="Yingnuo, a service desk that lives in chat."
    )
    commands = bot.add_subparsers(dest="command", title="commands")
    bot.set_defaults(command="run")
    commands.add_parser("run", help="serve the platforms of .env; what no command means")
    commands.add_parser("demo", help="serve a sample vendor and a page on which one plays all its people")
    half = commands.add_parser("migrate", help="bring the tables up to this release; a start does it too")
    half.add_argument("--half", choices=("before", "after"), help="the half before or after the new code runs")
    invite = commands.add_parser("invite", help="make a one-time code by which somebody comes in")
    invite.add_argument("role", choices=[role.value for role in Role])
    invite.add_argument("school", nargs="?", default="", help="its name; made if it is new; none for the vendor's")
    calendar = commands.add_parser("calendar", help="take in a published year of holidays: a CSV or the notice")
    calendar.add_argument("file", type=Path)
    calendar.add_argument("--edition", default="", help="its name; else the notice's number or the year")
    calendar.add_argument("--year", type=int, help="where the file does not say it")
    calendar.add_argument("--by", default="", help="who imports it, for the history")
    calendar.add_argument("--yes", action="store_true", help="do not ask")
    roster = commands.add_parser("roster", help="enter shifts, on-call weeks, leave and residents from a file")
    roster.add_argument("file", type=Path)
    school = commands.add_parser("school", help="enter schools with their rooms and systems, print the rooms' codes")
    school.add_argument("file", type=Path)
    contract = commands.add_parser("contract", help="enter contracts, or new terms of one, from a file")
    contract.add_argument("file", type=Path)
    archive = commands.add_parser("archive", help="look into the sealed records, check or export them")
    archive_arguments(archive)
    commands.add_parser("again", help="try again what a mistake of an earlier release set aside")
    commands.add_parser("check", help="ask the database and every platform of .env, say what is wrong")
    return bot
