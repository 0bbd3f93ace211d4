"""(i) The 99th percentile of requests that come at an even rate, half of what the server can answer at most."""

import json
import os
import statistics
import subprocess
import tempfile
import urllib.parse

from . import http_rate, processes, server, stores

SECONDS, ROUNDS, BODY = 8, 5, {"from": "+254200000001", "to": "+254712345678"}


def load(url, method, rate, key=None, body=None):
    """Latencies, each from the moment at which its request was due."""
    port = urllib.parse.urlsplit(url).port
    command = [
        os.path.join(processes.BUILT, "http-load"), str(port), f"{rate:.1f}", str(SECONDS), str(http_rate.CONNECTIONS)]
    sent = request(url, method, key, body)
    return json.loads(subprocess.run(command, input=sent, check=True, capture_output=True, timeout=SECONDS + 60).stdout)


def request(url, method, key, body):
    """A request as it goes over the wire."""
    parts, text = urllib.parse.urlsplit(url), json.dumps(body) if body is not None else ""
    lines = [f"{method} {parts.path} HTTP/1.1", f"Host: {parts.netloc}"]
    if key:
        lines += [f"Authorization: Bearer {key}"]
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(text)}"]
    return "\r\n".join([*lines, "", text]).encode()


def measure(table):
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script, processes.running(
        [os.path.join(processes.BUILT, "bare-http"), str(port := processes.free_port())]
    ) as bare:
        script.write(http_rate.POST_SCRIPT)
        script.flush()
        reference = f"http://127.0.0.1:{port}/hello"
        processes.wait_for(lambda: http_rate.answers(reference), "the bare route answers", process=bare)
        for engine in stores.ENGINES:
            with stores.serving(engine) as (product, _):
                key = server.customer(product)
                url = f"{product.url}/v1/calls"
                call = product.request("POST", "/v1/calls", key, BODY)
                add(table, f"GET /v1/calls/{{id}}, {engine}", reference, f"{url}/{call['id']}", key)
                add(table, f"POST /v1/calls, {engine}", reference, url, key, BODY, script.name)


def add(table, name, reference, url, key, body=None, script=None):
    """A row from rounds that each find out what the most is, then ask for half of it, and a bare route for as much."""
    rates, ours, bare = [], [], []
    for _ in range(ROUNDS):
        rates.append(http_rate.wrk(url, key, script)[0] / 2)
        ours.append(load(url, "GET" if body is None else "POST", rates[-1], key, body))
        bare.append(load(reference, "GET", rates[-1]))
    median_ms = statistics.median(answers["p50_us"] for answers in ours) / 1000
    longest_ms = max(answers["max_us"] for answers in ours) / 1000
    rate = statistics.median(rates)
    print(f"  (i) {name}: at {rate:,.0f} req/s: median {median_ms:.2f} ms, longest of all {longest_ms:.1f} ms")
    p99_ms = [[answers["p99_us"] / 1000 for answers in found] for found in (ours, bare)]
    table.repeated(f"(i) p99 at half rate, {name}", p99_ms[0], 20, "ms", reference=p99_ms[1])
