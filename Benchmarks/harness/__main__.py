"""Runs the benchmarks: all of them, or those named by their letters (python3 -m harness a c)."""

import sys

from . import (
    access_cost, answer_time, browser_memory, browser_setup, conference, digits, half_load, handshakes, http_rate,
    ledger_rate, list_pages, memory, relay_rate, renewal_time, sip_cost, webhook_delay)
from .table import Table

PARTS = {
    "a": http_rate.measure, "b": sip_cost.measure, "c": relay_rate.measure, "d": ledger_rate.measure,
    "e": memory.measure, "f": webhook_delay.measure, "g": access_cost.measure, "h": list_pages.measure,
    "i": half_load.measure, "j": ledger_rate.measure_wallets, "k": renewal_time.measure,
    "l": answer_time.measure, "m": conference.measure, "n": digits.measure, "o": browser_memory.measure,
    "p": relay_rate.measure_secured, "q": browser_setup.measure, "r": handshakes.measure}


def main():
    wanted = sys.argv[1:] or sorted(PARTS)
    unknown = [letter for letter in wanted if letter not in PARTS]
    if unknown:
        sys.exit(f"unknown benchmark {' '.join(unknown)}; there are {' '.join(sorted(PARTS))}")
    table = Table()
    for letter in wanted:
        told = PARTS[letter].__doc__ or sys.modules[PARTS[letter].__module__].__doc__
        print(f"({letter}) {told.split(') ', 1)[-1]}", flush=True)
        PARTS[letter](table)
    print()
    table.print()


main()
