import type { SautikitError } from "../../errors/SautikitError.js";
import type { EndReason } from "./EndReason.js";

/** Who is told how a call goes. */
export interface SessionObserver {
  ringing(): void;
  answered(): void;
  /** The last thing that is told. */
  ended(reason: EndReason, status: number | undefined, error: SautikitError | undefined): void;
  /** They hold us, or do so no more. */
  heldByOther(isHeld: boolean): void;
  /** Something went wrong that the call outlives. */
  troubled(error: SautikitError): void;
  /** Nothing more is owed to the other side. */
  forgotten(): void;
}
