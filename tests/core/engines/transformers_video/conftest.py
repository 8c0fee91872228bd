"""A tiny SAM 2.1 with random weights in a folder, as it is downloaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.tiny_models import save_tiny


@pytest.fixture(scope="session")
def sam2_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny("sam2_video", tmp_path_factory.mktemp("tiny") / "sam2")
