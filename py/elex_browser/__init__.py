"""Radio feature experts that answer and learn in the browser: the public names."""

from elex_browser.errors import ElexError
from elex_browser.learning.merge import merge
from elex_browser.learning.q_table import QTable

__version__ = "0.1.0"

__all__ = ["ElexError", "QTable", "__version__", "merge"]
