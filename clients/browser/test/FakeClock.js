/** Time that a test moves. */
export class FakeClock {
  #now_ms = 1_000_000;
  #waiting = [];

  now() { return this.#now_ms; }

  after(delay_ms, work) {
    const entry = { at_ms: this.#now_ms + delay_ms, work };
    this.#waiting.push(entry);
    return () => { this.#waiting = this.#waiting.filter((other) => other !== entry); };
  }

  /** Moves on, and lets happen what is due on the way, in its order. */
  advance(delay_ms) {
    const end_ms = this.#now_ms + delay_ms;
    for (;;) {
      const due = this.#waiting.filter(({ at_ms }) => at_ms <= end_ms).sort((one, other) => one.at_ms - other.at_ms)[0];
      if (due === undefined) break;
      this.#waiting = this.#waiting.filter((other) => other !== due);
      this.#now_ms = due.at_ms;
      due.work();
    }
    this.#now_ms = end_ms;
  }

  /** How many things wait to happen. */
  get waiting() { return this.#waiting.length; }
}
