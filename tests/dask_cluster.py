"""A Dask cluster in a process of its own, for tests: python dask_cluster.py WORKERS ALLOWED_FAILURES.

Prints the scheduler's address and the process ids of the workers, and ends with its standard input. The workers code
with the stand-in stages. (Engines that fork are tested in the same pytest, which therefore keeps Dask's threads away.)
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(workers: int, allowed_failures: int) -> None:
    import dask.config
    from distributed import LocalCluster

    preload = [str(Path(__file__).with_name("stand_in_worker.py"))]
    with dask.config.set({"distributed.scheduler.allowed-failures": allowed_failures}), LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50,
        preload=preload, memory_limit=0,
    ) as cluster:  # fmt: skip
        print(cluster.scheduler_address, *(worker.pid for worker in cluster.workers.values()), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
