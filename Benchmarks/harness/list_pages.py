"""(h) A list's page 10,000 against its first page, in a workspace with a million rows of each kind."""

import json
import socket
import statistics
import time
import urllib.parse
import uuid

from . import server, stores
from .stores import ROWS

PAGE, LIMIT, ROUNDS, PAIRS = 10_000, 25, 5, 40


class Client:
    """One connection that is kept, without a library whose own time would be most of an answer's."""

    def __init__(self, product, key):
        address = urllib.parse.urlsplit(product.url)
        self.socket = socket.create_connection((address.hostname, address.port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.head = f"Host: {address.netloc}\r\nAuthorization: Bearer {key}\r\n\r\n"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def get(self, path):
        """Milliseconds to the last byte of the answer, and the answer."""
        request = f"GET {path} HTTP/1.1\r\n{self.head}".encode()
        start = time.perf_counter()
        self.socket.sendall(request)
        answer = self.socket.recv(1 << 20)
        while (end := answer.find(b"\r\n\r\n")) < 0:
            answer += self.more()
        head = answer[:end].lower()
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        while len(answer) < end + 4 + length:
            answer += self.more()
        taken_ms = 1000 * (time.perf_counter() - start)
        if not head.startswith(b"http/1.1 200"):
            raise RuntimeError(f"GET {path}: {answer[:500]}")
        return taken_ms, answer[end + 4:]

    def more(self):
        part = self.socket.recv(1 << 20)
        if not part:
            raise RuntimeError("the server closed the connection")
        return part


def measure(table):
    for engine in stores.ENGINES:
        with stores.serving(engine) as (product, store):
            key = server.customer(product)
            webhook = product.request("POST", "/v1/webhooks", key, {"url": "http://127.0.0.1:9/", "events": ["storage.*"]})
            start = time.monotonic()
            filled = fill(store, uuid.UUID(webhook["id"]).bytes)
            print(f"  (h) {engine}: filled in {time.monotonic() - start:.0f} s", flush=True)
            with Client(product, key) as client:
                compare(table, client, engine, "/v1/calls", filled["calls"][::-1])
                compare(table, client, engine, "/v1/events", filled["events"])
                compare(table, client, engine, "/v1/audit", filled["audit_entries"][::-1])
                compare(
                    table, client, engine, f"/v1/webhooks/{webhook['id']}/deliveries",
                    filled["webhook_deliveries"][::-1])


def compare(table, client, engine, path, ids):
    """A row from first and late pages in turn; `ids` are in the order of the list."""
    name = path if "webhooks" not in path else "/v1/webhooks/{id}/deliveries"
    late, first = [], []
    for round_index in range(ROUNDS):
        times = [pair(client, path, LIMIT, ids, round_index * PAIRS + index) for index in range(PAIRS)]
        late.append(statistics.median(a for a, _ in times))
        first.append(statistics.median(b for _, b in times))
    table.ratio(f"(h) GET {name}, page 10,000, {engine}", late, first, 2, at_least=False, unit="ms")
    # With the longest pages the ten-thousandth is the end of the list.
    last = [pair(client, path, 100, ids, 0) for _ in range(PAIRS)]
    print("  (h) in pages of 100: {:.3f} ms against {:.3f} ms".format(
        *(statistics.median(column) for column in zip(*last))))


def pair(client, path, limit, ids, further):
    """Milliseconds for page 10,000, or one `further` on, and for the first page."""
    start = (PAGE - 1 + further) * limit
    cursor = uuid.UUID(bytes=ids[start - 1])
    late, answer = client.get(f"{path}?limit={limit}&cursor={cursor}")
    found = json.loads(answer)["data"]
    if len(found) != limit or not is_of(found[0], ids[start]):
        raise RuntimeError(f"{path}: not the page that was asked for: {found[:1]}")
    return late, client.get(f"{path}?limit={limit}")[0]


def is_of(row, identifier):
    """Whether a row has an id, by its last twelve digits: a call's session has them too, whose id is written otherwise."""
    return row.get("session_id", row["id"]).endswith(identifier[-6:].hex())


def fill(store, webhook):
    """A million rows of each kind; returns their ids in the order of time."""
    workspace = store.find_id("workspaces", "live_id IS NULL")
    number = store.find_id("numbers", "workspace_id IS NOT NULL AND is_test = 0")
    ids = list(stores.identifiers(ROWS))
    store.fill("calls", CALL_COLUMNS, (call(identifier, ms, workspace, number) for identifier, ms in ids))
    store.fill(
        "events", ("id", "workspace_id", "kind", "body", "occurred_at"),
        ((identifier, workspace, "call.completed", event(identifier), ms) for identifier, ms in ids))
    store.fill(
        "webhook_deliveries",
        ("id", "event_id", "workspace_id", "subscription_id", "url", "state", "attempts", "due_at"),
        ((identifier, identifier, workspace, webhook, "http://127.0.0.1:9/", "delivered", 1, ms)
         for identifier, ms in ids))
    store.fill(
        "audit_entries",
        ("id", "workspace_id", "occurred_at", "action", "asker_kind", "asker_id", "subject_id", "before", "after"),
        ((identifier, workspace, ms, "number.routed", "key", workspace, number, "{}", '{"voice_callback_url":null}')
         for identifier, ms in ids))
    ordered = [identifier for identifier, _ in ids]
    return {table: ordered for table in ("calls", "events", "webhook_deliveries", "audit_entries")}


CALL_COLUMNS = (
    "id", "workspace_id", "session_id", "from_e164", "to_e164", "caller_id", "number_id", "status", "record", "actions",
    "ring_timeout_ms", "rate_per_minute_minor", "currency", "created_at", "answered_at", "ended_at", "duration_seconds",
    "cost_minor", "hangup_cause", "updated_at")


def call(identifier, ms, workspace, number):
    return (
        identifier, workspace, f"HD_{identifier[-6:].hex()}", "+254200000001", "+254712345678", "+254200000001", number,
        "completed", 0, "[]", 60_000, 235, "KES", ms, ms + 5_000, ms + 65_000, 60, 235, "normal_clearing", ms + 65_000)


def event(identifier):
    document = {
        "id": str(uuid.UUID(bytes=identifier)), "kind": "call.completed", "occurred_at": "2026-06-27T10:00:00.000Z",
        "data": {"status": "completed", "from": "+254200000001", "to": "+254712345678", "duration_seconds": 60}}
    return json.dumps(document)
