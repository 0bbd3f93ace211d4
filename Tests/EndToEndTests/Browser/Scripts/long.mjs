// A call of twelve minutes by moved clocks: the page renews its tokens, and the call knows nothing of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Conversation } from "./Conversation.mjs";
import { MovedClocks } from "./MovedClocks.mjs";
import { OwnGateway } from "./OwnGateway.mjs";
import { browserHertz, phoneHertz, Place } from "./Place.mjs";
import { knock } from "./SigningKeys.mjs";
import { until } from "./until.mjs";

const number = "+254722000001";
const minutes = 12;
const place = new Place(new OwnGateway());
const { gateway } = place;
const clocks = new MovedClocks(place, process.env.TEST_CLOCK_FILE);
const { told, anew, hears, phoneHears, talk } = new Conversation(place);
let phone, pages, browser;

before(async () => {
  await place.open("/", () => ({ "/": fileURLToPath(new URL("page.html", import.meta.url)) }));
  ({ phone, pages, browser } = place);
  await clocks.start();
  await browser.evaluate("connect({})");
});

after(() => place.close());

test("a call outlives three tokens", async () => {
  const { token: first } = await gateway.giveToken();
  const mark = await talk(number);
  await hears(phoneHertz);
  for (let minute = 1; minute <= minutes; minute += 1) {
    await clocks.skip(60);
    // At four fifths of five minutes.
    await until(`the token of minute ${minute}`, () => pages.tokens === 1 + Math.floor(minute / 4));
    await hears(phoneHertz);
  }
  await phoneHears(browserHertz, 1);
  const bad = ["error", "ended", "disconnected", "reconnecting"];
  assert.deepEqual((await browser.evaluate("told")).filter(({ name }) => bad.includes(name)), []);
  await browser.evaluate("call.hangup()");
  await told("ended");
  await phone.event("CALL_CLOSED", mark);
  assert.equal(await knock(gateway.webSocketPort, first), 401);
});

test("it is billed by the server's clock", async () => {
  const calls = await until("the end of the call", async () => {
    const { data } = await gateway.ask("GET", "/v1/calls");
    return data.every(({ status }) => status === "completed") && data;
  });
  const { duration_seconds } = calls.find(({ to }) => to === number);
  assert.ok(duration_seconds >= minutes * 60 && duration_seconds < minutes * 60 + 300, `${duration_seconds} s`);
});

test("the browser is still there for calls", async () => {
  await anew();
  phone.tell("dial", `sip:${gateway.number}@127.0.0.1:${gateway.sipPort}`);
  await told("incoming");
  await browser.evaluate("call.answer()");
  await hears(phoneHertz);
  await browser.evaluate("call.hangup()");
  await told("ended");
});

test("nothing went wrong unseen", async () => {
  assert.deepEqual(await browser.errors, []);
});
