"""Reads what stands before `story`: the lines of the cast and of a contract."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from agreement.own_limits import with_overrides
from agreement.policy_file import DEFAULT
from agreement.toml_lines import PolicyError
from agreement.words import SCHOOL_ROLES, Role
from tests.storyline.checks import fen
from tests.storyline.moments import read_day
from tests.storyline.script import CHANNELS, CastLine, Contract

ROLES = frozenset(role.value for role in Role)
SHORT_UNITS = {
    "m": "minutes",
    "h": "hours",
    "d": "days",
    "w": "weeks",
    "workday": "working days",
    "workdays": "working days",
}
NAME_FORBIDS = (">", ":", "@", "→")


def read_cast_line(text: str) -> CastLine:
    """`王老师  teacher  第一中学  unbound  @wechat`. Raises ValueError with the reason."""
    words = text.split()
    at = next((index for index, word in enumerate(words) if index and word in ROLES), None)
    if at is None:
        raise ValueError(f"a line of the cast is a name and a role; roles are {', '.join(Role)}")
    person, role = " ".join(words[:at]), Role(words[at])
    if any(mark in person for mark in NAME_FORBIDS):
        raise ValueError(f'"{person}" cannot be a name in a story')
    line = _with_ending(CastLine(person=person, role=role), words[at + 1 :])
    if role in SCHOOL_ROLES and not line.school:
        raise ValueError(f"a {role} belongs to a school: write its name after the role")
    if role in SCHOOL_ROLES and line.on_duty:
        raise ValueError(f"a {role} has no shifts")
    return line


def _with_ending(line: CastLine, words: list[str]) -> CastLine:
    """The school and, after it in any order, `on duty`, `unbound` and `@channel`, each at most once."""
    while words:
        if words[-1].startswith("@") and not line.channel:
            if words[-1][1:] not in CHANNELS:
                raise ValueError(f'"{words[-1]}" is no channel; known are {", ".join(CHANNELS)}')
            line, words = replace(line, channel=words[-1][1:]), words[:-1]
        elif words[-1] == "unbound" and not line.unbound:
            line, words = replace(line, unbound=True), words[:-1]
        elif words[-2:] == ["on", "duty"] and not line.on_duty:
            line, words = replace(line, on_duty=True), words[:-2]
        else:
            break
    school = " ".join(words)
    if "@" in school:
        raise ValueError(f'"{school}" is no school')
    return replace(line, school=school)


def with_line(contract: Contract, text: str) -> Contract:
    """The contract with one more of its lines. Raises ValueError with the reason."""
    key, *rest = text.split(maxsplit=1)
    value = rest[0] if rest else ""
    if not value:
        raise ValueError(f'"{key}" has no value')
    if key in KEYS:
        return KEYS[key](contract, value)
    if key in contract.limits:
        raise ValueError(f'"{key}" stands here twice')
    return _with_limit(contract, key, _long_form(value))


def _with_limit(contract: Contract, key: str, value: str) -> Contract:
    limits = dict(contract.limits) | {key: value}
    try:
        with_overrides(DEFAULT, limits)
    except PolicyError as wrong:
        raise ValueError(str(wrong)) from wrong
    return replace(contract, limits=limits)


def _long_form(value: str) -> str:
    """A term in the short form of stories (`20m`, `3 workdays`) as the policy writes it; else unchanged."""
    found = re.fullmatch(r"(\d+) ?(m|h|d|w|workdays?)", value)
    return f"{found[1]} {SHORT_UNITS[found[2]]}" if found else value


def _deposit(contract: Contract, value: str) -> Contract:
    if not re.fullmatch(r"\d{1,10}(\.\d\d?)?", value):
        raise ValueError(f'"{value}" is no sum: write it like 50000.00')
    return replace(contract, deposit_fen=fen(value))


KEYS: Mapping[str, Callable[[Contract, str], Contract]] = {
    "accepted": lambda contract, value: replace(contract, accepted=read_day(value)),
    "delivered": lambda contract, value: replace(contract, delivered=read_day(value)),
    "deposit": _deposit,
}
