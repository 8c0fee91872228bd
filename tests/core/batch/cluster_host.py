"""A Dask cluster of two workers on this machine, in a process of its own.

Says its address; each line from stdin is the id of a worker's process, which is killed. Ends with stdin.
"""

from __future__ import annotations

import os
import signal
import sys

import dask
from distributed import LocalCluster

# its watching of itself would take more time than the tests do
dask.config.set(
    {
        "distributed.worker.profile.enabled": False,
        "distributed.admin.tick.interval": "1s",
        "distributed.admin.system-monitor.interval": "10s",
        "distributed.diagnostics.nvml": False,
    }
)


def main() -> None:
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        host="127.0.0.1",
        resources={"GPU": 1},
    ) as cluster:
        print(cluster.scheduler_address, flush=True)
        for line in sys.stdin:
            os.kill(int(line), signal.SIGKILL)
            print("killed", flush=True)


if __name__ == "__main__":
    main()
