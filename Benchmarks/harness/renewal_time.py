"""(k) The renewal of 1,000,000 numbers on PostgreSQL: minutes, and how much memory grows meanwhile."""

import json
import os
import subprocess

from . import postgresql, processes

ROWS = 1_000_000


def measure(table):
    with postgresql.serving() as url:
        command = [os.path.join(processes.BUILT, "renewal-time"), url, str(ROWS)]
        output = subprocess.run(command, check=True, capture_output=True, text=True, timeout=3600).stdout
    result = json.loads(output.splitlines()[-1])
    # KES 116.00 each: what was not charged was not renewed.
    if result["renewed"] != ROWS or result["charged_minor"] != ROWS * 116_00:
        raise RuntimeError(f"not every number was charged once: {result}")
    table.bound("(k) renewal of 1,000,000 numbers", result["seconds"] / 60, 10, "min")
    grown = (result["highest_kib"] - result["before_kib"]) / 1024
    table.bound("(k) memory that grew meanwhile", grown, 32, "MiB")
