"""A step runs exactly when its inputs changed or its outputs were touched."""

from pathlib import Path

import pytest

from building import steps
from building.steps import Step, content_key


@pytest.fixture(autouse=True)
def own_stamps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "STAMPS", tmp_path / "stamps")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.txt"
    path.write_text("one")
    return path


@pytest.fixture
def step(tmp_path: Path, source: Path) -> Step:
    """Copies the source into a folder."""
    target = tmp_path / "made"

    def make() -> None:
        target.mkdir(exist_ok=True)
        (target / "copy.txt").write_text(source.read_text())

    return Step("copy", "Copy", lambda: [source, "version 1"], (target,), make)


def test_step_runs_once(step: Step) -> None:
    assert step.bring_up_to_date()
    assert not step.bring_up_to_date()


def test_step_prints_one_line_with_its_time(step: Step, capsys: pytest.CaptureFixture[str]) -> None:
    step.bring_up_to_date()
    assert capsys.readouterr().out == "Copy … 0.0 s\n"


def test_step_runs_again_after_a_changed_input(step: Step, source: Path) -> None:
    step.bring_up_to_date()
    source.write_text("two")
    assert step.bring_up_to_date()


def test_input_with_a_new_date_alone_changes_nothing(step: Step, source: Path) -> None:
    step.bring_up_to_date()
    source.write_text("one")
    assert not step.bring_up_to_date()


def test_step_runs_again_after_an_output_was_edited(step: Step, tmp_path: Path) -> None:
    step.bring_up_to_date()
    (tmp_path / "made" / "copy.txt").write_text("edited")
    assert step.bring_up_to_date()
    assert (tmp_path / "made" / "copy.txt").read_text() == "one"


def test_step_runs_again_after_an_output_was_removed(step: Step, tmp_path: Path) -> None:
    step.bring_up_to_date()
    (tmp_path / "made" / "copy.txt").unlink()
    assert step.bring_up_to_date()


def test_step_that_failed_runs_again(step: Step) -> None:
    def fail() -> None:
        raise OSError("disk full")

    broken = Step(step.name, step.says, step.inputs, step.outputs, fail)
    step.bring_up_to_date()
    step.outputs[0].joinpath("copy.txt").unlink()
    with pytest.raises(OSError, match="disk full"):
        broken.bring_up_to_date()
    assert step.bring_up_to_date()


def test_damaged_stamp_counts_as_none(step: Step, tmp_path: Path) -> None:
    step.bring_up_to_date()
    (tmp_path / "stamps" / "copy.json").write_text("{")
    assert step.bring_up_to_date()


def test_key_tells_name_content_and_absence_apart(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("same")
    two.write_text("same")
    keys = {
        content_key(inputs) for inputs in ([one], [two], [tmp_path / "three"], [one, two], ["same"])
    }
    assert len(keys) == 5
