"""What the program runs with keeps no record of it and sends none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_runtime_of_networks_writes_down_nothing(tmp_path: Path) -> None:
    """ONNX Runtime 1.31 and later fills a database in the cache folder, to be sent away, unless it is told not to."""
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    environment |= {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    script = "import core.vos.network.onnx_runtime; import os; print(os.environ['ORT_DISABLE_TELEMETRY'])"
    shown = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "1"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
