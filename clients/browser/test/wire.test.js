import assert from "node:assert/strict";
import { test } from "node:test";
import { formatSipMessage } from "../dist/modules/sip/wire/formatSipMessage.js";
import { parseNameAddress } from "../dist/modules/sip/wire/NameAddress.js";
import { parseSipMessage } from "../dist/modules/sip/wire/parseSipMessage.js";
import { parseSipUri } from "../dist/modules/sip/wire/SipUri.js";
import { SipHeaders } from "../dist/modules/sip/wire/SipHeaders.js";
import { responseTo } from "../dist/modules/sip/wire/responseTo.js";
import { splitList } from "../dist/modules/sip/wire/splitList.js";

const invite = [
  "INVITE sip:web@w1.invalid;transport=ws SIP/2.0",
  "v: SIP/2.0/WS gateway.example;branch=z9hG4bK1;rport", "Max-Forwards: 70",
  'f: "Wanjiru, \\"W\\"" <sip:+254722000001@gateway.example>;tag=a', "t: <sip:web@gateway.example>", "i: one@gateway",
  "CSeq: 7 INVITE", "Subject: a", "  folded line", "m: <sip:gateway.example;transport=ws>", "l: 2", "", "v=",
].join("\r\n");

test("reads a request with compact names and folded lines", () => {
  const message = parseSipMessage(invite);
  assert.equal(message.method, "INVITE");
  assert.equal(message.uri, "sip:web@w1.invalid;transport=ws");
  assert.equal(message.headers.first("call-id"), "one@gateway");
  assert.equal(message.headers.first("Subject"), "a folded line");
  assert.equal(message.body, "v=");
  const from = parseNameAddress(message.headers.first("from"));
  assert.deepEqual([from.displayName, from.uri, from.parameters.get("tag")], [
    'Wanjiru, "W"', "sip:+254722000001@gateway.example", "a",
  ]);
});

test("reads an answer without a reason phrase", () => {
  const message = parseSipMessage(invite.replace(/^[^\r]+/, "SIP/2.0 200 "));
  assert.deepEqual([message.kind, message.status, message.reason], ["response", 200, ""]);
});

test("writes what it reads", () => {
  const message = parseSipMessage(invite);
  const again = parseSipMessage(formatSipMessage(message));
  assert.deepEqual([again.method, again.uri, again.body], [message.method, message.uri, message.body]);
  assert.deepEqual(again.headers.fields.slice(0, -1), message.headers.fields);
});

test("counts octets, not characters", () => {
  const request = { kind: "request", method: "INFO", uri: "sip:a@b", headers: SipHeaders.none, body: "sauti ✓" };
  assert.match(formatSipMessage(request), /\r\nContent-Length: 9\r\n\r\nsauti ✓$/);
});

test("no value can add a header field", () => {
  const headers = SipHeaders.of(["To", "<sip:a@b>\r\nX: y"]);
  const text = formatSipMessage({ kind: "request", method: "INFO", uri: "sip:a@b", headers, body: "" });
  assert.ok(text.includes("To: <sip:a@b> X: y\r\n"));
});

for (const [why, text] of [
  ["nothing", ""], ["a ping", "\r\n\r\n"], ["no end of the head", "INVITE sip:a SIP/2.0\r\nVia: x"],
  ["another version", invite.replace("SIP/2.0", "SIP/3.0")], ["no Call-ID", invite.replace(/i: .*\r\n/, "")],
  ["a CSeq of another method", invite.replace("7 INVITE", "7 BYE")],
    ["a line that is no field", invite.replace("l: 2", "l 2")],
  ["a status that is none", invite.replace(/^[^\r]+/, "SIP/2.0 700 No")],
  ["too many fields", invite.replace("l: 2", "a: b\r\n".repeat(200) + "l: 2")],
    ["too much", invite + "x".repeat(70_000)],
]) {
  test(`does not read ${why}`, () => assert.equal(parseSipMessage(text), undefined));
}

test("reads anything, and in time", () => {
  const began = Date.now();
  for (const bad of [" ", "<", '"', "\\", ";a=", ",", "\t", "a:", "%", "\r\n "]) {
    const long = bad.repeat(60_000 / bad.length);
    parseSipMessage(long);
    parseSipMessage(invite.replace("one@gateway", long.replace(/[\r\n]/g, "")));
    parseNameAddress(long);
    parseSipUri(`sip:${long}`);
    splitList(long);
  }
  assert.ok(Date.now() - began < 2_000);
});

test("splits at commas that separate", () => {
  assert.deepEqual(splitList('"a,b" <sip:x,y@z>;p="1,2", <sip:c@d>,,e'),
    ['"a,b" <sip:x,y@z>;p="1,2"', "<sip:c@d>", "e"]);
});

test("reads URIs", () => {
  assert.deepEqual(parseSipUri("sips:a%20b:c@Host.Example:5061;lr"),
    { user: "a b", host: "host.example", hasLooseRouting: true });
  assert.deepEqual(parseSipUri("sip:[::1]:5060"), { user: "", host: "[::1]", hasLooseRouting: false });
  assert.deepEqual(parseSipUri("tel:+254722000001;x=y"), { user: "+254722000001", host: "", hasLooseRouting: false });
  assert.equal(parseSipUri("sip:%zz@h").user, "%zz");
  for (const bad of ["", "sip:", "http://a", "sip:a@", "sip:a b@c", "sip:a@h:123456"]) assert.equal(parseSipUri(bad),
    undefined, bad);
});

test("an answer repeats what it must, with our tag", () => {
  const answer = responseTo(parseSipMessage(invite), 180, "Ringing", { tag: "ours" });
  assert.equal(answer.headers.first("to"), "<sip:web@gateway.example>;tag=ours");
  assert.equal(answer.headers.first("via"), "SIP/2.0/WS gateway.example;branch=z9hG4bK1;rport");
  const within = parseSipMessage(
    invite.replace("t: <sip:web@gateway.example>", "t: <sip:web@gateway.example>;tag=old"));
  assert.equal(responseTo(within, 200, "OK", { tag: "ours" }).headers.first("to"), "<sip:web@gateway.example>;tag=old");
});
