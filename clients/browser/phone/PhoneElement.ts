import { SautikitClient } from "../src/index.js";
import { PhoneView } from "./PhoneView.js";
import style from "./phone.css";

/**
 * `<sautikit-phone token-url="/api/sip-token" from="+254200000001,+254200000002">`: a whole phone in a page, apart from the
 * page's own style.
 *
 * Attributes: `token-url` as the SDK's `tokenUrl`, `gateway-url`, `from` with the numbers to call from, `to` with a number
 * to begin with.
 */
export class PhoneElement extends HTMLElement {
  private view: PhoneView | undefined;

  connectedCallback(): void {
    // The parser may not have come to what sets the attributes: they are read when it has.
    queueMicrotask(() => {
      if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => this.open(), { once: true });
      else this.open();
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
    const gatewayUrl = this.getAttribute("gateway-url");
    const client = new SautikitClient({
      tokenUrl: this.getAttribute("token-url") ?? "/api/sip-token",
      ...(gatewayUrl === null ? {} : { gatewayUrl }),
    });
    const numbers = (this.getAttribute("from") ?? "").split(",").map((number) => number.trim()).filter((number) => number !== "");
    this.view = new PhoneView(client, numbers);
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const sheet = document.createElement("style");
    sheet.textContent = style;
    root.replaceChildren(sheet, this.view.element);
    const to = this.getAttribute("to");
    if (to !== null) this.dial(to);
    void this.view.connect();
  }
}

if (!customElements.get("sautikit-phone")) customElements.define("sautikit-phone", PhoneElement);
