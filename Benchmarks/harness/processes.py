"""Processes on loopback: started with free ports, measured by the kernel's own accounting, ended by their id."""

import glob
import os
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PEERS = os.path.join(ROOT, "Benchmarks", "peers")
BUILT = os.path.join(ROOT, "Benchmarks", ".build", "release")
SERVER = os.path.join(ROOT, ".build", "release", "sautikit")
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def free_port(kind=socket.SOCK_STREAM):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def free_port_range(count):
    """The first of `count` UDP ports that are all free now."""
    for base in range(30000, 60000 - count, count):
        taken = []
        try:
            for port in range(base, base + count):
                probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                taken.append(probe)
                probe.bind(("127.0.0.1", port))
            return base
        except OSError:
            continue
        finally:
            for probe in taken:
                probe.close()
    raise RuntimeError(f"no {count} free UDP ports in a row")


@contextmanager
def running(command, **options):
    """A process that is ended, and waited for, when the block is left."""
    options.setdefault("stdout", subprocess.DEVNULL)
    log = tempfile.TemporaryFile()
    process = subprocess.Popen(command, stderr=log, **options)
    process.log = log
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


def log_of(process):
    process.log.seek(0)
    return process.log.read().decode(errors="replace")[-2000:]


def wait_for(condition, what, seconds=30, process=None):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        if process is not None and process.poll() is not None:
            raise RuntimeError(f"{what}: the process ended with {process.returncode}\n{log_of(process)}")
        time.sleep(0.05)
    raise RuntimeError(f"{what}: not within {seconds} s")


def tree(pid):
    """The process and all its descendants."""
    found, waiting = [], [pid]
    while waiting:
        current = waiting.pop()
        found.append(current)
        for children in glob.glob(f"/proc/{current}/task/*/children"):
            try:
                with open(children) as file:
                    waiting += [int(child) for child in file.read().split()]
            except OSError:
                pass
    return found


def cpu_seconds(pid):
    """User and system time of a process and its descendants."""
    ticks = 0
    for member in tree(pid):
        try:
            with open(f"/proc/{member}/stat") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        except OSError:
            pass
    return ticks / TICKS_PER_SECOND


def resident_kib(pid):
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS:"))
