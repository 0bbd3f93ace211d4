"""(e) Resident memory, idle and per concurrent call with media."""

import time

from . import processes, server, sip_cost

CALLS = 200


def measure(table):
    peer = processes.free_port()
    with sip_cost.callee(peer), server.serving() as product:
        key = server.customer(product)
        product.admin(
            "trunk", "add", "--name", "sipp", "--address", f"127.0.0.1:{peer}", "--transport", "udp", "--prefix", "+",
            "--priority", "1")
        time.sleep(2)
        idle = processes.resident_kib(product.process.pid)
        body = {"from": "+254200000001", "to": "+254712345678", "actions": [{"play": {"url": "tone:440,60000"}}]}
        hold(product, key, body, 20)
        warm = processes.resident_kib(product.process.pid)
        hold(product, key, body, CALLS)
        loaded = processes.resident_kib(product.process.pid)
        table.bound("(e) resident, idle", idle / 1024, 60, "MiB")
        table.bound("(e) resident, per call with media", (loaded - warm) / CALLS, 100, "KiB")


def hold(product, key, body, count):
    """Places `count` calls and waits until they are answered and their media runs."""
    ids = [product.request("POST", "/v1/calls", key, body)["id"] for _ in range(count)]

    def answered():
        return product.request("GET", f"/v1/calls/{ids[-1]}", key)["call"]["status"] == "answered"

    processes.wait_for(answered, f"{count} calls answered", seconds=60)
    time.sleep(2)
