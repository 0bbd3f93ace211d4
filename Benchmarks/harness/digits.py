"""(n) Keys: 10,000 each way as events and as tones, and an hour of speech in which there are none."""

import os
import subprocess
import tempfile

from . import processes

KEYS, SECONDS = 10_000, 3600
TEXT = (
    "Thank you for calling. Your order number four eight two one was sent on Tuesday, and it costs two thousand five "
    "hundred shillings. Please hold the line while we look for somebody who can help you with your delivery to Nakuru. ")
SWAHILI = (
    "Asante kwa kupiga simu. Agizo lako namba nne nane mbili moja lilitumwa Jumanne, na gharama yake ni shilingi elfu "
    "mbili na mia tano. Tafadhali subiri kidogo tunapotafuta mtu wa kukusaidia. ")


def measure(table):
    program = os.path.join(processes.BUILT, "digit-check")
    for line in output([program, "keys", str(KEYS)]):
        kind, count, wrong = line.split()
        table.bound(f"(n) keys wrong of {int(count):,}, as {kind}", int(wrong), 0, "keys")
    with tempfile.TemporaryDirectory() as folder:
        line = output([program, "listen", *speech(folder)])[0]
        _, seconds, false = line.split()
        if int(seconds) < SECONDS:
            raise RuntimeError(f"only {seconds} s of speech were made")
        table.bound(f"(n) false keys in {int(seconds):,} s of speech", int(false), 0, "keys")


def output(command):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=3000).stdout.splitlines()


def speech(folder):
    """Files of raw speech of many voices, together an hour or more."""
    files, seconds = [], 0.0
    voices = [
        (text, language, variant, pitch)
        for text, language in ((TEXT, "en"), (SWAHILI, "sw"))
        for variant in ("m1", "m3", "m7", "f1", "f3", "f5") for pitch in (20, 50, 80)]
    while seconds < SECONDS:
        text, language, variant, pitch = voices[len(files) % len(voices)]
        wave, raw = os.path.join(folder, "speech.wav"), os.path.join(folder, f"{len(files)}.raw")
        subprocess.run(
            ["espeak-ng", "-v", f"{language}+{variant}", "-p", str(pitch), "-s", str(130 + 7 * (len(files) % 9)), "-w",
             wave, text * 8], check=True, timeout=120)
        subprocess.run(
            ["sox", wave, "-r", "8000", "-c", "1", "-e", "signed", "-b", "16", "-t", "raw", raw], check=True, timeout=120)
        files.append(raw)
        seconds += os.path.getsize(raw) / 16000
    return files
