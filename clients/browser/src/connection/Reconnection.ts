import { stay, type Step } from "../sip/transactions/Step.js";

/** How we come to have a flow to the gateway, and how we get it back. */
export interface Reconnection {
  readonly phase: "closed" | "opening" | "registering" | "ready" | "waiting";
  /** Whether somebody waits for the first time that it is ready: failures are told to them and not tried again. */
  readonly isFirst: boolean;
  /** Failures in a row. */
  readonly failures: number;
}

export type ReconnectionEvent =
  | { readonly type: "connect" }
  | { readonly type: "opened" }
  | { readonly type: "registered" }
  /** What was tried failed, or what we had is gone. `fraction` is a random number from 0 to 1. */
  | { readonly type: "failed"; readonly fraction: number }
  | { readonly type: "timer" }
  /** The machine has a network again, or another one. */
  | { readonly type: "online" }
  /** For `patience_ms` there was no flow. */
  | { readonly type: "patienceOver" }
  | { readonly type: "disconnect" };

export type ReconnectionAction =
  /** Get a token that is still good (a new one when `isFresh`), and open a flow with it. */
  | { readonly type: "open"; readonly isFresh: boolean }
  | { readonly type: "register" }
  /** Tell the gateway that we go, while it can still be told. */
  | { readonly type: "unregister" }
  | { readonly type: "close" }
  | { readonly type: "wait"; readonly delay_ms: number }
  | { readonly type: "stopWaiting" }
  /** Count `patience_ms` from now, or no more. */
  | { readonly type: "startPatience"; readonly delay_ms: number }
  | { readonly type: "stopPatience" }
  | { readonly type: "ready"; readonly isFirst: boolean }
  | { readonly type: "lost" }
  | { readonly type: "retrying"; readonly attempt: number; readonly delay_ms: number }
  | { readonly type: "connectFailed" }
  | { readonly type: "giveUpCalls" }
  | { readonly type: "closed" };

type ReconnectionStep = Step<Reconnection, ReconnectionAction>;

/** How long calls wait for a flow. */
export const patience_ms = 30_000;
const firstDelay_ms = 500;
const longestDelay_ms = 15_000;

/** Nothing is wanted yet. */
export const disconnected: Reconnection = { phase: "closed", isFirst: false, failures: 0 };

/** What becomes of the connection, and what is to be done. */
export function stepReconnection(state: Reconnection, event: ReconnectionEvent): ReconnectionStep {
  switch (event.type) {
    case "connect":
      if (state.phase !== "closed") return stay(state);
      return { state: { phase: "opening", isFirst: true, failures: 0 }, actions: [{ type: "open", isFresh: true }] };
    case "opened":
      if (state.phase !== "opening") return stay(state);
      return { state: { ...state, phase: "registering" }, actions: [{ type: "register" }] };
    case "registered":
      if (state.phase !== "registering") return stay(state);
      return {
        state: { phase: "ready", isFirst: false, failures: 0 },
        actions: [{ type: "stopPatience" }, { type: "ready", isFirst: state.isFirst }],
      };
    case "failed":
      return failed(state, event.fraction);
    case "timer":
    case "online":
      return state.phase === "waiting" ? opening(state) : stay(state);
    case "patienceOver":
      if (state.phase === "ready" || state.phase === "closed") return stay(state);
      return { state, actions: [{ type: "giveUpCalls" }] };
    case "disconnect": {
      if (state.phase === "closed") return stay(state);
      const waits: ReconnectionAction[] = [{ type: "stopWaiting" }, { type: "stopPatience" }];
      const ends: ReconnectionAction[] = [{ type: "unregister" }, { type: "close" }, { type: "giveUpCalls" }];
      return { state: disconnected, actions: [...waits, ...ends, { type: "closed" }] };
    }
  }
}

/** Full jitter: thousands of pages that lost one gateway must not come back to it at once. */
function failed(state: Reconnection, fraction: number): ReconnectionStep {
  if (state.phase === "closed" || state.phase === "waiting") return stay(state);
  if (state.isFirst) return { state: disconnected, actions: [{ type: "close" }, { type: "connectFailed" }] };
  const ceiling_ms = Math.min(firstDelay_ms * 2 ** state.failures, longestDelay_ms);
  const delay_ms = Math.round(ceiling_ms * fraction);
  const attempt = state.failures + 1;
  const lost: ReconnectionAction[] =
    state.phase === "ready" ? [{ type: "lost" }, { type: "startPatience", delay_ms: patience_ms }] : [];
  return {
    state: { ...state, phase: "waiting", failures: attempt },
    actions: [{ type: "close" }, ...lost, { type: "retrying", attempt, delay_ms }, { type: "wait", delay_ms }],
  };
}

function opening(state: Reconnection): ReconnectionStep {
  // A second failure may be the token's: a refused handshake cannot be told from a network that fails.
  return {
    state: { ...state, phase: "opening" },
    actions: [{ type: "stopWaiting" }, { type: "open", isFresh: state.failures > 1 }],
  };
}
