import type { SipRequest } from "../wire/SipMessage.js";
import type { ClientEvent } from "./InviteClient.js";
import { stay, type Step } from "./Step.js";
import type { TransactionAction } from "./TransactionAction.js";
import { patience_ms } from "./transactionTimes.js";

/** Any request of ours but INVITE and ACK (RFC 3261 section 17.1.2). */
export interface PlainClient {
  readonly type: "plainClient";
  readonly phase: "trying" | "proceeding" | "terminated";
  readonly request: SipRequest;
}

/** A request that is about to be sent. */
export function plainClient(request: SipRequest): PlainClient {
  return { type: "plainClient", phase: "trying", request };
}

/** Over a WebSocket nothing is sent again, and timer K is zero. */
export function stepPlainClient(state: PlainClient, event: ClientEvent): Step<PlainClient, TransactionAction> {
  if (state.phase === "terminated") return stay(state);
  const terminated: PlainClient = { ...state, phase: "terminated" };
  switch (event.type) {
    case "start":
      return { state, actions: [{ type: "send", message: state.request }, { type: "wait", delay_ms: patience_ms }] };
    case "response": {
      const pass: TransactionAction = { type: "pass", response: event.response };
      if (event.response.status < 200) return { state: { ...state, phase: "proceeding" }, actions: [pass] };
      return { state: terminated, actions: [pass, { type: "end" }] };
    }
    case "timer":
      return { state: terminated, actions: [{ type: "fail", cause: "timeout" }, { type: "end" }] };
    case "flowLost":
      return { state: terminated, actions: [{ type: "fail", cause: "flow" }, { type: "end" }] };
  }
}
