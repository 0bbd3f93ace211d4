/** Randomness, as everything here sees it; a test has one that it knows. */
export interface Dice {
  /** `length` characters of 0-9 and a-z that nobody can guess. */
  word(length: number): string;
  /** From 0 up to, not including, 1. */
  fraction(): number;
}
