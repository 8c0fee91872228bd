"""Nobody else gets at an open project, whatever this process does with its file besides."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import ProjectError
from core.project import Project, copy_project
from core.project.storage.holding import hold
from core.project.storage.replacing import held
from tests.core.project.conftest import paint, state

ROOT = Path(__file__).resolve().parents[4]

_OTHER = """
import sys
from pathlib import Path
from core.errors import ProjectError
from core.project import Project, copy_project
from core.project.storage import holding
from core.project.storage.replacing import held
holding._TRIES = 1
path = Path(sys.argv[1])

def replace():
    with held(path):
        pass

for attempt in (lambda: Project.open(path), replace, lambda: copy_project(path, path.with_name("copy.roto"))):
    try:
        attempt()
    except ProjectError as error:
        print(error)
    else:
        print("got in")
"""


def test_a_look_into_the_file_lets_no_other_program_in(tracked: Project, path: Path) -> None:
    # as file dialogs do that tell what files are: it takes the process's POSIX locks away
    path.open("rb").close()
    paint(tracked, 4, 1)
    other = subprocess.run([sys.executable, "-c", _OTHER, str(path)], cwd=ROOT, capture_output=True, text=True)
    said = f"{path}: in use by another window or program; close it there first."
    assert other.stdout.splitlines() == [said] * 3, other.stderr
    paint(tracked, 5, 1)
    before = state(tracked)
    tracked.close()
    with Project.open(path) as project:
        assert state(project) == before


def test_it_is_free_again_once_it_is_closed_or_could_not_be_opened(tracked: Project, path: Path) -> None:
    with pytest.raises(ProjectError, match="in use here already"):
        hold(path)
    tracked.close()
    hold(path)()
    with held(path) as let_go:
        let_go()
        hold(path)()
    copy_project(path, path.with_name("copy.roto"))
    path.write_bytes(b"no project" * 100)
    with pytest.raises(ProjectError, match="no Rotoflow project"):
        Project.open(path)
    hold(path)()
