import assert from "node:assert/strict";
import { test } from "node:test";
import { calledAddress } from "../dist/modules/client/calledAddress.js";
import { checkedOptions } from "../dist/modules/client/ClientOptions.js";
import { callRefusal } from "../dist/modules/errors/callRefusal.js";
import { codecOrder } from "../dist/modules/media/codecOrder.js";
import { countersOf } from "../dist/modules/media/countersOf.js";
import { checkedDigits, digitInformation } from "../dist/modules/media/digits.js";
import { directionOf } from "../dist/modules/media/directionOf.js";
import { levelOf } from "../dist/modules/media/Levels.js";
import { microphoneError } from "../dist/modules/media/microphoneError.js";
import { estimatedMos, qualityBetween } from "../dist/modules/media/Quality.js";
import { SipHeaders } from "../dist/modules/sip/wire/SipHeaders.js";

test("reads directions", () => {
  const sdp = (session, media) => `v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\n${session}m=audio 9 RTP/AVP 0\r\n${media}`;
  assert.equal(directionOf(sdp("", "")), "sendrecv");
  assert.equal(directionOf(sdp("", "a=sendonly\r\n")), "sendonly");
  assert.equal(directionOf(sdp("a=inactive\r\n", "")), "inactive");
  assert.equal(directionOf(sdp("a=inactive\r\n", "a=recvonly\r\n")), "recvonly");
  assert.equal(directionOf(sdp("", "c=IN IP4 0.0.0.0\r\n")), "sendonly");
  assert.equal(directionOf(""), "sendrecv");
});

test("offers Opus and G.711 with digits at every clock rate, and nothing else", () => {
  const codec = (mimeType, clockRate = 8000) => ({ mimeType, clockRate });
  const known = [codec("audio/red", 48000), codec("audio/telephone-event", 48000), codec("audio/PCMA"),
    codec("audio/G722"),
    codec("audio/opus", 48000), codec("audio/CN"), codec("audio/PCMU"), codec("audio/telephone-event")];
  assert.deepEqual(codecOrder(known).map(({ mimeType, clockRate }) => `${mimeType} ${clockRate}`),
    ["audio/opus 48000", "audio/PCMU 8000", "audio/PCMA 8000", "audio/telephone-event 48000",
      "audio/telephone-event 8000"]);
});

test("estimates quality as the E-model does", () => {
  assert.equal(estimatedMos(0, 0, 0), 4.4);
  assert.ok(estimatedMos(0.05, 20, 100) < 4.1);
  assert.ok(estimatedMos(0, 0, 800) < estimatedMos(0, 0, 100));
  assert.equal(estimatedMos(1, 1_000, 5_000), 1);
});

test("tells the quality of the last seconds, not of the whole call", () => {
  const before = { packetsReceived: 100, packetsLost: 50, packetsSent: 0, jitter_ms: 1, roundTrip_ms: 10,
    codec: "PCMU" };
  const after = { ...before, packetsReceived: 190, packetsLost: 60 };
  assert.equal(qualityBetween(before, after).loss, 0.1);
  assert.equal(qualityBetween(before, { ...after, packetsLost: 40 }).loss, 0);
  assert.equal(qualityBetween(undefined, { ...before, packetsReceived: 0, packetsLost: 0 }).loss, 0);
});

test("finds counters among the browser's reports", () => {
  const counters = countersOf([
    { type: "inbound-rtp", packetsReceived: 5, packetsLost: 1, jitter: 0.002, codecId: "c" },
    { type: "codec", id: "c", mimeType: "audio/PCMA" }, { type: "outbound-rtp", packetsSent: 7 },
    { type: "candidate-pair", nominated: true, currentRoundTripTime: 0.04 },
  ]);
  assert.deepEqual(counters, { packetsReceived: 5, packetsLost: 1, packetsSent: 7, jitter_ms: 2, roundTrip_ms: 40,
    codec: "PCMA" });
  assert.equal(countersOf([]).roundTrip_ms, undefined);
});

test("levels are decibels", () => {
  assert.equal(levelOf(new Float32Array(64)), 0);
  assert.equal(levelOf(new Float32Array(64).fill(1)), 1);
  assert.ok(Math.abs(levelOf(new Float32Array(64).fill(0.0316)) - 0.5) < 0.01);
  assert.equal(levelOf(new Float32Array(0)), 0);
});

test("checks digits", () => {
  assert.equal(checkedDigits("12,a#"), "12,A#");
  for (const bad of ["", "x", "1 2", "1".repeat(65)]) assert.throws(() => checkedDigits(bad),
    { code: "digits_invalid" });
  assert.equal(digitInformation("5"), "Signal=5\r\nDuration=120\r\n");
});

test("reads numbers as people write them, and names", () => {
  const at = (user) => `sip:${user}@gateway`;
  assert.equal(calledAddress("+254 722-000 (001)", at), "sip:+254722000001@gateway");
  assert.equal(calledAddress("sip:alice@b.example;transport=tcp", at), "sip:alice@b.example;transport=tcp");
  assert.equal(calledAddress("asha.k-2", at), "sip:asha.k-2@gateway");
  for (const bad of ["", "asha k", "a".repeat(65), "as@ha", "1", "+", "sip:", "sip:a@b>\r\nX: y", "1".repeat(30)]) {
    assert.throws(() => calledAddress(bad, at), { code: "number_invalid" }, bad);
  }
});

test("checks options", () => {
  assert.equal(checkedOptions({ tokenUrl: "/t" }).maxCalls, 4);
  for (const bad of [{}, { tokenUrl: "" }, { tokenUrl: "/t", maxCalls: 0 }, { tokenUrl: "/t", maxCalls: 1.5 }]) {
    assert.throws(() => checkedOptions(bad), { code: "option_invalid" });
  }
});

const refusal = (status, ...fields) =>
  callRefusal({ kind: "response", status, reason: "Said", headers: SipHeaders.of(...fields), body: "" });

test("tells a number that is not owned by what the gateway says of it", () => {
  assert.equal(refusal(403, ["Warning", '399 g "number_not_owned"']).code, "number_not_owned");
  assert.equal(refusal(403, ["Reason", 'SIP;cause=403;text="Caller ID is not owned"']).code, "number_not_owned");
  assert.equal(refusal(403).code, "call_refused");
  assert.equal(refusal(403).message, "The call was refused: Said.");
});

test("each status has its code", () => {
  const codes = [[401, "token_refused"], [402, "call_refused"], [404, "number_invalid"], [408, "no_answer"],
    [486, "busy"], [603, "call_refused"],
    [500, "call_failed"]];
  for (const [status, code] of codes) assert.equal(refusal(status).code, code, String(status));
  assert.equal(refusal(486).status, 486);
});

test("says what is wrong with the microphone", () => {
  const named = (name) => Object.assign(new Error(), { name });
  assert.equal(microphoneError(named("NotAllowedError")).code, "microphone_denied");
  assert.equal(microphoneError(named("NotFoundError")).code, "microphone_missing");
  assert.equal(microphoneError(named("NotReadableError")).code, "microphone_failed");
  assert.equal(microphoneError(7).code, "microphone_failed");
});
