"""A receiver of webhooks on loopback that notes when the first byte of each came."""

import asyncio
import datetime
import json
import threading
import time


class Sink:
    """Answers every POST with 200; `arrivals` holds (kind, seconds from the event to its first byte)."""

    def __init__(self):
        self.arrivals = []
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        future = asyncio.run_coroutine_threadsafe(asyncio.start_server(self.serve, "127.0.0.1", 0), self.loop)
        self.server = future.result(5)
        self.url = f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}/events"
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.server.close)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)

    def count(self, kind):
        return sum(1 for arrived, _ in list(self.arrivals) if arrived == kind)

    async def serve(self, reader, writer):
        try:
            while True:
                first = await reader.readexactly(1)
                at = time.time()
                head = first + await reader.readuntil(b"\r\n\r\n")
                length = next(
                    int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
                event = json.loads(await reader.readexactly(length))
                occurred = datetime.datetime.fromisoformat(event["occurred_at"].replace("Z", "+00:00")).timestamp()
                self.arrivals.append((event["kind"], at - occurred))
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()
