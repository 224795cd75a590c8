"""A damaged or hostile ZIP is no traceback: it is found, like any other change, and its place is named."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from records.verify_archive import LARGE, Report, Zip, heads_in, main, told, verify
from tests.archive.made import Export, export

WHOLE = export(10)
CASE = WHOLE.items[6].path
TOO_DEEP = b"[" * 200_000


def packed(instead: Mapping[str, bytes], further: Mapping[str, bytes] | None = None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in WHOLE.names():
            file.writestr(name, instead.get(name, WHOLE.read(name)))
        for name, content in (further or {}).items():
            file.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()


def checked(content: bytes, true: Export = WHOLE) -> Report:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return verify(Zip(file), true.heads)


def first(report: Report) -> tuple[int, str, str]:
    assert report.first is not None
    return report.first.n, report.first.code, report.first.where


def test_one_wrong_bit_names_the_file() -> None:
    """The ZIP's own checksum finds it before our digest does: it is a change all the same, not an unreadable ZIP."""
    whole = packed({})
    content = WHOLE.files[WHOLE.items[8].path]
    at = whole.index(content) + 12
    report = checked(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    assert first(report) == (8, "file", WHOLE.items[8].path)


def test_a_wrong_bit_in_the_chain_names_the_chain() -> None:
    """Nothing of it can be believed then."""
    whole = packed({})
    at = whole.index(b'"previous"')
    assert first(checked(whole[:at] + b"!" + whole[at + 1 :]))[1:] == ("unreadable", "chain.jsonl")


@pytest.mark.parametrize("flag", [b"\x01\x00", b"\x00\x00"])
def test_a_password_or_an_unknown_packing_is_found(flag: bytes) -> None:
    """Written into the directory of the ZIP: no export of ours has either."""
    whole = packed({})
    at = whole.index(b"PK\x01\x02")
    packing = b"\x63\x00" if flag == b"\x00\x00" else b"\x00\x00"
    report = checked(whole[: at + 8] + flag + packing + whole[at + 12 :])
    assert first(report) == (1, "file", WHOLE.items[1].path)


@pytest.mark.parametrize("name", ["items.jsonl", "chain.jsonl", "manifest.json", CASE])
def test_a_bomb_is_found_before_it_is_unpacked(name: str) -> None:
    """A small ZIP of which one file would fill the memory of whoever checks it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for one in WHOLE.names():
            with file.open(one, "w", force_zip64=True) as into:
                for _ in range(LARGE // 2**20 + 1 if one == name else 0):
                    into.write(b" " * 2**20)
                into.write(WHOLE.read(one))
    with zipfile.ZipFile(made) as file, pytest.raises(zipfile.BadZipFile, match="unpacks to"):
        Zip(file).read(name)
    assert first(checked(made.getvalue()))[1] in {"unreadable", "file", "kept_back"}


def test_the_manifest_is_all_that_stands_in_it() -> None:
    """Whoever takes the archive in reads the whole of it: what follows a right first line is a change."""
    manifest = WHOLE.read("manifest.json") + b"\n{"
    assert first(checked(packed({"manifest.json": manifest})))[1:] == ("unreadable", "manifest.json")


@pytest.mark.parametrize("name", ["items.jsonl", "chain.jsonl", "manifest.json", CASE])
def test_what_is_no_json_of_ours_is_found(name: str) -> None:
    """Too deep to be read."""
    assert checked(packed({name: TOO_DEEP})).problems


def test_half_a_character_is_a_change() -> None:
    """JSON can spell what UTF-8 cannot."""
    lines = WHOLE.read("items.jsonl").replace(b'"path": "cases', b'"path": "\\ud800', 1)
    report = checked(packed({"items.jsonl": lines}))
    assert first(report)[:2] == (1, "item")
    assert "\\ud800" in told(report, "en", headed=True)[1]


def test_a_name_cannot_steer_the_screen() -> None:
    """Else a file could be called so that the report reads as if all were well."""
    report = checked(packed({}, {"\x1b[2J\x1b[H相符": b"", "cases/\u202ecod": b""}))
    said = "\n".join(told(report, "zh", headed=True))
    assert "\\x1b[2J\\x1b[H相符" in said
    assert not {"\x1b", "\u202e"} & set(said)


def test_nothing_hides_in_the_entry_of_a_folder() -> None:
    """An empty one is harmless."""
    assert checked(packed({}, {"cases/": b""})).problems == []
    assert first(checked(packed({}, {"cases/more/": b"hidden"})))[1:] == ("extra", "cases/more/")


def test_two_heads_that_differ_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A school that adds the list out of the export to the head that it kept must not have its own forgotten."""
    kept, false = "f" * 64, WHOLE.heads[12]
    with pytest.raises(ValueError, match="two heads of link 12"):
        heads_in(f"12-{kept} 12-{false}")
    assert heads_in(f"12-{kept} 12-{kept}") == heads_in(f"12-{kept[:32]} 12-{kept}") == {12: kept}
    with pytest.raises(ValueError, match="two heads of link 12"):
        heads_in(f"12-{kept} 12-{false[:32]}")
    (tmp_path / "out.zip").write_bytes(packed({}))
    assert main([str(tmp_path / "out.zip"), "--head", f"12-{kept}", "--head", f"12-{false}"]) == 2
    assert "two heads of link 12" in capsys.readouterr().err
