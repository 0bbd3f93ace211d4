import { spawn } from "node:child_process";
import { once } from "node:events";

/** Headless Chromium with one page, driven over a pipe; its microphone plays a file in a loop. */
export class Chromium {
  #process;
  #pipe;
  #session;
  #nextId = 1;
  #waiting = new Map();
  #received = "";
  #errors = [];

  static async open(url, { folder, microphone, flags = [], size = "1280,900" }) {
    const browser = new Chromium();
    await browser.#start(folder, microphone, flags, size);
    await browser.#openPage(url);
    return browser;
  }

  async #start(folder, microphone, flags, size) {
    this.#process = spawn(process.env.SAUTIKIT_CHROMIUM ?? "chromium", [
      "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
      "--no-default-browser-check", "--disable-background-networking", "--disable-component-update", "--disable-sync",
      "--metrics-recording-only", `--user-data-dir=${folder}`, "--remote-debugging-pipe", "--mute-audio",
      `--window-size=${size}`, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
      ...(microphone ? [`--use-file-for-fake-audio-capture=${microphone}`] : []),
      "--autoplay-policy=no-user-gesture-required", "--allow-loopback-in-peer-connection",
      "--disable-features=WebRtcHideLocalIpsWithMdns", ...flags,
    ], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    this.#pipe = this.#process.stdio[3];
    this.#process.stdio[4].setEncoding("utf8").on("data", (text) => this.#read(text));
    this.#process.on("exit", () => {
      for (const { reject } of this.#waiting.values()) reject(new Error("Chromium has ended"));
      this.#waiting.clear();
    });
    this.#process.on("error", (error) => this.#errors.push(error.message));
  }

  async #openPage(url) {
    const { targetId } = await this.#ask("Target.createTarget", { url: "about:blank" });
    this.#session = (await this.#ask("Target.attachToTarget", { targetId, flatten: true })).sessionId;
    await this.tell("Page.enable");
    await this.tell("Runtime.enable");
    await this.go(url);
  }

  /** Loads a page and waits until its scripts have run. */
  async go(url) {
    await this.tell("Page.navigate", { url });
    const deadline = Date.now() + 60_000;
    while (!(await this.evaluate("location.href !== 'about:blank' && document.readyState === 'complete'"))) {
      if (Date.now() > deadline) throw new Error(`${url} was not loaded`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** What went wrong in the page without anybody being told. */
  get errors() { return this.#errors; }

  /** The value of an expression in the page, once it is there; a person may as well have clicked. */
  async evaluate(expression) {
    const answer = await this.tell("Runtime.evaluate", {
      expression, awaitPromise: true, returnByValue: true, userGesture: true,
    });
    if (answer.exceptionDetails) {
      const { exception, text } = answer.exceptionDetails;
      throw new Error(`${expression}: ${exception?.description ?? exception?.value ?? text}`);
    }
    return answer.result.value;
  }

  /** A picture of the page as PNG. */
  async screenshot() {
    return Buffer.from((await this.tell("Page.captureScreenshot", { format: "png" })).data, "base64");
  }

  tell(method, params = {}) {
    return this.#ask(method, params, this.#session);
  }

  #ask(method, params, sessionId) {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#pipe.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  #read(text) {
    const messages = (this.#received + text).split("\0");
    this.#received = messages.pop();
    for (const message of messages.map((one) => JSON.parse(one))) {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error) waiting?.reject(new Error(message.error.message));
      else if (message.id) waiting?.resolve(message.result);
      else if (message.method === "Runtime.exceptionThrown") {
        const { exception, text: said } = message.params.exceptionDetails;
        this.#errors.push(exception?.description ?? said);
      }
    }
  }

  async close() {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#ask("Browser.close", {}).catch(() => undefined);
    const timer = setTimeout(() => this.#process.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(timer);
  }
}
