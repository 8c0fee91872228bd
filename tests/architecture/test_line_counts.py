"""The table of lines that `make test` prints."""

from __future__ import annotations

from pathlib import Path

from coverage import Coverage, CoverageData

from tools.line_counts import CHEAP, ROOT, table


def test_packages_and_their_sum(tmp_path: Path) -> None:
    code = "def one():\n    return 1\n\n\ndef two():\n    return 2\n"
    for name in ("core/masks", "core/media", "desktop/canvas"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "part.py").write_text(code)
    data = CoverageData(str(tmp_path / "lines"))
    data.add_lines({str(tmp_path / "core/masks/part.py"): {1, 2, 5}, str(tmp_path / "core/media/part.py"): {1, 5}})
    data.write()
    found = Coverage(data_file=str(tmp_path / "lines"), config_file=False)
    found.load()

    def rows(packages: tuple[str, ...] | None) -> list[list[str]]:
        return [line.split() for line in table(found, tmp_path, packages)]

    assert rows(None) == [
        ["core/masks", "4", "75.0", "%"],
        ["core/media", "4", "50.0", "%"],
        ["desktop/canvas", "4", "0.0", "%"],
        ["together", "12", "41.7", "%"],
    ]
    assert rows(("masks",)) == [["core/masks", "4", "75.0", "%"], ["together", "4", "75.0", "%"]]


def test_what_is_cheap_to_measure_is_there() -> None:
    assert all((ROOT / "core" / name).is_dir() and (ROOT / "tests/core" / name).is_dir() for name in CHEAP)
