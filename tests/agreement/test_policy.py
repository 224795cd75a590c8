"""The policy: the shipped text holds the agreement's limits, and a wrong text is told by its line."""

import re
from dataclasses import FrozenInstanceError, replace
from datetime import timedelta
from pathlib import Path

import pytest

import agreement.policy_file
from agreement.escalation import Audience, Rung
from agreement.own_limits import OF_THE_DESK, load_for_contract, with_overrides
from agreement.policy_file import DEFAULT, load, load_stored
from agreement.terms import Term, Unit
from agreement.toml_lines import PolicyError
from agreement.words import Promise

ROW_OF_A_LIST = ("#", "stage", "percent", "tells")  # a list is replaced as a whole
SHIPPED = (Path(agreement.policy_file.__file__).parent / "default.toml").read_text(encoding="utf-8")
LIMITS = [line for line in SHIPPED.splitlines() if " = " in line and not line.startswith(ROW_OF_A_LIST)]


@pytest.mark.parametrize(
    ("promise", "term"),
    [
        ("fault-response", "10 minutes"),
        ("fault-resolution", "2 hours"),
        ("urgent-dispatch", "1 hour"),
        ("urgent-contingency", "1 working day"),
        ("urgent-fix-plan", "3 working days"),
        ("usability", "1 week"),
        ("performance", "1 month"),
        ("in-scope", "1 week"),
        ("custom-understand", "2 working days"),
        ("custom-reply", "5 working days"),
        ("custom-start", "1 week"),
        ("consultation-answer", "10 minutes"),
    ],
)
def test_the_shipped_terms_are_those_of_the_agreement(promise: str, term: str) -> None:
    """§3, column by column."""
    assert str(DEFAULT.terms[Promise(promise)]) == term


def test_the_shipped_limits_are_those_of_the_agreement() -> None:
    """Money, days and minutes as the page has them."""
    assert (DEFAULT.penalised, DEFAULT.penalty_fen) == (frozenset({Promise.URGENT_DISPATCH}), 50_000)
    assert DEFAULT.house_targets == {Promise.IN_SCOPE, Promise.CONSULTATION_ANSWER}
    assert DEFAULT.pausing == frozenset()
    assert DEFAULT.objection == Term(5, Unit.WORKING_DAYS)
    assert (DEFAULT.silence_closes_days, DEFAULT.opinion_reminder_days) == (7, (1, 3))
    assert (DEFAULT.draft_silence_minutes, DEFAULT.nudge_minutes, DEFAULT.reopen_days) == (3, 10, 30)
    assert (DEFAULT.warranty_days, DEFAULT.on_site_years) == (365, 5)
    assert (DEFAULT.after_closing_working_days, DEFAULT.follow_up_hour) == (3, 10)
    assert DEFAULT.every_months == 3
    assert DEFAULT.gap_warned_before == (timedelta(days=7), timedelta(days=1), timedelta(hours=1))
    assert str(DEFAULT.zone) == "Asia/Shanghai"
    assert DEFAULT.ladder.rungs[1] == Rung("eighty", 80, (Audience.NEXT_ENGINEER, Audience.LEAD))


