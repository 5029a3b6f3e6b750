"""Import files of ENM: SET, CREATE or DELETE in a line, then "FDN : name" and "attribute : value" lines.

They say what shall be, not what is.
"""

import re

from elex_browser.network.readers.configurations.cmedit import CmeditReader
from elex_browser.protocol import PlannedOperation

OPERATION = re.compile(r"\s*(set|update|create|delete|action)\s*", re.IGNORECASE)
_OPERATIONS: dict[str, PlannedOperation] = {
    "set": "set",
    "update": "set",
    "create": "create",
    "delete": "delete",
}


class EnmImportReader(CmeditReader):
    """Fills the plan of a configuration from the bytes of one file."""

    _is_action = False

    def take(self, line: str) -> None:
        """Take one line."""
        match = OPERATION.fullmatch(line)
        if match:
            self.store()
            self.operation = _OPERATIONS.get(match[1].lower())
            self._is_action = self.operation is None
        elif not self._is_action:
            super().take(line)
        elif line.strip():
            self.reject(f"{line.strip()[:80]!r} is part of an action, which sets no attribute")
