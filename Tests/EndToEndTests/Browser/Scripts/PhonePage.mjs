import { until } from "./until.mjs";

/** The web phone in a browser, as people use it: by its words, its buttons and the keyboard. */
export class PhonePage {
  constructor(browser) {
    this.browser = browser;
  }

  /** Finds the phone in the page; once the page is loaded. */
  find = () => this.browser.evaluate("window.root = document.querySelector('sautikit-phone').shadowRoot; 0");

  text = () => this.browser.evaluate("root.querySelector('.phone').innerText");

  shows = async (words) => {
    try {
      await until(`"${words}"`, async () => (await this.text()).includes(words));
    } catch (error) {
      throw new Error(`${error.message}; it shows: ${await this.text()}`);
    }
  };

  click = (label) => this.browser.evaluate(`(() => {
    const all = [...root.querySelectorAll("button")].filter((one) => one.offsetParent !== null);
    const found = all.find((one) => one.innerText.trim() === ${JSON.stringify(label)}
      || one.getAttribute("aria-label") === ${JSON.stringify(label)});
    if (!found) throw new Error("no button " + ${JSON.stringify(label)} + " among " +
      all.map((one) => one.innerText).join("|"));
    found.click();
  })()`);

  type = async (keys) => {
    for (const key of keys) {
      const name = key.length === 1 ? { key, text: key } : { key };
      await this.browser.tell("Input.dispatchKeyEvent", { type: "keyDown", ...name,
        ...(key === "Enter" ? { text: "\r", code: "Enter", windowsVirtualKeyCode: 13 } : {}) });
      await this.browser.tell("Input.dispatchKeyEvent", { type: "keyUp", key });
    }
  };
}
