"""Complaints about a TOML text name the line, also in repeated tables."""

import pytest

from agreement.toml_lines import PolicyError, parse

TEXT = """\
top = 1

[[rungs]]
stage = "one"

[[rungs]]
stage = 2

[a.b]
c = "text"
"""


def test_the_second_of_repeated_tables_is_told_by_its_own_line() -> None:
    """Both rungs have a key `stage`; the complaint points to the wrong one."""
    first, second = parse(TEXT, "x").tables("rungs")
    assert first.string("stage") == "one"
    with pytest.raises(PolicyError) as told:
        second.string("stage")
    assert (told.value.line, told.value.source) == (7, "x")
    assert "rungs#2.stage" in str(told.value)


def test_a_missing_key_is_told_by_its_table() -> None:
    """The head of the table is where it should have stood."""
    with pytest.raises(PolicyError) as told:
        parse(TEXT, "x").table("a").table("b").get("d")
    assert told.value.line == 9


def test_bad_syntax_at_the_end_of_the_text_has_a_line() -> None:
    """`tomllib` tells no line number there."""
    with pytest.raises(PolicyError) as told:
        parse('a = "open', "x")
    assert told.value.line == 1


def test_a_table_is_no_value_and_a_value_no_table() -> None:
    """Shapes are checked before they are read."""
    top = parse(TEXT, "x")
    for read in (lambda: top.table("top"), lambda: top.tables("top"), lambda: top.string("a")):
        with pytest.raises(PolicyError):
            read()


def test_a_key_missing_in_the_first_of_repeated_tables_is_not_sought_in_the_second() -> None:
    """The head of the first one is told, although the second one has such a key."""
    first, second = parse("[[rungs]]\nx = 1\n[[rungs]]\nstage = 2\n", "x").tables("rungs")
    assert (first.error("stage", "").line, second.error("stage", "").line) == (1, 4)
