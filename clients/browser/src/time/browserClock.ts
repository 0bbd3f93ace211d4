import type { Clock } from "./Clock.js";

/** The browser's own time. */
export const browserClock: Clock = {
  now: () => Date.now(),
  after: (delay_ms, work) => {
    const timer = setTimeout(work, delay_ms);
    return () => clearTimeout(timer);
  },
};
