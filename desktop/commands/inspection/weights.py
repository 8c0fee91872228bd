"""How much the references of a propagation count."""

from __future__ import annotations

from desktop.panels.engine_panel import EnginePanel
from desktop.session.session import EditorSession


def reference_weights(session: EditorSession) -> dict[int, float]:
    """The weights of frames that do not count in full, as the open project keeps them; empty without a project."""
    from core.vos.targets.reference_weights import REFERENCE_WEIGHTS, read_reference_weights

    return read_reference_weights(session.project.settings.get(REFERENCE_WEIGHTS)) if session.is_open else {}


_READS_MEMORY = "builtin"
"""The engine that reads a memory whose references can count less."""


def reads_weights(panel: EnginePanel) -> bool:
    """Whether the chosen engine is one whose references can count less."""
    return panel.engine == _READS_MEMORY


def use_weights(panel: EnginePanel, session: EditorSession) -> dict[str, object]:
    """The engine's options, with the weights of references where the engine reads them."""
    from core.vos.targets.reference_weights import REFERENCE_WEIGHTS

    weights = reference_weights(session) if reads_weights(panel) else {}
    return {**panel.options, REFERENCE_WEIGHTS: weights} if weights else dict(panel.options)
