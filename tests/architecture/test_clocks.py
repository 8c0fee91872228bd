"""No result depends on how fast or busy the machine is: whoever looks at a clock in the core is known here."""

from __future__ import annotations

import re

from tests.architecture.test_rules import ROOT, sources

CLOCK = re.compile(r"\btime\.(monotonic|perf_counter|process_time|time)(_ns)?\(|from time import")

REASONS = {
    "batch/attempt.py": "how often progress is reported",
    "batch/clip_run.py": "seconds in the report, which is no part of the results",
    "batch/cluster.py": "how long a cluster may be silent before an error says so",
    "cli/evaluating/engine_run.py": "the figure that `evaluate` is asked for",
    "disks.py": "whether a disk answers: work waits, and goes on as it was",
    "files.py": "leftovers of other machines are taken away after a day",
    "jobs.py": "frames a second, shown",
    "learning/clicks/trainer.py": "a training is told how long it may take; its result is a file that a person ships",
    "learning/run_folder.py": "how often a checkpoint is written; which one does not change the training",
    "learning/trainer.py": "the same",
    "processes.py": "how long a child that is to end may take",
    "project/backups.py": "when a copy is made, and its name",
    "vos/network/cuda_graphs.py": "the same kernels are replayed or called, whichever is faster: the same values",
}
"""Why none of these changes a mask, an export or a dataset, by the module."""


def test_whoever_looks_at_a_clock_is_known() -> None:
    found = {
        path.relative_to(ROOT / "core").as_posix()
        for path in sources("core")
        if CLOCK.search(path.read_text(encoding="utf-8"))
    }
    assert found == set(REASONS), "say in REASONS why no result depends on it"
