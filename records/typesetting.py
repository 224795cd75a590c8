"""typst: a template of ours and JSON in, PDF/A-2a or pictures out; the same JSON gives the same bytes on every machine.

The exact version of typst is pinned: a new one is a new printing of everything. Data are set as text by the templates,
which read them from `sys.inputs.data`.
"""

import json
import threading
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

import typst

from records.glyphs import Setting, fonts

STANDARD: Final = "a-2a"


class Typesetter:
    """One template with our fonts, and perhaps a customer's. Its compiler is not made for threads: a lock guards it."""

    def __init__(self, template: str, fonts_folder: Path | None = None) -> None:
        self._fonts = fonts(fonts_folder)
        self._lock = threading.Lock()
        folder = Path(str(files("records")))
        self._compiler = typst.Compiler(
            str(folder / template),
            root=str(folder),
            font_paths=list(self._fonts.folders),
            ignore_system_fonts=True,
        )

    def setting(self) -> Setting:
        """What makes texts printable in these fonts."""
        return Setting(self._fonts)

    def pdf(self, data: Mapping[str, object]) -> bytes:
        """PDF/A-2a: tagged, fonts embedded."""
        inputs = self._inputs(data)
        with self._lock:
            made = self._compiler.compile(format="pdf", pdf_standards=STANDARD, sys_inputs=inputs)
        return made if isinstance(made, bytes) else b"".join(made or ())

    def png(self, data: Mapping[str, object], ppi: float) -> list[bytes]:
        """One picture a page."""
        inputs = self._inputs(data)
        with self._lock:
            made = self._compiler.compile(format="png", ppi=ppi, sys_inputs=inputs)
        return [made] if isinstance(made, bytes) else list(made or ())

    def _inputs(self, data: Mapping[str, object]) -> dict[str, str]:
        known = {**data, "further": self._fonts.further}
        return {"data": json.dumps(known, ensure_ascii=False)}
