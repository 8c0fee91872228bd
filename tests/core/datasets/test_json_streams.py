"""Indices are written as they grow."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from core.datasets.json_streams import JsonLists


@pytest.mark.parametrize("count", [0, 1, 3])
@pytest.mark.parametrize("head", [{}, {"info": {"a": "}"}}])
def test_the_index_is_whole_json(tmp_path: Path, count: int, head: dict[str, object]) -> None:
    lists = JsonLists(tmp_path / "deep/index.json", ("images", "others"))
    for number in range(count):
        lists.append("images", {"id": number, "name": "é, ]}"})
    lists.append("others")
    lists.finish(head)
    found = json.loads((tmp_path / "deep/index.json").read_text(encoding="utf-8"))
    assert found == {**head, "images": [{"id": n, "name": "é, ]}"} for n in range(count)], "others": []}
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["index.json"]


def test_memory_does_not_grow_with_the_index(tmp_path: Path) -> None:
    tracemalloc.start()
    try:
        lists = JsonLists(tmp_path / "index.json", ("annotations",))
        for number in range(3000):
            lists.append("annotations", {"id": number, "counts": "x" * 1000})
        lists.finish({"info": {}})
        assert tracemalloc.get_traced_memory()[1] < 2 << 20
    finally:
        tracemalloc.stop()
    assert (tmp_path / "index.json").stat().st_size > 3_000_000
