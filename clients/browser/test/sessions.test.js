import assert from "node:assert/strict";
import { test } from "node:test";
import { IncomingSession } from "../dist/modules/sip/calls/IncomingSession.js";
import { OutgoingSession } from "../dist/modules/sip/calls/OutgoingSession.js";
import { Desk, settled } from "./Desk.js";
import { FakeMedia } from "./FakeMedia.js";

async function placed() {
  const desk = new Desk();
  const media = new FakeMedia();
  const session = new OutgoingSession(desk.host, media, desk.observer, "sip:+254722000001@gateway.example",
    "sip:+254700000001@gateway.example");
  desk.handler = {
    received: (one) => session.receive(one),
    cancelled: () => undefined,
  };
  await session.start();
  const invite = desk.last;
  return { desk, media, session, invite };
}

async function talking() {
  const place = await placed();
  place.desk.answer(place.invite, 200, { body: "v=answer", fields: [["Record-Route", "<sip:p1;lr>, <sip:p2;lr>"]] });
  await settled();
  place.desk.took();
  place.desk.told.splice(0);
  place.media.asked.splice(0);
  return place;
}

test("an INVITE says who calls, and how it is reached", async () => {
  const { invite } = await placed();
  assert.equal(invite.uri, "sip:+254722000001@gateway.example");
  assert.match(invite.headers.first("from"), /^<sip:\+254700000001@gateway\.example>;tag=/);
  assert.equal(invite.headers.first("p-preferred-identity"), "<sip:+254700000001@gateway.example>");
  assert.match(invite.headers.first("contact"), /^<sip:[0-9a-f]{8}@[0-9a-f]{12}\.invalid;transport=ws;ob>$/);
  assert.match(invite.headers.first("via"), /^SIP\/2\.0\/WSS [0-9a-f]{12}\.invalid;branch=z9hG4bK/);
  assert.equal(invite.headers.first("content-type"), "application/sdp");
  assert.equal(invite.body, "v=offer1");
});

test("a call rings with their sound, is answered, acknowledged on its route, and hung up", async () => {
  const { desk, media, session, invite } = await placed();
  desk.answer(invite, 100);
  desk.answer(invite, 183, { body: "v=early" });
  desk.answer(invite, 200, { body: "v=answer", fields: [["Record-Route", "<sip:p1;lr>, <sip:p2;lr>"]] });
  await settled();
  assert.deepEqual(desk.told, ["ringing", "answered"]);
  assert.deepEqual(media.asked, ["offer", "early v=early", "answer v=answer"]);
  const ack = desk.last;
  assert.deepEqual([ack.method, ack.uri, ack.headers.all("route")],
    ["ACK", "sip:phone@10.0.0.1;transport=udp", ["<sip:p2;lr>", "<sip:p1;lr>"]]);
  assert.notEqual(ack.headers.first("via"), invite.headers.first("via"));
  session.hangUp();
  assert.deepEqual([desk.last.method, desk.last.headers.first("cseq")], ["BYE", "2 BYE"]);
  assert.deepEqual(desk.told.slice(2), ["ended hangup", "forgotten"]);
});

test("a 2xx that comes again is acknowledged again; one of another branch is hung up", async () => {
  const { desk, invite } = await talking();
  desk.answer(invite, 200, { body: "v=answer" });
  assert.deepEqual(desk.took(), ["ACK"]);
  desk.answer(invite, 200, { tag: "fork", body: "v=answer" });
  const [ack, bye] = desk.sent;
  assert.deepEqual([ack.method, bye.method, bye.headers.first("to")],
    ["ACK", "BYE", "<sip:+254722000001@gateway.example>;tag=fork"]);
});

