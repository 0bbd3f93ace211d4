import assert from "node:assert/strict";
import { test } from "node:test";
import { isUsable, renewalDelay_ms, retryDelay_ms } from "../dist/modules/tokens/renewal.js";
import { parseToken } from "../dist/modules/tokens/Token.js";
import { TokenKeeper } from "../dist/modules/tokens/TokenKeeper.js";
import { FakeClock } from "./FakeClock.js";

const encode = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const tokenOf = (claims) => `${encode({ alg: "HS256" })}.${encode(claims)}.${encode("signature")}`;
const usual = { iss: "sautikit-sip", sub: "0197a1b2-workspace", iat: 1_000, exp: 1_300 };

test("reads the answer of POST /v1/sip/token", () => {
  const token = parseToken({ token: tokenOf(usual), expires_at: "2026-06-27T10:05:00Z" }, 0);
  assert.deepEqual([token.identity, token.life_ms, token.gatewayUrl], ["0197a1b2-workspace", 300_000, undefined]);
});

test("reads the answer of POST /v1/webrtc/token", () => {
  const answer = { token: tokenOf({ ...usual, identity: "ünal" }), endpoint: "wss://g",
    turnServer: { iceServers: [{ urls: "stun:s" }, 1] } };
  const token = parseToken(answer, 0);
  assert.deepEqual([token.identity, token.gatewayUrl, token.iceServers], ["ünal", "wss://g", [{ urls: "stun:s" }]]);
});

test("believes expires_at where the token says nothing, and nothing where neither does", () => {
  const token = tokenOf({ sub: "w" });
  assert.equal(parseToken({ token, expires_at: new Date(90_000).toISOString() }, 60_000).life_ms, 30_000);
  assert.equal(parseToken({ token, expires_at: "soon" }, 0).life_ms, 300_000);
});

for (const [why, answer] of [
  ["nothing", null], ["text", "a"], ["no token", {}], ["a token that is none", { token: "a.b" }],
    ["a line end", { token: "a.b.c\r\nX" }],
  ["claims that are no JSON", { token: `a.${encode("no")}.c` }],
    ["claims that are no object", { token: `a.${encode("1")}.c` }],
  ["no identity", { token: tokenOf({ iat: 1 }) }],
    ["an identity that is too long", { token: tokenOf({ sub: "x".repeat(200) }) }],
  ["a token that is too long", { token: tokenOf({ sub: "w", fill: "x".repeat(5_000) }) }],
]) {
  test(`does not take ${why}`, () => assert.throws(() => parseToken(answer, 0), { code: "token_endpoint_failed" }));
}

test("renews at 4/5, and tries again later and later", () => {
  assert.equal(renewalDelay_ms(300_000), 240_000);
  assert.equal(renewalDelay_ms(10), 1_000);
  assert.equal(renewalDelay_ms(1e15), 2 ** 31 - 1);
  assert.deepEqual([1, 2, 3, 4, 5, 6].map(retryDelay_ms), [2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  assert.deepEqual([0, 289_000, 291_000, -1].map((age_ms) => isUsable(300_000, age_ms)), [true, true, false, false]);
});

/** A keeper whose fetches a test answers. */
function kept() {
  const clock = new FakeClock();
  const told = [];
  const fetches = [];
  const fetch = () => new Promise((resolve, reject) => fetches.push({ resolve, reject }));
  const keeper = new TokenKeeper(fetch, clock, {
    expiring: (left_ms) => told.push(`expiring ${left_ms}`),
    renewed: (token) => told.push(`renewed ${token.text}`),
    renewalFailed: (error) => told.push(error.code),
  });
  return { clock, told, fetches, keeper };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const token = (text) => ({ text, identity: "w", life_ms: 300_000 });

test("who asks while a token is on its way gets that one; who asks later the same", async () => {
  const { keeper, fetches } = kept();
  const both = Promise.all([keeper.current(false), keeper.current(true)]);
  fetches[0].resolve(token("a"));
  assert.deepEqual((await both).map(({ text }) => text), ["a", "a"]);
  assert.equal((await keeper.current(false)).text, "a");
  assert.equal(fetches.length, 1);
});

test("renews in time, for twelve minutes and a failure", async () => {
  const { clock, keeper, fetches, told } = kept();
  keeper.current(true);
  fetches[0].resolve(token("a"));
  await settled();
  clock.advance(239_999);
  assert.deepEqual(told, []);
  clock.advance(1);
  fetches[1].reject(new Error("down"));
  await settled();
  clock.advance(2_000);
  fetches[2].resolve(token("b"));
  await settled();
  clock.advance(240_000);
  fetches[3].resolve(token("c"));
  await settled();
  clock.advance(240_000);
  assert.deepEqual(told, ["expiring 60000", "token_endpoint_failed", "expiring 58000", "renewed b", "expiring 60000",
    "renewed c",
    "expiring 60000"]);
  keeper.stop();
  assert.equal(clock.waiting, 0);
});

test("a token that is old is not shown", async () => {
  const { clock, keeper, fetches } = kept();
  keeper.current(true);
  fetches[0].resolve(token("a"));
  await settled();
  keeper.stop();
  clock.advance(295_000);
  keeper.current(false);
  assert.equal(fetches.length, 2);
});
