// The examples of the SDK's README, unchanged but for the import, in Chromium.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Place } from "./Place.mjs";
import { until } from "./until.mjs";

const place = new Place();
let phone, pages, browser;
const examples = new Map();

before(async () => {
  const readme = await readFile(new URL("../../../../clients/browser/README.md", import.meta.url), "utf8");
  for (const [, name, code] of readme.matchAll(/<!-- test: (\S+) -->\n```js\n(.*?)```/gs)) {
    examples.set(name, code.replace(/import (\{.*?\}) from "@sautikit\/browser";/, "const $1 = Sautikit;"));
  }
  await place.open("/", () => ({ "/": fileURLToPath(new URL("readme.html", import.meta.url)) }));
  ({ phone, pages, browser } = place);
  await browser.evaluate(`window.said = []; console.log = (...words) => said.push(words.join(" ").trim());
    window.showLevels = () => said.push("levels"); window.showBars = () => said.push("bars"); 0`);
});

after(() => place.close());

async function run(name) {
  const answer = await browser.tell("Runtime.evaluate", {
    expression: examples.get(name), replMode: true, awaitPromise: true, userGesture: true,
  });
  assert.equal(answer.exceptionDetails, undefined, JSON.stringify(answer.exceptionDetails?.exception));
}

const said = (words) => until(`"${words}"`, () => browser.evaluate(`said.includes(${JSON.stringify(words)})`));
const repl = (expression) => browser.tell("Runtime.evaluate", { expression, replMode: true, awaitPromise: true });

test("every marked example is known here", () => {
  assert.deepEqual([...examples.keys()].sort(), ["errors", "in-call", "inbound", "outbound"]);
});

test("a call", async () => {
  await run("outbound");
  await said("connected");
  await run("in-call");
  await said("levels");
  await said("bars");
  await repl("await call.hangup()");
  await said("ended hangup");
});

test("a call that comes in", async () => {
  await run("inbound");
  const mark = phone.events.length;
  phone.tell("dial", `sip:${pages.identity}@127.0.0.1:${place.gateway.sipPort}`);
  await said("incoming +254722000001");
  await phone.event("CALL_ESTABLISHED", mark);
});

test("an error", async () => {
  await repl("await client.disconnect()");
  await run("errors");
  await until("not_connected", () => browser.evaluate("said.some((words) => words.startsWith('not_connected '))"));
});
