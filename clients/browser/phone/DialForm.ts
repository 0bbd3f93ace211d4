import { build, button } from "./build.js";
import { DialPad } from "./DialPad.js";
import { readable } from "./words.js";

/** Where a number is entered, and with which of ours it is called. */
export class DialForm {
  private readonly number = build("input", {
    class: "number", type: "tel", inputmode: "tel", autocomplete: "off", placeholder: "Enter a number",
    "aria-label": "Number to call", maxlength: "40",
  });
  private readonly from = build("select");
  private readonly fromField = build("label", { class: "field" }, "Call from", this.from);
  private readonly erase = button("⌫", "erase", () => {
    this.number.value = this.number.value.slice(0, -1);
    this.show();
  });
  private readonly place = build("button", { type: "submit", class: "go place" }, "Call");
  private readonly pad = new DialPad((key) => this.press(key));
  readonly element = build("form", { class: "panel dial", "aria-label": "Place a call" },
    build("div", { class: "entry" }, this.number, this.erase), this.pad.element, this.fromField, this.place);
  private isReady = false;

  constructor(numbers: readonly string[], call: (to: string, from: string | undefined) => void) {
    this.erase.setAttribute("aria-label", "Erase the last digit");
    for (const number of numbers) this.from.append(build("option", { value: number }, readable(number)));
    this.fromField.hidden = numbers.length < 2;
    this.number.addEventListener("input", () => this.show());
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      const to = this.number.value.trim();
      if (to !== "" && this.isReady) call(to, this.from.value === "" ? undefined : this.from.value);
    });
    this.show();
  }

  /** Whether calls can be placed. */
  set ready(isReady: boolean) {
    this.isReady = isReady;
    this.show();
  }

  /** Puts a number into the field. */
  enter(number: string): void {
    this.number.value = number;
    this.show();
    this.number.focus();
  }

  /** Adds a key to the number. */
  press(key: string): void {
    this.number.value += key;
    this.pad.flash(key);
    this.show();
  }

  clear(): void {
    this.number.value = "";
    this.show();
  }

  private show(): void {
    this.place.disabled = !this.isReady || this.number.value.trim() === "";
    this.erase.style.visibility = this.number.value === "" ? "hidden" : "visible";
  }
}