@pytest.mark.parametrize(
    ("written", "instead", "at", "words"),
    [
        (
            'fault-resolution = "2 hours"',
            'fault-resolution = "2 ours"',
            'fault-resolution = "2 ours"',
            "is no term",
        ),
        ('usability = "1 week"', "", "[terms]", "usability is missing"),
        ('usability = "1 week"', 'usabilty = "1 week"', "usabilty", "is unknown here"),
        ('usability = "1 week"', "usability = 1", "usability = 1", "should be a text"),
        ('usability = "1 week"', "usability = week", "usability = week", "is no TOML"),
        ('usability = "1 week"', 'usability = "0 weeks"', "usability =", "counts from 1"),
        ('"Asia/Shanghai"', '"Asia/Peking"', "Asia/Peking", "time zone"),
        ('yuan = "500.00"', 'yuan = "5 hundred"', "yuan", "a sum"),
        ('yuan = "500.00"', 'yuan = "0.005"', "yuan", "a sum"),
        ('yuan = "500.00"', 'yuan = "NaN"', "yuan", "a sum"),
        ('promises = ["urgent-dispatch"]', 'promises = ["dispatch"]', "promises =", 'names "dispatch"'),
        ("pauses = []", "pauses = [1]", "pauses", "list of texts"),
        ("pauses = []", 'pauses = "all"', "pauses", "should be a list"),
        ('tells = ["lead", "desk"]', 'tells = ["led"]', "led", 'names "led"'),
        ("percent = 100", "percent = 0", "percent = 0", "from 1 to"),
        ("percent = 100", "percent = 80", "[[ladder.rungs]]", "in the order"),
        ('stage = "due"', 'stage = "half"', "[[ladder.rungs]]", "a stage of its own"),
        ('nobody_on_duty = ["lead"]', 'nobody_on_duty = ["next_engineer"]', "nobody_on_duty", "may name lead, desk"),
        ("reopen_days = 30", "reopen_days = true", "reopen_days", "whole number"),
        (
            "opinion_reminder_days = [1, 3]",
            "opinion_reminder_days = [0]",
            "opinion_reminder_days",
            "from 1 to 365",
        ),
        ("every_months = 3", "every_months = 13", "every_months", "from 1 to 12"),
        ("every_months = 3", "every_months = 5", "every_months", "should be one of 1, 2, 3, 4, 6, 12"),
        ('"7 days", "1 day"', '"7 dys", "1 day"', "gap_warned_before", "is no term"),
        ('"7 days", "1 day"', '"1 working day"', "gap_warned_before", "minutes, hours, days or weeks"),
        ('"7 days", "1 day"', '"1 day", "7 days"', "gap_warned_before", "the longest first"),
        ('"7 days", "1 day"', '"5 weeks", "1 day"', "gap_warned_before", "none above 28 days"),
        ('["7 days", "1 day", "1 hour"]', "[]", "gap_warned_before", "at least one"),
        ("[periods]", "[period]", "[period]", "period is unknown here"),
    ],
)
def test_a_wrong_text_is_told_by_its_line(written: str, instead: str, at: str, words: str) -> None:
    """Whoever edits a contract's policy learns where and what, not only that it failed."""
    assert written in SHIPPED
    text = SHIPPED.replace(written, instead, 1)
    with pytest.raises(PolicyError) as told:
        load(text, "contract.toml")
    line = told.value.line
    assert line is not None
    assert at in text.splitlines()[line - 1]
    assert words in str(told.value)
    assert str(told.value).startswith(f"contract.toml, line {line}: ")


def test_a_missing_table_or_ladder_is_told() -> None:
    """What is not there at all has no line of its own, but a name."""
    with pytest.raises(PolicyError, match="terms is missing"):
        load('version = "1"\nzone = "Asia/Shanghai"', "short.toml")
    without_rungs = "\n".join(
        line for line in SHIPPED.splitlines() if not line.startswith(("[[", "stage", "percent"))
    )
    with pytest.raises(PolicyError):
        load(without_rungs, "short.toml")


@pytest.mark.parametrize("line", LIMITS)
def test_a_stored_text_of_an_older_release_takes_the_shipped_value_for_what_it_lacks(line: str) -> None:
    """A release that adds a limit must read every policy stored before it, and hold whatever that one says."""
    older = SHIPPED.replace(line + "\n", "", 1).replace('fault-response = "10', 'fault-response = "25', 1)
    with pytest.raises(PolicyError, match="is missing"):
        load(older, "older.toml")
    policy = load_stored(older, "older.toml")
    expected = "10 minutes" if line.startswith("fault-response") else "25 minutes"
    assert str(policy.terms[Promise.FAULT_RESPONSE]) == expected
    assert replace(policy, terms=DEFAULT.terms) == DEFAULT


