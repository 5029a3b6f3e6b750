"""Radio feature experts that answer and learn in the browser: the public names."""

from elex_browser.edge_agent import EdgeAgent, EdgeBatch
from elex_browser.elex import Elex
from elex_browser.errors import ElexError
from elex_browser.learning.merge import merge
from elex_browser.learning.q_table import QTable
from elex_browser.version import __version__

__all__ = ["EdgeAgent", "EdgeBatch", "Elex", "ElexError", "QTable", "__version__", "merge"]
