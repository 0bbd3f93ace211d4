/**
 * The server that this is all about, which is running already with a workspace, a number and a trunk to the telephone:
 * what the environment says of it.
 */
export class OwnGateway {
  isProxy = false;
  log = "";

  constructor() {
    const { SAUTIKIT_URL, SAUTIKIT_API_KEY, SAUTIKIT_NUMBER, TEST_SIP_PORT, TEST_PHONE_PORT } = process.env;
    Object.assign(this, { url: SAUTIKIT_URL, key: SAUTIKIT_API_KEY, number: SAUTIKIT_NUMBER });
    [this.sipPort, this.phonePort] = [Number(TEST_SIP_PORT), Number(TEST_PHONE_PORT)];
  }

  async start() {
    const { ws_url } = await this.ask("GET", "/browser/config.json");
    this.webSocketPort = Number(new URL(ws_url).port);
  }

  /** What a customer's own server does for its pages. */
  giveToken = (identity = "web-1") => this.ask("POST", "/v1/sip/token", { identity });

  async ask(method, path, body) {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.key}`, "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }

  stop() {}
}
