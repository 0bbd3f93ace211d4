import { stay, type Step } from "../transactions/Step.js";

/** Who may change the media of a call, one offer at a time (RFC 3264, RFC 3261 section 14). */
export interface Negotiation {
  readonly phase: "stable" | "preparing" | "offering" | "answering" | "waiting";
  /** What is to be offered next; undefined when nothing is. */
  readonly wanted: Wish | undefined;
  /** Whether we chose the Call-ID: it says who waits longer after both have offered at once. */
  readonly isCaller: boolean;
}

/** What a re-INVITE is for. Wishes that come while one is under way are joined. */
export interface Wish {
  readonly restart: boolean;
}

export type NegotiationEvent =
  | { readonly type: "want"; readonly wish: Wish }
  | { readonly type: "sent" }
  | { readonly type: "answered" }
  /** `fraction` is a random number from 0 to 1. */
  | { readonly type: "refused"; readonly status: number; readonly fraction: number }
  /** The offer could not be made or sent; it is made again when the flow is back. */
  | { readonly type: "dropped" }
  | { readonly type: "timer" }
  /** They offer. */
  | { readonly type: "offered" }
  /** Their offer is answered, or refused. */
  | { readonly type: "settled" };

export type NegotiationAction =
  | { readonly type: "offer"; readonly wish: Wish }
  | { readonly type: "takeOffer" }
  /** Refuse theirs with 491: ours is out. */
  | { readonly type: "refuseOffer" }
  | { readonly type: "applyAnswer" }
  /** Ours is void: go back to what was agreed. */
  | { readonly type: "rollBack" }
  | { readonly type: "wait"; readonly delay_ms: number }
  /** The dialog is gone at the other side. */
  | { readonly type: "callIsGone" }
  | { readonly type: "failed"; readonly status: number };

type NegotiationStep = Step<Negotiation, NegotiationAction>;

/** What was agreed with the call itself holds. */
export function newNegotiation(isCaller: boolean): Negotiation {
  return { phase: "stable", wanted: undefined, isCaller };
}

/** What becomes of the media's agreement, and what is to be done. */
export function stepNegotiation(state: Negotiation, event: NegotiationEvent): NegotiationStep {
  switch (event.type) {
    case "want":
      return next({ ...state, wanted: { restart: event.wish.restart || (state.wanted?.restart ?? false) } });
    case "sent":
      return state.phase === "preparing" ? stay({ ...state, phase: "offering" }) : stay(state);
    case "answered":
      if (state.phase !== "offering") return stay(state);
      return then({ ...state, phase: "stable" }, [{ type: "applyAnswer" }]);
    case "refused":
      return state.phase === "offering" ? refused(state, event.status, event.fraction) : stay(state);
    case "dropped":
      if (state.phase !== "offering" && state.phase !== "preparing") return stay(state);
      return { state: { ...state, phase: "stable" }, actions: [{ type: "rollBack" }] };
    case "timer":
      return state.phase === "waiting" ? next({ ...state, phase: "stable" }) : stay(state);
    case "offered":
      if (state.phase === "stable" || state.phase === "waiting") {
        return { state: { ...state, phase: "answering" }, actions: [{ type: "takeOffer" }] };
      }
      return { state, actions: [{ type: "refuseOffer" }] };
    case "settled":
      return state.phase === "answering" ? next({ ...state, phase: "stable" }) : stay(state);
  }
}

function next(state: Negotiation): NegotiationStep {
  if (state.phase !== "stable" || state.wanted === undefined) return stay(state);
  return {
    state: { ...state, phase: "preparing", wanted: undefined },
    actions: [{ type: "offer", wish: state.wanted }],
  };
}

function then(state: Negotiation, actions: readonly NegotiationAction[]): NegotiationStep {
  const following = next(state);
  return { state: following.state, actions: [...actions, ...following.actions] };
}

function refused(state: Negotiation, status: number, fraction: number): NegotiationStep {
  if (status === 491) {
    // RFC 3261 section 14.1: steps of 10 ms; whoever chose the Call-ID waits longer, so that one of two gets through.
    const delay_ms = 10 * Math.round(state.isCaller ? 210 + fraction * 190 : fraction * 200);
    const wanted = state.wanted ?? { restart: true };
    const actions: NegotiationAction[] = [{ type: "rollBack" }, { type: "wait", delay_ms }];
    return { state: { ...state, phase: "waiting", wanted }, actions };
  }
  if (status === 481 || status === 408) {
    return { state: { ...state, phase: "stable" }, actions: [{ type: "rollBack" }, { type: "callIsGone" }] };
  }
  return then({ ...state, phase: "stable" }, [{ type: "rollBack" }, { type: "failed", status }]);
}
