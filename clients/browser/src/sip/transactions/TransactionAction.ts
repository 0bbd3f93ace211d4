import type { SipRequest, SipResponse } from "../wire/SipMessage.js";

/** What a transaction asks of its owner. */
export type TransactionAction =
  | { readonly type: "send"; readonly message: SipRequest | SipResponse }
  /** Hand an answer to whoever asked. */
  | { readonly type: "pass"; readonly response: SipResponse }
  /** Tell whoever asked that no answer will come. */
  | { readonly type: "fail"; readonly cause: "timeout" | "flow" }
  /** Send the event `timer` in a while. */
  | { readonly type: "wait"; readonly delay_ms: number }
  /** Forget the transaction. */
  | { readonly type: "end" };
