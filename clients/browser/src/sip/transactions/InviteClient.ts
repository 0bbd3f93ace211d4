import type { SipRequest, SipResponse } from "../wire/SipMessage.js";
import { acknowledgement } from "./acknowledgement.js";
import { stay, type Step } from "./Step.js";
import type { TransactionAction } from "./TransactionAction.js";
import { patience_ms } from "./transactionTimes.js";

/** An INVITE that we sent (RFC 3261 section 17.1.1, with RFC 6026's `accepted`). */
export interface InviteClient {
  readonly type: "inviteClient";
  readonly phase: "calling" | "proceeding" | "accepted" | "terminated";
  readonly request: SipRequest;
}

export type ClientEvent =
  | { readonly type: "start" }
  | { readonly type: "response"; readonly response: SipResponse }
  | { readonly type: "timer" }
  | { readonly type: "flowLost" };

type InviteStep = Step<InviteClient, TransactionAction>;

/** An INVITE that is about to be sent. */
export function inviteClient(request: SipRequest): InviteClient {
  return { type: "inviteClient", phase: "calling", request };
}

/** A WebSocket is reliable, so nothing is sent again and timers A and D are zero (RFC 3261 section 17.1.1.2). */
export function stepInviteClient(state: InviteClient, event: ClientEvent): InviteStep {
  if (state.phase === "terminated") return stay(state);
  switch (event.type) {
    case "start":
      return { state, actions: [{ type: "send", message: state.request }, { type: "wait", delay_ms: patience_ms }] };
    case "response":
      return respond(state, event.response);
    case "timer":
      if (state.phase === "calling") return failed(state, "timeout");
      return state.phase === "accepted" ? ended(state) : stay(state);
    case "flowLost":
      return state.phase === "accepted" ? ended(state) : failed(state, "flow");
  }
}

function respond(state: InviteClient, response: SipResponse): InviteStep {
  const pass: TransactionAction = { type: "pass", response };
  if (state.phase === "accepted") {
    // Each 2xx must reach the core, which acknowledges it, be it sent again or by another branch of a fork.
    return response.status >= 200 && response.status < 300 ? { state, actions: [pass] } : stay(state);
  }
  if (response.status < 200) return { state: { ...state, phase: "proceeding" }, actions: [pass] };
  if (response.status < 300) {
    return { state: { ...state, phase: "accepted" }, actions: [pass, { type: "wait", delay_ms: patience_ms }] };
  }
  const acknowledge: TransactionAction = { type: "send", message: acknowledgement(state.request, response) };
  return { state: { ...state, phase: "terminated" }, actions: [acknowledge, pass, { type: "end" }] };
}

function failed(state: InviteClient, cause: "timeout" | "flow"): InviteStep {
  return { state: { ...state, phase: "terminated" }, actions: [{ type: "fail", cause }, { type: "end" }] };
}

function ended(state: InviteClient): InviteStep {
  return { state: { ...state, phase: "terminated" }, actions: [{ type: "end" }] };
}
