"""Where the pack comes from: the wheel carries it as one file, a source checkout compiles it on first use."""

from functools import lru_cache
from importlib.resources import files

from elex_browser.knowledge.pack import Pack, decode_pack

PACK_PATH = "knowledge/data/routing.pack"


@lru_cache(maxsize=1)
def load_pack() -> Pack:
    """The pack of the wheel, or one compiled from the sources; kept for the life of the process.

    Raises:
        SerializationError: the wheel's pack is damaged or of another version.
    """
    file = files("elex_browser").joinpath(PACK_PATH)
    if file.is_file():
        return decode_pack(file.read_bytes())
    # Imported here because the wheel never compiles, and the compiler's imports are slow to load.
    from elex_browser.knowledge.compile import compile_pack

    return compile_pack()
