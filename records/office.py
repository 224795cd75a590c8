"""What a printer of this house works with: the letterhead, the forms, a folder of further fonts."""

from dataclasses import dataclass, field
from pathlib import Path

from records.letterhead import Letterhead
from records.reading_forms import Forms, load


@dataclass(frozen=True, kw_only=True)
class Office:
    """One installation as a printer knows it. Given by the composition root."""

    letterhead: Letterhead = field(default_factory=Letterhead)
    forms: Forms = field(default_factory=load)
    fonts: Path | None = None  # a folder with fonts that the customer owns, beside ours
    shelf: Path | None = None  # where closed records are kept as they were printed; None: nowhere
