import { IncomingCall, SautikitError, type Call } from "../src/index.js";
import { build, button } from "./build.js";
import { DialPad } from "./DialPad.js";
import { LevelBar } from "./LevelBar.js";
import { QualityBars } from "./QualityBars.js";
import { duration, partner } from "./words.js";

/** What a card needs of the phone that it is in. */
export interface CardHost {
  /** Another call that is up, which this one can be connected with. */
  other(call: Call): Call | undefined;
  failed(error: unknown): void;
}

/** A call that is not over: who, how long, how loud, how good, and what can be done. */
export class CallCard {
  readonly element: HTMLElement;
  private readonly state = build("span", { class: "detail", role: "timer" });
  private readonly input = new LevelBar("You", "Level of your microphone");
  private readonly output = new LevelBar("Them", "Level of the other side");
  private readonly quality = new QualityBars();
  private readonly mute = button("Mute", "", () => this.toggleMute());
  private readonly hold = button("Hold", "", () => this.toggleHold());
  private readonly more = button("Transfer", "", () => this.toggleTransfer());
  private readonly transfer = build("form", { class: "transfer", hidden: "" });
  private readonly pad = new DialPad((key) => this.press(key));
  private isHeldByThem = false;
  private isReconnecting = false;

  constructor(readonly call: Call, private readonly host: CardHost) {
    const name = partner(call);
    const hangUp = button("Hang up", "stop", () => void call.hangup());
    for (const toggle of [this.mute, this.hold, this.more]) toggle.setAttribute("aria-pressed", "false");
    this.element = build("article", { class: "panel call", "aria-label": `Call with ${name}` },
      build("div", { class: "line" }, build("span", { class: "who" }, name), this.state),
      build("div", { class: "meters" }, this.input.element, this.output.element),
      this.quality.element,
      build("div", { class: "actions" }, this.mute, this.hold, this.more, hangUp),
      this.transfer, this.pad.element);
    this.buildTransfer();
    this.listen();
    this.show();
  }

  /** Presses a digit. */
  press(key: string): void {
    if (this.call.state !== "answered" || key === "+") return;
    this.pad.flash(key);
    this.tried(this.call.sendDigits(key));
  }

  toggleMute(): void {
    if (this.call.isMuted) this.call.unmute();
    else this.call.mute();
  }

  toggleHold(): void {
    if (this.call.state === "answered") this.tried(this.call.isHeld ? this.call.resume() : this.call.hold());
  }

  /** Shows what has changed, and how long it has lasted. */
  show(): void {
    const isUp = this.call.state === "answered";
    this.state.textContent = this.stateText();
    for (const control of [this.hold, this.more]) control.disabled = !isUp;
    this.pad.element.hidden = !isUp || this.call.isHeld || !this.transfer.hidden;
    this.mute.setAttribute("aria-pressed", String(this.call.isMuted));
    this.hold.setAttribute("aria-pressed", String(this.call.isHeld));
    this.more.setAttribute("aria-pressed", String(!this.transfer.hidden));
    this.element.toggleAttribute("data-held", this.call.isHeld || this.isHeldByThem);
  }

  /** Takes the transfer's field away; false when it was not there. */
  closeTransfer(): boolean {
    if (this.transfer.hidden) return false;
    this.toggleTransfer();
    return true;
  }

  private stateText(): string {
    if (this.isReconnecting) return "Reconnecting…";
    switch (this.call.state) {
      case "calling": return this.call instanceof IncomingCall ? "Connecting…" : "Calling…";
      case "ringing": return "Ringing…";
      case "ended": return "Ended";
      case "answered": {
        const length = duration(Date.now() - (this.call.answeredAt_ms ?? Date.now()));
        if (this.call.isHeld) return `On hold · ${length}`;
        return this.isHeldByThem ? `Held by them · ${length}` : length;
      }
    }
  }

  private listen(): void {
    const { call } = this;
    call.on("levels", ({ input, output }) => {
      this.input.show(input);
      this.output.show(output);
    });
    call.on("quality", (quality) => this.quality.show(quality));
    call.on("held", ({ by, isHeld }) => {
      if (by === "them") this.isHeldByThem = isHeld;
      this.show();
    });
    call.on("reconnecting", ({ isReconnecting }) => {
      this.isReconnecting = isReconnecting;
      this.show();
    });
    for (const name of ["ringing", "answered", "muted"] as const) call.on(name, () => this.show());
    call.on("error", (error) => this.host.failed(error));
  }

  private buildTransfer(): void {
    const number = build("input", { type: "tel", placeholder: "To which number", "aria-label": "Transfer to" });
    const connect = button("Connect both calls", "wide", () => {
      const other = this.host.other(this.call);
      if (other) this.tried(this.call.transfer(other));
    });
    this.transfer.append(number, build("button", { type: "submit" }, "Transfer"), connect);
    this.transfer.addEventListener("submit", (event) => {
      event.preventDefault();
      this.tried(this.call.transfer(number.value));
    });
  }

  private toggleTransfer(): void {
    this.transfer.hidden = !this.transfer.hidden;
    const connect = this.transfer.querySelector<HTMLElement>(".wide");
    if (connect) connect.hidden = this.host.other(this.call) === undefined;
    if (!this.transfer.hidden) this.transfer.querySelector("input")?.focus();
    this.show();
  }

  private tried(work: Promise<void>): void {
    work.catch((error: unknown) => {
      // What was asked of a call that ended meanwhile is no failure.
      if (!(error instanceof SautikitError && error.code === "call_state")) this.host.failed(error);
    });
  }
}
