"""Training a target network for a clip, from start to verdict: kept only if the clip is followed better with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing

from core.engines.builtin import BuiltinEngine
from core.engines.registry import load
from core.engines.target_networks.fitting import train_target
from core.errors import EngineError
from core.finetuning.gate import Gate, split_anchors
from core.finetuning.outcome import FineTuneOutcome, OnProgress
from core.jobs import CancelToken, ProgressClock
from core.types import Anchor, ReadFrame

_CHECK_SHARE = 0.2
"""The share of the training's steps, as progress shows them, that a measurement stands for."""


def fine_tune_target(
    engine: str,
    anchors: Sequence[Anchor],
    read: ReadFrame,
    frame_count: int,
    size: tuple[int, int],
    cancel: CancelToken,
    options: Mapping[str, object] | None = None,
    device: str = "auto",
    on_progress: OnProgress | None = None,
) -> FineTuneOutcome:
    """Trains the engine `target:NAME` on the anchors that are not held out, and follows the others with the built-in
    engine and with it. `options` are the engine's; the rest is as in `core.finetuning.fine_tune`.

    Raises EngineError without an anchor that shows an object.
    """
    useful = [anchor for anchor in anchors if any((anchor.labels == one).any() for one in anchor.object_ids)]
    if not useful:
        raise EngineError("There is no masked frame to learn from: mask an object on at least one frame.")
    if frame_count < 2:
        raise EngineError("A clip of one frame needs no fine-tuning: there is nothing to follow.")
    chosen = {name: value for name, value in (options or {}).items() if name != "adaptation"}
    made = load(engine)
    steps = int(str(chosen.get("steps", made.info.options["steps"])))
    check = max(1, round(_CHECK_SHARE * steps))
    clock = ProgressClock(steps + 2 * check)

    def show(done: int) -> None:
        if on_progress is not None:
            on_progress(clock.step(done))

    learned, held_out = split_anchors(useful)
    gate = Gate(learned, held_out, frame_count, read)
    # refused before anything is measured, where it has to be
    made.open(size, device, chosen).close()
    with closing(BuiltinEngine().open(size, device)) as builtin:
        before = gate.measure(builtin, cancel)
    show(check)
    weights = train_target(engine, learned, read, size, chosen, device, cancel, on_step=lambda step: show(check + step))
    with closing(made.open(size, device, {**chosen, "adaptation": weights})) as session:
        after = gate.measure(session, cancel)
    show(steps + 2 * check)
    return FineTuneOutcome(before, after, weights if before.beaten_by(after) else b"")
