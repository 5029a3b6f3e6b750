"""The steps of build.py: standard library only, because they run before anything is installed."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs build.py may have an older one
    sys.exit(f"ELEX Browser needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
