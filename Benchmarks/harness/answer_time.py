"""(l) A call that comes in: from INVITE to 200 when the customer's server says `say`, and from 200 to the first sound."""

import http.server
import json
import random
import socket
import statistics
import threading
import time

from . import processes, server

CALLS, WARM = 200, 10
NUMBER = "+254200000001"
DOCUMENT = json.dumps({"actions": [{"say": {"text": "Welcome to the shop. Please wait.", "language": "en-KE"}}]}).encode()
SILENCE = {0xD5, 0x55}  # A-law: plus and minus nothing.


class Customer:
    """The customer's server; `times` says how long each answer took it."""

    def __enter__(self):
        self.times = times = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                start = time.monotonic()
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(DOCUMENT)))
                self.end_headers()
                self.wfile.write(DOCUMENT)
                times.append(time.monotonic() - start)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/voice"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class Phone:
    """Enough of a telephone to call once, over UDP, and to hear when sound begins."""

    def __init__(self, target):
        self.target = target
        self.sip = self.bound()
        self.rtp = self.bound()
        self.port = self.sip.getsockname()[1]
        self.id = f"{random.getrandbits(64):x}"

    @staticmethod
    def bound():
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.bind(("127.0.0.1", 0))
        sock.settimeout(10)
        return sock

    def close(self):
        self.sip.close()
        self.rtp.close()

    def send(self, method, number, to_tag="", body=""):
        head = [
            f"{method} sip:{NUMBER}@127.0.0.1:{self.target} SIP/2.0",
            f"Via: SIP/2.0/UDP 127.0.0.1:{self.port};rport;branch=z9hG4bK{self.id}{method}{number}",
            "Max-Forwards: 70", f"From: <sip:+254722000111@127.0.0.1:{self.port}>;tag={self.id}",
            f"To: <sip:{NUMBER}@127.0.0.1>{to_tag}", f"Call-ID: {self.id}@127.0.0.1", f"CSeq: {number} {method}",
            f"Contact: <sip:phone@127.0.0.1:{self.port}>", "Content-Type: application/sdp",
            f"Content-Length: {len(body)}", "", ""]
        self.sip.sendto(("\r\n".join(head) + body).encode(), ("127.0.0.1", self.target))

    def final(self):
        """The final response, and when it came."""
        while True:
            text = self.sip.recv(65535).decode()
            if text.startswith("SIP/2.0 1") or not text.startswith("SIP/2.0"):
                continue
            return int(text.split(" ", 2)[1]), text, time.monotonic()

    def call(self):
        """Seconds from INVITE to 200, and from there to the first sound."""
        media = (
            f"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            f"m=audio {self.rtp.getsockname()[1]} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n")
        start = time.monotonic()
        self.send("INVITE", 1, body=media)
        status, text, answered = self.final()
        if status != 200:
            raise RuntimeError(f"the call was refused with {status}")
        tag = next(line for line in text.split("\r\n") if line.lower().startswith("to:")).split(";tag=")[1]
        self.send("ACK", 1, f";tag={tag}")
        while True:
            packet = self.rtp.recv(2048)
            if any(sample not in SILENCE for sample in packet[12:]):
                break
        heard = time.monotonic()
        self.send("BYE", 2, f";tag={tag}")
        self.final()
        return answered - start, heard - answered


def measure(table):
    with Customer() as customer, server.serving() as product:
        server.customer(product, NUMBER, voice_callback_url=customer.url)
        product.admin(
            "trunk", "add", "--name", "carrier", "--address", f"127.0.0.1:{processes.free_port()}", "--transport",
            "udp", "--prefix", "+", "--priority", "1", "--from", "127.0.0.1/32")
        time.sleep(1)
        answers, sounds = [], []
        for index in range(WARM + CALLS):
            phone = Phone(product.sip_port)
            asked = len(customer.times)
            answered, heard = phone.call()
            phone.close()
            if index >= WARM:
                answers.append(1000 * (answered - customer.times[asked]))
                sounds.append(1000 * heard)
            time.sleep(0.05)
        table.bound("(l) INVITE to 200 with `say`, p99", percentile(answers, 99), 150, "ms")
        table.bound("(l) 200 to the first sound, p99", percentile(sounds, 99), 60, "ms")


def percentile(values, share):
    return statistics.quantiles(values, n=100)[share - 1]
