"""Many files in one, as web/shared/pack.js reads them.

Layout: length of the header (32 bits, little-endian), header as JSON [[path, size], …], the files. The
whole is gzip, under a name without .gz so that no server unpacks it.
"""

import gzip
import json
from collections.abc import Mapping


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return the files as one pack; the same files give the same bytes, whatever their order."""
    names = sorted(files)
    header = json.dumps([[name, len(files[name])] for name in names]).encode()
    content = b"".join(files[name] for name in names)
    plain = len(header).to_bytes(4, "little") + header + content
    return gzip.compress(plain, compresslevel=9, mtime=0)
