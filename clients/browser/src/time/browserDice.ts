import type { Dice } from "./Dice.js";

const alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

/** The browser's own randomness, fit for tags and branches. */
export const browserDice: Dice = {
  word: (length) => Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => alphabet[byte % 36]).join(""),
  fraction: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
};
