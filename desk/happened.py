"""What happened in a case and who did it, as plain values. Moments are UTC."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from agreement.words import Role


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """A person as a record names one. `roles`: what they are at the school of the case or at the vendor."""

    id: int
    name: str
    phone: str = ""
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One event. `by` is nobody when the clock did it; `at` is when it counts, `recorded_at` when it was written."""

    id: int
    at: datetime
    recorded_at: datetime
    name: str
    round: int
    by: Somebody | None
    data: Mapping[str, object]
    is_internal: bool

    @property
    def words(self) -> str:
        """What was said with it, if anything."""
        return str(self.data.get("words") or self.data.get("text") or "")
