import type { LocalParty } from "../agent/LocalParty.js";
import { SipHeaders } from "../wire/SipHeaders.js";

/** What we take, as every INVITE and its answer say. */
export const allowedMethods = "INVITE, ACK, CANCEL, BYE, OPTIONS, NOTIFY";
/** What this library calls itself. */
export const userAgent = "sautikit-browser/0.1";

/** What a description goes with: in an INVITE, and in the 200 that answers one. */
export function callHeaders(party: LocalParty, hasBody: boolean): SipHeaders {
  const headers = SipHeaders.of(
    ["Contact", party.contact],
    ["Allow", allowedMethods],
    ["Supported", "outbound"],
    ["User-Agent", userAgent],
  );
  return hasBody ? headers.with("Content-Type", "application/sdp") : headers;
}
