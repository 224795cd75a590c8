"""Limits of a contract's own: what it may set otherwise than its policy's text, and what nobody may."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from agreement.policy import Policy
from agreement.policy_file import DEFAULT, NUMBERS, WITH_TERM, load, number
from agreement.policy_values import term, words
from agreement.toml_lines import Table, parse
from agreement.words import Promise

# They count before anybody knows under whose contract a message is written: of the whole desk, from the shipped file.
OF_THE_DESK: Final = (
    "draft_silence_minutes", "photo_joins_minutes", "message_age_days", "dialog_expires_days", "talk_waits_minutes",
)  # fmt: skip
OF_THE_ROSTERS: Final = ("gap_warned_before",)  # of no school: whoever is on duty is so for all of them
ROSTERS: Final = "is one for the whole desk: rosters belong to no school"
PAUSES: Final = "pauses"


def load_for_contract(text: str, source: str, overrides: Mapping[str, str]) -> Policy:
    """The policy of one contract, its own text and limits. Raises PolicyError also for a limit of the whole desk."""
    for name in OF_THE_ROSTERS:
        if name in overrides:
            raise _alone(name, overrides[name]).error(name, ROSTERS)
    policy = with_overrides(load(text, source), overrides)
    for name in OF_THE_DESK:
        wanted = getattr(DEFAULT, name)
        if getattr(policy, name) != wanted:
            what = f"is one for the whole desk, and {wanted}: no contract has its own"
            raise _table(text, source, NUMBERS[name][0], name, overrides).error(name, what)
    for name in OF_THE_ROSTERS:
        if getattr(policy, name) != getattr(DEFAULT, name):
            raise parse(text, source).table("rosters").error(name, ROSTERS)
    return policy


def _table(text: str, source: str, name: str, key: str, overrides: Mapping[str, str]) -> Table:
    """Where that key was set: in the contract's own limits or in that table of its policy's text."""
    return _alone(key, overrides[key]) if key in overrides else parse(text, source).table(name)


def with_overrides(policy: Policy, overrides: Mapping[str, str]) -> Policy:
    """The policy with some limits of one contract: a promise's term ("20 minutes"), a number by its name, or the
    promises that pause while the customer is asked ("pauses": their names with spaces between).

    The version gets a mark, since it is another policy. Raises PolicyError for an unknown name or bad
    value.
    """
    for name, value in overrides.items():
        policy = _overridden(policy, name, value)
    return replace(policy, version=f"{policy.version}+contract") if overrides else policy


def _overridden(policy: Policy, name: str, value: str) -> Policy:
    table = _alone(name, value)
    if name in WITH_TERM:
        terms = dict(policy.terms) | {Promise(name): term(table, name)}
        return replace(policy, terms=MappingProxyType(terms))
    if name in NUMBERS:
        changes: dict[str, int] = {name: number(table, name)}
        return replace(policy, **changes)  # type: ignore[arg-type]  # mypy cannot see which fields are numbers
    if name == PAUSES:
        return replace(policy, pausing=frozenset(words(Promise, table, name)))
    raise table.error(name, f"is no limit; known are {', '.join([*WITH_TERM, *NUMBERS, PAUSES])}")


def _alone(name: str, value: str) -> Table:
    """One limit as a table of its own: by then nobody knows the line on which it was written."""
    return Table({name: _literal(name, value)}, "", "", f'contract key "{name}"')


def _literal(name: str, value: str) -> str | int | list[str]:
    if name == PAUSES:
        return value.split()
    is_number = name in NUMBERS and value.strip().isdecimal()
    return int(value) if is_number else value
