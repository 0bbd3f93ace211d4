/** A token is renewed when this much of its life is over: there is time left to try again. */
const share = 4 / 5;
const firstRetry_ms = 2_000;
const longestRetry_ms = 30_000;
/** What is left of a token that is shown must outlast a handshake. */
const margin_ms = 10_000;

/** How long after it was fetched a token is renewed. */
export function renewalDelay_ms(life_ms: number): number {
  // A timer takes no more than 31 bits.
  return Math.min(Math.max(life_ms * share, 1_000), 2 ** 31 - 1);
}

/** How long after a failed renewal it is tried again; `failures` in a row, 1 at first. */
export function retryDelay_ms(failures: number): number {
  return Math.min(firstRetry_ms * 2 ** (failures - 1), longestRetry_ms);
}

/** Whether a token of some age can still be shown. */
export function isUsable(life_ms: number, age_ms: number): boolean {
  return age_ms >= 0 && age_ms < life_ms - Math.min(margin_ms, life_ms / 5);
}
