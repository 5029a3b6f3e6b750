"""Writes the knowledge in its compiled form, for the wheel: `python -m building.parts.routing_pack FILE`.

Runs in the project's virtual environment with py/ on the path.
"""

import sys
from pathlib import Path

from elex_browser.knowledge.compile import compile_pack
from elex_browser.knowledge.pack import encode_pack

if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(encode_pack(compile_pack()))
