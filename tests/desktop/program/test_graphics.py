"""What the diagnostics say of the graphics card, without loading what would use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.program.graphics import graphics_cards


def tool(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Puts a program called nvidia-smi in place of whatever there is."""
    path = folder / "nvidia-smi"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_nvidias_tool_reports_model_memory_and_driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool(tmp_path, monkeypatch, "echo 'NVIDIA Something 9000, 24576 MiB, 550.1'")
    assert graphics_cards(tmp_path) == ["NVIDIA Something 9000, 24576 MiB, driver 550.1"]


def test_without_the_tool_maker_and_number_are_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name, vendor in (("card0", "0x1002"), ("card1", "0x8086"), ("card2", "0x1234")):
        device = tmp_path / name / "device"
        device.mkdir(parents=True)
        (device / "vendor").write_text(vendor + "\n")
        (device / "device").write_text("0x73bf\n")
    (tmp_path / "card3" / "device").mkdir(parents=True)
    assert graphics_cards(tmp_path) == ["0x1234 0x73bf", "AMD 0x73bf", "Intel 0x73bf"]


def test_a_tool_that_fails_is_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool(tmp_path, monkeypatch, "echo broken; exit 9")
    assert graphics_cards(tmp_path) == []
