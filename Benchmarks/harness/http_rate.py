"""(a) Authenticated requests per second, as a share of a bare route's rate in the same run."""

import os
import re
import subprocess
import tempfile

from . import processes, server

# As many connections as keep both cores busy: a POST waits for its group's commit, and 64 leave a fifth of the machine idle.
SECONDS, CONNECTIONS, PAIRS = 5, 128, 5

POST_SCRIPT = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"from":"+254200000001","to":"+254712345678"}'
"""


def wrk(url, key=None, script=None):
    """Requests per second and the 99th percentile in milliseconds; every answer must be a success."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", url]
    if key:
        command += ["-H", f"Authorization: Bearer {key}"]
    if script:
        command += ["-s", script]
    output = subprocess.run(command, check=True, capture_output=True, text=True, timeout=SECONDS + 30).stdout
    if "Non-2xx" in output or "Socket errors" in output:
        raise RuntimeError(f"{url}: not every answer was a success\n{output}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", output).groups()
    return rate, float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def measure(table):
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script, server.serving(
        SAUTIKIT_ROLES="api"
    ) as product, processes.running(
        [os.path.join(processes.BUILT, "bare-http"), str(port := processes.free_port())]
    ) as bare:
        script.write(POST_SCRIPT)
        script.flush()
        key = server.customer(product)
        # A node of the API alone: the rate is that of accepting calls, not of dialling them without a trunk.
        call = product.request("POST", "/v1/calls", key, {"from": "+254200000001", "to": "+254712345678"})
        reference = f"http://127.0.0.1:{port}/hello"
        processes.wait_for(lambda: answers(reference), "the bare route answers", process=bare)
        rows = {"GET": [], "POST": [], "bare": []}
        for _ in range(PAIRS):
            rows["bare"].append(wrk(reference))
            rows["GET"].append(wrk(f"{product.url}/v1/calls/{call['id']}", key))
            rows["POST"].append(wrk(f"{product.url}/v1/calls", key, script.name))
        rates = {name: [rate for rate, _ in results] for name, results in rows.items()}
        table.ratio("(a) GET /v1/calls/{id}", rates["GET"], rates["bare"], 0.5, unit="req/s")
        table.ratio("(a) POST /v1/calls", rates["POST"], rates["bare"], 0.25, unit="req/s")
        for name in ("bare", "GET", "POST"):
            slowest = sorted(p99 for _, p99 in rows[name])[PAIRS // 2]
            print(f"  (a) {name}: p99 {slowest:.2f} ms, median of {PAIRS} runs")


def answers(url):
    return subprocess.run(["curl", "-fsS", "-o", os.devnull, url], capture_output=True, check=False).returncode == 0
