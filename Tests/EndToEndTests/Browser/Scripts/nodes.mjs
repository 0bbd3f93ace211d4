// Chromium is connected to one node of our server, and calls come in at another, which has the sound.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Conversation } from "./Conversation.mjs";
import { OwnGateway } from "./OwnGateway.mjs";
import { browserHertz, phoneHertz, Place } from "./Place.mjs";
import { until } from "./until.mjs";

const place = new Place(new OwnGateway());
const { gateway } = place;
const conversation = new Conversation(place);
const { told, anew, hears, phoneHears } = conversation;
let phone, browser, relay;

before(async () => {
  await place.open("/", () => ({ "/": fileURLToPath(new URL("page.html", import.meta.url)) }));
  ({ phone, browser, relay } = place);
  await browser.evaluate("connect({})");
});

after(() => place.close());

/** The telephone calls; where its events begin. */
async function rings() {
  await anew();
  const mark = phone.events.length;
  phone.tell("dial", `sip:${gateway.number}@127.0.0.1:${gateway.sipPort}`);
  assert.equal((await told("incoming")).detail.direction, "inbound");
  return mark;
}

/** The same, answered. */
async function talk() {
  const mark = await rings();
  await browser.evaluate("call.answer()");
  await phone.event("CALL_ESTABLISHED", mark);
  await hears(phoneHertz);
  return mark;
}

test("both hear each other; the browser presses keys, holds, resumes and hangs up", async () => {
  const mark = await talk();
  await phoneHears(browserHertz, 1);
  await browser.evaluate("call.sendDigits('27*')");
  await conversation.phonePressed("27*", mark);
  await browser.evaluate("call.hold()");
  await told("held");
  await anew();
  await browser.evaluate("call.resume()");
  await told("held");
  await hears(phoneHertz);
  await browser.evaluate("call.hangup()");
  await phone.event("CALL_CLOSED", mark);
});

test("the telephone hangs up", async () => {
  await talk();
  phone.tell("hangup");
  assert.equal((await told("ended")).detail.reason, "remote_hangup");
});

test("the browser declines", async () => {
  const mark = await rings();
  await browser.evaluate("call.reject()");
  await until("the refusal at the telephone", () => phone.events.slice(mark)
    .some(({ type, param }) => type === "CALL_CLOSED" && /Decline|603/.test(param)));
});

test("the telephone gives up", async () => {
  await rings();
  phone.tell("hangup");
  assert.equal((await told("ended")).detail.reason, "cancelled");
});

test("the call outlives the browser's connection", async () => {
  const mark = await talk();
  const { connections } = relay;
  relay.cut();
  await told("reconnecting");
  await until("a new connection", () => relay.connections === connections + 1);
  await until("the end of the interruption", () =>
    browser.evaluate("told.some(({ name, detail }) => name === 'reconnecting' && detail.isReconnecting === false)"));
  await hears(phoneHertz);
  phone.tell("hangup");
  assert.equal((await told("ended")).detail.reason, "remote_hangup", JSON.stringify(await browser.evaluate("told")));
  await phone.event("CALL_CLOSED", mark);
});

test("nothing went wrong unseen", async () => {
  assert.deepEqual(await browser.errors, []);
});
