"""(g) CPU of the server's process for a check of a key and of a session, with a million of each in the database."""

import hashlib
import json
import os
import statistics
import subprocess
import time

from . import processes, server, stores
from .stores import ROWS

SCOPES = "audit.read calls.read calls.write numbers.read wallet.read webhooks.manage"

KINDS = {"warm": "warm", "busy": "cold, 16 at once", "cold": "cold, one at a time"}


def measure(table):
    for engine in stores.ENGINES:
        with stores.serving(engine) as (product, store):
            fill(product, store)
            add(table, store)


def fill(product, store):
    server.customer(product)
    start = time.monotonic()
    workspace = store.find_id("workspaces", "live_id IS NULL")
    person = next(stores.identifiers(1))[0]
    now = int(1000 * time.time())
    store.fill("users", ("id", "email", "created_at"), [(person, "owner@example.com", now)])
    store.fill(
        "memberships", ("workspace_id", "user_id", "role", "joined_at"), [(workspace, person, "owner", now)])
    store.fill(
        "api_keys",
        ("id", "workspace_id", "name", "display_prefix", "secret_hash", "scopes", "allowed_networks", "created_at"),
        ((identifier, workspace, "bench", "tsk_live_0000", hashed("tsk_live_", index), SCOPES, "", ms)
         for index, (identifier, ms) in enumerate(stores.identifiers(ROWS))))
    store.fill(
        "sessions",
        ("id", "secret_hash", "user_id", "workspace_id", "address", "user_agent", "created_at", "expires_at"),
        ((identifier, hashed("session_", index), person, workspace, "192.0.2.1", "Firefox", ms, now + 86_400_000)
         for index, (identifier, ms) in enumerate(stores.identifiers(ROWS))))
    print(f"  (g) {store.engine}: filled in {time.monotonic() - start:.0f} s", flush=True)


def hashed(prefix, index):
    """The hash of a secret that access-check knows by its index."""
    return hashlib.sha256(f"{prefix}{index:032}".encode()).digest()


def add(table, store):
    command = [os.path.join(processes.BUILT, "access-check"), store.engine, store.place, str(ROWS)]
    output = subprocess.run(command, check=True, capture_output=True, text=True, timeout=600).stdout
    cost = json.loads(output.splitlines()[-1])
    for name in ("key", "session"):
        for kind, which in KINDS.items():
            table.repeated(f"(g) CPU per {name} check, {which}, {store.engine}", cost[f"{name}_{kind}"], 50, "us")
    stored = statistics.median(cost["use_stored"])
    print(f"  (g) {store.engine}: storing when a key was used, at most 10,000 of them a minute: {stored:.1f} us each")
