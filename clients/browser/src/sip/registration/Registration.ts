import { stay, type Step } from "../transactions/Step.js";

/** Our registration at the gateway, over the flow that is there (RFC 3261 section 10, RFC 5626, RFC 8898). */
export interface Registration {
  readonly phase: "idle" | "registering" | "registered" | "renewing" | "refused" | "removing";
  /** What we ask for. Seconds. */
  readonly expires_s: number;
  /** Whether this token was fetched because the one before was refused; a second refusal is believed. */
  readonly hasRetried: boolean;
  readonly failures: number;
  /** Whether there is a newer token than the one that was shown last. */
  readonly hasNewer: boolean;
}

/** An answer to a REGISTER, as far as it matters. */
export interface RegisterAnswer {
  readonly status: number;
  /** What the gateway grants, or asks for at least (423). Seconds. */
  readonly expires_s: number | undefined;
  /** `Retry-After`. Seconds. */
  readonly retryAfter_s: number | undefined;
}

export type RegistrationEvent =
  /** A flow is there, and a token. */
  | { readonly type: "start" }
  | { readonly type: "answer"; readonly answer: RegisterAnswer }
  | { readonly type: "timeout" }
  | { readonly type: "flowLost" }
  /** It is time to refresh, or to try again. */
  | { readonly type: "timer" }
  /** There is a new token to show. */
  | { readonly type: "token" }
  | { readonly type: "stop" };

export type RegistrationAction =
  | { readonly type: "send"; readonly expires_s: number }
  | { readonly type: "wait"; readonly delay_ms: number }
  | { readonly type: "stopWaiting" }
  /** Get another token, then send the event `token`. */
  | { readonly type: "fetchToken" }
  | { readonly type: "registered" }
  | { readonly type: "refused"; readonly status: number }
  /** The gateway does not serve us now: `timeout` is a status of 0. It is tried again. */
  | { readonly type: "failed"; readonly status: number }
  | { readonly type: "removed" };

type RegistrationStep = Step<Registration, RegistrationAction>;

/** Longer and shorter registrations than these are not asked for. Seconds. */
const [shortest_s, longest_s] = [30, 3600];
const firstRetry_ms = 2_000;
const longestRetry_ms = 60_000;

/** No registration yet. */
export function newRegistration(expires_s = 600): Registration {
  return { phase: "idle", expires_s, hasRetried: false, failures: 0, hasNewer: false };
}

/** What becomes of a registration, and what is to be done. */
export function stepRegistration(state: Registration, event: RegistrationEvent): RegistrationStep {
  switch (event.type) {
    case "start":
      return sending({ ...state, phase: "registering", hasRetried: false });
    case "token":
      if (state.phase === "renewing") return sending({ ...state, phase: "registering", hasRetried: true });
      if (state.phase === "registered" || state.phase === "refused") return sending({ ...state, phase: "registering" });
      // While a REGISTER is out, another may not be sent (RFC 3261 section 10.2).
      return stay({ ...state, hasNewer: state.phase === "registering" });
    case "timer":
      return state.phase === "registered" || state.phase === "registering"
        ? sending({ ...state, phase: "registering" })
        : stay(state);
    case "answer":
      return answered(state, event.answer);
    case "timeout":
      return state.phase === "removing" ? removed(state) : retrying(state, 0, undefined);
    case "flowLost":
      return { state: { ...state, phase: "idle" }, actions: [{ type: "stopWaiting" }] };
    case "stop":
      if (state.phase === "idle") return removed(state);
      return {
        state: { ...state, phase: "removing" },
        actions: [{ type: "stopWaiting" }, { type: "send", expires_s: 0 }],
      };
  }
}

function answered(state: Registration, answer: RegisterAnswer): RegistrationStep {
  if (state.phase === "removing") return removed(state);
  if (state.phase !== "registering") return stay(state);
  const { status } = answer;
  if (status >= 200 && status < 300) {
    const registered: Registration = { ...state, phase: "registered", hasRetried: false, failures: 0 };
    if (state.hasNewer) return sending({ ...registered, phase: "registering" });
    // At 4/5 of what was granted: late enough to be cheap, early enough to be tried again.
    const granted_s = Math.max(answer.expires_s ?? state.expires_s, shortest_s / 2);
    return { state: registered, actions: [{ type: "registered" }, { type: "wait", delay_ms: granted_s * 800 }] };
  }
  if (status === 423 && answer.expires_s !== undefined && answer.expires_s > state.expires_s) {
    if (answer.expires_s <= longest_s) return sending({ ...state, expires_s: answer.expires_s });
  }
  if (status === 401 || status === 407) {
    return state.hasRetried
      ? refused(state, status)
      : { state: { ...state, phase: "renewing" }, actions: [{ type: "fetchToken" }] };
  }
  return status === 403 ? refused(state, status) : retrying(state, status, answer.retryAfter_s);
}

function sending(state: Registration): RegistrationStep {
  return {
    state: { ...state, hasNewer: false },
    actions: [{ type: "stopWaiting" }, { type: "send", expires_s: state.expires_s }],
  };
}

function refused(state: Registration, status: number): RegistrationStep {
  // The next token may be taken: it is shown when it is there.
  return { state: { ...state, phase: "refused" }, actions: [{ type: "stopWaiting" }, { type: "refused", status }] };
}

function removed(state: Registration): RegistrationStep {
  return { state: { ...state, phase: "idle" }, actions: [{ type: "stopWaiting" }, { type: "removed" }] };
}

function retrying(state: Registration, status: number, retryAfter_s: number | undefined): RegistrationStep {
  const backOff_ms = Math.min(firstRetry_ms * 2 ** state.failures, longestRetry_ms);
  const delay_ms = Math.max(backOff_ms, Math.min((retryAfter_s ?? 0) * 1000, longest_s * 1000));
  return {
    state: { ...state, phase: "registering", failures: state.failures + 1 },
    actions: [{ type: "failed", status }, { type: "wait", delay_ms }],
  };
}
