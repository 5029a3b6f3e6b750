"""A step runs when the content of its inputs changed, or when somebody touched what it made.

The stamp of a step holds the hash of its inputs and, cheaper to compare, size and time of its outputs.
"""

import contextlib
import fcntl
import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from building.layout import CACHE, ROOT, files_below

STAMPS = CACHE / "stamps"


@dataclass(frozen=True)
class Step:
    """One product.

    Attributes:
        name: of the stamp file.
        says: what the step does, for the line that it prints.
        inputs: the files, and the texts such as versions, that decide what comes out.
        outputs: the files or folders that it makes.
        run: makes them.
    """

    name: str
    says: str
    inputs: Callable[[], Iterable[Path | str]]
    outputs: tuple[Path, ...]
    run: Callable[[], object]

    def bring_up_to_date(self) -> bool:
        """Run if needed, print one line if so, and return whether it ran."""
        key = content_key(self.inputs())
        stamp = STAMPS / f"{self.name}.json"
        if _read(stamp) == {"inputs": key, "outputs": _state(self.outputs)}:
            return False
        stamp.unlink(missing_ok=True)  # a step that is broken off starts anew
        print(f"{self.says} … ", end="", flush=True)
        begin = time.perf_counter()
        self.run()
        print(f"{time.perf_counter() - begin:.1f} s", flush=True)
        STAMPS.mkdir(parents=True, exist_ok=True)
        stamp.write_text(json.dumps({"inputs": key, "outputs": _state(self.outputs)}))
        return True


@contextlib.contextmanager
def only_one_build() -> Iterator[None]:
    """Let a second build of the same cache wait for the first."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another build …", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def content_key(inputs: Iterable[Path | str]) -> str:
    """Return one hash over texts and over names and contents of files; a missing file counts as such."""
    total = hashlib.sha256()
    for item in inputs:
        if isinstance(item, str):
            total.update(b"text\0" + item.encode() + b"\0")
            continue
        content = hashlib.sha256(item.read_bytes()).hexdigest() if item.is_file() else "absent"
        total.update(f"file\0{_name(item)}\0{content}\0".encode())
    return total.hexdigest()


def _name(path: Path) -> str:
    """Return a name that stays when the project, with its cache, is moved."""
    for root in (CACHE, ROOT):
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return path.as_posix()


def _state(outputs: Iterable[Path]) -> str:
    """Return a text that changes when an output is changed, removed or added to."""
    total = hashlib.sha256()
    for output in outputs:
        for path in files_below(output) if output.is_dir() else [output]:
            if path.is_file():
                stat = path.stat()
                total.update(f"{_name(path)}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
            else:
                total.update(f"{_name(path)}\0absent\0".encode())
    return total.hexdigest()


def _read(stamp: Path) -> object:
    try:
        return json.loads(stamp.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return None
