import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { once } from "node:events";
import { join } from "node:path";

const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json" };

const policy
  = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; media-src 'self' blob: mediastream:; " +
  "connect-src *; base-uri 'none'; form-action 'none'";

/** A customer's web server: the page, the SDK, and the endpoint that gives its browsers tokens. */
export class PageServer {
  #server;
  #files = new Map();
  /** How many tokens were given. */
  tokens = 0;
  /** What the token endpoint answers instead of a token, when it is to fail. */
  failure;
  /** How long tokens are good. Seconds. */
  life_s = 300;

  constructor({ sdk, files = {}, identity = "web-1", gatewayUrl, giveToken }) {
    this.identity = identity;
    this.gatewayUrl = gatewayUrl;
    this.giveToken = giveToken ?? (() => this.#ownToken());
    this.#files.set("/browser/sautikit.js", join(sdk, "sautikit.js"));
    for (const [path, file] of Object.entries(files)) this.#files.set(path, file);
  }

  async start() {
    this.#server = createServer((request, response) => void this.#answer(request, response)).listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    this.url = `http://127.0.0.1:${this.#server.address().port}`;
  }

  stop() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request, response) {
    const { pathname, searchParams } = new URL(request.url, this.url);
    const reply = (status, type, body) => response.writeHead(status, { "content-type": type }).end(body);
    if (pathname === "/api/sip-token") {
      this.tokens += 1;
      if (this.failure) return reply(this.failure, "text/plain", "failed");
      const token = await this.giveToken(searchParams.get("identity") ?? undefined);
      return reply(200, "application/json", JSON.stringify(token));
    }
    if (pathname === "/browser/config.json") {
      return reply(200, "application/json", JSON.stringify({ ws_url: this.gatewayUrl }));
    }
    const file = this.#files.get(pathname);
    if (!file) return reply(404, "text/plain", "Not Found");
    // As our own server serves the phone: nothing may stand in the page itself.
    if (pathname.startsWith("/browser/phone/")) response.setHeader("content-security-policy", policy);
    reply(200, types[file.slice(file.lastIndexOf("."))] ?? "text/plain", await readFile(file));
  }

  #ownToken() {
    const now_s = Math.floor(Date.now() / 1000);
    const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = {
      iss: "sautikit-sip", sub: "0197a1b2-0000-7000-8000-000000000001", iat: now_s, exp: now_s + this.life_s,
      identity: this.identity,
    };
    const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
    const signature = createHmac("sha256", "a key of this test alone").update(signed).digest("base64url");
    return { token: `${signed}.${signature}`, expires_at: new Date((now_s + this.life_s) * 1000).toISOString() };
  }
}
