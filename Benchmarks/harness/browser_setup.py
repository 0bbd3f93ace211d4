"""(q) From `call()` in Chromium to the first packet of sound, with a phone of the sandbox that answers at once."""

import json
import os
import statistics
import subprocess

from . import processes, server

CALLS = 40


def measure(table):
    subprocess.run([os.path.join(processes.ROOT, "scripts", "build-sdk"), "--if-changed"], check=True)
    with server.serving(["--sandbox"], SAUTIKIT_SIP_WS_ADDRESS="127.0.0.1:0") as product:
        number = "+254200000099"
        key = server.customer(product, number)
        environment = {
            **os.environ, "SAUTIKIT_URL": product.url, "SAUTIKIT_API_KEY": key, "SAUTIKIT_NUMBER": number,
            "TEST_SIP_PORT": str(product.sip_port), "TEST_CALLEE": "+254700000001", "TEST_CALLS": str(CALLS)}
        output = subprocess.run(
            ["node", os.path.join(processes.PEERS, "setup.mjs")], env=environment, check=True, capture_output=True,
            text=True, timeout=300).stdout
    times_ms = json.loads(output)
    table.bound("(q) call() to sound in Chromium, p95", statistics.quantiles(times_ms, n=20)[-1], 300, "ms")
