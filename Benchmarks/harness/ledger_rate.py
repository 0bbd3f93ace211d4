"""(d) Ledger transactions per second through the product, against the same statements on the bare engine."""

import json
import os
import subprocess

from . import processes

PAIRS = 3


def measure(table):
    for engine in ("sqlite", "postgresql"):
        ours, bare = [], []
        for _ in range(PAIRS):
            command = [os.path.join(processes.BUILT, "ledger-rate"), engine]
            output = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout
            result = json.loads(output.splitlines()[-1])
            ours.append(result["product_per_second"])
            bare.append(result["bare_per_second"])
        table.ratio(f"(d) ledger on {engine}", ours, bare, 0.8, unit="tx/s")
