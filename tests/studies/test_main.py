"""python3 -m studies: every study that it names is there, and a wrong name is refused with the right ones."""

import subprocess
import sys
from importlib.util import find_spec

from building.layout import ROOT
from studies.__main__ import STUDIES


def test_every_named_study_is_a_module() -> None:
    assert [name for name in STUDIES if find_spec(f"studies.{name}") is None] == []


def test_wrong_name_is_refused_with_those_that_exist() -> None:
    command = [sys.executable, "-m", "studies", "routing.guess"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert all(name in done.stderr for name in STUDIES)
