import { SautikitError } from "../errors/SautikitError.js";

/** How long a digit sounds. */
export const digitLength_ms = 120;
/** The silence after it. */
export const digitGap_ms = 80;

/**
 * Checks digits: 1 to 64 of 0-9, *, #, A-D, and commas, each a pause of two seconds.
 *
 * @throws SautikitError `digits_invalid`
 */
export function checkedDigits(digits: string): string {
  const upper = digits.toUpperCase();
  if (/^[0-9*#A-D,]{1,64}$/.test(upper)) return upper;
  throw new SautikitError("digits_invalid", "Digits are 1 to 64 of 0-9, *, #, A-D; a comma waits two seconds.");
}

/** The body of an INFO for one digit. */
export function digitInformation(digit: string): string {
  return `Signal=${digit}\r\nDuration=${digitLength_ms}\r\n`;
}
