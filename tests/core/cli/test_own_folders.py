"""No writer writes where the program keeps its models, the backups, its settings and itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.cli.targets import check_exports, check_target
from core.errors import OutputError
from core.own_folders import data_folder, network_folders, settings_folder
from tests.core.cli.conftest import RunCommand
from tests.core.cli.test_every_writer import HAVE_NO_OVERWRITE, WRITERS, built, contents, scene

__all__ = ["built", "scene"]

_WRITE_NETWORKS = ("train export", "train-clicks out")
"""The engines look for theirs where the models lie."""


@pytest.fixture
def own(scene: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The program's own folders, with a file in each, but for those of the models and backups, which are not made."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "ROTOFLOW_MODELS", "ROTOFLOW_BACKUPS"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setattr("core.own_folders._ROOT", tmp_path / "program")
    made = [settings_folder(), data_folder(), *(tmp_path / "program" / name for name in ("core", "resources/sample"))]
    for folder in made:
        folder.mkdir(parents=True)
        (folder / "00000.png").write_text("the program's")
    return [*made, tmp_path / "ROTOFLOW_MODELS", tmp_path / "ROTOFLOW_BACKUPS"]


@pytest.mark.parametrize("key", WRITERS)
def test_what_the_program_keeps_is_never_written_to(run: RunCommand, tmp_path: Path, own: list[Path], key: str) -> None:
    (tmp_path / "link").symlink_to(own[0])
    before = contents(tmp_path)
    for writer in WRITERS[key]:
        targets = own[:3] if key in _WRITE_NETWORKS else own
        replace = () if writer.line[0] in HAVE_NO_OVERWRITE else ("--overwrite",)
        for folder in (*targets, tmp_path / "link"):
            for target in (folder / f"00000{writer.ending}",) if writer.ending else (folder, folder / "new"):
                outcome = run(*writer.line, target, *replace)
                shown = f"{' '.join(writer.line)} {target}: {outcome.out}{outcome.err}"
                assert outcome.code == 1, shown
                assert "where the program keeps" in outcome.err, shown
                assert contents(tmp_path) == before, shown


def test_networks_go_where_the_engines_look_and_projects_into_the_data_folder(own: list[Path], tmp_path: Path) -> None:
    for folder in (own[-2], tmp_path / "program/resources/models"):
        check_exports(folder, ["a.onnx"], [], False, network_folders())
        with pytest.raises(OutputError, match="keeps"):
            check_exports(folder, ["a.onnx"], [], False)
    check_target(data_folder() / "projects" / "clip.roto", [], False)


def test_the_samples_masks_are_not_followed_out_of_its_folder(run: RunCommand, scene: Path, tmp_path: Path) -> None:
    """A link in the folder of an earlier run leads to somebody's pictures."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "masks").symlink_to(scene / "sample")
    before = contents(scene)
    outcome = run("sample", "--engine", "fake", "--out", out, "--overwrite")
    assert (outcome.code, contents(scene)) == (1, before), outcome.err
