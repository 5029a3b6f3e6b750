"""Runs a study: python3 -m studies NAME [ARGUMENTS], from the project's root after python3 build.py.

Brings the libraries that only studies use; those are no part of the build, nor are the studies.
"""

import argparse
import sys

from building.commands import BuildError
from building.steps import only_one_build
from building.tools import python

STUDIES = {
    "routing.evaluate": "print how well questions find their feature",
    "routing.fit": "fit the numbers of routing and write them into the package",
    "learning.curves": "print, and with --svg draw, how fast agents learn",
    "episodes.effect": "print what rated questions do for later ones",
}


def main() -> int:
    """Bring the libraries and run one study; its arguments are its own."""
    parser = argparse.ArgumentParser(prog="python3 -m studies")
    names = parser.add_subparsers(dest="study", metavar="NAME", required=True)
    for name, does in STUDIES.items():
        names.add_parser(name, help=does, add_help=False)
    options, rest = parser.parse_known_args()
    try:
        with only_one_build():
            for step in python.study_steps():
                step.bring_up_to_date()
    except BuildError as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    return python.in_environment("-m", f"studies.{options.study}", *rest)


if __name__ == "__main__":
    sys.exit(main())
