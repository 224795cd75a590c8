"""What 谁在值班 says: names now, who is next and when, resident engineers; phones only to whom the desk gives them."""

from collections.abc import Iterator

from desk.duty_list import DutyList, OnDuty, ResidentSeen, duty_list
from desk.sitting import Sitting
from texts.say import Say, render, say


def on_duty(sitting: Sitting) -> str:
    """One message in the reader's language."""
    found = duty_list(sitting)
    return "\n".join(render(line, sitting.actor.language, sitting.now).strip() for line in _lines(found))


def _lines(found: DutyList) -> Iterator[Say]:
    if found.now:
        yield say("list.on_duty", names=_in_a_row([_name(one) for one in found.now]))
    else:
        yield say("list.nobody_on_duty")
    if found.then is not None:
        yield say("duty.next", name=found.then.name, at=found.then.at)
    for one in found.residents:
        yield _resident(one)


def _name(one: OnDuty) -> Say | str:
    return say("list.on_duty_phone", name=one.name, phone=one.phone) if one.phone else one.name


def _in_a_row(names: list[Say | str]) -> Say | str:
    first, *rest = names
    return say("duty.and", first=first, rest=_in_a_row(rest)) if rest else first


def _resident(one: ResidentSeen) -> Say:
    witness = (
        say("duty.witness", title=one.title, witness=one.witness, phone=one.witness_phone)
        if one.title
        else ""
    )
    return say(
        "duty.resident", name=one.name, school=one.school, place=one.place, signed=_signed(one), witness=witness
    )


def _signed(one: ResidentSeen) -> Say:
    if one.signed_at is None:
        return say("duty.not_signed")
    if one.signed_place:
        return say("duty.signed_there", at=one.signed_at, place=one.signed_place)
    return say("duty.signed_at", at=one.signed_at)
