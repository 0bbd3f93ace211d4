import { spawn } from "node:child_process";
import { once } from "node:events";

/** A program that a test started; it is ended by its own id. */
export class Program {
  output = "";
  #process;

  constructor(name, words, options = {}) {
    this.#process = spawn(name, words, { stdio: ["ignore", "pipe", "pipe"], ...options });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => { this.output += text; });
    }
    this.#process.on("error", (error) => { this.output += error.message; });
  }

  get hasEnded() { return this.#process.exitCode !== null || this.#process.signalCode !== null; }

  /** Its exit status; null while it runs. */
  get status() { return this.#process.exitCode; }

  async stop() {
    if (this.hasEnded || this.#process.pid === undefined) return;
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGTERM");
    const timer = setTimeout(() => this.#process.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(timer);
  }
}
