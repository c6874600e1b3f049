"""
Runs `mlflow <arguments>` and ends it, with every process that it has started, when the standard input ends. So even a launcher
that was killed leaves no server behind. It has to lead a process group of its own.
"""

import os
import signal
import subprocess
import sys
import threading


def end_all(server):
    if os.name == "nt":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(server.pid)], capture_output=True)
        os._exit(0)
    os.killpg(0, signal.SIGKILL)


def end_with_input(server):
    sys.stdin.read()
    end_all(server)


if __name__ == "__main__":
    process = subprocess.Popen([sys.executable, "-m", "mlflow", *sys.argv[1:]], stdin=subprocess.DEVNULL)
    threading.Thread(target=end_with_input, args=[process], daemon=True).start()
    process.wait()
    end_all(process)