test("a call that is given up is cancelled on its own way", async () => {
  const { desk, session, invite } = await placed();
  desk.answer(invite, 180);
  session.hangUp();
  const cancel = desk.last;
  assert.deepEqual([cancel.method, cancel.headers.first("via")], ["CANCEL", invite.headers.first("via")]);
  desk.answer(invite, 487);
  assert.equal(desk.last.method, "ACK");
  assert.deepEqual(desk.told, ["ringing", "ended cancelled", "forgotten"]);
});

test("a call that was hung up before the browser was ready is never sent", async () => {
  const desk = new Desk();
  const session = new OutgoingSession(desk.host, new FakeMedia(), desk.observer, "sip:a@b", undefined);
  const starting = session.start();
  session.hangUp();
  await starting;
  assert.deepEqual(desk.took(), []);
  assert.deepEqual(desk.told, ["ended cancelled", "forgotten"]);
});

test("a challenge is met with a new token and the next number, once", async () => {
  const { desk, invite } = await placed();
  desk.answer(invite, 401, { fields: [["WWW-Authenticate", "Bearer realm=\"gateway\""]] });
  await settled();
  assert.equal(desk.renewals, 1);
  const again = desk.last;
  assert.deepEqual([again.headers.first("cseq"), again.headers.first("call-id")],
    ["2 INVITE", invite.headers.first("call-id")]);
  desk.answer(again, 401);
  assert.deepEqual(desk.told, ["ended refused 401 token_refused", "forgotten"]);
});

test("an answer that the browser does not understand ends the call", async () => {
  const { desk, invite } = await placed();
  desk.answer(invite, 200, { body: "v=bad" });
  await settled();
  assert.deepEqual(desk.took(), ["INVITE", "ACK", "BYE"]);
  assert.deepEqual(desk.told, ["answered", "media_failed", "ended failed media_failed", "forgotten"]);
});

test("no answer at all ends the call after 32 seconds", async () => {
  const { desk } = await placed();
  desk.clock.advance(31_999);
  assert.deepEqual(desk.told, []);
  desk.clock.advance(1);
  assert.deepEqual(desk.told, ["ended failed 408 call_failed", "forgotten"]);
  assert.equal(desk.clock.waiting, 0);
});

test("they hold, resume and hang up; what is out of order is refused", async () => {
  const { desk, media, invite } = await talking();
  desk.sendWithin(invite, "INVITE", 5, "v=0\r\nm=audio 9 X 0\r\na=sendonly\r\n");
  await settled();
  assert.equal(desk.last.body, "v=ours");
  assert.deepEqual(desk.took(), [200]);
  desk.sendWithin(invite, "OPTIONS", 4);
  desk.sendWithin(invite, "REFER", 6);
  desk.sendWithin(invite, "MESSAGE", 7);
  assert.deepEqual(desk.took(), [500, 603, 405]);
  desk.sendWithin(invite, "INVITE", 8, "v=0\r\nm=audio 9 X 0\r\n");
  await settled();
  desk.sendWithin(invite, "BYE", 9);
  assert.deepEqual(desk.took(), [200, 200]);
  assert.deepEqual(desk.told, ["held", "resumed", "ended remote_hangup", "forgotten"]);
  assert.equal(media.asked.length, 2);
});

test("a lost flow is followed by a restart; a refused one goes back", async () => {
  const { desk, media, session } = await talking();
  session.flowLost();
  session.renegotiate(false);
  assert.deepEqual(desk.took(), []);
  session.flowRestored();
  await settled();
  assert.deepEqual([desk.last.method, media.asked], ["INVITE", ["restart"]]);
  desk.answer(desk.last, 491);
  assert.equal(media.asked.at(-1), "back");
  desk.clock.advance(4_000);
  await settled();
  desk.answer(desk.last, 200, { body: "v=again" });
  await settled();
  assert.deepEqual(media.asked, ["restart", "back", "restart", "answer v=again"]);
  assert.equal(desk.last.method, "ACK");
});

test("a call that the gateway has forgotten is over", async () => {
  const { desk, session } = await talking();
  session.renegotiate(false);
  await settled();
  desk.answer(desk.last, 481);
  assert.deepEqual(desk.told, ["ended failed 408 call_failed", "forgotten"]);
});

