import type { SautikitError } from "../errors/SautikitError.js";
import type { Levels } from "../media/Levels.js";
import type { Quality } from "../media/Quality.js";
import type { EndReason } from "../sip/calls/EndReason.js";

/** How a call ended. */
export interface CallEnd {
  readonly reason: EndReason;
  /** The status of the answer that ended it; undefined when none did. */
  readonly code: number | undefined;
  /** What went wrong and what to do; undefined when nothing did. */
  readonly error: SautikitError | undefined;
}

/** What happens to a call. */
export interface CallEvents {
  /** The other side rings. */
  ringing: undefined;
  /** The two sides can talk. */
  answered: undefined;
  /** It is over: the last event. */
  ended: CallEnd;
  /** One of the two holds, or does so no more. */
  held: { readonly isHeld: boolean; readonly by: "us" | "them" };
  muted: { readonly isMuted: boolean };
  /** Every two seconds while somebody listens. */
  quality: Quality;
  /** Twelve times a second while somebody listens. */
  levels: Levels;
  /** The way to the other side was lost and is being looked for; `false` when it is found. */
  reconnecting: { readonly isReconnecting: boolean };
  /** Something went wrong that the call outlives. */
  error: SautikitError;
}
