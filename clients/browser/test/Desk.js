import { CallBook } from "../dist/modules/client/CallBook.js";
import { LocalParty } from "../dist/modules/sip/agent/LocalParty.js";
import { TransactionLayer } from "../dist/modules/sip/agent/TransactionLayer.js";
import { formatSipMessage } from "../dist/modules/sip/wire/formatSipMessage.js";
import { parseSipMessage } from "../dist/modules/sip/wire/parseSipMessage.js";
import { responseTo } from "../dist/modules/sip/wire/responseTo.js";
import { SipHeaders } from "../dist/modules/sip/wire/SipHeaders.js";
import { FakeClock } from "./FakeClock.js";
import { KnownDice } from "./KnownDice.js";

/** Signalling without a socket: what is sent is kept as text was, and a test says what comes back. */
export class Desk {
  sent = [];
  clock = new FakeClock();
  dice = new KnownDice();
  told = [];
  renewals = 0;
  rang = [];

  constructor() {
    const handler = new CallBook(4, () => this.host, (call) => this.rang.push(call));
    this.book = handler;
    this.transactions = new TransactionLayer(
      { send: (message) => this.sent.push(parseSipMessage(formatSipMessage(message))) },
      this.clock, { received: (one) => this.handler.received(one), cancelled: (one, other) =>
        this.handler.cancelled(one, other) });
    this.handler = handler;
    this.party = new LocalParty(this.dice, "web-1", "gateway.example", true);
    this.host = {
      transactions: this.transactions, clock: this.clock, dice: this.dice, party: this.party,
      renewToken: async () => { this.renewals += 1; }, forget: (call) => this.book.remove(call),
      openMedia: async () => { throw new Error("no sound here"); },
    };
    this.observer = {
      ringing: () => this.told.push("ringing"), answered: () => this.told.push("answered"),
      ended: (reason, status, error) =>
        this.told.push(["ended", reason, status, error?.code].filter(Boolean).join(" ")),
      heldByOther: (isHeld) => this.told.push(isHeld ? "held" : "resumed"), troubled: (error) =>
        this.told.push(error.code),
      forgotten: () => this.told.push("forgotten"),
    };
  }

  /** The last message that was sent. */
  get last() { return this.sent.at(-1); }

  /** The methods and statuses of what was sent since the last time. */
  took() {
    return this.sent.splice(0).map((message) => message.method ?? message.status);
  }

  /** Lets the gateway answer a request. */
  answer(request, status, { tag = "theirs", body = "", fields = [] } = {}) {
    const headers = SipHeaders.of(["Contact", "<sip:phone@10.0.0.1;transport=udp>"], ...fields);
    this.transactions.receive(responseTo(request, status, "Said",
      { tag: status === 100 ? undefined : tag, headers, body }));
  }

  /** Lets the gateway send a request. */
  send(lines, body = "") {
    const message = parseSipMessage([...lines, "", body].join("\r\n"));
    if (message === undefined) throw new Error(lines.join("\n"));
    this.transactions.receive(message);
  }

  /** Lets the gateway send a request of a dialog that our INVITE has made. */
  sendWithin(invite, method, number, body = "", fields = []) {
    this.send([`${method} sip:us SIP/2.0`, `Via: SIP/2.0/WSS g;branch=z9hG4bKg${method}${number}`,
      `From: ${invite.headers.first("to")};tag=theirs`,
      `To: ${invite.headers.first("from")}`, `Call-ID: ${invite.headers.first("call-id")}`, `CSeq: ${number} ${method}`,
      "Contact: <sip:phone@10.0.0.2>", ...fields], body);
  }
}

/** Lets what waits for promises happen. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));
