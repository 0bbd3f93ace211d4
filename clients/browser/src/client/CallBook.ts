import type { ServerTransaction } from "../sip/agent/ServerTransaction.js";
import type { RequestHandler } from "../sip/agent/TransactionLayer.js";
import { allowedMethods } from "../sip/calls/callHeaders.js";
import { dialogKeyOf, dialogOfRequest, tagOf } from "../sip/dialog/Dialog.js";
import { SipHeaders } from "../sip/wire/SipHeaders.js";
import type { SipRequest } from "../sip/wire/SipMessage.js";
import { responseTo } from "../sip/wire/responseTo.js";
import type { Call } from "./Call.js";
import type { CallHost } from "./CallHost.js";
import { IncomingCall } from "./IncomingCall.js";

/** The calls of a client, and who takes what comes in. */
export class CallBook implements RequestHandler {
  private readonly calls = new Set<Call>();

  constructor(
    private readonly mostCalls: number,
    private readonly host: () => CallHost,
    private readonly rang: (call: IncomingCall) => void,
  ) {}

  /** The calls that are not over, oldest first. */
  get live(): Call[] {
    return [...this.calls].filter((call) => call.state !== "ended");
  }

  get isFull(): boolean {
    return this.live.length >= this.mostCalls;
  }

  add(call: Call): void {
    this.calls.add(call);
  }

  remove(call: Call): void {
    this.calls.delete(call);
  }

  /** Tells every call, also those that are over and still owe something. */
  flowChanged(change: "lost" | "restored" | "givenUp"): void {
    for (const call of [...this.calls]) call.flowChanged(change);
  }

  networkChanged(): void {
    for (const call of this.live) call.networkChanged();
  }

  received(transaction: ServerTransaction): void {
    const { request } = transaction;
    if (tagOf(request.headers.first("to")) !== "") return this.within(transaction);
    switch (request.method) {
      case "INVITE":
        return this.invited(transaction);
      case "ACK":
        return;
      case "OPTIONS":
        return this.answer(transaction, 200, "OK");
      default:
        return this.answer(transaction, 405, "Method Not Allowed");
    }
  }

  cancelled(invite: SipRequest, cancel: SipRequest): void {
    for (const call of this.calls) {
      if (call instanceof IncomingCall && call.session.isOf(invite)) call.session.cancelled(cancel);
    }
  }

  private within(transaction: ServerTransaction): void {
    const key = dialogKeyOf(transaction.request);
    const call = [...this.calls].find(({ session }) => session.key === key);
    if (call) call.session.receive(transaction);
    else if (transaction.request.method !== "ACK") this.answer(transaction, 481, "Call/Transaction Does Not Exist");
  }

  private invited(transaction: ServerTransaction): void {
    const { request } = transaction;
    if (request.headers.list("require").some((option) => option.toLowerCase() !== "outbound")) {
      return this.answer(transaction, 420, "Bad Extension", ["Unsupported", request.headers.all("require").join(", ")]);
    }
    if (dialogOfRequest(request, "") === undefined) return this.answer(transaction, 400, "Bad Request");
    if (request.body !== "" && !/^application\/sdp\b/i.test(request.headers.first("content-type") ?? "")) {
      return this.answer(transaction, 415, "Unsupported Media Type", ["Accept", "application/sdp"]);
    }
    if (this.isFull) return this.answer(transaction, 486, "Busy Here");
    const call = new IncomingCall(this.host(), transaction);
    this.add(call);
    call.session.ring();
    this.rang(call);
  }

  private answer(
    transaction: ServerTransaction,
    status: number,
    reason: string,
    extra: readonly [string, string] = ["Allow", allowedMethods],
  ): void {
    const tag = this.host().dice.word(10);
    transaction.respond(responseTo(transaction.request, status, reason, { tag, headers: SipHeaders.of(extra) }));
  }
}
