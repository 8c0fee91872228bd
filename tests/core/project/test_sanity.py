"""Files that are damaged or made to do harm are refused with one sentence, at once."""

from __future__ import annotations

import sqlite3
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from core.errors import MaskError, ProjectFormatError, RotoflowError
from core.project import Project, copy_project, recorded_clips
from core.project.repair import is_sound
from tests.core.project.conftest import FRAMES, paint, state

_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


@pytest.fixture
def spoil(tracked: Project, path: Path) -> Callable[[str], Path]:
    """Runs SQL on the file of a project with masks and history."""
    paint(tracked, 3, 1)
    tracked.markers.set(2, "here")
    tracked.history.undo()
    tracked.close()

    def run(script: str) -> Path:
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(script)
        return path

    return run


@pytest.mark.parametrize(
    "script",
    [
        f"DROP TABLE project; CREATE VIEW project AS {_ENDLESS}",
        f"DROP TABLE setting; CREATE VIEW setting AS {_ENDLESS}",
        f"CREATE VIEW other AS {_ENDLESS}",
        f"CREATE TRIGGER harm AFTER INSERT ON blob BEGIN DELETE FROM setting WHERE key = ({_ENDLESS}); END",
        "DROP TABLE track; CREATE TABLE track (object_id INTEGER PRIMARY KEY, payload)",
        "CREATE INDEX strange ON state (object_id || confidence)",
    ],
)
def test_tables_that_are_not_ours(spoil: Callable[[str], Path], script: str, tmp_path: Path) -> None:
    path = spoil(script)
    with pytest.raises(ProjectFormatError, match="is not ours"):
        Project.open(path)
    with pytest.raises(ProjectFormatError, match="is not ours"):
        copy_project(path, tmp_path / "copy.roto")
    assert recorded_clips(path) == ()


@pytest.mark.parametrize(
    "script",
    [
        "DROP TABLE marker",
        "DELETE FROM project",
        "UPDATE project SET frame_count = 1000000000000",
        "UPDATE project SET frame_count = 'many'",
        "UPDATE project SET width = 0",
        "UPDATE project SET video_path = zeroblob(70000)",
        "UPDATE project SET video_relative = zeroblob(70000)",
        "UPDATE project SET height = 1e300",
        "INSERT INTO used_id VALUES (256)",
        "INSERT INTO track VALUES (-1, '{}')",
        "UPDATE state SET frame_index = 99999 WHERE frame_index = 5",
        "UPDATE state SET frame_index = 'a' WHERE frame_index = 5",
        "UPDATE state SET origin = 77 WHERE frame_index = 5",
        "UPDATE state SET confidence = 9e999",
        "UPDATE state SET confidence = 'sure'",
        "UPDATE frame SET blob_id = x'00' WHERE frame_index = 5",
        "UPDATE frame SET frame_index = -1 WHERE frame_index = 5",
        "UPDATE step SET text = x'ff'",
        "UPDATE step_frame SET frame_index = 99999 WHERE frame_index = 5",
        "UPDATE step_state SET origin = NULL WHERE 0; UPDATE step_state SET origin = 9 WHERE frame_index = 5",
        "UPDATE marker SET name = 7.5; INSERT INTO marker VALUES (3, x'00')",
        "UPDATE measure SET area = 'large'",
        'UPDATE track SET payload = \'{"name": 5, "colour": [1, 2, 3]}\'',
        'UPDATE track SET payload = \'{"name": "a", "colour": [1, 2]}\'',
        'UPDATE track SET payload = \'{"name": "a", "colour": [1, 2, 1e9]}\'',
        'UPDATE track SET payload = \'{"name": "a", "colour": [1, 2, 3], "locked": "no"}\'',
        "UPDATE track SET payload = '[]'",
        "UPDATE track SET payload = ''",
        "UPDATE track SET payload = '" + "[" * 100_000 + "'",
        "UPDATE track SET payload = '{\"merged_into\": 1}'",
        "UPDATE track SET payload = '{\"merged_into\": 2}' WHERE object_id = 1;"
        " UPDATE track SET payload = '{\"merged_into\": 1}' WHERE object_id = 2",
    ],
)
def test_impossible_values(spoil: Callable[[str], Path], script: str) -> None:
    path = spoil(script)
    with pytest.raises(ProjectFormatError, match=r"clip\.roto: damaged"):
        Project.open(path)


