"""A PostgreSQL server of this run alone, as durable as one in production; it refuses root, so root becomes its owner."""

import glob
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager

from . import processes


def programs():
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]))
    if not found:
        raise RuntimeError("PostgreSQL is not installed: run make setup-bench")
    return found[-1]


def as_owner(command):
    if os.getuid() == 0:
        command = ["su", "postgres", "-s", "/bin/sh", "-c", " ".join(command)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)


@contextmanager
def serving():
    """Yields the connection string of an empty database."""
    folder = tempfile.mkdtemp(prefix="sautikit-bench-pg-")
    data, port = os.path.join(folder, "data"), processes.free_port()
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
    try:
        as_owner([f"{programs()}/initdb", "-D", data, "-A", "trust", "-U", "postgres"])
        options = f"'-p {port} -k {folder} -c listen_addresses='"
        as_owner([f"{programs()}/pg_ctl", "-D", data, "-o", options, "-l", f"{folder}/log", "-w", "start"])
        try:
            yield f"host={folder} port={port} user=postgres dbname=postgres"
        finally:
            as_owner([f"{programs()}/pg_ctl", "-D", data, "-m", "fast", "-w", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
