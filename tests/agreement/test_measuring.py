"""Shares and satisfaction: denominators told, silence apart, nothing rounded in anybody's favour."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement.measuring import Asked, Share, satisfaction


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(0, 0, None), (0, 3, 0), (1, 3, 33), (2, 3, 67), (1, 8, 13), (3, 3, 100)]
)
def test_a_share_of_nothing_has_no_percent(part: int, whole: int, percent: int | None) -> None:
    """It is not a hundred, and not zero either."""
    assert Share(part, whole).percent == percent


def test_silence_lowers_the_response_and_leaves_the_index_alone() -> None:
    """Two marks, one answer without a mark, two silences."""
    sums = satisfaction(
        [Asked(5, answered=True), Asked(2, answered=True), Asked(None, answered=True)]
        + [Asked(None, answered=False)] * 2
    )
    assert (sums.index, sums.base, sums.response, sums.silent) == (Decimal("3.5"), 2, Share(3, 5), 2)


def test_nobody_answered_is_no_praise() -> None:
    """No index at all, not a five."""
    sums = satisfaction([Asked(None, answered=False)] * 4)
    assert (sums.index, sums.base, sums.silent) == (None, 0, 4)


@given(st.lists(st.builds(Asked, st.none() | st.integers(1, 5), st.booleans()), max_size=40))
def test_more_silence_never_changes_the_index(askings: list[Asked]) -> None:
    """However many did not answer."""
    silent = [Asked(None, answered=False)] * 7
    assert satisfaction([*askings, *silent]).index == satisfaction(askings).index
