/** Words that are counted instead of random: w1, w2, … */
export class KnownDice {
  #count = 0;

  constructor(fraction = 0.5) { this.share = fraction; }

  word() {
    this.#count += 1;
    return `w${this.#count}`;
  }

  fraction() { return this.share; }
}
