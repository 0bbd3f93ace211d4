import { advanced, received, requestWithin, retargeted, type Dialog } from "../dialog/Dialog.js";
import { SipHeaders } from "../wire/SipHeaders.js";
import type { SipRequest, SipResponse } from "../wire/SipMessage.js";
import type { ResponseHandler } from "../agent/ResponseHandler.js";
import type { SessionHost } from "./SessionHost.js";

/** A dialog that requests are sent in. */
export class DialogLink {
  /** The last ACK, for answers that come again. */
  private lastAcknowledgement: SipRequest | undefined;

  constructor(private readonly host: SessionHost, private dialog: Dialog) {}

  /** What the two sides know of each other now. */
  get value(): Dialog {
    return this.dialog;
  }

  /** Sends a request with the next number. */
  request(method: string, handler: ResponseHandler, extra = SipHeaders.none, body = ""): void {
    this.dialog = advanced(this.dialog);
    this.host.transactions.request(requestWithin(this.dialog, method, this.host.party.via(), extra, body), handler);
  }

  /**
   * Acknowledges a 2xx of our last INVITE: a request of its own, with a branch of its own (RFC 3261 section 13.2.2.4).
   */
  acknowledge(response: SipResponse): void {
    this.dialog = retargeted(this.dialog, response);
    this.lastAcknowledgement = requestWithin(this.dialog, "ACK", this.host.party.via());
    this.host.transactions.sendAlone(this.lastAcknowledgement);
  }

  /** Acknowledges a 2xx that came again. */
  acknowledgeAgain(): void {
    if (this.lastAcknowledgement) this.host.transactions.sendAlone(this.lastAcknowledgement);
  }

  /** Whether a request of theirs is in order; it counts from now on when it is. */
  takes(request: SipRequest): boolean {
    const next = received(this.dialog, request);
    if (next === undefined) return false;
    this.dialog = request.method === "INVITE" ? retargeted(next, request) : next;
    return true;
  }
}
