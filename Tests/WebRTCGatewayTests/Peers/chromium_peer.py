#!/usr/bin/env python3
"""A headless Chromium as a WebRTC peer: it sends one tone and says which it hears.

Usage: chromium_peer.py offer|answer HERTZ KEYS FOLDER. KEYS are pressed once it hears of us; FOLDER is for its profile. One JSON object a line: descriptions {"sdp": ...} go out and come in, then {"state": ..., "hertz": ..., "share": ...,
"transport": ...} again and again."""
import asyncio
import functools
import http.server
import json
import os
import subprocess
import sys
import threading
import urllib.request

import websockets

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--no-zygote",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--remote-debugging-port=0",
    "--remote-debugging-address=127.0.0.1",
    "--mute-audio",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--allow-loopback-in-peer-connection",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *words):
        pass


def serve():
    """The page, from a server of this process."""
    folder = os.path.dirname(os.path.abspath(__file__))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/peer.html"


def tell(**what):
    print(json.dumps(what), flush=True)


async def page_address(folder):
    path = os.path.join(folder, "DevToolsActivePort")
    while not (os.path.exists(path) and open(path).read().strip()):
        await asyncio.sleep(0.05)
    port = open(path).read().split()[0]
    while True:
        pages = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/json"))
        pages = [page for page in pages if page["type"] == "page" and "peer.html" in page["url"]]
        if pages:
            return pages[0]["webSocketDebuggerUrl"]
        await asyncio.sleep(0.05)


class Page:
    def __init__(self, socket):
        self.socket, self.number = socket, 0

    async def run(self, expression):
        self.number += 1
        asked = {"expression": expression, "awaitPromise": True, "returnByValue": True, "userGesture": True}
        await self.socket.send(json.dumps({"id": self.number, "method": "Runtime.evaluate", "params": asked}))
        while True:
            answer = json.loads(await self.socket.recv())
            if answer.get("id") == self.number:
                break
        result = answer["result"]
        if "exceptionDetails" in result:
            raise RuntimeError(json.dumps(result["exceptionDetails"]))
        return result["result"].get("value")


async def read_sdp():
    line = await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    return json.loads(line)["sdp"]


async def main():
    role, hertz, keys, folder = sys.argv[1], float(sys.argv[2]), sys.argv[3], sys.argv[4]
    words = ["chromium", *FLAGS, f"--user-data-dir={folder}", serve()]
    browser = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        async with websockets.connect(await page_address(folder), max_size=None) as socket:
            page = Page(socket)
            while not await page.run("typeof offer === 'function'"):
                await asyncio.sleep(0.05)
            if role == "offer":
                tell(sdp=await page.run(f"offer({hertz})"))
                await page.run(f"accept({json.dumps(await read_sdp())})")
            else:
                tell(sdp=await page.run(f"answer({hertz}, {json.dumps(await read_sdp())})"))
            if keys:
                await page.run(f"press({json.dumps(keys)})")
            while True:
                tell(**await page.run("look()"))
    finally:
        browser.kill()
        browser.wait()


asyncio.run(main())
