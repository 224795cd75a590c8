"""Which type of maintenance a request is, and which standard the work follows (agreement §1), until a person says else.

The agreement names three types and two standards and leaves the sorting to the vendor; this is ours, as data.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from agreement.words import Cause, Kind, MaintenanceType


class Standard(StrEnum):
    """The two standards that work is done by."""

    SOFTWARE = "software"  # 《软件维护规范》
    SYSTEM = "system"  # 《系统维护规范》


T = MaintenanceType

TYPE_OF_KIND: Final[Mapping[Kind, MaintenanceType | None]] = {
    Kind.FAULT: T.CORRECTIVE,
    Kind.CONSULTATION: None,  # a question is answered, nothing is maintained
    Kind.USABILITY: T.PERFECTIVE,
    Kind.PERFORMANCE: T.PERFECTIVE,
    Kind.IN_SCOPE: T.CORRECTIVE,  # a gap inside the agreed requirements is put right
    Kind.CUSTOMISED: T.PERFECTIVE,
}

STANDARD_OF: Final[Mapping[MaintenanceType, Standard]] = {
    T.CORRECTIVE: Standard.SOFTWARE,
    T.PERFECTIVE: Standard.SOFTWARE,
    T.ADAPTIVE: Standard.SYSTEM,  # what changed is around the software
}


def type_of(kind: Kind, cause: Cause | None = None) -> MaintenanceType | None:
    """The type of this request; a change of policy is a change around the software. None: no maintenance."""
    if cause is Cause.POLICY and kind is not Kind.CONSULTATION:
        return T.ADAPTIVE
    return TYPE_OF_KIND[kind]
