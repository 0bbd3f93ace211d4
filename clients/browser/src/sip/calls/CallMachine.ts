import { stay, type Step } from "../transactions/Step.js";
import type { CallPhase } from "./CallPhase.js";
import type { EndReason } from "./EndReason.js";

/** The life of a call, from the INVITE to the BYE, as a value. Media and dialogs are its owner's. */
export interface CallMachine {
  readonly phase: CallPhase;
  /** Ours: whether a provisional answer has come, before which nothing may be cancelled (RFC 3261 section 9.1). */
  readonly isProceeding: boolean;
  /** Whether a token was fetched because the INVITE was challenged. */
  readonly hasRenewed: boolean;
  /** Whether there is a flow to the gateway. */
  readonly hasFlow: boolean;
  /** Whether a BYE is to be sent as soon as there is a flow again. */
  readonly owesBye: boolean;
}

export type CallEvent =
  | { readonly type: "provisional"; readonly status: number }
  | { readonly type: "accepted" }
  | { readonly type: "refused"; readonly status: number }
  | { readonly type: "timeout" }
  /** There is a new token after a challenge. */
  | { readonly type: "renewed" }
  | { readonly type: "answer" }
  | { readonly type: "reject"; readonly status: number }
  | { readonly type: "acknowledged" }
  | { readonly type: "cancelled"; readonly elsewhere: boolean }
  | { readonly type: "bye" }
  | { readonly type: "hangup"; readonly reason: EndReason }
  | { readonly type: "flowLost" }
  | { readonly type: "flowRestored" }
  | { readonly type: "flowGivenUp" };

export type CallAction =
  | { readonly type: "sendInvite" }
  | { readonly type: "sendCancel" }
  | { readonly type: "sendAck" }
  | { readonly type: "sendBye" }
  | { readonly type: "sendAccept" }
  | { readonly type: "sendRefusal"; readonly status: number }
  /** Get a new token and register with it, then send the event `renewed`. */
  | { readonly type: "renewToken" }
  | { readonly type: "restartMedia" }
  | { readonly type: "ringing" }
  | { readonly type: "answered" }
  /** The user hears no more; what is still owed to the other side is done out of sight. */
  | { readonly type: "ended"; readonly reason: EndReason; readonly status: number | undefined }
  /** Nothing is owed any more: forget the call. */
  | { readonly type: "forget" };

type CallStep = Step<CallMachine, CallAction>;

/** A call of ours that is about to be placed. */
export function outgoingCall(): CallStep {
  return { state: machine("inviting"), actions: [{ type: "sendInvite" }] };
}

/** A call that has come in. */
export function incomingCall(): CallStep {
  return { state: machine("offered"), actions: [] };
}

function machine(phase: CallPhase): CallMachine {
  return { phase, isProceeding: false, hasRenewed: false, hasFlow: true, owesBye: false };
}

/** What becomes of a call, and what is to be done. */
export function stepCall(state: CallMachine, event: CallEvent): CallStep {
  switch (event.type) {
    case "provisional":
      return provisional(state, event.status);
    case "accepted":
      return accepted(state);
    case "refused":
      return refused(state, event.status);
    case "timeout":
      return timedOut(state);
    case "renewed":
      return state.phase === "inviting" ? { state, actions: [{ type: "sendInvite" }] } : stay(state);
    case "answer":
      if (state.phase !== "offered") return stay(state);
      return { state: { ...state, phase: "accepting" }, actions: [{ type: "sendAccept" }, { type: "answered" }] };
    case "reject":
      if (state.phase !== "offered") return stay(state);
      return finished(state, "rejected", event.status, [{ type: "sendRefusal", status: event.status }]);
    case "acknowledged":
      return state.phase === "accepting" ? { state: { ...state, phase: "active" }, actions: [] } : stay(state);
    case "cancelled": {
      if (state.phase !== "offered") return stay(state);
      const reason = event.elsewhere ? "answered_elsewhere" : "cancelled";
      return finished(state, reason, 487, [{ type: "sendRefusal", status: 487 }]);
    }
    case "bye":
      return isUp(state) ? finished(state, "remote_hangup", undefined) : stay(state);
    case "hangup":
      return hangUp(state, event.reason);
    case "flowLost":
      return flowLost(state);
    case "flowRestored":
      return flowRestored(state);
    case "flowGivenUp":
      if (state.phase === "ended") return { state: { ...state, owesBye: false }, actions: [{ type: "forget" }] };
      return state.hasFlow ? stay(state) : finished(state, "connection_lost", undefined);
  }
}

