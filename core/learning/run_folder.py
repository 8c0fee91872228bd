"""A training's folder: its checkpoint and its log, kept while it runs."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from core.jobs import CancelToken
from core.learning.data import TrainingData
from core.learning.trainer import StepReport, Trainer

_SAVE_EVERY_SECONDS = 120.0


class RunFolder:
    """`checkpoint.pt` and `log.jsonl`, one line a step with the fields of `StepReport`."""

    def __init__(self, path: Path) -> None:
        self.checkpoint = path / "checkpoint.pt"
        self.log = path / "log.jsonl"

    def train(self, trainer: Trainer, data: TrainingData, token: CancelToken) -> Iterator[StepReport]:
        """`Trainer.train`, with every step logged and a checkpoint now and then and at the end, cancelled or not."""
        self.checkpoint.parent.mkdir(parents=True, exist_ok=True)
        self._keep_log_until(trainer.step)
        saved = time.monotonic()
        with self.log.open("a", encoding="utf-8") as log:
            for report in trainer.train(data, token):
                log.write(json.dumps(asdict(report)) + "\n")
                if time.monotonic() - saved > _SAVE_EVERY_SECONDS:
                    log.flush()
                    trainer.save(self.checkpoint)
                    saved = time.monotonic()
                yield report
        trainer.save(self.checkpoint)

    def _keep_log_until(self, step: int) -> None:
        """Drops what was logged after the checkpoint that the training goes on from: those steps are done again."""
        if not self.log.exists():
            return
        lines = self.log.read_text(encoding="utf-8").splitlines(keepends=True)
        # the last line may be torn by a crash
        kept = [line for line in lines if line.endswith("\n") and json.loads(line)["step"] <= step]
        self.log.write_text("".join(kept), encoding="utf-8")
