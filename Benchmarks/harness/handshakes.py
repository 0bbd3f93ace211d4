"""(r) Handshakes of DTLS-SRTP per second of the server's CPU, against openssl s_server's of TLS 1.2, called by openssl s_time."""

import os
import re
import socket
import subprocess
import tempfile

from . import processes

HANDSHAKES, SECONDS, PAIRS = 3000, 5, 5
# What our side picks for a browser, too: both sides show a certificate of P-256 and check that of the other.
CIPHER = "ECDHE-ECDSA-AES128-GCM-SHA256"


def of_ours():
    command, pipes = os.path.join(processes.BUILT, "dtls-handshakes"), {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    port = str(processes.free_port(socket.SOCK_DGRAM))
    with processes.running([command, "serve", port], **pipes) as server, \
            processes.running([command, "call", port, str(HANDSHAKES)], **pipes) as caller:
        before = processes.cpu_seconds(server.pid)
        server.stdin.write(caller.stdout.readline())
        server.stdin.flush()
        caller.stdin.write(server.stdout.readline())
        caller.stdin.flush()
        established = int(caller.stdout.readline())
        if established != HANDSHAKES:
            raise RuntimeError(f"{HANDSHAKES - established} handshakes failed")
        return established / (processes.cpu_seconds(server.pid) - before)


def is_listening(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def of_openssl(folder):
    port = processes.free_port()
    identity = ["-cert", os.path.join(folder, "cert.pem"), "-key", os.path.join(folder, "key.pem")]
    server = ["openssl", "s_server", "-accept", str(port), "-tls1_2", "-Verify", "1", "-verify_quiet", "-no_ticket", "-quiet", *identity]
    caller = ["openssl", "s_time", "-connect", f"127.0.0.1:{port}", "-new", "-time", str(SECONDS), "-tls1_2", "-cipher", CIPHER, *identity]
    with processes.running(server) as process:
        processes.wait_for(lambda: is_listening(port), "openssl s_server listens", process=process)
        before = processes.cpu_seconds(process.pid)
        told = subprocess.run(caller, check=True, capture_output=True, text=True).stdout
        used = processes.cpu_seconds(process.pid) - before
        return int(re.search(r"(\d+) connections in \d+ real seconds", told)[1]) / used


def measure(table):
    ours, openssl = [], []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=peer",
             "-keyout", os.path.join(folder, "key.pem"), "-out", os.path.join(folder, "cert.pem")], check=True, capture_output=True)
        for _ in range(PAIRS):
            openssl.append(of_openssl(folder))
            ours.append(of_ours())
    table.ratio("(r) DTLS-SRTP handshakes, against openssl's of TLS", ours, openssl, 0.8, unit="/cpu-s")
