import { SautikitClient } from "../src/index.js";
import { PhoneView } from "./PhoneView.js";
import style from "./phone.css";
import { settingsOf } from "./PhoneSettings.js";

/**
 * `<sautikit-phone token-url="/api/sip-token" from="+254200000001,+254200000002">`: a whole phone in a page, apart from
 * the page's own style.
 *
 * Attributes: `token-url` as the SDK's `tokenUrl`, `gateway-url`, `from` with the numbers to call from, `to` with a
 * number to begin with.
 */
export class PhoneElement extends HTMLElement {
  private view: PhoneView | undefined;

  connectedCallback(): void {
    // The parser may not have come to what sets the attributes: they are read when it has.
    queueMicrotask(() => {
      if (document.readyState !== "loading") return this.open();
      document.addEventListener("DOMContentLoaded", () => this.open(), { once: true });
    });
  }

  disconnectedCallback(): void {
    this.view?.close();
    this.view = undefined;
  }

  /** Puts a number into the dial field; nothing is called before the user says so. */
  dial(number: string): void {
    this.view?.dial.enter(number);
  }

  private open(): void {
    if (this.view || !this.isConnected) return;
    const { tokenUrl, gatewayUrl, numbers, to } = settingsOf(this, location.search);
    const client = new SautikitClient({ tokenUrl, ...(gatewayUrl === undefined ? {} : { gatewayUrl }) });
    this.view = new PhoneView(client, numbers);
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    // Not a style element: pages whose policy forbids those may have a phone, too.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren(this.view.element);
    if (to !== undefined) this.dial(to);
    void this.view.connect();
  }
}

if (!customElements.get("sautikit-phone")) customElements.define("sautikit-phone", PhoneElement);
