// The web phone as a newcomer has it: the sandbox's own page, its pretended country, and nothing else.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Chromium } from "./Chromium.mjs";
import { PhonePage } from "./PhonePage.mjs";
import { toneFile } from "./sound.mjs";
import { until } from "./until.mjs";

const server = process.env.SAUTIKIT_URL;
let folder, browser, page;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "browser-"));
  const microphone = join(folder, "microphone.wav");
  await writeFile(microphone, toneFile({ hertz: 1000, rate: 48_000, seconds: 2 }));
  browser = await Chromium.open(`${server}/sandbox/phone`, { folder: join(folder, "profile"), microphone });
  page = new PhonePage(browser);
  await page.find();
});

after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

const level = (index) => browser.evaluate(
  `Number(root.querySelectorAll('[role=meter]')[${index}]?.getAttribute('aria-valuenow') ?? 0)`);

test("is ready without being told anything", () => page.shows("Ready"));

test("calls a phone of the sandbox that plays a tone, and hears it", async () => {
  await browser.evaluate("root.querySelector('.number').focus()");
  await page.type([..."+254700000010", "Enter"]);
  await page.shows("00:0");
  await until("what it hears", async () => await level(1) > 50);
  await until("what it says", async () => await level(0) > 50);
  await page.click("Hang up");
  await page.shows("ended");
});

test("rings when a phone of the sandbox calls its number", async () => {
  const from = new URL(await browser.evaluate("location.href")).searchParams.get("from");
  const answer = await fetch(`${server}/sandbox/calls`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ to: from }),
  });
  assert.equal(answer.status, 202, await answer.text());
  await page.shows("Answer");
  await page.click("Answer");
  await page.shows("00:0");
  await until("what it hears", async () => await level(1) > 20);
  await page.click("Hang up");
  await page.shows("ended");
});

test("nothing went wrong unseen", () => {
  assert.deepEqual(browser.errors, []);
});
