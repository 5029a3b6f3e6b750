"""From sources to dist/ with one command: python3 build.py [serve | test | bench | …], --help names all.

Standard library only. Each step lives in building/, prints one line when it runs, and runs only when
its inputs changed. What is downloaded is pinned by hash and lies in .cache/, or where ELEX_CACHE says.
"""

import argparse
import contextlib
import sys
import time
from collections.abc import Callable, Iterator

from building import layout
from building.commands import BuildError
from building.out import package
from building.out.serving import Server
from building.parts import kernels, pyodide, wasm_wheels, wheel
from building.parts import site as dist_site
from building.parts.embedding import table as embedding
from building.steps import Step, only_one_build
from building.tools import doctor, node, python, rust
from building.tools.system import chromium, need

DEFAULT_PORT = 8314
# A process per core takes file after file, in the order that tests/conftest.py gives them.
ON_ALL_CORES = "-n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder".split()


def main() -> int:
    """Carry out the command of the command line and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    serving = commands.add_parser("serve", help="build, then serve dist/ on this machine")
    serving.add_argument(
        "--port", type=port, default=DEFAULT_PORT, help="default %(default)s; 0 takes a free one"
    )
    commands.add_parser(
        "test", help="build, then run every test; arguments go to pytest", add_help=False
    )
    commands.add_parser("bench", help="build, then run the benchmarks", add_help=False)
    commands.add_parser(
        "evaluate", help="build, then print the answer-quality table", add_help=False
    )
    commands.add_parser(
        "package", help="build, then write wheel, npm tarball, zip of dist/ and elex-offline.html"
    )
    commands.add_parser("doctor", help="say what is here, what is missing and what brings it")
    options, rest = parser.parse_known_args()
    if rest and options.command not in ("test", "bench", "evaluate"):
        parser.error(f"unknown arguments: {' '.join(rest)}")
    actions: dict[str | None, Callable[[], int]] = {
        None: build,
        "serve": lambda: serve(options.port),
        "test": lambda: test(rest),
        "bench": lambda: bench(rest),
        "evaluate": lambda: evaluate(rest),
        "package": write_packages,
        "doctor": doctor.report,
    }
    try:
        return actions[options.command]()
    except BuildError as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print()
        return 130


def port(text: str) -> int:
    """Return a port number, for argparse."""
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: give a number from 0 to 65535")
    return int(text)


def steps() -> Iterator[Step]:
    """Yield the steps in their order; each may read what the ones before it made."""
    yield from python.steps()
    yield from node.steps()
    yield from rust.steps()
    yield from kernels.steps()
    yield from wasm_wheels.steps()
    yield from embedding.steps()
    yield from pyodide.steps()
    yield from wheel.steps()
    yield from dist_site.steps()


def build() -> int:
    """Bring dist/ up to date."""
    begin = time.perf_counter()
    need("node", "nodejs")
    with only_one_build():
        ran = sum(step.bring_up_to_date() for step in steps())
    what = f"{ran} steps" if ran else "nothing to do"
    print(f"dist/ is up to date: {what}, {time.perf_counter() - begin:.1f} s", flush=True)
    return 0


def serve(at_port: int) -> int:
    """Build, and serve until interrupted."""
    build()
    with Server(layout.DIST, at_port) as server:
        print(f"ELEX Browser runs at {server.url} (Ctrl-C ends it)", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            server.wait()
    print("Stopped.")
    return 0


def test(arguments: list[str]) -> int:
    """Build, and run pytest with these arguments; where they name a file, in one process."""
    build()
    rust.need_components()
    chromium()
    names_a_file = any(".py" in argument for argument in arguments)
    return python.in_environment(
        "-m", "pytest", *([] if names_a_file else ON_ALL_CORES), *arguments
    )


def bench(arguments: list[str]) -> int:
    """Build, and run the benchmarks with these arguments."""
    build()
    chromium()
    return python.in_environment("-m", "tests.bench", *arguments)


def evaluate(arguments: list[str]) -> int:
    """Build, and print how well questions are routed, or with --learning how fast agents learn."""
    build()
    if "--learning" in arguments:
        rest = [argument for argument in arguments if argument != "--learning"]
        return python.in_environment("-m", "studies.learning.curves", *rest)
    return python.in_environment("-m", "studies.routing.evaluate", *arguments)


def write_packages() -> int:
    """Build, bring packages/ up to date, and say what lies there."""
    build()
    with only_one_build():
        for step in package.steps():
            step.bring_up_to_date()
    package.report()
    return 0


if __name__ == "__main__":
    sys.exit(main())
