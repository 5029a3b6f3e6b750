"""Running other programs: quiet when they succeed, everything they said when they fail."""

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from building.layout import CACHE, ROOT

# The download caches of pip and npm join ours; cargo's stays in its home, where mirrors are configured.
CACHES = {"PIP_CACHE_DIR": str(CACHE / "pip"), "npm_config_cache": str(CACHE / "npm-downloads")}


class BuildError(Exception):
    """A step that cannot go on; the message says what to do."""


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment for a child process: ours, our caches, and `extra`."""
    return {**os.environ, **CACHES, **(extra or {})}


def split(parts: Iterable[str | Path]) -> list[str]:
    """Return the words of a command line."""
    words: list[str] = []
    for part in parts:
        words.extend([str(part)] if isinstance(part, Path) else part.split())
    return words


def run(*parts: str | Path, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> str:
    """Run a program to its end and return what it printed.

    A text is split at its blanks, a path is one word whatever it contains.

    Raises:
        BuildError: it is not there, or it failed; the message holds its last lines.
    """
    words = split(parts)
    try:
        done = subprocess.run(
            words,
            cwd=cwd,
            env=environment(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except FileNotFoundError as exc:
        raise BuildError(
            f"{words[0]} was not found. `python3 build.py doctor` says what is missing."
        ) from exc
    if done.returncode != 0:
        last_lines = "\n".join(done.stdout.splitlines()[-60:])
        raise BuildError(f"{last_lines}\n`{' '.join(words)}` ended with {done.returncode}.")
    return done.stdout
