"""A link to a record: signed, for one person, for a few days; opened without login, and never more than one record."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import pytest

from agreement.records import ALL, GIVEN_TO, given_to, is_of_the_house
from agreement.words import Record, Relation
from bot.paper_links import LASTS, PaperLink, PaperLinks

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
LINK = PaperLink(12, Record.RECEIPT, 1, 7)
R = Relation
THEIRS: tuple[tuple[set[Relation], Collection[Record]], ...] = (
    # who, and which records they are given
    ({R.REPORTER}, {Record.RECEIPT, Record.OPINION}),
    ({R.COLLEAGUE}, set()),
    ({R.REPRESENTATIVE}, ALL),
    ({R.REPORTER, R.REPRESENTATIVE}, ALL),
    ({R.ENGINEER}, {Record.WORK_ORDER}),
    ({R.ENGINEER, R.ASSIGNEE}, {Record.WORK_ORDER}),
    ({R.DESK}, ALL),
    ({R.LEAD}, ALL),
    ({R.ARCHIVIST}, ALL),
    ({R.MANAGER}, ALL),
    (set(), set()),
)


def links(key: str = "k" * 32) -> PaperLinks:
    return PaperLinks(key, "https://desk.example")


def test_a_link_opens_what_it_was_made_for_until_it_ends() -> None:
    """Seven days; afterwards 单据 gives a new one."""
    token = links().token(LINK, NOW)
    assert links().url(LINK, NOW) == f"https://desk.example/records/{token}"
    assert links().read(token, NOW + LASTS - timedelta(seconds=1)) == LINK
    assert links().read(token, NOW + LASTS) is None


@pytest.mark.parametrize(
    "forged",
    [
        lambda token: token.replace("12.2.1.7", "13.2.1.7"),  # another ticket
        lambda token: token.replace("12.2.1.7", "12.3.1.7"),  # another record
        lambda token: token.replace("12.2.1.7", "12.2.1.8"),  # another person
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: "",
        lambda token: "....." + token,
        lambda token: "单据",
        lambda token: links("x" * 32).token(LINK, NOW),  # another installation
    ],
)
def test_a_link_that_we_did_not_make_opens_nothing(forged: object) -> None:
    """Whatever is changed in it, it is nobody's."""
    assert callable(forged)
    assert links().read(forged(links().token(LINK, NOW)), NOW) is None


@pytest.mark.parametrize(("who", "records"), THEIRS)
def test_each_relation_is_given_exactly_its_records(who: set[Relation], records: Collection[Record]) -> None:
    """The table of who may have what, row by row; several relations together have what each has."""
    assert given_to(frozenset(who)) == set(records)


def test_every_relation_has_a_row_and_only_the_vendors_copies_are_unmasked() -> None:
    """A relation without a row would be a crash or a leak."""
    assert set(GIVEN_TO) == set(Relation)
    house = {one for one in Relation if is_of_the_house(frozenset({one}))}
    assert house == {R.ASSIGNEE, R.ENGINEER, R.DESK, R.LEAD, R.ARCHIVIST, R.MANAGER}
