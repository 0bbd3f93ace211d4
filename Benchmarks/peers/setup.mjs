// Calls a number again and again from Chromium, and prints how long each took from call() to the first sound: a list of
// milliseconds as JSON. The environment says which server, with which key and number, and whom to call how often.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Chromium } from "../../Tests/EndToEndTests/Browser/Scripts/Chromium.mjs";
import { OwnGateway } from "../../Tests/EndToEndTests/Browser/Scripts/OwnGateway.mjs";
import { PageServer } from "../../Tests/EndToEndTests/Browser/Scripts/PageServer.mjs";
import { toneFile } from "../../Tests/EndToEndTests/Browser/Scripts/sound.mjs";

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const gateway = new OwnGateway();
await gateway.start();
const pages = new PageServer({
  sdk: path("clients/browser/dist"),
  files: { "/": path("Tests/EndToEndTests/Browser/Scripts/page.html") },
  gatewayUrl: `ws://127.0.0.1:${gateway.webSocketPort}/`,
  giveToken: gateway.giveToken,
});
await pages.start();
const folder = await mkdtemp(join(tmpdir(), "browser-"));
const microphone = join(folder, "microphone.wav");
await writeFile(microphone, toneFile({ hertz: 1000, rate: 48_000, seconds: 2 }));
const browser = await Chromium.open(`${pages.url}/`, { folder: join(folder, "profile"), microphone });

try {
  await browser.evaluate("connect({})");
  await browser.evaluate(`window.untilSound = async (to, from) => {
    const began = performance.now();
    follow(await client.call(to, { from }));
    for (;;) {
      const stats = await call.slot.current?.peer.getStats();
      const heard = [...(stats?.values() ?? [])].find(({ type }) => type === "inbound-rtp");
      if (heard?.packetsReceived > 0) return performance.now() - began;
      if (performance.now() - began > 10_000) throw new Error("no sound within 10 s");
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }; 0`);
  const times_ms = [];
  for (let count = Number(process.env.TEST_CALLS); count > 0; count -= 1) {
    times_ms.push(await browser.evaluate(`untilSound("${process.env.TEST_CALLEE}", "${gateway.number}")`));
    await browser.evaluate("call.hangup()");
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  console.log(JSON.stringify(times_ms));
} finally {
  await browser.close();
  await pages.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
