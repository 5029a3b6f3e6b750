"""Running programs: words, failures, and build.py's own words on a wrong command line."""

import subprocess
import sys
from pathlib import Path

import pytest

from building.commands import BuildError, run, split
from building.layout import ROOT


def test_texts_are_split_and_paths_are_not() -> None:
    parts = ("cargo build --release", Path("/a folder/x"), "-o", Path("out"))
    assert split(parts) == ["cargo", "build", "--release", "/a folder/x", "-o", "out"]


def test_run_returns_what_the_program_printed() -> None:
    assert run(Path(sys.executable), "-c", Path("print('said', 1 + 1)")) == "said 2\n"


def test_failure_shows_the_last_lines_and_the_command() -> None:
    with pytest.raises(BuildError, match=r"(?s)went wrong.*ended with 3"):
        run(Path(sys.executable), "-c", Path("import sys; print('went wrong'); sys.exit(3)"))


def test_absent_program_is_named() -> None:
    with pytest.raises(BuildError, match="no-such-program was not found"):
        run("no-such-program --version")


@pytest.mark.parametrize("wrong", ["--prot 80", "--port 80000", "--port -1", "--port http"])
def test_wrong_argument_is_refused_with_a_word_about_it(wrong: str) -> None:
    command = [sys.executable, "build.py", "serve", *wrong.split()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert wrong.split()[0] in done.stderr
    assert "Traceback" not in done.stderr
