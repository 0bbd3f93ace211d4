"""(i) The 99th percentile of requests that come at an even rate, half of what the server can answer at most."""

import json
import os
import statistics
import subprocess
import tempfile
import urllib.parse

from . import http_rate, processes, server, stores

SECONDS, ROUNDS, BODY = 8, 5, {"from": "+254200000001", "to": "+254712345678"}


def load(product, request, rate):
    """Latencies, each from the moment at which its request was due."""
    port = urllib.parse.urlsplit(product.url).port
    command = [
        os.path.join(processes.BUILT, "http-load"), str(port), f"{rate:.1f}", str(SECONDS), str(http_rate.CONNECTIONS)]
    output = subprocess.run(command, input=request, check=True, capture_output=True, timeout=SECONDS + 60).stdout
    return json.loads(output)


def request(product, method, path, key, body=None):
    """A request as it goes over the wire."""
    text = json.dumps(body) if body is not None else ""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {urllib.parse.urlsplit(product.url).netloc}"]
    lines += [f"Authorization: Bearer {key}"]
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(text)}"]
    return "\r\n".join([*lines, "", text]).encode()


def measure(table):
    for engine in stores.ENGINES:
        with tempfile.NamedTemporaryFile("w", suffix=".lua") as script, stores.serving(engine) as (product, _):
            script.write(http_rate.POST_SCRIPT)
            script.flush()
            key = server.customer(product)
            path = f"/v1/calls/{product.request('POST', '/v1/calls', key, BODY)['id']}"
            add(table, engine, product, "GET", path, key)
            add(table, engine, product, "POST", "/v1/calls", key, BODY, script.name)


def add(table, engine, product, method, path, key, body=None, script=None):
    """A row from rounds that each find out what the most is, and then ask for half of it."""
    rates, found = [], []
    for _ in range(ROUNDS):
        rates.append(http_rate.wrk(product.url + path, key, script)[0])
        found.append(load(product, request(product, method, path, key, body), rates[-1] / 2))
    half = statistics.median(rates) / 2
    median = statistics.median(answers["p50_us"] for answers in found) / 1000
    most = max(answers["max_us"] for answers in found) / 1000
    print(f"  (i) {method}, {engine}: at {half:,.0f} req/s: median {median:.2f} ms, longest {most:.1f} ms")
    name = "GET /v1/calls/{id}" if method == "GET" else "POST /v1/calls"
    table.repeated(
        f"(i) {name}, p99 at half rate, {engine}", [answers["p99_us"] / 1000 for answers in found], 20, "ms")
