"""(f) Time from an event to the first byte of its first webhook attempt, at 100 events a second."""

from . import processes, server, sip_cost, sink

EVENTS_PER_CALL = 3


def measure(table):
    peer = processes.free_port()
    with sip_cost.callee_that_hangs_up(peer), sink.Sink() as webhooks, server.serving() as product:
        key = server.customer(product)
        product.admin(
            "trunk", "add", "--name", "sipp", "--address", f"127.0.0.1:{peer}", "--transport", "udp", "--prefix", "+",
            "--priority", "1")
        body = {"from": "+254200000001", "to": "+254712345678", "voice_callback_url": webhooks.url}
        calls, rate = 1000, 100 / EVENTS_PER_CALL
        sip_cost.place(product, key, body, calls=calls, rate=rate)
        expected = calls * EVENTS_PER_CALL
        processes.wait_for(lambda: len(webhooks.arrivals) >= expected, f"{expected} webhooks arrived", seconds=60)
        delays = sorted(1000 * delay for _, delay in webhooks.arrivals)
        print(f"  (f) median {delays[len(delays) // 2]:.1f} ms of {len(delays)} webhooks")
        table.bound("(f) event to webhook, p99", delays[len(delays) * 99 // 100], 50, "ms")
