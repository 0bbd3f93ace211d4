import assert from "node:assert/strict";
import { test } from "node:test";
import { gatewayOf } from "../dist/modules/connection/gatewayOf.js";
import { noKeepAlive, stepKeepAlive } from "../dist/modules/connection/KeepAlive.js";
import { disconnected, stepReconnection } from "../dist/modules/connection/Reconnection.js";
import { newIceWatch, stepIceWatch } from "../dist/modules/media/IceWatch.js";
import { trace } from "./trace.js";

const failed = (fraction = 0.5) => ({ type: "failed", fraction });
const [connect, opened, registered, timer] = ["connect", "opened", "registered", "timer"].map((type) => ({ type }));
const up = [[connect, "open"], [opened, "register"], [registered, "stopPatience", "ready"]];

test("connects, and tells a first failure instead of trying again", () => {
  trace(stepReconnection, disconnected, ...up);
  trace(stepReconnection, disconnected, [connect, "open"], [failed(), "close", "connectFailed"], [timer]);
});

test("comes back after a loss, and stops counting", () => {
  trace(stepReconnection, disconnected, ...up, [failed(), "close", "lost", "startPatience", "retrying", "wait"],
    [timer, "stopWaiting", "open"], [opened, "register"], [registered, "stopPatience", "ready"],
      [{ type: "patienceOver" }]);
});

test("gives calls up after a while, and goes on trying", () => {
  trace(stepReconnection, disconnected, ...up, [failed(), "close", "lost", "startPatience", "retrying", "wait"],
    [{ type: "patienceOver" }, "giveUpCalls"], [timer, "stopWaiting", "open"], [failed(), "close", "retrying", "wait"]);
});

test("waits longer each time, at random, and gets a new token after the second failure", () => {
  let state = trace(stepReconnection, disconnected, ...up);
  const seen = [];
  for (let index = 0; index < 8; index += 1) {
    const step = stepReconnection(state, failed(1));
    const again = stepReconnection(step.state, timer);
    seen.push([step.actions.at(-1).delay_ms, again.actions.at(-1).isFresh]);
    state = again.state;
  }
  assert.deepEqual(seen.map(([delay_ms]) => delay_ms), [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  assert.deepEqual(seen.map(([, isFresh]) => isFresh).slice(0, 3), [false, true, true]);
  assert.equal(stepReconnection(state, failed(0)).actions.at(-1).delay_ms, 0);
});

test("does not wait when there is a network again", () => {
  trace(stepReconnection, disconnected, ...up, [{ type: "online" }],
    [failed(), "close", "lost", "startPatience", "retrying", "wait"], [{ type: "online" }, "stopWaiting", "open"]);
});

test("disconnects from anywhere, once", () => {
  const ends = [{ type: "disconnect" }, "stopWaiting", "stopPatience", "unregister", "close", "giveUpCalls", "closed"];
  trace(stepReconnection, disconnected, ...up, ends, [{ type: "disconnect" }], [failed()], [timer]);
  trace(stepReconnection, disconnected, [connect, "open"], ends, [opened]);
});

test("silence means nothing until the gateway has answered a ping", () => {
  const asked = [[{ type: "opened" }, "wait"], [{ type: "timer", fraction: 0 }, "ping", "wait"]];
  trace(stepKeepAlive, noKeepAlive, ...asked, [{ type: "timer", fraction: 0 }, "wait"],
    [{ type: "timer", fraction: 0 }, "ping", "wait"]);
  trace(stepKeepAlive, noKeepAlive, ...asked, [{ type: "heard", isPong: true }, "wait"],
    [{ type: "timer", fraction: 0 }, "ping", "wait"], [{ type: "timer", fraction: 0 }, "dead"],
      [{ type: "timer", fraction: 0 }]);
  trace(stepKeepAlive, noKeepAlive, [{ type: "opened" }, "wait"], [{ type: "promised" }],
    [{ type: "doubt" }, "ping", "wait"],
    [{ type: "timer", fraction: 0 }, "dead"]);
});

test("pings come 80 to 100 per cent of 25 seconds apart", () => {
  const state = { phase: "asking", answers: false };
  const rest = (fraction) => stepKeepAlive(state, { type: "timer", fraction }).actions[0].delay_ms;
  assert.deepEqual([rest(0) + 10_000, rest(1) + 10_000], [20_000, 25_000]);
});

test("looks for another way when the one that was is gone for two seconds", () => {
  const ice = (state) => ({ type: "state", state });
  trace(stepIceWatch, newIceWatch, [ice("checking")], [ice("connected"), "stopWaiting"], [ice("disconnected"), "wait"],
    [ice("connected"), "stopWaiting"], [ice("disconnected"), "wait"], [timer, "restart", "wait"], [ice("checking")],
    [ice("connected"), "stopWaiting"], [{ type: "networkChanged" }, "restart", "wait"], [ice("failed")]);
  trace(stepIceWatch, newIceWatch, [ice("failed"), "restart", "wait"], [timer, "restart", "wait"],
    [timer, "restart", "wait"], [timer, "restart", "wait"], [timer, "lost"], [timer]);
});

test("finds the gateway", async () => {
  const config = async (url) => ({ ws_url: `wss://from-config.example/?${url}` });
  const of = async (option, answered, origin) => (await gatewayOf({ option, answered, origin }, config)).href;
  assert.equal(await of("wss://a.example/x", "wss://b.example", "https://c.example"), "wss://a.example/x");
  assert.equal(await of(undefined, "wss://b.example", "https://c.example"), "wss://b.example/");
  assert.equal(await of(undefined, undefined, "https://c.example"),
    "wss://from-config.example/?https://c.example/browser/config.json");
  for (const bad of ["https://a.example", "a", "wss://", "wss://a/#b"]) await assert.rejects(of(bad),
    { code: "gateway_unknown" }, bad);
  await assert.rejects(of(undefined, undefined, undefined), { code: "gateway_unknown" });
  await assert.rejects(gatewayOf({ origin: "https://c.example" }, async () => ({})), { code: "gateway_unknown" });
});
