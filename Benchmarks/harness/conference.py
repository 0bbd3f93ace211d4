"""(m) CPU of each party of a conference of 100 with 3 talkers, against a bare C relay of as many streams."""

import json
import subprocess

from . import processes
from .relay_rate import built

PARTIES, TALKERS, SECONDS, PAIRS = 100, 3, 10, 3


def load(base, ports):
    """Sends a stream to each of `ports`, those of the talkers loud; returns what was sent and came back."""
    command = [built("rtp-load"), str(PARTIES), str(base), str(SECONDS), str(TALKERS)]
    text = "\n".join(map(str, ports)) + "\n"
    return json.loads(subprocess.run(command, input=text, check=True, capture_output=True, text=True).stdout)


def microseconds_per_party_second(name, count):
    base = processes.free_port_range(2 * PARTIES)
    command = [built(name), str(count), str(base)]
    with processes.running(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        ports = [int(process.stdout.readline()) for _ in range(PARTIES)]
        before = processes.cpu_seconds(process.pid)
        result = load(base, ports)
        used = processes.cpu_seconds(process.pid) - before
    if result["received"] < 0.98 * result["sent"]:
        raise RuntimeError(f"more than 2 % was lost: {result}")
    return 1e6 * used / (PARTIES * SECONDS)


def measure(table):
    ours, floor = [], []
    for _ in range(PAIRS):
        floor.append(microseconds_per_party_second("c-relay", PARTIES // 2))
        ours.append(microseconds_per_party_second("conference-mix", PARTIES))
    table.ratio("(m) CPU of a party of 100, 3 talk", ours, floor, 1.5, at_least=False, unit="us/s")
