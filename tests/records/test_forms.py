"""Forms are data: what the shipped ones print, and what a wrong one is told."""

from importlib.resources import files
from pathlib import Path

import pytest

from agreement.toml_lines import PolicyError
from agreement.words import Record
from records.fields import FIELDS
from records.forms import UNITS, Entry, Mark, Table
from records.reading_forms import load, read


def shipped(name: str) -> str:
    return files("records").joinpath("forms", name).read_text(encoding="utf-8")


@pytest.mark.parametrize("record", list(Record))
def test_every_record_has_a_form_that_prints_all_it_knows(record: Record) -> None:
    """A cell that is projected and never printed would be a fact that nobody sees."""
    form = load().current(record)
    assert form.title == record.value
    assert set(form.labels()) == set(FIELDS[record])
    for row in form.rows():
        entries = [part for part in row if isinstance(part, Entry)]
        assert not entries or sum(one.label_units + one.units for one in entries) == UNITS


def test_the_two_checks_and_signatures_of_acceptance_are_required() -> None:
    """Two checks, two signatures (agreement §2, step 4): no form of ours leaves them to chance."""
    form = load().current(Record.ACCEPTANCE)
    marks = {part.key: part.mark for part in form.parts if isinstance(part, Entry | Table)}
    assert {marks[key] for key in ("items", "verdict", "engineer", "lead")} == {Mark.REQUIRED}


WRONG = (
    # what is changed in the shipped work order, into what, and what the complaint must name
    ('record = "维护任务单"', 'record = "任务单"', "record should be one of"),
    ('version = "A/2"', 'version = "1.0"', "version should be a letter, a slash and a number"),
    ('key = "school"', 'key = "schol"', "key should be one of school, project"),
    ('key = "project"', 'key = "school"', "school stands in this form already"),
    ("units = [3, 12]", "units = [3, 13]", "make this row 25 units wide"),
    ('kind = "table"', 'kind = "tabel"', "kind should be one of entry, table"),
    ("height = 25", "height = 500", "height should be millimetres from 5.0 to 120.0"),
    ('mark = "●"', 'mark = "x"', "mark should be one of ●, ○, ◐"),
    ('owed = "desk"', 'owed = "boss"', "owed should be one of teacher"),
    ('urgent = "紧急"', 'pressing = "紧急"', "options should print exactly normal, urgent"),
    ('heads = ["序号", "时间"', 'heads = ["时间"', "heads should be 4 heads, not 3"),
    ("units = [2, 5, 13, 4]", "units = [2, 5, 13, 5]", "units should be one width for each head"),
    ('ticks = ["按时", "逾期"]', 'ticks = "按时"', "ticks should be"),
    ('label_in = "head"', 'label_in = "side"', "label_in should be one of band, head"),
    ('label = "维护实施记录"', 'label = "实施"', "label_in says head, and none of the heads is 实施"),
    ("margins = [20, 20]", "margins = [20]", "margins should be two numbers"),
    ("margins = [20, 20]", "margins = [20, 12]", "margins should be a whole number from 20 to 40"),
    ('kept = "', 'keept = "', "keept is unknown here"),
    ('title = "维护任务单"', 'title = "维护任务单', "is no TOML"),
)


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_a_wrong_form_is_told_the_file_the_line_and_what_should_stand_there(
    old: str, new: str, said: str
) -> None:
    """Whoever writes a form is no programmer: the complaint points with a finger."""
    text = shipped("work_order.toml")
    assert old in text
    with pytest.raises(PolicyError) as caught:
        read(text.replace(old, new, 1), "own/work_order.toml")
    assert said in caught.value.what
    line = text[: text.index(old)].count("\n") + 1
    assert caught.value.line is not None
    assert caught.value.line in range(line - 6, line + 10)
    assert str(caught.value).startswith(f"own/work_order.toml, line {caught.value.line}: ")


def test_a_row_that_is_not_full_is_refused() -> None:
    """A hole at the right edge is no table."""
    text = shipped("opinion.toml").rpartition("[[cell]]")[0]
    with pytest.raises(PolicyError, match="end the last row at 12 of 24 units"):
        read(text, "x")


def test_a_customers_own_wording_wins_and_the_shipped_form_stays_for_old_editions(tmp_path: Path) -> None:
    """What was closed on A/0 is printed on A/0, whatever the house prints today."""
    own = shipped("work_order.toml").replace("YN-QR-04", "QR01-003").replace("报告人", "报修人")
    (tmp_path / "work_order.toml").write_text(own, encoding="utf-8")
    forms = load(tmp_path)
    assert forms.current(Record.WORK_ORDER).number == "QR01-003"
    assert forms.current(Record.REVIEW).number == "YN-QR-02"
    assert forms.of(Record.WORK_ORDER, "YN-QR-04", "A/0").version == "A/0"
    assert "报告人" in forms.of(Record.WORK_ORDER, "YN-QR-04", "A/0").labels().values()


def test_two_forms_of_one_number_and_version_are_refused(tmp_path: Path) -> None:
    """An edition names its form by number and version; two of them would be two answers."""
    (tmp_path / "a.toml").write_text(shipped("review.toml"), encoding="utf-8")
    with pytest.raises(PolicyError, match=r"YN-QR-02 A/2 stands in review\.toml too"):
        load(tmp_path)


def test_an_empty_folder_of_forms_is_a_mistake(tmp_path: Path) -> None:
    """Somebody meant to bring forms and named the wrong folder."""
    with pytest.raises(PolicyError, match="should hold at least one form"):
        load(tmp_path)


@pytest.mark.parametrize("wrong", ["{", "}", "{{reason}}", "{reason.real}", "{reason!r}", "{}"])
def test_a_letter_that_could_not_be_filled_in_is_refused_when_it_is_read(wrong: str) -> None:
    """Else the desk starts, and no receipt is ever closed."""
    text = shipped("receipt.toml")
    with pytest.raises(PolicyError, match=r"hold a \{ or \} that is not around a key"):
        read(text.replace("　　特此回执。", f"　　特此回执{wrong}", 1), "x")


def test_what_an_editor_does_to_a_file_is_read_or_told(tmp_path: Path) -> None:
    """A mark before UTF-8 is no fault; GBK is named with the file."""
    own = shipped("receipt.toml").replace("YN-QR-03", "QR01-003")
    (tmp_path / "receipt.toml").write_text(own, encoding="utf-8-sig")
    assert load(tmp_path).current(Record.RECEIPT).number == "QR01-003"
    (tmp_path / "receipt.toml").write_text(own, encoding="gb18030")
    with pytest.raises(PolicyError, match=r"receipt\.toml: should be saved as UTF-8"):
        load(tmp_path)
