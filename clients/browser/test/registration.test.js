import assert from "node:assert/strict";
import { test } from "node:test";
import { newRegistration, stepRegistration } from "../dist/modules/sip/registration/Registration.js";
import { trace } from "./trace.js";

const answer = (status, expires_s, retryAfter_s) => ({ type: "answer", answer: { status, expires_s, retryAfter_s } });
const start = [{ type: "start" }, "stopWaiting", "send"];

test("registers and refreshes at 4/5 of what is granted", () => {
  const state = trace(stepRegistration, newRegistration(), start);
  const { actions } = stepRegistration(state, answer(200, 300));
  assert.deepEqual(actions, [{ type: "registered" }, { type: "wait", delay_ms: 240_000 }]);
  trace(stepRegistration, state, [answer(200, 300), "registered", "wait"], [{ type: "timer" }, "stopWaiting", "send"]);
});

test("a new token is shown at once", () => {
  trace(stepRegistration, newRegistration(), start, [answer(200), "registered", "wait"],
    [{ type: "token" }, "stopWaiting", "send"], [answer(200), "registered", "wait"]);
});

test("a token that comes while a REGISTER is out is shown after its answer", () => {
  trace(stepRegistration, newRegistration(), start, [{ type: "token" }], [answer(200), "stopWaiting", "send"],
    [answer(200), "registered", "wait"]);
});

test("a token that is refused is renewed, once", () => {
  trace(stepRegistration, newRegistration(), start, [answer(401), "fetchToken"],
    [{ type: "token" }, "stopWaiting", "send"],
    [answer(401), "stopWaiting", "refused"], [{ type: "timer" }], [{ type: "token" }, "stopWaiting", "send"]);
});

test("a token that was taken may be refused again later", () => {
  trace(stepRegistration, newRegistration(), start, [answer(401), "fetchToken"],
    [{ type: "token" }, "stopWaiting", "send"],
    [answer(200), "registered", "wait"], [{ type: "timer" }, "stopWaiting", "send"], [answer(401), "fetchToken"]);
});

test("403 is final", () => {
  trace(stepRegistration, newRegistration(), start, [answer(403), "stopWaiting", "refused"]);
});

test("asks for as long as the gateway wants, but not for ever", () => {
  const state = trace(stepRegistration, newRegistration(600), start);
  const { actions } = stepRegistration(state, answer(423, 1800));
  assert.deepEqual(actions.at(-1), { type: "send", expires_s: 1800 });
  trace(stepRegistration, state, [answer(423, 1800), "stopWaiting", "send"], [answer(423, 900_000), "failed", "wait"]);
  trace(stepRegistration, state, [answer(423, undefined), "failed", "wait"]);
});

test("tries again, later and later, and not before it may", () => {
  let state = trace(stepRegistration, newRegistration(), start);
  const delays = [];
  for (const event of [{ type: "timeout" }, answer(503), answer(503, undefined, 90), answer(500)]) {
    const step = stepRegistration(state, event);
    delays.push(step.actions.find(({ type }) => type === "wait").delay_ms);
    state = trace(stepRegistration, step.state, [{ type: "timer" }, "stopWaiting", "send"]);
  }
  assert.deepEqual(delays, [2_000, 4_000, 90_000, 16_000]);
});

test("goes, and says so while there is a flow", () => {
  trace(stepRegistration, newRegistration(), start, [answer(200), "registered", "wait"],
    [{ type: "stop" }, "stopWaiting", "send"], [answer(200), "stopWaiting", "removed"]);
  const { actions } = stepRegistration({ ...newRegistration(), phase: "registered" }, { type: "stop" });
  assert.deepEqual(actions.at(-1), { type: "send", expires_s: 0 });
  trace(stepRegistration, newRegistration(), start, [{ type: "flowLost" }, "stopWaiting"], [answer(200)],
    [{ type: "token" }], [{ type: "stop" }, "stopWaiting", "removed"]);
});
