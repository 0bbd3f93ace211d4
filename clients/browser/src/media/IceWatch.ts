import { stay, type Step } from "../sip/transactions/Step.js";

/** Looks after the way that sound takes, and says when another is to be looked for (RFC 8445 section 2.4). */
export interface IceWatch {
  readonly phase: "starting" | "connected" | "doubtful" | "restarting";
  /** Restarts in a row that led nowhere yet. */
  readonly restarts: number;
}

export type IceEvent =
  | { readonly type: "state"; readonly state: RTCIceConnectionState }
  /** The machine has got another network. */
  | { readonly type: "networkChanged" }
  | { readonly type: "timer" };

export type IceAction =
  | { readonly type: "restart" }
  /** No way was found for half a minute. */
  | { readonly type: "lost" }
  | { readonly type: "wait"; readonly delay_ms: number }
  | { readonly type: "stopWaiting" };

/** A browser says `disconnected` after a few lost checks already; many of these pass. */
const doubt_ms = 2_000;
/** How long a restart may take before the next. */
const restart_ms = 8_000;
/** Four of them are half a minute, which is how long a call waits for its connection, too. */
const mostRestarts = 4;

/** A connection that is not made yet. */
export const newIceWatch: IceWatch = { phase: "starting", restarts: 0 };

/** What becomes of the way, and what is to be done. */
export function stepIceWatch(state: IceWatch, event: IceEvent): Step<IceWatch, IceAction> {
  switch (event.type) {
    case "state":
      return changed(state, event.state);
    case "networkChanged":
      return state.phase === "starting" || state.phase === "restarting" ? stay(state) : restart(state);
    case "timer":
      return state.phase === "doubtful" || state.phase === "restarting" ? restart(state) : stay(state);
  }
}

function changed(state: IceWatch, ice: RTCIceConnectionState): Step<IceWatch, IceAction> {
  switch (ice) {
    case "connected":
    case "completed":
      return { state: { phase: "connected", restarts: 0 }, actions: [{ type: "stopWaiting" }] };
    case "disconnected":
      if (state.phase !== "connected") return stay(state);
      return { state: { ...state, phase: "doubtful" }, actions: [{ type: "wait", delay_ms: doubt_ms }] };
    case "failed":
      return state.phase === "restarting" ? stay(state) : restart(state);
    case "closed":
      return { state: newIceWatch, actions: [{ type: "stopWaiting" }] };
    default:
      return stay(state);
  }
}

function restart(state: IceWatch): Step<IceWatch, IceAction> {
  if (state.restarts >= mostRestarts) return { state: newIceWatch, actions: [{ type: "lost" }] };
  return {
    state: { phase: "restarting", restarts: state.restarts + 1 },
    actions: [{ type: "restart" }, { type: "wait", delay_ms: restart_ms }],
  };
}
