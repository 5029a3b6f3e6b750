"""Where this runs: inside a browser's Pyodide or on CPython. The platform is asked here and nowhere else."""

import sys
from functools import lru_cache

from elex_browser.host.base import Host


@lru_cache(maxsize=1)
def current() -> Host:
    """Return the host of this process."""
    if sys.platform == "emscripten":
        # The other host's imports need JavaScript, which is not there on CPython.
        from elex_browser.host.browser import BrowserHost

        return BrowserHost()
    from elex_browser.host.cpython import CPythonHost

    return CPythonHost()
