import type { SipResponse } from "../wire/SipMessage.js";

/** Who waits for the answers to a request. */
export interface ResponseHandler {
  /** An answer came, a provisional one or the final one; of an INVITE, each 2xx comes. */
  answered(response: SipResponse): void;
  /** No answer will come. */
  failed(cause: "timeout" | "flow"): void;
}
