// Chromium with the SDK's single-file build calls a telephone that nobody here wrote, through a gateway that nobody
// here wrote.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Conversation } from "./Conversation.mjs";
import { everydayTests } from "./everyday.mjs";
import { freePort } from "./freePort.mjs";
import { Phone } from "./Phone.mjs";
import { browserHertz, phoneHertz, Place } from "./Place.mjs";
import { until } from "./until.mjs";

const number = "+254722000001";
const place = new Place();
const { gateway, relay } = place;
const conversation = new Conversation(place);
const { told, anew, hears, phoneHears } = conversation;
const talk = (options) => conversation.talk(number, options);
let phone, pages, browser;

before(async () => {
  await place.open("/", () => ({ "/": fileURLToPath(new URL("page.html", import.meta.url)) }));
  ({ phone, pages, browser } = place);
});

after(() => place.close());

test("connects with the token of the page's server", async () => {
  assert.equal(await browser.evaluate("connect({})"), pages.identity);
  assert.equal(pages.tokens, 1);
  assert.equal(gateway.received("REGISTER"), 1);
});

everydayTests(conversation, {
  number, ownAddress: () => `sip:${pages.identity}@127.0.0.1:${gateway.sipPort}`,
});

test("tells levels and quality while somebody listens", async () => {
  await talk();
  await browser.evaluate("window.levels = []; call.on('levels', (one) => levels.push(one)); 0");
  await browser.evaluate("window.qualities = []; call.on('quality', (one) => qualities.push(one)); 0");
  await until("levels", () => browser.evaluate("levels.some(({ input, output }) => input > 0.5 && output > 0.5)"));
  await until("quality", () => browser.evaluate("qualities.some(({ mos, loss }) => mos > 3.5 && loss < 0.05)"));
  await browser.evaluate("call.hangup()");
  await told("ended");
});

test("follows the selected microphone and speaker", async () => {
  const [inputs, outputs] = await browser.evaluate("Promise.all([client.devices.inputs(), client.devices.outputs()])");
  assert.ok(inputs.length > 0 && outputs.length > 0, JSON.stringify([inputs, outputs]));
  await talk();
  await browser.evaluate("window.before = call.slot.current.local; 0");
  await browser.evaluate(`client.devices.selectInput(${JSON.stringify(inputs.at(-1).id)})`);
  await browser.evaluate(`client.devices.selectOutput(${JSON.stringify(outputs.at(-1).id)})`);
  await until("the other microphone", () => browser.evaluate("call.slot.current.local !== before"));
  await phoneHears(browserHertz, 1);
  await hears(phoneHertz);
  await browser.evaluate("client.devices.selectInput('nothing')");
  assert.equal((await told("error")).detail.code, "microphone_missing");
  await browser.evaluate("client.devices.selectInput('')");
  await browser.evaluate("call.hangup()");
  await told("ended");
});

test("gives a call away", async () => {
  const target = new Phone(join(place.folder, "target"), { hertz: phoneHertz });
  await target.start();
  try {
    await talk();
    try {
      await browser.evaluate(`call.transfer("sip:+254722000001@127.0.0.1:${target.port}")`);
    } catch (error) {
      throw new Error(`${error.message}\n${phone.log.slice(-3000)}\n${target.log.slice(-1000)}`);
    }
    assert.equal((await told("ended")).detail.reason, "transferred");
    await target.event("CALL_ESTABLISHED");
    target.tell("hangup");
    await target.event("CALL_CLOSED");
  } finally {
    await target.stop();
  }
});

test("keeps a call that cannot be given away", async () => {
  await talk();
  assert.equal(await browser.evaluate("codeOf(() => call.transfer('+254700000003'))"), "transfer_failed");
  await hears(phoneHertz);
  await browser.evaluate("call.hangup()");
  await told("ended");
});

test("a busy line is told as one", async () => {
  await anew();
  await browser.evaluate("place('+254700000003')");
  const { reason, error } = (await told("ended")).detail;
  assert.deepEqual([reason, error.code], ["busy", "busy"]);
});

test("a hold and a cut connection are told by re-INVITE", async () => {
  await talk();
  const [invites, registers] = [gateway.received("INVITE"), gateway.received("REGISTER")];
  await browser.evaluate("call.hold()");
  await until("the hold", () => gateway.received("INVITE") === invites + 1);
  await phone.event("CALL_REMOTE_SDP");
  await browser.evaluate("call.resume()");
  await until("the end of the hold", () => gateway.received("INVITE") === invites + 2);
  await hears(phoneHertz);
  relay.cut();
  await told("reconnecting");
  await told("connected");
  assert.equal(gateway.received("REGISTER"), registers + 1);
  await until("the new way", () => gateway.received("INVITE") === invites + 3);
  await browser.evaluate("call.hangup()");
  await told("ended");
});

test("hanging up without a connection is told when there is one again", async () => {
  const mark = await talk();
  relay.isOpen = false;
  relay.cut();
  await told("reconnecting");
  await browser.evaluate("call.hangup()");
  assert.equal((await told("ended")).detail.reason, "hangup");
  relay.isOpen = true;
  await phone.event("CALL_CLOSED", mark);
});

test("a token is renewed before it ends, and shown", async () => {
  await browser.evaluate("client.disconnect()");
  await anew();
  pages.life_s = 5;
  const [tokens, registers] = [pages.tokens, gateway.received("REGISTER")];
  await browser.evaluate("connect({})");
  await until("a second token", () => pages.tokens >= tokens + 2);
  await told("tokenExpiring");
  await until("a refreshing REGISTER", () => gateway.received("REGISTER") >= registers + 2);
  pages.life_s = 300;
});

test("says what is wrong when it cannot connect", async () => {
  pages.failure = 500;
  assert.equal(await browser.evaluate("codeOf(() => connect({}))"), "token_endpoint_failed");
  pages.failure = undefined;
  const nowhere = `ws://127.0.0.1:${await freePort()}/`;
  assert.equal(await browser.evaluate(`codeOf(() => connect({ gatewayUrl: "${nowhere}" }))`), "gateway_unreachable");
  assert.equal(await browser.evaluate("codeOf(() => connect({ gatewayUrl: 'http://a' }))"), "gateway_unknown");
  assert.equal(await browser.evaluate("codeOf(() => client.call('+254722000001'))"), "not_connected");
});

test("nothing went wrong unseen", () => {
  assert.deepEqual(browser.errors, []);
});
