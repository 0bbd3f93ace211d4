"""(b) CPU per completed call, sipp to sipp: signalling only, and the whole product, against Kamailio as a proxy."""

import csv
import http.client
import json
import os
import subprocess
import tempfile
import threading
import time
import urllib.parse

from . import processes, server, sink

RATE, CALLS, PAIRS, WHOLE_RATE, WHOLE_CALLS = 400, 4000, 3, 100, 1500


def sipp(scenario, port, *options):
    return [
        "sipp", "-sf", os.path.join(processes.PEERS, scenario), "-i", "127.0.0.1", "-p", str(port), "-mi", "127.0.0.1",
        "-nostdin", "-buff_size", "4000000", *options]


def callee(port):
    return processes.running(sipp("callee.xml", port, "-timeout", "300"))


def calls_through(port):
    """Places back-to-back calls (`-d 0`) through the server at `port`; returns how many succeeded and failed."""
    with tempfile.TemporaryDirectory() as folder:
        statistics = os.path.join(folder, "calls.csv")
        command = sipp(
            "caller.xml", processes.free_port(), "-s", "+254712345678", "-r", str(RATE), "-m", str(CALLS), "-d", "0",
            "-l", "100000", "-trace_stat", "-stf", statistics, "-fd", "1", "-timeout", "60", f"127.0.0.1:{port}")
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, timeout=120)
        with open(statistics) as file:
            last = list(csv.DictReader(file, delimiter=";"))[-1]
        return int(last["SuccessfulCall(C)"]), int(last["FailedCall(C)"])


def cost_of(command, port):
    """Milliseconds of CPU per completed call, and the calls lost, of a server that routes everything to a callee."""
    with processes.running(command) as process:
        time.sleep(1)
        if process.poll() is not None:
            raise RuntimeError(f"{command[0]} ended at once\n{processes.log_of(process)}")
        before = processes.cpu_seconds(process.pid)
        succeeded, failed = calls_through(port)
        cpu = processes.cpu_seconds(process.pid) - before
        return 1000 * cpu / max(succeeded, 1), failed


def kamailio(port, peer):
    return [
        "kamailio", "-DD", "-E", "-m", "512", "-M", "16", "-f", os.path.join(processes.PEERS, "proxy.cfg"),
        "-A", f"LISTEN=udp:127.0.0.1:{port}", "-A", f"PEER_PORT=\"{peer}\""]


def measure(table):
    peer = processes.free_port()
    proxy, ours, lost = [], [], [0, 0]
    with callee(peer):
        for _ in range(PAIRS):
            port = processes.free_port()
            cost, failed = cost_of(kamailio(port, peer), port)
            proxy.append(cost)
            lost[0] += failed
            port = processes.free_port()
            cost, failed = cost_of([os.path.join(processes.BUILT, "back-to-back"), str(port), str(peer)], port)
            ours.append(cost)
            lost[1] += failed
    table.ratio("(b) CPU per call, signalling", ours, proxy, 2, at_least=False, unit="ms")
    total = PAIRS * CALLS
    table.add(
        "(b) calls lost, back to back", f"{lost[1]} of {total}", f"{lost[0]} of {total}", "", "<= 0", lost[1] == 0)
    whole = [whole_product() for _ in range(PAIRS)]
    table.ratio("(b) CPU per call, whole product", whole, proxy, 4, at_least=False, unit="ms")


def whole_product():
    """Milliseconds of CPU per call of the server: REST, database, ledger, SIP and three webhooks."""
    peer = processes.free_port()
    with callee_that_hangs_up(peer), sink.Sink() as webhooks, server.serving() as product:
        key = server.customer(product)
        product.admin(
            "trunk", "add", "--name", "sipp", "--address", f"127.0.0.1:{peer}", "--transport", "udp", "--prefix", "+",
            "--priority", "1")
        body = {"from": "+254200000001", "to": "+254712345678", "voice_callback_url": webhooks.url}
        before = processes.cpu_seconds(product.process.pid)
        place(product, key, body)
        processes.wait_for(
            lambda: webhooks.count("call.completed") >= WHOLE_CALLS, f"all {WHOLE_CALLS} calls completed", seconds=60)
        return 1000 * (processes.cpu_seconds(product.process.pid) - before) / WHOLE_CALLS


def place(product, key, body, calls=WHOLE_CALLS, rate=WHOLE_RATE):
    """Places the calls at an even rate from a few connections, which are kept as a client's would be."""
    workers = 4
    start = time.monotonic()
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    failures = []

    def work(first):
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(product.url).netloc, timeout=20)
        for index in range(first, calls, workers):
            time.sleep(max(0, start + index / rate - time.monotonic()))
            connection.request("POST", "/v1/calls", json.dumps(body), headers)
            answer = connection.getresponse()
            text = answer.read()
            if answer.status != 201:
                failures.append(f"{answer.status} {text[:500]}")
        connection.close()

    threads = [threading.Thread(target=work, args=(first,)) for first in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(f"{len(failures)} calls were refused, the first: {failures[0]}")


def callee_that_hangs_up(port):
    return processes.running(sipp("callee-hangs-up.xml", port, "-timeout", "300"))
