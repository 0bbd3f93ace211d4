// Chromium with the SDK's single-file build calls a telephone, through our own server and its media.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Conversation } from "./Conversation.mjs";
import { OwnGateway } from "./OwnGateway.mjs";
import { browserHertz, phoneHertz, Place } from "./Place.mjs";
import { Program } from "./Program.mjs";
import { isSigned, knock, SigningKeys } from "./SigningKeys.mjs";
import { until } from "./until.mjs";

const number = "+254722000001";
const place = new Place(new OwnGateway());
const { gateway, relay } = place;
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

test("calls a telephone; both hear each other; the browser hangs up; the call is listed and billed", async () => {
  const before_minor = (await gateway.ask("GET", "/v1/wallet")).balance_minor;
  const mark = await talk();
  await hears(phoneHertz);
  await phoneHears(browserHertz, 1);
  const stats = await browser.evaluate("call.stats()");
  assert.match(stats.codec, /^PCM[AU]$/);
  assert.ok(stats.packetsReceived > 20 && stats.packetsSent > 20 && stats.mos > 2, JSON.stringify(stats));
  await browser.evaluate("call.hangup()");
  assert.deepEqual((await told("ended")).detail, { reason: "hangup" });
  await phone.event("CALL_CLOSED", mark);
  await over();
  const all = await calls();
  assert.equal(all.length, 2);
  assert.ok(all.every((call) => call.direction === "outbound" && call.status === "completed"), JSON.stringify(all));
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

test("the telephone hangs up", async () => {
  await talk();
  phone.tell("hangup");
  assert.equal((await told("ended")).detail.reason, "remote_hangup");
});

test("mutes, holds and resumes", async () => {
  await talk();
  await phoneHears(browserHertz, 0.6);
  await browser.evaluate("call.hold()");
  assert.deepEqual((await told("held")).detail, { isHeld: true, by: "us" });
  await anew();
  await browser.evaluate("call.resume()");
  await told("held");
  await hears(phoneHertz);
  assert.deepEqual(await browser.evaluate("told.filter(({ name }) => name === 'error')"), []);
  await browser.evaluate("call.hangup()");
  await told("ended");
});

test("presses digits", async () => {
  const mark = await talk();
  await hears(phoneHertz);
  await browser.evaluate("call.sendDigits('15#')");
  for (const digit of ["1", "5", "#"]) {
    await until(`digit ${digit}`, () =>
      phone.events.slice(mark).some(({ type, param }) => type === "CALL_DTMF_START" && param === digit));
  }
  await browser.evaluate("call.hangup()");
  await told("ended");
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
  for (const digit of ["2", "7", "*"]) {
    await until(`digit ${digit}`, () =>
      phone.events.slice(mark).some(({ type, param }) => type === "CALL_DTMF_START" && param === digit));
  }
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

test("a telephone calls; the browser answers, and both hear each other", async () => {
  await anew();
  const mark = phone.events.length;
  phone.tell("dial", `sip:${gateway.number}@127.0.0.1:${gateway.sipPort}`);
  assert.equal((await told("incoming")).detail.from, number);
  await browser.evaluate("call.answer()");
  await phone.event("CALL_ESTABLISHED", mark);
  await hears(phoneHertz);
  await phoneHears(browserHertz, 1);
  await browser.evaluate("call.hangup()");
  await phone.event("CALL_CLOSED", mark);
});

test("a telephone calls and gives up", async () => {
  await anew();
  phone.tell("dial", `sip:${gateway.number}@127.0.0.1:${gateway.sipPort}`);
  await told("incoming");
  phone.tell("hangup");
  assert.equal((await told("ended")).detail.reason, "cancelled");
});

test("a number that the workspace does not own is refused", async () => {
  await anew();
  await browser.evaluate(`place("${number}", { from: "+254799999999" })`);
  const { reason, code, error } = (await told("ended")).detail;
  assert.deepEqual([reason, code, error.code], ["refused", 403, "number_not_owned"]);
});

test("the call outlives its connection", async () => {
  const mark = await talk();
  await hears(phoneHertz);
  const { connections } = relay;
  relay.cut();
  await told("reconnecting");
  await until("a new connection", () => relay.connections === connections + 1);
  await told("connected");
  await until("the end of the interruption", () =>
    browser.evaluate("told.some(({ name, detail }) => name === 'reconnecting' && detail.isReconnecting === false)"));
  await hears(phoneHertz);
  // The telephone reaches the browser by its new connection.
  phone.tell("hangup");
  assert.equal((await told("ended")).detail.reason, "remote_hangup", JSON.stringify(await browser.evaluate("told")));
  await phone.event("CALL_CLOSED", mark);
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

test("nothing went wrong unseen", () => {
  assert.deepEqual(browser.errors, []);
});