def test_a_mask_far_longer_than_any_is_not_read(spoil: Callable[[str], Path]) -> None:
    with Project.open(
        spoil(
            "UPDATE blob SET data = zeroblob(5000000) WHERE blob_id = (SELECT blob_id FROM frame WHERE frame_index = 5)"
        )
    ) as project:
        tracemalloc.start()
        with pytest.raises(MaskError, match="A stored mask is damaged"):
            project.labels(5)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 1_000_000


def test_a_step_that_makes_no_sense_changes_nothing(spoil: Callable[[str], Path]) -> None:
    path = spoil(
        "INSERT INTO step (step_id, text) VALUES (500, 'harm');"
        "INSERT INTO step_track VALUES (500, 1, '{\"merged_into\": 2}'), (500, 2, '{\"merged_into\": 1}')"
    )
    with Project.open(path) as project:
        before = state(project)
        with pytest.raises(ProjectFormatError, match="merged in a ring"):
            project.history.undo()
        assert state(project) == before


def test_what_a_newer_version_states_of_an_object_is_kept(spoil: Callable[[str], Path]) -> None:
    path = spoil("UPDATE track SET payload = json_set(payload, '$.glow', 3) WHERE object_id = 1")
    with Project.open(path) as project:
        track = project.objects.get(1)
        project.objects.update(track)
        project.objects.remove(1)
        project.history.undo()
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT json_extract(payload, '$.glow') FROM track WHERE object_id = 1").fetchone()
    assert found == (3,)


def test_a_damaged_setting_is_as_good_as_none(spoil: Callable[[str], Path]) -> None:
    with Project.open(spoil("INSERT INTO setting VALUES ('view', '{half')")) as project:
        assert project.settings.get("view", 7) == 7


@pytest.mark.parametrize("seed", range(60))
def test_flipped_and_cut_files_give_an_error_or_a_project(tracked: Project, path: Path, seed: int) -> None:
    tracked.close()
    rng = np.random.default_rng(seed)
    data = bytearray(path.read_bytes())
    if seed % 6 == 0:
        del data[int(rng.integers(1, len(data))) :]
    for position in rng.integers(0, len(data), int(rng.integers(1, 60))):
        data[position] ^= 1 << int(rng.integers(8))
    path.write_bytes(data)
    try:
        with Project.open(path) as project:
            use(project)
    except RotoflowError as error:
        assert "clip.roto" in str(error) or "frame" in str(error)


def use(project: Project) -> None:
    """Looks at everything, and changes something."""
    for frame_index in range(min(project.frame_count, FRAMES)):
        try:
            project.labels(frame_index)
        except RotoflowError:
            continue
    state_of = (
        project.objects.all,
        project.markers.all,
        project.anchor_frames(),
        project.video,
        project.history.undo_text,
    )
    assert state_of is not None
    for track in project.objects.all:
        project.measure_lane(track.object_id)
    project.markers.set(1, "new")
    project.history.undo()
    project.history.undo()
    project.history.redo()


def test_a_small_file_that_claims_lanes_of_gigabytes_is_refused(tracked: Project, path: Path) -> None:
    tracked.close()
    change = "UPDATE project SET frame_count = {}"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(change.format(10_000_000))
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < 40)"
            " INSERT INTO state SELECT i, 0, 1, NULL FROM n"
        )
    with pytest.raises(ProjectFormatError, match="'project' holds impossible values"):
        Project.open(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM state WHERE object_id > 2")
    with Project.open(path) as project:
        # an object of which nothing is known takes no memory
        assert project.frame_count == 10_000_000
    assert is_sound(path), "looks at what is stored, not at every frame"
