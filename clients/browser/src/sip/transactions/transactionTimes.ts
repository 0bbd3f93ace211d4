/** RFC 3261 section 17.1.1.1: an estimate of a round trip. */
export const t1_ms = 500;
/** Timers B, F, H, L and M: how long an answer or its acknowledgement may take. */
export const patience_ms = 64 * t1_ms;
