import { stay, type Step } from "../sip/transactions/Step.js";

/** Pings over a flow: two line ends ask, one answers (RFC 5626 section 4.4.1, RFC 7118 section 6). */
export interface KeepAlive {
  readonly phase: "closed" | "idle" | "asking";
  /** Whether the gateway answers pings; until that is known, silence means nothing. */
  readonly answers: boolean;
}

export type KeepAliveEvent =
  | { readonly type: "opened" }
  | { readonly type: "closed" }
  /** Something came; `isPong` when it was the answer to a ping. */
  | { readonly type: "heard"; readonly isPong: boolean }
  /** The gateway has said that it answers pings (`Flow-Timer`, or `outbound` in `Require`). */
  | { readonly type: "promised" }
  /** There is reason to doubt the flow. */
  | { readonly type: "doubt" }
  /** `fraction` is a random number from 0 to 1. */
  | { readonly type: "timer"; readonly fraction: number };

export type KeepAliveAction =
  | { readonly type: "ping" }
  | { readonly type: "wait"; readonly delay_ms: number }
  | { readonly type: "stopWaiting" }
  /** The flow is dead, although nobody has said so. */
  | { readonly type: "dead" };

/** Proxies close what is silent for a minute; RFC 5626 section 4.4.1 wants 80 to 100 per cent of an interval. */
const interval_ms = 25_000;
const answerWait_ms = 10_000;

/** No flow yet. */
export const noKeepAlive: KeepAlive = { phase: "closed", answers: false };

/** What becomes of the pings, and what is to be done. */
export function stepKeepAlive(state: KeepAlive, event: KeepAliveEvent): Step<KeepAlive, KeepAliveAction> {
  switch (event.type) {
    case "opened":
      return { state: { phase: "idle", answers: false }, actions: [{ type: "wait", delay_ms: interval_ms }] };
    case "closed":
      return { state: noKeepAlive, actions: [{ type: "stopWaiting" }] };
    case "promised":
      return stay({ ...state, answers: true });
    case "heard":
      if (state.phase === "closed") return stay(state);
      return {
        state: { phase: "idle", answers: state.answers || event.isPong },
        actions: state.phase === "asking" ? [{ type: "wait", delay_ms: interval_ms }] : [],
      };
    case "doubt":
      return state.phase === "idle" ? ping(state) : stay(state);
    case "timer":
      if (state.phase === "closed") return stay(state);
      if (state.phase === "idle") return ping(state);
      if (state.answers) return { state: { ...state, phase: "closed" }, actions: [{ type: "dead" }] };
      return { state: { ...state, phase: "idle" }, actions: [{ type: "wait", delay_ms: rest_ms(event.fraction) }] };
  }
}

function ping(state: KeepAlive): Step<KeepAlive, KeepAliveAction> {
  const actions: KeepAliveAction[] = [{ type: "ping" }, { type: "wait", delay_ms: answerWait_ms }];
  return { state: { ...state, phase: "asking" }, actions };
}

/** What is left of an interval after the wait for an answer. */
function rest_ms(fraction: number): number {
  return Math.round(interval_ms * (0.8 + 0.2 * fraction)) - answerWait_ms;
}