function provisional(state: CallMachine, status: number): CallStep {
  const proceeding = { ...state, isProceeding: true };
  if (state.phase === "cancelling" && !state.isProceeding) {
    return { state: proceeding, actions: [{ type: "sendCancel" }] };
  }
  if (state.phase === "inviting" && (status === 180 || status === 183)) {
    return { state: { ...proceeding, phase: "ringing" }, actions: [{ type: "ringing" }] };
  }
  return stay(proceeding);
}

function accepted(state: CallMachine): CallStep {
  switch (state.phase) {
    case "inviting":
    case "ringing":
      return { state: { ...state, phase: "active" }, actions: [{ type: "sendAck" }, { type: "answered" }] };
    case "cancelling":
      // The answer and our CANCEL have crossed: what was answered is hung up (RFC 3261 section 9.1).
      return {
        state: { ...state, phase: "ended" },
        actions: [{ type: "sendAck" }, { type: "sendBye" }, { type: "forget" }],
      };
    default:
      return stay(state);
  }
}

function refused(state: CallMachine, status: number): CallStep {
  if (state.phase === "cancelling") return { state: { ...state, phase: "ended" }, actions: [{ type: "forget" }] };
  if (state.phase !== "inviting" && state.phase !== "ringing") return stay(state);
  if ((status === 401 || status === 407) && !state.hasRenewed) {
    const again: CallMachine = { ...state, phase: "inviting", isProceeding: false, hasRenewed: true };
    return { state: again, actions: [{ type: "renewToken" }] };
  }
  return finished(state, reasonOf(status), status);
}

function timedOut(state: CallMachine): CallStep {
  switch (state.phase) {
    case "inviting":
    case "ringing":
      return finished(state, "failed", 408);
    case "accepting":
      // They never acknowledged our answer (RFC 3261 section 13.3.1.4).
      return finished(state, "failed", 408, [{ type: "sendBye" }]);
    case "active":
      // The other side is gone without a word (RFC 3261 section 12.2.1.2).
      return finished(state, "failed", 408, [{ type: "sendBye" }]);
    case "cancelling":
      return { state: { ...state, phase: "ended" }, actions: [{ type: "forget" }] };
    default:
      return stay(state);
  }
}

function hangUp(state: CallMachine, reason: EndReason): CallStep {
  switch (state.phase) {
    case "inviting":
    case "ringing": {
      const cancelling: CallMachine = { ...state, phase: "cancelling" };
      const told = reason === "hangup" ? "cancelled" : reason;
      const ended: CallAction = { type: "ended", reason: told, status: undefined };
      return { state: cancelling, actions: state.isProceeding ? [{ type: "sendCancel" }, ended] : [ended] };
    }
    case "offered":
      return finished(state, reason === "hangup" ? "rejected" : reason, 480, [{ type: "sendRefusal", status: 480 }]);
    case "accepting":
    case "active": {
      const ended: CallAction = { type: "ended", reason, status: undefined };
      if (!state.hasFlow) return { state: { ...state, phase: "ended", owesBye: true }, actions: [ended] };
      return { state: { ...state, phase: "ended" }, actions: [{ type: "sendBye" }, ended, { type: "forget" }] };
    }
    default:
      return stay(state);
  }
}

function flowLost(state: CallMachine): CallStep {
  const without: CallMachine = { ...state, hasFlow: false };
  switch (state.phase) {
    case "inviting":
    case "ringing":
    case "offered":
      // Answers to an INVITE come over its own connection only: whoever rings cannot be reached any more.
      return finished(without, "connection_lost", undefined);
    case "cancelling":
      return { state: { ...without, phase: "ended" }, actions: [{ type: "forget" }] };
    default:
      return stay(without);
  }
}

function flowRestored(state: CallMachine): CallStep {
  const restored: CallMachine = { ...state, hasFlow: true, owesBye: false };
  if (state.owesBye) return { state: restored, actions: [{ type: "sendBye" }, { type: "forget" }] };
  return isUp(state) && !state.hasFlow ? { state: restored, actions: [{ type: "restartMedia" }] } : stay(restored);
}

function finished(
  state: CallMachine,
  reason: EndReason,
  status: number | undefined,
  before: readonly CallAction[] = [],
): CallStep {
  const actions: CallAction[] = [...before, { type: "ended", reason, status }, { type: "forget" }];
  return { state: { ...state, phase: "ended" }, actions };
}

function isUp(state: CallMachine): boolean {
  return state.phase === "active" || state.phase === "accepting";
}

function reasonOf(status: number): EndReason {
  if (status === 486 || status === 600) return "busy";
  if (status === 408 || status === 480 || status === 487) return "no_answer";
  return status >= 500 && status < 600 ? "failed" : "refused";
}
