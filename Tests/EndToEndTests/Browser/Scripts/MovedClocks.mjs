import { open } from "node:fs/promises";
import { until } from "./until.mjs";

/** The clocks of a server and of a page, moved on together: minutes of a call pass at once. */
export class MovedClocks {
  #moved_s = 0;

  /** @param file which tells the server's clock by how many seconds it is moved */
  constructor(place, file) {
    this.place = place;
    this.file = file;
  }

  /** Before the page begins anything. */
  start = () => this.place.browser.evaluate(`(${movable})()`);

  async skip(seconds) {
    const { browser, gateway } = this.place;
    this.#moved_s += seconds;
    // In place: the server may read it at any moment.
    const file = await open(this.file, "r+");
    await file.write(`${this.#moved_s}\n`, 0);
    await file.close();
    await until("the server's clock", async () =>
      issuedAt_s((await gateway.giveToken()).token) >= Date.now() / 1000 + this.#moved_s - 1);
    await browser.evaluate(`skip(${seconds * 1000})`);
  }
}

const issuedAt_s = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url")).iat;

/** In the page: its time, and what it waits for. */
function movable() {
  const [set, clear, now] = [setTimeout.bind(window), clearTimeout.bind(window), Date.now.bind(Date)];
  const waiting = new Map();
  let [moved_ms, last] = [0, 0];

  function arm(id) {
    const timer = waiting.get(id);
    timer.real = set(() => {
      waiting.delete(id);
      timer.work();
    }, Math.max(0, timer.due_ms - Date.now()));
  }

  Date.now = () => now() + moved_ms;
  window.setTimeout = (work, delay_ms = 0) => {
    last += 1;
    waiting.set(last, { work, due_ms: Date.now() + delay_ms });
    arm(last);
    return last;
  };
  window.clearTimeout = (id) => {
    clear(waiting.get(id)?.real);
    waiting.delete(id);
  };
  window.skip = (length_ms) => {
    moved_ms += length_ms;
    for (const id of waiting.keys()) {
      clear(waiting.get(id).real);
      arm(id);
    }
  };
}
