"""(c) RTP packets relayed per second of CPU, against rtpengine in user space and a minimal C relay."""

import base64
import json
import os
import socket
import subprocess
import time

from . import processes

CALLS, SECONDS, PAIRS = 200, 10, 3
# What protects the first leg of each call; known to all, as this is a measurement.
KEY = bytes(range(30))


def built(name):
    return os.path.join(processes.BUILT, name)


def load(base, ports, is_secured):
    """Runs the paced load at `ports`, one stream a port; returns what was sent and came back."""
    command = [built("rtp-load"), str(2 * CALLS), str(base), str(SECONDS), *(["0", KEY.hex()] if is_secured else [])]
    text = "\n".join(map(str, ports)) + "\n"
    return json.loads(subprocess.run(command, input=text, check=True, capture_output=True, text=True).stdout)


def packets_per_cpu_second(pid, base, ports, is_secured=False):
    before = processes.cpu_seconds(pid)
    result = load(base, ports, is_secured)
    used = processes.cpu_seconds(pid) - before
    if result["received"] < 0.99 * result["sent"]:
        raise RuntimeError(f"more than 1 % was lost: {result}")
    return result["received"] / used


def of_relay(command, is_secured=False):
    """A relay that prints the port of each leg; leg k's remote is the load's socket k."""
    base = processes.free_port_range(4 * CALLS)
    with processes.running(
        [*command, str(CALLS), str(base), *([KEY.hex()] if is_secured else [])], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        ports = [int(process.stdout.readline()) for _ in range(2 * CALLS)]
        return packets_per_cpu_second(process.pid, base, ports, is_secured)


def of_rtpengine(is_secured=False):
    control, base = processes.free_port(socket.SOCK_DGRAM), processes.free_port_range(4 * CALLS)
    command = [
        "rtpengine", "--config-file=none", "--table=-1", "--interface=127.0.0.1", f"--listen-ng=127.0.0.1:{control}",
        "--port-min=10000", "--port-max=19999", "--foreground", "--log-stderr", "--log-level=3", "--num-threads=1",
        "--delete-delay=0"]
    with processes.running(command) as process, Control(control) as rtpengine:
        processes.wait_for(rtpengine.is_up, "rtpengine answers", process=process)
        ports = [0] * (2 * CALLS)
        for call in range(CALLS):
            legs = {"call-id": f"call{call}", "from-tag": "a", "ICE": "remove"}
            described = sdp(base + 4 * call, is_secured)
            offer = rtpengine.ask({"command": "offer", "sdp": described, "transport-protocol": "RTP/AVP", **legs})
            answer = rtpengine.ask({"command": "answer", "to-tag": "b", "sdp": sdp(base + 4 * call + 2), **legs})
            ports[2 * call], ports[2 * call + 1] = audio_port(answer), audio_port(offer)
        return packets_per_cpu_second(process.pid, base, ports, is_secured)


def sdp(port, is_secured=False):
    lines = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0"]
    if is_secured:
        key = base64.b64encode(KEY).decode()
        lines += [f"m=audio {port} RTP/SAVP 8", f"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{key}"]
    else:
        lines.append(f"m=audio {port} RTP/AVP 8")
    return "\r\n".join([*lines, ""])


def audio_port(answer):
    if answer.get(b"result") != b"ok":
        raise RuntimeError(f"rtpengine refused: {answer}")
    return next(int(line.split()[1]) for line in answer[b"sdp"].decode().splitlines() if line.startswith("m=audio"))


class Control:
    """rtpengine's control protocol: a cookie and a bencoded dictionary over UDP."""

    def __init__(self, port):
        self.address, self.cookie = ("127.0.0.1", port), 0

    def __enter__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.settimeout(2)
        return self

    def __exit__(self, *_):
        self.socket.close()

    def is_up(self):
        try:
            return self.ask({"command": "ping"}).get(b"result") == b"pong"
        except OSError:
            time.sleep(0.1)
            return False

    def ask(self, question):
        self.cookie += 1
        cookie = b"%d " % self.cookie
        self.socket.sendto(cookie + bencode(question), self.address)
        while True:
            answer = self.socket.recv(65536)
            if answer.startswith(cookie):
                return bdecode(answer[len(cookie):])[0]


def bencode(value):
    if isinstance(value, dict):
        return b"d" + b"".join(bencode(key) + bencode(value[key]) for key in sorted(value)) + b"e"
    data = value.encode()
    return b"%d:%s" % (len(data), data)


def bdecode(data):
    """The first value in `data`, and the rest."""
    if data[:1] == b"i":
        number, _, rest = data[1:].partition(b"e")
        return int(number), rest
    if data[:1] in b"ld":
        items, rest = [], data[1:]
        while rest[:1] != b"e":
            item, rest = bdecode(rest)
            items.append(item)
        return (items if data[:1] == b"l" else dict(zip(items[::2], items[1::2]))), rest[1:]
    length, _, rest = data.partition(b":")
    return rest[: int(length)], rest[int(length):]


def measure(table):
    ours, converted, rtpengine, floor = [], [], [], []
    for _ in range(PAIRS):
        rtpengine.append(of_rtpengine())
        ours.append(of_relay([built("media-relay"), "same"]))
        floor.append(of_relay([built("c-relay")]))
        converted.append(of_relay([built("media-relay"), "convert"]))
    table.ratio("(c) RTP relayed, against rtpengine", ours, rtpengine, 1.5, unit="pkt/cpu-s")
    table.ratio("(c) RTP relayed, against the C relay", ours, floor, 0.85, unit="pkt/cpu-s")
    table.ratio("(c) with A-law to u-law, against without", converted, ours, 0.95, unit="pkt/cpu-s")


def measure_secured(table):
    """(p) RTP packets relayed between SRTP and RTP per second of CPU, half of them either way, against rtpengine."""
    ours, rtpengine = [], []
    for _ in range(PAIRS):
        rtpengine.append(of_rtpengine(is_secured=True))
        ours.append(of_relay([built("media-relay"), "secured"], is_secured=True))
    table.ratio("(p) SRTP to RTP and back, against rtpengine", ours, rtpengine, 1.2, unit="pkt/cpu-s")
