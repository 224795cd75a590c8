"""The policy: every limit of the agreement as one frozen value, read from a text a lawyer could read.

`default.toml` beside this file is the agreement's own; a contract may carry another text, versioned and never
changed, so that a running promise keeps the policy it began with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from agreement.archive import ArchiveRules, Reason, is_term
from agreement.escalation import ROLE_OF, Audience, Ladder, Rung, Voice
from agreement.quiet import DeskHours
from agreement.terms import Term, Unit
from agreement.toml_lines import PolicyError, Table, parse
from agreement.words import Promise

__all__ = ["DEFAULT", "Policy", "PolicyError", "load", "load_for_contract", "load_stored", "with_overrides"]

E = TypeVar("E", bound=StrEnum)

WITH_TERM: Final = tuple(promise for promise in Promise if promise is not Promise.PLAN_STEP)

# Whole numbers of the policy: where they stand, and what is sensible (least, most).
NUMBERS: Final[Mapping[str, tuple[str, int, int]]] = {
    "objection_working_days": ("limits", 1, 60),
    "silence_closes_days": ("limits", 1, 365),
    "reopen_days": ("limits", 0, 3650),
    "draft_silence_minutes": ("limits", 1, 60),
    "nudge_minutes": ("limits", 1, 1440),
    "photo_joins_minutes": ("limits", 0, 1440),
    "message_age_days": ("limits", 1, 30),
    "dialog_expires_days": ("limits", 1, 30),
    "acknowledgement_expires_hours": ("limits", 1, 1000),
    "low_mark": ("limits", 0, 5),
    "warranty_days": ("periods", 0, 36500),
    "on_site_years": ("periods", 0, 100),
    "deposit_days": ("periods", 0, 36500),
    "after_closing_working_days": ("follow_up", 1, 60),
    "follow_up_hour": ("follow_up", 0, 23),
    "every_nth_by_phone": ("follow_up", 0, 1000),
    "answer_working_days": ("follow_up", 1, 60),
    "call_tries": ("follow_up", 1, 20),
    "morning_hour": ("digests", 0, 23),
    "weekly_weekday": ("digests", 1, 7),
    "weekly_hour": ("digests", 0, 23),
    "monthly_hour": ("digests", 0, 23),
}
# They count before anybody knows under whose contract a message is written: of the whole desk, from the shipped file.
OF_THE_DESK: Final = ("draft_silence_minutes", "photo_joins_minutes", "message_age_days", "dialog_expires_days")
PAUSES: Final = "pauses"
LISTS: Final[Mapping[str, str]] = {"opinion_reminder_days": "limits", "ending_reminder_days": "periods"}
TABLES: Final = ("terms", "house", "penalty", "waiting", "ladder", "limits", "periods", "follow_up", "digests")
OPTIONAL: Final = ("desk", "archive", "voice")  # younger than the first stored policies: absent, the default holds
ARCHIVE: Final = ("fonds", "category", "term", "longer_term", "longer_for", "secrecy", "after_contract_years")


@dataclass(frozen=True, kw_only=True)
class Policy:
    """One version of the limits. Units stand in the names; `penalty_fen` is what one missed promise costs.

    `terms` has every promise but plan-step, which is due at its own date. `house_targets` are watched but
    never a breach; `penalised` give the customer the right to deduct; `pausing` pause while waiting.
    """

    version: str
    zone: ZoneInfo
    terms: Mapping[Promise, Term]
    house_targets: frozenset[Promise]
    penalised: frozenset[Promise]
    penalty_fen: int
    pausing: frozenset[Promise]
    ladder: Ladder
    opinion_reminder_days: tuple[int, ...]
    ending_reminder_days: tuple[int, ...]
    objection_working_days: int
    silence_closes_days: int
    reopen_days: int
    draft_silence_minutes: int
    nudge_minutes: int
    photo_joins_minutes: int
    message_age_days: int
    dialog_expires_days: int
    acknowledgement_expires_hours: int
    low_mark: int
    warranty_days: int
    on_site_years: int
    deposit_days: int
    after_closing_working_days: int
    follow_up_hour: int
    every_nth_by_phone: int
    answer_working_days: int
    call_tries: int
    morning_hour: int
    weekly_weekday: int
    weekly_hour: int
    monthly_hour: int
    desk_hours: DeskHours
    archive: ArchiveRules
    voice: Voice

    @property
    def objection(self) -> Term:
        """How long a receipt may be objected to; for `terms.due_at`."""
        return Term(self.objection_working_days, Unit.WORKING_DAYS)

    def is_agreements(self, promise: Promise) -> bool:
        """Whether missing it is a breach, rather than a missed house target."""
        return promise not in self.house_targets


def load(text: str, source: str) -> Policy:
    """The policy in this text. Raises PolicyError that names `source`, the line and what it should be."""
    top = parse(text, source)
    top.only(("version", "zone", *TABLES, *OPTIONAL))
    _only_known(top)
    return _read(top)


def load_for_contract(text: str, source: str, overrides: Mapping[str, str]) -> Policy:
    """The policy of one contract, its own text and limits. Raises PolicyError also for a limit of the whole desk."""
    policy = with_overrides(load(text, source), overrides)
    for name in OF_THE_DESK:
        wanted = getattr(DEFAULT, name)
        if getattr(policy, name) != wanted:
            raise PolicyError(source, None, f"{name} is one for the whole desk, and {wanted}: no contract has its own")
    return policy


def load_stored(text: str, source: str) -> Policy:
    """The policy in a text that some release once accepted; rows of `policies` are never rewritten.

    Where this release knows a limit that the text's release did not, the shipped value holds; a limit that only a
    newer release knows is passed over, so that a release can be taken back. What the text does say is checked.
    """
    return _read(parse(text, source).completed_by(parse(SHIPPED, "default.toml")))


def _read(top: Table) -> Policy:
    numbers = {name: top.table(table).number(name, *span) for name, (table, *span) in NUMBERS.items()}
    return Policy(
        version=top.string("version"),
        zone=_zone(top),
        terms=MappingProxyType(_terms(top.table("terms"))),
        house_targets=frozenset(_words(Promise, top.table("house"), "targets")),
        penalised=frozenset(_words(Promise, top.table("penalty"), "promises")),
        penalty_fen=_fen(top.table("penalty"), "yuan"),
        pausing=frozenset(_words(Promise, top.table("waiting"), "pauses")),
        ladder=_ladder(top.table("ladder")),
        opinion_reminder_days=top.table("limits").numbers("opinion_reminder_days", 1, 365),
        ending_reminder_days=top.table("periods").numbers("ending_reminder_days", 1, 365),
        desk_hours=_desk_hours(top),
        archive=_archive(top),
        voice=_voice(top),
        **numbers,
    )


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
    table = Table({name: _literal(name, value)}, "", "", f'contract key "{name}"')
    if name in WITH_TERM:
        terms = dict(policy.terms) | {Promise(name): _term(table, name)}
        return replace(policy, terms=MappingProxyType(terms))
    if name in NUMBERS:
        changes: dict[str, int] = {name: table.number(name, *NUMBERS[name][1:])}
        return replace(policy, **changes)  # type: ignore[arg-type]  # mypy cannot see which fields are numbers
    if name == PAUSES:
        return replace(policy, pausing=frozenset(_words(Promise, table, name)))
    raise PolicyError(
        table.source, None, f"is no limit; known are {', '.join([*WITH_TERM, *NUMBERS, PAUSES])}"
    )


def _literal(name: str, value: str) -> str | int | list[str]:
    if name == PAUSES:
        return value.split()
    is_number = name in NUMBERS and value.strip().isdecimal()
    return int(value) if is_number else value


def _only_known(top: Table) -> None:
    names: dict[str, list[str]] = {
        "terms": list(WITH_TERM),
        "house": ["targets"],
        "penalty": ["promises", "yuan"],
        "waiting": ["pauses"],
        "ladder": ["rungs", "daily", "nobody_on_duty"],
    }
    for name, table in [(name, place[0]) for name, place in NUMBERS.items()] + list(LISTS.items()):
        names.setdefault(table, []).append(name)
    for table, known in names.items():
        top.table(table).only(known)


def _zone(top: Table) -> ZoneInfo:
    name = top.string("zone")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise top.error("zone", f'should be a time zone such as "Asia/Shanghai", not "{name}"') from error


def _desk_hours(top: Table) -> DeskHours:
    if "desk" not in top.values:
        return DeskHours()
    table = top.table("desk")
    table.only(("opens", "closes"))
    opens, closes = _hour(table, "opens"), _hour(table, "closes")
    if opens >= closes:
        raise table.error("closes", "should be later than opens")
    return DeskHours(opens, closes)


def _archive(top: Table) -> ArchiveRules:
    if "archive" not in top.values:
        return ArchiveRules()
    table = top.table("archive")
    table.only(ARCHIVE)
    for key in ("term", "longer_term"):
        if not is_term(table.string(key)):
            raise table.error(key, f'should be Y or D and years such as "D10", not "{table.string(key)}"')
    return ArchiveRules(
        fonds=table.string("fonds"),
        category=table.string("category"),
        term=table.string("term"),
        longer_term=table.string("longer_term"),
        longer_for=frozenset(_words(Reason, table, "longer_for")),
        secrecy=table.string("secrecy"),
        after_contract_years=table.number("after_contract_years", 0, 100),
    )


def _voice(top: Table) -> Voice:
    if "voice" not in top.values:
        return Voice()
    table = top.table("voice")
    table.only(("stages", "tries", "again_minutes"))
    return Voice(
        table.strings("stages"), table.number("tries", 1, 20), table.number("again_minutes", 1, 1440)
    )


def _hour(table: Table, key: str) -> time:
    text = table.string(key)
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise table.error(key, f'should be an hour such as "08:30", not "{text}"') from error


def _terms(table: Table) -> dict[Promise, Term]:
    return {promise: _term(table, promise) for promise in WITH_TERM}


def _term(table: Table, key: str) -> Term:
    try:
        return Term.parse(table.string(key))
    except ValueError as error:
        raise table.error(key, f"is wrong: {error}") from error


def _fen(table: Table, key: str) -> int:
    text = table.string(key)
    try:
        fen = Decimal(text) * 100
    except InvalidOperation:
        fen = Decimal(-1)
    if not fen.is_finite() or fen < 0 or fen != int(fen):
        raise table.error(key, f'should be a sum such as "500.00", not "{text}"')
    return int(fen)


def _words(words: type[E], table: Table, key: str) -> tuple[E, ...]:
    known = {word.value: word for word in words}
    for text in table.strings(key):
        if text not in known:
            raise table.error(key, f'names "{text}"; known are {", ".join(known)}')
    return tuple(known[text] for text in table.strings(key))


def _ladder(table: Table) -> Ladder:
    rungs = tuple(
        Rung(row.string("stage"), row.number("percent", 1, 10_000), _words(Audience, row, "tells"))
        for row in table.tables("rungs")
    )
    if [rung.percent for rung in rungs] != sorted({rung.percent for rung in rungs}):
        raise table.error("rungs", "should stand in the order of their percent, each once")
    if len({rung.stage for rung in rungs}) < len(rungs):
        raise table.error("rungs", "should each have a stage of its own")
    nobody_on_duty = _words(Audience, table, "nobody_on_duty")
    if not set(nobody_on_duty) <= set(ROLE_OF):
        raise table.error("nobody_on_duty", f"may name {', '.join(ROLE_OF)}: nobody else is there then")
    return Ladder(rungs, _words(Audience, table, "daily"), nobody_on_duty)


SHIPPED: Final = (Path(__file__).parent / "default.toml").read_text(encoding="utf-8")
DEFAULT: Final = load(SHIPPED, "default.toml")
