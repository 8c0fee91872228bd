"""Datasets in further ways of other programs come in right, or are refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.dataset_kinds import Kind
from benchmarks.dataset_kinds_foreign import KINDS
from benchmarks.interop_datasets import judge


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.layout}, {kind.title}")
def test_it_comes_in_right(kind: Kind, tmp_path: Path) -> None:
    kind.make(tmp_path)
    assert judge(kind, tmp_path) == ""
