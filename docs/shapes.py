"""The few shapes that the pictures are made of, as SVG that reads on a light and on a dark page."""

from collections.abc import Iterable
from html import escape

STYLE = """<style>
  svg { background: #ffffff }
  text { font: 14px system-ui, "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif; fill: #1f2933 }
  .name { font-weight: 600 }
  .small { font-size: 12px; fill: #52606d }
  rect { fill: #eef4f1; stroke: #2f6f5e; stroke-width: 1.2 }
  rect.end { fill: #f5f1e8; stroke: #9a7b3f }
  path { fill: none; stroke: #52606d; stroke-width: 1.2; marker-end: url(#tip) }
  path.back { stroke: #b4552d; stroke-dasharray: 5 3 }
  .halo { paint-order: stroke; stroke: #ffffff; stroke-width: 5px; stroke-linejoin: round }
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" orient="auto">
<path d="M0 0L8 4L0 8z" style="fill:#52606d;stroke:none;marker-end:none"/></marker></defs>"""


def picture(width: int, height: int, title: str, shapes: Iterable[str]) -> str:
    """A whole SVG file; `title` is what a screen reader says."""
    head = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
            f'height="{height}" role="img">\n<title>{escape(title)}</title>\n')
    return head + STYLE + "\n" + "\n".join(shapes) + "\n</svg>\n"


def box(x: int, y: int, width: int, height: int, kind: str = "") -> str:
    """A rounded box by its upper left corner."""
    return f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="8"/>'


def words(x: int, y: int, said: str, kind: str = "", anchor: str = "middle") -> str:
    """One line of text; `y` is its base line."""
    return f'<text class="{kind}" x="{x}" y="{y}" text-anchor="{anchor}">{escape(said)}</text>'


def arrow(way: str, kind: str = "") -> str:
    """An arrow along an SVG path."""
    return f'<path class="{kind}" d="{way}"/>'