test("a transfer goes through by its NOTIFY, and the call ends", async () => {
  const { desk, session, invite } = await talking();
  const done = session.transfer("sip:+254733000001@gateway.example");
  const refer = desk.last;
  assert.deepEqual([refer.method, refer.headers.first("refer-to")], ["REFER", "<sip:+254733000001@gateway.example>"]);
  await assert.rejects(session.transfer("sip:x@y"), { code: "call_state" });
  desk.answer(refer, 202);
  desk.sendWithin(invite, "NOTIFY", 3, "SIP/2.0 100 Trying\r\n", ["Event: refer", "Subscription-State: active"]);
  desk.sendWithin(invite, "NOTIFY", 4, "SIP/2.0 486 Busy Here\r\n", ["Event: refer;id=1"]);
  desk.sendWithin(invite, "NOTIFY", 5, "SIP/2.0 200 OK\r\n", ["Event: refer;id=2", "Subscription-State: terminated"]);
  await done;
  assert.deepEqual(desk.took(), ["REFER", 200, 200, 200, "BYE"]);
  assert.deepEqual(desk.told, ["ended transferred", "forgotten"]);
});

test("a transfer that is refused leaves the call as it was; an attended one names the other call", async () => {
  const { desk, session, invite } = await talking();
  const [tag, callId] = [/tag=(.*)/.exec(invite.headers.first("from"))[1], invite.headers.first("call-id")];
  assert.equal(session.replacement,
    `sip:phone@10.0.0.1;transport=udp?Replaces=${callId}%3Bto-tag%3Dtheirs%3Bfrom-tag%3D${tag}`);
  const done = session.transfer("sip:x@gateway.example");
  desk.answer(desk.last, 603);
  await assert.rejects(done, { code: "transfer_failed", status: 603 });
  assert.deepEqual(desk.told, []);
});

test("digits go as INFO where they must", async () => {
  const { desk, session } = await talking();
  const done = session.inform("application/dtmf-relay", "Signal=1\r\n");
  assert.equal(desk.last.headers.first("content-type"), "application/dtmf-relay");
  desk.answer(desk.last, 200);
  await done;
  const refused = session.inform("application/dtmf-relay", "Signal=1\r\n");
  desk.answer(desk.last, 415);
  await assert.rejects(refused, { code: "media_failed" });
});

const invitation = (branch = "one") => [
  "INVITE sip:us@us.invalid SIP/2.0", `Via: SIP/2.0/WSS g;branch=z9hG4bK${branch}`,
    "From: \"Wanjiru\" <sip:+254722000001@gateway.example>;tag=t",
  "To: <sip:web-1@gateway.example>", `Call-ID: c${branch}`, "CSeq: 9 INVITE", "Contact: <sip:phone@10.0.0.1>",
    "Content-Type: application/sdp",
];

function offered(body = "v=offer") {
  const desk = new Desk();
  const media = new FakeMedia();
  let session;
  desk.handler = {
    received: (one) => {
      if (session) return session.receive(one);
      session = new IncomingSession(desk.host, media, desk.observer, one);
      return session.ring();
    },
    cancelled: (_, cancel) => session.cancelled(cancel),
  };
  desk.send(invitation(), body);
  return { desk, media, session };
}

const ackOf = (response) => [
  "ACK sip:us@us.invalid SIP/2.0", "Via: SIP/2.0/WSS g;branch=z9hG4bKack", `From: ${response.headers.first("from")}`,
    `To: ${response.headers.first("to")}`,
  "Call-ID: cone", "CSeq: 9 ACK",
];

