"""Small JSON files of models: whatever they hold, they are read, or refused in one way."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from core.engines.models.store import find_installed, installed, remove
from core.engines.transformers_video.kinds import KINDS, normalisation, read_config
from core.errors import EngineError
from core.explain.tags import load_tags
from core.own_folders import MODELS_VARIABLE
from core.pretrained import read_json

NESTED = "[" * 100_000


@pytest.mark.parametrize("text", [NESTED, '{"a":' * 100_000, "9" * 5000, "", "\xff", '"' + " " * (33 << 20) + '"'])
def test_harmful_texts_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.json"
    path.write_text(text, "latin-1")
    with pytest.raises(ValueError):
        read_json(path)


def test_pipes_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "config.json")
    with pytest.raises(ValueError):
        read_json(tmp_path / "config.json")
    with pytest.raises(EngineError):
        read_config(tmp_path)


def test_a_harmful_model_does_not_hide_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path / "models"))
    for name, text in (("bad", NESTED), ("good", "{}")):
        (tmp_path / "models" / name).mkdir(parents=True)
        (tmp_path / "models" / name / "config.json").write_text(text)
    os.mkfifo(tmp_path / "models" / "bad" / "rotoflow.json")
    assert [one.name for one in installed()] == ["good"]
    assert find_installed("bad") is None


def test_only_models_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path / "models"))
    (tmp_path / "models").mkdir()
    (tmp_path / "mine.begun").mkdir()
    with pytest.raises(EngineError):
        remove("/../../mine")
    assert (tmp_path / "mine.begun").is_dir()


def test_settings_of_another_shape_leave_the_usual_colours(tmp_path: Path) -> None:
    (tmp_path / "preprocessor_config.json").write_text("[1]")
    kind = next(iter(KINDS.values()))
    assert normalisation(tmp_path, kind) == (kind.mean, kind.std)


@pytest.mark.parametrize("text", [NESTED, '{"a": [[1e999]], "b": [{}]}', "[]", '{"a": 3}'])
def test_damaged_examples_are_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "tags.json").write_text(text)
    load_tags(tmp_path / "tags.json")


def test_weights_that_unpack_to_more_than_they_are_stay_packed(tmp_path: Path) -> None:
    from core.engines.detectors.weights import read_state

    with zipfile.ZipFile(tmp_path / "bomb.pth", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("archive/data.pkl", b"\0" * (8 << 20))
    with pytest.raises(EngineError, match="damaged"):
        read_state(tmp_path / "bomb.pth")
