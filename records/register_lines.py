"""What the register of a period is made of: one line for each record, whichever file it is written to."""

from dataclasses import dataclass
from datetime import datetime

from records.papers import Edition, Paper


@dataclass(frozen=True)
class Line:
    """One record of the register; `edition` None while it is still open."""

    paper: Paper
    edition: Edition | None
    at: datetime
    is_void: bool = False  # its case was withdrawn or merged before it was closed
