import { writeFile, mkdir } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { freePort } from "./freePort.mjs";
import { Program } from "./Program.mjs";
import { until } from "./until.mjs";

/** Headless Firefox with one page, driven by Marionette; its microphone plays a tone of its own. */
export class Firefox {
  #program;
  #socket;
  #received = Buffer.alloc(0);
  #nextId = 1;
  #waiting = new Map();
  #greeted = false;

  /** @param hertz what the microphone hears */
  static async open(url, { folder, hertz }) {
    const browser = new Firefox();
    const port = await freePort();
    await mkdir(folder, { recursive: true });
    const own = { "marionette.port": port, "media.navigator.audio.fake_frequency": hertz };
    const lines = Object.entries({ ...preferences, ...own })
      .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
    await writeFile(join(folder, "user.js"), lines.join(""));
    browser.#program = new Program(process.env.SAUTIKIT_FIREFOX ?? "firefox-esr",
      ["--headless", "--marionette", "--no-remote", "--profile", folder], { env: { ...process.env, HOME: folder } });
    await browser.#connect(port);
    await browser.#ask("WebDriver:NewSession", { pageLoadStrategy: "normal" });
    await browser.#ask("WebDriver:SetTimeouts", { script: 120_000, pageLoad: 60_000 });
    await browser.#ask("WebDriver:Navigate", { url });
    await browser.evaluate(listening);
    return browser;
  }

  async #connect(port) {
    await until("Firefox", async () => {
      if (this.#program.hasEnded) throw new Error(this.#program.output);
      return await this.#dial(port);
    }, 60_000);
    await until("Firefox's greeting", () => this.#greeted);
  }

  #dial(port) {
    return new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        this.#socket = socket;
        socket.on("data", (bytes) => this.#read(bytes));
        socket.on("close", () => this.#end());
        resolve(true);
      });
      socket.once("error", () => resolve(false));
    });
  }

  #end() {
    for (const { reject } of this.#waiting.values()) reject(new Error(`Firefox has ended: ${this.#program.output}`));
    this.#waiting.clear();
  }

  /** What went wrong in the page without anybody being told. */
  get errors() { return this.evaluate("window.wentWrong"); }

  /** The value of an expression in the page, once it is there. */
  async evaluate(expression) {
    // The page's own eval: what it has declared is seen by nobody else.
    const script = "return window.eval(arguments[0])";
    const { value } = await this.#ask("WebDriver:ExecuteScript",
      { script, args: [expression], newSandbox: false, sandbox: null });
    return value;
  }

  #ask(name, parameters) {
    const id = this.#nextId++;
    const text = JSON.stringify([0, id, name, parameters]);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  }

  #read(bytes) {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (;;) {
      const mark = this.#received.indexOf(":");
      const end = mark + 1 + Number(this.#received.subarray(0, Math.max(0, mark)));
      if (mark < 0 || this.#received.length < end) return;
      const message = JSON.parse(this.#received.subarray(mark + 1, end));
      this.#received = this.#received.subarray(end);
      if (Array.isArray(message)) this.#settle(message);
      else this.#greeted = true;
    }
  }

  #settle([, id, error, result]) {
    const { resolve, reject } = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) reject(new Error(`${error.error}: ${error.message}`));
    else resolve(result);
  }

  async close() {
    this.#socket?.destroy();
    await this.#program.stop();
  }
}

/** Marionette does not tell of errors: the page keeps them. */
const listening = `window.wentWrong = [];
  for (const name of ["error", "unhandledrejection"])
    window.addEventListener(name, (event) => window.wentWrong.push(String(event.reason ?? event.message)));`;

const preferences = {
  "media.navigator.streams.fake": true,
  "media.navigator.permission.disabled": true,
  "media.autoplay.default": 0,
  "media.autoplay.blocking_policy": 0,
  "media.peerconnection.ice.obfuscate_host_addresses": false,
  // Without a loudspeaker nothing of Web Audio runs.
  "media.cubeb.force_mock_context": true,
  "datareporting.policy.dataSubmissionEnabled": false,
  "toolkit.telemetry.server": "",
  "browser.shell.checkDefaultBrowser": false,
  "app.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
};
