"""What a test needs beyond Python: skipped with the reason at home, failed where everything was installed."""

import sys

import pytest

from tests.tools import program

NONE = ("no-such-program-anywhere",)


def test_without_a_tool_a_test_is_skipped_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """A newcomer without Chromium sees a green run and what was left out."""
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no-such-program-anywhere is not installed"):
        program(NONE)


def test_with_ci_set_a_missing_tool_fails_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that skips itself where everything should be there checks nothing."""
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="nothing may be skipped"):
        program(NONE)


def test_the_first_that_is_installed_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian calls it chromium, others chromium-browser."""
    monkeypatch.setenv("CI", "true")
    assert program((*NONE, sys.executable)) == sys.executable
