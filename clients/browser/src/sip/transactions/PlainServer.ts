import type { SipRequest } from "../wire/SipMessage.js";
import type { ServerEvent } from "./InviteServer.js";
import { stay, type Step } from "./Step.js";
import type { TransactionAction } from "./TransactionAction.js";

/** Any request that we were sent but INVITE and ACK (RFC 3261 section 17.2.2). */
export interface PlainServer {
  readonly type: "plainServer";
  readonly phase: "trying" | "terminated";
  readonly request: SipRequest;
}

/** A request that has just come. */
export function plainServer(request: SipRequest): PlainServer {
  return { type: "plainServer", phase: "trying", request };
}

/** Over a WebSocket timer J is zero: the answer is sent once, and that is the end. */
export function stepPlainServer(state: PlainServer, event: ServerEvent): Step<PlainServer, TransactionAction> {
  if (state.phase === "terminated" || event.type !== "respond") return stay(state);
  const send: TransactionAction = { type: "send", message: event.response };
  if (event.response.status < 200) return { state, actions: [send] };
  return { state: { ...state, phase: "terminated" }, actions: [send, { type: "end" }] };
}
