"""Taking in an archive that another installation exported: kept whole, sealed as one link of our own chain."""

from collections.abc import Sequence

from agreement.chain import Sealed
from desk.chaining import ToSeal, add
from desk.sitting import Sitting
from storage.tables import TakenIn
from storage.talk import insert


def take_in(sitting: Sitting, *, sha256: str, vendor: str, head: str, cases: Sequence[str]) -> bool:
    """Book it; False where this very archive is here already. Who calls it has verified it."""
    new = (
        insert(sitting.session)(TakenIn)
        .values(sha256=sha256, vendor=vendor, head=head, cases=list(cases), taken_at=sitting.now)
        .on_conflict_do_nothing(index_elements=["sha256"])
        .returning(TakenIn.id)
    )
    if sitting.session.scalar(new) is None:
        return False
    add(sitting, [ToSeal(kind=Sealed.TAKEN_IN, path=f"taken_in/{sha256}.zip", sha256=sha256)])
    return True
