import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Chromium } from "./Chromium.mjs";
import { Firefox } from "./Firefox.mjs";
import { freePort } from "./freePort.mjs";
import { KamailioGateway } from "./KamailioGateway.mjs";
import { PageServer } from "./PageServer.mjs";
import { Phone } from "./Phone.mjs";
import { Relay } from "./Relay.mjs";
import { toneFile } from "./sound.mjs";

/** What the telephone plays, and what the browser's microphone hears. */
export const [phoneHertz, browserHertz] = [440, 1000];

const built = fileURLToPath(new URL("../../../../clients/browser/dist", import.meta.url));
const sdk = resolve(process.env.SAUTIKIT_SDK ?? built);

/** A telephone, a gateway, a customer's web server and a browser, all on loopback. */
export class Place {
  relay = new Relay();
  #browsers = [];

  constructor(gateway = new KamailioGateway()) {
    this.gateway = gateway;
  }

  /** @param files what the web server has beside the SDK; `path` is where the browser begins */
  async open(path, files, flags = []) {
    this.folder = await mkdtemp(join(tmpdir(), "browser-"));
    await mkdir(join(this.folder, "phone"));
    this.phone = new Phone(join(this.folder, "phone"), { hertz: phoneHertz });
    this.phone.port = this.gateway.phonePort ?? await freePort();
    await this.gateway.start(this.phone.port);
    await this.relay.start(this.gateway.webSocketPort);
    await this.phone.start(this.gateway.isProxy ? this.gateway.sipPort : undefined);
    this.pages = new PageServer({
      sdk,
      files: files(sdk),
      gatewayUrl: `ws://127.0.0.1:${this.relay.port}/`,
      giveToken: this.gateway.giveToken,
    });
    await this.pages.start();
    this.browser = await this.openBrowser(path, flags);
  }

  /** Another browser, with a profile of its own; closed with the place. */
  async openBrowser(path, flags = []) {
    const microphone = join(this.folder, "microphone.wav");
    await writeFile(microphone, toneFile({ hertz: browserHertz, rate: 48_000, seconds: 2 }));
    const kind = process.env.TEST_BROWSER === "firefox" ? Firefox : Chromium;
    const folder = join(this.folder, `profile-${this.#browsers.length}`);
    const browser = await kind.open(`${this.pages.url}${path}`, { folder, microphone, hertz: browserHertz, flags });
    this.#browsers.push(browser);
    return browser;
  }

  async close() {
    for (const browser of this.#browsers) await browser.close();
    await this.pages?.stop();
    await this.phone?.stop();
    await this.relay.stop();
    await this.gateway.stop();
    if (this.folder) await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
