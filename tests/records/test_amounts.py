"""Sums in figures and in capitals, held against a library that was written for nothing else."""

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.amounts import MOST_FEN, both, capitals, figures


@pytest.mark.parametrize(
    ("fen", "written"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角"),
        (50000, "伍佰元整"),
        (140950, "壹仟肆佰零玖元伍角"),
        (600714, "陆仟零柒元壹角肆分"),
        (32504, "叁佰贰拾伍元零肆分"),
        (10001003, "壹拾万零壹拾元零叁分"),
        (30100000, "叁拾万壹仟元整"),
        (10**8 * 100 + 10**4 * 100, "壹亿零壹万元整"),
        (10**7 * 100, "壹仟万元整"),
        (-50000, "负伍佰元整"),
    ],
)
def test_capitals(fen: int, written: str) -> None:
    """The sums that clerks get wrong."""
    assert capitals(fen) == written


@given(st.integers(min_value=1, max_value=10**11 * 100 - 1))
def test_capitals_are_those_of_the_library(fen: int) -> None:
    """Any sum reads as cn2an reads it."""
    oracle = cn2an.an2cn(f"{fen // 100}.{fen % 100:02d}", "rmb")
    assert capitals(fen) == oracle


def test_both_stand_in_a_cell() -> None:
    """Figures with thousands, capitals in brackets."""
    assert both(50000) == "￥500.00（人民币伍佰元整）"
    assert figures(-140950) == "-￥1,409.50"


def test_no_word_beyond_the_most() -> None:
    """A sum that offices have no agreed word for is refused."""
    with pytest.raises(ValueError, match="no capitals"):
        capitals(MOST_FEN + 1)
