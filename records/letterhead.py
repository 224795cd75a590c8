"""What stands on every record of this house and is in no table: the vendor's name and how to reach it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """One installation on paper. Given by the composition root; `hotline` may be empty."""

    vendor: str = "应诺服务台"
    hotline: str = ""
