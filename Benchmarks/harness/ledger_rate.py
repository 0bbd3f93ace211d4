"""(d) Ledger transactions per second through the product, against the same statements on the bare engine."""

import json
import os
import subprocess
import tempfile

from . import postgresql, processes


def measure(table):
    measure_each(table, 0, "(d) ledger on {engine}", 0.8)


def measure_wallets(table):
    """The same with one wallet that all writers share, and with 10,000."""
    measure_each(table, 1, "(j) one hot wallet, {engine}", 0.5)
    measure_each(table, 10_000, "(j) 10,000 wallets, {engine}", 0.5)


def measure_each(table, wallets, name, target):
    with tempfile.TemporaryDirectory() as folder:
        add(table, "sqlite", os.path.join(folder, "bench.sqlite"), wallets, name, target)
    with postgresql.serving() as url:
        add(table, "postgresql", url, wallets, name, target)


def add(table, engine, place, wallets, name, target):
    command = [os.path.join(processes.BUILT, "ledger-rate"), engine, place, str(wallets)]
    output = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout
    result = json.loads(output.splitlines()[-1])
    table.ratio(
        name.format(engine=engine), result["product_per_second"], result["bare_per_second"], target, unit="tx/s")
