import type { SipRequest, SipResponse } from "../wire/SipMessage.js";
import { stay, type Step } from "./Step.js";
import type { TransactionAction } from "./TransactionAction.js";
import { patience_ms } from "./transactionTimes.js";

/** An INVITE that we were sent (RFC 3261 section 17.2.1, with RFC 6026's `accepted`). */
export interface InviteServer {
  readonly type: "inviteServer";
  readonly phase: "proceeding" | "accepted" | "completed" | "terminated";
  readonly request: SipRequest;
  readonly lastResponse: SipResponse | undefined;
}

export type ServerEvent =
  | { readonly type: "respond"; readonly response: SipResponse }
  /** The request came once more. */
  | { readonly type: "request" }
  | { readonly type: "acknowledged" }
  | { readonly type: "timer" };

/** An INVITE that has just come. */
export function inviteServer(request: SipRequest): InviteServer {
  return { type: "inviteServer", phase: "proceeding", request, lastResponse: undefined };
}

/** Over a WebSocket timers G and I are zero: a refusal is sent once and its ACK ends the transaction. */
export function stepInviteServer(state: InviteServer, event: ServerEvent): Step<InviteServer, TransactionAction> {
  if (state.phase === "terminated") return stay(state);
  switch (event.type) {
    case "respond":
      return respond(state, event.response);
    case "request":
      if (state.lastResponse === undefined || state.phase === "accepted") return stay(state);
      return { state, actions: [{ type: "send", message: state.lastResponse }] };
    case "acknowledged":
      return state.phase === "completed" ? ended(state) : stay(state);
    case "timer":
      return state.phase === "proceeding" ? stay(state) : ended(state);
  }
}

function respond(state: InviteServer, response: SipResponse): Step<InviteServer, TransactionAction> {
  const send: TransactionAction = { type: "send", message: response };
  const wait: TransactionAction = { type: "wait", delay_ms: patience_ms };
  if (state.phase === "accepted") {
    // The core sends its 2xx again until it is acknowledged (RFC 3261 section 13.3.1.4).
    return response.status >= 200 && response.status < 300 ? { state, actions: [send] } : stay(state);
  }
  if (state.phase === "completed") return stay(state);
  if (response.status < 200) return { state: { ...state, lastResponse: response }, actions: [send] };
  const phase = response.status < 300 ? "accepted" : "completed";
  return { state: { ...state, phase, lastResponse: response }, actions: [send, wait] };
}

function ended(state: InviteServer): Step<InviteServer, TransactionAction> {
  return { state: { ...state, phase: "terminated" }, actions: [{ type: "end" }] };
}
