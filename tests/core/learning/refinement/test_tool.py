"""The tool that trains the network for contours and judges it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from core.vos.edge_network import read_edge_network
from tools.train_refinement import Material, found_masks, judge, learn


def test_it_writes_networks_and_judges_each_by_what_it_has_not_seen(data_root: Path, tmp_path: Path) -> None:
    material = Material(data_root, tmp_path)
    # a validation sequence lies among them, and is not learnt from
    assert material.names == ["boat", "goat"]
    for name in material.names:
        plane = np.zeros((64, 80), np.uint8)
        plane[14:46, 24:50] = 200
        np.savez(tmp_path / "found" / f"{name}.npz", frames=np.array([3]), planes=plane[None])
    by_name, pictures = material.pixels()
    assert [set(pixels.found) for pixels in by_name] == [{False, True}] * 2
    # the moved mask of the first picture, beside two true ones
    assert set(pictures.found) == {False, True}
    for fold, rest in enumerate(([by_name[1], pictures], [by_name[0], pictures])):
        learn(rest, 5, 0, tmp_path / f"fold{fold}.safetensors")
    rows = judge(material, tmp_path, 2, every=3)
    keys = {(row["masks"], row["scale"], row["fold"], row["method"]) for row in rows}
    assert len(rows) == len(keys) == 2 * 2 * 2 * 2
    assert all(0.5 < float(str(row["J"])) <= 1 for row in rows)
    read_edge_network((tmp_path / "fold0.safetensors").read_bytes(), "fold0")


def test_the_engine_s_masks_are_kept(data_root: Path, tmp_path: Path) -> None:
    material = Material(data_root, tmp_path)
    sequence = material.sequence("boat")
    found = found_masks(sequence, tmp_path / "found")
    assert list(found) == [3]
    assert found[3].shape == (64, 80)
    assert found[3][20:44, 30:44].min() > 0.5
    again = found_masks(sequence, tmp_path / "found")
    np.testing.assert_array_equal(again[3], found[3])
