"""A WebSocket server on loopback for tests: what it does is in the path that is asked for.

socket_server.py SUBPROTOCOL CERTIFICATE KEY, each "-" for none. Prints "ready PORT", then what /log is told.
"""

import asyncio
import json
import ssl
import sys
from base64 import b64encode
from urllib.parse import parse_qs, urlparse

from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed


async def echo(socket, query):
    async for message in socket:
        await socket.send(message)


async def ask(socket, query):
    headers = {name.lower(): value for name, value in socket.request.headers.raw_items()}
    await socket.send(json.dumps({"path": socket.request.path, "headers": headers, "took": socket.subprotocol}))
    await socket.wait_closed()


async def end(socket, query):
    await socket.recv()
    await socket.close(int(query["code"][0]), query.get("reason", [""])[0])


async def fragments(socket, query):
    await socket.send(["Habari ", "ya ", "asubuhi"])
    await socket.send([b"\x01", b"\x02\x03"])
    await socket.wait_closed()


async def flood(socket, query):
    size, count = int(query["size"][0]), int(query["count"][0])
    for number in range(count):
        await socket.send(number.to_bytes(4, "big") + bytes(size - 4))
    await socket.close()


async def log(socket, query):
    """Says what came, line by line. First it sends a media message of `sound` samples of 500 Hz, and each `reply`."""
    for count in query.get("sound", []):
        wave = bytes(0x90 if index % 16 < 8 else 0x10 for index in range(int(count)))
        await socket.send(json.dumps({"event": "media", "media": {"payload": b64encode(wave).decode()}}))
    for text in query.get("reply", []):
        await socket.send(text)
    async for message in socket:
        if isinstance(message, bytes):
            print(json.dumps({"binary": message.hex()}), flush=True)
        else:
            print(message, flush=True)
    print(json.dumps({"closed": socket.close_code}), flush=True)


PATHS = {"/echo": echo, "/ask": ask, "/end": end, "/fragments": fragments, "/flood": flood, "/log": log}


async def handle(socket):
    url = urlparse(socket.request.path)
    try:
        await PATHS[url.path](socket, parse_qs(url.query))
    except ConnectionClosed:
        pass


async def main():
    subprotocol, certificate, key = (None if word == "-" else word for word in sys.argv[1:4])
    encryption = None
    if certificate:
        encryption = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        encryption.load_cert_chain(certificate, key)
    subprotocols = [subprotocol] if subprotocol else None
    async with serve(handle, "127.0.0.1", 0, subprotocols=subprotocols, ssl=encryption, max_size=None) as server:
        print("ready", server.sockets[0].getsockname()[1], flush=True)
        await asyncio.get_running_loop().create_future()


asyncio.run(main())
