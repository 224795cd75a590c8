"""帮助 names what each role can write: on a platform whose menu is one for everybody it stands nowhere else."""

import pytest

from agreement.words import Role
from conversations.lists import help_text
from conversations.menus import MENUS, menu_of
from desk.sitting import Actor

OF_THE_VENDOR = [role for role in MENUS if role not in {Role.TEACHER, Role.REPRESENTATIVE}]


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
