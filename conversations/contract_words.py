"""合同: what a contract says of warranty, on-site years, deposit and limits, as one message."""

from collections.abc import Iterator
from datetime import date

from agreement.coverage import Ending
from agreement.own_limits import PAUSES
from agreement.policy_file import WITH_TERM
from agreement.terms import Term
from desk.contracts import ContractView, seen
from desk.sitting import Sitting
from texts.formats import SHANGHAI, money
from texts.say import Say, render, say

MOST = 10  # contracts in one message


def contracts(sitting: Sitting) -> str:
    """Every contract that this person may read. Raises Refused for whoever may read none."""
    found = seen(sitting)[:MOST]
    language, today = sitting.actor.language, sitting.now.astimezone(SHANGHAI).date()
    if not found:
        return render(say("contract.none"), language)
    return "\n\n".join("\n".join(render(line, language) for line in _lines(one, today)) for one in found)


def _lines(one: ContractView, today: date) -> Iterator[Say]:
    yield say("contract.title", school=one.school, number=one.number or say("contract.no_number"))
    yield say(
        "contract.accepted", accepted=one.accepted_on.isoformat(), delivered=one.delivered_on.isoformat()
    )
    yield say("contract.warranty", **_until(one, Ending.WARRANTY, today))
    engineers = list(one.engineers) or say("contract.nobody")
    yield say("contract.on_site", engineers=engineers, **_until(one, Ending.ON_SITE, today))
    if one.deposit_fen:
        sums = {"deposit": money(one.deposit_fen), "left": money(one.left_fen)}
        yield say("contract.deposit", **sums, **_until(one, Ending.DEPOSIT, today))
    else:
        yield say("contract.no_deposit")
    if one.limits:
        yield say("contract.limits", limits=[_limit(name, value) for name, value in sorted(one.limits.items())])
    yield say("contract.policy", version=one.version)


def _until(one: ContractView, what: Ending, today: date) -> dict[str, object]:
    until = one.endings[what]
    return {"until": until.isoformat(), "over": say("contract.over") if until < today else ""}


def _limit(name: str, value: str) -> Say:
    if name == PAUSES:
        return say("limit.pauses", value=[say(f"promise.{one}") for one in value.split()])
    if name not in WITH_TERM:
        return say(f"limit.{name}", value=value)
    term = Term.parse(value)
    length = say(f"unit.{term.unit.value}", amount=term.amount)
    return say("contract.limit", name=say(f"promise.{name}"), value=length)
