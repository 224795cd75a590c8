"""Whatever is done to an archive of 10,000 records is found, and the first wrong place is named."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement.chain import sha256
from records.verify_archive import Report, verify
from tests.archive.made import Export, export, rebuilt

RECORDS = 10_000


@pytest.fixture(scope="module")
def whole() -> Export:
    return export(RECORDS)


def told(found: Export, true: Export) -> Report:
    """Verified against what was deposited while nobody had touched it."""
    return verify(found, true.heads)


def test_what_nobody_touched_verifies(whole: Export) -> None:
    """Every link, every file, proven by the last head."""
    report = told(whole, whole)
    assert report.problems == []
    assert (report.links, report.files, report.proven) == (12_000, 12_000, 12_000)


def change_a_file(found: Export, n: int) -> None:
    path = found.items[n].path
    found.files[path] = found.files[path].replace(b"1", b"7") + b" "


def change_a_description(found: Export, n: int) -> None:
    found.items[n] = replace(found.items[n], sha256="f" * 64)


def change_a_link(found: Export, n: int) -> None:
    found.chain[n - 1] = replace(found.chain[n - 1], at="2020-01-01T00:00:00.000000Z")


def change_a_leaf(found: Export, n: int) -> None:
    found.chain[n - 1] = replace(found.chain[n - 1], leaf="a" * 64)


def delete_a_file(found: Export, n: int) -> None:
    del found.files[found.items[n].path]


def delete_an_item(found: Export, n: int) -> None:
    """With its file: as if it had never been."""
    del found.files[found.items[n].path]
    del found.items[n]


def delete_a_link(found: Export, n: int) -> None:
    del found.chain[n - 1]


def insert_a_link(found: Export, n: int) -> None:
    found.chain.insert(n - 1, found.chain[n - 1])


def swap_links(found: Export, n: int) -> None:
    """With the one a third of the archive further on."""
    other = (n - 1 + len(found.chain) // 3) % len(found.chain)
    first, second = sorted((n - 1, other))
    found.chain[first], found.chain[second] = found.chain[second], found.chain[first]


def swap_files(found: Export, n: int) -> None:
    """With the next one's content."""
    one, other = found.items[n].path, found.items[n % len(found.items) + 1].path
    found.files[one], found.files[other] = found.files[other], found.files[one]


def truncate(found: Export, n: int) -> None:
    """Everything from there on is cut off, in all its parts."""
    for later in range(n, len(found.chain) + 1):
        del found.files[found.items[later].path]
        del found.items[later]
    del found.chain[n - 1 :]


EXACT: dict[str, Callable[[Export, int], None]] = {
    one.__name__: one
    for one in (
        change_a_file,
        change_a_description,
        change_a_link,
        change_a_leaf,
        delete_a_file,
        delete_an_item,
        delete_a_link,
        insert_a_link,
        truncate,
    )
}
NUMBER = st.integers(1, RECORDS * 6 // 5)


@settings(max_examples=20)
@given(data=st.data())
def test_what_is_changed_removed_or_inserted_is_named_exactly(whole: Export, data: st.DataObject) -> None:
    """At random places: the first wrong place is that link and no other."""
    tampering = data.draw(st.sampled_from(sorted(EXACT)))
    n = data.draw(NUMBER)
    found = whole.copy()
    EXACT[tampering](found, n)
    first = told(found, whole).first
    # A link laid in twice is found where the next one should stand.
    assert first is not None
    assert first.n == n + (tampering == "insert_a_link")


@settings(max_examples=6)
@given(n=NUMBER, swap=st.sampled_from([swap_links, swap_files]))
def test_what_is_reordered_is_named_at_its_first_place(
    whole: Export, n: int, swap: Callable[[Export, int], None]
) -> None:
    """Links as well as contents."""
    found = whole.copy()
    swap(found, n)
    first = told(found, whole).first
    assert first is not None
    assert first.n == next(one for one in range(1, len(whole.chain) + 1) if _differs(found, whole, one))


def _differs(found: Export, true: Export, n: int) -> bool:
    path = true.items[n].path
    return found.chain[n - 1] != true.chain[n - 1] or found.files[path] != true.files[path]


@settings(max_examples=4)
@given(n=NUMBER)
def test_a_chain_made_anew_does_not_pass_a_deposited_head(whole: Export, n: int) -> None:
    """Whoever has everything may rewrite everything, but not what the schools hold: the day is named."""
    found = whole.copy()
    path = found.items[n].path
    found.files[path] += b" "
    found.items[n] = replace(found.items[n], sha256=sha256(found.files[path]))
    found = rebuilt(found, n)
    assert verify(found, {}).problems == []
    first = told(found, whole).first
    assert first is not None
    assert first.code == "other"
    assert first.n == max((head for head in whole.heads if head < n), default=0) + 1


def test_a_file_that_was_never_sealed_is_named() -> None:
    """Also one of the same name as another."""
    whole = export(10)
    found = whole.copy()
    found.files["cases/ZXFK-2026-000001/records/extra.json"] = b"{}"
    first = told(found, whole).first
    assert first is not None
    assert (first.code, first.where) == ("extra", "cases/ZXFK-2026-000001/records/extra.json")


def test_nothing_may_be_called_erased_that_no_erasure_names() -> None:
    """Else erasing would be the way to remove a record unseen."""
    whole = export(10)
    found = whole.copy()
    del found.files[found.items[3].path]
    found.erased = frozenset({3})
    first = told(found, whole).first
    assert first is not None
    assert (first.n, first.code) == (3, "unproven")


def test_a_case_cannot_keep_back_one_of_its_links() -> None:
    """In an export of some cases, too, where links of others are silent."""
    whole = export(10)
    found = whole.copy()
    found.manifest = {"format": "yingnuo-archive 1", "scope": "cases", "cases": ["ZXFK-2026-000001"]}
    for n in range(7, 13):
        del found.files[found.items[n].path]
        del found.items[n]
    right = told(found, whole)
    assert (right.problems, right.withheld) == ([], 6)
    del found.files[found.items[2].path]
    del found.items[2]
    first = told(found, whole).first
    assert first is not None
    assert (first.n, first.code) == (2, "kept_back")
    del found.files[found.items[6].path]
    del found.items[6]
    first = told(found, whole).first
    assert first is not None
    assert first.code == "kept_back"


def test_the_beginning_of_a_head_proves_as_the_whole(whole: Export) -> None:
    """As the line of a day has it; a chain made anew has another beginning."""
    short = {n: digest[:32] for n, digest in whole.heads.items()}
    assert verify(whole, short).proven == max(short)
    other = whole.copy()
    change_a_description(other, 5)
    first = verify(rebuilt(other, 5), short).first
    assert first is not None
    assert (first.n, first.code) == (1, "other")
