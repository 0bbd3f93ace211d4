#!/usr/bin/env python3
"""A WebRTC peer that is not ours: aiortc, which sends one tone and says which it hears.

Usage: aiortc_peer.py offer|answer HERTZ laws|opus. One JSON object a line: descriptions {"sdp": ...} go out and come in, then
{"state": ...} whenever the connection changes and {"hertz": ..., "share": ...} for each second of sound."""
import asyncio
import fractions
import json
import sys

import aioice.ice
import numpy as np
from aiortc import MediaStreamTrack, RTCPeerConnection, RTCRtpSender, RTCSessionDescription
from av import AudioFrame

# It would leave loopback out.
aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]


class Tone(MediaStreamTrack):
    kind = "audio"

    def __init__(self, hertz):
        super().__init__()
        self.hertz, self.sent, self.start = hertz, 0, None

    async def recv(self):
        loop = asyncio.get_running_loop()
        self.start = self.start or loop.time()
        await asyncio.sleep(max(0, self.start + self.sent / 8000 - loop.time()))
        times = (self.sent + np.arange(160)) / 8000
        samples = (12000 * np.sin(2 * np.pi * self.hertz * times)).astype(np.int16)
        frame = AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = 8000, self.sent, fractions.Fraction(1, 8000)
        self.sent += 160
        return frame


CODECS = {"laws": ("audio/PCMA", "audio/PCMU"), "opus": ("audio/opus",)}


def take_only(peer, names):
    codecs = RTCRtpSender.getCapabilities("audio").codecs
    peer.getTransceivers()[0].setCodecPreferences([codec for codec in codecs if codec.mimeType in CODECS[names]])


def tell(**what):
    print(json.dumps(what), flush=True)


async def listen(track):
    heard = []
    while True:
        frame = await track.recv()
        samples = frame.to_ndarray().reshape(-1, len(frame.layout.channels))[:, 0]
        heard.extend(samples.tolist())
        if len(heard) < frame.sample_rate:
            continue
        spectrum = np.abs(np.fft.rfft(np.array(heard[: frame.sample_rate], dtype=float))) ** 2
        heard.clear()
        # One second: one bin is one hertz.
        peak = int(np.argmax(spectrum))
        total = float(np.sum(spectrum))
        near = float(np.sum(spectrum[max(0, peak - 3) : peak + 4]))
        tell(hertz=peak, share=near / total if total > 0 else 0)


async def read_description(kind):
    line = await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    return RTCSessionDescription(json.loads(line)["sdp"], kind)


async def main():
    role, hertz, names = sys.argv[1], float(sys.argv[2]), sys.argv[3]
    peer = RTCPeerConnection()
    peer.on("track", lambda track: asyncio.ensure_future(listen(track)))
    peer.on("connectionstatechange", lambda: tell(state=peer.connectionState))
    peer.addTrack(Tone(hertz))
    take_only(peer, names)
    if role == "offer":
        await peer.setLocalDescription(await peer.createOffer())
        tell(sdp=peer.localDescription.sdp)
        await peer.setRemoteDescription(await read_description("answer"))
    else:
        await peer.setRemoteDescription(await read_description("offer"))
        await peer.setLocalDescription(await peer.createAnswer())
        tell(sdp=peer.localDescription.sdp)
    await asyncio.Event().wait()


asyncio.run(main())
