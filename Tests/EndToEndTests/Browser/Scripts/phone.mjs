// The web phone, as people use it: by its buttons and by the keyboard.
// With SAUTIKIT_SCREENSHOTS=FOLDER it leaves pictures of how it looks.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { PhonePage } from "./PhonePage.mjs";
import { Place } from "./Place.mjs";
import { until } from "./until.mjs";

const place = new Place();
let phone, pages, browser, shows, click, type;

before(async () => {
  const path = "/browser/phone/index.html?token-url=/api/sip-token&from=%2B254700000001,%2B254700000002";
  await place.open(path, (sdk) => ({
    "/browser/phone/index.html": join(sdk, "phone/index.html"),
    "/browser/phone/phone.js": join(sdk, "phone/phone.js"),
    "/browser/phone/page.css": join(sdk, "phone/page.css"),
  }));
  ({ phone, pages, browser } = place);
  const page = new PhonePage(browser);
  ({ shows, click, type } = page);
  await page.find();
});

after(() => place.close());

/** Pictures of the page on a small telephone and on a desk, by day and by night. */
async function picture(name) {
  const folder = process.env.SAUTIKIT_SCREENSHOTS;
  if (!folder) return;
  for (const [width, height] of [[360, 740], [1280, 800]]) {
    for (const scheme of ["light", "dark"]) {
      await browser.tell("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
      await browser.tell("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
      await new Promise((resolve) => setTimeout(resolve, 250));
      await writeFile(join(folder, `${name}-${width}-${scheme}.png`), await browser.screenshot());
    }
  }
  await browser.tell("Emulation.clearDeviceMetricsOverride");
}

test("connects and says who it is", async () => {
  await shows(`Ready · ${pages.identity}`);
  await picture("idle");
});

test("nothing is wider than a small telephone", async () => {
  await browser.tell("Emulation.setDeviceMetricsOverride",
    { width: 320, height: 640, deviceScaleFactor: 1, mobile: true });
  const width = await browser.evaluate("document.documentElement.scrollWidth");
  await browser.tell("Emulation.clearDeviceMetricsOverride");
  assert.ok(width <= 320, `${width}`);
});

test("calls by the keyboard, presses digits, mutes, and hangs up", async () => {
  await browser.evaluate("root.querySelector('.number').focus()");
  await type([..."+254722000001", "Enter"]);
  await shows("00:0");
  await browser.evaluate("root.activeElement?.blur(); root.querySelector('.call .key').focus()");
  const mark = phone.events.length;
  await type(["7"]);
  await until("the digit", () =>
    phone.events.slice(mark).some(({ type, param }) => type === "CALL_DTMF_START" && param === "7"));
  await shows("Good");
  await picture("talking");
  await click("Transfer");
  await picture("transfer");
  await click("Transfer");
  await browser.evaluate("root.querySelector('.call .key').focus()");
  await type(["m"]);
  await until("muted", () => browser.evaluate(`[...root.querySelectorAll(".actions button")]
    .find((one) => one.innerText === "Mute").getAttribute("aria-pressed") === "true"`));
  await click("Hold");
  await shows("On hold");
  await picture("held");
  await type(["Escape"]);
  await shows("ended");
  await until("the list", async () => (await browser.evaluate("root.querySelectorAll('.again').length")) === 1);
});

test("rings, answers, and is hung up", async () => {
  phone.tell("dial", `sip:${pages.identity}@127.0.0.1:${place.gateway.sipPort}`);
  await shows("Answer");
  await picture("incoming");
  await click("Answer");
  await shows("00:0");
  await until("levels", () => browser.evaluate(
    "Number(root.querySelectorAll('[role=meter]')[1].getAttribute('aria-valuenow')) > 50"));
  phone.tell("hangup");
  await shows("ended");
});

test("tells a missed call, and what is wrong", async () => {
  phone.tell("dial", `sip:${pages.identity}@127.0.0.1:${place.gateway.sipPort}`);
  await shows("Answer");
  phone.tell("hangup");
  await shows("Missed");
  await browser.evaluate("document.querySelector('sautikit-phone').dial('+254700000003')");
  await click("Call");
  await shows("The line is busy");
  await picture("problem");
  await click("Close");
});

test("every control has a name, and nothing went wrong unseen", async () => {
  const nameless = await browser.evaluate(`[...root.querySelectorAll("button, input, select")].filter((one) =>
    !(one.innerText ?? "").trim() && !one.getAttribute("aria-label") && !one.closest("label")).map((one) =>
      one.outerHTML)`);
  assert.deepEqual(nameless, []);
  assert.deepEqual(browser.errors, []);
});
