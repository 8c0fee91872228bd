"""The wheel holds all that the program needs: installed by itself, it does the sample job with its own resources."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_LOOK = """
import core, desktop, resources
from PySide6.QtCore import QCoreApplication
from desktop.settings import languages
print(core.__file__, desktop.__file__, resources.__file__)
application = QCoreApplication([])
languages.use("ko")
print(ascii(application.translate("CoreMessages", "Cancelled.")))
"""


def test_a_wheel_in_an_empty_environment_runs_the_sample(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("core", "desktop", "resources"):
        shutil.copytree(ROOT / name, source / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, source / name)
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", str(tmp_path), str(source)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("rotoflow-*.whl")
    shutil.rmtree(source)

    venv.create(tmp_path / "env", with_pip=False)
    python = tmp_path / "env" / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    # the dependencies are those that the tests run with; the program itself is found in the new environment alone
    (packages,) = (tmp_path / "env" / "lib").glob("python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}

    def run(*line: str) -> str:
        program = str(python.with_name("rotoflow"))
        done = subprocess.run([program, *line], cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    done = subprocess.run([python, "-c", _LOOK], cwd=tmp_path, env=environment, capture_output=True, text=True)
    found, _, cancel = done.stdout.partition("\n")
    assert all(path.startswith(str(packages)) for path in found.split()), done.stdout + done.stderr
    assert cancel.strip() not in ("", "'Cancelled.'"), "texts come translated"
    assert run("--version").startswith("Rotoflow ")
    assert "J&F" in run("sample", "--out", str(tmp_path / "sample"), "--engine", "warping")
    assert "builtin" in run("engines")
