"""Many calls for a long time: media, conferences, keys, loss, and peers that vanish. Afterwards nothing is left over.

python3 -m harness.soak [--minutes 30] [--calls 200]
"""

import argparse
import os
import random
import socket
import statistics
import subprocess
import sys
import threading
import time

from . import processes, server, sip_cost

# What the calls do, how often, and how long each lasts: the sandbox's numbers are in docs/sandbox.md.
SPEAKS, ECHOES, KEYS, LOSSY, TONE = (f"+2547000000{n:02}" for n in (1, 2, 8, 9, 10))
LEAVES = "+254700000105"
VANISHES = "+254799000001"


def kinds(chance):
    tone = {"play": {"url": "tone:440,20000"}}
    seconds = chance.randint(10, 40)
    room = {"conference": {"name": f"room {chance.randint(1, 10)}", "beep": True}}
    return [
        (40, ECHOES, [{"play": {"url": f"tone:440,{seconds * 1000}"}}, {"hangup": {}}]),
        (20, chance.choice([SPEAKS, TONE]), [room]),
        (10, KEYS, [{"getDigits": {"numDigits": 4, "timeout": 5}}, {"pause": {"length": seconds}}, {"hangup": {}}]),
        (10, LOSSY, [{"record": {"maxLength": seconds, "timeout": seconds}}, {"hangup": {}}]),
        (10, LEAVES, [tone]),
        (10, VANISHES, [tone, tone, {"hangup": {}}]),
    ]


class Peer:
    """A peer that takes calls, and is killed from time to time in the middle of them."""

    def __init__(self, port):
        self.port, self.deaths, self.ended = port, 0, threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self):
        while not self.ended.is_set():
            process = subprocess.Popen(
                sip_cost.sipp("callee.xml", self.port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.ended.wait(45)
            process.kill()
            process.wait()
            self.deaths += 1

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join(10)


class Load:
    """Keeps so many calls up: places new ones as others end, and hangs up those that have lasted long enough."""

    def __init__(self, product, key, calls):
        self.product, self.key, self.calls = product, key, calls
        self.chance = random.Random(4711)
        self.placed, self.refused, self.live, self.most = 0, 0, {}, 0

    def place(self):
        choice = kinds(self.chance)
        _, number, actions = self.chance.choices(choice, [weight for weight, _, _ in choice])[0]
        body = {"from": "+254200000001", "to": number, "actions": actions, "record": self.chance.random() < 0.1}
        try:
            call = self.product.request("POST", "/v1/calls", self.key, body)
        except RuntimeError as error:
            self.refused += 1
            print(f"  refused: {error}", flush=True)
            return
        self.placed += 1
        self.live[call["id"]] = time.monotonic() + self.chance.uniform(15, 60)

    def tend(self):
        """One round: what has ended is forgotten, what is due is hung up, what is missing is placed."""
        up = {call["id"] for call in self.pages("initiated,ringing,answered")}
        self.live = {call: end for call, end in self.live.items() if call in up}
        self.most = max(self.most, len(up))
        for call, end in list(self.live.items()):
            if end < time.monotonic():
                self.product.request("POST", f"/v1/calls/{call}/hangup", self.key, {})
                self.live[call] = time.monotonic() + 30
        for _ in range(min(20, self.calls - len(up))):
            self.place()

    def pages(self, statuses):
        """All calls of these statuses."""
        cursor, calls = "", []
        while True:
            page = self.product.request("GET", f"/v1/calls?limit=100&status={statuses}{cursor}", self.key)
            calls += page["data"]
            if not page["next_cursor"]:
                return calls
            cursor = f"&cursor={page['next_cursor']}"

    def drain(self):
        for call in self.pages("initiated,ringing,answered"):
            self.product.request("POST", f"/v1/calls/{call['id']}/hangup", self.key, {})
        processes.wait_for(
            lambda: not self.pages("initiated,ringing,answered"), "every call ends", seconds=120)


def sockets(pid):
    count = 0
    for name in os.listdir(f"/proc/{pid}/fd"):
        try:
            count += os.readlink(f"/proc/{pid}/fd/{name}").startswith("socket:")
        except OSError:
            pass
    return count


def run(minutes, calls):
    peer = processes.free_port(socket.SOCK_DGRAM)
    faults = []
    with server.serving(arguments=["--sandbox"], SAUTIKIT_RTP_PORTS="20000-21999") as product, Peer(peer) as vanishing:
        key = server.customer(product, number="+254200000001")
        product.admin(
            "trunk", "add", "--name", "vanishing", "--address", f"127.0.0.1:{peer}", "--transport", "udp", "--prefix",
            "+254799", "--priority", "0")
        before = sockets(product.process.pid)
        load, memory = Load(product, key, calls), []
        end = time.monotonic() + minutes * 60
        told = 0.0
        while time.monotonic() < end:
            load.tend()
            memory.append(processes.resident_kib(product.process.pid))
            if time.monotonic() > told + 30:
                told = time.monotonic()
                left = int((end - told) / 60)
                print(
                    f"  {load.placed} calls placed, {len(load.live)} up, {memory[-1] // 1024} MiB, {left} min left",
                    flush=True)
            if product.process.poll() is not None:
                sys.exit(f"the server ended with {product.process.returncode}\n{processes.log_of(product.process)}")
            time.sleep(1)
        load.drain()
        # The last RTP ports are closed when recordings are complete.
        time.sleep(5)
        after = sockets(product.process.pid)
        faults += check(product, load, memory, before, after, calls)
        print(
            f"{load.placed} calls in {minutes} min, at most {load.most} at once, {vanishing.deaths} deaths of a peer; "
            f"memory {quarter(memory, 1) // 1024} MiB in the second quarter, {quarter(memory, 3) // 1024} in the last; "
            f"{before} sockets before, {after} after")
    for fault in faults:
        print(f"NOT MET: {fault}")
    return 1 if faults else 0


def quarter(values, number):
    size = max(1, len(values) // 4)
    return int(statistics.median(values[number * size:(number + 1) * size] or values))


def check(product, load, memory, before, after, calls):
    faults = []
    if load.most < calls * 0.9:
        faults.append(f"only {load.most} of {calls} calls were up at once")
    if load.refused:
        faults.append(f"{load.refused} calls were refused")
    early, late = quarter(memory, 1), quarter(memory, 3)
    if late > early * 1.1 + 10_240:
        faults.append(f"memory grew from {early} to {late} KiB")
    if after > before + 10:
        faults.append(f"{after - before} sockets are left over")
    if product.admin("ledger", "check").get("differences"):
        faults.append("the ledger has differences")
    cost = sum(call["cost_minor"] for call in load.pages("completed"))
    spent = sum(
        row["amount_minor"] for row in transactions(product, load.key) if row["type"] in ("call_charge", "call"))
    if cost != spent:
        faults.append(f"calls cost {cost}, and {spent} was charged")
    return faults


def transactions(product, key):
    cursor, rows = "", []
    while True:
        page = product.request("GET", f"/v1/wallet/transactions?limit=100{cursor}", key)
        rows += page["data"]
        if not page["next_cursor"]:
            return rows
        cursor = f"&cursor={page['next_cursor']}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--calls", type=int, default=200)
    arguments = parser.parse_args()
    sys.exit(run(arguments.minutes, arguments.calls))


if __name__ == "__main__":
    main()
