import type { SipHeaders } from "./SipHeaders.js";

/** A request (RFC 3261 section 7.1). */
export interface SipRequest {
  readonly kind: "request";
  readonly method: string;
  readonly uri: string;
  readonly headers: SipHeaders;
  readonly body: string;
}

/** An answer (RFC 3261 section 7.2). */
export interface SipResponse {
  readonly kind: "response";
  readonly status: number;
  readonly reason: string;
  readonly headers: SipHeaders;
  readonly body: string;
}

export type SipMessage = SipRequest | SipResponse;
