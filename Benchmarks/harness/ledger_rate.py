"""(d) Ledger transactions per second through the product, against the same statements on the bare engine."""

import json
import os
import subprocess
import tempfile

from . import postgresql, processes


def measure(table):
    with tempfile.TemporaryDirectory() as folder:
        add(table, "sqlite", os.path.join(folder, "bench.sqlite"))
    with postgresql.serving() as url:
        add(table, "postgresql", url)


def add(table, engine, place):
    command = [os.path.join(processes.BUILT, "ledger-rate"), engine, place]
    output = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout
    result = json.loads(output.splitlines()[-1])
    table.ratio(f"(d) ledger on {engine}", result["product_per_second"], result["bare_per_second"], 0.8, unit="tx/s")
