// Chromium with the SDK's single-file build calls a telephone, through our own server and its media.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Conversation } from "./Conversation.mjs";
import { everydayTests } from "./everyday.mjs";
import { OwnGateway } from "./OwnGateway.mjs";
import { browserHertz, phoneHertz, Place } from "./Place.mjs";
import { Program } from "./Program.mjs";
import { isSigned, knock, SigningKeys } from "./SigningKeys.mjs";
import { until } from "./until.mjs";

const number = "+254722000001";
const place = new Place(new OwnGateway());
const { gateway } = place;
const conversation = new Conversation(place);
const { told, anew, hears, phoneHears } = conversation;
const keys = new SigningKeys(process.env.TEST_DATA_FOLDER);
const talk = () => conversation.talk(number);
let phone, pages, browser;

before(async () => {
  await place.open("/", () => ({ "/": fileURLToPath(new URL("page.html", import.meta.url)) }));
  ({ phone, pages, browser } = place);
});

after(() => place.close());

const ends = ["completed", "failed", "busy", "no_answer", "canceled"];
const calls = async () => (await gateway.ask("GET", "/v1/calls?limit=100")).data;
const over = () => until("the end of all calls", async () =>
  (await calls()).every(({ status }) => ends.includes(status)));

test("connects with a token of the server", async () => {
  assert.equal(await browser.evaluate("connect({})"), pages.identity);
  assert.equal(pages.tokens, 1);
});

everydayTests(conversation, {
  number, ownAddress: () => `sip:${gateway.number}@127.0.0.1:${gateway.sipPort}`,
});

test("a call is listed and billed", async () => {
  await over();
  const before_minor = (await gateway.ask("GET", "/v1/wallet")).balance_minor;
  await talk();
  // It costs by the second.
  await phoneHears(browserHertz, 1);
  await browser.evaluate("call.hangup()");
  await told("ended");
  await over();
  const [leg, own] = await calls();
  for (const call of [leg, own]) assert.deepEqual([call.direction, call.status], ["outbound", "completed"]);
  assert.ok((await gateway.ask("GET", "/v1/wallet")).balance_minor < before_minor);
});

test("calls over TCP from a network that lets no datagrams through", async () => {
  await browser.evaluate("onlyBy('tcp')");
  try {
    await talk();
    await hears(phoneHertz);
    await phoneHears(browserHertz, 1);
    assert.deepEqual(await browser.evaluate("carriers()"), ["tcp"]);
    await browser.evaluate("call.hangup()");
    await told("ended");
  } finally {
    await browser.evaluate("onlyBy()");
  }
});

/** sipp, which has one call and sends back what it hears. */
function sipp(scenario, ...more) {
  const file = fileURLToPath(new URL(`../../Scenarios/${scenario}.xml`, import.meta.url));
  return new Program("sipp", [
    ...more, "-sf", file, "-i", "127.0.0.1", "-mi", "127.0.0.1", "-p", process.env.TEST_SIPP_PORT, "-m", "1",
    "-rtp_echo", "-nostdin", "-timeout", "120",
  ], { cwd: place.folder });
}

test("calls sipp, which sends back what it hears", async () => {
  const carrier = sipp("answers");
  try {
    await anew();
    await browser.evaluate(`place("+254733000001", { from: "${gateway.number}" })`);
    await told("answered");
    await hears(browserHertz);
    await browser.evaluate("call.hangup()");
    await told("ended");
    await until("the end of sipp", () => carrier.hasEnded);
    assert.equal(carrier.status, 0, carrier.output);
  } finally {
    await carrier.stop();
  }
});

test("sipp calls; the browser answers and hears itself", async () => {
  await anew();
  const caller = sipp("echoes", "-s", gateway.number, `127.0.0.1:${gateway.sipPort}`);
  try {
    assert.equal((await told("incoming")).detail.from, "+254733000001");
    await browser.evaluate("call.answer()");
    await hears(browserHertz);
    await browser.evaluate("call.hangup()");
    await told("ended");
    await until("the end of sipp", () => caller.hasEnded);
    assert.equal(caller.status, 0, caller.output);
  } finally {
    await caller.stop();
  }
});

test("a browser with nothing but Opus calls and is called", async () => {
  await browser.evaluate("onlyOpus(true)");
  const mark = await talk();
  await hears(phoneHertz);
  await phoneHears(browserHertz, 1);
  assert.equal((await browser.evaluate("call.stats()")).codec, "opus");
  await browser.evaluate("call.sendDigits('27*')");
  await conversation.phonePressed("27*", mark);
  await browser.evaluate("call.hangup()");
  await told("ended");
  await phone.event("CALL_CLOSED", mark);
  await anew();
  const second = phone.events.length;
  phone.tell("dial", `sip:${gateway.number}@127.0.0.1:${gateway.sipPort}`);
  await told("incoming");
  await browser.evaluate("call.answer()");
  await phone.event("CALL_ESTABLISHED", second);
  await hears(phoneHertz);
  await phoneHears(browserHertz, 1);
  assert.equal((await browser.evaluate("call.stats()")).codec, "opus");
  await browser.evaluate("call.hangup()");
  await phone.event("CALL_CLOSED", second);
  await browser.evaluate("onlyOpus(false)");
});

test("a colleague is called by name; the two speak Opus with each other", async () => {
  const colleague = await place.openBrowser("/");
  const theirs = new Conversation({ browser: colleague, gateway, phone });
  await colleague.evaluate("connect({ tokenUrl: '/api/sip-token?identity=juma' })");
  await anew();
  await browser.evaluate(`place("juma", { from: "${gateway.number}" })`);
  assert.equal((await theirs.told("incoming")).detail.from, "web-1");
  await colleague.evaluate("call.answer()");
  await told("answered");
  await hears(browserHertz);
  await theirs.hears(browserHertz);
  for (const one of [browser, colleague]) assert.equal((await one.evaluate("call.stats()")).codec, "opus");
  await colleague.evaluate("call.hangup()");
  assert.equal((await told("ended")).detail.reason, "remote_hangup");
  await colleague.evaluate("client.disconnect()");
  await over();
  const [last] = await calls();
  assert.deepEqual([last.status, last.cost_minor], ["completed", 0]);
});

test("keys change in the middle of a call", async () => {
  await talk();
  await hears(phoneHertz);
  const { token: old } = await gateway.giveToken();
  const key = await keys.change();
  await until("the new key", async () => isSigned((await gateway.giveToken()).token, key));
  // Whoever has a token of the old key may come in until that is taken away.
  assert.equal(await knock(gateway.webSocketPort, old), 101);
  await keys.forgetOld();
  await until("the end of the old key", async () => await knock(gateway.webSocketPort, old) === 401);
  await hears(phoneHertz);
  assert.deepEqual(await browser.evaluate("told.filter(({ name }) => name === 'ended')"), []);
  await browser.evaluate("call.hangup()");
  await told("ended");
  // The page has a connection that the old key had opened: it gets another token without being told to.
  await talk();
  await browser.evaluate("call.hangup()");
  await told("ended");
});

test("nothing went wrong unseen", async () => {
  assert.deepEqual(await browser.errors, []);
});
