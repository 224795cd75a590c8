"""What a test needs beyond Python: found, or the test is skipped with the reason.

With `CI` in the environment a missing tool fails the test instead: there `.ci/run` has installed them all.
"""

import os
import shutil
from typing import NoReturn

import pytest

NODE = ("node",)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHROMEDRIVER = ("chromedriver",)
LIBREOFFICE = ("soffice", "libreoffice")


def program(names: tuple[str, ...]) -> str:
    """Path of the first of these programs that is installed; without any the test ends (see `missing`)."""
    found = next(filter(None, map(shutil.which, names)), None)
    return found or missing(f"{names[0]} is not installed (`.ci/run` installs it)")


def missing(reason: str) -> NoReturn:
    """Skip the running test and say why; with `CI` set, fail it."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and with CI set nothing may be skipped", pytrace=False)
    pytest.skip(reason)
