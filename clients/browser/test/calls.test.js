import assert from "node:assert/strict";
import { test } from "node:test";
import { incomingCall, outgoingCall, stepCall } from "../dist/modules/sip/calls/CallMachine.js";
import { newNegotiation, stepNegotiation } from "../dist/modules/sip/calls/Negotiation.js";
import { newReferral, statusOfFragment, stepReferral } from "../dist/modules/sip/calls/Referral.js";
import { trace } from "./trace.js";

const call = (start, ...expected) => trace(stepCall, start().state, ...expected);
const [accepted, bye, lost, restored, givenUp] =
  ["accepted", "bye", "flowLost", "flowRestored", "flowGivenUp"].map((type) => ({ type }));
const hangup = { type: "hangup", reason: "hangup" };
const provisional = (status) => ({ type: "provisional", status });
const refused = (status) => ({ type: "refused", status });
const endOf = (state, event) => stepCall(state, event).actions.find(({ type }) => type === "ended");

test("a call rings, is answered and hung up", () => {
  assert.deepEqual(outgoingCall().actions, [{ type: "sendInvite" }]);
  call(outgoingCall, [provisional(100)], [provisional(180), "ringing"], [provisional(180)],
    [accepted, "sendAck", "answered"], [hangup, "sendBye", "ended", "forget"], [bye]);
});

test("the other side hangs up", () => {
  const up = call(outgoingCall, [accepted, "sendAck", "answered"]);
  assert.deepEqual(endOf(up, bye), { type: "ended", reason: "remote_hangup", status: undefined });
});

test("a call is given up: CANCEL waits for a provisional answer", () => {
  call(outgoingCall, [hangup, "ended"], [provisional(100), "sendCancel"], [provisional(180)], [refused(487), "forget"]);
  call(outgoingCall, [provisional(180), "ringing"], [hangup, "sendCancel", "ended"], [refused(487), "forget"]);
});

test("an answer that crosses our CANCEL is hung up", () => {
  call(outgoingCall, [provisional(100)], [hangup, "sendCancel", "ended"], [accepted, "sendAck", "sendBye", "forget"]);
});

for (const [status, reason] of [[486, "busy"], [600, "busy"], [480, "no_answer"], [408, "no_answer"], [403, "refused"],
  [603, "refused"], [404, "refused"], [503, "failed"]]) {
  test(`${status} is told as ${reason}`, () => {
    assert.deepEqual(endOf(outgoingCall().state, refused(status)), { type: "ended", reason, status });
  });
}

test("a challenge is met with a new token, once", () => {
  call(outgoingCall, [provisional(100)], [refused(401), "renewToken"], [{ type: "renewed" }, "sendInvite"],
    [refused(401), "ended", "forget"]);
  call(outgoingCall, [refused(401), "renewToken"], [hangup, "ended"], [{ type: "renewed" }]);
});

test("a call of theirs is answered and acknowledged", () => {
  call(incomingCall, [{ type: "answer" }, "sendAccept", "answered"], [{ type: "acknowledged" }], [{ type: "answer" }],
    [bye, "ended", "forget"]);
});

test("an answer that is never acknowledged ends the call", () => {
  call(incomingCall, [{ type: "answer" }, "sendAccept", "answered"],
    [{ type: "timeout" }, "sendBye", "ended", "forget"]);
});

test("a call of theirs is declined, or given up, or answered elsewhere", () => {
  call(incomingCall, [{ type: "reject", status: 603 }, "sendRefusal", "ended", "forget"], [{ type: "answer" }]);
  assert.equal(endOf(incomingCall().state, { type: "cancelled", elsewhere: false }).reason, "cancelled");
  assert.equal(endOf(incomingCall().state, { type: "cancelled", elsewhere: true }).reason, "answered_elsewhere");
  call(incomingCall, [{ type: "answer" }, "sendAccept", "answered"], [{ type: "cancelled", elsewhere: false }]);
});

test("a call that is up waits for its flow; one that rings does not", () => {
  call(outgoingCall, [accepted, "sendAck", "answered"], [lost], [restored, "restartMedia"], [lost],
    [givenUp, "ended", "forget"]);
  call(outgoingCall, [provisional(180), "ringing"], [lost, "ended", "forget"]);
  call(incomingCall, [lost, "ended", "forget"]);
  call(outgoingCall, [accepted, "sendAck", "answered"], [givenUp]);
});

test("a BYE that could not be sent is sent later, or forgotten", () => {
  const up = call(outgoingCall, [accepted, "sendAck", "answered"], [lost], [hangup, "ended"]);
  trace(stepCall, up, [restored, "sendBye", "forget"]);
  trace(stepCall, up, [givenUp, "forget"], [restored]);
});

test("wishes are offered one after the other, and joined", () => {
  const want = (restart) => ({ type: "want", wish: { restart } });
  const state = trace(stepNegotiation, newNegotiation(true),
    [want(false), "offer"], [want(true)], [want(false)], [{ type: "sent" }],
      [{ type: "answered" }, "applyAnswer", "offer"]);
  assert.equal(state.phase, "preparing");
  const { actions } = stepNegotiation({ phase: "offering", wanted: { restart: true }, isCaller: true },
    { type: "answered" });
  assert.deepEqual(actions.at(-1), { type: "offer", wish: { restart: true } });
});

test("both offer at once: each waits its time, and theirs is taken meanwhile", () => {
  const offering = (isCaller) => ({ phase: "offering", wanted: undefined, isCaller });
  trace(stepNegotiation, offering(true), [{ type: "offered" }, "refuseOffer"],
    [{ type: "refused", status: 491, fraction: 0.5 }, "rollBack", "wait"], [{ type: "offered" }, "takeOffer"],
    [{ type: "settled" }, "offer"]);
  const wait = (isCaller, fraction) =>
    stepNegotiation(offering(isCaller), { type: "refused", status: 491, fraction }).actions.at(-1).delay_ms;
  assert.deepEqual([wait(true, 0), wait(true, 1), wait(false, 0), wait(false, 1)], [2_100, 4_000, 0, 2_000]);
});

test("an offer that is refused is taken back; a call that is gone is told", () => {
  const offering = { phase: "offering", wanted: undefined, isCaller: true };
  trace(stepNegotiation, offering, [{ type: "refused", status: 488, fraction: 0 }, "rollBack", "failed"]);
  trace(stepNegotiation, offering, [{ type: "refused", status: 481, fraction: 0 }, "rollBack", "callIsGone"]);
  trace(stepNegotiation, offering, [{ type: "dropped" }, "rollBack"], [{ type: "answered" }]);
});

test("a transfer goes through, or does not", () => {
  const progress = (status, isLast = false) => ({ type: "progress", status, isLast });
  const begin = newReferral().state;
  trace(stepReferral, begin, [{ type: "accepted" }], [progress(100)], [progress(200, true), "succeeded"],
    [{ type: "timeout" }]);
  trace(stepReferral, begin, [{ type: "accepted" }], [progress(486, true), "failed"]);
  trace(stepReferral, begin, [{ type: "refused", status: 603 }, "failed"]);
  trace(stepReferral, begin, [{ type: "accepted" }], [progress(180, true), "failed"]);
  trace(stepReferral, begin, [{ type: "accepted" }], [{ type: "callEnded" }, "succeeded"]);
  trace(stepReferral, begin, [{ type: "timeout" }, "failed"]);
  assert.equal(statusOfFragment("SIP/2.0 200 OK\r\n"), 200);
  assert.equal(statusOfFragment("hello"), undefined);
});
