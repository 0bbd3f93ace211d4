/** What takes back something that was to happen later. */
export type Cancel = () => void;

/** Time, as everything here sees it; a test has one that it moves. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `work` once, after `delay_ms`. */
  after(delay_ms: number, work: () => void): Cancel;
}
