import { stay, type Step } from "../transactions/Step.js";

/** A transfer that we asked for, while it goes (RFC 3515). */
export interface Referral {
  readonly phase: "asking" | "trying" | "done";
}

export type ReferralEvent =
  | { readonly type: "accepted" }
  | { readonly type: "refused"; readonly status: number }
  /** What a NOTIFY says of the new call, and whether it is the last. */
  | { readonly type: "progress"; readonly status: number; readonly isLast: boolean }
  | { readonly type: "timeout" }
  | { readonly type: "callEnded" };

export type ReferralAction =
  | { readonly type: "wait"; readonly delay_ms: number }
  | { readonly type: "succeeded" }
  | { readonly type: "failed"; readonly status: number };

/** How long the new call may ring. */
const patience_ms = 120_000;

/** A REFER that is about to be sent. */
export function newReferral(): Step<Referral, ReferralAction> {
  return { state: { phase: "asking" }, actions: [{ type: "wait", delay_ms: patience_ms }] };
}

/** What becomes of a transfer, and what is to be done. */
export function stepReferral(state: Referral, event: ReferralEvent): Step<Referral, ReferralAction> {
  if (state.phase === "done") return stay(state);
  const done = (action: ReferralAction): Step<Referral, ReferralAction> => ({
    state: { phase: "done" },
    actions: [action],
  });
  switch (event.type) {
    case "accepted":
      return stay({ phase: "trying" });
    case "refused":
      return done({ type: "failed", status: event.status });
    case "timeout":
      return done({ type: "failed", status: 408 });
    case "progress":
      if (event.status >= 300) return done({ type: "failed", status: event.status });
      if (event.status >= 200) return done({ type: "succeeded" });
      // The subscription ended without a word of the end: nobody will ever say more.
      return event.isLast ? done({ type: "failed", status: 480 }) : stay({ phase: "trying" });
    case "callEnded":
      // Whoever took the REFER hangs up on us once it has gone through: some do so before they say so.
      return done(state.phase === "trying" ? { type: "succeeded" } : { type: "failed", status: 487 });
  }
}

/** The status in a NOTIFY's body, `SIP/2.0 200 OK` (RFC 3420). */
export function statusOfFragment(body: string): number | undefined {
  const status = /^SIP\/2\.0 ([1-6]\d\d)(?:\s|$)/i.exec(body)?.[1];
  return status === undefined ? undefined : Number(status);
}
