"""The product under measurement: a release server on a fresh folder, with everything on loopback."""

import json
import os
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request
from contextlib import contextmanager

from . import processes


class Server:
    def __init__(self, process, url, sip_port, environment):
        self.process, self.url, self.sip_port, self.environment = process, url, sip_port, environment

    def admin(self, *arguments):
        command = [processes.SERVER, "admin", *arguments, "--json"]
        output = subprocess.run(command, env=self.environment, check=True, capture_output=True, timeout=60).stdout
        return json.loads(output)

    def request(self, method, path, key=None, body=None):
        headers = {"Content-Type": "application/json"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.url + path, data=data, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path}: {error.code} {error.read().decode()[:500]}") from error

    def is_up(self):
        try:
            with urllib.request.urlopen(self.url + "/health", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False


@contextmanager
def serving(arguments=(), **settings):
    folder = tempfile.mkdtemp(prefix="sautikit-bench-")
    http, sip = processes.free_port(), processes.free_port()
    environment = {
        **os.environ,
        "SAUTIKIT_DATA_DIR": folder,
        "SAUTIKIT_HTTP_ADDRESS": f"127.0.0.1:{http}",
        "SAUTIKIT_SIP_ADDRESS": f"127.0.0.1:{sip}",
        "SAUTIKIT_ALLOW_PRIVATE_WEBHOOKS": "true",
        "SAUTIKIT_REQUESTS_PER_MINUTE": "1000000000",
        "SAUTIKIT_MAX_CONCURRENT_CALLS": "0",
        "SAUTIKIT_LOG_LEVEL": "error",
        **settings,
    }
    try:
        with processes.running([processes.SERVER, "serve", *arguments], env=environment) as process:
            server = Server(process, f"http://127.0.0.1:{http}", sip, environment)
            processes.wait_for(server.is_up, "the server answers", process=process)
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def customer(server, number="+254200000001", **claim):
    """A workspace with money, a key and a number; returns the key."""
    created = server.admin(
        "workspace", "create", "--name", "Bench", "--email", "bench@example.com", "--credit-minor", "100000000")
    server.admin("numbers", "add", number)
    server.request("POST", "/v1/numbers", created["api_key"], {"number": number, **claim})
    return created["api_key"]