def test_a_stored_text_lacks_whole_tables_or_says_more_than_this_release_knows() -> None:
    """A release can be taken back: what only the newer one knew is passed over. A wrong value is still told."""
    short = 'version = "2025-9"\nzone = "Asia/Shanghai"\n'
    assert load_stored(short, "policy 7") == replace(DEFAULT, version="2025-9")
    newer = SHIPPED.replace("[limits]", "[limits]\nmoons = 3", 1) + '\n[moon]\nphase = "full"\n'
    assert load_stored(newer, "policy 8") == DEFAULT
    with pytest.raises(PolicyError, match=r"policy 9, line 4: limits.low_mark should be a whole number"):
        load_stored(short + "[limits]\nlow_mark = 9", "policy 9")


def test_a_contract_overrides_terms_and_numbers() -> None:
    """The keys of a contract are promise names and limits; all else stays, and the version shows it."""
    other = with_overrides(DEFAULT, {"fault-response": "20 minutes", "warranty_days": "400"})
    assert (str(other.terms[Promise.FAULT_RESPONSE]), other.warranty_days) == ("20 minutes", 400)
    assert other.terms[Promise.FAULT_RESOLUTION] == DEFAULT.terms[Promise.FAULT_RESOLUTION]
    assert other.version != DEFAULT.version
    assert str(DEFAULT.terms[Promise.FAULT_RESPONSE]) == "10 minutes"
    assert with_overrides(DEFAULT, {}) is DEFAULT
    pausing = with_overrides(DEFAULT, {"pauses": "usability performance"}).pausing
    assert pausing == {Promise.USABILITY, Promise.PERFORMANCE}


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("fault-response", "soon", "is no term"),
        ("warranty_days", "a year", "whole number"),
        ("warranty_days", "-1", "whole number"),
        ("plan-step", "1 day", "is no limit"),
        ("every_months", "5", "should be one of 1, 2, 3, 4, 6, 12"),
        ("waranty_days", "400", "is no limit"),
        ("pauses", "fault", "names \"fault\""),
    ],
)
def test_a_wrong_override_is_told(key: str, value: str, words: str) -> None:
    """The complaint names the contract's key."""
    with pytest.raises(PolicyError, match=words) as told:
        with_overrides(DEFAULT, {key: value})
    assert key in str(told.value)


@pytest.mark.parametrize("name", OF_THE_DESK)
def test_no_contract_has_its_own_limit_of_what_counts_before_it_is_known(name: str) -> None:
    """It would be checked, stored and never looked at: neither as a limit nor in a whole text."""
    with pytest.raises(PolicyError, match=f"{name} is one for the whole desk"):
        load_for_contract(SHIPPED, "contract", {name: "7"})
    own = re.sub(rf"^{name} = .*$", f"{name} = 7", SHIPPED, flags=re.MULTILINE)
    with pytest.raises(PolicyError, match=f"{name} is one for the whole desk"):
        load_for_contract(own, "contract", {})
    assert load_for_contract(SHIPPED, "contract", {"reopen_days": "7"}).reopen_days == 7


def test_no_contract_warns_of_gaps_otherwise() -> None:
    """Rosters belong to no school: it would be stored and never looked at."""
    with pytest.raises(PolicyError, match="rosters belong to no school"):
        load_for_contract(SHIPPED.replace('"7 days", "1 day"', '"2 days"'), "contract", {})
    with pytest.raises(PolicyError, match="rosters belong to no school"):
        load_for_contract(SHIPPED, "contract", {"gap_warned_before": "2 days"})


def test_a_policy_cannot_be_changed() -> None:
    """A running promise keeps the limits it began with."""
    with pytest.raises(FrozenInstanceError):
        DEFAULT.reopen_days = 1  # type: ignore[misc]
    with pytest.raises(TypeError):
        DEFAULT.terms[Promise.USABILITY] = Term(1, Unit.DAYS)  # type: ignore[index]
