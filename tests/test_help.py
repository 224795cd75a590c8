"""帮助 names what each role can write: on a platform whose menu is one for everybody it stands nowhere else."""

import pytest

from agreement.words import Role
from conversations.lists import help_text
from conversations.menus import MENUS, menu_of
from desk.sitting import Actor

OF_THE_VENDOR = [role for role in MENUS if role not in {Role.TEACHER, Role.REPRESENTATIVE}]

WRITTEN = {
    "zh": ("答复用户", "写备注", "登记簿", "完成 1"),
    "en": ("answers the customer", "is a note", "Register book", "Done 1"),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("role", OF_THE_VENDOR)
def test_whoever_works_for_the_vendor_reads_their_whole_menu(role: Role, language: str) -> None:
    """The desk's 登记 above all: a caller waits while it is looked for."""
    said = help_text(Actor(language=language, memberships=((None, role),)))
    asked = {"zh": "帮助", "en": "Help"}[language]
    assert [word for word in menu_of([role], language) if word not in said] == [asked]


def test_only_the_archivist_reads_of_archiving() -> None:
    archivist, desk = (help_text(Actor(memberships=((None, role),))) for role in (Role.ARCHIVIST, Role.DESK))
    assert "全部归档" in archivist
    assert "归档" not in desk


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nobody_reads_of_what_is_refused_to_them(language: str) -> None:
    """A reply of the lead is a note, an engineer has no register; the examples are labels of one's own acts."""
    said = {role: help_text(Actor(language=language, memberships=((None, role),))) for role in OF_THE_VENDOR}
    answers, notes, book, done = WRITTEN[language]
    assert {role for role, text in said.items() if answers in text} == {Role.ENGINEER}
    assert {role for role, text in said.items() if notes in text} == {Role.DESK, Role.LEAD}
    assert {role for role, text in said.items() if book in text} == set(OF_THE_VENDOR) - {Role.ENGINEER}
    assert {role for role, text in said.items() if done in text} == {Role.ENGINEER}
