"""Reading variables of the environment: each reader gives a checked value or says which variable is wrong.

An empty variable counts as absent, so a copied `.env.example` may keep the lines that nobody needs.
"""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

Environment = Mapping[str, str]

ORIGIN = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?")
YES_AND_NO = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


class SettingsError(Exception):
    """A variable is wrong: `variable` is its name, `should_be` what it ought to be. Never holds its value."""

    def __init__(self, variable: str, should_be: str) -> None:
        super().__init__(f"{variable} should be {should_be}")
        self.variable = variable
        self.should_be = should_be


def text(environment: Environment, name: str, default: str = "") -> str:
    """The value without surrounding blanks, or the default."""
    return environment.get(name, "").strip() or default


def required(environment: Environment, name: str, should_be: str) -> str:
    """The value; raises SettingsError where there is none."""
    if value := text(environment, name):
        return value
    raise SettingsError(name, f"{should_be}; it is not set")


def whole(environment: Environment, name: str, default: int, *, lowest: int, highest: int) -> int:
    """A whole number within these limits, or the default. Raises SettingsError."""
    value = text(environment, name, str(default))
    if not value.isascii() or not value.isdigit() or not lowest <= int(value) <= highest:
        raise SettingsError(name, f"a whole number from {lowest} to {highest}")
    return int(value)


def choice(environment: Environment, name: str, among: tuple[str, ...]) -> str:
    """One of these words; the first is the default. Raises SettingsError."""
    value = text(environment, name, among[0]).lower()
    if value not in among:
        raise SettingsError(name, "one of: " + ", ".join(among))
    return value


def yes(environment: Environment, name: str) -> bool:
    """Whether the variable says yes; absent means no. Raises SettingsError for anything that is neither."""
    value = text(environment, name, "0").lower()
    if value not in YES_AND_NO:
        raise SettingsError(name, "one of: " + ", ".join(YES_AND_NO))
    return YES_AND_NO[value]


def url(environment: Environment, name: str, default: str = "", *, scheme: str = "") -> str:
    """An address without its last slash, or the default; `scheme` demands one. Raises SettingsError."""
    value = text(environment, name, default).rstrip("/")
    if not value:
        return ""
    schemes = (scheme,) if scheme else ("http", "https")
    parts = urlsplit(value)
    if parts.scheme not in schemes or not parts.hostname or parts.fragment:
        raise SettingsError(name, "an address that starts with " + ":// or ".join(schemes) + "://")
    return value


def origins(environment: Environment, name: str) -> tuple[str, ...]:
    """Sites as a browser names them, with blanks between: https://www.school.example. Raises SettingsError."""
    given = tuple(text(environment, name).split())
    for one in given:  # they stand in a header: nothing else may
        if ORIGIN.fullmatch(one) is None:
            raise SettingsError(name, "addresses of sites alone, with blanks between: https://www.school.example")
    return given
