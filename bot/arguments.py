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
    commands = bot.add_subparsers(dest="command")
    bot.set_defaults(command="run")
    commands.add_parser("run")
    commands.add_parser("demo")
    half = commands.add_parser("migrate")
    half.add_argument("--half", choices=("before", "after"))
    invite = commands.add_parser("invite")
    invite.add_argument("role", choices=[role.value for role in Role])
    invite.add_argument("school", nargs="?", default="")
    calendar = commands.add_parser("calendar")
    calendar.add_argument("file", type=Path)
    calendar.add_argument("--edition", default="", help="its name; else the notice's number or the year")
    calendar.add_argument("--year", type=int, help="where the file does not say it")
    calendar.add_argument("--by", default="", help="who imports it, for the history")
    calendar.add_argument("--yes", action="store_true", help="do not ask")
    roster = commands.add_parser("roster")
    roster.add_argument("file", type=Path)
    school = commands.add_parser("school")
    school.add_argument("file", type=Path)
    contract = commands.add_parser("contract")
    contract.add_argument("file", type=Path)
    archive = commands.add_parser("archive")
    archive_arguments(archive)
    commands.add_parser("again")
    commands.add_parser("check")
    return bot
