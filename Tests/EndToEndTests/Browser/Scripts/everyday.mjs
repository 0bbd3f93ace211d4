import assert from "node:assert/strict";
import { test } from "node:test";
import { browserHertz, phoneHertz } from "./Place.mjs";
import { until } from "./until.mjs";

/**
 * What a browser and a telephone do every day, whatever the gateway between them; the page is connected.
 *
 * @param number what the browser calls the telephone by
 * @param ownAddress where the telephone calls the browser, asked when it does
 */
export function everydayTests(conversation, { number, ownAddress }) {
  const { place, told, anew, hears, phoneHears } = conversation;
  const run = (expression) => place.browser.evaluate(expression);
  const hangUp = async () => {
    await run("call.hangup()");
    return (await told("ended")).detail;
  };

  test("calls a telephone; both hear each other; the browser hangs up", async () => {
    const mark = await conversation.talk(number);
    await hears(phoneHertz);
    await phoneHears(browserHertz, 1);
    const stats = await run("call.stats()");
    assert.match(stats.codec, /^PCM[AU]$/);
    assert.ok(stats.packetsReceived > 20 && stats.packetsSent > 20 && stats.mos > 2, JSON.stringify(stats));
    assert.deepEqual(await hangUp(), { reason: "hangup" });
    await place.phone.event("CALL_CLOSED", mark);
  });

  test("the telephone hangs up", async () => {
    await conversation.talk(number);
    place.phone.tell("hangup");
    assert.equal((await told("ended")).detail.reason, "remote_hangup");
  });

  test("mutes, holds and resumes", async () => {
    const { phone } = place;
    await conversation.talk(number);
    await phoneHears(browserHertz, 0.6);
    await run("call.mute()");
    const before = (await phone.heard()).at(-1).length;
    await until("silence at the telephone", async () => {
      const last = (await phone.heard()).at(-1).slice(before);
      return last.length > 16_000 && last.slice(-8_000).every((sample) => Math.abs(sample) < 200);
    });
    await run("call.unmute()");
    await run("call.hold()");
    assert.deepEqual((await told("held")).detail, { isHeld: true, by: "us" });
    await anew();
    await run("call.resume()");
    await told("held");
    await hears(phoneHertz);
    assert.deepEqual(await run("told.filter(({ name }) => name === 'error')"), []);
    await hangUp();
  });

  test("presses digits", async () => {
    const mark = await conversation.talk(number);
    await hears(phoneHertz);
    await run("call.sendDigits('15#')");
    await conversation.phonePressed("15#", mark);
    assert.equal(await run("codeOf(() => call.sendDigits('x'))"), "digits_invalid");
    await hangUp();
  });

  test("a telephone calls; the browser answers, and both hear each other", async () => {
    await anew();
    const mark = place.phone.events.length;
    place.phone.tell("dial", ownAddress());
    const { from, direction } = (await told("incoming")).detail;
    assert.deepEqual([from, direction], [number, "inbound"]);
    await run("call.answer()");
    await place.phone.event("CALL_ESTABLISHED", mark);
    await hears(phoneHertz);
    await phoneHears(browserHertz, 1);
    await run("call.hangup()");
    await place.phone.event("CALL_CLOSED", mark);
  });

  test("a telephone calls; the browser declines", async () => {
    await anew();
    const mark = place.phone.events.length;
    place.phone.tell("dial", ownAddress());
    await told("incoming");
    await run("call.reject()");
    assert.equal((await told("ended")).detail.reason, "rejected");
    // An earlier call may be told to be over only now.
    await until("the refusal at the telephone", () => place.phone.events.slice(mark)
      .some(({ type, param }) => type === "CALL_CLOSED" && /Decline|603/.test(param)));
  });

  test("a telephone calls and gives up", async () => {
    await anew();
    place.phone.tell("dial", ownAddress());
    await told("incoming");
    place.phone.tell("hangup");
    assert.equal((await told("ended")).detail.reason, "cancelled");
  });

  test("a number that the workspace does not own is refused", async () => {
    await anew();
    await run(`place("${number}", { from: "+254799999999" })`);
    const { reason, code, error } = (await told("ended")).detail;
    assert.deepEqual([reason, code, error.code], ["refused", 403, "number_not_owned"]);
  });

  test("the call outlives its connection", async () => {
    const { phone, relay } = place;
    const mark = await conversation.talk(number);
    await hears(phoneHertz);
    const { connections } = relay;
    relay.cut();
    await told("reconnecting");
    await until("a new connection", () => relay.connections === connections + 1);
    await told("connected");
    await until("the end of the interruption", () =>
      run("told.some(({ name, detail }) => name === 'reconnecting' && detail.isReconnecting === false)"));
    await hears(phoneHertz);
    // The telephone reaches the browser by its new connection.
    phone.tell("hangup");
    assert.equal((await told("ended")).detail.reason, "remote_hangup", JSON.stringify(await run("told")));
    await phone.event("CALL_CLOSED", mark);
  });
}
