import type { Cancel, Clock } from "../../time/Clock.js";
import { patience_ms, t1_ms } from "../transactions/transactionTimes.js";

const longestWait_ms = 4_000;

/** Our 200, sent again until it is acknowledged, over reliable ways, too (RFC 3261 section 13.3.1.4). */
export class AcceptedAnswer {
  private cancelTimer: Cancel | undefined;
  private waited_ms = 0;

  constructor(private readonly clock: Clock, private readonly send: () => void, private readonly giveUp: () => void) {
    send();
    this.wait(t1_ms);
  }

  /** It was acknowledged, or nobody cares any more. */
  stop(): void {
    this.cancelTimer?.();
  }

  private wait(delay_ms: number): void {
    this.cancelTimer = this.clock.after(delay_ms, () => {
      this.waited_ms += delay_ms;
      if (this.waited_ms >= patience_ms) return this.giveUp();
      this.send();
      this.wait(Math.min(delay_ms * 2, longestWait_ms));
    });
  }
}
