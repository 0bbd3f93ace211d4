import { build } from "./build.js";

const keys: readonly (readonly [key: string, letters: string])[] = [
  ["1", ""], ["2", "ABC"], ["3", "DEF"], ["4", "GHI"], ["5", "JKL"], ["6", "MNO"], ["7", "PQRS"], ["8", "TUV"],
  ["9", "WXYZ"], ["*", ""], ["0", "+"], ["#", ""],
];
const names: Readonly<Record<string, string>> = { "*": "star", "#": "hash", 0: "0, hold for plus" };
const longPress_ms = 550;

/** Twelve keys. */
export class DialPad {
  readonly element: HTMLElement;

  constructor(private readonly pressed: (key: string) => void) {
    this.element = build("div", { class: "pad", role: "group", "aria-label": "Dial pad" });
    for (const [key, letters] of keys) this.element.append(this.key(key, letters));
  }

  /** Shows that a key was pressed on the keyboard. */
  flash(key: string): void {
    const element = this.element.querySelector(`[data-key="${CSS.escape(key)}"]`);
    element?.setAttribute("data-pressed", "");
    setTimeout(() => element?.removeAttribute("data-pressed"), 120);
  }

  private key(key: string, letters: string): HTMLElement {
    const label = names[key] ?? key;
    const element = build("button", { type: "button", class: "key", "data-key": key, "aria-label": label }, key,
      build("small", { "aria-hidden": "true" }, letters));
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wasLong = false;
    element.addEventListener("pointerdown", () => {
      wasLong = false;
      if (key !== "0") return;
      timer = setTimeout(() => {
        wasLong = true;
        this.pressed("+");
      }, longPress_ms);
    });
    for (const end of ["pointerup", "pointerleave", "pointercancel"]) {
      element.addEventListener(end, () => clearTimeout(timer));
    }
    element.addEventListener("click", () => {
      if (!wasLong) this.pressed(key);
      wasLong = false;
    });
    return element;
  }
}
