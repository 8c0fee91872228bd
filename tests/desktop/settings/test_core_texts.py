"""What the core says is in the user's language wherever the window shows it."""

from __future__ import annotations

import pickle
import re
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from core.batch.events import ClipEvent, ClipEventKind
from core.datasets.reading.notes import ReadNotes
from core.errors import DatasetError, MaskError, MediaError
from core.jobs import CancelToken
from core.messages import Message, verbatim
from desktop.actions.table import MENUS, SPECS, SUBMENUS
from desktop.batch.model import BatchModel, Column
from desktop.program.reporter import Reporter, describe
from desktop.settings import languages
from desktop.settings.core_texts import core_message, core_notes
from desktop.workers.latest import LatestOnly
from tools.core_messages import core_messages

ROOT = Path(__file__).resolve().parents[3]
NAMES = re.compile(r"/\S+|train|HDR|smpte2084|SIGKILL|'[^']*'")


@pytest.fixture(autouse=True)
def korean(qapp: QCoreApplication) -> Iterator[None]:
    languages.use("ko")
    yield
    languages.use("en")


def is_korean(text: str) -> bool:
    return bool(re.search(r"[가-힣]", text)) and not re.search(r"[A-Za-z]{2}", NAMES.sub("", text))


def test_what_readers_leave_out_is_reported_in_the_language() -> None:
    notes = ReadNotes()
    notes.leave_out("/data", "annotation", Message("its image is not in the index"), Message("annotation {id}", id=3))
    notes.happened("/data", "line", Message("of a class that the index does not name"), "4")
    for number in range(5):
        notes.leave_out("/data", "class", Message("it is empty"), number)
    with notes.leaving_out("clip", "train"):
        raise DatasetError("{root}: there is no such folder.", root="/data/train")
    lines = [core_message(line) for line in notes.lines()]
    assert len(lines) == 4
    assert not [line for line in lines if not is_korean(line)]


def test_notes_of_an_export_are_reported_in_the_language() -> None:
    note = Message("HDR ({hdr}) in 8 bits: the file does not say that it is, so it looks flat", hdr="smpte2084")
    messages = core_notes([note])
    assert messages.startswith("  (") and is_korean(messages)


def test_work_of_which_only_the_newest_counts_states_in_the_language_why_it_failed(qtbot: QtBot) -> None:
    messages: list[str] = []
    latest = LatestOnly()
    latest.failed.connect(messages.append)

    def work(_cancel: CancelToken) -> Generator[object, None, None]:
        yield None
        raise MaskError("There is not one result for each true mask.")

    latest.start(work, lambda _item: None, lambda: None)
    qtbot.waitUntil(lambda: bool(messages))
    latest.shut_down()
    assert is_korean(messages[0])


def test_a_clip_of_a_batch_states_in_the_language_why_it_failed() -> None:
    memory = Message("{signal}, perhaps for want of memory", signal="SIGKILL")
    reason = Message("the worker process ended ({reason})", reason=memory)
    # it comes from another process
    event: ClipEvent = pickle.loads(pickle.dumps(ClipEvent("train", ClipEventKind.FAILED, text=reason)))
    model = BatchModel()
    model.set_clips(["train"])
    model.update(event)
    assert is_korean(str(model.index(0, Column.STATE).data()))


def test_what_nobody_caught_is_reported_in_the_language(tmp_path: Path) -> None:
    messages: list[str] = []
    reporter = Reporter()
    reporter.failed.connect(messages.append)
    error = MediaError("{path}: the clip was closed.", path=tmp_path / "a.mp4")
    reporter.report(MediaError, error, None)
    assert messages == [describe(error)]
    assert is_korean(messages[0]) and str(tmp_path) in messages[0]


def test_what_the_system_states_stays_as_it_is() -> None:
    assert core_message(verbatim("No space left on device")) == "No space left on device"


def test_menus_that_messages_name_are_there() -> None:
    """A message of the core says where something is in the window: `Help > Models`."""
    known = {
        (_plain(title), _plain(spec.text))
        for title, names in MENUS
        for name in _within(names)
        for spec in SPECS
        if spec.name == name
    }
    named = {
        (menu, entry)
        for text in core_messages(ROOT / "core")
        for menu, entry in re.findall(r"\b([A-Z]\w+) > ([A-Z]\w+)", text)
    }
    assert ("Help", "Models") in named
    assert named <= known


def _plain(title: str) -> str:
    return title.replace("&", "").removesuffix("…")


def _within(names: Iterable[str]) -> Iterator[str]:
    """The names of a menu's entries, and of those of its submenus."""
    for name in names:
        yield from _within(SUBMENUS[name][1]) if name in SUBMENUS else (name,)
