"""The segments of a clock: what happened to a promise, appended and never changed, and their stored form."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

CALENDAR: Final = "calendar"  # reason of a move by a newly published workday calendar


class SegmentKind(StrEnum):
    """What can happen to a clock."""

    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    KEPT = "kept"
    UNKEPT = "unkept"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Segment:
    """One happening of a clock, with the event that it is evidence of. Datetimes are timezone-aware.

    `due_at`: of a move, the new due time; of the start of a promise without a term (plan-step), its own date; of a
    withdrawal, what the calendar of that day had made of the term, which no later edition changes (None: provisional).
    `by`: of a keeping, the `Keeping`; of an un-keeping, the `Undoing` (empty: undoes whatever kept it).
    """

    kind: SegmentKind
    at: datetime
    due_at: datetime | None = None
    reason: str = ""
    event: int | None = None
    by: str = ""


ENDS_A_PAUSE: Final = frozenset({SegmentKind.RESUMED, SegmentKind.KEPT, SegmentKind.WITHDRAWN})


def paused_in_all(segments: Sequence[Segment]) -> timedelta:
    """How long the clock stood still, whatever it was moved to afterwards; a pause that goes on is not counted yet."""
    total, since = timedelta(), None
    for one in segments:
        if one.kind is SegmentKind.PAUSED and since is None:
            since = one.at
        elif one.kind in ENDS_A_PAUSE and since is not None:
            total, since = total + max(one.at - since, timedelta()), None
    return total


def segments_to_json(segments: Sequence[Segment]) -> str:
    """The segments as one line of JSON, times as ISO 8601 in UTC; fields that are empty are left out."""
    return _written([_row(segment) for segment in segments])


_written = json.JSONEncoder(ensure_ascii=False).encode


def segments_from_json(text: str) -> tuple[Segment, ...]:
    """What `segments_to_json` wrote. Raises ValueError or KeyError on anything else."""
    return tuple(
        Segment(
            kind=SegmentKind(row["kind"]),
            at=datetime.fromisoformat(row["at"]),
            due_at=datetime.fromisoformat(row["due_at"]) if "due_at" in row else None,
            reason=row.get("reason", ""),
            event=row.get("event"),
            by=row.get("by", ""),
        )
        for row in json.loads(text)
    )


def _row(segment: Segment) -> dict[str, str | int]:
    row: dict[str, str | int] = {"kind": segment.kind.value, "at": segment.at.astimezone(UTC).isoformat()}
    if segment.due_at is not None:
        row["due_at"] = segment.due_at.astimezone(UTC).isoformat()
    row |= {name: text for name in ("reason", "by") if (text := getattr(segment, name))}
    return row if segment.event is None else row | {"event": segment.event}
