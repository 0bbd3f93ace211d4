import type { IncomingCall } from "../src/index.js";
import { build, button } from "./build.js";
import { readable } from "./words.js";

/** Somebody calls: who, and what to do about it. */
export class IncomingBanner {
  readonly element: HTMLElement;
  private readonly answerButton: HTMLButtonElement;

  constructor(readonly call: IncomingCall, answer: () => void) {
    const number = readable(call.from);
    this.answerButton = button("Answer", "go", answer);
    const decline = button("Decline", "stop", () => void call.reject());
    const name = call.displayName === "" ? number : call.displayName;
    const detail = call.displayName === "" ? "Incoming call" : `Incoming call · ${number}`;
    this.element = build("section",
      { class: "panel banner", role: "alertdialog", "aria-label": `Incoming call from ${name}` },
      build("div", {}, build("div", { class: "who" }, name), build("div", { class: "detail" }, detail)),
      build("div", { class: "pair" }, decline, this.answerButton));
  }

  focus(): void {
    this.answerButton.focus();
  }
}
