"""(o) Resident memory of a browser that is connected and registered and does nothing else, 5,000 of them at once."""

import asyncio
import base64
import os
import ssl
import subprocess
import tempfile
import time
import urllib.parse

from . import processes, server

BROWSERS = 5000
AT_ONCE = 50
# The first ones pay for what all share: threads, arenas, statements.
WARM = 200


def measure(table):
    with tempfile.TemporaryDirectory(prefix="sautikit-bench-") as folder:
        certificate, key = os.path.join(folder, "certificate.pem"), os.path.join(folder, "key.pem")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
            check=True, capture_output=True)
        ways = {
            "over ws": {"SAUTIKIT_SIP_WS_ADDRESS": "127.0.0.1:0"},
            "over wss": {
                "SAUTIKIT_SIP_WSS_ADDRESS": "127.0.0.1:0", "SAUTIKIT_SIP_WSS_CERTIFICATE_FILE": certificate,
                "SAUTIKIT_SIP_WSS_KEY_FILE": key},
        }
        for name, settings in ways.items():
            limits = {"SAUTIKIT_SIP_WS_PER_TOKEN": "100000", "SAUTIKIT_SIP_WS_PER_ADDRESS": "100000"}
            with server.serving(**settings, **limits, SAUTIKIT_SIP_REQUESTS_PER_SECOND="100000") as product:
                per_browser = asyncio.run(connect_all(product, certificate))
            table.bound(f"(o) resident, per connected browser {name}", per_browser, 40, "KiB")


async def connect_all(product, certificate):
    key = server.customer(product)
    token = product.request("POST", "/v1/sip/token", key, {"identity": "bench"})["token"]
    url = urllib.parse.urlparse(product.request("GET", "/browser/config.json")["ws_url"])
    tls = ssl.create_default_context(cafile=certificate) if url.scheme == "wss" else None
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(number):
        async with gate:
            return await connect(url.port, tls, token, number)

    kept = await asyncio.gather(*(one(number) for number in range(WARM)))
    time.sleep(1)
    before = processes.resident_kib(product.process.pid)
    kept += await asyncio.gather(*(one(number) for number in range(WARM, WARM + BROWSERS)))
    time.sleep(1)
    after = processes.resident_kib(product.process.pid)
    for writer in kept:
        writer.transport.abort()
    return (after - before) / BROWSERS


async def connect(port, tls, token, number):
    """Opens a WebSocket and registers; returns what keeps it open."""
    host = "localhost" if tls else "127.0.0.1"
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=tls, server_hostname=host if tls else None)
    nonce = base64.b64encode(os.urandom(16)).decode()
    writer.write((
        f"GET / HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {nonce}\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Protocol: sip, sautikit.token.{token}\r\n\r\n").encode())
    answer = await reader.readuntil(b"\r\n\r\n")
    if b" 101 " not in answer.split(b"\r\n")[0]:
        raise RuntimeError(f"the handshake was refused: {answer.decode(errors='replace')}")
    writer.write(frame(register(number)))
    answer = await reader.readuntil(b"\r\n\r\n")
    if b"SIP/2.0 200" not in answer:
        raise RuntimeError(f"REGISTER was refused: {answer.decode(errors='replace')}")
    return writer


def register(number):
    host = f"b{number}.invalid"
    return "\r\n".join([
        "REGISTER sip:sautikit.local SIP/2.0", f"Via: SIP/2.0/WS {host};branch=z9hG4bK{number}",
        f"From: <sip:bench@sautikit.local>;tag={number}", "To: <sip:bench@sautikit.local>",
        f"Call-ID: register-{number}", "CSeq: 1 REGISTER", "Max-Forwards: 70", "Supported: outbound",
        f"Contact: <sip:bench@{host};transport=ws>;reg-id=1;+sip.instance=\"<urn:uuid:{number}>\"", "Expires: 600",
        "", ""])


def frame(text):
    """A text frame as a client sends it (RFC 6455 section 5.2); its mask is zero."""
    payload = text.encode()
    return bytes([0x81, 0x80 | 126]) + len(payload).to_bytes(2, "big") + bytes(4) + payload