test("a call of theirs rings and is answered; our 200 comes until it is acknowledged", async () => {
  const { desk, session } = offered();
  assert.equal(desk.last.status, 180);
  await session.accept();
  assert.deepEqual([desk.last.status, desk.last.body], [200, "v=ours"]);
  desk.clock.advance(1_500);
  assert.deepEqual(desk.took(), [180, 200, 200, 200]);
  session.accept.call(session).catch(() => undefined);
  const tag = session.tag;
  desk.send(ackOf({ headers: { first: (name) =>
    (name === "to" ? `<sip:web-1@gateway.example>;tag=${tag}` : "<sip:+254722000001@gateway.example>;tag=t") } }));
  desk.clock.advance(10_000);
  assert.deepEqual(desk.took(), []);
  session.hangUp();
  assert.deepEqual([desk.last.method, desk.last.uri], ["BYE", "sip:phone@10.0.0.1"]);
});

test("a call of theirs without an offer gets ours, and its answer comes with the ACK", async () => {
  const { desk, media, session } = offered("");
  await session.accept();
  assert.equal(desk.last.body, "v=offer1");
  desk.send(ackOf(desk.last), "v=theirs");
  await settled();
  assert.deepEqual(media.asked, ["offer", "answer v=theirs"]);
});

test("a call of theirs is never acknowledged", async () => {
  const { desk, session } = offered();
  await session.accept();
  desk.clock.advance(40_000);
  assert.equal(desk.last.method, "BYE");
  assert.deepEqual(desk.told, ["answered", "ended failed 408 call_failed", "forgotten"]);
});

test("a call of theirs is given up, or taken elsewhere", () => {
  const cancel = (...more) => ["CANCEL sip:us@us.invalid SIP/2.0", ...invitation().slice(1, 5), "CSeq: 9 CANCEL",
    ...more];
  const one = offered();
  one.desk.send(cancel());
  assert.deepEqual(one.desk.took(), [180, 200, 487]);
  assert.deepEqual(one.desk.told, ["ended cancelled 487", "forgotten"]);
  const other = offered();
  other.desk.send(cancel('Reason: SIP;cause=200;text="Call completed elsewhere"'));
  assert.deepEqual(other.desk.told, ["ended answered_elsewhere 487", "forgotten"]);
});

test("what is for nobody is refused", () => {
  const desk = new Desk();
  desk.send(invitation("a").map((line) =>
    line.replace("To: <sip:web-1@gateway.example>", "To: <sip:web-1@gateway.example>;tag=gone")), "v=offer");
  desk.send(["OPTIONS sip:us SIP/2.0", ...invitation("b").slice(1, 5), "CSeq: 1 OPTIONS"]);
  desk.send(["MESSAGE sip:us SIP/2.0", ...invitation("c").slice(1, 5), "CSeq: 1 MESSAGE"]);
  desk.send([...invitation("d"), "Require: 100rel"], "v=offer");
  desk.send(invitation("e").map((line) => line.replace("application/sdp", "text/plain")), "v=offer");
  desk.send(invitation("f").filter((line) => !line.startsWith("Contact")), "v=offer");
  desk.send(["CANCEL sip:us SIP/2.0", ...invitation("g").slice(1, 5), "CSeq: 9 CANCEL"]);
  assert.deepEqual(desk.took(), [481, 200, 405, 420, 415, 400, 481]);
});

test("a fifth call is busy", () => {
  const desk = new Desk();
  for (const branch of ["1", "2", "3", "4", "5"]) desk.send(invitation(branch), "v=offer");
  assert.deepEqual(desk.took(), [180, 180, 180, 180, 486]);
  const [call] = desk.rang;
  assert.deepEqual([call.from, call.to, call.displayName, call.direction],
    ["+254722000001", "web-1", "Wanjiru", "inbound"]);
});

test("a flood of requests has an end", () => {
  const desk = new Desk();
  desk.handler = { received: () => undefined, cancelled: () => undefined };
  for (let index = 0; index < 300; index += 1) desk.send(invitation(String(index)), "v=offer");
  assert.deepEqual([desk.sent.length, desk.last.status], [44, 503]);
});
