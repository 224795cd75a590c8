"""A customer's own font, made for a test: one rare character in the outline of another."""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from pylopdf_fonts_zh_cn import serif_path

RARE = "𠮷"  # in none of ours
ALIKE = "吉"
FAMILY, FAMILY_OF_ALL_WEIGHTS, FULL, POSTSCRIPT = 1, 16, 4, 6


def rare_font(folder: Path, *, family: str = "Rare Song", weight: str = "") -> Path:
    """A font file in that folder. With a weight it is one of many of its family, as the large ones are sold; without
    a family it is one that no typesetter can call."""
    with TTFont(serif_path()) as font:
        subsetter = subset.Subsetter()
        subsetter.populate(text=ALIKE)
        subsetter.subset(font)
        table = CmapSubtable.newSubtable(12)
        table.platformID, table.platEncID, table.language = 3, 10, 0
        table.cmap = {ord(RARE): font.getBestCmap()[ord(ALIKE)]}
        font["cmap"].tables = [table]
        names = font["name"]
        names.names = []
        alone = f"{family} {weight}".strip()
        said = {FAMILY: alone, FULL: alone, POSTSCRIPT: alone.replace(" ", "-")}
        for which, text in (said | ({FAMILY_OF_ALL_WEIGHTS: family} if weight else {})).items():
            if family:
                names.setName(text, which, 3, 1, 0x409)
        path = folder / "rare.otf"
        font.save(path)
    return path
