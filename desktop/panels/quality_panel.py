"""Quality: what stands out in the masks, each a click away from its frame."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

from core.quality.findings import Fault, Finding
from core.types import ObjectTrack
from desktop.actions.actions import Actions
from desktop.panels.list_panel import ListPanel
from desktop.panels.objects_model import swatch
from desktop.session.session import EditorSession
from desktop.settings.core_texts import shown_name
from desktop.settings.counts import counted, two_digits
from desktop.theme import theme
from desktop.timeline.finding_marks import FindingMark
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.finding_filter import FindingFilter
from desktop.widgets.score_curve import ScoreCurve, Scores

_REFRESH_MS = 200
_LEAST_LIST = 30

MaskState = tuple[tuple[int, bytes], ...]
"""Measures on all frames by object id."""


class QualityPanel(ListPanel):
    """The findings of the last check, those of the highest cost first.

    They stay until the next check, and the panel shows when masks changed since.
    """

    listed = Signal(object)
    """The findings as FindingMarks, for the timeline."""

    def __init__(self, session: EditorSession, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self._idle_hint = self.tr(
            "Looks for swapped ids, missing masks, jumps of area and position, holes and specks on all frames."
        )
        self.set_up(self.list, self.tr("What stands out in the masks"), self._idle_hint, _REFRESH_MS)
        self._session = session
        self._found: Sequence[Finding] = ()
        self._findings: Sequence[Finding] = ()
        self._checked = 0
        self._scores: Scores = {}
        self._state: MaskState = ()
        self._tracks: tuple[ObjectTrack, ...] = ()
        self.note = ElidedLabel()
        self.note.setProperty("dim", True)
        row = QHBoxLayout()
        row.setContentsMargins(theme.MARGIN, theme.SPACING, theme.MARGIN, 0)
        for name, text in (
            ("check_masks", self.tr("Check")),
            ("fix_masks", self.tr("Fix…")),
            ("compare_masks", self.tr("Compare…")),
        ):
            # there is no room for what the menu calls it
            actions[name].setIconText(text)
            button = QToolButton()
            button.setDefaultAction(actions[name])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            row.addWidget(button)
        row.addWidget(self.note, 1)
        self.curve = ScoreCurve()
        self.curve.hide()
        self.curve.frame_chosen.connect(session.go_to)
        session.frame_changed.connect(self.curve.set_current)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertLayout(0, row)
        layout.insertWidget(1, self.curve)
        self.filter = FindingFilter()
        self.filter.hide()
        self.filter.changed.connect(self._filter)
        layout.insertWidget(2, self.filter)
        # a row is enough where room is short: the curve must not make the window grow
        self.list.setMinimumHeight(_LEAST_LIST)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._go)
        self.list.itemActivated.connect(self._go)
        session.frames_changed.connect(self.fill_soon)
        session.tracks_changed.connect(self.fill_soon)
        session.project_changed.connect(self.clear)

    @property
    def findings(self) -> Sequence[Finding]:
        """What is listed, in this order."""
        return self._findings

    def mask_state(self) -> MaskState:
        """What identifies the masks there are now: how large each object is on each frame, and where."""
        session = self._session
        return tuple(
            (track.object_id, session.project.measure_lane(track.object_id).tobytes()) for track in session.tracks
        )

    def show_findings(
        self, findings: Sequence[Finding], frames: int, state: MaskState, scores: Scores | None = None
    ) -> None:
        """Lists the findings of a check of `frames` frames; `state` is that of the masks which were checked.

        `scores` are J&F where the masks were compared with true ones.
        """
        self._found, self._checked, self._state = tuple(findings), frames, state
        self.filter.setVisible(bool(self._found))
        self._scores = scores or {}
        self.curve.setVisible(bool(self._scores))
        self._filter()

    def clear(self) -> None:
        """Forgets the last check: another clip is open."""
        self.show_findings((), 0, ())

    def fill(self) -> None:
        """Follows the objects' names and colours, and says whether the masks are still those that were checked."""
        self._refresh.stop()
        if self._session.tracks != self._tracks:
            self._fill_list()
        if not self._checked:
            text = ""
        elif self.mask_state() != self._state:
            text = self.tr("Masks have changed")
        else:
            text = counted(self._checked, self.tr("{count} on 1 frame"), self.tr("{count} on {frames} frames"))
            if len(self._findings) < len(self._found):
                some = self.tr("{count} of {all} on {frames} frames")
                text = counted(self._checked, self.tr("{count} of {all} on 1 frame"), some)
            text = text.format(count=len(self._findings), all=len(self._found), frames=self._checked)
            if self._scores:
                means = [sum(lane.values()) / len(lane) for lane in self._scores.values() if lane]
                text = f"J&F {sum(means) / len(means):.3f}  ·  {text}"
        self.note.setText(text)
        hidden = self.tr("Nothing of that kind, object and cost stands out.") if self._found else ""
        self.hint.setText((hidden or self.tr("Nothing stands out.")) if self._checked else self._idle_hint)
        self.show_hint(not self._findings)

    def _filter(self) -> None:
        self._fill_list()
        self.fill()

    def _fill_list(self) -> None:
        self._tracks = self._session.tracks
        self.filter.show_objects(self._tracks)
        self._findings = tuple(one for one in self._found if self.filter.accepts(one))
        colours = {track.object_id: track.colour for track in self._tracks}
        self.curve.show_scores(self._scores, colours, self._session.frame_count)
        row = self.list.currentRow()
        self.list.clear()
        for finding in self._findings:
            self.list.addItem(self._item(finding))
        self.list.setCurrentRow(row)
        marks = [
            FindingMark(one.object_id, one.frame_index, one.first, one.last, self._what(one))
            for one in self._findings
            if one.fault is not Fault.MISSING
        ]
        self.listed.emit(marks)

    def _item(self, finding: Finding) -> QListWidgetItem:
        track = self._session.track(finding.object_id)
        text = self.tr("Frame {frame}  ·  {name}  ·  {what}").format(
            frame=finding.frame_index, name=self._name(finding.object_id), what=self._what(finding)
        )
        item = QListWidgetItem(swatch(track.colour if track else (120, 120, 120)), text)
        item.setToolTip(
            text + "\n" + self.tr("Likely wrong: about {masks} masks").format(masks=two_digits(finding.cost))
        )
        return item

    def _what(self, finding: Finding) -> str:
        """The finding in a few words."""
        value = finding.value
        several = f"  {finding.first} – {finding.last}" if finding.last > finding.first else ""
        match finding.fault:
            case Fault.SWAP:
                return self.tr("was {other}").format(other=self._name(finding.other_id or 0))
            case Fault.EMPTY:
                return self.tr("no mask") + several
            case Fault.MISSING:
                return self.tr("no mask on any frame")
            case Fault.AREA:
                return self.tr("area {percent}").format(percent=f"{round(100 * value)} %")
            case Fault.POSITION:
                return self.tr("jumps by {sizes} of its size").format(sizes=f"{value:.1f}")
            case Fault.HOLES:
                return self.tr("holes") + several
            case Fault.SPECKS:
                return self.tr("specks") + several
            case Fault.POOR:
                return f"J&F {value:.2f}"

    def _name(self, object_id: int) -> str:
        track = self._session.track(object_id)
        return shown_name(track) if track else str(object_id)

    def _go(self, item: QListWidgetItem) -> None:
        self.go(self.list.row(item))

    def go(self, row: int) -> None:
        """Goes to the frame and the object of a row."""
        if 0 <= row < len(self._findings):
            finding = self._findings[row]
            self._session.go_to(finding.frame_index)
            self._session.choose_object(finding.object_id)
