"""Menu entry, icon and file type on a Linux desktop: written, found by the desktop's own rules, and removed again."""

from __future__ import annotations

import configparser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from core.cli import main


@pytest.fixture
def data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("sys.platform", "linux")
    return tmp_path / "data"


def test_entry_icon_and_type_are_installed_and_removed(data_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = data_home / "applications" / "other.desktop"
    kept.parent.mkdir(parents=True)
    kept.write_text("[Desktop Entry]\n")
    assert main(["install-desktop"]) == 0
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(data_home / "applications" / "rotoflow.desktop")
    entry = parser["Desktop Entry"]
    assert entry["Type"] == "Application" and entry["Exec"].endswith(" %f")
    assert "application/x-rotoflow" in entry["MimeType"].split(";")
    assert (data_home / "icons/hicolor/scalable/apps" / f"{entry['Icon']}.svg").read_bytes().lstrip().startswith(b"<")
    mime = ElementTree.parse(data_home / "mime/packages/rotoflow.xml").getroot()
    globs = [found.get("pattern") for found in mime.iter("{http://www.freedesktop.org/standards/shared-mime-info}glob")]
    assert globs == ["*.roto"]
    assert main(["uninstall-desktop"]) == 0
    files = [path for path in data_home.rglob("*") if path.is_file() and "rotoflow" in path.name]
    assert not files and kept.exists()
    capsys.readouterr()
    assert main(["uninstall-desktop"]) == 0
    assert capsys.readouterr().out == "There was nothing to remove.\n"


def test_other_systems_are_reported(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert main(["install-desktop"]) == 1
    assert "Linux" in capsys.readouterr().err


def test_version_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("Rotoflow ")
