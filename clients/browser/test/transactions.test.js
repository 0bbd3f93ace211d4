import assert from "node:assert/strict";
import { test } from "node:test";
import { inviteClient, stepInviteClient } from "../dist/modules/sip/transactions/InviteClient.js";
import { inviteServer, stepInviteServer } from "../dist/modules/sip/transactions/InviteServer.js";
import { plainClient, stepPlainClient } from "../dist/modules/sip/transactions/PlainClient.js";
import { plainServer, stepPlainServer } from "../dist/modules/sip/transactions/PlainServer.js";
import { SipHeaders } from "../dist/modules/sip/wire/SipHeaders.js";
import { trace } from "./trace.js";

const headers = SipHeaders.of(
  ["Via", "SIP/2.0/WSS a.invalid;branch=z9hG4bK1"], ["From", "<sip:a@b>;tag=1"], ["To", "<sip:c@b>"], ["Call-ID", "x"],
  ["CSeq", "3 INVITE"], ["Route", "<sip:proxy;lr>"],
);
const request = { kind: "request", method: "INVITE", uri: "sip:c@b", headers, body: "" };
const response = (status, tag = "2") => ({
  kind: "response", status, reason: "", headers: SipHeaders.of(["To", `<sip:c@b>;tag=${tag}`]), body: "",
});
const answered = (status) => ({ type: "response", response: response(status) });
const respond = (status) => ({ type: "respond", response: response(status) });

test("an INVITE rings, is accepted, and passes each 2xx that comes again", () => {
  const end = trace(stepInviteClient, inviteClient(request),
    [{ type: "start" }, "send", "wait"],
    [answered(100), "pass"],
    [answered(180), "pass"],
    [{ type: "timer" }],
    [answered(200), "pass", "wait"],
    [answered(200), "pass"],
    [answered(486)],
    [{ type: "timer" }, "end"],
    [answered(200)],
  );
  assert.equal(end.phase, "terminated");
});

test("an INVITE that is refused is acknowledged on its own way", () => {
  const { actions } = stepInviteClient(inviteClient(request), answered(486));
  assert.deepEqual(actions.map(({ type }) => type), ["send", "pass", "end"]);
  const { message } = actions[0];
  assert.equal(message.method, "ACK");
  assert.equal(message.headers.first("via"), headers.first("via"));
  assert.equal(message.headers.first("to"), "<sip:c@b>;tag=2");
  assert.equal(message.headers.first("cseq"), "3 ACK");
  assert.equal(message.headers.first("route"), "<sip:proxy;lr>");
});

test("an INVITE without an answer, and one whose flow is lost", () => {
  trace(stepInviteClient, inviteClient(request), [{ type: "start" }, "send", "wait"],
    [{ type: "timer" }, "fail", "end"]);
  trace(stepInviteClient, inviteClient(request), [answered(180), "pass"], [{ type: "flowLost" }, "fail", "end"]);
  trace(stepInviteClient, inviteClient(request), [answered(200), "pass", "wait"], [{ type: "flowLost" }, "end"]);
});

test("another request is answered once", () => {
  trace(stepPlainClient, plainClient(request),
    [{ type: "start" }, "send", "wait"], [answered(100), "pass"], [answered(200), "pass", "end"], [answered(200)]);
  trace(stepPlainClient, plainClient(request), [{ type: "start" }, "send", "wait"], [{ type: "timer" }, "fail", "end"]);
  trace(stepPlainClient, plainClient(request), [{ type: "flowLost" }, "fail", "end"]);
});

test("an INVITE of theirs that comes again gets the last answer again", () => {
  trace(stepInviteServer, inviteServer(request),
    [{ type: "request" }],
    [respond(180), "send"],
    [{ type: "request" }, "send"],
    [respond(486), "send", "wait"],
    [{ type: "request" }, "send"],
    [respond(200)],
    [{ type: "acknowledged" }, "end"],
  );
});

test("our 2xx is sent again by the core, not by the transaction", () => {
  trace(stepInviteServer, inviteServer(request),
    [respond(200), "send", "wait"], [{ type: "request" }], [respond(200), "send"], [respond(486)],
      [{ type: "timer" }, "end"]);
});

test("a refusal that nobody acknowledges is forgotten", () => {
  trace(stepInviteServer, inviteServer(request), [respond(486), "send", "wait"], [{ type: "timer" }, "end"],
    [{ type: "timer" }]);
});

test("another request of theirs is answered once", () => {
  trace(stepPlainServer, plainServer(request), [{ type: "request" }], [respond(200), "send", "end"], [respond(200)]);
});
