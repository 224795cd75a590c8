"""A contract as a file (TOML) that a person writes: whose it is, its dates, its deposit, and limits of its own.

[[contract]]
school = "第一中学"
number = "HT-2026-017"
accepted = 2026-03-01
delivered = 2026-02-20        (absent: the day of acceptance)
deposit = "50000.00"          (质保金, in yuan; absent: none)
policy = "config/policy.toml" (absent: the shipped policy)

[contract.limits]             (by the promise's name, a number's name, or pauses)
fault-response = "20 minutes"
warranty_days = "730"
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from agreement.own_limits import load_for_contract
from agreement.toml_lines import PolicyError, Table, parse

KEYS: Final = ("school", "number", "accepted", "delivered", "deposit", "policy", "limits")


@dataclass(frozen=True, kw_only=True)
class ContractLine:
    """One contract of the file. `policy` is the text of its own policy, "" for the shipped one."""

    school: str
    number: str
    accepted_on: date
    delivered_on: date
    deposit_fen: int
    policy: str
    limits: Mapping[str, str]


def read_contracts(
    text: str, source: str, shipped: str, policy_of: Callable[[str], str]
) -> tuple[ContractLine, ...]:
    """The contracts of the file, each with a policy that holds. Raises PolicyError that names the line.

    `policy_of` reads a policy by the path that the file names.
    """
    top = parse(text, source)
    top.only(("contract",))
    lines = tuple(_line(one, shipped, policy_of) for one in top.any_tables("contract"))
    if not lines:
        raise PolicyError(source, None, "should have at least one [[contract]]")
    for place, one in enumerate(lines):
        if (one.school, one.number) in {(other.school, other.number) for other in lines[:place]}:
            raise top.any_tables("contract")[place].error("number", "is that of another contract of this school")
    return lines


def _line(table: Table, shipped: str, policy_of: Callable[[str], str]) -> ContractLine:
    table.only(KEYS)
    accepted = table.day("accepted")
    delivered = table.day("delivered") if "delivered" in table.values else accepted
    if delivered > accepted:
        raise table.error("delivered", "should not be later than accepted")
    policy = policy_of(table.string("policy")) if "policy" in table.values else ""
    load_for_contract(policy or shipped, table.any_string("policy") or "policy", {})  # its own file, its own lines
    return ContractLine(
        school=table.string("school"),
        number=table.string("number"),
        accepted_on=accepted,
        delivered_on=delivered,
        deposit_fen=_fen(table),
        policy=policy,
        limits=_limits(table, policy or shipped),
    )


def _limits(table: Table, policy: str) -> dict[str, str]:
    """Each is tried alone, so that a wrong one can be named by its own line."""
    if "limits" not in table.values:
        return {}
    limits = table.table("limits")
    found = {name: str(value) for name, value in limits.values.items()}
    for name, value in found.items():
        try:
            load_for_contract(policy, "policy", {name: value})
        except PolicyError as error:
            raise limits.error(name, error.what.removeprefix(f"{name} ")) from error
    return found


def _fen(table: Table) -> int:
    if "deposit" not in table.values:
        return 0
    written = re.fullmatch(r"(\d{1,10})(?:\.(\d\d))?", table.string("deposit"))
    if written is None:
        raise table.error("deposit", 'should be a sum in yuan such as "50000.00"')
    return int(written[1]) * 100 + int(written[2] or 0)
