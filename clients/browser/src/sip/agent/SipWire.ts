import type { SipMessage } from "../wire/SipMessage.js";

/** Where messages go: the flow to the gateway. */
export interface SipWire {
  /** Sends a message, or does nothing when the flow is lost: whoever waits for an answer is told of the loss. */
  send(message: SipMessage): void;
}
