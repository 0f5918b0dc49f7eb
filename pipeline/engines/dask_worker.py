"""What a worker of a local Dask cluster does when it begins: it leaves interrupts to the process that started it."""

from __future__ import annotations

import signal
import threading

if threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
