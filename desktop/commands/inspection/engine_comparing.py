"""Two engines' results side by side: everything is propagated again by another one, and the wipe shows both."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.canvas.comparing.comparison import Comparing, Comparison
from desktop.commands.handlers import Handlers
from desktop.commands.propagation import PropagationCommands, Reach
from desktop.dialogs.ask import Ask
from desktop.panels.engine_panel import EnginePanel
from desktop.panels.notice_bar import Kind
from desktop.session.session import EditorSession
from desktop.workers.jobs import Jobs


class EngineComparing(QObject):
    """Asks for the other engine; undo restores what the first one found.

    Afterwards it is said which side is whose. Where the other one found nothing, or was stopped before it did, the
    first one stays the engine.
    """

    notice = Signal(str, object)
    offered = Signal(str, object, str, object)
    """A text and its Kind, and what a button next to it says and does."""

    def __init__(
        self,
        session: EditorSession,
        jobs: Jobs,
        engine: EnginePanel,
        comparing: Comparing,
        propagation: PropagationCommands,
        ask: Ask,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._engine, self._comparing = session, jobs, engine, comparing
        self._propagation, self._ask = propagation, ask
        self._waits: tuple[str, str, int | None] | None = None
        """Names of the engines that are compared, and the last step before, while the other one works."""
        jobs.ended.connect(self._show)

    def handlers(self) -> Handlers:
        """The handlers by the action's name."""
        return {"compare_engines": self._start}

    def _start(self) -> None:
        if not any(step.frames > 1 for step in self._session.mask_steps()):
            self.notice.emit(self.tr("Propagate with one engine first; then compare it with another."), Kind.INFO)
            return
        engines = self._engine.engines
        others = [index for index in range(engines.count()) if index != engines.currentIndex()]
        if not others:
            self.notice.emit(self.tr("There is no other engine here."), Kind.INFO)
            return
        titles = [engines.itemText(index) for index in others]
        chosen = self._ask.choice(
            self.tr("Compare engines"),
            self.tr("Follow everything again with another engine, and see both. Undo restores the present masks."),
            titles,
        )
        if chosen is None:
            return
        second = str(engines.itemData(others[chosen]))
        self._waits = self._engine.engine, second, self._session.project.history.last_step
        engines.setCurrentIndex(others[chosen])
        self._propagation.start(Reach.BOTH, redo=True)

    def _show(self) -> None:
        if self._waits is None or self._jobs.busy:
            return
        (first, second, before), self._waits = self._waits, None
        if not self._session.is_open:
            return
        engines, step = self._engine.engines, self._session.project.history.last_step
        if step == before:
            self._choose(first)
            return
        self._comparing.set_way(Comparison.WIPE)
        if step is not None:
            # not with a step that was chosen before
            self._comparing.choose_step(step)
        if not self._propagation.completed:
            # what became of it has been said
            return

        def go_back() -> None:
            history = self._session.project.history if self._session.is_open else None
            if history is not None and history.last_step == step:
                history.undo()
                self._comparing.set_way(None)
            self._choose(first)

        text = self.tr("Left of the line: {first}. Right of it: {second}, which is the engine now.")
        names = {
            "first": engines.itemText(engines.findData(first)),
            "second": engines.itemText(engines.findData(second)),
        }
        offer = self.tr("Back to {engine}").format(engine=names["first"])
        self.offered.emit(text.format(**names), Kind.INFO, offer, go_back)

    def _choose(self, engine: str) -> None:
        # by its name: a model that was fetched meanwhile may have changed the list
        self._engine.engines.setCurrentIndex(max(0, self._engine.engines.findData(engine)))
