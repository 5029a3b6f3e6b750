"""Inside Pyodide: run pytest with `arguments` and leave what happened as JSON, the last expression."""

import contextlib
import io
import json
import os

import pytest

os.chdir("/suite")


class Recorder:
    """A pytest plugin that counts passes and keeps failures, by test file."""

    def __init__(self) -> None:
        self.files: dict[str, dict[str, object]] = {}

    def pytest_configure(self) -> None:
        """Ask properties fewer examples than CPython does: here they are slower. CI draws no new ones."""
        from hypothesis import settings  # not above: pytest wants to be the first to import it

        options = {"print_blob": True, "deadline": None, "database": None, "max_examples": 25}
        is_ci = bool(os.environ.get("CI"))
        settings.register_profile("pyodide", **options, derandomize=is_ci)
        settings.load_profile("pyodide")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.failed:
            self.note(report.nodeid, report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.note(report.nodeid, report)

    def note(self, node: str, report: pytest.TestReport | pytest.CollectReport) -> None:
        file = self.files.setdefault(node.split("::")[0], {"passed": 0, "failures": []})
        if report.failed:
            file["failures"].append(f"{node}\n{report.longreprtext}")
        else:
            file["passed"] += report.passed


# The watchdog that pyproject.toml asks for is a thread, and there are none here.
OPTIONS = ["-q", "--durations=5", "-o", "faulthandler_timeout=0"]

recorder = Recorder()
output = io.StringIO()
with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
    code = int(pytest.main([*arguments, *OPTIONS], plugins=[recorder]))  # noqa: F821 - set by runner.js
json.dumps({"code": code, "files": recorder.files, "output": output.getvalue()})
