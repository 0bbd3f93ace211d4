import type { SipRequest, SipResponse } from "../wire/SipMessage.js";

/** A request that waits for our answer. */
export interface ServerTransaction {
  readonly request: SipRequest;
  /** Sends an answer to it. */
  respond(response: SipResponse): void;
}
