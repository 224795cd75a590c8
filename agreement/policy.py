"""What a policy is: every limit of the agreement as one frozen value. A text becomes one in `policy_file.py`.

A contract may carry a policy of its own, versioned and never changed, so that a running promise keeps the one it
began with.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from agreement.archive import ArchiveRules
from agreement.escalation import Ladder, Voice
from agreement.quiet import DeskHours
from agreement.terms import Term, Unit
from agreement.words import Promise


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
    talk_waits_minutes: int
    acknowledgement_expires_hours: int
    low_mark: int
    warranty_days: int
    on_site_years: int
    deposit_days: int
    after_closing_working_days: int
    every_months: int
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
    gap_warned_before: tuple[timedelta, ...]

    @property
    def objection(self) -> Term:
        """How long a receipt may be objected to; for `terms.due_at`."""
        return Term(self.objection_working_days, Unit.WORKING_DAYS)

    def is_agreements(self, promise: Promise) -> bool:
        """Whether missing it is a breach, rather than a missed house target."""
        return promise not in self.house_targets
