"""A policy's text, which a lawyer could read, as a Policy. `default.toml` beside this file is the agreement's own."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Final

from agreement.archive import ArchiveRules, Reason, is_term
from agreement.escalation import ROLE_OF, Audience, Ladder, Rung, Voice
from agreement.policy import Policy
from agreement.policy_values import fen, hour, lengths, term, words, zone
from agreement.quiet import DeskHours
from agreement.rosters import AHEAD, HORIZON
from agreement.terms import Term
from agreement.toml_lines import Table, parse
from agreement.words import Promise

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
    "talk_waits_minutes": ("limits", 1, 1440),
    "acknowledgement_expires_hours": ("limits", 1, 1000),
    "low_mark": ("limits", 0, 5),
    "warranty_days": ("periods", 0, 36500),
    "on_site_years": ("periods", 0, 100),
    "deposit_days": ("periods", 0, 36500),
    "after_closing_working_days": ("follow_up", 1, 60),
    "every_months": ("follow_up", 1, 12),
    "follow_up_hour": ("follow_up", 0, 23),
    "every_nth_by_phone": ("follow_up", 0, 1000),
    "answer_working_days": ("follow_up", 1, 60),
    "call_tries": ("follow_up", 1, 20),
    "morning_hour": ("digests", 0, 23),
    "weekly_weekday": ("digests", 1, 7),
    "weekly_hour": ("digests", 0, 23),
    "monthly_hour": ("digests", 0, 23),
}
# Numbers of which only these make sense, and why: dates that would move from year to year are nobody's agreement.
ONLY: Final[Mapping[str, tuple[tuple[int, ...], str]]] = {
    "every_months": ((1, 2, 3, 4, 6, 12), "so that every year begins with one")
}
LISTS: Final[Mapping[str, str]] = {"opinion_reminder_days": "limits", "ending_reminder_days": "periods"}
TABLES: Final = ("terms", "house", "penalty", "waiting", "ladder", "limits", "periods", "follow_up", "digests")
# Younger than the first stored policies: absent, the default holds.
OPTIONAL: Final = ("desk", "archive", "voice", "rosters")
ARCHIVE: Final = ("fonds", "category", "term", "longer_term", "longer_for", "secrecy", "after_contract_years")


def load(text: str, source: str) -> Policy:
    """The policy in this text. Raises PolicyError that names `source`, the line and what it should be."""
    top = parse(text, source)
    top.only(("version", "zone", *TABLES, *OPTIONAL))
    _only_known(top)
    return _read(top)


def load_stored(text: str, source: str) -> Policy:
    """The policy in a text that some release once accepted; rows of `policies` are never rewritten.

    Where this release knows a limit that the text's release did not, the shipped value holds; a limit that only a
    newer release knows is passed over, so that a release can be taken back. What the text does say is checked.
    """
    return _read(parse(text, source).completed_by(parse(SHIPPED, "default.toml")))


def _read(top: Table) -> Policy:
    numbers = {name: number(top.table(place[0]), name) for name, place in NUMBERS.items()}
    return Policy(
        version=top.string("version"),
        zone=zone(top),
        terms=MappingProxyType(_terms(top.table("terms"))),
        house_targets=frozenset(words(Promise, top.table("house"), "targets")),
        penalised=frozenset(words(Promise, top.table("penalty"), "promises")),
        penalty_fen=fen(top.table("penalty"), "yuan"),
        pausing=frozenset(words(Promise, top.table("waiting"), "pauses")),
        ladder=_ladder(top.table("ladder")),
        opinion_reminder_days=top.table("limits").numbers("opinion_reminder_days", 1, 365),
        ending_reminder_days=top.table("periods").numbers("ending_reminder_days", 1, 365),
        desk_hours=_desk_hours(top),
        archive=_archive(top),
        voice=_voice(top),
        gap_warned_before=_gap_warned_before(top),
        **numbers,
    )


def number(table: Table, name: str) -> int:
    """A whole number of the policy, here or as a limit of a contract's own."""
    found = table.number(name, *NUMBERS[name][1:])
    if name in ONLY and found not in ONLY[name][0]:
        sensible, why = ONLY[name]
        raise table.error(name, f"should be one of {', '.join(map(str, sensible))}, {why}; not {found}")
    return found


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


def _desk_hours(top: Table) -> DeskHours:
    if "desk" not in top.values:
        return DeskHours()
    table = top.table("desk")
    table.only(("opens", "closes"))
    opens, closes = hour(table, "opens"), hour(table, "closes")
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
        longer_for=frozenset(words(Reason, table, "longer_for")),
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


def _gap_warned_before(top: Table) -> tuple[timedelta, ...]:
    if "rosters" not in top.values:
        return AHEAD
    table, key = top.table("rosters"), "gap_warned_before"
    table.only((key,))
    found = lengths(table, key)
    if not found or list(found) != sorted(set(found), reverse=True):
        raise table.error(key, "should name at least one length, the longest first, each once")
    if found[0] > HORIZON:
        raise table.error(key, f"should name none above {HORIZON.days} days: no gap is looked for further ahead")
    return found


def _terms(table: Table) -> dict[Promise, Term]:
    return {promise: term(table, promise) for promise in WITH_TERM}


def _ladder(table: Table) -> Ladder:
    rungs = tuple(
        Rung(row.string("stage"), row.number("percent", 1, 10_000), words(Audience, row, "tells"))
        for row in table.tables("rungs")
    )
    if [rung.percent for rung in rungs] != sorted({rung.percent for rung in rungs}):
        raise table.error("rungs", "should stand in the order of their percent, each once")
    if len({rung.stage for rung in rungs}) < len(rungs):
        raise table.error("rungs", "should each have a stage of its own")
    nobody_on_duty = words(Audience, table, "nobody_on_duty")
    if not set(nobody_on_duty) <= set(ROLE_OF):
        raise table.error("nobody_on_duty", f"may name {', '.join(ROLE_OF)}: nobody else is there then")
    return Ladder(rungs, words(Audience, table, "daily"), nobody_on_duty)


SHIPPED: Final = (Path(__file__).parent / "default.toml").read_text(encoding="utf-8")
DEFAULT: Final = load(SHIPPED, "default.toml")
